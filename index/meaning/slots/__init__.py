"""What the parts of a question say, each read by a function of its own: scope, editions, topics, order, limits, tests."""
