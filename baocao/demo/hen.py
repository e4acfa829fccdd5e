"""Called meetings of the branches whose people sign in: one this evening, one in a few days."""

from datetime import date, time, timedelta
from uuid import UUID

from chidoan.models import DiemDanh, TraLoiMoi
from chidoan.moi.services import Hen, create_hen

from . import noi_dung
from .phuong_1 import ChiDoanDemo

HEN = {"Khu vực 3": (0, 31, "demo.chidoan"), "Khu vực 1": (4, 32, "demo.chidoan2")}
"""In how many days, the number that names the meeting, and who calls it."""
TRA_LOI = ("", "", "", "", "di_hoc", "", "-", "", "truc", "-", "", "-", "-", "-", "-")
"""What members answered, in their order: "" comes, "-" nothing yet, else the reason."""


def meetings_to_come(branches: list[ChiDoanDemo], *, accounts: dict, homnay: date) -> None:
    """Each with some answers, so that the pages of an invitation have something to show."""
    for branch in branches:
        if branch.don_vi.ten not in HEN:
            continue
        days, so, username = HEN[branch.don_vi.ten]
        ngay = homnay + timedelta(days=days)
        buoi = create_hen(
            chi_doan=branch.don_vi,
            client_id=UUID(int=so),
            hen=Hen(
                loai="dinh_ky",
                ngay=ngay,
                bat_dau=time(19, 30),
                dia_diem=noi_dung.DIA_DIEM[branch.don_vi.khoi].format(branch.don_vi.ten),
                chu_diem=noi_dung.CHU_DIEM[ngay.month - 1],
            ),
            by=accounts[username],
        )
        TraLoiMoi.objects.bulk_create(_answers(buoi, branch))


def _answers(buoi, branch: ChiDoanDemo):
    """The two who hold the offices come; who works away has not answered."""
    at_home = [row for row in branch.nguoi if not row.di_xa_tu]
    for person, said in zip(at_home, TRA_LOI, strict=False):
        if said != "-":
            reason = DiemDanh.LyDo(said) if said else ""
            yield TraLoiMoi(buoi=buoi, doan_vien=person, du_hop=not said, ly_do=reason)
