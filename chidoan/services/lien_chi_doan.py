"""Joint meetings: each branch has a meeting with its own roll, tied to that of the host."""

from collections.abc import Collection

from django.utils import timezone

from chidoan.diem_danh import default_dong
from chidoan.models import BuoiSinhHoat, ChiDoan, DiemDanh
from chidoan.queries import chi_doan_cung_phuong, danh_sach
from core.errors import RuleError
from core.text.display import ngay as show_ngay
from tochuc.audit import record

from .huy_hen import leave_word

CHEP = (
    "ngay",
    "bat_dau",
    "ket_thuc",
    "dia_diem",
    "chu_diem",
    "noi_dung",
    "chu_tri_id",
    "thu_ky_id",
)
"""What a branch's own meeting takes over from the host's until somebody writes in it."""


def check_cung_hop(buoi: BuoiSinhHoat, branches: Collection[int]) -> None:
    """Refuse branches of another ward and ended ones."""
    if buoi.chu_nha_id and branches:
        raise RuleError(
            f"Buổi chung này do {buoi.chu_nha.chi_doan} mời các chi đoàn.", field="cung_hop"
        )
    if not branches and (buoi.pk is None or not buoi.cung_hop.exists()):
        return
    known = chi_doan_cung_phuong(buoi.chi_doan, buoi.ngay).filter(pk__in=branches)
    if known.count() != len(set(branches)):
        raise RuleError(
            f"Chọn chi đoàn cùng phường, đang hoạt động ngày {show_ngay(buoi.ngay)}.",
            field="cung_hop",
        )


def sync_cung_hop(buoi: BuoiSinhHoat, branches: Collection[int], *, by) -> None:
    """Give each branch named its draft of the joint meeting; take it from one no longer named.

    A draft in which nobody has written yet follows the host's day, place and theme. Refused: to
    let go of a branch that has written, for its words would go with its draft.
    """
    if buoi.chu_nha_id:
        return
    here = _locked(buoi)
    for pk, row in here.items():
        if pk not in branches:
            _let_go(row, by=by)
        elif row.is_nhap and row.version == 1:
            _copy(buoi, row)
    for chi_doan in ChiDoan.objects.filter(pk__in=set(branches) - here.keys()):
        row = BuoiSinhHoat(chi_doan=chi_doan, chu_nha=buoi, hen_luc=timezone.now(), ghi_boi=by)
        _copy(buoi, row)
        record(by=by, hanh_dong="buoi.invite", target=row, ngay=row.ngay)


def move_cung_hop(buoi: BuoiSinhHoat, *, by) -> None:
    """After a called meeting was changed: its branches' drafts follow it. Refused while there are
    any: another kind of meeting, a day on which one of them does not exist."""
    branches = set(_locked(buoi))
    if branches and buoi.loai != BuoiSinhHoat.Loai.LIEN_CHI_DOAN:
        raise RuleError(
            "Các chi đoàn cùng họp đã có buổi nháp của buổi này. Muốn đổi loại, mở buổi và bỏ chọn "
            "các chi đoàn cùng họp trước.",
            field="loai",
        )
    check_cung_hop(buoi, branches)
    sync_cung_hop(buoi, branches, by=by)


def _locked(buoi: BuoiSinhHoat) -> dict[int, BuoiSinhHoat]:
    """The other branches' meetings by branch; nobody else writes in them meanwhile."""
    rows = buoi.cung_hop.select_for_update(of=("self",)).select_related("chi_doan")
    return {row.chi_doan_id: row for row in rows}


def _let_go(row: BuoiSinhHoat, *, by) -> None:
    """Throw away the draft of a branch that is no longer named, if nobody has written in it."""
    if not row.is_nhap:
        raise RuleError(
            f"{row.chi_doan} đã ghi buổi chung này, nên vẫn phải có trong các chi đoàn cùng họp.",
            field="cung_hop",
        )
    if row.version > 1 or row.anh.exists():
        raise RuleError(
            f"{row.chi_doan} đang ghi bản nháp của buổi chung này. Muốn thôi mời, đề nghị "
            "chi đoàn đó xóa bản nháp của mình trước.",
            field="cung_hop",
        )
    record(by=by, hanh_dong="buoi.delete_draft", target=row, ngay=row.ngay)
    leave_word(row)
    row.delete()


def _copy(host: BuoiSinhHoat, row: BuoiSinhHoat) -> None:
    """The host's words and the roster of the branch itself."""
    moved = row.pk is None or row.ngay != host.ngay
    for name in CHEP:
        setattr(row, name, getattr(host, name))
    row.loai = host.loai
    if moved:
        row.ma_diem_danh, row.diem_danh_den = "", None
    row.save()
    if not moved:
        return
    for said in (row.diem_danh, row.tra_loi, row.tu_diem_danh):
        said.all().delete()  # of another day
    people = danh_sach(row.chi_doan_id, row.ngay)
    lines = ((person, default_dong(person, row.ngay)) for person in people)
    DiemDanh.objects.bulk_create(
        DiemDanh(buoi=row, doan_vien=person, trang_thai=line.trang_thai, ly_do=line.ly_do)
        for person, line in lines
    )
