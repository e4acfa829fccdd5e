"""What comes of rounds: notices, decisions, certificates, and what would raise a result."""
