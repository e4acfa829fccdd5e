"""A branch that the book called dispersed has the three-monthly cadence since it exists."""

from datetime import date

from django.db import migrations

LUON_LUON = date(1931, 3, 26)  # the Union's founding day: "always"


def to_spans(apps, schema_editor):
    don_vi = apps.get_model("tochuc", "DonVi")
    nhip = apps.get_model("chidoan", "NhipSinhHoat")
    known = set(nhip.objects.values_list("chi_doan_id", flat=True))
    nhip.objects.bulk_create(
        nhip(
            chi_doan=row,
            kieu="ba_thang",
            tu_ngay=row.thanh_lap or LUON_LUON,
            can_cu="Theo sổ trước đây",
        )
        for row in don_vi.objects.filter(cap="chi_doan", dac_thu=True).exclude(pk__in=known)
    )


def to_flag(apps, schema_editor):
    nhip = apps.get_model("chidoan", "NhipSinhHoat")
    running = nhip.objects.filter(kieu="ba_thang", den_ngay__isnull=True)
    rows = apps.get_model("tochuc", "DonVi").objects
    rows.filter(pk__in=running.values("chi_doan")).update(dac_thu=True)


class Migration(migrations.Migration):
    dependencies = [("chidoan", "0004_bo_hai_o_phieu"), ("tochuc", "0002_viec_nen")]
    operations = [migrations.RunPython(to_spans, to_flag)]
