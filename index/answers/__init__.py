"""One question to one answer: from scores or from text, with its notes and the facts beside it."""
