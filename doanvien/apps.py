from django.apps import AppConfig


class DoanVienConfig(AppConfig):
    name = "doanvien"
    verbose_name = "Đoàn viên"
