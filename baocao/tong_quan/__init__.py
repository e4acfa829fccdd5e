"""What each role's home page shows: first what is due, then what is known."""
