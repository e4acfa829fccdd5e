from django.apps import AppConfig


class ToChucConfig(AppConfig):
    name = "tochuc"
    verbose_name = "Tổ chức"
