"""Gaps by branch, and the pool of people in which candidates are looked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    IntegerField,
    OuterRef,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from chidoan.models import ChiDoan, ChucVu, CuCanBo, QuyHoach
from chidoan.models.quy_hoach import ViTri
from chidoan.tap_huan.queries import lop_da_du
from doanvien.models import DoanVien, NguonCanBo, QuaTrinh, XepLoai
from tochuc.models import DonVi, KhoiChiDoan
from tochuc.quy_dinh import gia_tri_nhieu

from .khuyet import NguongNhanSu, Thieu, TinhHinhNhanSu, tim_thieu

KHOA_NHAN_SU = ("quy_hoach_truong_thanh", "quy_hoach_het_nhiem_ky", "tuoi_truong_thanh")


@dataclass(frozen=True)
class DongNhanSu:
    """One branch with its people and its gaps."""

    chi_doan: ChiDoan
    bi_thu: DoanVien | None
    thieu: dict[str, Thieu]

    @property
    def ten_bi_thu(self) -> str:
        return self.bi_thu.ho_ten if self.bi_thu else ""


def nhan_su_chi_doan(don_vi: DonVi, day: date) -> list[DongNhanSu]:
    """Every branch of a ward, those with most and gravest gaps first. Three queries."""
    nguong = nguong_tu(gia_tri_nhieu(list(KHOA_NHAN_SU), ngay=day, don_vi=don_vi))
    branches = list(_branches(don_vi, day))
    pks = [row.bi_thu_pk for row in branches if row.bi_thu_pk]
    secretaries = DoanVien.objects.in_bulk(pks)
    rows = [_dong(row, secretaries.get(row.bi_thu_pk), day, nguong) for row in branches]
    return sorted(rows, key=lambda row: (-_gravity(row), row.chi_doan.path))


def nguong_tu(settings: Mapping) -> NguongNhanSu:
    return NguongNhanSu(
        thang_den_tuoi=settings["quy_hoach_truong_thanh"],
        thang_nhiem_ky=settings["quy_hoach_het_nhiem_ky"],
        tuoi=settings["tuoi_truong_thanh"],
    )


def nguon_can_bo(people, *, day: date, quy_hoach, chi_doan: DonVi | None = None):
    """Members among whom a candidate is looked for, the likeliest first: of the branch itself,
    rated well last year, of several sources. Annotates what a row says about that; of the plan,
    what the rows `quy_hoach` say."""
    sources = NguonCanBo.objects.filter(doan_vien=OuterRef("pk")).order_by()
    rated = XepLoai.objects.filter(doan_vien=OuterRef("pk"), nam=day.year - 1)
    level = Subquery(rated.values("muc")[:1])
    own = Case(When(chi_doan=chi_doan, then=0), default=1) if chi_doan else Value(0)
    return (
        people.dang_sinh_hoat()
        .co_chi_doan()
        .prefetch_related("nguon")
        .annotate(
            so_nguon=_count(sources, "doan_vien"),
            muc_truoc=level,
            trong_quy_hoach=Exists(quy_hoach.con_trong().filter(doan_vien=OuterRef("pk"))),
            so_lop=lop_da_du(day.year, doan_vien="pk"),
            giu_chuc=Subquery(_held(day).filter(doan_vien=OuterRef("pk")).values("chuc_danh")[:1]),
            xep=own,
            diem=Case(
                When(muc_truoc=XepLoai.Muc.XUAT_SAC, then=0),
                When(muc_truoc=XepLoai.Muc.TOT, then=1),
                default=2,
                output_field=IntegerField(),
            ),
        )
        .order_by("xep", "diem", "-so_nguon", "khoa_sap_xep", "pk")
    )


def dem_theo_nguon(people) -> list[tuple[str, int]]:
    """(source, members) of these people. One query."""
    rows = NguonCanBo.objects.filter(doan_vien__in=people.order_by().values("pk"))
    found = rows.order_by().values("ma").annotate(so=Count("pk"))
    return [(row["ma"], row["so"]) for row in found]


def nguoi_de_nghi(chi_doan: DonVi, day: date):
    """Who may be proposed: everybody who belongs to the branch or takes part in it."""
    here = QuaTrinh.objects.tai_ngay(day).filter(chi_doan=chi_doan)
    people = DoanVien.objects.co_chi_doan().filter(pk__in=here.values("doan_vien"))
    return people.order_by("khoa_sap_xep", "pk")


def nguoi_de_cu(user, quyen):
    """Members of branches that are not residential, where the person holds the right."""
    people = DoanVien.objects.permitted_to(user, quyen).dang_sinh_hoat().co_chi_doan()
    return people.exclude(chi_doan__khoi=KhoiChiDoan.DAN_CU).order_by("khoa_sap_xep", "pk")


def dang_giu_chuc(row: CuCanBo, day: date) -> ChucVu | None:
    """The office that somebody who was posted holds at that branch. One query."""
    terms = ChucVu.objects.tai_ngay(day)
    return terms.filter(doan_vien=row.doan_vien_id, don_vi=row.don_vi_id).first()


def _branches(don_vi: DonVi, day: date):
    branches = ChiDoan.objects.under(don_vi).dang_hoat_dong(day).with_bi_thu(day).order_by("path")
    held = _held(day).filter(don_vi=OuterRef("pk"))
    planned = QuyHoach.objects.con_trong().filter(don_vi=OuterRef("pk"))
    people = DoanVien.objects.dang_sinh_hoat().filter(chi_doan=OuterRef("pk"))
    present = people.exclude(pk__in=DoanVien.objects.di_lam_xa(day).order_by().values("pk"))
    sources = present.filter(Exists(NguonCanBo.objects.filter(doan_vien=OuterRef("pk"))))
    secretary = held.filter(chuc_danh=ViTri.BI_THU)
    return branches.annotate(
        co_pho=Exists(held.filter(chuc_danh=ViTri.PHO_BI_THU))
        | Exists(people.filter(chuc_vu__startswith="Phó Bí thư")),
        so_ung_vien=_count(planned, "don_vi"),
        so_nguon=_count(sources, "chi_doan"),
        het_nhiem_ky=Subquery(
            secretary.values(han=Coalesce("den_ngay", "han_nhiem_ky"))[:1],
            output_field=DateField(),
        ),
    )


def _held(day: date):
    return ChucVu.objects.tai_ngay(day).filter(chuc_danh__in=ViTri.values).order_by("-tu_ngay")


def _dong(branch, secretary: DoanVien | None, day: date, nguong: NguongNhanSu) -> DongNhanSu:
    is_away = secretary is not None and secretary.is_di_lam_xa(day)
    state = TinhHinhNhanSu(
        day=day,
        co_bi_thu=secretary is not None,
        co_pho=branch.co_pho,
        so_ung_vien=branch.so_ung_vien,
        so_nguon=branch.so_nguon,
        bi_thu_sinh=secretary.ngay_sinh if secretary else None,
        di_xa_tu=secretary.di_xa_tu if is_away else None,
        het_nhiem_ky=branch.het_nhiem_ky,
    )
    return DongNhanSu(branch, secretary, tim_thieu(state, nguong))


def _gravity(row: DongNhanSu) -> int:
    return sum(10 if gap.muc == "bad" else 1 for gap in row.thieu.values())


def _count(rows, field: str):
    grouped = rows.order_by().values(field).annotate(so=Count("pk")).values("so")
    return Coalesce(Subquery(grouped), 0)
