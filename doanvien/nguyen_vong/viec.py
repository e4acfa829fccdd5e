"""What a branch or a ward has to do about hopes and concerns: this part of the home page."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse

from doanvien.models import NguyenVong
from tochuc.models import DonVi
from tochuc.viec import Viec

SAP_DEN_HAN = timedelta(days=7)


def viec_chi_doan(chi_doan: DonVi, day: date) -> Iterator[Viec]:
    """Open matters that the branch settles itself, once one is due within a week. One query."""
    rows = NguyenVong.objects.filter(
        chi_doan=chi_doan, noi_giai_quyet=NguyenVong.NoiGiaiQuyet.CHI_DOAN
    )
    yield from _duty(rows, day, "noi_giai_quyet=tai_chi_doan&tinh_trang=mo", all_open=False)


def viec_phuong(phuong: DonVi, day: date) -> Iterator[Viec]:
    """Matters that branches handed up and that wait for the ward. One query."""
    rows = NguyenVong.objects.under(phuong).cho_phuong()
    yield from _duty(rows, day, "noi_giai_quyet=len_phuong&tinh_trang=mo", all_open=True)


def _duty(rows, day: date, query: str, *, all_open: bool) -> Iterator[Viec]:
    soon = Q(han__lte=day + SAP_DEN_HAN)
    found = rows.con_mo().aggregate(
        mo=Count("pk"), gap=Count("pk", filter=soon), han=Min("han", filter=soon)
    )
    count = found["mo"] if all_open else found["gap"]
    if not count:
        return
    yield Viec(
        tieu_de=f"{'Trả lời' if all_open else 'Giải quyết'} {count} nguyện vọng của đoàn viên",
        han=found["han"],
        url=f"{reverse('doanvien:nguyen_vong_list')}?{query}",
        icon="message-square-text",
        nut="Mở",
        muc="info",
        ngay=day,
    )
