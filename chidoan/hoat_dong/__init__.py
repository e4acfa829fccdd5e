"""Activities and works: what was done, who took part, what came of it."""
