"""Trends over eight quarters: members, admissions, attendance, counted in the page's statement."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from django.db.models import Q

from baocao.chi_tieu import THEO_MA, BangSo, ChiTieu, Kieu, Nguon, So, ThoiKy
from baocao.dia_chi import rows_url
from chidoan.models import BuoiSinhHoat
from core.charts import Line, Point, column_chart, line_chart
from core.periods import KyBaoCao
from core.text.display import so
from doanvien.models import QuaTrinh
from doanvien.models.qua_trinh import vao_trong
from tochuc.models import DonVi
from tochuc.scoping import in_force

from .bieu_do import BieuDo, OBang, chu_cua

SO_QUY = 8
_THUOC = Nguon(ma="thuoc", rows=lambda _: QuaTrinh.objects.chinh_thuc())
"""All periods: which of them count on a day is said by each figure."""
_DU_HOP, _DOAN_VIEN, _KET_NAP = "ty_le_du_sinh_hoat", "doan_vien", "ket_nap_moi"
_CO_MAT, _DANH_SACH = "co_mat", "danh_sach"
"""The two numbers of a quarter's attendance: present, and all names on the rolls."""
CONG = (_DU_HOP, _DOAN_VIEN)
"""Figures of the year so far that `cong_ca_nam` makes out of those of the quarters."""


def tam_quy(day: date) -> list[ThoiKy]:
    """The quarter of `day` as far as it has come, and the seven before it, oldest first."""
    ky = KyBaoCao.quarter_of(day)
    found = [ThoiKy(ky, day)]
    while len(found) < SO_QUY:
        ky = ky.previous
        found.insert(0, ThoiKy(ky, ky.end))
    return found


@lru_cache(maxsize=16)
def chi_tieu_xu_huong(day: date) -> tuple[ChiTieu, ...]:
    """What a page counts along to show the trends up to `day`: meetings of all quarters, members,
    and admissions, each in one reading; a meeting's roll is asked twice, who came and how many
    names. The same figures each time, or `compute` would put its statement together anew."""
    quarters = tam_quy(day)
    span = quarters[0].ky.start, day
    buoi = Nguon(ma="buoi_tam_quy", rows=lambda _: _buoi(span))
    vao = Nguon(
        ma="vao_tam_quy",
        rows=lambda _: QuaTrinh.objects.chinh_thuc().filter(vao_trong(*span)),
        path_khac="truoc__chi_doan__path",
    )
    found = []
    for tk in quarters:
        held, came = Q(ngay__range=tk.trong_ky), vao_trong(*tk.trong_ky)
        found += [
            _cua_quy(_CO_MAT, tk, buoi, held, tong="so_du_hop"),
            _cua_quy(_DANH_SACH, tk, buoi, held, tong="so_danh_sach"),
            _cua_quy(_DOAN_VIEN, tk, _THUOC, in_force(tk.den)),
            _cua_quy(_KET_NAP, tk, vao, came & THEO_MA[_KET_NAP].tu(tk)),
        ]
    return tuple(found)


def _buoi(span: tuple[date, date]):
    """Meetings of the span; of each the names on its roll are counted by themselves."""
    held = BuoiSinhHoat.objects.da_hop().sinh_hoat()
    return held.filter(ngay__range=span).with_diem_danh()


def _cua_quy(ma: str, tk: ThoiKy, nguon: Nguon, inside: Q, tong: str = "") -> ChiTieu:
    return ChiTieu(
        ma=f"{ma}@{tk.ky.code}",
        ten=ma,
        don_vi_tinh="",
        nhom="",
        kieu=Kieu.STOCK,
        nguon=nguon,
        tu=lambda _: inside,
        tong=tong,
    )


def cung_doc(item: ChiTieu) -> ChiTieu:
    """A figure of the members on the day, counted in the same reading of their periods."""
    tu = item.tu
    return replace(item, nguon=_THUOC, tu=lambda tk: in_force(tk.den) & tu(tk))


def cong_ca_nam(table: BangSo, day: date) -> None:
    """Attendance of the year so far: the sum of its quarters, so that no roll is read twice.
    Members are those of the last one."""
    quarters = [tk.ky.code for tk in tam_quy(day)]
    year = [code for code in quarters if KyBaoCao.parse(code).nam == day.year]
    present, names = ([f"{ma}@{code}" for code in year] for ma in (_CO_MAT, _DANH_SACH))
    table.cong(THEO_MA[_DU_HOP], present, names)
    table.cong(THEO_MA[_DOAN_VIEN], [f"{_DOAN_VIEN}@{quarters[-1]}"])


def xu_huong(don_vi: DonVi, table: BangSo, day: date) -> list[BieuDo]:
    """The three charts, from a table that counted `chi_tieu_xu_huong`."""
    return [
        _du_hop(don_vi, table, day),
        _cot(don_vi, table, day, _DOAN_VIEN, "Đoàn viên cuối quý, người"),
        _cot(don_vi, table, day, _KET_NAP, "Kết nạp mới trong quý, người"),
    ]


def _so(don_vi: DonVi, table: BangSo, ma: str, thoi_ky: ThoiKy) -> So:
    def count(code: str) -> int:
        return table.so(don_vi, f"{code}@{thoi_ky.ky.code}").tu

    return So(count(_CO_MAT), count(_DANH_SACH)) if ma == _DU_HOP else So(count(ma))


def _url(don_vi: DonVi, table: BangSo, ma: str, thoi_ky: ThoiKy) -> str:
    item = THEO_MA[ma]
    return rows_url(don_vi.pk, item, thoi_ky, mau=item.is_ty_le, ban_do=table.ban_do)


def _ten(ky: KyBaoCao) -> str:
    return f"Q{ky.quy}/{ky.nam % 100:02d}"


def _nam(ky: KyBaoCao, index: int) -> str:
    """The year, where it begins in a row of quarters."""
    return str(ky.nam) if ky.quy == 1 or not index else ""


def _dong(don_vi: DonVi, table: BangSo, day: date, ma: str) -> list[tuple[OBang, OBang]]:
    return [
        (
            OBang(f"Quý {thoi_ky.ky.quy} năm {thoi_ky.ky.nam}"),
            OBang(
                chu_cua(_so(don_vi, table, ma, thoi_ky)),
                _url(don_vi, table, ma, thoi_ky),
            ),
        )
        for thoi_ky in tam_quy(day)
    ]


def _tam(rates: list[float]) -> tuple[float, float]:
    """At least ten points around the rates, within 0 and 100."""
    middle = (min(rates) + max(rates)) / 2
    return max(0, middle - 5), min(100, middle + 5)


def _du_hop(don_vi: DonVi, table: BangSo, day: date) -> BieuDo:
    found = [(tk, _so(don_vi, table, _DU_HOP, tk)) for tk in tam_quy(day)]
    known = [(tk, rate) for tk, rate in found if rate.mau]
    dong = _dong(don_vi, table, day, _DU_HOP)
    chart = ""
    if known:
        last, rate = known[-1]
        chart = line_chart(
            labels=[_ten(tk.ky) for tk, _ in found],
            series=[
                Line(
                    f"{so(rate.gia_tri)}%",
                    [float(each.gia_tri) if each.mau else None for _, each in found],
                )
            ],
            title=f"Dự sinh hoạt tám quý, %: {last.ky.ten} là {chu_cua(rate)}",
            reach=_tam([float(each.gia_tri) for _, each in known]),
            links=[(o.url, f"{ten.chu}: {o.chu}") for ten, o in dong],
        )
    return BieuDo(
        ma="du-hop",
        ten="Dự sinh hoạt tám quý, %",
        ve=chart,
        cot=("Quý", "Dự sinh hoạt"),
        dong=dong,
        trong="Chưa ghi buổi sinh hoạt nào trong tám quý.",
    )


def _cot(don_vi: DonVi, table: BangSo, day: date, ma: str, ten: str) -> BieuDo:
    dong = _dong(don_vi, table, day, ma)
    values = [_so(don_vi, table, ma, tk).tu for tk in tam_quy(day)]
    points = [
        Point(f"Q{tk.ky.quy}", value, o.url, f"{name.chu}: {o.chu}", _nam(tk.ky, index))
        for index, (tk, value, (name, o)) in enumerate(zip(tam_quy(day), values, dong, strict=True))
    ]
    return BieuDo(
        ma=ma.replace("_", "-"),
        ten=ten,
        ve=column_chart(points, title=f"{ten}, tám quý: quý này {so(values[-1])}")
        if any(values)
        else "",
        cot=("Quý", "Số"),
        dong=dong,
        trong="Trong tám quý chưa có đồng chí nào.",
    )
