"""Nhịp sinh hoạt: how often a branch has to meet, from when to when, and on what paper."""

from datetime import date
from functools import cache

from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from chidoan.lich_hop import SAP_XEP, KhoangNhip
from core.periods import KyBaoCao
from doanvien.models import QuaTrinh
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet, in_force


class NhipSinhHoatQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_DON_VI

    def tai_ngay(self, day):
        return self.filter(in_force(day))

    def cham(self, ky: KyBaoCao):
        """Spans that cover any day of a period."""
        not_over = Q(den_ngay__isnull=True) | Q(den_ngay__gte=ky.start)
        return self.filter(not_over, tu_ngay__lte=ky.end)


class NhipSinhHoat(models.Model):
    """Nhịp sinh hoạt (cadence of meetings): a dated property of a branch.

    A branch without a row for a day meets monthly. Source: 33-HD/TWĐTN-BTC 2019: at least once
    a month; once in three months for a branch whose members are scattered or away, confirmed by
    the level above. `MIEN` frees whole months, with a reason: a flood, a school's holidays. The
    month of a merge needs no row: see `sap_xep_gop`.
    """

    class Kieu(models.TextChoices):
        HANG_THANG = "hang_thang", "Mỗi tháng một buổi"
        BA_THANG = "ba_thang", "Ba tháng một buổi"
        MIEN = "mien", "Tạm không phải họp"

    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="nhip_sinh_hoat",
    )
    kieu = models.CharField("nhịp", max_length=10, choices=Kieu)
    tu_ngay = models.DateField("từ ngày")
    den_ngay = models.DateField("đến hết ngày", null=True, blank=True)
    can_cu = models.CharField("căn cứ", max_length=200, blank=True)

    objects = NhipSinhHoatQuerySet.as_manager()

    class Meta:
        verbose_name = "nhịp sinh hoạt"
        verbose_name_plural = "nhịp sinh hoạt"
        ordering = ["chi_doan", "tu_ngay", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["chi_doan"],
                condition=Q(den_ngay__isnull=True),
                name="chidoan_mot_nhip_dang_dung",
                violation_error_message="Chi đoàn đang có một nhịp sinh hoạt chưa kết thúc.",
            ),
            models.CheckConstraint(
                condition=Q(den_ngay__isnull=True) | Q(den_ngay__gte=F("tu_ngay")),
                name="chidoan_nhip_ket_thuc_sau_bat_dau",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(kieu="hang_thang") | ~Q(can_cu=""),
                name="chidoan_nhip_thua_can_can_cu",
                violation_error_message="Ghi căn cứ: văn bản của Đoàn cấp trên xác nhận.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kieu_display()} từ ngày {self.tu_ngay:%d/%m/%Y}"

    @property
    def khoang(self) -> KhoangNhip:
        return KhoangNhip(self.kieu, self.tu_ngay, self.den_ngay)


class _Noi(models.Aggregate):
    """Texts of a group in one line, with commas between."""

    output_field = CharField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)

    def as_postgresql(self, compiler, connection, **context):
        template = "STRING_AGG(%(expressions)s, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


def ngay_gop(rows) -> Subquery:
    """The days of the meetings `rows` of a branch in one text, for `read_ngay`."""
    days = rows.filter(chi_doan=OuterRef("pk")).order_by().values("chi_doan")
    return Subquery(days.annotate(gop=_Noi(Cast("ngay", CharField()))).values("gop"))


def read_ngay(text: str | None) -> list[date]:
    return [date.fromisoformat(day) for day in (text or "").split(",") if day]


def nhip_gop() -> Subquery:
    """All spans of a branch in one text, for `read_nhip`: no statement for each branch."""
    line = Concat(
        F("kieu"),
        Value("|"),
        Cast("tu_ngay", CharField()),
        Value("|"),
        Coalesce(Cast("den_ngay", CharField()), Value("")),
        output_field=CharField(),
    )
    rows = NhipSinhHoat.objects.filter(chi_doan=OuterRef("pk")).order_by()
    return Subquery(rows.values("chi_doan").annotate(gop=_Noi(line)).values("gop"))


_DEN, _DI = QuaTrinh.LyDoBatDau.SAP_XEP, QuaTrinh.LyDoKetThuc.SAP_XEP


def sap_xep_gop() -> Subquery:
    """The days on which a merge or split moved members of a branch in or out, in one text."""
    line = Concat(
        Case(When(ly_do_bat_dau=_DEN, then=Cast("tu_ngay", CharField())), default=Value("")),
        Value("|"),
        Case(When(ly_do_ket_thuc=_DI, then=Cast("den_ngay", CharField())), default=Value("")),
        output_field=CharField(),
    )
    moved = QuaTrinh.objects.chinh_thuc().filter(Q(ly_do_bat_dau=_DEN) | Q(ly_do_ket_thuc=_DI))
    rows = moved.filter(chi_doan=OuterRef("pk")).order_by()
    return Subquery(rows.values("chi_doan").annotate(gop=_Noi(line)).values("gop"))


def read_sap_xep(text: str | None) -> tuple[KhoangNhip, ...]:
    days = {day for item in (text or "").split(",") for day in item.split("|") if day}
    return tuple(KhoangNhip(SAP_XEP, *[date.fromisoformat(day)] * 2) for day in sorted(days))


def read_nhip(text: str | None) -> tuple[KhoangNhip, ...]:
    """The spans, oldest first."""
    parts = [item.split("|") for item in (text or "").split(",") if item]
    spans = [
        KhoangNhip(kieu, date.fromisoformat(tu), date.fromisoformat(den) if den else None)
        for kieu, tu, den in parts
    ]
    return tuple(sorted(spans, key=lambda span: span.tu_ngay))


@cache
def phai_hop_ca_quy(quy: KyBaoCao) -> Q:
    """Branches that one meeting serves for the whole quarter: `lich_hop.ky_cua`, asked of the
    database. Nothing of it depends on the day, so that it is put together once for a quarter."""
    found = ~_mien(quy)
    for month in quy.months:
        found &= _co(_ba_thang(month.start))
    return found


@cache
def phai_hop_thang(thang: KyBaoCao) -> Q:
    """Branches that have to meet in that month for itself, if they exist through it."""
    return ~_mien(thang) & ~_co(_ba_thang(thang.start))


def _mien(ky: KyBaoCao) -> Q:
    """Freed by word of the level above, or busy with a merge."""
    inside = (ky.start, ky.end)
    came = Q(ly_do_bat_dau=_DEN, tu_ngay__range=inside)
    moved = QuaTrinh.objects.chinh_thuc().filter(
        came | Q(ly_do_ket_thuc=_DI, den_ngay__range=inside)
    )
    return _co(NhipSinhHoat.objects.filter(kieu=NhipSinhHoat.Kieu.MIEN).cham(ky)) | _co(moved)


def _ba_thang(day: date):
    return NhipSinhHoat.objects.tai_ngay(day).filter(kieu=NhipSinhHoat.Kieu.BA_THANG)


def _co(rows) -> Q:
    return Q(Exists(rows.filter(chi_doan=OuterRef("pk"))))
