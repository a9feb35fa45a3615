"""Finding answers: builds an index of a corpus, opens it, understands a question and answers it from what is stored.

The way of the data: `chunk` and `sentences` cut paragraphs, `embed` makes vectors, `dense`, `keyword` and `facts` store them,
`generation` keeps one whole build on disk, `build` makes it and `snapshot` opens it. `linking`, `kinds` and `question`
understand a question without model or database, `scope` settles where to look, `scores` and `retrieve` find what answers it,
`confidence` judges it, `answer` puts it together in the shape of `contract`. The package `evals` measures all of it on question
sets. Public: `build.build_index`, `snapshot.open_snapshot`, `answer.ask`, `question.understand`, `contract` and
`evals.evaluate`.
"""
