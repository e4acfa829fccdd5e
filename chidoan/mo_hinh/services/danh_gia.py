"""The quarterly review: its words, and what it froze."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from chidoan.mo_hinh.queries import NhomTrang, cam_ket, mot_cong_mot
from chidoan.mo_hinh.quy_tac import check_ngay_danh_gia, check_quy
from chidoan.models import DanhGiaMoHinh, MoHinh
from core.errors import RuleError, StaleError
from core.periods import KyBaoCao, today
from tochuc.audit import record

from .mo_hinh import lock

TRUONG = ("ngay", "viec_truoc", "ket_qua", "han_che", "viec_tiep", "muc")


@transaction.atomic
def save_danh_gia(
    *,
    mo_hinh: MoHinh,
    ky: KyBaoCao,
    values: Mapping[str, Any],
    so_lieu: Sequence[Mapping[str, Any]],
    so_lieu_den: date,
    version: int = 0,
    chot_lai: bool = False,
    by,
) -> DanhGiaMoHinh:
    """Review a quarter. At first, and with `chot_lai`, the figures handed over (`so_lieu`, as
    they stood on `so_lieu_den`) and the state of the checks are frozen in it.

    Refused before the quarter's last month, when the initiative did not run in it, without a
    result. `version` is the one the form showed (0: none yet); StaleError when somebody was
    faster.
    """
    mo_hinh = lock(mo_hinh)
    check_quy(mo_hinh.tu_ngay, mo_hinh.den_ngay, ky, today())
    check_ngay_danh_gia(ky, values["ngay"], today())
    if not values["ket_qua"].strip():
        raise RuleError("Ghi kết quả đạt được trong quý.", field="ket_qua")
    row = DanhGiaMoHinh.objects.filter(mo_hinh=mo_hinh, ky=ky.code).first()
    if row and row.version != version:
        raise StaleError("Có người vừa ghi đánh giá quý này.", current=row)
    is_new = row is None
    row = row or DanhGiaMoHinh(mo_hinh=mo_hinh, ky=ky.code, version=0)
    for name in TRUONG:
        value = values[name]
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    if is_new or chot_lai:
        row.chot, row.chot_ngay = freeze(mo_hinh, ky, so_lieu), so_lieu_den
    row.version, row.ghi_boi = row.version + 1, by
    row.save()
    action = "create" if is_new else "update"
    record(by=by, hanh_dong=f"danh_gia_mo_hinh.{action}", target=mo_hinh, ky=ky.code)
    return row


@transaction.atomic
def delete_danh_gia(*, danh_gia: DanhGiaMoHinh, by) -> None:
    """Take a review away: its checks may be ticked again."""
    row = DanhGiaMoHinh.objects.filter(pk=danh_gia.pk).select_related("mo_hinh").first()
    if row is None:
        return  # somebody was faster
    record(by=by, hanh_dong="danh_gia_mo_hinh.delete", target=row.mo_hinh, ky=row.ky)
    row.delete()


def freeze(mo_hinh: MoHinh, ky: KyBaoCao, so_lieu: Sequence[Mapping[str, Any]]) -> dict:
    """What a review keeps: figures, checks with their evidence, and "1+1" so far."""
    groups = cam_ket(mo_hinh, ky)
    frozen = {"so_lieu": [dict(row) for row in so_lieu], "cam_ket": [_group(g) for g in groups]}
    if any(group.nhom.is_dem for group in groups):
        counted = mot_cong_mot(mo_hinh, ky.nam)
        frozen["mot_cong_mot"] = {
            "so_nguoi": counted.so_nguoi,
            "so_doan_vien": counted.so_doan_vien,
            "so_ket_nap": counted.so_ket_nap,
            "den": counted.den.isoformat(),
        }
    return frozen


def _group(group: NhomTrang) -> dict:
    return {
        "nhom": group.nhom.ten,
        "dem": group.nhom.is_dem,
        "muc": [
            {
                "ten": row.muc.noi_dung,
                "muc_do": row.muc_do,
                "ghi_chu": row.ket_qua.ghi_chu if row.ket_qua else "",
            }
            for row in group.dong
        ],
    }
