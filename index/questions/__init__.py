"""From the words of a question to a checked query: names, cues, spans, slots, kind, query. No model and no database.

Public: `question.understand`, `names.build_gazetteer`, `slots.slots_of`, `kind.kind_of`, `query_parser.parse`, and
`rephrase.Rephrasing`, which changes one part of a question.
"""
