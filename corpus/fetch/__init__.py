"""Downloading the workbook and profile pages. The only part of the project that opens connections, and only when asked to.

`targets` says what to fetch from which addresses; `base` limits them to one host; `robots` and `patience` have the rules of
polite crawling, and `polite` makes one request after another by them. `partial` stores an incomplete body, `receive` continues
and completes it, `journal` records every download, `unfinished` an interrupted run; `run` checks each body and puts it in place.

Public: `targets.plan`, `base.parse_base`, `polite.Site`, `timing.Timing`, `run.fetch`.
"""
