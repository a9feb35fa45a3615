"""One question to one answer, from scores or from text, with notes and the scores beside it."""
