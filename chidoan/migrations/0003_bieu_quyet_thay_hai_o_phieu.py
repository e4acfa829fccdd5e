"""The two figures of a vote become a row of `BieuQuyet`; the roll tells entitled and present."""

from django.db import migrations
from django.db.models import Count, Q

_DU_HOP = ("co_mat", "muon")


def move(apps, schema_editor):
    meetings = apps.get_model("chidoan", "BuoiSinhHoat").objects
    votes = apps.get_model("chidoan", "BieuQuyet").objects
    rows = meetings.filter(phieu_tan_thanh__isnull=False).exclude(trang_thai="nhap")
    rows = rows.annotate(
        so=Count("diem_danh"), co=Count("diem_danh", filter=Q(diem_danh__trang_thai__in=_DU_HOP))
    )
    new = []
    for row in rows.iterator(chunk_size=2000):
        given = row.phieu_tan_thanh + (row.phieu_khong or 0)
        present = max(row.co, given)
        new.append(
            votes.model(
                buoi_id=row.pk,
                noi_dung="Thông qua các nội dung nêu trên",
                co_quyen=max(row.so, present),
                co_mat=present,
                tan_thanh=row.phieu_tan_thanh,
                khong_tan_thanh=row.phieu_khong or 0,
            )
        )
    votes.bulk_create(new, batch_size=1000)


def move_back(apps, schema_editor):
    meetings = apps.get_model("chidoan", "BuoiSinhHoat").objects
    for row in apps.get_model("chidoan", "BieuQuyet").objects.filter(thu_tu=1).iterator():
        meetings.filter(pk=row.buoi_id).update(
            phieu_tan_thanh=row.tan_thanh, phieu_khong=row.khong_tan_thanh
        )


class Migration(migrations.Migration):
    dependencies = [("chidoan", "0002_buoi_sinh_hoat_day_du")]

    operations = [migrations.RunPython(move, move_back)]
