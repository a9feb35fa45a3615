"""Published scores as data: the query, its SQL, the store, ranks, averages and like-for-like changes. Reads no questions.

Public: `query.Query`, `sql.country_statement`, `run_query.result_of`, `query_text.query_words`, `query_text.step_words_of`,
`availability.refusal_of`, `score_store.ScoreStore`, `ranking.ranked`, `averages.group_summary`, `correlation.pearson`,
`parquet_file.write_parquet`.
"""
