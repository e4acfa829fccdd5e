"""Contests of branch secretaries and cadres: rounds, contestants, marks, prizes."""
