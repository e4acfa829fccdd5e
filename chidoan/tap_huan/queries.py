"""Reads of classes: whom to offer, who had no class, what a unit's year comes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Substr

from chidoan.models import ChucVu, HocVien, LopTapHuan, QuyHoach
from chidoan.models.tap_huan import tach_ma
from core.periods import KyBaoCao, today
from tochuc.models import CapDonVi, DonVi

DoiTuong, ChucDanh = LopTapHuan.DoiTuong, ChucVu.ChucDanh
CUA_DOI_TUONG = {
    DoiTuong.BI_THU: ChucDanh.BI_THU,
    DoiTuong.PHO_BI_THU: ChucDanh.PHO_BI_THU,
    DoiTuong.UY_VIEN: ChucDanh.UY_VIEN,
}
NONG_COT = (ChucDanh.BI_THU, ChucDanh.PHO_BI_THU)
"""Whom the norm of a class a year speaks of."""


def ngay_xet(don_vi: DonVi, nam: int) -> date:
    """The day on which a unit's year is looked at: its end, or how far things have come."""
    return min(KyBaoCao(nam).end, don_vi.ngay_so_lieu(today()))


def nam_hien_hanh(don_vi: DonVi) -> int:
    """This year; for a unit whose records stopped, the last one on record."""
    return don_vi.ngay_so_lieu(today()).year


def lop_da_du(nam: int, *, doan_vien: str = "pk"):
    """A subquery for a column "đã dự lớp": how many classes of the year a person attended.

    `doan_vien` leads from the outer row to the member: `rows.annotate(so_lop=lop_da_du(2026))`.
    One attendance of a class is one session of it at least.
    """
    return _so(_du_trong(nam).filter(doan_vien=OuterRef(doan_vien)), "doan_vien")


def _du_trong(nam: int):
    rows = HocVien.objects.da_du().exclude(lop__trang_thai=LopTapHuan.TrangThai.HUY)
    return rows.filter(lop__den_ngay__year=nam)


def _so(rows, field: str):
    grouped = rows.order_by().values(field).annotate(so=Count("pk")).values("so")
    return Coalesce(Subquery(grouped), 0)


def with_lop_da_du(terms, nam: int):
    """Annotate offices with `so_lop`: classes of the year that the holder attended; of a holder
    who is no member, those where unit and name are his."""
    by_name = _du_trong(nam).filter(
        doan_vien__isnull=True, don_vi=OuterRef("don_vi"), ho_ten=OuterRef("ho_ten")
    )
    return terms.annotate(so_lop=lop_da_du(nam, doan_vien="doan_vien") + _so(by_name, "don_vi"))


def can_bo_chi_doan(terms, day: date):
    """Secretaries and deputies of branches on `day`, of branches that exist then; each person
    once a branch."""
    alive = Q(don_vi__ket_thuc__isnull=True) | Q(don_vi__ket_thuc__gte=day)
    rows = terms.filter(alive, don_vi__cap=CapDonVi.CHI_DOAN, chuc_danh__in=NONG_COT)
    return rows.tai_ngay(day).moi_nguoi_mot_lan(day)


def chua_du_lop(terms, nam: int, day: date, toi_thieu: int):
    """Those of the branches' secretaries and deputies who had fewer classes than the norm."""
    return with_lop_da_du(can_bo_chi_doan(terms, day), nam).filter(so_lop__lt=toi_thieu)


@dataclass(frozen=True)
class BaoPhu:
    """How many of a unit's secretaries, or deputies, had a class."""

    co_lop: int = 0
    tong: int = 0

    def __add__(self, other: "BaoPhu") -> "BaoPhu":
        return BaoPhu(self.co_lop + other.co_lop, self.tong + other.tong)


def bao_phu(don_vi: DonVi, nam: int, toi_thieu: int) -> dict[tuple[str, str], BaoPhu]:
    """Coverage by the unit right below (its path) and office, "bi_thu" or "pho_bi_thu". One
    query, however many branches there are."""
    length = len(don_vi.path) + DonVi.steplen
    rows = can_bo_chi_doan(ChucVu.objects.under(don_vi), ngay_xet(don_vi, nam))
    rows = with_lop_da_du(rows, nam).annotate(ben_duoi=Substr("don_vi__path", 1, length))
    counted = (
        rows.order_by()
        .values("ben_duoi", "chuc_danh")
        .annotate(tong=Count("pk"), co=Count("pk", filter=Q(so_lop__gte=toi_thieu)))
    )
    return {(row["ben_duoi"], row["chuc_danh"]): BaoPhu(row["co"], row["tong"]) for row in counted}


def nguoi_de_chon(lop: LopTapHuan, don_vi: DonVi, day: date) -> list[ChucVu]:
    """Holders of offices whom a class is for, in a unit and its branches, by unit and office,
    each with `so_lop` of the year: secretaries of branches, where it says so. One query."""
    meant = tach_ma(lop.doi_tuong)
    wanted = [CUA_DOI_TUONG[ma] for ma in meant or CUA_DOI_TUONG if ma in CUA_DOI_TUONG]
    alive = Q(don_vi__ket_thuc__isnull=True) | Q(don_vi__ket_thuc__gte=day)
    rows = ChucVu.objects.under(don_vi).filter(alive).tai_ngay(day)
    rows = rows.filter(chuc_danh__in=wanted)
    if meant:
        at_branch = Q(don_vi__cap=CapDonVi.CHI_DOAN)
        rows = rows.filter(at_branch | Q(chuc_danh=ChucDanh.UY_VIEN))
    rows = with_lop_da_du(rows, lop.den_ngay.year).select_related("don_vi", "doan_vien")
    return list(rows.order_by("don_vi__path", "chuc_danh", "pk"))


def quy_hoach_de_chon(lop: LopTapHuan, don_vi: DonVi, user) -> list[QuyHoach]:
    """People of the plan, where the class is for them and `user` may read the plan, by branch and
    name, each with `so_lop` of the year. One query."""
    meant = tach_ma(lop.doi_tuong)
    if meant and DoiTuong.QUY_HOACH not in meant:
        return []
    rows = QuyHoach.objects.visible_to(user).con_trong().nguoi_cua(don_vi)
    rows = rows.annotate(so_lop=lop_da_du(lop.den_ngay.year, doan_vien="doan_vien"))
    order = ("doan_vien__chi_doan__path", "doan_vien__khoa_sap_xep", "pk")
    return list(rows.select_related("doan_vien__chi_doan").order_by(*order))


@dataclass(frozen=True)
class DongNam:
    """What classes of a year come to: of a unit, a topic or everything together."""

    ten: str
    so_lop: int = 0
    luot: int = 0
    bi_thu: BaoPhu = BaoPhu()
    pho_bi_thu: BaoPhu = BaoPhu()
    url: str = ""

    def plus(self, luot: int) -> "DongNam":
        return DongNam(
            self.ten, self.so_lop + 1, self.luot + luot, self.bi_thu, self.pho_bi_thu, self.url
        )


def lop_trong_nam(don_vi: DonVi, nam: int) -> list[dict]:
    """Finished classes of a unit and below it: path, topics, attendances. One query."""
    rows = LopTapHuan.objects.under(don_vi).da_xong().trong_ky(KyBaoCao(nam)).with_so_nguoi()
    return list(rows.order_by().values("don_vi__path", "chu_de", "so_du"))


def so_nguoi_du(don_vi: DonVi, nam: int) -> int:
    """People behind the attendances: who came to two classes is one. One query."""
    rows = HocVien.objects.da_du().lop_da_xong().trong_ky(KyBaoCao(nam))
    rows = rows.filter(lop__don_vi__path__startswith=don_vi.path).order_by()
    found = rows.aggregate(
        thanh_vien=Count("doan_vien", distinct=True),
        khac=Count("pk", filter=Q(doan_vien__isnull=True)),
    )
    return found["thanh_vien"] + found["khac"]


def theo_chu_de(classes: Iterable[dict]) -> list[DongNam]:
    """Classes and attendances by topic, the most taught first; a class counts for each of its
    topics."""
    found: dict[str, DongNam] = {}
    for row in classes:
        for ma in tach_ma(row["chu_de"]):
            label = LopTapHuan.ChuDe(ma).label
            found[ma] = found.get(ma, DongNam(label)).plus(row["so_du"])
    return sorted(found.values(), key=lambda row: (-row.so_lop, -row.luot, row.ten))


def theo_don_vi(don_vi: DonVi, units: Iterable[DonVi], classes, covered) -> list[DongNam]:
    """The unit itself, where it held classes, and every unit right below it. No query."""
    own = DongNam(f"{don_vi} tổ chức")
    below = {
        unit.path: DongNam(
            str(unit),
            bi_thu=covered.get((unit.path, ChucDanh.BI_THU), BaoPhu()),
            pho_bi_thu=covered.get((unit.path, ChucDanh.PHO_BI_THU), BaoPhu()),
            url=f"{unit.pk}",
        )
        for unit in units
    }
    length = len(don_vi.path) + DonVi.steplen
    for row in classes:
        path = row["don_vi__path"][:length]
        if path in below:
            below[path] = below[path].plus(row["so_du"])
        elif row["don_vi__path"] == don_vi.path:
            own = own.plus(row["so_du"])
    return ([own] if own.so_lop else []) + list(below.values())


def dang_ky_cua(lop: LopTapHuan, don_vi: DonVi):
    """Who of the unit and below is on the list or waits, by unit and name."""
    rows = lop.hoc_vien.con_ten().under(don_vi).select_related("don_vi")
    return rows.order_by("don_vi__path", "khoa_sap_xep", "pk")
