"""The sections of a member's record, and which of its fields are sensitive."""

NHAY_CAM = (
    "dan_toc",
    "ton_giao",
    "ngay_cam_tinh",
    "noi_cam_tinh",
    "ngay_vao_dang",
    "ngay_dang_chinh_thuc",
    "chuc_vu_dang",
    "ky_luat",
)
"""What only roles with XEM_NHAY_CAM read; who enters a person writes the first two once."""

SECTIONS = (
    ("Họ tên", ("ho_ten", "gioi_tinh", ("ngay_sinh", "ngay_vao_doan"))),
    (
        "Giấy tờ, liên hệ",
        (
            ("cccd", "cccd_ngay_cap"),
            "cccd_noi_cap",
            ("dien_thoai", "email"),
            "que_quan",
            "thuong_tru",
            "noi_o",
            "lien_he_gia_dinh",
        ),
    ),
    (
        "Học vấn, nghề nghiệp",
        (
            ("van_hoa", "chuyen_mon"),
            ("ly_luan", "tin_hoc"),
            ("ngoai_ngu", "nghe_nghiep"),
            "noi_cong_tac",
            "huong_luong",
        ),
    ),
    (
        "Công tác Đoàn",
        (
            ("chuc_vu", "hoi"),
            "doi_tuong",
            "khen_thuong",
            "danh_du",
        ),
    ),
    (
        "Vào Đoàn, sổ và thẻ",
        (
            ("so_nghi_quyet", "noi_vao_doan"),
            "nguoi_gioi_thieu",
            ("so_the", "ma_dinh_danh"),
            ("the_ngay_cap", "the_noi_cap"),
            ("so_doan", "so_doan_noi_giu"),
        ),
    ),
    ("Thế mạnh, nguồn cán bộ", ("the_manh", "nguon", "nguon_can_bo")),
    ("Đi làm xa", (("di_xa_noi", "di_xa_dien_thoai"), ("di_xa_tu", "di_xa_den"))),
    (
        "Dân tộc, tôn giáo, Đảng, kỷ luật",
        (
            ("dan_toc", "ton_giao"),
            ("ngay_cam_tinh", "noi_cam_tinh"),
            ("ngay_vao_dang", "ngay_dang_chinh_thuc"),
            "chuc_vu_dang",
            "ky_luat",
        ),
    ),
)
"""Heading and fields of each section; fields in one bracket stand side by side."""
MUC_GAP = tuple(heading for heading, _ in SECTIONS[2:-1])
"""Sections that a form opens on demand: the rest is enough to enter somebody."""

TU_DIEN = ("cccd", "nguoi_gioi_thieu", "nguon")
"""Fields of the form that are not columns to be typed into as they are."""
CHON_TRONG_MAU = ("nguoi_gioi_thieu",)
"""Chosen on the form, among people; no cells of a list to be typed into."""
KHONG_DEM = ("nguoi_gioi_thieu", "nguon", "nguon_can_bo", "doi_tuong", "so_doan_noi_giu")
"""Lines that a full record may lack."""


def field_names(rows) -> list[str]:
    """The fields of a section in their order, whether alone or side by side."""
    return [name for row in rows for name in ((row,) if isinstance(row, str) else row)]
