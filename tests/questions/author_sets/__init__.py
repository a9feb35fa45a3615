"""What a right answer is to each labelled question of the authors, and how many the program gives.

Shares no code with the engine: figures come from the workbook by way of `tests/questions/score_sets`.

- `labels`: an author's question with its label
- `figures`: the workbook's figures for countries and groups
- `readings`: which readings of a label are defensible, where the label leaves it open
- `options`: the forms that a right answer can take; `shown`: what an answer shows; `truth`: whether that is true
- `expected`: from a label to the options; `judge`: an answer held against them; `report`: the program held against all authors
"""

import sys
from pathlib import Path

# The modules of the score sets are scripts that import each other by their bare names.
_SCRIPTS = str(Path(__file__).resolve().parents[1] / "score_sets")
if _SCRIPTS not in sys.path:
    sys.path.append(_SCRIPTS)
