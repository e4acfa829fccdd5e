"""Where the numerators come from: indicators, and named sources that say more than a count.

All is read once for all units: one statement for every indicator of a set, and one for each
register that a named source needs, when it is asked for.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.db.models import Count, F, Q

from baocao.chi_tieu import THEO_MA, BangSo, ChiTieu, Nguon, So, ThoiKy, compute
from baocao.models import BaoCao, BoTieuChi, ChiTieuNam, XepLoaiDonVi
from chidoan.lich_hop import NhipHop
from chidoan.models import NghiQuyet
from chidoan.queries import (
    chi_doan_hoat_dong,
    diem_danh_cac_thang,
    nhip_hop_theo_chi_doan,
)
from core.periods import het_ngay, today
from doanvien.doan_phi.muc_thu import BangMuc
from doanvien.doan_phi.quy_tac import doc_khoang
from doanvien.doan_phi.thu_nop import QUY_DINH as QUY_DINH_THU
from doanvien.doan_phi.thu_nop import ThuNop, thang_da_qua, thu_nop
from tochuc.ban_do import BanDo
from tochuc.models import CapDonVi, DonVi

from .cong_thuc import GiaTri
from .luat import BoLuat, ChiaCho, LuatTieuChi

MAU_SO_XEP_LOAI = "mau_so_xep_loai"
CHI_DOAN, DOAN_CO_SO = BoTieuChi.DoiTuong.CHI_DOAN, BoTieuChi.DoiTuong.DOAN_CO_SO
_CAP = {CHI_DOAN: CapDonVi.CHI_DOAN, DOAN_CO_SO: CapDonVi.CO_SO}


@dataclass
class SoNguon:
    """What was read of the units of a scope in a period; each part when it is first asked for."""

    goc: DonVi
    thoi_ky: ThoiKy
    don_vi: Sequence[DonVi]
    counted: BangSo
    ban_do: BanDo | None = None
    muc: BangMuc | None = None
    _duoi: dict[str, list[DonVi]] = field(default_factory=dict)

    @cached_property
    def bang_muc(self) -> BangMuc:
        return self.muc or BangMuc(MAU_SO_XEP_LOAI, *QUY_DINH_THU)

    @cached_property
    def months(self):
        """Attendance of every branch month by month, over whole years for dispersed branches."""
        ky, den = self.thoi_ky.ky, self.thoi_ky.den
        return diem_danh_cac_thang(self.goc, ky.months, self.ban_do, den=den)

    @cached_property
    def nhip_hop(self) -> dict[int, NhipHop]:
        day = het_ngay(self.thoi_ky.den)
        return nhip_hop_theo_chi_doan(self.chi_doan, self.months, self.thoi_ky.ky, day)

    @cached_property
    def chi_doan(self) -> Sequence[DonVi]:
        """The branches themselves, or those of the wards that are judged."""
        if all(unit.is_chi_doan for unit in self.don_vi):
            return self.don_vi
        return list(chi_doan_hoat_dong(self.goc, self.thoi_ky.den, self.ban_do))

    @cached_property
    def thang_thu(self) -> list[date]:
        """The months of the period whose dues are judged."""
        months = thang_da_qua(self.thoi_ky.ky.nam, het_ngay(self.thoi_ky.den))
        return [month for month in months if month in self.thoi_ky.ky]

    @cached_property
    def thu_nop(self) -> dict[str, ThuNop]:
        day = self.goc.ngay_so_lieu(today())
        return thu_nop(self.goc, self.thang_thu, day, self.bang_muc)

    @cached_property
    def chi_tieu_nam(self) -> dict[tuple[int, str], int]:
        """The year's targets: (unit, indicator) → how many."""
        rows = ChiTieuNam.objects.under(self.goc).filter(nam=self.thoi_ky.ky.nam).order_by()
        return {
            (don_vi, ma): int(so) for don_vi, ma, so in rows.values_list("don_vi", "ma", "gia_tri")
        }

    @cached_property
    def nghi_quyet(self) -> dict[int, So]:
        """Resolutions of a branch that fell due in the period: done in time, of all."""
        done = Q(trang_thai=NghiQuyet.TrangThai.XONG, ket_thuc_ngay__lte=F("han"))
        due = Q(han__range=self.thoi_ky.trong_ky) & ~Q(trang_thai=NghiQuyet.TrangThai.THOI)
        rows = NghiQuyet.objects.under(self.goc).filter(due).order_by().values("chi_doan")
        found = rows.annotate(xong=Count("pk", filter=done), so=Count("pk"))
        return {row["chi_doan"]: So(row["xong"], row["so"]) for row in found}

    @cached_property
    def bao_cao(self) -> dict[int, So]:
        """Reports of a unit that fell due in the period: first handed in by the day, of all."""
        on_time = Q(nop_lan_dau__date__lte=F("han"))
        rows = BaoCao.objects.under(self.goc).filter(han__range=self.thoi_ky.trong_ky)
        rows = rows.exclude(trang_thai=BaoCao.TrangThai.MIEN)
        found = (
            rows.order_by()
            .values("don_vi")
            .annotate(dung=Count("pk", filter=on_time), so=Count("pk"))
        )
        return {row["don_vi"]: So(row["dung"], row["so"]) for row in found}

    def chi_tieu(self, unit: DonVi, ma: str) -> int | None:
        """The year's target of a unit; that of admissions may have come along with the unit."""
        if ma == "ket_nap_moi" and hasattr(unit, "chi_tieu_ket_nap"):
            return unit.chi_tieu_ket_nap and int(unit.chi_tieu_ket_nap)
        return self.chi_tieu_nam.get((unit.pk, ma))

    def so(self, unit: DonVi, ma: str, *, luy_ke: bool = False) -> So:
        """The figure of the period; measured against the year's target, of the year so far."""
        return self.counted.so(unit, ma, luy_ke=luy_ke)

    def so_doan_vien(self, unit: DonVi) -> int:
        return unit.so_doan_vien if unit.is_chi_doan else self.so(unit, "doan_vien").tu

    def duoi(self, unit: DonVi) -> list[DonVi]:
        """The branches of a unit; of a branch itself."""
        if unit.is_chi_doan:
            return [unit]
        if not self._duoi:
            found: dict[str, list[DonVi]] = defaultdict(list)
            step = len(self.don_vi[0].path)
            for branch in self.chi_doan:
                found[branch.path[:step]].append(branch)
            self._duoi = found
        return self._duoi.get(unit.path, [])

    def tong_nhip(self, unit: DonVi) -> NhipHop:
        return sum((self.nhip_hop[branch.pk] for branch in self.duoi(unit)), NhipHop())

    def tong_thu(self, unit: DonVi) -> list[ThuNop]:
        found = (self.thu_nop.get(branch.path) for branch in self.duoi(unit))
        return [item for item in found if item and item.phai_thu]


@dataclass(frozen=True, kw_only=True)
class NguonCoTen:
    """A source with a name: what it says of a unit, and the indicators that it counts."""

    ma: str
    ten: str
    doc: Callable[[SoNguon, DonVi], GiaTri | None]
    doi_tuong: tuple[str, ...] = (CHI_DOAN, DOAN_CO_SO)
    chi_tieu: tuple[str, ...] = ()


def _nhip_hop(so: SoNguon, unit: DonVi) -> GiaTri:
    rhythm = so.tong_nhip(unit)
    return GiaTri(rhythm.da_hop, rhythm.phai_hop)


def _thu_nop(so: SoNguon, unit: DonVi) -> GiaTri | None:
    """Member-months paid of those owed; handing over late rules the best step out."""
    found = so.tong_thu(unit)
    if not found:
        return None
    late = sorted({month for item in found for month in item.nop_cham})
    paid, owed = sum(item.da_thu for item in found), sum(item.phai_thu for item in found)
    return GiaTri(paid, owed, bool(late), f"Nộp chậm {doc_khoang(late)}" if late else "")


def _nop_dung_han(so: SoNguon, unit: DonVi) -> GiaTri | None:
    """Months whose dues were handed over in time, of those with dues to collect."""
    found = so.tong_thu(unit)
    months = len(so.thang_thu) * len(found)
    return GiaTri(months - sum(len(item.nop_cham) for item in found), months) if found else None


def _ket_nap(so: SoNguon, unit: DonVi) -> GiaTri:
    """Admitted of the year's target; without a target one is asked for."""
    admitted = so.so(unit, "ket_nap_moi", luy_ke=True).tu
    return GiaTri(admitted, so.chi_tieu(unit, "ket_nap_moi") or None)


def _xep_loai(ma: str):
    def doc(so: SoNguon, unit: DonVi) -> GiaTri:
        figure = so.so(unit, ma)
        base = so.bang_muc.gia_tri(MAU_SO_XEP_LOAI, so.goc.path, so.thoi_ky.den)
        if figure.mau and base == "tong_doan_vien":
            return GiaTri(figure.tu, so.so_doan_vien(unit))
        return GiaTri(figure.tu, figure.mau)

    return doc


def _chi_doan_xep(ma: str, ten: str, thang: Sequence[str], dat: Sequence[str]) -> "NguonCoTen":
    """Branches of a ward that were rated at levels of a scale, of those rated in it."""

    def doc(so: SoNguon, unit: DonVi) -> GiaTri:
        rated = {muc: so.so(unit, f"chi_doan_{muc}").tu for muc in thang}
        return GiaTri(sum(rated[muc] for muc in dat), sum(rated.values()))

    return NguonCoTen(
        ma=ma,
        ten=f"{ten} trên chi đoàn được xếp loại",
        doc=doc,
        doi_tuong=(DOAN_CO_SO,),
        chi_tieu=tuple(f"chi_doan_{muc}" for muc in thang),
    )


def _cua(rows: str):
    def doc(so: SoNguon, unit: DonVi) -> GiaTri | None:
        found = getattr(so, rows).get(unit.pk)
        return GiaTri(found.tu, found.mau) if found else None

    return doc


_HD33, _CU = XepLoaiDonVi.MUC_HD33, XepLoaiDonVi.MUC_CU
_CO_TEN = (
    NguonCoTen(
        ma="nhip_hop",
        ten="Tháng có buổi sinh hoạt trên tháng phải họp",
        doc=_nhip_hop,
    ),
    NguonCoTen(
        ma="thu_nop",
        ten="Lượt đoàn phí đã thu trên lượt phải thu; nộp chậm thì không ở bậc cao nhất",
        doc=_thu_nop,
    ),
    NguonCoTen(
        ma="nop_dung_han", ten="Tháng nộp đoàn phí đúng hạn trên tháng phải nộp", doc=_nop_dung_han
    ),
    NguonCoTen(
        ma="ket_nap",
        ten="Kết nạp mới trên chỉ tiêu năm; chưa giao chỉ tiêu thì cần một",
        doc=_ket_nap,
        chi_tieu=("ket_nap_moi",),
    ),
    NguonCoTen(
        ma="tot_tro_len",
        ten="Đoàn viên xếp loại tốt trở lên",
        doc=_xep_loai("xep_loai_tot"),
        chi_tieu=("xep_loai_tot",),
    ),
    NguonCoTen(
        ma="khong_hoan_thanh",
        ten="Đoàn viên xếp loại không hoàn thành nhiệm vụ",
        doc=_xep_loai("xep_loai_khong_hoan_thanh"),
        chi_tieu=("xep_loai_khong_hoan_thanh",),
    ),
    NguonCoTen(
        ma="nghi_quyet_dung_han",
        ten="Nghị quyết chi đoàn xong đúng hạn trên số đến hạn",
        doc=_cua("nghi_quyet"),
        doi_tuong=(CHI_DOAN,),
    ),
    NguonCoTen(
        ma="bao_cao_dung_han",
        ten="Báo cáo nộp đúng hạn trên số đến hạn",
        doc=_cua("bao_cao"),
    ),
    _chi_doan_xep("chi_doan_tot", "Chi đoàn xếp loại tốt trở lên", _HD33, _HD33[:2]),
    _chi_doan_xep(
        "chi_doan_khong_hoan_thanh", "Chi đoàn không hoàn thành nhiệm vụ", _HD33, _HD33[3:]
    ),
    _chi_doan_xep("chi_doan_kha_cu", "Chi đoàn khá, vững mạnh (thang cũ)", _CU, _CU[:2]),
    _chi_doan_xep(
        "chi_doan_trung_binh_cu", "Chi đoàn trung bình, yếu kém (thang cũ)", _CU, _CU[2:]
    ),
)
CO_TEN: dict[str, NguonCoTen] = {nguon.ma: nguon for nguon in _CO_TEN}


def _chi_tu(item: ChiTieu) -> ChiTieu:
    """A share of all members, without reading them all for its base."""
    whole = item.nguon
    nguon = Nguon(ma=item.ma, rows=lambda tk: whole.rows(tk).filter(item.tu(tk)), path=whole.path)
    return replace(item, nguon=nguon, tu=lambda _: Q(), mau=None)


_CHI_TU = {ma: _chi_tu(THEO_MA[ma]) for ma in ("dang_ky_ren_luyen",)}


def chi_tieu_dung_cho(doi_tuong: str) -> list[ChiTieu]:
    """The indicators that the system counts and that say something at that level."""
    cap = _CAP[BoTieuChi.DoiTuong(doi_tuong)]
    return [item for item in THEO_MA.values() if not item.is_nhap_tay and cap in item.cap]


def nguon_dung_cho(doi_tuong: str) -> dict[str, str]:
    """What a criterion may be computed from: {code: words}, named sources first."""
    named = {item.ma: item.ten for item in _CO_TEN if doi_tuong in item.doi_tuong}
    return named | {item.ma: item.ten for item in chi_tieu_dung_cho(doi_tuong)}


def chi_tieu_can(luat: BoLuat) -> list[ChiTieu]:
    """The indicators that a set counts, each once. A branch knows how many members it has."""
    codes: list[str] = []
    for item in luat.la:
        if not item.nguon:
            continue
        named = CO_TEN.get(item.nguon)
        codes += named.chi_tieu if named else [item.nguon]
    if luat.doi_tuong == DOAN_CO_SO:
        codes.append("doan_vien")
    return [_CHI_TU.get(ma, THEO_MA[ma]) for ma in dict.fromkeys(codes)]


def doc_nguon(
    goc: DonVi,
    thoi_ky: ThoiKy,
    don_vi: Sequence[DonVi],
    chi_tieu: Iterable[ChiTieu],
    *,
    ban_do: BanDo | None = None,
    muc: BangMuc | None = None,
) -> SoNguon:
    """Count the indicators; all else waits until a criterion asks for it. One query."""
    wanted = list(dict.fromkeys(chi_tieu)) or [THEO_MA["doan_vien"]]
    return SoNguon(goc, thoi_ky, don_vi, compute(goc, thoi_ky, wanted, ban_do), ban_do, muc)


def gia_tri(luat: LuatTieuChi, so: SoNguon, unit: DonVi) -> GiaTri | None:
    """The figure of a criterion for one unit, over what the set divides it by. No query of its
    own."""
    named = CO_TEN.get(luat.nguon)
    if named:
        return named.doc(so, unit)
    is_nam = luat.chia_cho == ChiaCho.CHI_TIEU
    indicator, figure = THEO_MA[luat.nguon], so.so(unit, luat.nguon, luy_ke=is_nam)
    if indicator.hoac_go and not figure.tu:
        return None  # nothing of the kind on record: the unit may keep no such register
    if luat.chia_cho == ChiaCho.RIENG:
        is_chi_tu = luat.nguon in _CHI_TU
        return GiaTri(figure.tu, so.so_doan_vien(unit) if is_chi_tu else figure.mau)
    base = _mau(luat, so, unit)
    if luat.chia_cho != ChiaCho.KHONG and not base:
        return None
    return _chia(figure, base)


def _chia(figure: So, base: int | None) -> GiaTri:
    if figure.chia == 1:
        return GiaTri(figure.tu, base)
    return GiaTri(figure.tu, figure.chia * (base or 1))


def _mau(luat: LuatTieuChi, so: SoNguon, unit: DonVi) -> int | None:
    if luat.chia_cho == ChiaCho.DOAN_VIEN:
        return so.so_doan_vien(unit)
    if luat.chia_cho == ChiaCho.THANG:
        return so.tong_nhip(unit).phai_hop
    if luat.chia_cho == ChiaCho.CHI_TIEU:
        return so.chi_tieu(unit, luat.nguon)
    return luat.chia_so if luat.chia_cho == ChiaCho.SO else None
