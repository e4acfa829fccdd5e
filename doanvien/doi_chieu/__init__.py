"""Đối chiếu: a list is downloaded, edited anywhere, and compared with the register cell by cell."""
