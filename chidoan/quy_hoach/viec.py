"""What there is to do about people for offices: this part of the home pages."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse

from chidoan.models import CuCanBo, DeNghiNhanSu, QuyHoach
from core.text.display import NBSP
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem

from .filters import SAP_HET

KHOA_RA_SOAT = "quy_hoach_ra_soat"
KHOA_VIEC = (KHOA_RA_SOAT,)


def dem_phuong(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """Proposals that wait for an answer or for their office; late in the year, candidates that
    nobody has looked at; postings that run out within a month."""
    if user.may(Quyen.PHAN_CONG_PHU_TRACH, don_vi):
        rows = DeNghiNhanSu.objects.under(don_vi).cho_ghi_chuc_vu()
        words = "Ghi chức vụ {} đồng chí đã đồng ý"
        yield _viec(rows, words, "de_nghi_nhan_su_list", "cho_ghi", "Ghi", day)
    if not user.may(Quyen.QUAN_LY_CAN_BO, don_vi):
        return
    rows = DeNghiNhanSu.objects.under(don_vi).cho_tra_loi()
    words = "Trả lời {} đề nghị nhân sự của chi đoàn"
    yield _viec(rows, words, "de_nghi_nhan_su_list", "cho", "Trả lời", day, muc="warn")
    if day.month >= quy_dinh[KHOA_RA_SOAT]:
        rows = QuyHoach.objects.under(don_vi).chua_ra_soat(day.year)
        words = f"Rà soát quy hoạch năm {day.year}: {{}} đồng chí"
        yield _viec(rows, words, "quy_hoach_list", "chua_ra_soat", "Rà soát", day)
    ending = CuCanBo.objects.under(don_vi).tai_ngay(day).het_han_truoc(day + SAP_HET)
    words = "{} đồng chí cử về địa bàn sắp hết hạn"
    yield _viec(ending, words, "cu_can_bo_list", "sap_het", "Xem", day, han="den_ngay")


def _viec(rows, words, page, state, nut, day, *, muc="neutral", han="") -> ViecDem:
    def viec(so, due):
        return Viec(
            tieu_de=words.replace("{} ", f"{so}{NBSP}"),
            url=f"{reverse(f'chidoan:{page}')}?tinh_trang={state}",
            han=due,
            icon="user-check",
            nut=nut,
            muc=muc,
            ngay=day,
        )

    return ViecDem(rows=rows, viec=viec, han=han)
