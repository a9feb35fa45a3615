"""Finding answers: builds an index of a corpus, opens it, understands a question and answers it from what is stored.

Storing: `chunk` and `sentences` cut paragraphs, `embed` makes vectors (`deferred` only when one is needed, `linear` in half the
time), `question_encoder` those of questions by a graph that `export` writes and `question_model` checks; `dense`, `words`,
`keyword` and `facts` store them; `runs` are rows that stand side by side, `dense_choice` says when `approximate` search is worth
its lists. `generation` keeps whole builds on disk, each with its `manifest`; `build` makes one under a `lock`, taking vectors
over from the `stock` of earlier ones; `changes` and `report` say what is new, `drift` what readers would notice, `verify` whether
all is as it should be; `rollback` goes back. `snapshot` opens a build, `published` follows the newest.

Understanding, without model or database: `linking` finds names, `cues` knows the other words of questions about scores, `items`
puts both in a row, `question` keeps what a question says. `word_order`, `bounds`, `clauses` and `features` take the row apart,
`unread` judges what is left over, `kinds` settles what kind of answer is asked for.

Scores: `parse` (with `reader`, `conditions`, `when` and `own_indicators`) makes a `query`, `statement` makes SQL of it, `results`
makes the typed result of the rows, `telling` and `query_words` say it; `availability` says why there is none, `comparable`
compares like with like, `scores` is the whole way. Text: `scope` settles where to look, `retrieve` finds passages by their
`signals`, `evidence` judges them by what is there and what is not (`wanted`: the sort of answer, `things`: what goes by few
names, `lacking`: words without their like), `search` does both.

`rephrase` puts another country, indicator, edition or kind into a question and completes follow-up questions.

Profiles: `profile` has a country in an edition whole, with `ranks` that know ties; `editions` lays the prose of two beside each
other, on the `alignment` that `changes` stands on too; `mentions` finds who else names a country.
Tables: `scored`, `placed`, `averages` and `correlation` order, sum up and compare scores without a question.

Beyond one machine: `spread` embeds and answers in processes of Ray, `shards` asks several indexes as one; SCALE.md says how far.

`answer` puts it together in the shape of `contract`; the package `evals` measures all of it on question sets, `bench` how long it
takes. Public:
`build.build_index`, `snapshot.open_snapshot`, `answer.ask`, `question.understand`, `contract` and `evals.evaluate`.
"""

import os

# The sums of a question are too small to be shared out among threads, which would only wait for each other. NumPy reads this
# when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
