from django.apps import AppConfig
from django.db.models.signals import post_migrate


class BaoCaoConfig(AppConfig):
    name = "baocao"
    verbose_name = "Báo cáo"

    def ready(self):
        from .cham_diem.co_san import ship_sets  # noqa: PLC0415 -- needs the models

        post_migrate.connect(ship_sets, sender=self, dispatch_uid="baocao.bo_tieu_chi_co_san")
