"""Published scores as data: the query, its SQL, the store, ranks, averages, changes like for like. Reads no English."""
