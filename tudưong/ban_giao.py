"""What a branch's secretary hands over of cultivation and referral; see chidoan.ban_giao.phan."""

from collections.abc import Iterator
from datetime import date

from chidoan.ban_giao.phan import Phan
from chidoan.ban_giao.so_lieu import cau_viec, nguoi_giu_chuc
from core.text.numbers import date_short
from tochuc.models import DonVi

from .models import DeXuatVaoTo, HoSo, ThanhVienTo
from .viec import viec_can_lam


def phan_tu_duong(don_vi: DonVi, ngay: date) -> Iterator[Phan]:
    yield Phan(
        ten="Bồi dưỡng, giới thiệu đoàn viên ưu tú vào Đảng",
        cau=(
            *_cases(don_vi),
            *_places(don_vi, ngay),
            *_proposals(don_vi),
            *_duties(don_vi, ngay),
        ),
        trong="Không có đồng chí nào trong tổ tu dưỡng, không có hồ sơ đang mở.",
    )


def _cases(don_vi: DonVi) -> Iterator[str]:
    rows = HoSo.objects.filter(chi_doan=don_vi).dang_mo().select_related("doan_vien")
    for row in rows.order_by("ngay_mo", "pk"):
        stage, since = row.get_trang_thai_display().lower(), date_short(row.ngay_buoc)
        yield f"Hồ sơ {row.ma}, đồng chí {row.doan_vien}: {stage} từ {since}."


def _places(don_vi: DonVi, ngay: date) -> Iterator[str]:
    rows = ThanhVienTo.objects.tai_ngay(ngay).filter(chi_doan=don_vi)
    for row in rows.select_related("to", "doan_vien").order_by("tu_ngay", "pk"):
        yield f"Đồng chí {row.doan_vien} tham gia {row.to.ten} từ {date_short(row.tu_ngay)}."


def _proposals(don_vi: DonVi) -> Iterator[str]:
    rows = DeXuatVaoTo.objects.cho_xet().filter(chi_doan=don_vi).select_related("doan_vien")
    for row in rows.order_by("ngay", "pk"):
        yield (
            f"Đề xuất đồng chí {row.doan_vien} vào tổ tu dưỡng, họp ngày {date_short(row.ngay)}: "
            "chờ Đoàn cơ sở xét."
        )


def _duties(don_vi: DonVi, ngay: date) -> Iterator[str]:
    return (cau_viec(duty) for duty in viec_can_lam(nguoi_giu_chuc(don_vi), ngay))
