"""Decisions that recognise final rounds, and their lines."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("baocao", "0007_phan_loi_ban_nhap"),
        ("tochuc", "0005_sap_xep"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="QuyetDinhKetQua",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nam", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("ngay", models.DateField(verbose_name="ngày quyết định")),
                (
                    "so_ky_hieu",
                    models.CharField(blank=True, max_length=40, verbose_name="số quyết định"),
                ),
                ("ngay_hop", models.DateField(verbose_name="ngày họp")),
                (
                    "bien_ban_so",
                    models.CharField(blank=True, max_length=60, verbose_name="số biên bản"),
                ),
                (
                    "tong_uy_vien",
                    models.PositiveSmallIntegerField(default=0, verbose_name="tổng số ủy viên"),
                ),
                ("co_mat", models.PositiveSmallIntegerField(default=0, verbose_name="có mặt")),
                (
                    "tan_thanh",
                    models.PositiveSmallIntegerField(default=0, verbose_name="tán thành"),
                ),
                (
                    "khong_tan_thanh",
                    models.PositiveSmallIntegerField(default=0, verbose_name="không tán thành"),
                ),
                (
                    "khong_hop_le",
                    models.PositiveSmallIntegerField(default=0, verbose_name="phiếu không hợp lệ"),
                ),
                ("lap_luc", models.DateTimeField(auto_now_add=True)),
                ("huy_ngay", models.DateField(blank=True, null=True, verbose_name="ngày hủy")),
                (
                    "huy_ly_do",
                    models.CharField(blank=True, max_length=500, verbose_name="lý do hủy"),
                ),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quyet_dinh_ket_qua",
                        to="tochuc.donvi",
                        verbose_name="đơn vị ban hành",
                    ),
                ),
                (
                    "dot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quyet_dinh",
                        to="baocao.dotcham",
                        verbose_name="đợt chấm",
                    ),
                ),
                (
                    "huy_boi",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lap_boi",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "thay_cho",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duoc_thay",
                        to="baocao.quyetdinhketqua",
                        verbose_name="thay cho",
                    ),
                ),
            ],
            options={
                "verbose_name": "quyết định công nhận kết quả",
                "verbose_name_plural": "quyết định công nhận kết quả",
                "ordering": ["-nam", "-ngay", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="DongKetQua",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "doi_tuong",
                    models.CharField(
                        choices=[
                            ("chi_doan", "Chi đoàn"),
                            ("doan_co_so", "Đoàn cơ sở"),
                            ("bch", "Ban Chấp hành"),
                        ],
                        max_length=12,
                        verbose_name="xếp loại cho",
                    ),
                ),
                (
                    "muc_dot",
                    models.CharField(blank=True, max_length=20, verbose_name="mức của đợt chấm"),
                ),
                ("muc", models.CharField(max_length=20, verbose_name="mức được công nhận")),
                ("ten_muc", models.CharField(max_length=80, verbose_name="mức, ghi bằng chữ")),
                (
                    "ly_do",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="lý do khác đợt chấm"
                    ),
                ),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dong_ket_qua",
                        to="tochuc.donvi",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "dong",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ket_qua",
                        to="baocao.dongcham",
                    ),
                ),
                (
                    "quyet_dinh",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dong",
                        to="baocao.quyetdinhketqua",
                    ),
                ),
            ],
            options={
                "verbose_name": "dòng kết quả",
                "verbose_name_plural": "dòng kết quả",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="quyetdinhketqua",
            constraint=models.UniqueConstraint(
                condition=models.Q(("huy_ngay__isnull", True)),
                fields=("dot",),
                name="baocao_mot_quyet_dinh_mot_dot",
                violation_error_message="Đợt chấm đã có quyết định công nhận kết quả.",
            ),
        ),
        migrations.AddConstraint(
            model_name="quyetdinhketqua",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "co_mat",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("tan_thanh"), "+", models.F("khong_tan_thanh")
                            ),
                            "+",
                            models.F("khong_hop_le"),
                        ),
                    ),
                    ("co_mat__lte", models.F("tong_uy_vien")),
                ),
                name="baocao_phieu_ket_qua_khop",
                violation_error_message="Số phiếu cộng lại phải bằng số ủy viên có mặt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="quyetdinhketqua",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("huy_ly_do", ""), ("huy_ngay__isnull", True)),
                    models.Q(
                        ("huy_ngay__isnull", False), models.Q(("huy_ly_do", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="baocao_huy_ket_qua_co_ly_do",
                violation_error_message="Ghi lý do hủy quyết định.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dongketqua",
            constraint=models.UniqueConstraint(
                fields=("quyet_dinh", "don_vi", "doi_tuong"),
                name="baocao_mot_dong_ket_qua_mot_don_vi",
            ),
        ),
        migrations.AddConstraint(
            model_name="dongketqua",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("muc", models.F("muc_dot")),
                    models.Q(("ly_do", ""), _negated=True),
                    _connector="OR",
                ),
                name="baocao_muc_khac_dot_co_ly_do",
                violation_error_message="Mức khác kết quả đợt chấm thì ghi lý do.",
            ),
        ),
    ]
