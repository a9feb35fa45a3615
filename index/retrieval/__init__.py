"""Retrieving passages and judging whether they answer: scope, signals, weights, evidence, highlight, explanation.

Public: `scope.scope_of`, `candidates.retrieve`, `text_answer.find_text_answer`, `highlight.highlighted_sentences`,
`mentions.find_mentions`, `weights.weights`.
"""
