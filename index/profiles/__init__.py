"""The whole profile of a country in an edition, and two editions compared."""
