"""What the office above grants a unit for one period: more time, a reopened lock, a waiver."""

from datetime import date

from django.db import transaction

from baocao.models import BaoCao, BuocBaoCao
from core.errors import RuleError
from core.periods import KyBaoCao, today
from core.text.display import ngay
from tochuc.audit import record
from tochuc.models import DonVi

from .bao_cao import open_bao_cao
from .chung import add_step, lock_bao_cao, ngay_khoa

B = BuocBaoCao.HanhDong


@transaction.atomic
def grant_ngoai_le(
    *, don_vi: DonVi, ky: KyBaoCao, loai: str, ly_do: str, by, den_ngay: date | None = None
) -> BaoCao:
    """More time, a reopened lock or a waiver, whichever `loai` says; it opens the report.

    Refused without a sentence why, and once the unit has handed in.
    """
    if not ly_do.strip():
        raise RuleError("Ghi một câu lý do, đơn vị và cấp trên cùng đọc.", field="ly_do")
    bao_cao = lock_bao_cao(open_bao_cao(don_vi=don_vi, ky=ky, by=by))
    if bao_cao.nop_lan_dau:
        raise RuleError(f"{don_vi} đã nộp báo cáo {ky.ten}.", field="loai")
    if bao_cao.is_mien:
        raise RuleError(f"{don_vi} đang được miễn nộp kỳ này. Bỏ miễn trước.", field="loai")
    _DAT[loai](bao_cao, den_ngay, ly_do.strip())
    bao_cao.version += 1
    bao_cao.save()
    add_step(bao_cao, loai, by, y_kien=ly_do.strip(), den_ngay=den_ngay)
    record(by=by, hanh_dong=f"bao_cao.{loai}", target=bao_cao, ky=ky.code, ly_do=ly_do.strip())
    return bao_cao


@transaction.atomic
def end_mien(*, bao_cao: BaoCao, by) -> BaoCao:
    """Take a waiver back: the report is expected again. Refused when there is none."""
    bao_cao = lock_bao_cao(bao_cao)
    if not bao_cao.is_mien:
        raise RuleError("Báo cáo này không được miễn nộp.")
    bao_cao.trang_thai, bao_cao.mien_ly_do = BaoCao.TrangThai.MO, ""
    bao_cao.version += 1
    bao_cao.save(update_fields=["trang_thai", "mien_ly_do", "version"])
    add_step(bao_cao, B.BO_MIEN, by)
    record(by=by, hanh_dong="bao_cao.bo_mien", target=bao_cao, ky=bao_cao.ky)
    return bao_cao


def _gia_han(bao_cao: BaoCao, den_ngay: date | None, _: str) -> None:
    day = _ngay(den_ngay)
    if day <= bao_cao.han:
        raise RuleError(f"Hạn đang là {ngay(bao_cao.han)}. Chọn ngày sau đó.", field="den_ngay")
    bao_cao.han = day
    bao_cao.nhan_den = max(bao_cao.nhan_den or day, day)


def _mo_lai(bao_cao: BaoCao, den_ngay: date | None, _: str) -> None:
    day, khoa = _ngay(den_ngay), ngay_khoa(bao_cao)
    if khoa and khoa >= today():
        raise RuleError(
            f"Báo cáo này còn được nhận đến hết {ngay(khoa)}, chưa cần mở lại.", field="loai"
        )
    bao_cao.nhan_den = day


def _mien(bao_cao: BaoCao, _: date | None, ly_do: str) -> None:
    bao_cao.trang_thai, bao_cao.mien_ly_do = BaoCao.TrangThai.MIEN, ly_do


def _ngay(day: date | None) -> date:
    if day is None:
        raise RuleError("Chọn ngày.", field="den_ngay")
    if day < today():
        raise RuleError("Ngày này đã qua.", field="den_ngay")
    return day


_DAT = {B.GIA_HAN: _gia_han, B.MO_LAI: _mo_lai, B.MIEN: _mien}
