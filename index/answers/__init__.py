"""One question to one answer, from scores or from text, with notes and the scores beside it.

Public: `answer.ask`; `declined_answer.refused` for what is not a question; `early_encoder.early_encoder` for a process that asks
one question.
"""
