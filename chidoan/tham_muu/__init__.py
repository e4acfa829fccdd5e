"""Advice to the Party committee and the authorities: what was proposed, what came of it."""
