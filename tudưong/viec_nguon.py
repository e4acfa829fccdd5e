"""Duties around the group itself: proposals, certificates that run out, the plan of the year.

Counted along with those of the register, see `chidoan.viec_so`.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from core.text.display import NBSP
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem

from .models import BoiDuongNhanThuc, DeXuatVaoTo, KeHoachTo, ToTuDuong
from .models.nguon import SAP_HET_HAN


def dem_chi_doan(user, don_vi: DonVi, day: date) -> Iterator[ViecDem]:
    """The branch: proposals that the ward declined, until somebody has read why."""
    if user.may(Quyen.DE_NGHI_HO_SO, don_vi):
        yield _viec(
            DeXuatVaoTo.objects.chua_xem_tra_loi(don_vi),
            "Đọc trả lời về {} đề xuất vào tổ tu dưỡng",
            f"{reverse('tuduong:de_xuat_list')}?trang_thai=khong_nhan",
            "mail",
            "Xem trả lời",
            day,
        )


def dem_phuong(user, don_vi: DonVi, day: date) -> Iterator[ViecDem]:
    """The ward: proposals to answer, certificates that run out; in January groups without a
    plan for the year."""
    if not user.may_at(Quyen.QUAN_LY_TU_DUONG, don_vi):
        return
    yield _viec(
        DeXuatVaoTo.objects.under(don_vi).cho_xet(),
        "Xét {} đề xuất vào tổ tu dưỡng",
        f"{reverse('tuduong:de_xuat_list')}?trang_thai=cho",
        "user-plus",
        "Xem đề xuất",
        day,
    )
    yield _viec(
        BoiDuongNhanThuc.objects.under(don_vi).het_han(day + SAP_HET_HAN),
        "{} giấy chứng nhận nhận thức về Đảng hết hạn, sắp hết hạn",
        f"{reverse('tuduong:nhan_thuc_list')}?tinh_trang=het_han",
        "graduation-cap",
        "Xem danh sách",
        day,
        muc="warn",
        han="hieu_luc_den",
    )
    if day.month == 1:
        plan = KeHoachTo.objects.filter(to=OuterRef("pk"), nam=day.year)
        yield _viec(
            ToTuDuong.objects.under(don_vi).tai_ngay(day).filter(~Exists(plan)),
            f"Lập kế hoạch năm {day.year} của {{}} tổ tu dưỡng",
            reverse("tuduong:to_list"),
            "clipboard-list",
            "Lập kế hoạch",
            day,
            den=date(day.year, 1, 31),
        )


def _viec(rows, words, url, icon, nut, day, *, muc="info", han="", den=None) -> ViecDem:
    """`han` is the rows' own due day, `den` one for all."""

    def viec(so, due):
        return Viec(
            tieu_de=words.format(so).replace(f"{so} ", f"{so}{NBSP}"),
            url=url,
            icon=icon,
            nut=nut,
            han=due or den,
            muc=muc,
            ngay=day,
        )

    return ViecDem(rows=rows, viec=viec, han=han)
