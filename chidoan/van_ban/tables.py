from django.urls import reverse

from core.tables import Column, Table
from tochuc.models import VanBan

from .filters import LOAI


def tinh_trang(row: VanBan) -> tuple[str, str, str]:
    """Void, replaced by a later version, or in force."""
    if row.huy_luc:
        return "bad", "x", "Đã hủy"
    if row.moi_nhat != row.phien_ban:
        return "neutral", "history", f"Đã thay bằng bản {row.moi_nhat - row.phien_ban + row.ban}"
    return "ok", "circle-check", "Đang dùng"


def ghi_chu(row: VanBan) -> str:
    return f"Hủy: {row.ly_do_huy}" if row.huy_luc else ""


SO_VAN_BAN_TABLE = Table(
    name="so-van-ban",
    columns=(
        Column(
            label="Số, ký hiệu",
            source="so_ky_hieu",
            link=lambda row: reverse("chidoan:van_ban_open", args=[row.pk]),
            primary=True,
            nowrap=True,
        ),
        Column(label="Ngày", source="ngay", meta=True, sort="ngay", nowrap=True),
        Column(label="Loại", source=lambda row: LOAI.get(row.loai, row.loai)),
        Column(label="Tên văn bản", source="tieu_de", second=ghi_chu, meta=True),
        Column(label="Đơn vị", source="don_vi", meta=True),
        Column(label="Bản", source="ban", numeric=True, meta="bản"),
        Column(label="Tình trạng", source=lambda row: tinh_trang(row)[2], pill=tinh_trang),
        Column(label="Ghi chú", source=ghi_chu, in_page=False),
        Column(label="Mã kiểm tra", source="ma_kiem_tra", in_page=False),
    ),
    empty_text="Sổ chưa có văn bản nào",
    empty_hint="Văn bản vào sổ khi được lập: in biên bản, lập bộ ba văn bản tháng, nộp báo cáo.",
    empty_icon="file-text",
)
