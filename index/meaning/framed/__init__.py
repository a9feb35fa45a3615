"""Meanings filled from what was learned of each name and number of a question, whatever words say it: a second reading beside
the forms. `fill.filled` fills one of a kind; `frame.frame_of` says what each name does."""
