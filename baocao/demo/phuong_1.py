"""Đoàn phường I: its people and offices, on which meetings, the group and reports hang."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from doanvien.models import DoanVien, QuaTrinh
from doanvien.services import create_many
from tochuc.models import DonVi

from .khung import CHI_DOAN_PHUONG_1, _slug
from .ten import May

NOI_LAM_XA = ("Bình Dương", "Đồng Nai", "TP. Hồ Chí Minh", "Cần Thơ", "Long An")
NGUOI_CO_TEN = {
    "Khu vực 3": [("Lê Minh Duy", "nam"), ("Đặng Ngọc Hân", "nu")],
    "Khu vực 1": [("Võ Thanh Trúc", "nu"), ("Trịnh Hoài Phong", "nam"), ("Hồ Thị Yến", "nu")],
}


@dataclass
class ChiDoanDemo:
    """A branch of the story: the unit, how it is doing, and who belongs to it."""

    don_vi: DonVi
    suc: str
    nguoi: list[DoanVien] = field(default_factory=list)

    @property
    def khuyet_bi_thu(self) -> bool:
        return self.suc == "ngung"


def build_people(units: dict[str, DonVi], *, homnay: date, by) -> list[ChiDoanDemo]:
    """Members of every branch of Phường I, entered in one go; residential ones partly away."""
    may = May(18, tinh="092", que_quan="Phường I, TP. Vị Thanh, Hậu Giang")
    branches, rows = [], []
    for ten, khoi, so, suc, _ in CHI_DOAN_PHUONG_1:
        branch = ChiDoanDemo(units[f"phuong-1-{_slug(ten)}"], suc)
        branch.nguoi = [
            _nguoi(may, branch, thu_tu, khoi=khoi, homnay=homnay) for thu_tu in range(so)
        ]
        rows += [
            (nguoi, nguoi.ngay_vao_doan, QuaTrinh.LyDoBatDau.KET_NAP) for nguoi in branch.nguoi
        ]
        branches.append(branch)
    create_many(rows=rows, don_vi=units["phuong-1"], by=by, hanh_dong="doan_vien.create")
    return branches


def _nguoi(may: May, branch: ChiDoanDemo, thu_tu: int, *, khoi: str, homnay: date) -> DoanVien:
    """The first two of a branch are its older hands; a few of the last are new this year."""
    gan_day = thu_tu >= 4 and thu_tu % 6 == 4
    nam = homnay.year
    sinh = (
        (date(nam - 20, 1, 1), date(nam - 17, 1, 1))
        if gan_day
        else (date(nam - 29, 1, 1), date(nam - 20, 1, 1))
    )
    vao_doan = (
        (homnay - timedelta(days=300), homnay - timedelta(days=20))
        if gan_day
        else (date(nam - 12, 3, 26), date(nam - 3, 12, 1))
    )
    fields = {"noi_o": f"Khu vực {1 + thu_tu % 10}, phường I"}
    co_ten = NGUOI_CO_TEN.get(branch.don_vi.ten, [])
    if thu_tu < len(co_ten):
        fields |= {"ho_ten": co_ten[thu_tu][0], "gioi_tinh": co_ten[thu_tu][1]}
        sinh = (date(nam - 28, 1, 1), date(nam - 25, 1, 1))
    if khoi == "dan_cu" and thu_tu >= 3 and thu_tu % 4 == 3:
        fields |= {
            "di_xa_tu": may.ngay(homnay - timedelta(days=900), homnay - timedelta(days=60)),
            "di_xa_noi": may.random.choice(NOI_LAM_XA),
        }
    fields["chuc_vu"] = {0: "Bí thư chi đoàn", 1: "Phó Bí thư chi đoàn"}.get(thu_tu, "Đoàn viên")
    fields["huong_luong"] = khoi in ("llvt", "truong_hoc", "co_quan")
    return may.nguoi(chi_doan=branch.don_vi, sinh=sinh, vao_doan=vao_doan, **fields)
