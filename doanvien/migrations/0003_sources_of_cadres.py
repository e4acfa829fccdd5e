from django.db import migrations

from doanvien.danh_muc import split_nguon


def read_old_texts(apps, schema_editor):
    """Sources of cadres that were typed as text: known ones become choices, the rest stays."""
    DoanVien = apps.get_model("doanvien", "DoanVien")
    NguonCanBo = apps.get_model("doanvien", "NguonCanBo")
    rows = DoanVien.objects.exclude(nguon_can_bo="").values_list("pk", "nguon_can_bo")
    for pk, text in rows.iterator():
        codes, rest = split_nguon(text)
        NguonCanBo.objects.bulk_create([NguonCanBo(doan_vien_id=pk, ma=ma) for ma in codes])
        if codes:
            DoanVien.objects.filter(pk=pk).update(nguon_can_bo=rest)


def write_old_texts(apps, schema_editor):
    DoanVien = apps.get_model("doanvien", "DoanVien")
    NguonCanBo = apps.get_model("doanvien", "NguonCanBo")
    for row in NguonCanBo.objects.select_related("doan_vien").order_by("pk"):
        old = DoanVien.objects.values_list("nguon_can_bo", flat=True).get(pk=row.doan_vien_id)
        text = ", ".join(filter(None, (old, row.get_ma_display())))[:60]
        DoanVien.objects.filter(pk=row.doan_vien_id).update(nguon_can_bo=text)


class Migration(migrations.Migration):

    dependencies = [("doanvien", "0002_members_in_full")]

    operations = [migrations.RunPython(read_old_texts, write_old_texts)]
