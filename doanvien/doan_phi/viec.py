"""What there is to do about dues: this part of the home pages."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse

from core.periods import KyBaoCao
from core.text.display import NBSP
from doanvien.models import MienDoanPhi, NopDoanPhi, PhieuThu
from tochuc.ban_do import ca_da_nhap
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.quy_dinh import ty_le
from tochuc.viec import Viec, ViecDem

from . import queries
from .muc_thu import HAN_NOP, TRICH_NOP
from .tong_hop import ky_nop, ngay_han

KHOA_VIEC = (TRICH_NOP, HAN_NOP)


def dem_chi_doan(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """A branch's people: hand over what was collected until last month, collect this month."""
    if user.may(Quyen.THU_DOAN_PHI, don_vi):
        yield from _nop(don_vi, day, quy_dinh, "lên phường")
        yield _thu(don_vi, day)


def dem_phuong(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """A ward's people, or an office above: remittances to receive and to make, exemptions."""
    if user.may(Quyen.NHAN_DOAN_PHI, don_vi):
        yield _cho_nhan(don_vi, day)
        yield from _nop(don_vi, day, quy_dinh, "lên cấp trên")
    if user.may(Quyen.DUYET_DOAN_VIEN, don_vi):
        yield _cho_xet(don_vi, day)


def _thu(chi_doan: DonVi, day: date) -> ViecDem:
    ky = KyBaoCao.month_of(day)

    def viec(so, _han):
        return Viec(
            tieu_de=f"Thu đoàn phí tháng {ky.thang} của {so}{NBSP}đồng chí",
            han=ky.end,
            url=reverse("doanvien:doan_phi_don_vi", args=[chi_doan.pk]),
            icon="wallet",
            nut="Thu đoàn phí",
            so_phut=1,
            ngay=day,
        )

    return ViecDem(rows=queries.con_no_thang(chi_doan, ky), viec=viec)


def _nop(don_vi: DonVi, day: date, quy_dinh: Mapping, len_dau: str) -> Iterator[ViecDem]:
    """Receipts of the periods that are over and that no remittance covers yet."""
    tu, mau = ty_le(quy_dinh[TRICH_NOP])
    if not tu or don_vi.is_root():
        return
    ky = ky_nop(don_vi, day).previous
    rows = PhieuThu.objects.filter(ca_da_nhap("don_vi__path", don_vi)).chua_nop()
    rows = rows.filter(ngay__lte=ky.end)

    def viec(so, _han):
        return Viec(
            tieu_de=f"Nộp đoàn phí {ky.ten.partition(' năm')[0]} {len_dau}",
            chi_tiet=f"{so}{NBSP}phiếu thu chưa nộp",
            han=ngay_han(quy_dinh[HAN_NOP], ky),
            url=f"{reverse('doanvien:doan_phi_nop', args=[don_vi.pk])}?ky={ky.code}",
            icon="upload",
            nut="Ghi nộp",
            so_phut=1,
            ngay=day,
        )

    # of less than this nothing goes up: shares are whole đồng
    yield ViecDem(rows=rows.tong_tu(-(-mau // tu)), viec=viec)


def _cho_nhan(don_vi: DonVi, day: date) -> ViecDem:
    cap_duoi = "chi đoàn" if don_vi.is_co_so else "cấp dưới"

    def viec(so, _han):
        return Viec(
            tieu_de=f"Nhận {so}{NBSP}khoản đoàn phí {cap_duoi} nộp",
            url=f"{reverse('doanvien:doan_phi_don_vi', args=[don_vi.pk])}#cho-nhan",
            icon="wallet",
            nut="Xem, nhận",
            so_phut=so,
            ngay=day,
        )

    return ViecDem(rows=NopDoanPhi.objects.cho_nhan_tai([don_vi]), viec=viec)


def _cho_xet(don_vi: DonVi, day: date) -> ViecDem:
    def viec(so, _han):
        url = reverse("doanvien:mien_doan_phi_list")
        return Viec(
            tieu_de=f"Xét {so}{NBSP}đề nghị miễn đoàn phí",
            url=f"{url}?trang_thai={MienDoanPhi.TrangThai.DE_NGHI}",
            icon="hand-heart",
            nut="Xét",
            so_phut=2 * so,
            ngay=day,
        )

    return ViecDem(rows=MienDoanPhi.objects.under(don_vi).cho_duyet(), viec=viec)
