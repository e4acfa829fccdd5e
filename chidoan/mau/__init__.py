"""Themes of the month and agendas of the kinds of meeting: shipped, set by a ward, by a branch."""
