"""What a question means, whatever its words: read by rules and by a learned reader, weighed, and turned into queries.

Public: `meaning.Meaning`, `masked.masked`.
"""
