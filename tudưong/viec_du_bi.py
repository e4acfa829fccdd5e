"""The duty to remark on probationary Party members, counted along with those of the register."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse

from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem

from .models import HoSo
from .thang import add_months


def dem_phuong(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """The ward: from some months after admission on, until the remark is issued."""
    if not user.may(Quyen.LAP_HO_SO, don_vi):
        return
    moc = add_months(day, -int(quy_dinh["nhan_xet_du_bi_sau"]))

    def viec(so: int, _han) -> Viec:
        return Viec(
            tieu_de=f"Nhận xét {so} đảng viên dự bị",
            chi_tiet="trước khi chi bộ xét công nhận chính thức",
            url=f"{reverse('tuduong:ho_so_list')}?mo=nhan_xet",
            icon="file-check",
            nut="Xem hồ sơ",
            so_phut=15 * so,
            muc="info",
            ngay=day,
        )

    yield ViecDem(rows=HoSo.objects.under(don_vi).cho_nhan_xet_du_bi(moc), viec=viec)
