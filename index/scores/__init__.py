"""Published scores as data: the query, its SQL, the store, ranks, averages and like-for-like changes. Reads no questions."""
