"""Reads and judges an uploaded list against the register; writes nothing."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from core.errors import RuleError
from core.periods import today
from doanvien.models import DoanVien, DotNhap
from doanvien.tuoi import read_tuoi_ket_nap
from tochuc.ma_hoa import lookup_hash
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri_theo_ngay

from .branches import Branches
from .columns import Layout, find_layout
from .judge import judge
from .limits import MAX_MEMBERS, TOO_MANY_MEMBERS
from .notes import file_notes
from .results import (
    CREATE,
    DUPLICATE,
    REJECT,
    OnFile,
    ParsedRow,
    RowResult,
    Rules,
    Tell,
    say_nothing,
)
from .rows import read_rows
from .workbook import Sheet, read_workbook

NO_ROW = "Danh sách không có dòng nào ghi số thứ tự. Điền cột STT rồi chọn lại."
NO_ROW_LA = "Không có dòng nào ghi họ tên cùng ngày sinh, số CCCD hay điện thoại. Chọn lại cột."
T = TypeVar("T")
STEP = 250
XET = "Đang xét từng dòng"
DOI_CHIEU = "Đang đối chiếu với sổ"
FIELDS = (
    "ho_ten",
    "ma_dinh_danh",
    "gioi_tinh",
    "ngay_sinh",
    "dan_toc",
    "ton_giao",
    "que_quan",
    "thuong_tru",
    "cccd_ngay_cap",
    "cccd_noi_cap",
    "van_hoa",
    "chuyen_mon",
    "ly_luan",
    "tin_hoc",
    "ngoai_ngu",
    "ngay_vao_doan",
    "so_nghi_quyet",
    "so_the",
    "ngay_vao_dang",
    "nghe_nghiep",
    "khen_thuong",
    "ky_luat",
    "chuc_vu",
    "hoi",
    "danh_du",
    "email",
    "dien_thoai",
)
"""Columns of the list that the register keeps, named alike in both; citizen id and branch apart."""


@dataclass(frozen=True)
class DanhSach:
    """Danh sách (a list that was read): its rows with the decision on each, and what to know."""

    sha256: str
    trang_tinh: str
    results: list[RowResult]
    luu_y: list[str]

    @property
    def count(self) -> dict[str, int]:
        counted = Counter(result.action for result in self.results)
        return {action: counted[action] for action in (CREATE, REJECT, DUPLICATE)}


def file_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def find_imported(*, don_vi: DonVi, sha256: str) -> DotNhap | None:
    """The import that has already written this very file into the unit's register."""
    return DotNhap.objects.filter(
        don_vi=don_vi, sha256=sha256, trang_thai=DotNhap.TrangThai.DA_NHAP
    ).first()


def chi_doan_by_name(don_vi: DonVi) -> dict[str, DonVi]:
    """The unit's branches that exist today, by their full names."""
    chi_doan = DonVi.objects.under(don_vi).chi_doan().dang_hoat_dong(today())
    return {branch.ten_day_du: branch for branch in chi_doan}


def read_danh_sach(*, content: bytes, don_vi: DonVi) -> DanhSach:
    """What would become of each row of a list in this unit's register.

    `UnknownLayout` for a list whose columns must be chosen first, `WorkbookRefused` for a file
    that is no sane list, RuleError for a unit that keeps none.
    """
    check_keeps_members(don_vi)
    sheets = read_workbook(content)
    return judge_list(
        layout=find_layout(sheets), sheets=sheets, sha256=file_hash(content), don_vi=don_vi
    )


def check_keeps_members(don_vi: DonVi) -> None:
    if not don_vi.is_co_so:
        raise RuleError(f"Danh sách được nhập vào Đoàn cơ sở; {don_vi} không phải.")


def judge_list(
    *,
    layout: Layout,
    sheets: list[Sheet],
    sha256: str,
    don_vi: DonVi,
    tell: Tell = say_nothing,
) -> DanhSach:
    """What would become of each row of a list whose columns are known."""
    rules = Rules(Branches(chi_doan_by_name(don_vi)), today(), _admission_age(don_vi))
    rows = list(told(read_rows(layout, rules), len(layout.sheet.rows), XET, tell))
    tell(DOI_CHIEU, 0, 0)
    if not rows:
        raise RuleError(NO_ROW_LA if layout.is_la else NO_ROW)
    if len(rows) > MAX_MEMBERS:
        raise RuleError(TOO_MANY_MEMBERS)
    results = judge(rows, members=_on_file(rows, don_vi), namesakes=_namesakes(rows, don_vi))
    notes = file_notes(layout, sheets, rules, don_vi.ten_day_du)
    return DanhSach(sha256, layout.sheet.name, results, notes)


def told(rows: Iterable[T], total: int, what: str, tell: Tell) -> Iterator[T]:
    """The same rows; every so many of them it is said how far they are."""
    for number, row in enumerate(rows):
        if number % STEP == 0:
            tell(what, number, total)
        yield row


def _admission_age(don_vi: DonVi):
    setting = gia_tri_theo_ngay("tuoi_ket_nap_toi_thieu", don_vi=don_vi)
    return lambda day: read_tuoi_ket_nap(setting(day))


def _on_file(rows: list[ParsedRow], don_vi: DonVi) -> dict[str, OnFile]:
    """Who of the list is on file anywhere; of another unit's people nothing is told."""
    ids = {lookup_hash(cccd): cccd for row in rows if (cccd := row.values.get("cccd"))}
    found = DoanVien.objects.filter(cccd_bam__in=ids).select_related("chi_doan")
    return {(cccd := ids[member.cccd_bam]): _told(member, cccd, don_vi) for member in found}


def _told(member: DoanVien, cccd: str, don_vi: DonVi) -> OnFile:
    if not member.chi_doan.path.startswith(don_vi.path):
        return OnFile(
            "Số CCCD này đang có trong sổ của đơn vị khác. Làm thủ tục chuyển sinh hoạt Đoàn."
        )
    known = {name: getattr(member, name) for name in FIELDS}
    state = "" if member.is_dang_sinh_hoat else f", {member.get_trang_thai_display().lower()}"
    message = f"Đã có trong sổ: {member}, {member.chi_doan}{state}."
    known |= {"cccd": cccd, "chi_doan": member.chi_doan.ten_day_du}
    return OnFile(message, member.pk, known)


def _namesakes(rows: list[ParsedRow], don_vi: DonVi) -> dict[tuple[str, date], str]:
    """People of the unit born on a day of the list, by folded name and that day."""
    births = {born for row in rows if (born := row.values.get("ngay_sinh"))}
    people = DoanVien.objects.under(don_vi).filter(ngay_sinh__in=births)
    found = people.select_related("chi_doan")
    return {(nguoi.khoa_tim, nguoi.ngay_sinh): f"đồng chí ở {nguoi.chi_doan}" for nguoi in found}
