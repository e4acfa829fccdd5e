"""What is coming in a unit within thirty days: meetings, activities, classes, sessions, ends of
terms, reports due; all read in one statement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from baocao.models import BaoCao
from chidoan.models import BuoiSinhHoat, ChucVu, HoatDong, LopTapHuan
from core.periods import KyBaoCao
from tochuc.models import DonVi
from tudưong.models import KyDanhGia

TRUOC_NGAY = timedelta(days=30)
NHIEU_NHAT = 40
BAO_CAO = "Hạn báo cáo"


@dataclass(frozen=True)
class SuKien:
    """Sự kiện (event): the day, what it is, of whom, and its page."""

    ngay: date
    loai: str
    ten: str
    cua: str
    url: str


@dataclass(frozen=True)
class _Loai:
    """One kind: its words, its rows with the columns day, text and unit, and the page of a row."""

    loai: str
    trang: str
    rows: QuerySet
    ngay: str
    chu: str
    don_vi: str
    khoa: str = "pk"


def su_kien(user, don_vi: DonVi, day: date, han: date) -> list[SuKien]:
    """The events that `user` may see from `day` on, the nearest first; `han` is when the unit's
    own report of the running quarter is due, named also when nobody has begun it. One query."""
    den = day + TRUOC_NGAY
    kinds = {str(number): kind for number, kind in enumerate(_cac_loai(user, don_vi, day, den))}
    selects = [_shaped(ma, kind) for ma, kind in kinds.items()]
    found = selects[0].union(*selects[1:], all=True).order_by("d", "l", "t", "k")[:NHIEU_NHAT]
    quarter = KyBaoCao.quarter_of(day)
    events, known = [], False
    for ma, when, text, unit, key in found:
        kind = kinds[ma]
        known |= kind.loai == BAO_CAO and text == quarter.code
        page = reverse(kind.trang, args=[key])
        if kind.loai != BAO_CAO:
            of = str(don_vi) if unit == don_vi.ten else unit
            events.append(SuKien(when, kind.loai, text, of, page))
        elif unit in BaoCao.DUOC_GHI:
            name = f"Báo cáo {KyBaoCao.parse(text).ten}"
            events.append(SuKien(when, BAO_CAO, name, str(don_vi), page))
    if not known and day <= han <= den:
        page = f"{reverse('baocao:list')}?ky={quarter.code}"
        events.append(SuKien(han, BAO_CAO, f"Báo cáo {quarter.ten}", str(don_vi), page))
    return sorted(events, key=lambda event: event.ngay)


def _cac_loai(user, don_vi: DonVi, day: date, den: date) -> Iterator[_Loai]:
    def seen(model):
        return model.objects.visible_to(user).under(don_vi)

    yield _Loai(
        "Buổi sinh hoạt",
        "chidoan:buoi_detail",
        seen(BuoiSinhHoat).dang_hen(day).filter(ngay__lte=den),
        *("ngay", "chu_diem", "chi_doan__ten"),
    )
    yield _Loai(
        "Hoạt động",
        "chidoan:hoat_dong_detail",
        seen(HoatDong).sap_toi(day, den),
        *("tu_ngay", "ten", "don_vi__ten"),
    )
    yield _Loai(
        "Lớp tập huấn",
        "chidoan:tap_huan_detail",
        seen(LopTapHuan).sap_toi(day, den),
        *("tu_ngay", "ten", "don_vi__ten"),
    )
    yield _Loai(
        "Họp tổ tu dưỡng",
        "tuduong:ky_detail",
        seen(KyDanhGia).sap_toi(day, den),
        *("ngay", "to__ten", "to__don_vi__ten"),
    )
    yield _Loai(
        "Hết nhiệm kỳ",
        "tochuc:don_vi_detail",
        seen(ChucVu).tai_ngay(day).filter(han_nhiem_ky__range=(day, den)),
        *("han_nhiem_ky", "ho_ten", "don_vi__ten", "don_vi"),
    )
    yield _Loai(
        BAO_CAO,
        "baocao:detail",
        BaoCao.objects.filter(don_vi=don_vi, han__range=(day, den)),
        *("han", "ky", "trang_thai"),
    )


def _shaped(ma: str, kind: _Loai) -> QuerySet:
    text = CharField()
    return (
        kind.rows.order_by()
        .annotate(
            l=Value(ma),
            d=F(kind.ngay),
            t=Cast(Coalesce(F(kind.chu), Value("")), text),
            u=Cast(F(kind.don_vi), text),
            k=Cast(F(kind.khoa), IntegerField()),
        )
        .values_list("l", "d", "t", "u", "k")
    )
