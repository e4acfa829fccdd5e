"""Hẹn buổi sinh hoạt, mời, trả lời, tự điểm danh bằng mã QR, và lịch của chi đoàn."""
