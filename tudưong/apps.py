from django.apps import AppConfig


class TuDuongConfig(AppConfig):
    """The package keeps its ư; tables, permissions and URL names stay ASCII."""

    name = "tudưong"
    label = "tuduong"
    verbose_name = "Tu dưỡng"
