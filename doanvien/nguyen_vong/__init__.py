"""Hopes and concerns of young people: recorded by the branch, handed to the ward, answered."""
