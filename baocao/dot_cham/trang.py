"""What the pages of a round show: its road, and a line criterion by criterion."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from baocao.cham_diem.luat import BoLuat, LuatTieuChi
from baocao.chi_tieu import THEO_MA, ThoiKy
from baocao.dia_chi import rows_url
from baocao.models import BuocDotCham, DiemTieuChi, DongCham, DotCham, MinhChung, YKien
from core.text.display import gio, ngay, show

from .quy_tac import (
    cac_muc,
    can_cham,
    can_tham_dinh,
    co_gia_tri,
    giong,
    goi_gia_tri,
    is_hoi,
    la_de_xuat,
    luat_cua,
)

T, D = DotCham.TrangThai, DongCham.TrangThai
_NHAN = {
    T.MO: ("info", "square-pen"),
    T.THAM_DINH: ("warn", "list-checks"),
    T.THU: ("warn", "hourglass"),
    T.CONG_BO: ("info", "megaphone"),
    T.CHUNG_CUOC: ("ok", "circle-check"),
    T.HUY: ("neutral", "archive"),
}
_NHAN_DONG = {
    D.CHO_CHAM: ("neutral", "hourglass"),
    D.TRA_LAI: ("bad", "undo-2"),
    D.DA_GUI: ("info", "send"),
    D.DA_THAM_DINH: ("ok", "check"),
    D.DA_DUYET: ("ok", "circle-check"),
}
CHUNG_CUOC_CU = ("neutral", "archive", "Đã có kết quả thay thế")


def nhan_dot(dot: DotCham) -> tuple[str, str, str]:
    """Where a round stands, as a pill; one that a later one replaced says so."""
    if dot.da_thay:
        return CHUNG_CUOC_CU
    return (*_NHAN[dot.trang_thai], dot.get_trang_thai_display())


def nhan_dong(dong: DongCham) -> tuple[str, str, str]:
    return (*_NHAN_DONG[dong.trang_thai], dong.get_trang_thai_display())


def chang(dot: DotCham) -> list[dict]:
    """The strip of the round's states, oldest first."""
    road = [
        (T.MO, "Tự chấm", f"đến {ngay(dot.han_tu_cham)}"),
        (T.THAM_DINH, "Thẩm định", f"đến {ngay(dot.han_tham_dinh)}"),
        (T.THU, "Kết quả thử", "cơ quan xem trước"),
        (T.CONG_BO, "Công bố", f"ý kiến đến {ngay(dot.han_y_kien)}" if dot.han_y_kien else ""),
        (T.CHUNG_CUOC, "Chung cuộc", ""),
    ]
    states = [state for state, *_ in road]
    if dot.trang_thai == T.HUY:
        return [{"name": ten, "note": "", "state": "todo"} for _, ten, _ in road]
    now = states.index(dot.trang_thai)
    is_last = dot.is_chung_cuoc
    return [
        {
            "name": ten,
            "note": note if place >= now else "",
            "state": "done" if place < now or is_last else "now" if place == now else "todo",
        }
        for place, (_, ten, note) in enumerate(road)
    ]


def cac_buoc(steps: Sequence[BuocDotCham], *, cua: DongCham | None = None) -> list[dict]:
    """History, newest first; of one line without its name."""
    return [_entry(row, "" if cua or not row.dong_id else row.dong.ten) for row in reversed(steps)]


def _entry(row: BuocDotCham, ten: str) -> dict:
    who = str(row.boi or "")
    who = f"{who}, nhập thay" if row.nhap_thay and who else who
    lines = [ten, who, f"«{row.loi}»" if row.loi else ""]
    return {
        "title": row.get_loai_display(),
        "lines": [line for line in lines if line],
        "when": gio(row.luc),
        "state": "done",
    }


def _o(points) -> str:
    """Points as they stand in a box."""
    return "" if points is None else show(points.normalize() + 0)


@dataclass
class MucTrang:
    """One criterion of a line, ready to be shown."""

    bo: BoLuat
    luat: LuatTieuChi
    diem: DiemTieuChi
    url_so: str = ""
    minh_chung: list[MinhChung] = field(default_factory=list)
    y_kien: list[YKien] = field(default_factory=list)

    @property
    def ma(self) -> str:
        return self.luat.ma

    @property
    def hoi(self) -> bool:
        """The unit itself is asked."""
        return is_hoi(self.luat, self.diem)

    @property
    def can(self) -> bool:
        return can_cham(self.luat, self.diem)

    @property
    def con_thieu(self) -> bool:
        return self.can and not self.tu_cham

    @property
    def cho_tham_dinh(self) -> bool:
        return can_tham_dinh(self.luat, self.diem)

    @property
    def phan_so(self) -> str:
        """The figure behind the computed value: "11/12", or a count."""
        if self.diem.tu is None:
            return ""
        return (
            show(self.diem.tu)
            if self.diem.mau is None
            else (f"{show(self.diem.tu)}/{show(self.diem.mau)}")
        )

    @property
    def may(self) -> str:
        return self._goi("may")

    @property
    def tu_cham(self) -> str:
        return self._goi("tu_cham")

    @property
    def tham_dinh(self) -> str:
        return self._goi("tham_dinh")

    @property
    def duyet(self) -> str:
        return self._goi("duyet")

    @property
    def chung(self) -> str:
        return goi_gia_tri(self.bo, self.diem.diem, self.diem.muc)

    @property
    def khac(self) -> bool:
        """Whether the self-score and the computed value differ: the verifier has to say which."""
        both = co_gia_tri(self.diem, "tu_cham") and co_gia_tri(self.diem, "may")
        return both and not giong(self.diem, "tu_cham", "may")

    @property
    def is_lech(self) -> bool:
        """Whether the official value is another one than the unit gave or the books tell."""
        return co_gia_tri(self.diem, "tham_dinh") and any(
            co_gia_tri(self.diem, buoc) and not giong(self.diem, buoc, "tham_dinh")
            for buoc in ("tu_cham", "may")
        )

    @property
    def de_xuat(self) -> str:
        """What the verifier may take over as it is."""
        source = la_de_xuat(self.diem)
        return self._goi(source) if source else ""

    @property
    def toi_da(self) -> str:
        return show(self.luat.diem_toi_da.normalize() + 0) if self.bo.is_diem else ""

    @property
    def cac_muc(self) -> list[tuple[str, str]]:
        return cac_muc(self.bo, self.luat)

    @property
    def o_tu_cham(self) -> str:
        return _o(self.diem.diem_tu_cham)

    @property
    def o_tham_dinh(self) -> str:
        """What stands in the box: the official points, else those that nobody differs about."""
        return _o(self._san("diem"))

    @property
    def chon_tham_dinh(self) -> str:
        return self._san("muc") or ""

    @property
    def o_duyet(self) -> str:
        return _o(self.diem.diem_duyet)

    def _san(self, cot: str):
        source = "tham_dinh" if self.tham_dinh else la_de_xuat(self.diem)
        return getattr(self.diem, f"{cot}_{source}") if source else None

    def _goi(self, buoc: str) -> str:
        return goi_gia_tri(self.bo, *self.diem.cap(buoc))


@dataclass(frozen=True)
class NhomTrang:
    """A group of the tree with its criteria; the first may have none."""

    ten: str
    toi_da: str
    muc: list[MucTrang]


def doc_muc(dong: DongCham, *, mo_so: bool = True) -> tuple[dict[str, MucTrang], list[YKien]]:
    """Every criterion of a line with evidence and objections, in printing order; and the
    objections to the whole. Three queries. `mo_so`: whether the reader may open the rows behind
    a figure."""
    dot, bo = dong.dot, luat_cua(dong.dot)
    scores = {row.ma: row for row in dong.tieu_chi.all()}
    evidence, words = defaultdict(list), defaultdict(list)
    files = defaultdict(list)
    for item in dong.minh_chung.defer("tep"):
        (evidence if item.tieu_chi_id else files)[item.tieu_chi_id or item.y_kien_id].append(item)
    for item in dong.y_kien.select_related("gui_boi", "tra_loi_boi"):
        item.tep = files[item.pk]
        words[item.ma].append(item)
    period = ThoiKy.of(dot.ky_bao_cao, dot.don_vi, dot.tinh_den)
    found = {
        luat.ma: MucTrang(
            bo,
            luat,
            scores[luat.ma],
            _url_so(dong, luat, period) if mo_so else "",
            evidence[scores[luat.ma].pk],
            words[luat.ma],
        )
        for luat in bo.la
        if luat.ma in scores
    }
    return found, words[""]


def theo_nhom(bo: BoLuat, muc: dict[str, MucTrang]) -> list[NhomTrang]:
    """The tree as groups that hold criteria."""
    groups = [NhomTrang("", "", [])]
    for _, luat in bo.cay():
        if luat.is_nhom:
            groups.append(NhomTrang(luat.ten, show(luat.diem_toi_da.normalize() + 0), []))
        elif luat.ma in muc:
            groups[-1].muc.append(muc[luat.ma])
    return [group for group in groups if group.muc]


def _url_so(dong: DongCham, luat: LuatTieuChi, period: ThoiKy) -> str:
    chi_tieu = THEO_MA.get(luat.nguon)
    return rows_url(dong.don_vi_id, chi_tieu, period) if chi_tieu else ""
