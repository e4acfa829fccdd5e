"""Chi đoàn: the branch, who holds its offices and who of the ward coaches it."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Length, Substr
from django.db.models.lookups import IsNull
from django.urls import reverse
from django.utils.functional import cached_property
from treebeard.mp_tree import MP_NodeManager

from chidoan.lich_hop import KhoangNhip, NhipHop, nhip_hop
from core.periods import KyBaoCao
from doanvien.doan_phi.quy_tac import thang_sau
from doanvien.models import DoanPhi, DoanVien, QuaTrinh, SoThuDoanPhi
from tochuc.models import CapDonVi, DonVi, KhoiChiDoan
from tochuc.models.don_vi import DonViQuerySet
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet, in_force, subtree

from .chuc_vu import ChucVu
from .nghi_quyet import NghiQuyet
from .nhip import (
    ngay_gop,
    nhip_gop,
    phai_hop_ca_quy,
    phai_hop_thang,
    read_ngay,
    read_nhip,
    read_sap_xep,
    sap_xep_gop,
)
from .sinh_hoat import BuoiSinhHoat, DiemDanh


class ChiDoanQuerySet(DonViQuerySet):
    """Branches; each `with_…` is one subquery a row, so that a page counts its own rows alone."""

    def dan_cu(self):
        """Residential branches."""
        return self.filter(khoi=KhoiChiDoan.DAN_CU)

    def with_so_doan_vien(self, day):
        """Annotate `so_doan_vien`: official members on `day`."""
        return self.annotate(so_doan_vien=_count(_doan_vien(day), "chi_doan"))

    def with_quy_mo(self, day):
        """For conditions `khong_nguoi`, `duoi_3_nguoi` and `duoi_9_nguoi`: how many official
        members on `day`, counted no further than each must."""
        members = _doan_vien(day)
        first = Subquery(members.values("pk")[:1])  # asked branch by branch, unlike EXISTS
        return self.alias(
            khong_nguoi=IsNull(first, True),
            duoi_3_nguoi=~Exists(members[2:3]),
            duoi_9_nguoi=~Exists(members[8:9]),
        )

    def with_nhip(self):
        """Let each branch know its cadence, `nhip`: what `lich_hop` asks for."""
        return self.annotate(nhip_gop=nhip_gop(), sap_xep_gop=sap_xep_gop())

    def with_hop(self, thang):
        """Annotate `hop`, a `ChiDoan.Hop`: the month's meeting, the quarter's when dispersed.

        What is due is what `lich_hop.phai_hop_trong_thang` says, asked of the database.
        """
        quy = KyBaoCao.quarter_of(thang.start)
        meetings = BuoiSinhHoat.objects.da_hop().sinh_hoat().filter(chi_doan=OuterRef("pk"))
        due = phai_hop_thang(thang) & _ton_tai_suot(thang)
        if thang.end == quy.end:
            due |= phai_hop_ca_quy(quy) & _ton_tai_suot(quy)
        in_quarter = Q(Exists(meetings.trong_ky(quy))) & phai_hop_ca_quy(quy)
        return self.annotate(
            hop=Case(
                When(Exists(meetings.trong_ky(thang)), then=Value(ChiDoan.Hop.DA)),
                When(in_quarter, then=Value(ChiDoan.Hop.DA)),
                When(due, then=Value(ChiDoan.Hop.CHUA)),
                default=Value(ChiDoan.Hop.CHUA_PHAI),
            )
        )

    def with_nhip_hop(self, ky: KyBaoCao, as_of):
        """Annotate `so_phai_hop` and `so_da_hop`: what `lich_hop.nhip_hop` says of `ky`.

        Also `nam_hop`, the year of it; and for filters and orders `so_thieu`, how many are
        missing, as a minus.
        """
        meetings = BuoiSinhHoat.objects.da_hop().sinh_hoat().filter(chi_doan=OuterRef("pk"))
        due, held = Value(0), Value(0)
        for unit, condition in _don_vi_phai_hop(ky, as_of):
            due += Case(When(condition, then=1), default=0)
            met = condition & Q(Exists(meetings.trong_ky(unit)))
            held += Case(When(met, then=1), default=0)
        rows = self.annotate(so_phai_hop=due, so_da_hop=held, nam_hop=Value(ky.nam))
        return rows.alias(so_thieu=held - due)

    def with_bo_buoi(self, ky: KyBaoCao, as_of):
        """Annotate `bo_buoi`: whether fewer meetings were held than `with_nhip_hop` says were due.

        Cheaper: whoever met is asked no further.
        """
        meetings = BuoiSinhHoat.objects.da_hop().sinh_hoat().filter(chi_doan=OuterRef("pk"))
        missed = Q(pk__in=[])
        for unit, condition in _don_vi_phai_hop(ky, as_of):
            missed |= ~Exists(meetings.trong_ky(unit)) & condition
        return self.annotate(bo_buoi=Case(When(missed, then=True), default=False))

    def with_buoi_nam(self, nam: int):
        """Let each branch, read `with_nhip` too, know its meetings of a year: see `nhip_nam`.

        Far cheaper to ask for than `with_nhip_hop`, which is for counting and ordering rows.
        """
        meetings = BuoiSinhHoat.objects.da_hop().sinh_hoat().trong_ky(KyBaoCao(nam))
        return self.annotate(buoi_gop=ngay_gop(meetings), nam_hop=Value(nam))

    def with_du_hop(self, tu_ngay, den_ngay):
        """Annotate `so_du_hop` and `so_danh_sach`: the rolls of finished meetings in a span."""
        rolls = DiemDanh.objects.da_hop().sinh_hoat().filter(buoi__chi_doan=OuterRef("pk"))
        rolls = rolls.filter(buoi__ngay__range=(tu_ngay, den_ngay))
        return self.annotate(
            so_du_hop=_count(rolls.du_hop(), "buoi__chi_doan"),
            so_danh_sach=_count(rolls, "buoi__chi_doan"),
        )

    def with_nghi_quyet(self, day):
        """Annotate `so_nghi_quyet` (open) and `so_qua_han`."""
        rows = NghiQuyet.objects.filter(chi_doan=OuterRef("pk"))
        return self.annotate(
            so_nghi_quyet=_count(rows.chua_xong(), "chi_doan"),
            so_qua_han=_count(rows.qua_han(day), "chi_doan"),
        )

    def with_can_giup(self, day, path):
        """Annotate what the rule for help asks beyond meetings and people: `so_ket_nap` in the
        year so far, for `phi_cham` where its dues book begins and up to which month it took dues,
        and `so_hop_tu`, the first meeting on record at or below `path`, that of its ward."""
        held = BuoiSinhHoat.objects.da_hop().sinh_hoat().filter(subtree("chi_doan__path", path))
        year = KyBaoCao(day.year)
        admitted = QuaTrinh.objects.ket_nap_trong(year).filter(tu_ngay__lte=day)
        book = SoThuDoanPhi.objects.filter(don_vi=OuterRef("pk"))
        paid = DoanPhi.objects.con_hieu_luc().filter(chi_doan=OuterRef("pk"), phieu__ngay__lte=day)
        return self.annotate(
            so_ket_nap=_count(admitted.filter(chi_doan=OuterRef("pk")), "chi_doan"),
            phi_tu=Subquery(book.values("tu_thang")[:1]),
            phi_den=Subquery(paid.order_by("-thang").values("thang")[:1]),
            so_hop_tu=Subquery(held.filter(ngay__lte=day).order_by("ngay").values("ngay")[:1]),
        )

    def with_hen(self, day):
        """Annotate `hen_pk`, `hen_ngay`, `hen_gio` and `hen_noi`: the next meeting that is called
        for `day` or later."""
        called = BuoiSinhHoat.objects.dang_hen(day).filter(chi_doan=OuterRef("pk"))
        first = called.sinh_hoat().order_by("ngay", "bat_dau", "pk")
        return self.annotate(
            hen_pk=Subquery(first.values("pk")[:1]),
            hen_ngay=Subquery(first.values("ngay")[:1]),
            hen_gio=Subquery(first.values("bat_dau")[:1]),
            hen_noi=Subquery(first.values("dia_diem")[:1]),
        )

    def with_buoi_cuoi(self, day):
        """Annotate `buoi_cuoi`: the day of the last finished meeting up to `day`."""
        held = BuoiSinhHoat.objects.da_hop().sinh_hoat().filter(chi_doan=OuterRef("pk"))
        last = held.filter(ngay__lte=day).order_by("-ngay")
        return self.annotate(buoi_cuoi=Subquery(last.values("ngay")[:1]))

    def with_bi_thu(self, day):
        """Annotate `bi_thu_pk` and `bi_thu_dien_thoai`: whom to call; see `with_can_bo`."""
        terms = ChucVu.objects.bi_thu().filter(don_vi=OuterRef("pk"), tu_ngay__lte=day)
        named = DoanVien.objects.dang_sinh_hoat().filter(chi_doan=OuterRef("pk"))
        person = Case(
            When(Exists(terms), then=Subquery(terms.tai_ngay(day).values("doan_vien")[:1])),
            default=Subquery(named.la_bi_thu().order_by("pk").values("pk")[:1]),
            output_field=models.BigIntegerField(),
        )
        phone = DoanVien.objects.filter(pk=OuterRef("bi_thu_pk")).values("dien_thoai")
        return self.annotate(bi_thu_pk=person).annotate(bi_thu_dien_thoai=Subquery(phone[:1]))

    def khuyet_bi_thu(self, day, so_ngay: int = 0):
        """Branches without a secretary on `day`, for `so_ngay` days at least.

        Annotates `thoi_cuoi`, the last day of the last term; None where nobody was ever named.
        Such a branch counts once it is as old as that.
        """
        terms = ChucVu.objects.bi_thu().filter(don_vi=OuterRef("pk"), tu_ngay__lte=day)
        named = DoanVien.objects.dang_sinh_hoat().filter(chi_doan=OuterRef("pk")).la_bi_thu()
        last = terms.order_by("-den_ngay").values("den_ngay")[:1]
        since = day - timedelta(days=so_ngay)
        rows = self.annotate(thoi_cuoi=Subquery(last)).filter(~Exists(terms.tai_ngay(day)))
        never = Q(thoi_cuoi__isnull=True) & ~Exists(named)
        young = Q(thanh_lap__gt=since)
        return rows.filter((never & ~young) | Q(thoi_cuoi__lte=since))

    def with_bi_thu_truoc(self, day):
        """Annotate `bi_thu_truoc`, who was the last secretary before `day`."""
        terms = ChucVu.objects.bi_thu().filter(don_vi=OuterRef("pk"), den_ngay__lt=day)
        last = terms.order_by("-den_ngay").values("ho_ten")[:1]
        return self.annotate(bi_thu_truoc=Subquery(last))

    def trong_nam(self, ky, day):
        """Branches that existed on some day of the year, up to `day`."""
        return self.filter(
            Q(thanh_lap__isnull=True) | Q(thanh_lap__lte=day),
            Q(ket_thuc__isnull=True) | Q(ket_thuc__gte=ky.start),
        )

    def with_can_bo(self, day):
        """Annotate `ten_bi_thu`, `ten_phu_trach`, and `ten_cap_tren` with `loai_cap_tren`.

        The secretary by term of office; where none was ever recorded, the member whom the
        register calls so.
        """
        terms = ChucVu.objects.bi_thu().filter(don_vi=OuterRef("pk"), tu_ngay__lte=day)
        named = DoanVien.objects.dang_sinh_hoat().filter(chi_doan=OuterRef("pk"))
        coaches = PhuTrach.objects.tai_ngay(day).filter(chi_doan=OuterRef("pk"))
        above = DonVi.objects.filter(
            path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - DonVi.steplen)
        )
        return self.annotate(
            ten_bi_thu=Case(
                When(Exists(terms), then=Subquery(terms.tai_ngay(day).values("ho_ten")[:1])),
                default=Subquery(named.la_bi_thu().order_by("pk").values("ho_ten")[:1]),
            ),
            ten_phu_trach=Subquery(coaches.values("chuc_vu__ho_ten")[:1]),
            ten_cap_tren=Subquery(above.values("ten")[:1]),
            loai_cap_tren=Subquery(above.values("loai")[:1]),
        )


def _don_vi_phai_hop(ky: KyBaoCao, as_of):
    """Each month and quarter that ends in `ky` by `as_of`, with the branches it is due for."""
    for month in ky.months:
        quy = KyBaoCao.quarter_of(month.start)
        if month.end <= as_of:
            yield month, phai_hop_thang(month) & _ton_tai_suot(month) & _co_so_lieu(month)
            if month.end == quy.end:
                yield quy, phai_hop_ca_quy(quy) & _ton_tai_suot(quy) & _co_so_lieu(quy)


def _co_so_lieu(ky):
    """Whether the branch's book reaches to the end of `ky`."""
    return Q(so_lieu_den__isnull=True) | Q(so_lieu_den__gte=ky.end)


def _ton_tai_suot(ky):
    """Whether the branch and its book exist through all of `ky`."""
    founded = Q(thanh_lap__isnull=True) | Q(thanh_lap__lte=ky.start)
    on_record = Q(so_lieu_tu__isnull=True) | Q(so_lieu_tu__lte=ky.start)
    return founded & on_record & (Q(ket_thuc__isnull=True) | Q(ket_thuc__gte=ky.end))


def _doan_vien(day):
    """Official members of the outer branch on `day`."""
    members = QuaTrinh.objects.chinh_thuc().tai_ngay(day).filter(chi_doan=OuterRef("pk"))
    return members.order_by()


def _count(rows, field):
    """A count of `rows`, grouped by the field that ties them to the outer row."""
    grouped = rows.order_by().values(field).annotate(so=Count("pk")).values("so")
    return Coalesce(Subquery(grouped), 0)


class ChiDoanManager(MP_NodeManager.from_queryset(ChiDoanQuerySet)):
    def get_queryset(self):
        rows = ChiDoanQuerySet(self.model, using=self._db)
        return rows.filter(cap=CapDonVi.CHI_DOAN).order_by("path")


class ChiDoan(DonVi):
    """Chi đoàn (branch): a unit at the lowest level, with a branch's questions."""

    class Hop(models.TextChoices):
        """What became of the meeting that is due in a month."""

        DA = "da", "Đã họp"
        CHUA = "chua", "Chưa họp"
        CHUA_PHAI = "chua_phai", "Chưa phải họp"

    objects = ChiDoanManager()

    class Meta:
        proxy = True
        verbose_name = "chi đoàn"
        verbose_name_plural = "chi đoàn"

    def get_absolute_url(self):
        return reverse("chidoan:detail", args=[self.pk])

    @cached_property
    def nhip(self) -> tuple[KhoangNhip, ...]:
        """Its cadence over time with the days of merges; must have been read `with_nhip`."""
        return read_nhip(self.nhip_gop) + read_sap_xep(self.sap_xep_gop)

    @property
    def khuyet_tu(self) -> date | None:
        """The first day without a secretary; must have been read by `khuyet_bi_thu`."""
        return self.thoi_cuoi + timedelta(days=1) if self.thoi_cuoi else None

    def phi_cham(self, day: date) -> int:
        """Months that are over without dues since the last that was collected; none without a
        dues book or members. Must have been read by `with_can_giup` and `with_so_doan_vien`."""
        if self.phi_tu is None or not self.so_doan_vien:
            return 0
        last = max(self.phi_tu, thang_sau(self.phi_den, 1)) if self.phi_den else self.phi_tu
        return max(0, 12 * (day.year - last.year) + day.month - last.month)

    def nhip_nam(self, den: date) -> NhipHop:
        """Held of the meetings that were due by `den` in the year it was read with."""
        held = {day.replace(day=1) for day in read_ngay(self.buoi_gop)}
        return nhip_hop(self, held, KyBaoCao(self.nam_hop), self.ngay_so_lieu(den))


class PhuTrachQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_DON_VI
    don_vi_path = "chi_doan"

    def tai_ngay(self, day):
        return self.filter(in_force(day))


class PhuTrach(models.Model):
    """Phụ trách (coaching): the ward committee member in charge of a branch."""

    chi_doan = models.ForeignKey(
        DonVi, verbose_name="chi đoàn", on_delete=models.PROTECT, related_name="phu_trach"
    )
    chuc_vu = models.ForeignKey(
        ChucVu, verbose_name="ủy viên phụ trách", on_delete=models.PROTECT, related_name="phu_trach"
    )
    tu_ngay = models.DateField("từ ngày")
    den_ngay = models.DateField("đến hết ngày", null=True, blank=True)

    objects = PhuTrachQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công phụ trách"
        ordering = ["chi_doan", "-tu_ngay"]
        constraints = [
            models.UniqueConstraint(
                fields=["chi_doan"],
                condition=Q(den_ngay__isnull=True),
                name="chidoan_mot_nguoi_phu_trach",
                violation_error_message="Chi đoàn này đã có đồng chí phụ trách.",
            )
        ]

    def __str__(self):
        return f"{self.chuc_vu.ho_ten} phụ trách {self.chi_doan}"
