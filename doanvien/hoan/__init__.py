"""Deferral: a branch lets somebody off its meetings for up to a year."""
