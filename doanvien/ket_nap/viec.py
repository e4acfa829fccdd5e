"""What there is to do about admissions: this part of the home pages."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse

from core.text.display import NBSP
from doanvien.models import KetNap
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem

T = KetNap.TrangThai
PHUT_MOI_DON = 2


def dem_chi_doan(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """The branch: refusals to answer, applications to vote on, ceremonies to hold."""
    if user.may(Quyen.SUA_DOAN_VIEN, don_vi):
        yield _viec(
            don_vi, day, T.TRA_LAI, "Xem lại {} đề nghị kết nạp phường chưa chuẩn y",
            nut="Xem lý do", muc="warn",
        )  # fmt: skip
        yield _viec(don_vi, day, T.DON, "Biểu quyết {} đơn xin vào Đoàn", nut="Ghi biểu quyết")
        yield _viec(
            don_vi, day, T.CHUAN_Y, "Tổ chức lễ kết nạp cho {} đồng chí",
            nut="Ghi lễ kết nạp", url=reverse("doanvien:ket_nap_le"), icon="flag",
        )  # fmt: skip


def dem_phuong(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """The ward: proposals that wait for its resolution, ceremonies to hold."""
    if user.may(Quyen.DUYET_DOAN_VIEN, don_vi):
        yield _viec(
            don_vi, day, T.CHO_CHUAN_Y, "Chuẩn y {} đề nghị kết nạp",
            nut="Chuẩn y", url=reverse("doanvien:ket_nap_chuan_y"), icon="file-check",
        )  # fmt: skip
        yield _viec(
            don_vi, day, T.CHUAN_Y, "{} đồng chí chờ lễ kết nạp",
            nut="Ghi lễ kết nạp", url=reverse("doanvien:ket_nap_le"), icon="flag", muc="neutral",
        )  # fmt: skip


def _viec(don_vi, day, trang_thai, words, *, nut, muc="info", icon="user-plus", url=""):
    def viec(so, _han):
        return Viec(
            tieu_de=words.replace("{} ", f"{so}{NBSP}"),
            url=url or f"{reverse('doanvien:ket_nap_list')}?trang_thai={trang_thai}",
            icon=icon,
            nut=nut,
            ngay=day,
            muc=muc,
            so_phut=PHUT_MOI_DON * so,
        )

    return ViecDem(rows=KetNap.objects.under(don_vi).trang_thai_la(trang_thai), viec=viec)
