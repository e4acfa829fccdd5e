"""Watching over the organisation: which branches are empty, small, unled or silent."""
