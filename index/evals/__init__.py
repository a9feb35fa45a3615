"""Measuring answers: how good the system is on a question set, whether a change made it better, and where it fails.

`sets` reads questions with their labels, `run` asks them, and `judged` judges the responses by `measures` (passages, through
ir_measures), `score_results`, `highlight` and `country_leaks`; `set_measures` has the measures that only a whole set has.
`summary` aggregates by kind, section and edition, `result_file` saves a result, `compare` and `gate` judge two of them
(`significance`), `ablate` and `models` vary the system, `convert`, `lint` and `feedback` maintain the sets, `drift` compares
the answers of two builds. All of it works on the answer object of the contract as plain JSON types, so that a new type of
result needs no change here.
"""
