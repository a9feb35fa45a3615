"""Downloading the workbook and profile pages. The only part of the project that opens connections, and only when asked to.

`targets` says what is asked for and under which addresses, `base` which addresses may be asked at all, `robots` and `patience`
hold the rules of being a guest; `polite` makes one request after another by those rules. `partial` keeps a body under way,
`receive` continues and completes it, `journal` remembers every download,
`unfinished` the run that broke off; `run` checks what came and puts it in its place.
"""
