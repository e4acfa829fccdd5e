"""Admissions held against the rules: which steps are missing ("không chạy theo số lượng").

Asked of the database, so that a list of a whole district can be filtered and counted. Each
step is a column that says whether it is missing; `so_thieu` is how many are.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import (
    Case,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import ExtractDay, ExtractMonth, ExtractYear, TruncDate

from core.periods import KyBaoCao
from doanvien.ket_nap.queries import read_quy_dinh
from doanvien.models import BuocKetNap, KetNap, QuaTrinh
from tochuc.models import DonVi


@dataclass(frozen=True)
class Buoc:
    """One step of an admission: the column that says it is missing, and in words."""

    ma: str
    thieu: str


BUOC: tuple[Buoc, ...] = (
    Buoc("khong_ho_so", "Không có đơn, hồ sơ"),
    Buoc("khong_hoc", "Chưa học Điều lệ Đoàn"),
    Buoc("khong_bieu_quyet", "Chi đoàn chưa biểu quyết"),
    Buoc("khong_so", "Không có số nghị quyết chuẩn y"),
    Buoc("khong_gioi_thieu", "Không ghi người giới thiệu"),
    Buoc("sai_tuoi", "Ngoài độ tuổi kết nạp"),
    Buoc("ghi_sau", "Đơn ghi sau ngày chuẩn y"),
)


def ket_nap_trong(don_vi: DonVi, tu: date, den: date):
    """Admissions of a span under a unit, with a column for each of `BUOC` and `so_thieu`.

    Without a case there is neither application nor class nor vote on record; number and
    introducer may still stand in the register. One query for the settings of the unit.
    """
    rows = QuaTrinh.objects.under(don_vi).chinh_thuc()
    rows = rows.filter(ly_do_bat_dau=QuaTrinh.LyDoBatDau.KET_NAP, tu_ngay__range=(tu, den))
    return _with_steps(rows, don_vi, den)


def ket_nap_nam(don_vi: DonVi, nam: int):
    ky = KyBaoCao(nam)
    return ket_nap_trong(don_vi, ky.start, ky.end)


def thieu_bang_chu(row) -> list[str]:
    """What an annotated admission lacks; that there is no case says the rest of it."""
    missing = [buoc for buoc in BUOC if getattr(row, buoc.ma)]
    if row.khong_ho_so:
        missing = [b for b in missing if b.ma not in ("khong_hoc", "khong_bieu_quyet")]
    return [buoc.thieu for buoc in missing]


def _with_steps(rows, don_vi: DonVi, ngay: date):
    case = KetNap.objects.filter(doan_vien=OuterRef("doan_vien"), ngay_chuan_y=OuterRef("tu_ngay"))
    vote = BuocKetNap.objects.filter(
        ket_nap__doan_vien=OuterRef("doan_vien"),
        ket_nap__ngay_chuan_y=OuterRef("tu_ngay"),
        loai=BuocKetNap.Loai.THONG_QUA,
    )
    learnt = case.filter(ngay_hoc_dieu_le__lte=F("ngay_chuan_y"))
    numbered = case.exclude(so_nghi_quyet="")
    introduced = case.filter(Q(nguoi_gioi_thieu__isnull=False) | ~Q(to_chuc_gioi_thieu=""))
    late = case.annotate(ngay_ghi=TruncDate("tao_luc")).filter(ngay_ghi__gt=F("ngay_chuan_y"))
    rows = rows.annotate(
        ket_nap_pk=Subquery(case.order_by("pk").values("pk")[:1]),
        khong_ho_so=_flag(~Q(Exists(case))),
        khong_hoc=_flag(~Q(Exists(learnt))),
        khong_bieu_quyet=_flag(~Q(Exists(vote))),
        khong_so=_flag(Q(doan_vien__so_nghi_quyet="") & ~Q(Exists(numbered))),
        khong_gioi_thieu=_flag(
            Q(doan_vien__nguoi_gioi_thieu__isnull=True) & ~Q(Exists(introduced))
        ),
        ghi_sau=_flag(Q(Exists(late))),
    )
    rows = _with_age(rows, don_vi, ngay)
    total = F(BUOC[0].ma)
    for buoc in BUOC[1:]:
        total = total + F(buoc.ma)
    return rows.annotate(so_thieu=total).select_related("doan_vien", "chi_doan")


def _with_age(rows, don_vi: DonVi, ngay: date):
    """Too young: before the birthday of the least age (and a day); too old: by the year."""
    quy_dinh = read_quy_dinh(don_vi, ngay)
    youngest = quy_dinh.tuoi_toi_thieu
    born = ExpressionWrapper(
        F("doan_vien__ngay_sinh") + Value(timedelta(days=youngest.days)), DateField()
    )
    rows = rows.alias(
        sinh=_as_number(born) + Value(youngest.years * 10000),
        vao=_as_number(F("tu_ngay")),
        nam_tuoi=ExtractYear("tu_ngay") - ExtractYear("doan_vien__ngay_sinh"),
    )
    too_young, too_old = Q(vao__lt=F("sinh")), Q(nam_tuoi__gt=quy_dinh.tuoi_toi_da)
    return rows.annotate(sai_tuoi=_flag(too_young | too_old))


def _as_number(day):
    """2026-09-05 as 20260905: days compare as numbers on every database."""
    return ExtractYear(day) * 10000 + ExtractMonth(day) * 100 + ExtractDay(day)


def _flag(condition: Q):
    return Case(When(condition, then=1), default=0, output_field=IntegerField())
