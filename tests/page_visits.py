"""Every page of the project, and visits to it by everybody who could have a reason to come."""

import re
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse

from tests.world import World
from tochuc.permissions import QUYEN_THEO_VAI_TRO, VaiTro

PUBLIC = {"login", "van_ban_check", "healthz", "readyz", "sw", "manifest", "mat_mang"} | {
    "chidoan:moi_vao",
    "chidoan:moi_mo",
    "chidoan:lich_ics",
}
"""Open to strangers: reviewed one by one."""
FOR_ALL_SIGNED_IN = {"logout"}
"""Without a right: who has lost every role must still be able to leave."""
DOMAIN_APPS = ["tochuc", "doanvien", "chidoan", "tuduong", "baocao"]

ROWS = {
    "tochuc:cong_viec": "cong_viec",
    "tochuc:don_vi": "chi_doan",
    "tochuc:tai_khoan": "nguoi_dung",
    "tochuc:phan_cong_create": "nguoi_dung",
    "tochuc:phan_cong_end": "phan_cong",
    "tochuc:vai_tro_choose": "phan_cong",
    "chidoan:sap_xep": "sap_xep",
    "chidoan:sap_xep_don_vi": "chi_doan",
    "chidoan:theo_doi_dia_ban_giao": "dia_ban",
    "doanvien:": "doan_vien",
    "doanvien:chuyen_": "chuyen",
    "doanvien:chuyen_create": "doan_vien",
    "doanvien:thu_chi": "chi_doan",
    "doanvien:thu_chi_cancel": "thu_chi",
    "doanvien:doan_phi_": "chi_doan",
    "doanvien:doan_phi_doan_vien": "doan_vien",
    "doanvien:phieu_thu": "phieu_thu",
    "doanvien:mien_doan_phi": "mien_doan_phi",
    "doanvien:nop_doan_phi": "nop_doan_phi",
    "doanvien:bo_loc_": "bo_loc",
    "doanvien:gop_": "gop",
    "doanvien:chuyen_many": "chi_doan",
    "doanvien:chuyen_nhan_lai": "doan_vien",
    "doanvien:khach_": "cu_tru",
    "doanvien:hoan_end": "hoan",
    "doanvien:hoan_delete": "hoan",
    "doanvien:khen_thuong_delete": "khen_thuong",
    "doanvien:ky_luat_appeal": "ky_luat",
    "doanvien:ky_luat_end": "ky_luat",
    "doanvien:ky_luat_delete": "ky_luat",
    "doanvien:truong_thanh": "dot_truong_thanh",
    "doanvien:truong_thanh_drop": "xet_truong_thanh",
    "doanvien:truong_thanh_giay": "xet_truong_thanh",
    "doanvien:truong_thanh_revoke": "xet_truong_thanh",
    "doanvien:xoa_ten": "de_nghi_xoa_ten",
    "doanvien:nhap": "dot_nhap",
    "doanvien:ren_luyen": "chi_doan",
    "doanvien:ren_luyen_noi_dung": "ren_luyen",
    "doanvien:doi_chieu": "doi_chieu",
    "doanvien:nhap_choose": "dong_nhap",
    "doanvien:nguyen_vong_": "nguyen_vong",
    "doanvien:nguyen_vong_cua": "doan_vien",
    "doanvien:ket_nap": "ket_nap",
    "doanvien:ket_nap_nghi_quyet_pdf": "ket_nap_cho",
    "doanvien:yeu_cau_": "yeu_cau",
    "doanvien:yeu_cau_create": "doan_vien",
    "doanvien:yeu_cau_cua_don": "ket_nap",
    "chidoan:detail": "chi_doan",
    "chidoan:so_": "chi_doan",
    "chidoan:phu_trach_assign": "chi_doan",
    "chidoan:phu_trach_end": "phu_trach",
    "chidoan:bch": "phuong",
    "chidoan:lan_xuong_": "lan_xuong",
    "chidoan:lan_xuong_cua": "chi_doan",
    "chidoan:lan_xuong_create": "chi_doan",
    "chidoan:loi_hua_": "loi_hua",
    "chidoan:can_bo_": "doan_vien",
    "chidoan:phu_cap_": "phu_cap",
    "chidoan:phu_cap_create": "doan_vien",
    "chidoan:quy_hoach_": "quy_hoach",
    "chidoan:de_nghi_nhan_su_": "de_nghi_nhan_su",
    "chidoan:de_nghi_nhan_su_create": "chi_doan",
    "chidoan:cu_can_bo_": "cu_can_bo",
    "chidoan:tham_hoi": "tham_hoi",
    "chidoan:chuc_vu_create": "phuong",
    "chidoan:chuc_vu_": "chuc_vu",
    "chidoan:doi_bi_thu": "chi_doan",
    "chidoan:ban_giao_": "ban_giao",
    "chidoan:ban_giao_create": "bi_thu_moi",
    "chidoan:thang_dau": "bi_thu_moi",
    "chidoan:gap_doan_vien": "bi_thu_moi",
    "chidoan:buoi": "buoi",
    "chidoan:buoi_delete": "draft",
    "chidoan:bo_ba": "buoi",
    "chidoan:nghi_quyet_pdf": "buoi",
    "chidoan:nghi_quyet_word": "buoi",
    "chidoan:bien_ban_word": "buoi",
    "chidoan:phien_ban": "buoi",
    "chidoan:bao_cao_thang": "chi_doan",
    "chidoan:van_ban_": "van_ban",
    "chidoan:hoat_dong": "hoat_dong",
    "chidoan:hoat_dong_cua": "doan_vien",
    "chidoan:hen_": "hen",
    "chidoan:moi": "hen",
    "chidoan:ma_qr": "hen",
    "chidoan:tu_diem_danh_": "tu_diem_danh",
    "chidoan:lich": "chi_doan",
    "chidoan:anh_": "anh",
    "chidoan:anh_buoi": "buoi",
    "chidoan:anh_hoat_dong": "hoat_dong",
    "chidoan:anh_tham_hoi": "tham_hoi",
    "chidoan:anh_hoi_thi": "hoi_thi",
    "chidoan:phieu_": "buoi",
    "chidoan:nghi_quyet": "nghi_quyet",
    "chidoan:nhip_": "chi_doan",
    "chidoan:nhip_delete": "nhip",
    "chidoan:mo_hinh": "mo_hinh",
    "chidoan:kiem_tra": "kiem_tra",
    "chidoan:kiem_tra_ket_luan_": "da_ket_luan",
    "chidoan:chuong_trinh_kiem_tra": "chuong_trinh_kiem_tra",
    "chidoan:ket_qua_kiem_tra_": "ket_qua_kiem_tra",
    "chidoan:kien_nghi_": "kien_nghi",
    "chidoan:to_tiet_kiem": "to_tiet_kiem",
    "chidoan:mo_hinh_kinh_te_": "mo_hinh_kinh_te",
    "chidoan:ho_tro_": "ho_tro",
    "chidoan:sinh_ke_cua": "doan_vien",
    "chidoan:tham_muu": "tham_muu",
    "chidoan:nhom_cam_ket_": "nhom_cam_ket",
    "chidoan:nhat_ky_mo_hinh_": "nhat_ky_mo_hinh",
    "chidoan:anh_nhat_ky_mo_hinh": "nhat_ky_mo_hinh",
    "chidoan:nhan_rong_": "nhan_rong",
    "baocao:mo_hinh_": "mo_hinh",
    "baocao:danh_gia_mo_hinh_xoa": "danh_gia_mo_hinh",
    "chidoan:xep_loai_": "dot_xep_loai",
    "chidoan:xep_loai_branch": "chi_doan",
    "chidoan:xep_loai_open": "chi_doan",
    "chidoan:xep_loai_phieu": "phieu_xep_loai",
    "chidoan:xep_loai_quyet_dinh": "quyet_dinh_xep_loai",
    "chidoan:xep_loai_doan_vien": "doan_vien",
    "chidoan:tap_huan_": "lop",
    "chidoan:buoi_tap_huan_": "buoi_tap_huan",
    "chidoan:hoc_vien_": "hoc_vien",
    "chidoan:hoi_thi_": "hoi_thi",
    "chidoan:thi_sinh_": "thi_sinh",
    "chidoan:vong_thi_": "vong_thi",
    "chidoan:de_nghi_khen_": "de_nghi_khen",
    "chidoan:quyet_dinh_khen_": "quyet_dinh_khen",
    "chidoan:khen_tap_the_": "khen_tap_the",
    "tuduong:bien_ban_": "sent",
    "tuduong:bo_ho_so_word": "sent",
    "tuduong:cong_van_word": "sent",
    "tuduong:phieu_word": "danh_gia",
    "tuduong:le_trao_": "le_trao",
    "tuduong:nhan_xet_du_bi": "ket_nap_dang",
    "tuduong:tu_nhan_xet": "ho_so",
    "tuduong:to_": "to",
    "tuduong:thanh_vien_take": "to",
    "tuduong:quyet_dinh_": "to",
    "tuduong:quyet_dinh_to": "quyet_dinh_to",
    "tuduong:ke_hoach": "ke_hoach",
    "tuduong:ke_hoach_create": "to",
    "tuduong:de_xuat": "de_xuat",
    "tuduong:cam_tinh_remove": "doan_vien",
    "tuduong:nhan_thuc": "lop_nhan_thuc",
    "tuduong:thanh_vien_add": "to",
    "tuduong:ky_open": "to",
    "tuduong:ky_": "ky",
    "tuduong:thanh_vien": "thanh_vien",
    "tuduong:nhiem_vu_assign": "thanh_vien",
    "tuduong:nhiem_vu_assign_all": "to",
    "tuduong:nhiem_vu_": "nhiem_vu",
    "tuduong:minh_chung_": "minh_chung",
    "tuduong:minh_chung_giay_to": "giay_to",
    "tuduong:minh_chung_nhiem_vu": "nhiem_vu",
    "tuduong:cap_uy_minh_chung": "ban_chup",
    "tuduong:danh_gia": "danh_gia",
    "tuduong:phieu_": "danh_gia",
    "tuduong:ho_so": "ho_so",
    "tuduong:ho_so_giay": "sent",
    "tuduong:giay_to_update": "giay_to",
    "tuduong:dot_in": "dot_in",
    "tuduong:chat_van": "sent",
    "tuduong:bo_ho_so_pdf": "ho_so",
    "tuduong:cong_van_pdf": "sent",
    "tuduong:cong_van_draft": "sent",
    "tuduong:cap_uy": "sent",
    "baocao:diem_save": "diem_tieu_chi",
    "baocao:dong_cham": "dong_cham",
    "baocao:dong_cham_dong_y": "dong_tham_dinh",
    "baocao:dot_cham": "dot_cham",
    "baocao:kiem_phieu_cham": "dong_cham",
    "baocao:minh_chung_": "minh_chung_cham",
    "baocao:minh_chung_add": "diem_tieu_chi",
    "baocao:tham_dinh": "dong_tham_dinh",
    "baocao:tu_cham": "dong_cham",
    "baocao:y_kien_cham": "dong_cong_bo",
    "baocao:y_kien_tra_loi": "y_kien_cham",
    "baocao:": "bao_cao",
    "baocao:bo_tieu_chi": "bo_tieu_chi",
    "baocao:bieu": "phuong",
    "baocao:danh_gia": "chi_doan",
    "baocao:tieu_chi_": "tieu_chi",
    "baocao:gop_y_answer": "gop_y",
    "baocao:ngoai_le": "chi_doan",
    "baocao:chung_nhan_all": "ket_qua",
    "baocao:chung_nhan_pdf": "dong_ket_qua",
    "baocao:cong_khai": "dot_cong_bo",
    "baocao:ket_qua": "ket_qua",
    "baocao:ket_qua_decide": "dot_chung_cuoc",
    "baocao:thong_bao_pdf": "dot_cong_bo",
    "baocao:xep_loai_chi_doan": "quyet_dinh_xep_loai",
    "baocao:don_vi_so_lieu": "phuong",
    "baocao:chi_tieu_rows": "phuong",
    "baocao:tong_quan": "phuong",
}
"""Which row of the world a page with a number in its address opens; the longest name counts."""
VALUES = {
    "lan_thu": 1,
    "chidoan:sap_xep_soan": {"loai": "sap_nhap"},
    "chidoan:sap_xep_phan": {"so": 0},
    "chidoan:sap_xep_bo_viec": {"so": 0},
    "doanvien:ket_nap_danh_sach_pdf": {"loai": "de-nghi"},
    "tuduong:ky_giay": {"loai": "bien-ban"},
    "tuduong:ky_issue": {"loai": "bien-ban"},
    "tuduong:ho_so_giay": {"loai": "trich-ngang"},
    "tuduong:ho_so_giay_word": {"loai": "trich-ngang"},
    "tuduong:ho_so_issue": {"loai": "trich-ngang"},
    "tuduong:cap_uy_giay": {"loai": "trich-ngang"},
    "chidoan:de_nghi_khen_buoc": {"loai": "dong_y"},
    "chidoan:de_nghi_khen_to_trinh": {"thu_tu": 1},
    "chidoan:so_bang_pdf": {"so": 1},
    "chidoan:kiem_tra_so_lieu_rows": {"ma": "ket_nap_thieu"},
    "chidoan:mau_update": {"loai": "dinh_ky"},
    "chidoan:phien_ban": {"so": 1},
    "chidoan:bao_cao_thang": {"nam": 2026, "thang": 9},
    "tochuc:quy_dinh": {"ma": "chi_doan_nho"},
    "baocao:gop_y": {"phan": "so_lieu", "o": "doan_vien"},
    "baocao:ngoai_le": {"ky": "2026Q4"},
    "baocao:phan_loi": {"muc": "tinh_hinh"},
    "baocao:phan_loi_theo_so": {"muc": "tinh_hinh"},
    "baocao:mo_hinh_danh_gia_ghi": {"ky": "2026Q3"},
    "baocao:so_lieu": {"ma": "doan_vien"},
    "baocao:tieu_chi_move": {"huong": "len"},
    "baocao:chi_tieu_rows": {"ma": "doan_vien"},
    "baocao:diem_save": {"buoc": "tu_cham"},
    "baocao:dong_cham_buoc": {"loai": "gui"},
    "baocao:dot_cham_buoc": {"loai": "tham_dinh"},
    "baocao:kiem_phieu_cham": {"ben": "chi_doan"},
    "van_ban_check": {"ma": "khong-co"},
}
"""Other parts of addresses, by page or by the name of the part."""


@dataclass(frozen=True)
class Page:
    """A named address and the function that answers it."""

    name: str
    pattern: URLPattern

    @property
    def quyen(self):
        return getattr(self.pattern.callback, "required_quyen", None)

    @property
    def converters(self):
        return self.pattern.pattern.converters

    @property
    def row_name(self) -> str:
        """The name of its row in the world, "" for a page about no row."""
        if not {"pk", "don_vi"} & set(self.converters):
            return ""
        return ROWS[_longest(ROWS, self.name)]

    def url(self, world: World) -> str:
        kwargs = {}
        for part in self.converters:
            if part in ("pk", "don_vi"):
                kwargs[part] = world.rows[self.row_name].pk
            elif part in VALUES:
                kwargs[part] = VALUES[part]
            else:
                kwargs[part] = VALUES[_longest(VALUES, self.name)][part]
        return reverse(self.name, kwargs=kwargs)

    @property
    def roles(self) -> list[VaiTro]:
        """The roles that hold its right."""
        return [role for role in VaiTro if self.quyen in QUYEN_THEO_VAI_TRO[role]]


def _longest(table, name: str) -> str:
    return max((key for key in table if name.startswith(key)), key=len)


def pages_of(resolver, namespace="") -> list[Page]:
    """Every page below `resolver` but Django's admin, which has tests of its own."""
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.append(Page(f"{namespace}{entry.name}", entry))
        elif entry.namespace != "admin":
            found += pages_of(entry, f"{entry.namespace}:" if entry.namespace else namespace)
    return found


PAGES = [page for page in pages_of(get_resolver()) if page.name != "van_ban_check"]
INNER_PAGES = [page for page in PAGES if page.name not in PUBLIC | FOR_ALL_SIGNED_IN]
ROW_PAGES = [page for page in INNER_PAGES if page.row_name]


@dataclass(frozen=True)
class Visit:
    """What a GET gave: the answer, its statements, and the tables that were written to."""

    status: int
    html: str
    statements: list[str]
    changed: list[str]

    @property
    def is_page(self) -> bool:
        return bool(self.html)


class Visits:
    """GET requests to the world's pages; each is made once and remembered."""

    def __init__(self, world: World):
        self.world = world
        self.known = {}

    def __call__(self, page: Page, role: VaiTro) -> Visit:
        if (page.name, role) not in self.known:
            self.known[page.name, role] = self._visit(page.url(self.world), role)
        return self.known[page.name, role]

    def _visit(self, url: str, role: VaiTro) -> Visit:
        client = self.world.client(self.world.people[role], raise_request_exception=False)
        with CaptureQueriesContext(connection) as queries:
            response = read(client.get(url))
        is_html = response.headers["Content-Type"].startswith("text/html")
        statements = [query["sql"] for query in queries if not _is_savepoint(query["sql"])]
        return Visit(
            response.status_code,
            response.content.decode() if is_html else "",
            statements,
            sorted({table for sql in statements for table in _written(sql)} - LOGS),
        )


def read(response):
    """A file that is sent piece by piece is read to its end, which closes it."""
    if response.streaming:
        b"".join(response.streaming_content)
    return response


LOGS = {"tochuc_nhatky", "tochuc_chuoinhatky", "django_session"}
"""A look may be logged, and a session goes on."""


def _written(sql: str) -> list[str]:
    """The table that a statement writes to."""
    return re.findall(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"', sql)


def _is_savepoint(sql: str) -> bool:
    return bool(re.match(r"(RELEASE |ROLLBACK TO )?SAVEPOINT|BEGIN|COMMIT", sql))
