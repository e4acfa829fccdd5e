"""Before and after of an initiative: the reports' own indicators for the pilot and the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.utils.safestring import SafeString

from baocao.chi_tieu import MO_DUOC, NHIP_SINH_HOAT, THEO_MA, So, ThoiKy, compute, rows
from baocao.dia_chi import rows_url
from chidoan.models import BuoiSinhHoat, MoHinh
from chidoan.queries import diem_danh_cac_thang
from core.charts import Line, line_chart
from core.periods import KyBaoCao
from core.text.display import ngay
from tochuc.ban_do import so_sanh
from tochuc.models import DonVi
from tochuc.permissions import Quyen

from .chi_so import BINH_QUAN, CHI_SO, DEM, TREN_100, ChiSo, GiaTri, doi, doi_chu, hon

IT_NGUOI = 10
"""Under so many members one person moves a share by ten points or more."""
DA_DEM = tuple(THEO_MA[item.ma] for item in CHI_SO if item.ma in THEO_MA)
SO_QUY_HINH = 12


@dataclass(frozen=True)
class NhomSo:
    """The figures of one group of branches in one period; `url` opens the rows of each."""

    gia_tri: dict[str, GiaTri]
    url: dict[str, str]

    @property
    def so_doan_vien(self) -> int:
        return self.gia_tri["doan_vien"].tu


@dataclass(frozen=True)
class KySo:
    """One period: the pilot (or the whole ward) and the other branches, up to the day `den`."""

    thoi_ky: ThoiKy
    diem: NhomSo
    khac: NhomSo | None

    @property
    def ky(self) -> KyBaoCao:
        return self.thoi_ky.ky

    @property
    def den(self) -> date:
        return self.thoi_ky.den

    @property
    def is_do_dang(self) -> bool:
        return self.den < self.ky.end


@dataclass(frozen=True)
class Dong:
    """One measure before and after, and by how much the pilot moved more than the others."""

    chi_so: ChiSo
    o: list[tuple[GiaTri, str]]
    doi_diem: str
    doi_khac: str
    hon: str
    is_hon: bool | None


def so_tu(don_vi: DonVi) -> date | None:
    """The day from which the unit's meetings are on record. One query."""
    rows = BuoiSinhHoat.objects.under(don_vi).da_hop().sinh_hoat()
    return rows.aggregate(first=Min("ngay"))["first"]


def figures(mo_hinh: MoHinh, thoi_ky: ThoiKy, *, user=None) -> KySo:
    """The indicators of the ward and its pilot in one period; the others are the rest. Two
    queries."""
    ward, pilot = mo_hinh.don_vi, mo_hinh.diem
    table = compute(ward, thoi_ky, DA_DEM)
    rhythm = list(rows(NHIP_SINH_HOAT, ward, thoi_ky))
    whole = {item.ma: table.so(ward, item.ma) for item in DA_DEM}
    whole[NHIP_SINH_HOAT.ma] = _nhip(rhythm)
    if pilot is None:
        return KySo(thoi_ky, _nhom(whole, ward, thoi_ky, user), None)
    own = {item.ma: table.so(pilot, item.ma) for item in DA_DEM}
    # on today's map, as `compute`: what went into the pilot counts as the pilot
    own[NHIP_SINH_HOAT.ma] = _nhip([row for row in rhythm if row.path.startswith(pilot.path)])
    rest = {ma: _minus(whole[ma], own[ma]) for ma in whole}
    return KySo(
        thoi_ky,
        _nhom(own, pilot, thoi_ky, user),
        _nhom(rest, ward, thoi_ky, user, tru=pilot.pk),
    )


def compare(truoc: KySo, sau: KySo) -> list[Dong]:
    """Each measure with its cells in the order pilot before, after, others before, after."""
    return [_dong(chi_so, truoc, sau) for chi_so in CHI_SO]


def freeze(row: KySo) -> list[dict]:
    """The figures of one period as a review keeps them: words, and what they were made of."""
    return [
        {
            "ma": item.ma,
            "ten": item.ten,
            "don_vi_tinh": item.don_vi_tinh,
            "diem": row.diem.gia_tri[item.ma].chu,
            "diem_phan": row.diem.gia_tri[item.ma].phan,
            "khac": row.khac.gia_tri[item.ma].chu if row.khac else "",
            "khac_phan": row.khac.gia_tri[item.ma].phan if row.khac else "",
        }
        for item in CHI_SO
    ]


def default_periods(mo_hinh: MoHinh, first: date | None, day: date) -> tuple[KyBaoCao, KyBaoCao]:
    """The last quarter that is over, and the same quarter before the launch; where meetings are
    on record only since, the same quarter of the first year they tell of wholly."""
    last = KyBaoCao.quarter_of(min(mo_hinh.den_ngay or day, day))
    after = last if last.end <= day else last.previous
    launch = KyBaoCao.quarter_of(mo_hinh.tu_ngay)
    if after <= launch:
        after = max(last, launch)
    before = KyBaoCao(launch.nam, quy=after.quy)
    if before >= launch:
        before = KyBaoCao(launch.nam - 1, quy=after.quy)
    while first and before.start < first.replace(day=1) and before < after:
        before = KyBaoCao(before.nam + 1, quy=after.quy)
    return (before if before < after else after.previous), after


def notes(mo_hinh: MoHinh, truoc: KySo, sau: KySo, first: date | None) -> list[str]:
    """What a reader must know before he believes the figures. One query."""
    return [
        *_ve_ban_do(mo_hinh, truoc),
        *_ve_goc(mo_hinh, truoc, first),
        *_ve_hai_ky(truoc, sau),
        *_ve_so_it(mo_hinh, truoc, sau),
    ]


def quarters_chart(mo_hinh: MoHinh, first: date | None, day: date) -> SafeString | str:
    """Attendance by quarter since the record begins: the pilot and the others. Two queries."""
    last = KyBaoCao.quarter_of(min(mo_hinh.den_ngay or day, day))
    quarters = [last]
    while len(quarters) < SO_QUY_HINH and first and quarters[0].start > first:
        quarters.insert(0, quarters[0].previous)
    months = [month for quarter in quarters for month in quarter.months]
    found = diem_danh_cac_thang(mo_hinh.don_vi, months)
    inside = set(DonVi.objects.under(mo_hinh.noi_lam).values_list("pk", flat=True))
    pilot = _rates(quarters, [row for row in found if row.chi_doan_id in inside])
    others = _rates(quarters, [row for row in found if row.chi_doan_id not in inside])
    if not any(pilot):
        return ""
    lines = [Line("Điểm" if mo_hinh.diem_id else "Chung", pilot)]
    if mo_hinh.diem_id:
        lines.append(Line("Khác", others))
    return line_chart(
        labels=[f"{quarter.quy}/{quarter.nam % 100:02d}" for quarter in quarters],
        series=lines,
        title=f"Tỷ lệ đoàn viên dự sinh hoạt theo quý, %, từ {quarters[0].ten} đến {last.ten}",
        width=640,
    )


def _rates(quarters: Sequence[KyBaoCao], found) -> list[float | None]:
    values = []
    for quarter in quarters:
        inside = [row for row in found if row.thang in quarter]
        names = sum(row.danh_sach for row in inside)
        present = sum(row.du_hop for row in inside)
        values.append(round(100 * present / names, 1) if names else None)
    return values


def _ve_ban_do(mo_hinh: MoHinh, truoc: KySo):
    """On which map the units of both periods are counted, where that makes a difference."""
    if so_sanh(mo_hinh.don_vi, truoc.den, ben_trong=True, tung_don_vi=True).khac:
        yield (
            f"Từ {truoc.ky.ten} đến nay đơn vị đã sắp xếp. Cả hai kỳ tính theo bản đồ hôm nay: "
            "chi đoàn đã sáp nhập cộng vào chi đoàn kế tục, chi đoàn đã chia tính vào các chi đoàn "
            "khác."
        )


def _ve_goc(mo_hinh: MoHinh, truoc: KySo, first: date | None):
    """Whether the base lies before the launch, and whether the record reaches it."""
    launch = mo_hinh.tu_ngay
    if first is None:
        yield f"{mo_hinh.don_vi} chưa ghi buổi sinh hoạt nào, chưa có gì để so."
    elif first > launch:
        yield (
            f"Sổ sinh hoạt của {mo_hinh.don_vi} có từ {ngay(first)}, sau ngày ra mắt "
            f"{ngay(launch)}. Không có số liệu trước khi làm điểm: bảng này so hai kỳ cùng trong "
            "thời gian thực hiện, không nói được trước ngày ra mắt ra sao."
        )
    elif truoc.den >= launch:
        yield f"Kỳ gốc {truoc.ky.ten} không nằm trước ngày ra mắt {ngay(launch)}."
    founded = mo_hinh.noi_lam.thanh_lap
    if founded and founded > truoc.ky.start:
        yield f"{mo_hinh.noi_lam} thành lập ngày {ngay(founded)}, kỳ gốc chưa có hoặc chưa đủ."
    if first and truoc.ky.start < first.replace(day=1) <= truoc.den:
        yield f"Sổ sinh hoạt chỉ có một phần của {truoc.ky.ten} (từ {ngay(first)})."


def _ve_hai_ky(truoc: KySo, sau: KySo):
    """Whether the two are of one length."""
    if bool(truoc.ky.quy) != bool(sau.ky.quy) or truoc.is_do_dang != sau.is_do_dang:
        yield (
            "Hai kỳ dài ngắn khác nhau: kết nạp, đoàn phí, giới thiệu cộng dồn theo thời gian nên "
            "chưa so được."
        )
    if sau.is_do_dang:
        yield f"Kỳ sau chưa hết: số liệu đến {ngay(sau.den)}."


def _ve_so_it(mo_hinh: MoHinh, truoc: KySo, sau: KySo):
    """What is too little to be judged by."""
    missing = [item.ten for item in CHI_SO if _chua_ghi(item, truoc)]
    if missing:
        yield (
            f"Kỳ gốc cả {mo_hinh.don_vi} chưa ghi gì về: {', '.join(missing).lower()}. Có thể lúc "
            "ấy chưa ghi sổ, nên không tính mức đổi."
        )
    few = min(truoc.diem.so_doan_vien, sau.diem.so_doan_vien)
    if few < IT_NGUOI:
        one = f"; một người đã là {round(100 / few)}%" if few else ""
        yield f"{mo_hinh.noi_lam} chỉ có {few} đoàn viên{one}. Đọc tỷ lệ cùng với phân số."


def _dong(chi_so: ChiSo, truoc: KySo, sau: KySo) -> Dong:
    ma = chi_so.ma
    before, after = truoc.diem.gia_tri[ma], sau.diem.gia_tri[ma]
    cells = [(before, truoc.diem.url[ma]), (after, sau.diem.url[ma])]
    moved, others, more = doi(before, after), None, None
    if _chua_ghi(chi_so, truoc):
        moved = None
    if truoc.khac and sau.khac:
        cells += [
            (truoc.khac.gia_tri[ma], truoc.khac.url[ma]),
            (sau.khac.gia_tri[ma], sau.khac.url[ma]),
        ]
        if moved is not None:
            others = doi(truoc.khac.gia_tri[ma], sau.khac.gia_tri[ma])
        more = None if chi_so.cach == DEM else hon(moved, others)
    return Dong(
        chi_so,
        cells,
        doi_chu(chi_so, moved),
        doi_chu(chi_so, others),
        doi_chu(chi_so, more),
        None if not more else more > 0,
    )


def _chua_ghi(chi_so: ChiSo, row: KySo) -> bool:
    """Whether nobody of the whole ward had any of it on record: no base, rather than none."""
    groups = [group for group in (row.diem, row.khac) if group]
    return chi_so.cach in (TREN_100, BINH_QUAN) and not any(
        group.gia_tri[chi_so.ma].tu for group in groups
    )


def _nhom(found: dict[str, So], unit: DonVi, thoi_ky: ThoiKy, user, tru: int | None = None):
    heads = found["doan_vien"].tu
    values = {item.ma: _gia_tri(item, found[item.ma], heads) for item in CHI_SO}
    opens = user is not None and user.may(Quyen.XEM_BAO_CAO, unit)
    urls = {
        item.ma: rows_url(unit.pk, MO_DUOC[item.ma], thoi_ky, tru=tru, user=user) if opens else ""
        for item in CHI_SO
    }
    return NhomSo(values, urls)


def _gia_tri(chi_so: ChiSo, found: So, heads: int) -> GiaTri:
    base = heads if chi_so.cach in (TREN_100, BINH_QUAN) else found.mau
    return GiaTri(chi_so, found.tu, base)


def _nhip(branches) -> So:
    """Held of expected over branches: those of the rows that open."""
    return So(sum(row.so_da_hop for row in branches), sum(row.so_phai_hop for row in branches))


def _minus(whole: So, own: So) -> So:
    mau = None if whole.mau is None else whole.mau - own.mau
    return So(whole.tu - own.tu, mau, whole.chia)
