"""Growing out: who reaches the age, what is decided about each, and its papers."""
