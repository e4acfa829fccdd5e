"""Xuất: the register as files, in the layout of the national software or as a plain list."""
