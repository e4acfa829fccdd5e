
from django.db import migrations, models
from django.db.models import F, Q

from tochuc.cay import CayTheoNgay, Khoang


def fill(apps, schema_editor):
    """Give each span its path; a span during which something above changed is cut there."""
    model = apps.get_model("tochuc", "LichSuDonVi")
    rows = list(model.objects.order_by("don_vi", "tu_ngay"))
    tree = CayTheoNgay(_khoang(row) for row in rows)
    changed, added = [], []
    for row in rows:
        (_, row_end, row.duong), *rest = tree.manh(_khoang(row))
        row.den_ngay = row_end
        changed.append(row)
        for start, end, duong in rest:
            added.append(
                model(
                    don_vi_id=row.don_vi_id,
                    ten=row.ten,
                    cap_tren_id=row.cap_tren_id,
                    tu_ngay=start,
                    den_ngay=end,
                    can_cu=row.can_cu,
                    duong=duong,
                )
            )
    model.objects.bulk_update(changed, ["duong", "den_ngay"], batch_size=500)
    model.objects.bulk_create(added, batch_size=500)
    # PostgreSQL keeps the checks of new rows for the end and alters no table before that.
    schema_editor.connection.check_constraints([model._meta.db_table])


def _khoang(row):
    return Khoang(row.don_vi_id, row.ten, row.cap_tren_id, row.tu_ngay, row.den_ngay, row.can_cu)


class Migration(migrations.Migration):
    dependencies = [("tochuc", "0004_van_ban_huy")]

    operations = [
        migrations.AddField(
            model_name="lichsudonvi",
            name="duong",
            field=models.CharField(default="", editable=False, max_length=255),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="lichsudonvi",
            index=models.Index(fields=["duong", "tu_ngay"], name="tochuc_lich_duong_idx"),
        ),
        migrations.AddConstraint(
            model_name="lichsudonvi",
            constraint=models.UniqueConstraint(
                fields=["don_vi", "tu_ngay"], name="tochuc_mot_khoang_mot_ngay_dau"
            ),
        ),
        migrations.AddConstraint(
            model_name="lichsudonvi",
            constraint=models.CheckConstraint(
                condition=Q(den_ngay__isnull=True) | Q(den_ngay__gte=F("tu_ngay")),
                name="tochuc_lich_su_ket_thuc_sau_bat_dau",
            ),
        ),
    ]
