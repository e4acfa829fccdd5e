"""How often a branch has to meet: set by the level above, from a day, on a paper."""
