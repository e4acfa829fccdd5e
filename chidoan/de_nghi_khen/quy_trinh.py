"""Quy trình đề nghị khen: which step may be taken where, by whom, and what it leads to.

The table is the whole truth; services add only what a step needs to know. Whose turn it is says
`noi_giu`: that very unit alone takes its steps, nobody does so for a unit below.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied

from chidoan.models import BuocDeNghiKhen, DeNghiKhen
from core.errors import RuleError
from core.periods import today
from doanvien.models import DoanVien
from doanvien.nhap_thay import is_nhap_thay
from tochuc.permissions import Quyen, who_may
from tochuc.quy_trinh import check_buoc_mo, check_ngay_sau, move, next_thu_tu, refuse_stale

T, Loai = DeNghiKhen.TrangThai, BuocDeNghiKhen.Loai
DE_NGHI, XET = Quyen.SUA_DOAN_VIEN, Quyen.DUYET_KHEN_THUONG


@dataclass(frozen=True)
class ChuyenBuoc:
    """One line of the table; `cua_noi_giu` when it is for the unit whose turn it is."""

    tu: frozenset[str]
    den: str
    cua_noi_giu: bool
    can_ly_do: bool = False


def _line(tu, den, cua_noi_giu, can_ly_do=False) -> ChuyenBuoc:
    return ChuyenBuoc(frozenset(tu), den, cua_noi_giu, can_ly_do)


BANG: dict[str, ChuyenBuoc] = {
    Loai.DONG_Y: _line((T.CHO,), T.DONG_Y, True),
    Loai.CHUYEN_LEN: _line((T.CHO, T.DONG_Y), T.CHO, True),
    Loai.KHONG_DONG_Y: _line((T.CHO, T.DONG_Y), T.KHONG_DONG_Y, True, True),
    Loai.RUT: _line((T.CHO, T.DONG_Y), T.RUT, False, True),
    Loai.GUI_LAI: _line((T.KHONG_DONG_Y, T.RUT), T.CHO, False),
    Loai.KHEN: _line((T.DONG_Y,), T.DA_KHEN, True),
    Loai.HUY: _line((T.DA_KHEN,), T.DONG_Y, True, True),
}
TU_TRANG = (Loai.DONG_Y, Loai.CHUYEN_LEN, Loai.KHONG_DONG_Y, Loai.RUT, Loai.GUI_LAI)
"""Steps with a page of their own; the others come with a decision."""
VAN_LA_NGUOI_CUA_DON_VI = (Loai.DONG_Y, Loai.CHUYEN_LEN, Loai.GUI_LAI, Loai.KHEN)
"""Steps towards an award: whom it is for must still be there."""
DA_ROI = {
    DoanVien.TrangThai.CHUYEN_DI: "đã chuyển sinh hoạt đi nơi khác",
    DoanVien.TrangThai.NOI_KHAC: "nay sinh hoạt chính thức ở nơi khác",
    DoanVien.TrangThai.XOA_TEN: "đã xóa tên trong danh sách đoàn viên",
    DoanVien.TrangThai.KHAI_TRU: "đã bị khai trừ",
    DoanVien.TrangThai.TU_TRAN: "đã từ trần",
}
"""Who grew out of the Union may be honoured for what was done in it."""


def ly_do_khong_khen(de_nghi: DeNghiKhen, day: date) -> str:
    """Why nobody can be honoured by this proposal any more, "" while somebody can. No query of
    its own on rows `cho_trang`."""
    nguoi, tap_the, noi = de_nghi.doan_vien, de_nghi.tap_the, de_nghi.noi_giu
    if tap_the is not None:
        is_over = tap_the.ket_thuc is not None and tap_the.ket_thuc < day
        return f"{tap_the} đã kết thúc hoạt động" if is_over else _roi(str(tap_the), tap_the, noi)
    if nguoi.trang_thai in DA_ROI:
        return f"Đồng chí {nguoi.ho_ten} {DA_ROI[nguoi.trang_thai]}"
    return _roi(f"Đồng chí {nguoi.ho_ten}", nguoi.chi_doan, noi)


def _roi(ten: str, don_vi, noi) -> str:
    return "" if don_vi.path.startswith(noi.path) else f"{ten} nay không thuộc {noi}"


def may_take(loai: str, de_nghi: DeNghiKhen, by) -> bool:
    """Whether the step is open in this state to this person; one query at most."""
    line = BANG[loai]
    if de_nghi.trang_thai not in line.tu or not _may(line, de_nghi, by):
        return False
    if loai in VAN_LA_NGUOI_CUA_DON_VI and ly_do_khong_khen(de_nghi, today()):
        return False
    return loai != Loai.CHUYEN_LEN or de_nghi.noi_giu.cap_tren is not None


def begin(*, de_nghi: DeNghiKhen, loai: str, by, version: int | None = None) -> DeNghiKhen:
    """Lock the proposal for a step and return it as it stands.

    Refused: without the right (PermissionDenied), when the same person just took this step
    (AlreadyRecordedError), when somebody changed it since `version` was shown (StaleError), when
    the step does not follow from where it stands, and a step towards an award for who has moved
    away, died or ended meanwhile.
    """
    line = BANG[loai]
    rows = DeNghiKhen.objects.select_for_update(of=("self",)).cho_trang()
    current = rows.get(pk=de_nghi.pk)
    if by is not None and not _may(line, current, by):
        raise PermissionDenied(who_may(XET if line.cua_noi_giu else DE_NGHI))
    if version is not None and version != current.version:
        refuse_stale(current, current.buoc, (loai,), by=by, version=version, ten="Đề nghị")
    check_buoc_mo(current, line.tu, ten=f"Đề nghị khen {current.ten}")
    if loai in VAN_LA_NGUOI_CUA_DON_VI and (ly_do := ly_do_khong_khen(current, today())):
        raise RuleError(
            f"{ly_do}. Trả lời «Chưa đồng ý» hoặc rút đề nghị này, ghi lý do.",
            field="de_nghi" if loai == Loai.KHEN else None,
        )
    return current


def take(
    *, de_nghi: DeNghiKhen, loai: str, ngay: date, by, noi_dung: str = "", changes=None
) -> BuocDeNghiKhen:
    """Write the step and move the proposal. Only after `begin` in the same transaction."""
    line = BANG[loai]
    check_ngay_sau(ngay, de_nghi.ngay_buoc)
    if line.can_ly_do and not noi_dung:
        raise RuleError("Ghi lý do.", field="noi_dung")
    buoc = add_buoc(de_nghi, loai, line.den, ngay, by, noi_dung)
    move(
        de_nghi,
        den=line.den,
        ngay=ngay,
        hanh_dong=f"de_nghi_khen.{loai}",
        by=by,
        nhap_thay=buoc.nhap_thay,
        changes=changes,
    )
    return buoc


def add_buoc(de_nghi, loai: str, den: str, ngay: date, by, noi_dung: str = "") -> BuocDeNghiKhen:
    """A step as a row; the unit that takes it stands on it."""
    is_proposer = loai == Loai.LAP or not BANG[loai].cua_noi_giu
    don_vi = de_nghi.don_vi if is_proposer else de_nghi.noi_giu
    return BuocDeNghiKhen.objects.create(
        de_nghi=de_nghi,
        thu_tu=next_thu_tu(de_nghi.buoc),
        loai=loai,
        den_trang_thai=den,
        don_vi=don_vi,
        ngay=ngay,
        noi_dung=noi_dung,
        nhap_thay=is_proposer and is_nhap_thay(by, don_vi.pk),
        tai_version=de_nghi.version,
        boi=by,
    )


def _may(line: ChuyenBuoc, de_nghi: DeNghiKhen, by) -> bool:
    if line.cua_noi_giu:
        return by.may_at(XET, de_nghi.noi_giu)
    return by.may(DE_NGHI, de_nghi.don_vi)
