"""Yearly rating of members: the branch's conference, the ward's decision, its papers."""
