"""Scores in rows and columns, whatever made them: workbooks, CSV and JSON tables become the same flat entries.

`labels` says what a column is by its label, `header` finds the row of labels, `cells` reads a cell, `places` names the country of
a row, `entries` puts a figure together from its row and its column, `reading` checks the figures, `alike` joins equal complaints.

Public: `reading.read_grid`, `reading.GridReading`, `place.GridPlace`, `cells.Row`.
"""
