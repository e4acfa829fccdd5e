"""Which files of the installed packages a browser can ever ask for."""

from django.contrib.staticfiles.apps import StaticFilesConfig as DjangoStaticFilesConfig


class StaticFilesConfig(DjangoStaticFilesConfig):
    """Leaves out builds of Bootstrap and htmx that no page links; compressing them takes 15 s."""

    ignore_patterns = [
        *DjangoStaticFilesConfig.ignore_patterns,
        "bootstrap-*",
        "bootstrap.css*",
        "bootstrap.js*",
        "bootstrap.min.js*",
        "bootstrap.bundle*",
        "*.esm*",
        "*.rtl*",
        "htm?x-4*",
        "ext",
    ]
