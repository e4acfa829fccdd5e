"""Đoàn phường I: its people and offices, on which meetings, the group and reports hang."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from chidoan.models import ChucVu
from chidoan.services import (
    add_chuc_vu,
    assign_phu_trach,
    end_chuc_vu,
    record_buoi_many,
    set_chu_diem,
)
from core.periods import KyBaoCao
from doanvien.models import DoanVien, QuaTrinh
from doanvien.services import create_many
from tochuc.models import DonVi

from . import noi_dung
from .khung import CHI_DOAN_PHUONG_1, slug
from .nhip import sinh_hoat_thang
from .sinh_hoat import LichHop, NguoiDemo, meetings, monthly
from .ten import May

NOI_LAM_XA = ("Bình Dương", "Đồng Nai", "TP. Hồ Chí Minh", "Cần Thơ", "Long An")
NGUOI_CO_TEN = {
    "Khu vực 3": [("Lê Minh Duy", "nam"), ("Đặng Ngọc Hân", "nu")],
    "Khu vực 1": [("Võ Thanh Trúc", "nu"), ("Trịnh Hoài Phong", "nam"), ("Hồ Thị Yến", "nu")],
}


NHIEM_KY = date(2022, 6, 15)
SO_NAM = 2  # whole years of meetings on record before this one
CON_MO = {"yeu": 3, "Khu vực 3": 2}  # newest resolutions that nobody has finished
THANG_BO = (2, 5, 8, 11)
"""Months of the first year on record in which Khu vực 1, the pilot branch, did not meet yet."""
TY_LE_DAU = 0.35
"""How many of its members at home came in that year."""
CHAM_GHI = {"tot": timedelta(0), "kha": timedelta(days=10)}
TY_LE = {"tot": 0.92, "kha": 0.8, "yeu": 0.5, "ngung": 0.62}


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
    may = May(18, tinh="092", que_quan="Phường I, TP. Vị Thanh, Hậu Giang", dan_toc="Khơ Me")
    branches, rows = [], []
    for ten, khoi, so, suc in CHI_DOAN_PHUONG_1:
        branch = ChiDoanDemo(units[f"phuong-1-{slug(ten)}"], suc)
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


def offices(branches: list[ChiDoanDemo], phuong: DonVi, *, homnay: date, by) -> None:
    """Two for every branch, fifteen in the ward's committee, coaches for all branches but one."""
    for branch in branches:
        for chuc_danh, nguoi in zip(("bi_thu", "pho_bi_thu"), branch.nguoi, strict=False):
            term = add_chuc_vu(
                don_vi=branch.don_vi,
                chuc_danh=chuc_danh,
                doan_vien=nguoi,
                tu_ngay=_nhan_viec(nguoi),
                by=by,
            )
            if branch.khuyet_bi_thu and chuc_danh == "bi_thu":
                den_ngay = homnay - timedelta(days=81)
                end_chuc_vu(chuc_vu=term, den_ngay=den_ngay, ly_do="Đi làm xa", by=by)
    committee = _committee(branches, phuong, by=by)
    for so, branch in enumerate(branches):
        if branch.suc != "yeu":
            assign_phu_trach(
                chi_doan=branch.don_vi,
                chuc_vu=committee[so % len(committee)],
                tu_ngay=date(homnay.year - 1, 1, 5),
                by=by,
            )


def _committee(branches: list[ChiDoanDemo], phuong: DonVi, *, by) -> list[ChucVu]:
    """Secretary and deputy of the ward, two of its standing committee, eleven more."""
    by_name = {nguoi.ho_ten: nguoi for branch in branches for nguoi in branch.nguoi}
    leaders = [("bi_thu", by_name["Trịnh Hoài Phong"]), ("pho_bi_thu", by_name["Hồ Thị Yến"])]
    others = [branch.nguoi[0] for branch in branches if not branch.khuyet_bi_thu][:13]
    titles = ["uy_vien_btv"] * 2 + ["uy_vien"] * 11
    return [
        add_chuc_vu(
            don_vi=phuong, chuc_danh=title, doan_vien=nguoi, tu_ngay=_nhan_viec(nguoi), by=by
        )
        for title, nguoi in [*leaders, *zip(titles, others, strict=True)]
    ]


def _nhan_viec(nguoi: DoanVien) -> date:
    """From the congress on, or once the person has been a member for a while."""
    return max(NHIEM_KY, nguoi.ngay_vao_doan + timedelta(days=200))


def branch_life(branches: list[ChiDoanDemo], phuong: DonVi, *, homnay: date, by) -> None:
    """Themes of the months, and the meetings of two years and of this one up to now."""
    themes = dict(enumerate(noi_dung.CHU_DIEM, 1))
    for nam in range(homnay.year - SO_NAM, homnay.year + 1):
        set_chu_diem(don_vi=phuong, nam=nam, chu_diem=themes, by=by)
    random = Random(24)  # noqa: S311 -- demo data
    rows = []
    for so, branch in enumerate(branches):
        lich = LichHop(
            don_vi=branch.don_vi,
            nguoi=[NguoiDemo(nguoi) for nguoi in branch.nguoi],
            ngay=_days(branch, so, homnay, random),
            ty_le=TY_LE[branch.suc],
            con_mo=CON_MO.get(branch.don_vi.ten, CON_MO.get(branch.suc, 1)),
            han_cuoi=homnay + timedelta(days=5) if branch.don_vi.ten == "Khu vực 1" else None,
        )
        held = list(meetings(lich, random))
        if branch.don_vi.ten == "Khu vực 1":
            held = list(meetings(*_at_first(lich, homnay)))
        rows.extend(held)
    record_buoi_many(rows=rows, don_vi=phuong, by=by)


def _at_first(lich: LichHop, homnay: date) -> tuple[LichHop, Random]:
    """Khu vực 1 as it was when records begin: gaps in the first year, fewer people."""
    first = homnay.year - SO_NAM
    days = [ngay for ngay in lich.ngay if ngay.year > first or ngay.month not in THANG_BO]
    rates = {first: TY_LE_DAU, first + 1: (TY_LE_DAU + lich.ty_le) / 2}
    return replace(lich, ngay=days, ty_le_nam=rates), Random(1)  # noqa: S311 -- demo data


def _days(branch: ChiDoanDemo, so: int, homnay: date, random: Random) -> list[date]:
    """The days a branch met: each month, each quarter when dispersed, with gaps when weak.

    This month's meeting of a good branch is logged the next day, that of a fair one ten days
    later; Khu vực 3, whose secretary signs in, has yet to log it.
    """
    month, months = KyBaoCao(homnay.year - SO_NAM, thang=1), []
    while month.start <= homnay:
        months.append(month)
        month = month.next
    months = [month for month in months if sinh_hoat_thang(branch.don_vi, month.thang)]
    if branch.suc == "yeu":
        months = [month for month in months if random.random() < 0.8]
    if branch.suc == "ngung":
        months = months[:-4]
    logged = KyBaoCao.month_of(homnay).start
    if branch.suc in CHAM_GHI and branch.don_vi.ten != "Khu vực 3":
        logged = homnay - CHAM_GHI[branch.suc]
    return [ngay for ngay in monthly(months, day=5 + so % 14) if ngay < logged]
