"""What the pages of growing out show, as plain data."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from doanvien.models import DoanVien, DotTruongThanh, XetTruongThanh
from tochuc.models import DonVi, VanBan
from tochuc.permissions import Quyen

from .giay_to import CHUNG_NHAN, ket_qua_bang_chu
from .quy_tac import KQ, MocTruongThanh

MOI_TRANG = 60
CHUA_DE_NGHI, CHUA_VAO_DOT = "chua_de_nghi", "chua_vao_dot"
"""What `?con=` keeps of those undecided: the rows behind the duties of the home pages."""


@dataclass(frozen=True)
class Vai:
    """In which part somebody is here: the ward decides, a branch proposes, others look."""

    don_vi: DonVi | None = None
    is_quyet_dinh: bool = False
    is_de_nghi: bool = False


def vai_cua(user) -> Vai:
    """The ward's part comes before the branch's, for who holds both."""
    roles = user.phan_cong_hom_nay
    for role in roles:
        if Quyen.DUYET_DOAN_VIEN in role.quyen and role.don_vi.is_co_so:
            return Vai(role.don_vi, is_quyet_dinh=True)
    for role in roles:
        if Quyen.SUA_DOAN_VIEN in role.quyen and role.don_vi.is_chi_doan:
            return Vai(role.don_vi, is_de_nghi=True)
    return Vai()


def can_xet(user, vai: Vai, moc: MocTruongThanh, ngay: date, *, con: str = ""):
    """Members that reach the age in the year or have before, undecided, eldest first.

    `con`: only those about whom the branch has said nothing, or whom no draft names.
    """
    rows = DoanVien.objects.visible_to(user)
    if vai.don_vi:
        rows = rows.under(vai.don_vi)
    rows = rows.can_xet_truong_thanh(moc.sinh_den, ngay)
    if con == CHUA_DE_NGHI:
        rows = rows.chua_de_nghi_truong_thanh()
    elif con == CHUA_VAO_DOT:
        rows = rows.chua_vao_dot_truong_thanh()
    return rows.select_related("chi_doan").order_by("ngay_sinh", "khoa_sap_xep", "pk")


def cac_nam(nam: int, hom_nay: date) -> list[dict]:
    """Last year, this one and the next, as tabs."""
    return [
        {"label": str(year), "url": f"?nam={year}", "active": year == nam}
        for year in range(hom_nay.year - 2, hom_nay.year + 2)
    ]


def doc_nam(text: str | None, hom_nay: date) -> int:
    """The year of an address; this one for nonsense."""
    is_year = text and text.isascii() and text.isdigit() and len(text) == 4
    return int(text) if is_year and 1931 <= int(text) <= hom_nay.year + 1 else hom_nay.year


def dong_dot(dot: DotTruongThanh) -> list[dict]:
    """The rows of a decision with what each leads to; one query for the certificates."""
    rows = list(dot.dong.trong_list())
    issued = chung_nhan_cua(rows)
    return [
        {
            "xet": row,
            "ket_qua": ket_qua_bang_chu(row),
            "de_nghi": row.get_de_nghi_display(),
            "giay": issued.get(row.pk),
            "giay_url": reverse("doanvien:truong_thanh_giay", args=[row.pk])
            if row.ket_qua == KQ.TRUONG_THANH
            else "",
        }
        for row in rows
    ]


def chung_nhan_cua(rows: list[XetTruongThanh]) -> dict[int, VanBan]:
    """The issued certificate of each row that has one, newest version, without its bytes."""
    pks = [row.pk for row in rows]
    return VanBan.objects.newest_by_target(XetTruongThanh, pks, CHUNG_NHAN)


def dem(rows: list[dict]) -> list[dict]:
    """How many of each outcome."""
    return [
        {"label": label, "value": sum(row["xet"].ket_qua == code for row in rows)}
        for code, label in (
            (KQ.TRUONG_THANH, "Trưởng thành"),
            (KQ.O_LAI, "Ở lại"),
            (KQ.CAN_BO, "Là cán bộ"),
        )
    ]


def dong_excel(people, decided) -> list[list]:
    """The year as a list: first the undecided, then the decided."""
    waiting = [
        [p.ho_ten, p.ngay_sinh, p.chi_doan.ten, p.ngay_vao_doan, "Chưa quyết định", "", None]
        for p in people
    ]
    done = [
        [
            row.doan_vien.ho_ten,
            row.doan_vien.ngay_sinh,
            row.chi_doan.ten,
            row.doan_vien.ngay_vao_doan,
            ket_qua_bang_chu(row),
            row.dot.so_quyet_dinh,
            row.dot.ngay,
        ]
        for row in decided
    ]
    return waiting + done


COT_EXCEL = [
    "Họ và tên",
    "Ngày sinh",
    "Chi đoàn",
    "Ngày vào Đoàn",
    "Kết quả",
    "Số quyết định",
    "Ngày quyết định",
]
