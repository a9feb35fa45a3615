"""Measuring time and memory: `growth` searches ever larger corpora, which `made_up` makes of a real one.

Nothing here decides an answer; figures are for reading, never for a test to hold.
"""
