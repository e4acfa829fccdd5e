"""Who owes a month, asked inside the database: what `queries.doc_thang` finds, as conditions.

A month is owed at the branch of the member's first official period that touches it, where that
branch has opened its book, its records go on, nobody paid the month and no exemption covers it.
"""

from datetime import date
from functools import cache

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Length

from core.periods import KyBaoCao
from doanvien.models import DoanPhi, DoanVien, MienDoanPhi, QuaTrinh
from tochuc.models import QuyDinh
from tochuc.quy_dinh import KHOA

from .muc_thu import HUONG_LUONG, KHONG_LUONG
from .quy_tac import cac_thang


def cham(tu: date, den: date) -> Q:
    """Official periods that touch the months from `tu` to `den`."""
    return Q(
        Q(den_ngay__isnull=True) | Q(den_ngay__gte=tu),
        loai=QuaTrinh.Loai.CHINH_THUC,
        tu_ngay__lte=KyBaoCao.month_of(den).end,
    )


@cache
def no(thang: date) -> Q:
    """Membership periods whose member owes the month at their branch. Nothing of it depends on
    the day, so that it is put together once for a month."""
    own = {"doan_vien": OuterRef("doan_vien")}
    before = Q(tu_ngay__lt=OuterRef("tu_ngay")) | Q(
        tu_ngay=OuterRef("tu_ngay"), pk__lt=OuterRef("pk")
    )
    settled = (
        QuaTrinh.objects.filter(cham(thang, thang), before, **own),
        DoanPhi.objects.con_hieu_luc().filter(thang=thang, **own),
        MienDoanPhi.objects.duoc_mien().giao_voi(thang, thang).filter(**own),
    )
    stop = "chi_doan__so_lieu_den"
    return Q(
        cham(thang, thang),
        Q(**{f"{stop}__isnull": True}) | Q(**{f"{stop}__gte": thang}),
        ~Q(doan_vien__trang_thai=DoanVien.TrangThai.TU_TRAN),
        *(~Exists(rows.order_by()) for rows in settled),
        chi_doan__so_thu_doan_phi__tu_thang__lte=thang,
    )


def con_no_thang(thang: date) -> QuerySet:
    """Those periods with `thang` and the amount owed for it, `so_tien`."""
    rows = QuaTrinh.objects.filter(no(thang))
    return rows.annotate(thang=Value(thang, DateField()), so_tien=muc(thang))


def con_no_trong(tu: date, den: date) -> QuerySet:
    """Periods that owe some month begun in the span: `so_tien` in all, `no_<month>` for each."""
    months = {f"no_{thang:%Y%m}": thang for thang in cac_thang(tu, den) if thang >= tu}
    owed = Q(pk__in=[])
    for thang in months.values():
        owed |= no(thang)
    amounts = {
        name: Case(When(no(thang), then=muc(thang)), default=0) for name, thang in months.items()
    }
    total = sum((F(name) for name in months), Value(0))
    return QuaTrinh.objects.filter(owed).annotate(**amounts).annotate(so_tien=total)


def thang_no(row) -> list[date]:
    """The months that a row of `con_no_trong` owes."""
    owed = (name for name, amount in vars(row).items() if name.startswith("no_2") and amount)
    return [date(int(name[3:7]), int(name[7:]), 1) for name in sorted(owed)]


def muc(thang: date):
    """What the member of a period owes for a month: the rate of the nearest unit, else shipped."""
    tu = "doan_vien__huong_luong_tu"
    as_now = Q(**{f"{tu}__isnull": True}) | Q(**{f"{tu}__lte": thang})
    luong = Q(as_now, doan_vien__huong_luong=True) | Q(~as_now, doan_vien__huong_luong=False)
    return Case(
        When(luong, then=_gia_tri(HUONG_LUONG, thang)), default=_gia_tri(KHONG_LUONG, thang)
    )


def _gia_tri(ma: str, ngay: date):
    rows = QuyDinh.objects.filter(ma=ma, tu_ngay__lte=ngay).annotate(
        so=Cast("gia_tri", IntegerField()), noi=Coalesce("don_vi__path", Value(""))
    )
    here = rows.annotate(o=ExpressionWrapper(OuterRef("chi_doan__path"), CharField())).filter(
        o__startswith=F("noi")
    )
    found = here.order_by(Length("noi").desc(), "-tu_ngay", "-pk").values("so")[:1]
    shipped = max((moc for moc in KHOA[ma].moc if moc.tu_ngay <= ngay), key=lambda m: m.tu_ngay)
    return Coalesce(Subquery(found, output_field=IntegerField()), shipped.gia_tri)
