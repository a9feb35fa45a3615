"""Search structures on disk: exact and IVF vectors, token vectors, BM25."""
