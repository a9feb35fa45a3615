"""What is about English rather than the Index: stems and stop words, sentence boundaries, phrases, alignment of texts.

Public: `stems.stems`, `sentences.sentence_spans`, `phrases.joined`, `alignment.aligned`.
"""
