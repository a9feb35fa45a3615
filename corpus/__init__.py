"""Reading the sources: profile pages, workbooks and score tables become frozen records.

`taxonomy` has the countries, indicators and sections of the Index. `pagetext` makes text of what people saved, `page_files` and
`pages` read the profile pages in it; `grids`, `workbooks` and `csv_tables` read scores. `formats` says what reads which file,
`sources` walks the folders and collects every problem, `reconcile` decides between sources that differ. `recognise` identifies a
file, `intake` imports it into a sources folder, `fetch` downloads pages and the workbook. Nothing here knows of questions,
vectors or screens.

Public: `sources.load_corpus` and `shipped_sources`, `taxonomy.load_taxonomy`, the records in `records`, the errors in `errors`,
`intake.take_in`, `fetch.run.fetch`.
"""
