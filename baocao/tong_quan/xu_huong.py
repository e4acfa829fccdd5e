"""Trends over eight quarters: members, admissions, attendance, counted in the page's statement."""

from dataclasses import replace
from datetime import date

from django.db.models import Q

from baocao.chi_tieu import THEO_MA, BangSo, ChiTieu, Nguon, So, ThoiKy
from baocao.dia_chi import rows_url
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
_VAO = Nguon(
    ma="vao_don_vi",
    rows=lambda _: QuaTrinh.objects.chinh_thuc(),
    path_khac="truoc__chi_doan__path",
)
"""All periods: which of them count in a quarter is said by each figure."""
_DU_HOP, _DOAN_VIEN, _KET_NAP = "ty_le_du_sinh_hoat", "doan_vien", "ket_nap_moi"


def tam_quy(day: date) -> list[ThoiKy]:
    """The quarter of `day` as far as it has come, and the seven before it, oldest first."""
    ky = KyBaoCao.quarter_of(day)
    found = [ThoiKy(ky, day)]
    while len(found) < SO_QUY:
        ky = ky.previous
        found.insert(0, ThoiKy(ky, ky.end))
    return found


def cua_ky(item: ChiTieu, thoi_ky: ThoiKy) -> ChiTieu:
    """The same figure of another period, to be counted along in one statement: see `compute`."""
    nguon = item.nguon
    own = Nguon(
        ma=f"{nguon.ma}@{thoi_ky.ky.code}",
        rows=lambda _: nguon.rows(thoi_ky).filter(nguon.trong(*thoi_ky.trong_ky)),
        path=nguon.path,
        path_khac=nguon.path_khac,
    )
    tu, mau = item.tu, item.mau
    return replace(
        item,
        ma=f"{item.ma}@{thoi_ky.ky.code}",
        nguon=own,
        tu=lambda _: tu(thoi_ky),
        mau=(lambda _: mau(thoi_ky)) if mau else None,
    )


def chi_tieu_xu_huong(day: date) -> list[ChiTieu]:
    """What a page counts along to show the trends up to `day`: attendance quarter by quarter,
    members and admissions each in one reading of their periods."""
    quarters = tam_quy(day)
    attendance = [cua_ky(THEO_MA[_DU_HOP], thoi_ky) for thoi_ky in quarters]
    members = [_cua_nguon(_DOAN_VIEN, tk, _THUOC, in_force(tk.den)) for tk in quarters]
    admitted = [_cua_nguon(_KET_NAP, tk, _VAO, vao_trong(*tk.trong_ky)) for tk in quarters]
    return [*attendance, *members, *admitted]


def cong_ca_nam(table: BangSo, day: date) -> None:
    """Attendance of the year so far: the sum of its quarters, so that no roll is read twice."""
    codes = [f"{_DU_HOP}@{tk.ky.code}" for tk in tam_quy(day) if tk.ky.nam == day.year]
    table.cong(THEO_MA[_DU_HOP], codes)


def _cua_nguon(ma: str, thoi_ky: ThoiKy, nguon: Nguon, inside: Q) -> ChiTieu:
    item = THEO_MA[ma]
    tu = item.tu
    return replace(
        item,
        ma=f"{ma}@{thoi_ky.ky.code}",
        nguon=nguon,
        tu=lambda _: inside & tu(thoi_ky),
    )


def xu_huong(don_vi: DonVi, table: BangSo, day: date) -> list[BieuDo]:
    """The three charts, from a table that counted `chi_tieu_xu_huong`."""
    return [
        _du_hop(don_vi, table, day),
        _cot(don_vi, table, day, _DOAN_VIEN, "Đoàn viên cuối quý, người"),
        _cot(don_vi, table, day, _KET_NAP, "Kết nạp mới trong quý, người"),
    ]


def _so(don_vi: DonVi, table: BangSo, ma: str, thoi_ky: ThoiKy) -> So:
    return table.so(don_vi, f"{ma}@{thoi_ky.ky.code}")


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
