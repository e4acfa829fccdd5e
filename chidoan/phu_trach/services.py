"""Logging a visit to a branch with its promises, and saying that one was kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from chidoan.models import ChucVu, LanXuong, LoiHua
from core.errors import RuleError, StaleError
from core.text import clean
from core.text.display import ngay as show_ngay
from doanvien.nhap_thay import nhap_thay
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may
from tochuc.quy_trinh import check_da_den

HUA_XA = timedelta(days=731)
"""How far ahead a promise may be due: further is a slip of the pen."""


@dataclass(frozen=True, kw_only=True)
class HuaLam:
    """What somebody promised at a visit."""

    noi_dung: str
    han: date | None
    ben: str = LoiHua.Ben.PHUONG
    nguoi: str = ""


@transaction.atomic
def create_lan_xuong(
    *,
    chi_doan: DonVi,
    chuc_vu: ChucVu,
    ngay: date,
    noi_dung: str,
    by,
    gop_y: str = "",
    loi_hua: Sequence[HuaLam] = (),
) -> LanXuong:
    """Write down that a committee member of the ward came to a branch.

    Refused: a day to come, nothing seen, somebody who held no office of the ward that day, a
    promise without a due day or due before it was made, the same visit again (a form sent twice).
    """
    DonVi.objects.select_for_update(of=("self",), no_key=True).get(pk=chi_doan.pk)
    check_da_den(ngay)
    _check(chi_doan, chuc_vu, ngay, noi_dung)
    same = LanXuong.objects.cua_chi_doan(chi_doan).filter(chuc_vu=chuc_vu, ngay=ngay)
    if same.filter(noi_dung=noi_dung.strip()).exists():
        raise RuleError("Lần xuống này đã được ghi.", field="noi_dung")
    row = LanXuong.objects.create(
        chi_doan=chi_doan,
        chuc_vu=chuc_vu,
        ho_ten=chuc_vu.ho_ten,
        ngay=ngay,
        noi_dung=noi_dung.strip(),
        gop_y=gop_y.strip(),
        ghi_boi=by,
    )
    _add_promises(row, loi_hua)
    record(by=by, hanh_dong="lan_xuong.create", target=row, ngay=ngay, so_loi_hua=len(loi_hua))
    return row


@transaction.atomic
def update_lan_xuong(
    *, lan_xuong: LanXuong, version: int, changes: dict, by, loi_hua: Sequence[HuaLam] = ()
) -> LanXuong:
    """Correct what was written, and add promises. StaleError when somebody has saved meanwhile."""
    row = _lock(lan_xuong)
    if row.version != version:
        raise StaleError("Có người vừa sửa lần xuống này. Xem lại trước khi lưu.", current=row)
    check_da_den(changes["ngay"])
    _check(row.chi_doan, changes["chuc_vu"], changes["ngay"], changes["noi_dung"])
    row.chuc_vu, row.ho_ten = changes["chuc_vu"], changes["chuc_vu"].ho_ten
    row.ngay = changes["ngay"]
    row.noi_dung, row.gop_y = changes["noi_dung"].strip(), changes["gop_y"].strip()
    row.version += 1
    row.save(update_fields=["chuc_vu", "ho_ten", "ngay", "noi_dung", "gop_y", "version"])
    _add_promises(row, loi_hua)
    record(by=by, hanh_dong="lan_xuong.update", target=row, ngay=row.ngay)
    return row


@transaction.atomic
def delete_lan_xuong(*, lan_xuong: LanXuong, by) -> None:
    """Take back a visit that was written down by mistake; refused once a promise was kept."""
    row = _lock(lan_xuong)
    if row.loi_hua.filter(xong_ngay__isnull=False).exists():
        raise RuleError("Lần xuống này có việc đã làm xong nên không xóa được. Sửa nội dung.")
    record(by=by, hanh_dong="lan_xuong.delete", target=row, ngay=row.ngay)
    row.delete()


@transaction.atomic
def finish_loi_hua(*, loi_hua: LoiHua, ngay: date, by, ket_qua: str = "") -> LoiHua:
    """A promise was kept. The side that made it says so; the ward may say it for a branch."""
    row = _lock_promise(loi_hua, by)
    check_da_den(ngay)
    if row.is_xong:
        raise RuleError(f"Việc này đã ghi xong ngày {show_ngay(row.xong_ngay)}.")
    if ngay < row.lan_xuong.ngay:
        raise RuleError(
            f"Lời hứa từ ngày {show_ngay(row.lan_xuong.ngay)}; ngày xong phải từ đó.", field="ngay"
        )
    row.xong_ngay, row.ket_qua = ngay, clean(ket_qua)
    row.save(update_fields=["xong_ngay", "ket_qua"])
    _record(by, "loi_hua.finish", row)
    return row


@transaction.atomic
def reopen_loi_hua(*, loi_hua: LoiHua, by) -> LoiHua:
    """Take back that a promise was kept."""
    row = _lock_promise(loi_hua, by)
    row.xong_ngay, row.ket_qua = None, ""
    row.save(update_fields=["xong_ngay", "ket_qua"])
    _record(by, "loi_hua.reopen", row)
    return row


def may_finish(loi_hua: LoiHua, by) -> bool:
    """Whose word it was: the ward's own, or a branch's."""
    return by.may(_quyen_cua(loi_hua), loi_hua.lan_xuong.chi_doan)


def check_may_finish(loi_hua: LoiHua, by) -> None:
    """PermissionDenied for whoever did not promise it."""
    if not may_finish(loi_hua, by):
        raise PermissionDenied(who_may(_quyen_cua(loi_hua)))


def _quyen_cua(loi_hua: LoiHua) -> Quyen:
    is_ward = loi_hua.ben == LoiHua.Ben.PHUONG
    return Quyen.PHAN_CONG_PHU_TRACH if is_ward else Quyen.GHI_SINH_HOAT


def _lock(lan_xuong: LanXuong) -> LanXuong:
    rows = LanXuong.objects.select_for_update(of=("self",)).select_related("chi_doan")
    return rows.get(pk=lan_xuong.pk)


def _lock_promise(loi_hua: LoiHua, by) -> LoiHua:
    rows = LoiHua.objects.select_for_update(of=("self",)).select_related("lan_xuong__chi_doan")
    row = rows.get(pk=loi_hua.pk)
    check_may_finish(row, by)
    return row


def _record(by, hanh_dong: str, row: LoiHua) -> None:
    branch = row.lan_xuong.chi_doan_id
    acts_for = nhap_thay(by, branch) if row.ben == LoiHua.Ben.CHI_DOAN else {}
    record(by=by, hanh_dong=hanh_dong, target=row.lan_xuong, loi_hua=row.pk, **acts_for)


def _check(chi_doan: DonVi, chuc_vu: ChucVu, ngay: date, noi_dung: str) -> None:
    if not noi_dung.strip():
        raise RuleError("Ghi thấy gì ở chi đoàn, một câu là đủ.", field="noi_dung")
    above = chi_doan.path.startswith(chuc_vu.don_vi.path) and chuc_vu.don_vi_id != chi_doan.pk
    if not above:
        raise RuleError("Chọn ủy viên của Đoàn cấp trên trực tiếp.", field="chuc_vu")
    if not ChucVu.objects.tai_ngay(ngay).filter(pk=chuc_vu.pk).exists():
        raise RuleError(
            f"Đồng chí {chuc_vu.ho_ten} không giữ chức vụ vào ngày {show_ngay(ngay)}.",
            field="chuc_vu",
        )


def _add_promises(row: LanXuong, loi_hua: Sequence[HuaLam]) -> None:
    for one in loi_hua:
        if one.han is None:
            raise RuleError(f"Ghi hạn của việc đã hứa «{one.noi_dung}».")
        if one.han < row.ngay:
            raise RuleError(f"Hạn của việc «{one.noi_dung}» phải từ ngày xuống trở đi.")
        if one.han > row.ngay + HUA_XA:
            raise RuleError(f"Hạn của việc «{one.noi_dung}» quá hai năm. Xem lại năm.")
    LoiHua.objects.bulk_create(
        LoiHua(
            lan_xuong=row,
            noi_dung=clean(one.noi_dung),
            ben=one.ben,
            nguoi=clean(one.nguoi),
            han=one.han,
        )
        for one in loi_hua
    )
