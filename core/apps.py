from django.apps import AppConfig, apps
from django.forms import DateField

from .periods import check_year


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Nền chung"

    def ready(self):
        """Two habits of Django that are none of ours."""
        DateField.default_validators = [check_year]
        for model in apps.get_models():
            if "verbose_name_plural" not in model._meta.original_attrs:
                model._meta.verbose_name_plural = model._meta.verbose_name  # no "báo cáos"
