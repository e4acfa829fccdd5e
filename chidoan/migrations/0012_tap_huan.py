import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chidoan", "0011_can_bo"),
        ("doanvien", "0005_requests_of_applicants"),
        ("tochuc", "0005_sap_xep"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HoiThi",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "loai",
                    models.CharField(
                        choices=[
                            ("bi_thu_gioi", "Bí thư chi đoàn giỏi"),
                            ("can_bo_gioi", "Cán bộ Đoàn giỏi"),
                            ("khac", "Hội thi khác"),
                        ],
                        max_length=12,
                        verbose_name="loại hội thi",
                    ),
                ),
                ("ten", models.CharField(max_length=160, verbose_name="tên hội thi")),
                ("khoa_tim", models.CharField(editable=False, max_length=160)),
                ("ngay", models.DateField(verbose_name="ngày tổ chức")),
                ("dia_diem", models.CharField(blank=True, max_length=160, verbose_name="địa điểm")),
                ("noi_dung", models.TextField(blank=True, verbose_name="nội dung, thể lệ")),
                (
                    "trang_thai",
                    models.CharField(
                        choices=[
                            ("chuan_bi", "Đang tổ chức"),
                            ("xong", "Đã công bố kết quả"),
                            ("huy", "Đã hủy"),
                        ],
                        default="chuan_bi",
                        max_length=8,
                        verbose_name="tình trạng",
                    ),
                ),
                (
                    "ly_do_huy",
                    models.CharField(blank=True, max_length=200, verbose_name="lý do hủy"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hoi_thi",
                        to="tochuc.donvi",
                        verbose_name="đơn vị tổ chức",
                    ),
                ),
                (
                    "tao_boi",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "hội thi",
                "verbose_name_plural": "hội thi",
                "ordering": ["-ngay", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ten", ""), _negated=True),
                        name="chidoan_hoi_thi_co_ten",
                        violation_error_message="Ghi tên hội thi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("trang_thai", "huy"), models.Q(("ly_do_huy", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("trang_thai", "huy"), _negated=True), ("ly_do_huy", "")
                            ),
                            _connector="OR",
                        ),
                        name="chidoan_hoi_thi_huy_co_ly_do",
                        violation_error_message="Ghi lý do hủy hội thi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KhenTapThe",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cap",
                    models.CharField(
                        choices=[
                            ("chi_doan", "Chi đoàn"),
                            ("co_so", "Đoàn cơ sở"),
                            ("cap_tren", "Đoàn cấp huyện, cấp tỉnh"),
                            ("trung_uong", "Trung ương Đoàn"),
                            ("chinh_quyen", "Chính quyền, ngành các cấp"),
                        ],
                        max_length=12,
                        verbose_name="cấp khen",
                    ),
                ),
                (
                    "hinh_thuc",
                    models.CharField(
                        choices=[
                            ("tuyen_duong", "Tuyên dương, biểu dương"),
                            ("giay_khen", "Giấy khen"),
                            ("bang_khen", "Bằng khen"),
                            ("ky_niem_chuong", "Kỷ niệm chương"),
                            ("huy_chuong", "Huy chương"),
                            ("giai_thuong", "Giải thưởng"),
                            ("danh_hieu", "Danh hiệu"),
                        ],
                        max_length=16,
                        verbose_name="hình thức",
                    ),
                ),
                ("noi_dung", models.CharField(max_length=300, verbose_name="nội dung, thành tích")),
                (
                    "so_quyet_dinh",
                    models.CharField(blank=True, max_length=60, verbose_name="số quyết định"),
                ),
                ("ngay", models.DateField(verbose_name="ngày quyết định")),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="khen_tap_the",
                        to="tochuc.donvi",
                        verbose_name="tập thể",
                    ),
                ),
                (
                    "ghi_boi",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "khen tập thể",
                "verbose_name_plural": "khen tập thể",
                "ordering": ["-ngay", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("noi_dung", ""), _negated=True),
                        name="chidoan_khen_tap_the_ve_viec_gi",
                        violation_error_message="Ghi nội dung, thành tích được khen.",
                    ),
                    models.UniqueConstraint(
                        fields=("don_vi", "hinh_thuc", "cap", "ngay", "noi_dung"),
                        name="chidoan_mot_khen_tap_the_mot_lan",
                        violation_error_message="Khen thưởng này đã được ghi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LopTapHuan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ten", models.CharField(max_length=160, verbose_name="tên lớp")),
                ("khoa_tim", models.CharField(editable=False, max_length=160)),
                ("chu_de", models.CharField(max_length=120, verbose_name="chuyên đề")),
                (
                    "doi_tuong",
                    models.CharField(blank=True, max_length=60, verbose_name="đối tượng"),
                ),
                ("tu_ngay", models.DateField(verbose_name="từ ngày")),
                ("den_ngay", models.DateField(verbose_name="đến ngày")),
                ("dia_diem", models.CharField(blank=True, max_length=160, verbose_name="địa điểm")),
                (
                    "phoi_hop",
                    models.CharField(blank=True, max_length=160, verbose_name="phối hợp tổ chức"),
                ),
                (
                    "so_cho",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="số chỗ"),
                ),
                (
                    "han_dang_ky",
                    models.DateField(blank=True, null=True, verbose_name="hạn đăng ký"),
                ),
                ("ghi_chu", models.TextField(blank=True, verbose_name="ghi thêm")),
                (
                    "trang_thai",
                    models.CharField(
                        choices=[
                            ("du_kien", "Dự kiến"),
                            ("mo", "Đã thông báo"),
                            ("xong", "Đã kết thúc"),
                            ("huy", "Đã hủy"),
                        ],
                        default="mo",
                        max_length=8,
                        verbose_name="tình trạng",
                    ),
                ),
                (
                    "ly_do_huy",
                    models.CharField(blank=True, max_length=200, verbose_name="lý do hủy"),
                ),
                (
                    "ngay_xong",
                    models.DateField(blank=True, null=True, verbose_name="ngày kết thúc lớp"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("tao_luc", models.DateTimeField(auto_now_add=True)),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lop_tap_huan",
                        to="tochuc.donvi",
                        verbose_name="đơn vị mở lớp",
                    ),
                ),
                (
                    "tao_boi",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lớp tập huấn",
                "verbose_name_plural": "lớp tập huấn",
                "ordering": ["-tu_ngay", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["don_vi", "den_ngay"], name="chidoan_lop_don_vi__b00c0e_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("den_ngay__gte", models.F("tu_ngay"))),
                        name="chidoan_lop_tap_huan_ngay_theo_thu_tu",
                        violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ten", ""), _negated=True),
                            models.Q(("chu_de", ""), _negated=True),
                        ),
                        name="chidoan_lop_tap_huan_co_ten_va_chuyen_de",
                        violation_error_message="Ghi tên lớp và chọn ít nhất một chuyên đề.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("so_cho__isnull", True), ("so_cho__gt", 0), _connector="OR"
                        ),
                        name="chidoan_lop_tap_huan_so_cho",
                        violation_error_message="Số chỗ phải từ 1 trở lên.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("trang_thai", "huy"), models.Q(("ly_do_huy", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("trang_thai", "huy"), _negated=True), ("ly_do_huy", "")
                            ),
                            _connector="OR",
                        ),
                        name="chidoan_lop_tap_huan_huy_co_ly_do",
                        violation_error_message="Ghi lý do hủy lớp.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ngay_xong__isnull", False), ("trang_thai", "xong")),
                            models.Q(
                                models.Q(("trang_thai", "xong"), _negated=True),
                                ("ngay_xong__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="chidoan_lop_tap_huan_xong_co_ngay",
                        violation_error_message="Ghi ngày kết thúc lớp.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HocVien",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ho_ten", models.CharField(max_length=120, verbose_name="họ và tên")),
                ("khoa_sap_xep", models.CharField(editable=False, max_length=255)),
                ("khoa_tim", models.CharField(editable=False, max_length=120)),
                (
                    "ten_don_vi",
                    models.CharField(blank=True, max_length=160, verbose_name="đơn vị khi dự lớp"),
                ),
                (
                    "chuc_vu",
                    models.CharField(blank=True, max_length=80, verbose_name="chức vụ khi dự lớp"),
                ),
                (
                    "trang_thai",
                    models.CharField(
                        choices=[
                            ("dang_ky", "Có tên trong lớp"),
                            ("cho", "Chờ xếp chỗ"),
                            ("rut", "Đã rút"),
                        ],
                        default="dang_ky",
                        max_length=8,
                        verbose_name="tình trạng",
                    ),
                ),
                (
                    "ket_qua",
                    models.CharField(
                        blank=True,
                        choices=[("dat", "Đạt"), ("khong_dat", "Không đạt")],
                        max_length=10,
                        verbose_name="kết quả",
                    ),
                ),
                (
                    "diem",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=4, null=True, verbose_name="điểm"
                    ),
                ),
                ("nhan_xet", models.CharField(blank=True, max_length=200, verbose_name="nhận xét")),
                (
                    "dang_ky_luc",
                    models.DateTimeField(auto_now_add=True, verbose_name="đăng ký lúc"),
                ),
                (
                    "dang_ky_boi",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "doan_vien",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cac_lop_tap_huan",
                        to="doanvien.doanvien",
                    ),
                ),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hoc_vien",
                        to="tochuc.donvi",
                        verbose_name="đơn vị cử đi",
                    ),
                ),
                (
                    "lop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hoc_vien",
                        to="chidoan.loptaphuan",
                    ),
                ),
            ],
            options={
                "verbose_name": "học viên",
                "verbose_name_plural": "học viên",
                "ordering": ["don_vi__path", "khoa_sap_xep", "pk"],
                "indexes": [
                    models.Index(fields=["lop", "trang_thai"], name="chidoan_hoc_lop_id_48bc72_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lop", "doan_vien"),
                        name="chidoan_mot_nguoi_mot_lop",
                        violation_error_message="Đồng chí này đã có tên trong lớp.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ho_ten", ""), _negated=True),
                        name="chidoan_hoc_vien_co_ten",
                        violation_error_message="Ghi họ và tên người dự lớp.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("diem__isnull", True),
                            models.Q(("diem__gte", 0), ("diem__lte", 10)),
                            _connector="OR",
                        ),
                        name="chidoan_hoc_vien_diem_0_den_10",
                        violation_error_message="Điểm từ 0 đến 10.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ket_qua", ""), ("trang_thai", "dang_ky"), _connector="OR"
                        ),
                        name="chidoan_hoc_vien_ket_qua_khi_co_ten",
                        violation_error_message="Chỉ ghi kết quả cho người có tên trong lớp.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BuoiTapHuan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ngay", models.DateField(verbose_name="ngày")),
                ("bat_dau", models.TimeField(blank=True, null=True, verbose_name="từ")),
                ("ket_thuc", models.TimeField(blank=True, null=True, verbose_name="đến")),
                (
                    "chuyen_de",
                    models.CharField(blank=True, max_length=200, verbose_name="chuyên đề"),
                ),
                (
                    "giang_vien",
                    models.CharField(blank=True, max_length=160, verbose_name="báo cáo viên"),
                ),
                ("tai_lieu", models.TextField(blank=True, verbose_name="tài liệu")),
                ("tai_lieu_url", models.URLField(blank=True, verbose_name="địa chỉ tài liệu")),
                ("da_diem_danh", models.BooleanField(default=False, verbose_name="đã điểm danh")),
                (
                    "lop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="buoi",
                        to="chidoan.loptaphuan",
                    ),
                ),
            ],
            options={
                "verbose_name": "buổi tập huấn",
                "verbose_name_plural": "buổi tập huấn",
                "ordering": ["ngay", "bat_dau", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bat_dau__isnull", True),
                            ("ket_thuc__isnull", True),
                            ("ket_thuc__gt", models.F("bat_dau")),
                            _connector="OR",
                        ),
                        name="chidoan_buoi_tap_huan_gio_theo_thu_tu",
                        violation_error_message="Giờ kết thúc phải sau giờ bắt đầu.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QuyetDinhKhen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ngay", models.DateField(verbose_name="ngày quyết định")),
                ("ve_viec", models.CharField(max_length=200, verbose_name="về việc")),
                (
                    "hinh_thuc",
                    models.CharField(
                        choices=[
                            ("tuyen_duong", "Tuyên dương, biểu dương"),
                            ("giay_khen", "Giấy khen"),
                            ("bang_khen", "Bằng khen"),
                            ("ky_niem_chuong", "Kỷ niệm chương"),
                            ("huy_chuong", "Huy chương"),
                            ("giai_thuong", "Giải thưởng"),
                            ("danh_hieu", "Danh hiệu"),
                        ],
                        max_length=16,
                        verbose_name="hình thức",
                    ),
                ),
                (
                    "ten_hinh_thuc",
                    models.CharField(blank=True, max_length=80, verbose_name="tên hình thức"),
                ),
                (
                    "so_ky_hieu",
                    models.CharField(blank=True, max_length=40, verbose_name="số, ký hiệu"),
                ),
                ("huy_ngay", models.DateField(blank=True, null=True, verbose_name="ngày hủy")),
                (
                    "huy_ly_do",
                    models.CharField(blank=True, max_length=200, verbose_name="lý do hủy"),
                ),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quyet_dinh_khen",
                        to="tochuc.donvi",
                        verbose_name="đơn vị",
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
            ],
            options={
                "verbose_name": "quyết định khen thưởng",
                "verbose_name_plural": "quyết định khen thưởng",
                "ordering": ["-ngay", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("huy_ly_do", ""), ("huy_ngay__isnull", True)),
                            models.Q(
                                ("huy_ngay__isnull", False),
                                models.Q(("huy_ly_do", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="chidoan_quyet_dinh_khen_huy_co_ly_do",
                        violation_error_message="Ghi lý do hủy quyết định.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeNghiKhen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "hinh_thuc",
                    models.CharField(
                        choices=[
                            ("tuyen_duong", "Tuyên dương, biểu dương"),
                            ("giay_khen", "Giấy khen"),
                            ("bang_khen", "Bằng khen"),
                            ("ky_niem_chuong", "Kỷ niệm chương"),
                            ("huy_chuong", "Huy chương"),
                            ("giai_thuong", "Giải thưởng"),
                            ("danh_hieu", "Danh hiệu"),
                        ],
                        max_length=16,
                        verbose_name="hình thức",
                    ),
                ),
                (
                    "ten_hinh_thuc",
                    models.CharField(blank=True, max_length=80, verbose_name="tên hình thức"),
                ),
                ("dip", models.CharField(max_length=120, verbose_name="dịp")),
                ("thanh_tich", models.TextField(max_length=3000, verbose_name="thành tích")),
                (
                    "trang_thai",
                    models.CharField(
                        choices=[
                            ("cho", "Chờ xem xét"),
                            ("dong_y", "Đồng ý, chờ quyết định"),
                            ("khong_dong_y", "Chưa đồng ý"),
                            ("rut", "Đã rút"),
                            ("da_khen", "Đã có quyết định"),
                        ],
                        default="cho",
                        max_length=14,
                        verbose_name="tình trạng",
                    ),
                ),
                ("ngay_buoc", models.DateField(verbose_name="ngày của bước")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="lần ghi"),
                ),
                (
                    "doan_vien",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cac_de_nghi_khen",
                        to="doanvien.doanvien",
                        verbose_name="đồng chí",
                    ),
                ),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="de_nghi_khen",
                        to="tochuc.donvi",
                        verbose_name="đơn vị đề nghị",
                    ),
                ),
                (
                    "khen_thuong",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="de_nghi",
                        to="doanvien.khenthuong",
                    ),
                ),
                (
                    "noi_giu",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="de_nghi_khen_giu",
                        to="tochuc.donvi",
                        verbose_name="nơi xem xét",
                    ),
                ),
                (
                    "tap_the",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duoc_de_nghi_khen",
                        to="tochuc.donvi",
                        verbose_name="tập thể",
                    ),
                ),
                (
                    "khen_tap_the",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="de_nghi",
                        to="chidoan.khentapthe",
                    ),
                ),
                (
                    "quyet_dinh",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="de_nghi",
                        to="chidoan.quyetdinhkhen",
                    ),
                ),
            ],
            options={
                "verbose_name": "đề nghị khen thưởng",
                "verbose_name_plural": "đề nghị khen thưởng",
                "ordering": ["-ngay_buoc", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["noi_giu", "trang_thai"], name="chidoan_den_noi_giu_7d20ac_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("doan_vien__isnull", True), ("tap_the__isnull", False)),
                            models.Q(("doan_vien__isnull", False), ("tap_the__isnull", True)),
                            _connector="OR",
                        ),
                        name="chidoan_de_nghi_khen_mot_nguoi_hay_tap_the",
                        violation_error_message="Chọn một đồng chí hoặc một tập thể.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("thanh_tich", ""), _negated=True),
                            models.Q(("dip", ""), _negated=True),
                        ),
                        name="chidoan_de_nghi_khen_co_thanh_tich",
                        violation_error_message="Ghi dịp khen và tóm tắt thành tích.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quyet_dinh__isnull", False), ("trang_thai", "da_khen")),
                            models.Q(
                                models.Q(("trang_thai", "da_khen"), _negated=True),
                                ("quyet_dinh__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="chidoan_de_nghi_khen_co_quyet_dinh",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ThiSinh",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ho_ten", models.CharField(max_length=120, verbose_name="họ và tên")),
                ("khoa_sap_xep", models.CharField(editable=False, max_length=255)),
                (
                    "ten_don_vi",
                    models.CharField(blank=True, max_length=160, verbose_name="đơn vị khi dự thi"),
                ),
                (
                    "chuc_vu",
                    models.CharField(blank=True, max_length=80, verbose_name="chức vụ khi dự thi"),
                ),
                (
                    "giai",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1_nhat", "Giải Nhất"),
                            ("2_nhi", "Giải Nhì"),
                            ("3_ba", "Giải Ba"),
                            ("4_khuyen_khich", "Giải Khuyến khích"),
                            ("5_phu", "Giải phụ"),
                        ],
                        max_length=16,
                        verbose_name="giải",
                    ),
                ),
                ("ten_giai", models.CharField(blank=True, max_length=120, verbose_name="tên giải")),
                (
                    "doan_vien",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cac_hoi_thi",
                        to="doanvien.doanvien",
                    ),
                ),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="thi_sinh",
                        to="tochuc.donvi",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "hoi_thi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="thi_sinh",
                        to="chidoan.hoithi",
                    ),
                ),
            ],
            options={
                "verbose_name": "thí sinh",
                "verbose_name_plural": "thí sinh",
                "ordering": ["don_vi__path", "khoa_sap_xep", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("hoi_thi", "doan_vien"),
                        name="chidoan_mot_nguoi_mot_hoi_thi",
                        violation_error_message="Đồng chí này đã có tên trong hội thi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ho_ten", ""), _negated=True),
                        name="chidoan_thi_sinh_co_ten",
                        violation_error_message="Ghi họ và tên thí sinh.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VongThi",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("thu_tu", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                ("ten", models.CharField(max_length=120, verbose_name="tên vòng, phần thi")),
                (
                    "diem_toi_da",
                    models.DecimalField(
                        decimal_places=1, default=10, max_digits=5, verbose_name="điểm tối đa"
                    ),
                ),
                (
                    "hoi_thi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="vong",
                        to="chidoan.hoithi",
                    ),
                ),
            ],
            options={
                "verbose_name": "vòng thi",
                "verbose_name_plural": "vòng thi",
                "ordering": ["hoi_thi", "thu_tu"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("hoi_thi", "thu_tu"), name="chidoan_vong_thi_mot_thu_tu"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ten", ""), _negated=True), ("diem_toi_da__gt", 0)
                        ),
                        name="chidoan_vong_thi_co_ten_va_diem",
                        violation_error_message="Ghi tên vòng thi và điểm tối đa lớn hơn 0.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DiemThi",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("diem", models.DecimalField(decimal_places=1, max_digits=5, verbose_name="điểm")),
                (
                    "thi_sinh",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="diem",
                        to="chidoan.thisinh",
                    ),
                ),
                (
                    "vong",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="diem",
                        to="chidoan.vongthi",
                    ),
                ),
            ],
            options={
                "verbose_name": "điểm thi",
                "verbose_name_plural": "điểm thi",
                "ordering": ["vong", "thi_sinh"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("vong", "thi_sinh"), name="chidoan_mot_diem_mot_vong"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("diem__gte", 0)),
                        name="chidoan_diem_thi_khong_am",
                        violation_error_message="Điểm không được âm.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BuocDeNghiKhen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("thu_tu", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                (
                    "loai",
                    models.CharField(
                        choices=[
                            ("lap", "Đề nghị"),
                            ("dong_y", "Đồng ý"),
                            ("chuyen_len", "Chuyển lên cấp trên"),
                            ("khong_dong_y", "Chưa đồng ý"),
                            ("rut", "Rút đề nghị"),
                            ("gui_lai", "Bổ sung, gửi lại"),
                            ("khen", "Ra quyết định"),
                            ("huy", "Hủy quyết định"),
                        ],
                        max_length=14,
                        verbose_name="bước",
                    ),
                ),
                (
                    "den_trang_thai",
                    models.CharField(
                        choices=[
                            ("cho", "Chờ xem xét"),
                            ("dong_y", "Đồng ý, chờ quyết định"),
                            ("khong_dong_y", "Chưa đồng ý"),
                            ("rut", "Đã rút"),
                            ("da_khen", "Đã có quyết định"),
                        ],
                        max_length=14,
                        verbose_name="tình trạng sau đó",
                    ),
                ),
                ("ngay", models.DateField(verbose_name="ngày")),
                (
                    "noi_dung",
                    models.CharField(blank=True, max_length=300, verbose_name="nội dung, lý do"),
                ),
                ("nhap_thay", models.BooleanField(default=False, verbose_name="phường nhập thay")),
                ("tai_version", models.PositiveIntegerField(default=0, verbose_name="lần ghi")),
                ("luc", models.DateTimeField(auto_now_add=True, verbose_name="lúc")),
                (
                    "boi",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tochuc.donvi",
                    ),
                ),
                (
                    "de_nghi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="buoc",
                        to="chidoan.denghikhen",
                    ),
                ),
            ],
            options={
                "verbose_name": "bước đề nghị khen",
                "verbose_name_plural": "bước đề nghị khen",
                "ordering": ["de_nghi", "thu_tu"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("de_nghi", "thu_tu"), name="chidoan_buoc_de_nghi_khen_thu_tu"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DiemDanhTapHuan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("co_mat", models.BooleanField(default=True, verbose_name="có mặt")),
                (
                    "buoi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="diem_danh",
                        to="chidoan.buoitaphuan",
                    ),
                ),
                (
                    "hoc_vien",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="diem_danh",
                        to="chidoan.hocvien",
                    ),
                ),
            ],
            options={
                "verbose_name": "điểm danh tập huấn",
                "verbose_name_plural": "điểm danh tập huấn",
                "ordering": ["buoi", "hoc_vien"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("buoi", "hoc_vien"), name="chidoan_mot_diem_danh_mot_buoi_tap_huan"
                    )
                ],
            },
        ),
    ]
