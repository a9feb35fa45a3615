"""Measuring time and work: how long a first answer, a further one and a build take, beside the plain way of doing the same.

`figures` holds what a benchmark gives: tables, bars and curves, and the arithmetic on them. Each part is a module: `cold`,
`building`, `warm`, `many`, `peers` and `growth`, which searches ever larger corpora that `made_up` makes of a real one
(`resident` says what of them is in memory); `grown` shows what it found. `plain` is the reference, sentence-transformers and
faiss as their guides say; `asked` has the questions, `child`, `clock`, `first_page` and `stages` help, `machine` says what it
ran on, `run` does one part after the other. Parts measure through `index.answers.answer.ask`,
`index.generations.snapshot.open_snapshot` and the `ocqa` command, as a user would.
"""
