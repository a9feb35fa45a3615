"""What the sources say: profile pages, workbooks and score tables, read into frozen records.

`taxonomy` knows the countries, indicators and sections; `pagetext`, `figures` and `pages` read a profile page; `grids`,
`workbooks` and `tables` read scores; `sources` walks folders and collects every problem; `reconcile` settles what several
sources say of one score. `recognise` says what a file is, `intake` takes it into a folder, `fetch` downloads pages and the
workbook. Nothing here knows of questions, vectors or screens.
"""
