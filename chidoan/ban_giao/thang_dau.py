"""The first month of a new secretary: a handful of steps that what is on record ticks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from chidoan.models import (
    BanGiao,
    BuoiSinhHoat,
    ChucVu,
    GapDoanVien,
    LanXuong,
    NghiQuyet,
    PhuTrach,
    TienDoNghiQuyet,
)
from core.text.display import ngay
from doanvien.models import DoanVien, PhieuThu

SO_NGAY = "thang_dau_ngay"


@dataclass(frozen=True, kw_only=True)
class Buoc:
    """One step: whether it is done, and where it is done."""

    ten: str
    ghi_chu: str
    url: str
    xong: bool

    @property
    def title(self) -> str:
        return self.ten

    @property
    def note(self) -> str:
        return "Đã xong" if self.xong else self.ghi_chu

    @property
    def family(self) -> str:
        return "ok" if self.xong else "neutral"


def voi_buoc(rows):
    """Annotate each term with what is still to do, one yes or no a step."""
    unit, start = {"chi_doan": OuterRef("don_vi")}, {"ngay__gte": OuterRef("tu_ngay")}
    since = {**unit, **start}
    met = GapDoanVien.objects.filter(chuc_vu=OuterRef(OuterRef("pk")), doan_vien=OuterRef("pk"))
    unmet = DoanVien.objects.dang_sinh_hoat().filter(**unit).filter(~Exists(met))
    told = TienDoNghiQuyet.objects.filter(
        nghi_quyet=OuterRef("pk"), ngay__gte=OuterRef(OuterRef("tu_ngay"))
    )
    untouched = NghiQuyet.objects.filter(**unit, buoi__ngay__lt=OuterRef("tu_ngay")).chua_xong()
    paid = PhieuThu.objects.filter(don_vi=OuterRef("don_vi"), **start)
    coached = PhuTrach.objects.filter(**unit, den_ngay__isnull=True)
    unsigned = BanGiao.objects.cho_ky().filter(chuc_vu_nhan=OuterRef("pk"), nhan_luc__isnull=True)
    return rows.annotate(
        con_ban_giao=Exists(unsigned),
        con_gap=Exists(unmet.exclude(pk=OuterRef("doan_vien"))),
        con_hop=~Exists(BuoiSinhHoat.objects.filter(**since).da_hop().sinh_hoat()),
        con_phi=~Exists(paid),
        con_nghi_quyet=Exists(untouched.filter(~Exists(told))),
        con_phu_trach=Q(Exists(coached)) & ~Q(Exists(LanXuong.objects.filter(**since))),
    )


def dang_thang_dau(day: date, so_ngay: int):
    """Secretaries of branches whose first month is not over on `day`."""
    rows = ChucVu.objects.bi_thu().cua_chi_doan().tai_ngay(day)
    return rows.filter(tu_ngay__gt=day - timedelta(days=so_ngay))


def con_viec(day: date, so_ngay: int):
    """Those of them with a step to do: the rows of the duty."""
    steps = ("ban_giao", "gap", "hop", "phi", "nghi_quyet", "phu_trach")
    left = Q()
    for step in steps:
        left |= Q(**{f"con_{step}": True})
    return voi_buoc(dang_thang_dau(day, so_ngay)).filter(left)


def cac_buoc(chuc_vu: ChucVu) -> Iterator[Buoc]:
    """The steps of a term that was read `voi_buoc`, with `ban_giao_nhan` at hand."""
    unit = chuc_vu.don_vi_id
    query = f"?don_vi={unit}"
    handed = next(iter(chuc_vu.ban_giao_nhan.all()), None)
    if handed:
        yield Buoc(
            ten="Đọc và xác nhận bàn giao",
            ghi_chu="Xem danh sách, việc đang dở, quỹ; đúng thì xác nhận.",
            url=handed.get_absolute_url(),
            xong=not chuc_vu.con_ban_giao,
        )
    yield Buoc(
        ten="Gọi hoặc gặp từng đồng chí",
        ghi_chu=_da_gap(chuc_vu) + "Có số điện thoại để gọi; đánh dấu người đã gặp.",
        url=reverse("chidoan:gap_doan_vien", args=[chuc_vu.pk]),
        xong=not chuc_vu.con_gap,
    )
    yield Buoc(
        ten="Họp và ghi buổi sinh hoạt đầu tiên",
        ghi_chu=f"Buổi họp từ ngày {ngay(chuc_vu.tu_ngay)}.",
        url=f"{reverse('chidoan:buoi_create')}?chi_doan={unit}",
        xong=not chuc_vu.con_hop,
    )
    yield Buoc(
        ten="Thu đoàn phí tháng này",
        ghi_chu="Thu, ghi vào sổ; phiếu thu có số.",
        url=reverse("doanvien:doan_phi_don_vi", args=[unit]),
        xong=not chuc_vu.con_phi,
    )
    yield Buoc(
        ten="Xem lại nghị quyết đang làm",
        ghi_chu="Mỗi việc bí thư trước để lại: ghi tiến độ hoặc kết quả.",
        url=f"{reverse('chidoan:nghi_quyet_list')}{query}&tinh_trang=dang_lam",
        xong=not chuc_vu.con_nghi_quyet,
    )
    yield Buoc(
        ten="Gặp đồng chí phụ trách của Đoàn cấp trên",
        ghi_chu="Mời xuống chi đoàn; đồng chí ấy ghi lần xuống thì mục này xong.",
        url=f"{reverse('chidoan:detail', args=[unit])}#phu-trach",
        xong=not chuc_vu.con_phu_trach,
    )


def _da_gap(chuc_vu: ChucVu) -> str:
    """How far one has come, once one has begun. One query."""
    met = chuc_vu.da_gap.count()
    return f"Đã gọi, đã gặp {met} đồng chí. " if met else ""
