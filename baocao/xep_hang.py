"""The ranking of branches in a year: facts of the books put into the criteria set.

A level that was decided and recorded stands above what is computed. Branches of one scale are
ranked among themselves: the older scale is never converted.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from chidoan.lich_hop import NhipHop
from chidoan.models import ChiDoan
from chidoan.queries import DiemDanhThang, chi_doan_hoat_dong
from core.periods import KyBaoCao, today
from doanvien.doan_phi.muc_thu import BangMuc
from doanvien.doan_phi.thu_nop import QUY_DINH, ThuNop
from tochuc.ban_do import BanDo
from tochuc.models import DonVi
from tochuc.scoping import path_prefixes

from .cham_diem import BoLuat
from .cham_diem.bo import luat_theo_bam, with_bo
from .cham_diem.dong_co import cham
from .cham_diem.nguon import CHI_DOAN, SoNguon, chi_tieu_can, doc_nguon
from .cham_diem.xep_chung import ket_qua, xep_chung
from .chi_tieu import BangSo, ChiTieu, So, ThoiKy
from .models import ChiTieuNam, DanhGiaTieuChi, DotCham, XepLoaiDonVi
from .xep_loai import KetQua, Muc, XepChung, bac_xep, xep_hang

_QUYET_DINH = ("thang", "ten_thang", "muc", "ten_muc", "so_quyet_dinh", "ngay")
_QUY_DINH = ["chi_doan_nho", "xep_hang_chi_doan_nho", "chi_doan_moi_thang", "mau_so_xep_loai"]


@dataclass(frozen=True, kw_only=True)
class DongXepHang:
    """One branch in the ranking."""

    chi_doan: ChiDoan
    co_so: str
    bo: BoLuat | None
    ket_qua: tuple[KetQua, ...]
    xep: XepChung
    nhip_hop: NhipHop
    so_buoi: int
    du_hop: So
    danh_gia: Mapping[str, DanhGiaTieuChi]
    quyet_dinh: XepLoaiDonVi | None
    ghi_chu: str = ""
    co_xep_hang: bool = True
    hang: int | None = None
    hang_cum: int | None = None
    hang_khoi: int | None = None

    @cached_property
    def thang(self) -> str:
        """The scale by which the branch is judged this year."""
        if self.quyet_dinh:
            return self.quyet_dinh.thang
        return XepLoaiDonVi.Thang.BO if self.is_diem else XepLoaiDonVi.Thang.HD33

    @property
    def is_thang_cu(self) -> bool:
        return self.thang == XepLoaiDonVi.Thang.CU

    @property
    def is_diem(self) -> bool:
        """Whether the set counts points."""
        return self.bo is not None and self.bo.is_diem

    @cached_property
    def muc(self) -> str:
        """The level that stands: what was decided, else what is computed; "" when open."""
        if self.quyet_dinh:
            return self.quyet_dinh.muc
        return "" if self.xep.muc is None else self.xep.muc.name.lower()

    @property
    def ten_muc(self) -> str:
        if self.quyet_dinh:
            return self.quyet_dinh.ten
        return self.bo.ten_muc(self.muc) if self.muc else "Chưa đủ dữ liệu"

    @cached_property
    def khoa(self) -> tuple:
        """What the order goes by: level or points, criteria met at the top, attendance.

        Of two counts far below a million the quotient is equal exactly where the shares are.
        """
        if self.is_thang_cu:
            level = -XepLoaiDonVi.MUC_CU.index(self.quyet_dinh.muc)
        elif self.thang == XepLoaiDonVi.Thang.BO:
            level = (self.quyet_dinh.diem or 0) if self.quyet_dinh else self.xep.tong
        else:
            level = bac_xep(Muc[self.muc.upper()] if self.muc else None)
        rate = self.du_hop.tu / self.du_hop.mau if self.du_hop.mau else -1
        return level, self.xep.so_cao_nhat, rate


@dataclass(frozen=True)
class BangXepHang:
    """The ranking of the branches at or below `don_vi`, best first."""

    don_vi: DonVi
    thoi_ky: ThoiKy
    bo: BoLuat | None
    dong: tuple[DongXepHang, ...]
    quy_dinh: dict
    counted: BangSo
    truc_thuoc: tuple[DonVi, ...]
    """The units right below, branches left out."""
    thang_thu: tuple[date, ...]
    """The months whose dues are judged."""
    thu_nop: Mapping[str, ThuNop]

    @property
    def dem_muc(self) -> list[tuple[str, str, int]]:
        """How many branches stand at each level: (code, words, branches), best first."""
        count: dict[str, int] = defaultdict(int)
        for row in self.dong:
            count[row.muc] += 1
        labels = dict(XepLoaiDonVi.Muc.choices)
        labels |= {row.muc: row.ten_muc for row in self.dong if row.muc not in labels and row.muc}
        labels[""] = "Chưa đủ dữ liệu"
        return [(muc, labels[muc], count[muc]) for muc in labels if count[muc]]

    @property
    def is_thang_cu(self) -> bool:
        return any(row.is_thang_cu for row in self.dong)


def load_xep_hang(
    don_vi: DonVi,
    nam: int,
    *,
    chi_tieu: Sequence[ChiTieu] = (),
    quy_dinh: Sequence[str] = (),
    ban_do: BanDo | None = None,
    truoc: DotCham | None = None,
) -> BangXepHang:
    """Rank the branches at or below `don_vi` in a year, within clusters too, by the set in force
    for `don_vi`: those of one ranking are judged alike. Seven queries.

    A page that also shows figures names them, so that they are counted along. On the map of a
    day (eight queries) it is the branches of then; those that have left are not among them.
    `truoc`: a round whose ranks are read along, for what has moved since.
    """
    thoi_ky = ThoiKy.of(KyBaoCao(nam), don_vi)
    rows = chi_doan_hoat_dong(don_vi, thoi_ky.den)
    if ban_do:
        rows = ban_do.duoi(rows, "path", don_vi)
    rows = with_bo(_with_chi_tieu(rows, nam), CHI_DOAN, thoi_ky.ky, don_vi)
    branches = list(_with_hang_truoc(_with_quyet_dinh(rows, thoi_ky), truoc))
    bo = luat_theo_bam(branches[0].bo_bam) if branches and branches[0].bo_bam else None
    muc = BangMuc(*_QUY_DINH, *quy_dinh, *QUY_DINH)
    wanted = [*(chi_tieu_can(bo) if bo else ()), *chi_tieu]
    read = doc_nguon(don_vi, thoi_ky, branches, wanted, ban_do=ban_do, muc=muc)
    below, co_so = _don_vi_duoi(don_vi, branches, thoi_ky, ban_do)
    data = _DuLieu(
        so=read,
        bo=bo,
        diem_danh=_diem_danh(read.months),
        danh_gia=_danh_gia(don_vi, thoi_ky),
        quyet_dinh={branch.pk: _quyet_dinh(branch, nam) for branch in branches if branch.qd},
        co_so=co_so,
        quy_dinh={ma: muc.gia_tri(ma, don_vi.path, thoi_ky.den) for ma in (*_QUY_DINH, *quy_dinh)},
    )
    rows = [_dong(branch, data) for branch in branches]
    return BangXepHang(
        don_vi,
        thoi_ky,
        bo,
        tuple(_ranked(rows)),
        data.quy_dinh,
        read.counted,
        below,
        tuple(read.thang_thu),
        read.thu_nop,
    )


def _don_vi_duoi(
    don_vi: DonVi, branches, thoi_ky: ThoiKy, ban_do: BanDo | None
) -> tuple[tuple[DonVi, ...], dict[int, str]]:
    """The units right below, and the name of each branch's ward. No query for a ward, else one, two
    on a past map."""
    if don_vi.is_chi_doan:
        return (), {}
    if don_vi.is_co_so and ban_do is None:
        return (), {branch.pk: don_vi.ten_noi for branch in branches}
    if ban_do:
        below = DonVi.objects.truc_thuoc(don_vi, thoi_ky.den).tren_chi_doan()
        return tuple(ban_do.duoi(below, "path", don_vi)), ban_do.ten_co_so(don_vi)
    units = list(DonVi.objects.under(don_vi).tren_chi_doan().dang_hoat_dong(today()))
    names = {unit.path: unit.ten_noi for unit in units if unit.is_co_so}
    below = tuple(unit for unit in units if unit.depth == don_vi.depth + 1)
    return below, {branch.pk: _co_so_cua(branch, names) for branch in branches}


def _with_chi_tieu(branches, nam: int):
    """Annotate `chi_tieu_ket_nap`: how many the branch set out to admit in the year."""
    own = ChiTieuNam.objects.filter(don_vi=OuterRef("pk"), ma="ket_nap_moi", nam=nam)
    return branches.annotate(chi_tieu_ket_nap=Subquery(own.order_by().values("gia_tri")[:1]))


def _with_quyet_dinh(branches, thoi_ky: ThoiKy):
    """Annotate `qd`: what the ward decided on the branch for the year, asked for once."""
    own = XepLoaiDonVi.objects.cua_chi_doan()
    own = own.filter(don_vi=OuterRef("pk"), nam=thoi_ky.ky.nam, ngay__lte=thoi_ky.den)
    whole = JSONObject(**{ten: ten for ten in _QUYET_DINH})
    return branches.annotate(qd=Subquery(own.order_by("-ngay", "-pk").values(tat_ca=whole)[:1]))


def _with_hang_truoc(branches, truoc: DotCham | None):
    """Annotate `hang_truoc`: where a round had put the branch."""
    if truoc is None:
        return branches
    own = truoc.dong.filter(don_vi=OuterRef("pk")).order_by()
    return branches.annotate(hang_truoc=Subquery(own.values("hang")[:1]))


def _quyet_dinh(branch, nam: int) -> XepLoaiDonVi:
    found = {**branch.qd, "ngay": date.fromisoformat(branch.qd["ngay"])}
    return XepLoaiDonVi(don_vi_id=branch.pk, nam=nam, **found)


@dataclass(frozen=True, kw_only=True)
class _DuLieu:
    """What was read, for all branches at once."""

    so: SoNguon
    bo: BoLuat | None
    diem_danh: dict[int, tuple[int, So]]
    danh_gia: dict[int, dict[str, DanhGiaTieuChi]]
    quyet_dinh: dict[int, XepLoaiDonVi]
    co_so: dict[int, str]
    quy_dinh: dict


def _co_so_cua(branch: ChiDoan, co_so: dict[str, str]) -> str:
    """The ward's name; one that has ended hangs below the branch that took over."""
    above = path_prefixes(branch.path)[-2::-1]
    return next((co_so[path] for path in above if path in co_so), "")


def _dong(branch: ChiDoan, data: _DuLieu) -> DongXepHang:
    found = data.danh_gia.get(branch.pk, {})
    results = _ket_qua(branch, found, data) if data.bo and branch.so_doan_vien else ()
    note, co_xep_hang = _ghi_chu(branch, data)
    so_buoi, du_hop = data.diem_danh.get(branch.pk, (0, So(0, 0)))
    return DongXepHang(
        chi_doan=branch,
        co_so=data.co_so.get(branch.pk, ""),
        bo=data.bo,
        ket_qua=results,
        xep=xep_chung(data.bo, results),
        nhip_hop=data.so.nhip_hop[branch.pk],
        so_buoi=so_buoi,
        du_hop=du_hop,
        danh_gia=found,
        quyet_dinh=data.quyet_dinh.get(branch.pk),
        ghi_chu=note,
        co_xep_hang=co_xep_hang,
    )


def _ket_qua(
    branch: ChiDoan, found: Mapping[str, DanhGiaTieuChi], data: _DuLieu
) -> tuple[KetQua, ...]:
    """Each criterion: computed where the books tell, else the ward's latest finding."""
    computed = cham(data.bo, data.so, branch)
    return tuple(
        ket_qua(item, computed.get(item.ma), found[item.ma].muc if item.ma in found else "")
        for item in data.bo.la
    )


def _ghi_chu(branch: ChiDoan, data: _DuLieu) -> tuple[str, bool]:
    """A remark on a branch that is empty, new or small, and whether it is ranked."""
    if not branch.so_doan_vien:
        return "Chưa có đoàn viên trong sổ", False
    months = data.quy_dinh["chi_doan_moi_thang"]
    founded = branch.thanh_lap
    if founded and _thang_tron(founded, data.so.thoi_ky.den) < months:
        return f"Mới thành lập chưa đủ {months} tháng", False
    smallest = data.quy_dinh["chi_doan_nho"]
    if branch.so_doan_vien < smallest:
        return f"Dưới {smallest} đoàn viên", bool(data.quy_dinh["xep_hang_chi_doan_nho"])
    return "", True


def _thang_tron(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


_NHOM = {"hang": "", "hang_cum": "cum_thi_dua", "hang_khoi": "khoi"}
"""Where a rank is counted: among all, in the cluster of its ward, in the kind of branch."""


def _ranked(rows: Sequence[DongXepHang]) -> list[DongXepHang]:
    """Rows with their ranks, overall, in the cluster and in the kind; those without a rank come
    last."""
    ranks: dict[int, dict[str, int]] = defaultdict(dict)
    for field, nhom in _NHOM.items():
        groups: dict[tuple, list[DongXepHang]] = defaultdict(list)
        for row in rows:
            key = getattr(row.chi_doan, nhom) if nhom else field
            ward = row.co_so if field == "hang_cum" else ""
            if row.co_xep_hang and key:
                groups[row.thang, ward, key].append(row)
        for members in groups.values():
            for place, row in xep_hang(members, lambda row: row.khoa):
                ranks[row.chi_doan.pk][field] = place
    done = [replace(row, **ranks[row.chi_doan.pk]) for row in rows]
    return sorted(done, key=lambda row: (row.thang, row.hang is None, row.hang, row.chi_doan.path))


def _diem_danh(months: Iterable[DiemDanhThang]) -> dict[int, tuple[int, So]]:
    """Of each branch in the year: its meetings, and who was present of all names on the rolls."""
    found: dict[int, tuple[int, So]] = {}
    for branch, rows in groupby(months, key=lambda row: row.chi_doan_id):
        counts = [(row.so_buoi, row.du_hop, row.danh_sach) for row in rows]
        held, present, names = map(sum, zip(*counts, strict=True))
        found[branch] = held, So(present, names)
    return found


def _danh_gia(don_vi: DonVi, thoi_ky: ThoiKy) -> dict[int, dict[str, DanhGiaTieuChi]]:
    """The latest finding on each criterion of each branch."""
    found: dict[int, dict[str, DanhGiaTieuChi]] = defaultdict(dict)
    rows = DanhGiaTieuChi.objects.under(don_vi).filter(nam=thoi_ky.ky.nam).select_related("by")
    for row in rows.order_by("ngay", "pk"):
        found[row.chi_doan_id][row.tieu_chi] = row
    return found
