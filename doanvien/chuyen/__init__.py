"""Transfers: requested, signed by both sides, refused, withdrawn; guests and residents."""
