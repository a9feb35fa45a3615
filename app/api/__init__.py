"""The Python face of an index, for notebooks and scripts: questions, scores, rankings and passages as objects that print well.

It asks the engine that the command and the page ask, and says the same. Scores are on the Index's scale from 1 to 10.

Public: `app.api.Corpus`, which everything starts from, with what it gives: `app.api.Reply`, `app.api.Table`, `app.api.Profile`,
`app.api.Definition`; `app.api.Condition` is what a filter tests.
"""

from app.api.corpus import Condition, Corpus
from app.api.definition import Definition
from app.api.profile import Profile
from app.api.reply import Reply
from app.api.table import Table

__all__ = ["Condition", "Corpus", "Definition", "Profile", "Reply", "Table"]
