"""Đợt chấm: the way of a scoring round, from opening to a result that never moves."""
