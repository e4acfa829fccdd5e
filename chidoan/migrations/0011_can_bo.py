import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chidoan", "0010_chuc_vu_ban_giao"),
        ("doanvien", "0005_requests_of_applicants"),
        ("tochuc", "0004_van_ban_huy"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LanXuong",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ho_ten", models.CharField(max_length=120, verbose_name="người xuống")),
                ("ngay", models.DateField(verbose_name="ngày xuống")),
                ("noi_dung", models.CharField(max_length=1000, verbose_name="thấy gì")),
                (
                    "gop_y",
                    models.CharField(blank=True, max_length=1000, verbose_name="góp ý, hướng dẫn"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("tao_luc", models.DateTimeField(auto_now_add=True)),
                (
                    "chi_doan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lan_xuong",
                        to="tochuc.donvi",
                        verbose_name="chi đoàn",
                    ),
                ),
                (
                    "chuc_vu",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lan_xuong",
                        to="chidoan.chucvu",
                        verbose_name="người xuống",
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
                "verbose_name": "lần xuống chi đoàn",
                "ordering": ["-ngay", "-pk"],
                "indexes": [
                    models.Index(fields=["chi_doan", "ngay"], name="chidoan_lan_chi_doa_bdcaff_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("noi_dung", ""), _negated=True),
                        name="chidoan_lan_xuong_co_noi_dung",
                        violation_error_message="Ghi thấy gì ở chi đoàn, một câu là đủ.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LoiHua",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("noi_dung", models.CharField(max_length=300, verbose_name="việc đã hứa")),
                (
                    "ben",
                    models.CharField(
                        choices=[("phuong", "Đoàn phường, xã"), ("chi_doan", "Chi đoàn")],
                        default="phuong",
                        max_length=10,
                        verbose_name="bên làm",
                    ),
                ),
                ("nguoi", models.CharField(blank=True, max_length=120, verbose_name="người làm")),
                ("han", models.DateField(verbose_name="hạn")),
                (
                    "xong_ngay",
                    models.DateField(blank=True, null=True, verbose_name="làm xong ngày"),
                ),
                ("ket_qua", models.CharField(blank=True, max_length=300, verbose_name="kết quả")),
                (
                    "lan_xuong",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="loi_hua",
                        to="chidoan.lanxuong",
                    ),
                ),
            ],
            options={
                "verbose_name": "lời hứa",
                "ordering": ["han", "pk"],
                "indexes": [
                    models.Index(fields=["xong_ngay", "han"], name="chidoan_loi_xong_ng_e8b375_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("noi_dung", ""), _negated=True),
                        name="chidoan_loi_hua_co_noi_dung",
                        violation_error_message="Ghi việc đã hứa.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ket_qua", ""), ("xong_ngay__isnull", True)),
                            ("xong_ngay__isnull", False),
                            _connector="OR",
                        ),
                        name="chidoan_loi_hua_ket_qua_khi_xong",
                        violation_error_message="Ghi kết quả khi đã làm xong.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PhuCap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kieu",
                    models.CharField(
                        choices=[("thang", "Theo tháng"), ("ngay_cong", "Theo ngày công")],
                        default="thang",
                        max_length=10,
                        verbose_name="cách chi trả",
                    ),
                ),
                (
                    "so_tien",
                    models.PositiveBigIntegerField(
                        verbose_name="số tiền mỗi tháng hoặc mỗi ngày công (đồng)"
                    ),
                ),
                (
                    "so_ngay",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="số ngày công"
                    ),
                ),
                ("tu_ngay", models.DateField(verbose_name="từ ngày")),
                ("den_ngay", models.DateField(blank=True, null=True, verbose_name="đến hết ngày")),
                ("can_cu", models.CharField(max_length=200, verbose_name="căn cứ")),
                ("tao_luc", models.DateTimeField(auto_now_add=True)),
                (
                    "doan_vien",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="phu_cap",
                        to="doanvien.doanvien",
                    ),
                ),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="phu_cap",
                        to="tochuc.donvi",
                        verbose_name="chi đoàn",
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
                "verbose_name": "phụ cấp",
                "ordering": ["-tu_ngay", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["don_vi", "tu_ngay"], name="chidoan_phu_don_vi__afb65a_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("den_ngay__isnull", True),
                            ("den_ngay__gte", models.F("tu_ngay")),
                            _connector="OR",
                        ),
                        name="chidoan_phu_cap_den_sau_tu",
                        violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kieu", "thang"), ("so_ngay__isnull", True)),
                            models.Q(
                                ("den_ngay__isnull", False),
                                ("kieu", "ngay_cong"),
                                ("so_ngay__gte", 1),
                            ),
                            _connector="OR",
                        ),
                        name="chidoan_phu_cap_ngay_cong_co_so_ngay",
                        violation_error_message="Chi theo ngày công thì ghi số ngày và ngày kết thúc.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("so_tien__gt", 0)),
                        name="chidoan_phu_cap_co_tien",
                        violation_error_message="Ghi số tiền lớn hơn 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("can_cu", ""), _negated=True),
                        name="chidoan_phu_cap_co_can_cu",
                        violation_error_message="Ghi căn cứ: nghị quyết, quyết định nào quy định mức này.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuyHoach",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "chuc_danh",
                    models.CharField(
                        choices=[("bi_thu", "Bí thư"), ("pho_bi_thu", "Phó Bí thư")],
                        default="bi_thu",
                        max_length=12,
                        verbose_name="chức danh",
                    ),
                ),
                (
                    "nguon",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cong_chuc", "Công chức, viên chức"),
                            ("giao_vien", "Giáo viên"),
                            ("bo_doi", "Bộ đội xuất ngũ"),
                            ("dang_vien_tre", "Đảng viên trẻ"),
                            ("cong_an_vien", "Công an viên"),
                            ("dan_quan", "Dân quân tự vệ"),
                            ("lam_kinh_te", "Làm kinh tế giỏi"),
                            ("hoc_gioi", "Sinh viên, trí thức trẻ"),
                            ("van_the", "Có năng khiếu văn nghệ, thể thao"),
                            ("tinh_nguyen", "Nòng cốt tình nguyện"),
                        ],
                        max_length=16,
                        verbose_name="nguồn",
                    ),
                ),
                ("ngay", models.DateField(verbose_name="đưa vào quy hoạch ngày")),
                (
                    "san_sang",
                    models.CharField(
                        choices=[
                            ("ngay", "Sẵn sàng ngay"),
                            ("mot_nam", "Sau 1 năm"),
                            ("boi_duong", "Cần bồi dưỡng"),
                        ],
                        max_length=10,
                        verbose_name="mức sẵn sàng",
                    ),
                ),
                ("nam_ra_soat", models.PositiveSmallIntegerField(verbose_name="năm rà soát")),
                (
                    "can_cu",
                    models.CharField(blank=True, max_length=200, verbose_name="văn bản phê duyệt"),
                ),
                (
                    "ngay_duyet",
                    models.DateField(blank=True, null=True, verbose_name="ngày phê duyệt"),
                ),
                ("ghi_chu", models.CharField(blank=True, max_length=300, verbose_name="ghi chú")),
                (
                    "ngay_dua_ra",
                    models.DateField(
                        blank=True, null=True, verbose_name="đưa ra khỏi quy hoạch ngày"
                    ),
                ),
                (
                    "ly_do_dua_ra",
                    models.CharField(blank=True, max_length=200, verbose_name="lý do đưa ra"),
                ),
                ("tao_luc", models.DateTimeField(auto_now_add=True)),
                (
                    "doan_vien",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quy_hoach",
                        to="doanvien.doanvien",
                    ),
                ),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quy_hoach",
                        to="tochuc.donvi",
                        verbose_name="cho chi đoàn",
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
                "verbose_name": "quy hoạch cán bộ",
                "ordering": ["don_vi__path", "chuc_danh", "pk"],
                "indexes": [
                    models.Index(
                        fields=["don_vi", "ngay_dua_ra"], name="chidoan_quy_don_vi__e1b686_idx"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ngay_dua_ra__isnull", True)),
                        fields=("doan_vien", "don_vi", "chuc_danh"),
                        name="chidoan_mot_quy_hoach_mot_vi_tri",
                        violation_error_message="Đồng chí này đã trong quy hoạch chức danh đó.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ly_do_dua_ra", ""), ("ngay_dua_ra__isnull", True)),
                            models.Q(
                                ("ngay_dua_ra__isnull", False),
                                models.Q(("ly_do_dua_ra", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="chidoan_quy_hoach_dua_ra_co_ly_do",
                        violation_error_message="Ghi lý do đưa ra khỏi quy hoạch.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ThamHoi",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "chuc_vu",
                    models.CharField(blank=True, max_length=60, verbose_name="chức vụ khi đó"),
                ),
                (
                    "dip",
                    models.CharField(
                        choices=[
                            ("kho_khan", "Hoàn cảnh khó khăn"),
                            ("om_dau", "Ốm đau, tai nạn"),
                            ("tang", "Việc tang"),
                            ("tet", "Tết Nguyên đán"),
                            ("26_3", "Ngày thành lập Đoàn 26/3"),
                            ("thien_tai", "Thiên tai, hỏa hoạn"),
                            ("cuoi_sinh", "Cưới, sinh con"),
                            ("khac", "Dịp khác"),
                        ],
                        max_length=10,
                        verbose_name="dịp",
                    ),
                ),
                (
                    "hoan_canh",
                    models.CharField(blank=True, max_length=300, verbose_name="hoàn cảnh"),
                ),
                ("qua", models.CharField(blank=True, max_length=200, verbose_name="quà")),
                (
                    "gia_tri",
                    models.PositiveBigIntegerField(default=0, verbose_name="trị giá (đồng)"),
                ),
                ("nguoi_tang", models.CharField(max_length=120, verbose_name="người trao")),
                ("ngay", models.DateField(verbose_name="ngày")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("tao_luc", models.DateTimeField(auto_now_add=True)),
                (
                    "chi_doan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tham_hoi",
                        to="tochuc.donvi",
                        verbose_name="chi đoàn",
                    ),
                ),
                (
                    "doan_vien",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tham_hoi",
                        to="doanvien.doanvien",
                    ),
                ),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tochuc.donvi",
                        verbose_name="đơn vị thăm hỏi",
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
                "verbose_name": "thăm hỏi, tặng quà",
                "ordering": ["-ngay", "-pk"],
                "indexes": [
                    models.Index(fields=["chi_doan", "ngay"], name="chidoan_tha_chi_doa_978a3e_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="XepLoaiCanBo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "chuc_danh",
                    models.CharField(
                        choices=[
                            ("bi_thu", "Bí thư"),
                            ("pho_bi_thu", "Phó Bí thư"),
                            ("uy_vien_btv", "Ủy viên Ban Thường vụ"),
                            ("uy_vien", "Ủy viên Ban Chấp hành"),
                        ],
                        max_length=14,
                        verbose_name="chức danh",
                    ),
                ),
                ("nam", models.PositiveSmallIntegerField(verbose_name="năm")),
                (
                    "tu_kiem_diem",
                    models.DateField(blank=True, null=True, verbose_name="ngày nộp bản kiểm điểm"),
                ),
                (
                    "muc",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("htxs", "Hoàn thành xuất sắc nhiệm vụ"),
                            ("htt", "Hoàn thành tốt nhiệm vụ"),
                            ("ht", "Hoàn thành nhiệm vụ"),
                            ("kht", "Không hoàn thành nhiệm vụ"),
                            ("cu_xuat_sac", "Xuất sắc (thang trước 2019)"),
                            ("cu_kha", "Khá (thang trước 2019)"),
                            ("cu_trung_binh", "Trung bình (thang trước 2019)"),
                            ("cu_yeu", "Yếu kém (thang trước 2019)"),
                        ],
                        max_length=16,
                        verbose_name="mức",
                    ),
                ),
                (
                    "so_quyet_dinh",
                    models.CharField(blank=True, max_length=60, verbose_name="số quyết định"),
                ),
                ("ngay", models.DateField(blank=True, null=True, verbose_name="ngày quyết định")),
                ("nhan_xet", models.CharField(blank=True, max_length=300, verbose_name="nhận xét")),
                ("sua_luc", models.DateTimeField(auto_now=True)),
                (
                    "doan_vien",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="xep_loai_can_bo",
                        to="doanvien.doanvien",
                    ),
                ),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tochuc.donvi",
                        verbose_name="đơn vị",
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
                "verbose_name": "xếp loại cán bộ",
                "ordering": ["-nam", "pk"],
                "indexes": [
                    models.Index(fields=["don_vi", "nam"], name="chidoan_xep_don_vi__6de7a6_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("doan_vien", "don_vi", "chuc_danh", "nam"),
                        name="chidoan_mot_xep_loai_can_bo_mot_nam",
                        violation_error_message="Đồng chí này đã có kết quả xếp loại cán bộ của năm.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("muc", ""), ("ngay__isnull", True)),
                            models.Q(models.Q(("muc", ""), _negated=True), ("ngay__isnull", False)),
                            _connector="OR",
                        ),
                        name="chidoan_xep_loai_can_bo_muc_di_voi_ngay",
                        violation_error_message="Ghi cả mức và ngày quyết định.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CuCanBo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "vai_tro",
                    models.CharField(
                        choices=[
                            ("nguon", "Nguồn bí thư, phó bí thư"),
                            ("bi_thu", "Làm Bí thư"),
                            ("pho_bi_thu", "Làm Phó Bí thư"),
                        ],
                        default="nguon",
                        max_length=12,
                        verbose_name="để làm",
                    ),
                ),
                ("tu_ngay", models.DateField(verbose_name="từ ngày")),
                ("den_ngay", models.DateField(blank=True, null=True, verbose_name="đến hết ngày")),
                ("can_cu", models.CharField(max_length=200, verbose_name="văn bản cử")),
                (
                    "ly_do_ket_thuc",
                    models.CharField(blank=True, max_length=200, verbose_name="lý do thôi"),
                ),
                (
                    "mo_qua_trinh",
                    models.BooleanField(default=True, verbose_name="mở thời gian tham gia"),
                ),
                ("tao_luc", models.DateTimeField(auto_now_add=True)),
                (
                    "doan_vien",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cu_can_bo",
                        to="doanvien.doanvien",
                    ),
                ),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="can_bo_duoc_cu",
                        to="tochuc.donvi",
                        verbose_name="về chi đoàn",
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
                (
                    "qua_trinh",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cu_can_bo",
                        to="doanvien.quatrinh",
                        verbose_name="thời gian tham gia sinh hoạt",
                    ),
                ),
            ],
            options={
                "verbose_name": "cử cán bộ về địa bàn",
                "ordering": ["-tu_ngay", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["don_vi", "tu_ngay"], name="chidoan_cuc_don_vi__1457c7_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("den_ngay__isnull", True),
                            ("den_ngay__gte", models.F("tu_ngay")),
                            _connector="OR",
                        ),
                        name="chidoan_cu_can_bo_den_sau_tu",
                        violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("can_cu", ""), _negated=True),
                        name="chidoan_cu_can_bo_co_van_ban",
                        violation_error_message="Ghi văn bản cử.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeNghiNhanSu",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "chuc_danh",
                    models.CharField(
                        choices=[("bi_thu", "Bí thư"), ("pho_bi_thu", "Phó Bí thư")],
                        default="bi_thu",
                        max_length=12,
                        verbose_name="chức danh",
                    ),
                ),
                ("ly_do", models.CharField(max_length=500, verbose_name="vì sao giới thiệu")),
                (
                    "ly_do_di_xa",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="lý do giới thiệu người đi làm xa"
                    ),
                ),
                ("ngay", models.DateField(verbose_name="ngày đề nghị")),
                (
                    "trang_thai",
                    models.CharField(
                        choices=[
                            ("cho", "Chờ Đoàn phường, xã trả lời"),
                            ("dong_y", "Đã đồng ý"),
                            ("khong", "Không đồng ý"),
                            ("rut", "Chi đoàn rút lại"),
                        ],
                        default="cho",
                        max_length=8,
                        verbose_name="trạng thái",
                    ),
                ),
                (
                    "tra_loi",
                    models.CharField(blank=True, max_length=500, verbose_name="ý kiến trả lời"),
                ),
                (
                    "ngay_tra_loi",
                    models.DateField(blank=True, null=True, verbose_name="ngày trả lời"),
                ),
                (
                    "nhap_thay",
                    models.BooleanField(default=False, verbose_name="nhập thay chi đoàn"),
                ),
                ("tao_luc", models.DateTimeField(auto_now_add=True)),
                (
                    "doan_vien",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="de_nghi_nhan_su",
                        to="doanvien.doanvien",
                    ),
                ),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="de_nghi_nhan_su",
                        to="tochuc.donvi",
                        verbose_name="cho chi đoàn",
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
                (
                    "tra_loi_boi",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "đề nghị nhân sự",
                "ordering": ["-ngay", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["don_vi", "trang_thai"], name="chidoan_den_don_vi__dc63be_idx"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("trang_thai", "cho")),
                        fields=("doan_vien", "don_vi", "chuc_danh"),
                        name="chidoan_mot_de_nghi_dang_mo",
                        violation_error_message="Đã có đề nghị đồng chí này cho chức danh đó.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("trang_thai", "khong"), _negated=True),
                            models.Q(("tra_loi", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="chidoan_de_nghi_khong_dong_y_co_ly_do",
                        violation_error_message="Ghi lý do không đồng ý.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ly_do", ""), _negated=True),
                        name="chidoan_de_nghi_nhan_su_co_ly_do",
                        violation_error_message="Ghi vì sao giới thiệu đồng chí này.",
                    ),
                ],
            },
        ),
    ]
