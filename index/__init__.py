"""Finding answers: builds an index of a corpus, opens it, reads a question and answers it from what is stored.

The packages, in the order of the data:

    language     English: stems, sentence ends, alignment of texts, numbers and lists in words
    passages     the unit that is found and cited: pages cut into passages and chunks
    encoders     text to vectors
    stores       search structures on disk: exact and IVF vectors, token vectors, BM25
    scores       published scores as data: queries, SQL, rankings, averages, correlations
    profiles     a country in one edition as a whole, and two editions compared
    generations  builds on disk: manifest, lock, opening one, rolling back
    builder      making a generation, reusing the vectors of earlier ones
    questions    from the words of a question to a checked query
    retrieval    finding passages and judging whether they answer
    contract     the shape of an answer and its fixed vocabulary
    answers      one question to one answer
    evals        how good the answers are, on question sets
    bench        how long they take, and how much memory
    cluster      more than one machine or index (how far each goes: SCALE.md)

Public: `builder.build.build_index` and `plan_build`, `generations.snapshot.open_snapshot`, `generations.follower.Published`,
`answers.answer.ask`, `questions.question.understand`, `contract.answer_object.Answer`, `evals.evaluate.evaluate`.

The sums of one question are too small to share among threads: a program that asks questions should set OPENBLAS_NUM_THREADS=1
before it imports NumPy, as the `ocqa` command does.
"""
