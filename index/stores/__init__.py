"""Search structures on disk: exact and IVF vectors, token vectors, BM25.

Public: `vector_index.VectorIndex`, `token_index.TokenIndex`, `bm25_index.Bm25Index`, `row_ranges.Runs` to filter them, and
`ivf_tuning.SearchWay` to choose how vectors are searched.
"""
