"""Discipline of members, for those who may read of it."""
