"""Kết nạp đoàn viên: from the application over vote and resolution to the ceremony."""
