"""From the words of a question to a checked query: names, cues, spans, slots, kind, query. No model and no database."""
