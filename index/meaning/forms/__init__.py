"""For each kind of question, how its meaning is filled from the slots: `fill(asked)` gives a meaning, or None if it is none."""
