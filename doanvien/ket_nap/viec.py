"""What is due about admissions, for home pages: one statement for each list."""

from datetime import date

from django.urls import reverse

from core.text.display import NBSP
from doanvien.models import KetNap
from tochuc.models import DonVi
from tochuc.viec import Viec

T = KetNap.TrangThai
PHUT_MOI_DON = 2


def viec_chi_doan(don_vi: DonVi, day: date) -> list[Viec]:
    """The branch: applications to vote on, refusals to answer, ceremonies to hold."""
    so = KetNap.objects.under(don_vi).dem_trang_thai()
    return [
        row
        for row in (
            _viec(
                so.get(T.TRA_LAI, 0),
                day,
                T.TRA_LAI,
                "Xem lại {} đề nghị kết nạp phường chưa chuẩn y",
                nut="Xem lý do",
                muc="warn",
            ),
            _viec(
                so.get(T.DON, 0),
                day,
                T.DON,
                "Biểu quyết {} đơn xin vào Đoàn",
                nut="Ghi biểu quyết",
            ),
            _viec(
                so.get(T.CHUAN_Y, 0),
                day,
                T.CHUAN_Y,
                "Tổ chức lễ kết nạp cho {} đồng chí",
                nut="Ghi lễ kết nạp",
                icon="flag",
            ),
        )
        if row
    ]


def viec_phuong(don_vi: DonVi, day: date) -> list[Viec]:
    """The ward: proposals of its branches that wait for its resolution, ceremonies to hold."""
    so = KetNap.objects.under(don_vi).dem_trang_thai()
    waiting = so.get(T.CHO_CHUAN_Y, 0)
    found = [
        _viec(
            waiting,
            day,
            T.CHO_CHUAN_Y,
            "Chuẩn y {} đề nghị kết nạp",
            nut="Chuẩn y",
            url=reverse("doanvien:ket_nap_chuan_y"),
            icon="file-check",
        ),
        _viec(
            so.get(T.CHUAN_Y, 0),
            day,
            T.CHUAN_Y,
            "{} đồng chí chờ lễ kết nạp",
            nut="Ghi lễ kết nạp",
            url=reverse("doanvien:ket_nap_le"),
            icon="flag",
        ),
    ]
    return [row for row in found if row]


def _viec(so, day, trang_thai, words, *, nut, muc="info", icon="user-plus", url="") -> Viec | None:
    if not so:
        return None
    return Viec(
        tieu_de=words.format(f"{so}{NBSP}").replace(f"{NBSP} ", NBSP),
        url=url or f"{reverse('doanvien:ket_nap_list')}?trang_thai={trang_thai}",
        icon=icon,
        nut=nut,
        ngay=day,
        muc=muc,
        so_phut=PHUT_MOI_DON * so,
    )
