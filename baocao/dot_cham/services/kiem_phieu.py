"""Tallies of the secret vote on a unit's level: by the unit itself, by the committee above."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from baocao.dot_cham.quy_tac import luat_cua
from baocao.dot_cham.quyen import check, may_tham_dinh, may_tu_cham, quyen_tham_dinh
from baocao.models import DongCham, DotCham, KiemPhieuCham
from core.errors import RuleError
from doanvien.nhap_thay import is_nhap_thay
from tochuc.audit import record
from tochuc.bieu_quyet import more_than
from tochuc.permissions import Quyen
from tochuc.quy_dinh import gia_tri_nhieu, ty_le
from tochuc.quy_trinh import check_da_den

from .chung import lock_line

NGUONG, TREN = "cham_diem_nguong_phieu", "cham_diem_phieu_tren"
Ben = KiemPhieuCham.Ben


@dataclass(frozen=True)
class KetQuaPhieu:
    """What was counted: votes for each level, and what was spoilt."""

    ngay: date
    tong_so: int
    co_mat: int
    phieu: Mapping[str, int]
    hong: int = 0


@transaction.atomic
def save_kiem_phieu(*, dong: DongCham, ben: str, ket_qua: KetQuaPhieu, by) -> KiemPhieuCham:
    """Write a tally, or the corrected one in its place, until the result is published.

    The level that passes the majority of the dated setting stands on it, "" when none does. Refused
    for ballots unlike those present, more present than entitled, and days to come.
    """
    dong = lock_line(dong)
    _check_quyen(dong, ben, by)
    if dong.dot.trang_thai not in DotCham.TRUOC_CONG_BO:
        raise RuleError("Kết quả đã công bố hoặc đợt đã hủy, không ghi kiểm phiếu nữa.")
    check_ket_qua(ket_qua, luat_cua(dong.dot).cac_muc)
    rule = gia_tri_nhieu([NGUONG, TREN], ngay=ket_qua.ngay, don_vi=dong.don_vi)
    row, _ = KiemPhieuCham.objects.update_or_create(
        dong=dong,
        ben=ben,
        defaults={
            "ngay": ket_qua.ngay,
            "tong_so": ket_qua.tong_so,
            "co_mat": ket_qua.co_mat,
            "phieu": dict(ket_qua.phieu),
            "hong": ket_qua.hong,
            "muc": muc_qua_ban(ket_qua, ty_le(rule[NGUONG]), getattr(ket_qua, rule[TREN])),
            "ghi_boi": by,
        },
    )
    record(
        by=by,
        hanh_dong="dong_cham.kiem_phieu",
        target=dong,
        ben=ben,
        nhap_thay=ben == Ben.CHI_DOAN and is_nhap_thay(by, dong.don_vi_id),
    )
    return row


def check_ket_qua(ket_qua: KetQuaPhieu, cac_muc) -> None:
    """Refuse a tally that cannot be."""
    check_da_den(ket_qua.ngay)
    if ket_qua.tong_so < 1:
        raise RuleError("Ghi số người được bỏ phiếu.", field="tong_so")
    if not 0 < ket_qua.co_mat <= ket_qua.tong_so:
        raise RuleError(
            f"Có mặt phải từ 1 đến {ket_qua.tong_so}. Ghi lại số có mặt.", field="co_mat"
        )
    if set(ket_qua.phieu) - set(cac_muc) or min([*ket_qua.phieu.values(), ket_qua.hong]) < 0:
        raise RuleError("Ghi số phiếu cho từng mức của bộ tiêu chí.")
    total = sum(ket_qua.phieu.values()) + ket_qua.hong
    if total != ket_qua.co_mat:
        raise RuleError(
            f"Cộng các mức và phiếu không hợp lệ được {total}, khác số có mặt {ket_qua.co_mat}.",
            field="hong",
        )


def muc_qua_ban(ket_qua: KetQuaPhieu, nguong: tuple[int, int], tren: int) -> str:
    """The level with more than the fraction of `tren`; "" where the vote decided none."""
    passed = (muc for muc, so in ket_qua.phieu.items() if more_than(so, tren, nguong))
    return next(passed, "")


def _check_quyen(dong: DongCham, ben: str, by) -> None:
    if by is None:
        return
    if ben == Ben.CHI_DOAN:
        check(may_tu_cham(by, dong), Quyen.TU_CHAM_DIEM)
    else:
        check(may_tham_dinh(by, dong), quyen_tham_dinh(dong.dot))
