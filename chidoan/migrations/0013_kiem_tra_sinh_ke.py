import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chidoan", "0012_tap_huan"),
        ("doanvien", "0005_requests_of_applicants"),
        ("tochuc", "0005_sap_xep"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChuongTrinhKiemTra",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nam", models.PositiveSmallIntegerField(verbose_name="năm")),
                (
                    "so_van_ban",
                    models.CharField(blank=True, max_length=40, verbose_name="số văn bản"),
                ),
                ("ngay", models.DateField(blank=True, null=True, verbose_name="ngày ban hành")),
                (
                    "ghi_chu",
                    models.TextField(blank=True, max_length=1000, verbose_name="yêu cầu chung"),
                ),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chuong_trinh_kiem_tra",
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
                "verbose_name": "chương trình kiểm tra, giám sát",
                "verbose_name_plural": "chương trình kiểm tra, giám sát",
                "ordering": ["-nam", "don_vi__path"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("don_vi", "nam"),
                        name="chidoan_mot_chuong_trinh_kiem_tra_mot_nam",
                        violation_error_message="Năm này đã có chương trình kiểm tra, giám sát.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CuocKiemTra",
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
                        choices=[("kiem_tra", "Kiểm tra"), ("giam_sat", "Giám sát")],
                        max_length=8,
                        verbose_name="hình thức",
                    ),
                ),
                ("chuyen_de", models.CharField(max_length=200, verbose_name="nội dung, chuyên đề")),
                (
                    "ky",
                    models.CharField(blank=True, max_length=8, verbose_name="thời gian dự kiến"),
                ),
                ("han", models.DateField(blank=True, null=True, verbose_name="chậm nhất")),
                (
                    "trang_thai",
                    models.CharField(
                        choices=[
                            ("ke_hoach", "Theo kế hoạch"),
                            ("da_tien_hanh", "Đã tiến hành"),
                            ("da_ket_luan", "Đã kết luận"),
                            ("khac_phuc", "Đang khắc phục"),
                            ("xong", "Đã xong"),
                            ("bo", "Không tiến hành"),
                        ],
                        default="ke_hoach",
                        max_length=12,
                        verbose_name="tình trạng",
                    ),
                ),
                ("ngay", models.DateField(blank=True, null=True, verbose_name="ngày tiến hành")),
                (
                    "tu_ngay",
                    models.DateField(blank=True, null=True, verbose_name="mốc kiểm tra từ ngày"),
                ),
                ("den_ngay", models.DateField(blank=True, null=True, verbose_name="đến ngày")),
                ("dia_diem", models.CharField(blank=True, max_length=160, verbose_name="địa điểm")),
                (
                    "truong_doan",
                    models.CharField(blank=True, max_length=100, verbose_name="trưởng đoàn"),
                ),
                (
                    "chuc_vu_truong",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="chức vụ trưởng đoàn"
                    ),
                ),
                (
                    "thanh_vien",
                    models.TextField(blank=True, max_length=600, verbose_name="thành viên đoàn"),
                ),
                (
                    "dai_dien",
                    models.TextField(
                        blank=True, max_length=400, verbose_name="đại diện đơn vị được kiểm tra"
                    ),
                ),
                (
                    "ket_luan",
                    models.TextField(blank=True, max_length=3000, verbose_name="kết luận"),
                ),
                (
                    "ngay_ket_luan",
                    models.DateField(blank=True, null=True, verbose_name="ngày kết luận"),
                ),
                (
                    "ly_do_bo",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="lý do không tiến hành"
                    ),
                ),
                ("ngay_buoc", models.DateField(editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("tao_luc", models.DateTimeField(auto_now_add=True)),
                (
                    "chuong_trinh",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cuoc",
                        to="chidoan.chuongtrinhkiemtra",
                        verbose_name="chương trình",
                    ),
                ),
                (
                    "doi_tuong",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bi_kiem_tra",
                        to="tochuc.donvi",
                        verbose_name="đơn vị được kiểm tra",
                    ),
                ),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cuoc_kiem_tra",
                        to="tochuc.donvi",
                        verbose_name="đơn vị tiến hành",
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
                "verbose_name": "cuộc kiểm tra, giám sát",
                "verbose_name_plural": "cuộc kiểm tra, giám sát",
                "ordering": ["-ngay_buoc", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["don_vi", "trang_thai"], name="chidoan_cuo_don_vi__cc3839_idx"
                    ),
                    models.Index(
                        fields=["doi_tuong", "trang_thai"], name="chidoan_cuo_doi_tuo_0ed2ff_idx"
                    ),
                    models.Index(fields=["ngay"], name="chidoan_cuo_ngay_84638c_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("den_ngay__isnull", False),
                                ("ngay__isnull", False),
                                (
                                    "trang_thai__in",
                                    ("da_tien_hanh", "da_ket_luan", "khac_phuc", "xong"),
                                ),
                                ("tu_ngay__isnull", False),
                            ),
                            models.Q(
                                ("ngay__isnull", True), ("trang_thai__in", ["ke_hoach", "bo"])
                            ),
                            _connector="OR",
                        ),
                        name="chidoan_kiem_tra_ngay_tien_hanh",
                        violation_error_message="Ghi ngày tiến hành và mốc thời gian kiểm tra.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("den_ngay__gte", models.F("tu_ngay")),
                            ("tu_ngay__isnull", True),
                            _connector="OR",
                        ),
                        name="chidoan_kiem_tra_moc_thuan",
                        violation_error_message="Mốc kiểm tra: đến ngày phải từ ngày đầu trở đi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ngay_ket_luan__gte", models.F("ngay")),
                                ("trang_thai__in", ("da_ket_luan", "khac_phuc", "xong")),
                            ),
                            models.Q(
                                models.Q(
                                    ("trang_thai__in", ("da_ket_luan", "khac_phuc", "xong")),
                                    _negated=True,
                                ),
                                ("ngay_ket_luan__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="chidoan_kiem_tra_ngay_ket_luan",
                        violation_error_message="Ngày kết luận phải từ ngày tiến hành trở đi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("trang_thai", "bo"), models.Q(("ly_do_bo", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("trang_thai", "bo"), _negated=True), ("ly_do_bo", "")
                            ),
                            _connector="OR",
                        ),
                        name="chidoan_kiem_tra_bo_co_ly_do",
                        violation_error_message="Ghi lý do không tiến hành.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BuocKiemTra",
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
                            ("lap", "Đưa vào kế hoạch"),
                            ("tien_hanh", "Tiến hành"),
                            ("ket_luan", "Kết luận"),
                            ("khac_phuc", "Đơn vị bắt đầu khắc phục"),
                            ("xong", "Khắc phục xong"),
                            ("yeu_cau_lai", "Yêu cầu khắc phục tiếp"),
                            ("bo", "Không tiến hành"),
                            ("mo_lai", "Đưa lại vào kế hoạch"),
                        ],
                        max_length=12,
                        verbose_name="việc",
                    ),
                ),
                (
                    "den_trang_thai",
                    models.CharField(
                        choices=[
                            ("ke_hoach", "Theo kế hoạch"),
                            ("da_tien_hanh", "Đã tiến hành"),
                            ("da_ket_luan", "Đã kết luận"),
                            ("khac_phuc", "Đang khắc phục"),
                            ("xong", "Đã xong"),
                            ("bo", "Không tiến hành"),
                        ],
                        max_length=12,
                        verbose_name="đến tình trạng",
                    ),
                ),
                ("ngay", models.DateField(verbose_name="ngày")),
                ("ly_do", models.CharField(blank=True, max_length=300, verbose_name="lý do")),
                ("luc", models.DateTimeField(auto_now_add=True, verbose_name="ghi lúc")),
                ("tai_version", models.PositiveIntegerField(default=0, editable=False)),
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
                    "cuoc",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="buoc",
                        to="chidoan.cuockiemtra",
                    ),
                ),
            ],
            options={
                "verbose_name": "bước kiểm tra",
                "ordering": ["cuoc", "thu_tu"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cuoc", "thu_tu"), name="chidoan_mot_buoc_kiem_tra_mot_lan"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HoTro",
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
                            ("vay_von", "Giúp vay vốn"),
                            ("viec_lam", "Giới thiệu việc làm"),
                            ("hoc_nghe", "Học nghề"),
                            ("ky_thuat", "Chuyển giao kỹ thuật, cây, con giống"),
                            ("gia_dinh", "Giúp gia đình khó khăn"),
                            ("khac", "Hỗ trợ khác"),
                        ],
                        max_length=10,
                        verbose_name="loại",
                    ),
                ),
                ("ngay", models.DateField(verbose_name="ngày")),
                (
                    "ho_ten",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="thanh niên, gia đình"
                    ),
                ),
                ("khoa_tim", models.CharField(blank=True, editable=False, max_length=100)),
                (
                    "so_tien",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="số tiền (đồng)"
                    ),
                ),
                ("ket_qua", models.CharField(max_length=300, verbose_name="nội dung, kết quả")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("nhap_thay", models.BooleanField(default=False, verbose_name="phường nhập thay")),
                (
                    "doan_vien",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ho_tro",
                        to="doanvien.doanvien",
                        verbose_name="đoàn viên",
                    ),
                ),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ho_tro",
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
                "verbose_name": "hỗ trợ sinh kế",
                "verbose_name_plural": "hỗ trợ sinh kế",
                "ordering": ["-ngay", "-pk"],
                "indexes": [
                    models.Index(fields=["don_vi", "ngay"], name="chidoan_hot_don_vi__98bfb7_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("doan_vien__isnull", False), ("ho_ten", "")),
                            models.Q(
                                ("doan_vien__isnull", True), models.Q(("ho_ten", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="chidoan_ho_tro_cho_ai",
                        violation_error_message="Chọn một đoàn viên, hoặc ghi tên người được giúp.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KetQuaKiemTra",
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
                            ("uu_diem", "Ưu điểm"),
                            ("han_che", "Hạn chế, khuyết điểm"),
                            ("vi_pham", "Vi phạm"),
                        ],
                        max_length=8,
                        verbose_name="loại",
                    ),
                ),
                ("noi_dung", models.CharField(max_length=600, verbose_name="nội dung")),
                (
                    "so_lieu",
                    models.CharField(blank=True, max_length=600, verbose_name="số liệu, căn cứ"),
                ),
                (
                    "cuoc",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ket_qua",
                        to="chidoan.cuockiemtra",
                    ),
                ),
            ],
            options={
                "verbose_name": "kết quả kiểm tra",
                "ordering": ["cuoc", "pk"],
            },
        ),
        migrations.CreateModel(
            name="KienNghi",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("noi_dung", models.CharField(max_length=600, verbose_name="nội dung kiến nghị")),
                ("han", models.DateField(verbose_name="hạn khắc phục")),
                (
                    "trang_thai",
                    models.CharField(
                        choices=[
                            ("cho", "Chưa khắc phục"),
                            ("da_tra_loi", "Đã báo cáo, chờ xác nhận"),
                            ("tra_lai", "Yêu cầu làm tiếp"),
                            ("xong", "Đã khắc phục"),
                        ],
                        default="cho",
                        max_length=12,
                        verbose_name="tình trạng",
                    ),
                ),
                (
                    "ngay_xong",
                    models.DateField(blank=True, null=True, verbose_name="ngày khắc phục xong"),
                ),
                (
                    "cuoc",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kien_nghi",
                        to="chidoan.cuockiemtra",
                    ),
                ),
            ],
            options={
                "verbose_name": "kiến nghị",
                "verbose_name_plural": "kiến nghị",
                "ordering": ["cuoc", "pk"],
                "indexes": [
                    models.Index(
                        fields=["trang_thai", "han"], name="chidoan_kie_trang_t_0a860c_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ngay_xong__isnull", False), ("trang_thai", "xong")),
                            models.Q(
                                models.Q(("trang_thai", "xong"), _negated=True),
                                ("ngay_xong__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="chidoan_kien_nghi_xong_co_ngay",
                        violation_error_message="Kiến nghị đã khắc phục thì có ngày.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MoHinhKinhTe",
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
                            ("trong_trot", "Trồng trọt"),
                            ("chan_nuoi", "Chăn nuôi"),
                            ("thuy_san", "Thủy sản"),
                            ("lam_nghiep", "Lâm nghiệp"),
                            ("tieu_thu_cong", "Tiểu thủ công nghiệp"),
                            ("dich_vu", "Thương mại, dịch vụ"),
                            ("khac", "Loại khác"),
                        ],
                        max_length=16,
                        verbose_name="loại",
                    ),
                ),
                ("ten", models.CharField(max_length=160, verbose_name="mô hình")),
                ("khoa_tim", models.CharField(editable=False, max_length=160)),
                ("dia_diem", models.CharField(blank=True, max_length=160, verbose_name="địa điểm")),
                ("quy_mo", models.CharField(blank=True, max_length=120, verbose_name="quy mô")),
                (
                    "thu_nhap",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="thu nhập một năm (đồng)"
                    ),
                ),
                (
                    "lao_dong",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="lao động thường xuyên"
                    ),
                ),
                ("tu_ngay", models.DateField(verbose_name="làm từ ngày")),
                (
                    "den_ngay",
                    models.DateField(blank=True, null=True, verbose_name="thôi làm sau ngày"),
                ),
                (
                    "trang_thai",
                    models.CharField(
                        choices=[
                            ("dang_lam", "Đang làm"),
                            ("tam_dung", "Tạm dừng"),
                            ("thoi", "Đã thôi"),
                        ],
                        default="dang_lam",
                        max_length=10,
                        verbose_name="tình trạng",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "chi_doan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mo_hinh_kinh_te",
                        to="tochuc.donvi",
                        verbose_name="chi đoàn",
                    ),
                ),
                (
                    "doan_vien",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mo_hinh_kinh_te",
                        to="doanvien.doanvien",
                        verbose_name="đoàn viên",
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
                "verbose_name": "mô hình kinh tế",
                "verbose_name_plural": "mô hình kinh tế",
                "ordering": ["chi_doan__path", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("den_ngay__gte", models.F("tu_ngay")), ("trang_thai", "thoi")
                            ),
                            models.Q(
                                models.Q(("trang_thai", "thoi"), _negated=True),
                                ("den_ngay__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="chidoan_mo_hinh_kinh_te_thoi_co_ngay",
                        violation_error_message="Đã thôi làm thì ghi ngày; đang làm thì bỏ trống.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ThamMuu",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("noi_dung", models.CharField(max_length=300, verbose_name="nội dung tham mưu")),
                ("khoa_tim", models.CharField(editable=False, max_length=300)),
                (
                    "noi_nhan",
                    models.CharField(
                        choices=[
                            ("cap_uy", "Cấp ủy"),
                            ("hdnd", "Hội đồng nhân dân"),
                            ("ubnd", "Ủy ban nhân dân"),
                            ("mttq", "Mặt trận Tổ quốc"),
                            ("khac", "Cơ quan khác"),
                        ],
                        max_length=8,
                        verbose_name="gửi",
                    ),
                ),
                (
                    "ten_noi_nhan",
                    models.CharField(blank=True, max_length=120, verbose_name="tên nơi nhận"),
                ),
                ("ngay", models.DateField(verbose_name="ngày gửi")),
                (
                    "so_van_ban",
                    models.CharField(blank=True, max_length=40, verbose_name="số văn bản"),
                ),
                (
                    "ket_qua",
                    models.CharField(
                        choices=[
                            ("da_gui", "Đã gửi"),
                            ("chap_thuan", "Được chấp thuận"),
                            ("mot_phan", "Chấp thuận một phần"),
                            ("khong", "Không chấp thuận"),
                            ("chua_tra_loi", "Đã nhắc, chưa trả lời"),
                        ],
                        default="da_gui",
                        max_length=14,
                        verbose_name="kết quả",
                    ),
                ),
                (
                    "ngay_tra_loi",
                    models.DateField(blank=True, null=True, verbose_name="ngày trả lời"),
                ),
                (
                    "so_tra_loi",
                    models.CharField(blank=True, max_length=40, verbose_name="số văn bản trả lời"),
                ),
                (
                    "kinh_phi",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="kinh phí được cấp (đồng)"
                    ),
                ),
                (
                    "chu_truong",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="chủ trương, điều kiện được tạo"
                    ),
                ),
                (
                    "ly_do",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="ý kiến của nơi nhận"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tham_muu",
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
                (
                    "van_ban",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tochuc.vanban",
                        verbose_name="văn bản đã ban hành",
                    ),
                ),
            ],
            options={
                "verbose_name": "tham mưu",
                "verbose_name_plural": "tham mưu",
                "ordering": ["-ngay", "-pk"],
                "indexes": [
                    models.Index(fields=["don_vi", "ngay"], name="chidoan_tha_don_vi__17c503_idx")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ket_qua__in", ["da_gui", "chua_tra_loi"]),
                                ("ngay_tra_loi__isnull", True),
                            ),
                            models.Q(
                                ("ket_qua__in", ["chap_thuan", "mot_phan", "khong"]),
                                ("ngay_tra_loi__gte", models.F("ngay")),
                            ),
                            _connector="OR",
                        ),
                        name="chidoan_tham_muu_ngay_tra_loi",
                        violation_error_message="Ghi ngày trả lời từ ngày gửi trở đi, hoặc bỏ trống.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ket_qua__in", ["chap_thuan", "mot_phan"]),
                            models.Q(("chu_truong", ""), ("kinh_phi__isnull", True)),
                            _connector="OR",
                        ),
                        name="chidoan_tham_muu_duoc_gi",
                        violation_error_message="Kinh phí, chủ trương chỉ ghi khi được chấp thuận.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ToTietKiem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ten", models.CharField(max_length=120, verbose_name="tên tổ")),
                (
                    "ten_to_truong",
                    models.CharField(blank=True, max_length=100, verbose_name="tổ trưởng"),
                ),
                ("tu_ngay", models.DateField(verbose_name="nhận ủy thác từ ngày")),
                (
                    "den_ngay",
                    models.DateField(
                        blank=True, null=True, verbose_name="thôi quản lý từ sau ngày"
                    ),
                ),
                ("ghi_chu", models.CharField(blank=True, max_length=300, verbose_name="ghi chú")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "don_vi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="to_tiet_kiem",
                        to="tochuc.donvi",
                        verbose_name="đơn vị quản lý",
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
                    "to_truong",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="to_tiet_kiem",
                        to="doanvien.doanvien",
                        verbose_name="tổ trưởng là đoàn viên",
                    ),
                ),
            ],
            options={
                "verbose_name": "tổ tiết kiệm và vay vốn",
                "verbose_name_plural": "tổ tiết kiệm và vay vốn",
                "ordering": ["don_vi__path", "ten", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("den_ngay__isnull", True),
                            ("den_ngay__gte", models.F("tu_ngay")),
                            _connector="OR",
                        ),
                        name="chidoan_to_tiet_kiem_ket_thuc_sau_bat_dau",
                        violation_error_message="Ngày thôi quản lý phải từ ngày nhận ủy thác trở đi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_truong__isnull", True), ("ten_to_truong", ""), _connector="OR"
                        ),
                        name="chidoan_to_tiet_kiem_mot_to_truong",
                        violation_error_message="Chọn một đoàn viên, hoặc ghi tên tổ trưởng.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SoDuTo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nam", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("quy", models.PositiveSmallIntegerField(verbose_name="quý")),
                ("thu_tu", models.PositiveIntegerField(editable=False)),
                ("so_thanh_vien", models.PositiveIntegerField(verbose_name="số tổ viên")),
                ("du_no", models.PositiveBigIntegerField(verbose_name="dư nợ (đồng)")),
                (
                    "no_qua_han",
                    models.PositiveBigIntegerField(default=0, verbose_name="nợ quá hạn (đồng)"),
                ),
                (
                    "tiet_kiem",
                    models.PositiveBigIntegerField(
                        default=0, verbose_name="số dư tiết kiệm (đồng)"
                    ),
                ),
                ("ghi_luc", models.DateTimeField(auto_now=True, verbose_name="ghi lúc")),
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
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="so_du",
                        to="chidoan.totietkiem",
                    ),
                ),
            ],
            options={
                "verbose_name": "số dư tổ",
                "ordering": ["to", "-thu_tu"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("to", "thu_tu"), name="chidoan_mot_so_du_to_mot_quy"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quy__range", (1, 4)),
                            (
                                "thu_tu",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("nam"), "*", models.Value(4)
                                    ),
                                    "+",
                                    models.F("quy"),
                                ),
                            ),
                        ),
                        name="chidoan_so_du_to_quy",
                        violation_error_message="Quý từ I đến IV.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("no_qua_han__lte", models.F("du_no"))),
                        name="chidoan_so_du_to_qua_han_trong_du_no",
                        violation_error_message="Nợ quá hạn không thể lớn hơn dư nợ.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TraLoiKienNghi",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ngay", models.DateField(verbose_name="ngày")),
                ("noi_dung", models.TextField(max_length=1000, verbose_name="đã làm gì")),
                (
                    "nhap_thay",
                    models.BooleanField(default=False, verbose_name="cấp trên nhập thay"),
                ),
                ("luc", models.DateTimeField(auto_now_add=True, verbose_name="ghi lúc")),
                (
                    "ket_qua",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("dong_y", "Xác nhận đã khắc phục"),
                            ("tra_lai", "Yêu cầu làm tiếp"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="ý kiến",
                    ),
                ),
                (
                    "y_kien",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="ý kiến của đoàn kiểm tra"
                    ),
                ),
                ("ngay_xet", models.DateField(blank=True, null=True, verbose_name="ngày xác nhận")),
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
                    "kien_nghi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tra_loi",
                        to="chidoan.kiennghi",
                    ),
                ),
                (
                    "xet_boi",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "trả lời kiến nghị",
                "ordering": ["kien_nghi", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ket_qua", ""), ("ngay_xet__isnull", True)),
                            models.Q(
                                models.Q(("ket_qua", ""), _negated=True),
                                ("ngay_xet__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="chidoan_tra_loi_kien_nghi_xet_co_ngay",
                        violation_error_message="Ý kiến về trả lời thì có ngày.",
                    )
                ],
            },
        ),
    ]
