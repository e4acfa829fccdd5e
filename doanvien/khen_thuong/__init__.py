"""Awards of members at all levels."""
