"""Nhập: a member list as offices send it, read, judged row by row, shown, and written at once."""
