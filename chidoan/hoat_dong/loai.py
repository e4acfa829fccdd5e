"""Kinds of activity: in which unit each is measured, and how papers say it."""

from dataclasses import dataclass
from decimal import Decimal

from chidoan.models import HoatDong
from core.text.numbers import decimal

Loai = HoatDong.Loai


@dataclass(frozen=True)
class DonViTinh:
    """What `so_luong` counts: its unit, and the question that a form asks.

    A measure has decimals; a count is whole.
    """

    ten: str
    hoi: str
    so_le: bool = False


DON_VI_TINH: dict[str, DonViTinh] = {
    Loai.HIEN_MAU: DonViTinh("đơn vị máu", "Số đơn vị máu đã hiến"),
    Loai.TRONG_CAY: DonViTinh("cây", "Số cây đã trồng"),
    Loai.DUONG: DonViTinh("km", "Số km đường đã làm", so_le=True),
    Loai.CAU: DonViTinh("cây cầu", "Số cây cầu đã làm"),
    Loai.NHA_NHAN_AI: DonViTinh("căn", "Số căn nhà đã trao"),
    Loai.CHINH_SACH: DonViTinh("lượt", "Số lượt gia đình được thăm"),
    Loai.HUONG_DAN_SO: DonViTinh("lượt", "Số lượt người được hướng dẫn"),
    Loai.SANG_TAO: DonViTinh("ý tưởng", "Số ý tưởng, sáng kiến"),
    Loai.OCOP: DonViTinh("sản phẩm", "Số sản phẩm OCOP được số hóa"),
    Loai.QR_DIA_CHI_DO: DonViTinh("mã", "Số mã QR địa chỉ đỏ đã gắn"),
    Loai.HUONG_NGHIEP: DonViTinh("người", "Số người được tư vấn, giới thiệu việc làm"),
    Loai.HOC_BONG: DonViTinh("suất", "Số suất học bổng"),
    Loai.THIEU_NHI: DonViTinh("em", "Số em được giúp"),
    Loai.HOI_VIEN: DonViTinh("hội viên", "Số hội viên mới"),
}
"""Kinds that are measured; of the others each activity counts as one."""


def don_vi_tinh(loai: str) -> DonViTinh | None:
    return DON_VI_TINH.get(loai)


def so_luong_bang_chu(loai: str, so_luong: Decimal | None) -> str:
    """ "50 cây", "1,25 km"; nothing for a kind that is not measured."""
    unit = don_vi_tinh(loai)
    if unit is None or so_luong is None:
        return ""
    return f"{doc_so(so_luong)} {unit.ten}"


def doc_so(value: Decimal) -> str:
    """With a comma and dots, without idle zeros: 1.250, 0,5."""
    text = decimal(float(value), 2)
    return text.rstrip("0").rstrip(",")
