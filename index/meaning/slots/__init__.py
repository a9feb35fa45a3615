"""The parts of a question - places, editions, topics, order, limits, conditions - each read by one pure function of `Asked`.

Public: `scope.scope_of`, `when.when_of`, `topics.indicators_of`, `order.order_of`, `limits.limit_of`, `tests.tests_of`.
"""
