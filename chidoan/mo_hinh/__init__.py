"""Initiatives: commitments by quarter, the log, reviews, spreading. Comparison is in baocao."""
