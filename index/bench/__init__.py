"""Measuring time and memory: a first answer, further answers and builds, compared with a baseline.

Each part is a module: `cold`, `building`, `warm`, `concurrency`, `against_baseline` and `growth`, which searches ever larger
corpora that `synthetic` makes from a real one; `growth_part` presents its figures. `baseline` is sentence-transformers and faiss
as their guides use them. `figures` has tables, bars and curves, and the arithmetic on them; `sample_questions` has the questions;
`child`, `clock`, `first_page`, `stages` and `memory` measure; `machine` describes the machine; `run` runs one part after another.
Everything is measured through `index.answers.answer.ask`, `index.generations.snapshot.open_snapshot` and the `ocqa` command, as a
user would use them.

Public: `run.run_parts` with `Bench` and `Effort`, `figures.Report`.
"""
