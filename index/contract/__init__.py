"""The answer object and its fixed words, which every reader of answers shares. Imports nothing else of `index`."""
