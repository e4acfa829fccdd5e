from django.apps import AppConfig


class ChiDoanConfig(AppConfig):
    name = "chidoan"
    verbose_name = "Chi đoàn"
