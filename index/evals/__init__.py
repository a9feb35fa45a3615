"""Measuring answers: how good the system is on a set of questions, whether a change made it better, and where it fails.

`sets` reads questions with their labels, `run` asks them, `scored` judges what came by `measures` (passages, through
ir_measures), `facts`, `highlight`, `leaks`; `areas` holds what only a whole set has (ranking of confidence, calibration).
`summary` adds up by kind, section and edition, `saved` keeps a result, `compare` and `gate` judge two of them, `ablate` and
`models` vary the system, `convert`, `lint` and `feedback` care for the sets. Everything works on the answer object of the
contract as plain JSON types, so that a new type of result needs no change here.
"""
