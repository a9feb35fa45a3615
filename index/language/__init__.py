"""English, not the Index: stems and stop words, sentence boundaries, phrases, alignment of texts."""
