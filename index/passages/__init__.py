"""The unit that is found and cited: pages cut into passages and chunks, how they are stored, and what a build covers."""
