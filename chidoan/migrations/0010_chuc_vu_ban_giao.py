import chidoan.models.khong_chong
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chidoan", "0009_them_loai_hoat_dong"),
        ("doanvien", "0005_requests_of_applicants"),
        ("tochuc", "0004_van_ban_huy"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BanGiao",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ngay", models.DateField(verbose_name="ngày bàn giao")),
                ("dia_diem", models.CharField(blank=True, max_length=120, verbose_name="địa điểm")),
                (
                    "vat",
                    models.TextField(
                        blank=True, verbose_name="sổ sách, con dấu, tài sản, quỹ giao kèm"
                    ),
                ),
                ("dan_lai", models.TextField(blank=True, verbose_name="việc cần dặn lại")),
                (
                    "giao_luc",
                    models.DateTimeField(blank=True, null=True, verbose_name="bên giao ký lúc"),
                ),
                (
                    "nhan_luc",
                    models.DateTimeField(blank=True, null=True, verbose_name="bên nhận ký lúc"),
                ),
                (
                    "giay_ngay",
                    models.DateField(blank=True, null=True, verbose_name="ký trên giấy ngày"),
                ),
                ("tao_luc", models.DateTimeField(auto_now_add=True)),
                (
                    "chuc_vu_giao",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ban_giao",
                        to="chidoan.chucvu",
                        verbose_name="bên giao",
                    ),
                ),
                (
                    "chuc_vu_nhan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ban_giao_nhan",
                        to="chidoan.chucvu",
                        verbose_name="bên nhận",
                    ),
                ),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ban_giao",
                        to="tochuc.donvi",
                        verbose_name="chi đoàn",
                    ),
                ),
                (
                    "giao_boi",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "giay_boi",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "nhan_boi",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tao_boi",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bàn giao",
                "verbose_name_plural": "bàn giao",
                "ordering": ["-ngay", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("giao_boi__isnull", True), ("giao_luc__isnull", True)),
                            models.Q(("giao_boi__isnull", False), ("giao_luc__isnull", False)),
                            _connector="OR",
                        ),
                        name="chidoan_ban_giao_giao_luc_di_voi_boi",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("nhan_boi__isnull", True), ("nhan_luc__isnull", True)),
                            models.Q(("nhan_boi__isnull", False), ("nhan_luc__isnull", False)),
                            _connector="OR",
                        ),
                        name="chidoan_ban_giao_nhan_luc_di_voi_boi",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("chuc_vu_giao", models.F("chuc_vu_nhan")), _negated=True
                        ),
                        name="chidoan_ban_giao_hai_nhiem_ky",
                        violation_error_message="Bên giao và bên nhận là hai nhiệm kỳ khác nhau.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GapDoanVien",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ngay", models.DateField(verbose_name="ngày gặp")),
                (
                    "chuc_vu",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="da_gap",
                        to="chidoan.chucvu",
                    ),
                ),
                (
                    "doan_vien",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bi_thu_gap",
                        to="doanvien.doanvien",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần gặp đoàn viên",
                "verbose_name_plural": "lần gặp đoàn viên",
                "ordering": ["ngay", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("chuc_vu", "doan_vien"), name="chidoan_gap_moi_nguoi_mot_lan"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="chucvu",
            name="cach",
            field=models.CharField(
                blank=True,
                choices=[
                    ("dai_hoi", "Bầu trực tiếp tại đại hội, hội nghị đoàn viên"),
                    ("bch", "Ban Chấp hành bầu"),
                    ("chi_dinh", "Chỉ định"),
                ],
                max_length=8,
                verbose_name="cách giữ chức",
            ),
        ),
        migrations.AddField(
            model_name="chucvu",
            name="co_mat",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="có mặt"),
        ),
        migrations.AddField(
            model_name="chucvu",
            name="co_quyen",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="có quyền bầu"
            ),
        ),
        migrations.AddField(
            model_name="chucvu",
            name="han_nhiem_ky",
            field=models.DateField(blank=True, null=True, verbose_name="hết nhiệm kỳ ngày"),
        ),
        migrations.AddField(
            model_name="chucvu",
            name="ket_thuc",
            field=models.CharField(
                blank=True,
                choices=[
                    ("het_nhiem_ky", "Hết nhiệm kỳ"),
                    ("di_xa", "Đi làm ăn xa"),
                    ("xin_thoi", "Xin thôi nhiệm vụ"),
                    ("chuyen_cong_tac", "Chuyển công tác, sinh hoạt"),
                    ("truong_thanh", "Trưởng thành Đoàn"),
                    ("ky_luat", "Kỷ luật"),
                    ("sap_xep", "Sắp xếp đơn vị"),
                    ("khac", "Lý do khác"),
                ],
                max_length=16,
                verbose_name="kết thúc vì",
            ),
        ),
        migrations.AddField(
            model_name="chucvu",
            name="khong_hop_le",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="không hợp lệ"
            ),
        ),
        migrations.AddField(
            model_name="chucvu",
            name="khong_tan_thanh",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="không tán thành"
            ),
        ),
        migrations.AddField(
            model_name="chucvu",
            name="ly_do_di_xa",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="lý do bố trí người đi làm xa"
            ),
        ),
        migrations.AddField(
            model_name="chucvu",
            name="ly_do_vang",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="lý do vẫn giữ chức khi đi xa"
            ),
        ),
        migrations.AddField(
            model_name="chucvu",
            name="ngay_quyet_dinh",
            field=models.DateField(blank=True, null=True, verbose_name="ngày quyết định"),
        ),
        migrations.AddField(
            model_name="chucvu",
            name="phan_cong",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="chuc_vu",
                to="tochuc.phancong",
                verbose_name="vai trò của tài khoản",
            ),
        ),
        migrations.AddField(
            model_name="chucvu",
            name="so_quyet_dinh",
            field=models.CharField(blank=True, max_length=40, verbose_name="số quyết định"),
        ),
        migrations.AddField(
            model_name="chucvu",
            name="tam_quyen",
            field=models.CharField(
                blank=True,
                choices=[("quyen", "Quyền"), ("lam_thoi", "Lâm thời")],
                max_length=8,
                verbose_name="quyền, lâm thời",
            ),
        ),
        migrations.AddField(
            model_name="chucvu",
            name="tan_thanh",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="tán thành"),
        ),
        migrations.AddField(
            model_name="chucvu",
            name="vang_tu",
            field=models.DateField(blank=True, null=True, verbose_name="đã xét lần đi xa từ ngày"),
        ),
        migrations.AddConstraint(
            model_name="chucvu",
            constraint=models.CheckConstraint(
                condition=models.Q(("tam_quyen", ""), ("den_ngay__isnull", False), _connector="OR"),
                name="chidoan_tam_quyen_co_han",
                violation_error_message="Quyền, lâm thời phải có ngày kết thúc.",
            ),
        ),
        migrations.AddConstraint(
            model_name="chucvu",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("co_mat__isnull", True),
                        ("co_quyen__isnull", True),
                        ("khong_hop_le__isnull", True),
                        ("khong_tan_thanh__isnull", True),
                        ("tan_thanh__isnull", True),
                    ),
                    models.Q(
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
                        ("co_quyen__gte", models.F("co_mat")),
                    ),
                    _connector="OR",
                ),
                name="chidoan_chuc_vu_phieu_khop",
                violation_error_message="Số phiếu bầu không khớp số có mặt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="chucvu",
            constraint=chidoan.models.khong_chong.KhongChong(
                gia_tri="bi_thu",
                name="chidoan_bi_thu_khong_chong",
                truong="chuc_danh",
                violation_error_message="Đơn vị đã có bí thư trong thời gian này.",
            ),
        ),
    ]
