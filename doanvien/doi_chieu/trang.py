"""What the page of a comparison shows: its views, its people, their cells in words."""

from dataclasses import dataclass

from django.utils.text import capfirst

from core.text.display import NBSP, so
from doanvien.ly_lich import NHAY_CAM
from doanvien.models import DongDoiChieu, DotDoiChieu

from .danh_gia import CA_DONG, label_of, shown_value
from .services import kept_of
from .so_sanh import TU_CHOI, XUNG_DOT, O

CO_KHAC, XUNG_DOT_TAB, TU_CHOI_TAB = "co-khac", "xung-dot", "khong-nhan"
HIDDEN = "(không hiện)"
PILLS = {
    DongDoiChieu.Loai.MOI: ("ok", "user-plus", "Người mới"),
    DongDoiChieu.Loai.CO_DOI: ("info", "pencil-line", "Có thay đổi"),
    DongDoiChieu.Loai.TU_CHOI: ("bad", "ban", "Không nhận"),
    DongDoiChieu.Loai.KHONG_DOI: ("neutral", "circle-check", "Không thay đổi"),
}


@dataclass(frozen=True)
class OTrang:
    """A cell on the page."""

    id: str
    nhan: str
    truoc: str
    trong_so: str
    moi: str
    vi_sao: str
    is_xung_dot: bool
    is_tu_choi: bool
    is_chon: bool


@dataclass(frozen=True)
class DongTrang:
    """A person on the page."""

    dong: DongDoiChieu
    pill: tuple[str, str, str]
    o: list[OTrang]
    url: str


def tabs(dot: DotDoiChieu, chosen: str) -> list[dict]:
    counted = {
        CO_KHAC: ("Có khác", dot.so_khac),
        XUNG_DOT_TAB: ("Xung đột", dot.so_xung_dot),
        TU_CHOI_TAB: ("Không nhận", dot.so_tu_choi),
    }
    return [
        {
            "label": f"{label} · {so(count)}".replace(" ", NBSP),
            "url": f"?xem={name}",
            "active": name == chosen,
        }
        for name, (label, count) in counted.items()
    ]


def chosen_tab(name: str) -> str:
    return name if name in (CO_KHAC, XUNG_DOT_TAB, TU_CHOI_TAB) else CO_KHAC


def rows_of(dot: DotDoiChieu, tab: str):
    rows = dot.dong.select_related("doan_vien")
    return {CO_KHAC: rows.co_khac, XUNG_DOT_TAB: rows.xung_dot, TU_CHOI_TAB: rows.tu_choi}[tab]()


def show_dong(dong: DongDoiChieu, *, may_read: bool) -> DongTrang:
    kept = kept_of(dong)
    cells = [_show(dong, O(**o), may_read=may_read) for o in kept["o"]]
    if dong.loai == DongDoiChieu.Loai.MOI:
        cells.append(_new_person(dong, kept, may_read=may_read))
    url = dong.doan_vien.get_absolute_url() if dong.doan_vien else ""
    is_refused = bool(cells) and all(cell.is_tu_choi for cell in cells)
    loai = DongDoiChieu.Loai.TU_CHOI if is_refused else dong.loai
    return DongTrang(dong, PILLS[loai], cells, url)


def _show(dong: DongDoiChieu, o: O, *, may_read: bool) -> OTrang:
    hide = o.ten in NHAY_CAM and not may_read
    truoc, trong_so, moi = (
        HIDDEN if hide and value else shown_value(o.ten, value) or "(trống)"
        for value in (o.truoc, o.trong_so, o.moi)
    )
    return OTrang(
        f"{dong.row}:{o.ten}",
        label_of(o.ten),
        truoc,
        trong_so,
        moi,
        "Không nhận ô này." if hide and o.vi_sao else o.vi_sao,
        o.loai == XUNG_DOT,
        o.loai == TU_CHOI,
        o.ten in dong.chon,
    )


def _new_person(dong: DongDoiChieu, kept: dict, *, may_read: bool) -> OTrang:
    said = [
        f"{label_of(name)} {shown_value(name, value)}"
        for name, value in kept.get("moi", {}).items()  # forgotten once it is written
        if value and name != "ho_ten" and (may_read or name not in NHAY_CAM)
    ]
    return OTrang(
        f"{dong.row}:{CA_DONG}",
        "Thêm vào sổ",
        "",
        "",
        "; ".join(said),
        "",
        is_xung_dot=False,
        is_tu_choi=False,
        is_chon=CA_DONG in dong.chon,
    )


def cells_chosen(dot: DotDoiChieu) -> int:
    """Ticked cells of people on file; a new person is counted as such."""
    return dot.so_chon - dot.so_moi_chon


def verb(dot: DotDoiChieu) -> str:
    """What the button does: "Ghi 12 ô của 5 đồng chí, thêm 1"; "" when nothing is ticked."""
    parts, cells = [], cells_chosen(dot)
    if cells:
        parts.append(f"ghi {so(cells)} ô của {so(dot.so_nguoi_chon - dot.so_moi_chon)} đồng chí")
    if dot.so_moi_chon:
        parts.append(f"thêm {so(dot.so_moi_chon)} đồng chí")
    text = ", ".join(parts)
    return capfirst(text)
