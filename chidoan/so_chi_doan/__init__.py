"""Sổ chi đoàn and the books of the Đoàn cơ sở: everything in them was recorded elsewhere."""
