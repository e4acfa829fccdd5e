"""One table for the yearly ratings of branches, ward unions and committees; rows are kept."""

import django.db.models.deletion
from django.db import migrations, models


def name_after_table(apps, schema_editor):
    """PostgreSQL keeps the names of constraints when a table is renamed."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'baocao_xeploaidonvi'::regclass"
        )
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        if name.startswith("baocao_xeploaichidoan_"):
            new = name.replace("xeploaichidoan", "xeploaidonvi")
            schema_editor.execute(
                f'ALTER TABLE baocao_xeploaidonvi RENAME CONSTRAINT "{name}" TO "{new}"'
            )


class Migration(migrations.Migration):
    dependencies = [("baocao", "0002_tong_so_lieu_lon")]

    operations = [
        migrations.RemoveConstraint("xeploaichidoan", "baocao_mot_xep_loai_chi_doan_mot_nam"),
        migrations.RemoveConstraint("xeploaichidoan", "baocao_muc_thuoc_thang"),
        migrations.RenameModel("XepLoaiChiDoan", "XepLoaiDonVi"),
        migrations.RenameField("xeploaidonvi", "chi_doan", "don_vi"),
        migrations.AlterModelOptions(
            name="xeploaidonvi",
            options={
                "ordering": ["-nam", "don_vi", "doi_tuong"],
                "verbose_name": "xếp loại đơn vị",
            },
        ),
        migrations.AddField(
            model_name="xeploaidonvi",
            name="diem",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=7, null=True, verbose_name="điểm"
            ),
        ),
        migrations.AddField(
            model_name="xeploaidonvi",
            name="doi_tuong",
            field=models.CharField(
                choices=[
                    ("chi_doan", "Chi đoàn"),
                    ("doan_co_so", "Đoàn cơ sở"),
                    ("bch", "Ban Chấp hành"),
                ],
                default="chi_doan",
                max_length=12,
                verbose_name="xếp loại cho",
            ),
        ),
        migrations.AddField(
            model_name="xeploaidonvi",
            name="ten_muc",
            field=models.CharField(blank=True, max_length=80, verbose_name="mức, ghi bằng chữ"),
        ),
        migrations.AddField(
            model_name="xeploaidonvi",
            name="ten_thang",
            field=models.CharField(blank=True, max_length=200, verbose_name="tên bộ tiêu chí"),
        ),
        migrations.AlterField(  # its key and index are made again under their new names
            model_name="xeploaidonvi",
            name="don_vi",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="xep_loai_don_vi",
                to="tochuc.donvi",
            ),
        ),
        migrations.RunPython(name_after_table, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="xeploaidonvi",
            name="don_vi",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="xep_loai_don_vi",
                to="tochuc.donvi",
                verbose_name="đơn vị",
            ),
        ),
        migrations.AlterField(
            model_name="xeploaidonvi",
            name="muc",
            field=models.CharField(max_length=20, verbose_name="mức"),
        ),
        migrations.AlterField(
            model_name="xeploaidonvi",
            name="thang",
            field=models.CharField(
                choices=[
                    ("cu", "Thang trước 2019"),
                    ("hd33", "33-HD/TWĐTN-BTC"),
                    ("bo", "Thang của bộ tiêu chí"),
                ],
                max_length=6,
                verbose_name="thang",
            ),
        ),
        migrations.AddConstraint(
            model_name="xeploaidonvi",
            constraint=models.UniqueConstraint(
                fields=("don_vi", "nam", "doi_tuong"),
                name="baocao_mot_xep_loai_don_vi_mot_nam",
                violation_error_message="Đơn vị đã có kết quả xếp loại của năm.",
            ),
        ),
        migrations.AddConstraint(
            model_name="xeploaidonvi",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("muc__in", ["manh", "kha", "trung_binh", "yeu"]), ("thang", "cu")),
                    models.Q(("muc__in", ["htxs", "htt", "ht", "kht"]), ("thang", "hd33")),
                    models.Q(
                        ("thang", "bo"),
                        models.Q(("muc", ""), _negated=True),
                        models.Q(("ten_muc", ""), _negated=True),
                        models.Q(("ten_thang", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="baocao_muc_thuoc_thang",
                violation_error_message="Mức không thuộc thang đã chọn.",
            ),
        ),
    ]
