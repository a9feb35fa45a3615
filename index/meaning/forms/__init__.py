"""A module for each kind of question, whose `fill` gives the meaning of a question of that kind, or None where it cannot.

Public: `value.fill`, and `fill` of every other form.
"""
