"""Livelihood: savings-and-loan groups, economic models, loans and jobs supported."""
