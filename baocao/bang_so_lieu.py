"""The figures of one report, line by line: what the system counts, what the unit reports.

While a report is open they are counted afresh; once it is submitted they are read from what
was frozen, and counting again (on the same day's books) only shows what has changed since.

Either way units are taken as they stood on the last day that is counted: a branch that has
left since was part of it then.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from chidoan.models import ChiDoan
from chidoan.queries import chi_doan_hoat_dong
from tochuc.ban_do import BanDo, so_sanh

from .chi_tieu import BangSo, ChiTieu, Kieu, So, ThoiKy, compute, danh_so
from .mau import chi_tieu_cua, kieu_ky
from .models import BaoCao, ChiTieuNam, SoLieu, XepLoaiDonVi


@dataclass(frozen=True, kw_only=True)
class Dong:
    """One line. `he_thong` is None for a figure that the unit types, one of activities too as
    long as none is on record."""

    so: str
    chi_tieu: ChiTieu
    he_thong: So | None
    nhap: Decimal | None = None
    ly_do: str = ""
    luy_ke: Decimal | None = None
    chi_tieu_nam: Decimal | None = None
    ky_truoc: Decimal | None = None
    bon_ky_truoc: tuple[Decimal, ...] = ()  # what the last four periods reported, oldest first
    hien_tai: So | None = None  # counted again after submission

    @property
    def ma(self) -> str:
        return self.chi_tieu.ma

    @property
    def is_nhap_tay(self) -> bool:
        return self.he_thong is None

    @property
    def gia_tri_he_thong(self) -> Decimal | None:
        value = self.he_thong.gia_tri if self.he_thong else None
        return None if value is None else Decimal(value)

    @property
    def gia_tri(self) -> Decimal | None:
        """What is reported."""
        return self.gia_tri_he_thong if self.nhap is None else self.nhap

    @property
    def is_sua_tay(self) -> bool:
        """The unit reports another number than the system counts; both are shown."""
        return self.he_thong is not None and self.nhap not in (None, self.gia_tri_he_thong)

    @property
    def is_trong(self) -> bool:
        """To be typed, and neither a number nor a reason is there."""
        return self.he_thong is None and self.nhap is None and not self.ly_do

    @property
    def da_doi(self) -> bool:
        """The books say something else than they said when the report was submitted."""
        return self.hien_tai is not None and self.hien_tai != self.he_thong

    @property
    def ty_le(self) -> Decimal | None:
        """Percent of the year's target; without a target there is none."""
        return phan_tram(self.luy_ke, self.chi_tieu_nam)


def phan_tram(dat: Decimal | int | None, chi_tieu_nam: Decimal | None) -> Decimal | None:
    """How much of the year's target was reached; without a target nothing."""
    return 100 * Decimal(dat) / chi_tieu_nam if chi_tieu_nam and dat is not None else None


@dataclass(frozen=True)
class BangBaoCao:
    """All lines of a report, with the branches they counted."""

    bao_cao: BaoCao
    thoi_ky: ThoiKy
    nhom: tuple[tuple[str, tuple[Dong, ...]], ...]
    so_chi_doan: int
    im_lang: tuple[str, ...]  # branches without a meeting in the period
    pham_vi: dict
    ban_do: BanDo | None = None

    def __iter__(self) -> Iterator[Dong]:
        for _, lines in self.nhom:
            yield from lines

    def dong(self, ma: str) -> Dong:
        return next(line for line in self if line.ma == ma)

    @property
    def so_co_hop(self) -> int:
        return self.so_chi_doan - len(self.im_lang)


def load_bang(bao_cao: BaoCao, ngay: date | None = None) -> BangBaoCao:
    """The figures of a report; of an open one as of `ngay`, today without it.

    Five queries, four for the running period.
    """
    thoi_ky = thoi_ky_cua(bao_cao, ngay)
    return load_bang_tren(bao_cao, thoi_ky, ban_do_khi_do(bao_cao, thoi_ky))


def ban_do_khi_do(bao_cao: BaoCao, thoi_ky: ThoiKy) -> BanDo | None:
    """The map of the report's last day, where it differs from today's. One query, or none."""
    khac = so_sanh(bao_cao.don_vi, thoi_ky.den).khac
    return BanDo(thoi_ky.den) if khac else None


def load_bang_tren(bao_cao: BaoCao, thoi_ky: ThoiKy, ban_do: BanDo | None) -> BangBaoCao:
    """The figures of a report with its books counted on a map. Four queries."""
    indicators = chi_tieu_cua(bao_cao)
    wanted = [ct for ct in indicators if not ct.is_nhap_tay]
    counted = compute(bao_cao.don_vi, thoi_ky, wanted, ban_do)
    rows, earlier = _so_lieu(bao_cao)
    if rows and not bao_cao.is_dang_sua:  # a code that came later is none of its lines
        indicators = [ct for ct in indicators if ct.ma in rows]
    indicators = [ct for ct in indicators if _is_dung_thang(ct, bao_cao, counted, rows)]
    targets = _chi_tieu_nam(bao_cao)
    lines = tuple(
        (
            nhom,
            tuple(
                _dong(bao_cao, so, item, counted, rows.get(item.ma), earlier, targets)
                for so, item in members
            ),
        )
        for nhom, members in danh_so(indicators)
    )
    scope = _pham_vi(bao_cao, thoi_ky, counted)
    return BangBaoCao(
        bao_cao, thoi_ky, lines, len(scope["chi_doan"]), tuple(scope["im_lang"]), scope, ban_do
    )


def _is_dung_thang(item: ChiTieu, bao_cao: BaoCao, counted: BangSo, rows: dict) -> bool:
    """Leave out the scale of branch ratings that the unit did not use that year.

    The older one is shown where it was used; what a report has carried stays.
    """
    old = [f"chi_doan_{muc.value}" for muc in XepLoaiDonVi.MUC_CU]
    new = [f"chi_doan_{muc.value}" for muc in XepLoaiDonVi.MUC_HD33]
    if item.ma in rows or item.ma not in (*old, *new):
        return True
    used_old, used_new = (
        any(counted.so(bao_cao.don_vi, ma).tu for ma in scale) for scale in (old, new)
    )
    return used_old if item.ma in old else used_new or not used_old


def thoi_ky_cua(bao_cao: BaoCao, ngay: date | None = None) -> ThoiKy:
    """The period as the report looks at it: up to `ngay` while open, its own once submitted."""
    as_of = ngay if bao_cao.is_dang_sua else bao_cao.tinh_den
    return ThoiKy.of(bao_cao.ky_bao_cao, bao_cao.don_vi, as_of)


def _chi_tieu_nam(bao_cao: BaoCao) -> dict[str, Decimal]:
    """The year's targets: those of today while the report is open, then those it was handed in
    with."""
    kept = None if bao_cao.is_dang_sua else bao_cao.pham_vi.get("chi_tieu_nam")
    if kept is None:
        return ChiTieuNam.objects.theo_ma(bao_cao.don_vi, bao_cao.ky_bao_cao.nam)
    return {ma: Decimal(value) for ma, value in kept.items()}


def _so_lieu(bao_cao: BaoCao) -> tuple[dict[str, SoLieu], list[SoLieu]]:
    """The report's own rows by code, and those of the unit's earlier ones of about a year: of the
    same kind, for a half holds its quarters."""
    ky = bao_cao.ky_bao_cao
    kind = kieu_ky(ky)
    four_ago = ky.previous.previous.previous.previous.start
    first = min(date(bao_cao.tu_ngay.year, 1, 1), four_ago)
    found = (
        SoLieu.objects.filter(
            bao_cao__don_vi=bao_cao.don_vi_id,
            bao_cao__den_ngay__gte=first,
            bao_cao__den_ngay__lte=bao_cao.den_ngay,
        )
        .select_related("bao_cao")
        .order_by("bao_cao__den_ngay", "pk")
    )
    rows = list(found)
    own = {row.ma: row for row in rows if row.bao_cao_id == bao_cao.pk}
    return own, [
        row
        for row in rows
        if row.bao_cao_id != bao_cao.pk
        and not row.bao_cao.is_dang_sua
        and kieu_ky(row.bao_cao.ky_bao_cao) == kind
    ]


def _dong(bao_cao, so, item, counted: BangSo, row, earlier, targets) -> Dong:
    found = None if item.is_nhap_tay else counted.so(bao_cao.don_vi, item.ma)
    live = None if item.hoac_go and not found.tu else found
    before = [old for old in earlier if old.ma == item.ma]
    line = Dong(
        so=so,
        chi_tieu=item,
        he_thong=live,
        nhap=row and row.bao_cao_gia_tri,
        ly_do=row.ly_do if row else "",
        chi_tieu_nam=targets.get(item.ma),
        ky_truoc=_ky_truoc(bao_cao, before),
        bon_ky_truoc=_bon_ky_truoc(before),
    )
    if row is None or bao_cao.is_dang_sua:
        return replace(line, luy_ke=_luy_ke(line, bao_cao, counted, before))
    if found is None or (item.hoac_go and row.tu_so is None):  # typed, and stays what it was
        return replace(line, he_thong=None, luy_ke=row.luy_ke)
    frozen = So(row.tu_so or 0, row.mau_so, item.chia)
    return replace(line, he_thong=frozen, hien_tai=found, luy_ke=row.luy_ke)


def _luy_ke(line: Dong, bao_cao: BaoCao, counted: BangSo, before: list[SoLieu]) -> Decimal | None:
    """The year so far: flows add up, stocks repeat, a correction of this period is added."""
    if line.gia_tri is None:
        return None
    if line.chi_tieu.kieu == Kieu.STOCK:
        return line.gia_tri
    if line.chi_tieu.is_nhap_tay:
        return _theo_bao_cao(line, bao_cao, before)
    year = counted.so(bao_cao.don_vi, line.ma, luy_ke=True).gia_tri
    if line.chi_tieu.is_ty_le:
        return None if year is None else Decimal(year)
    by_books = Decimal(year) + line.gia_tri - (line.gia_tri_he_thong or 0)
    if line.chi_tieu.hoac_go:
        return max(by_books, _theo_bao_cao(line, bao_cao, before))
    return by_books


def _theo_bao_cao(line: Dong, bao_cao: BaoCao, before: list[SoLieu]) -> Decimal:
    """What the year's earlier reports said, with this one's figure.

    Of activities the greater of this and of what the books count is the year's: quarters that
    were typed stand in no book, and what is entered in the books later was typed before.
    """
    year = (
        old
        for old in before
        if old.bao_cao.tu_ngay.year == bao_cao.tu_ngay.year
        and old.bao_cao.den_ngay < bao_cao.tu_ngay
    )
    said = (old.gia_tri if old.bao_cao_gia_tri is None else old.bao_cao_gia_tri for old in year)
    return sum((value or Decimal(0) for value in said), line.gia_tri)


def _bon_ky_truoc(before: list[SoLieu]) -> tuple[Decimal, ...]:
    said = (old.gia_tri if old.bao_cao_gia_tri is None else old.bao_cao_gia_tri for old in before)
    return tuple(value for value in said if value is not None)[-4:]


def _ky_truoc(bao_cao: BaoCao, before: list[SoLieu]) -> Decimal | None:
    code = bao_cao.ky_bao_cao.previous.code
    for old in before:
        if old.bao_cao.ky == code:
            return old.gia_tri if old.bao_cao_gia_tri is None else old.bao_cao_gia_tri
    return None


def _pham_vi(bao_cao: BaoCao, thoi_ky: ThoiKy, counted: BangSo) -> dict:
    """Which branches are counted, and which of them held no meeting in the period."""
    if not bao_cao.is_dang_sua:
        return bao_cao.pham_vi
    branches = list(_chi_doan(bao_cao.don_vi, thoi_ky, counted.ban_do))
    return {
        "chi_doan": [branch.pk for branch in branches],
        "im_lang": [
            branch.ten for branch in branches if not counted.so(branch, "buoi_sinh_hoat").tu
        ],
    }


def _chi_doan(don_vi, thoi_ky: ThoiKy, ban_do: BanDo | None):
    if ban_do is None:
        return chi_doan_hoat_dong(don_vi, thoi_ky.den)
    rows = ChiDoan.objects.dang_hoat_dong(thoi_ky.den)
    return ban_do.duoi(rows, "path", don_vi).order_by("path")
