"""Retrieving passages and judging whether they answer: scope, signals, weights, evidence, highlight, explanation."""
