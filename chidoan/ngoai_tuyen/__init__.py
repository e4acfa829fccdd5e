"""Meetings without a network: what a device keeps, and how what it kept is received."""
