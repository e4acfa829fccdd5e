"""The page of a ranking by a round: its choices, rows, the one that is open, its workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from baocao.cham_diem.luat import BoLuat
from baocao.dot_cham.quyen import may_to_chuc
from baocao.dot_cham.trang import nhan_dot
from baocao.models import DongCham, DotCham
from core.listing import filter_chips
from core.periods import today
from core.text.display import ngay, so
from tochuc.permissions import Quyen

from . import hang as h
from .bang_dot import CHUA, PAGE_SIZE, BangDot
from .giay_to import goi_doi_tuong
from .han_muc import dem_cao, han_muc
from .loi import de_nang, vi_sao
from .quyet_dinh import can_quyet_dinh
from .tieu_chi_trang import TieuChiTrang, tieu_chi_cua_dong

_TINH_TRANG = {
    DotCham.TrangThai.THU: "kết quả thử",
    DotCham.TrangThai.CONG_BO: "lấy ý kiến",
    DotCham.TrangThai.CHUNG_CUOC: "chung cuộc",
}
NHAN_FILE = (
    "Hạng chung",
    "Hạng trong cụm",
    "Cụm",
    "Hạng trong khối",
    "Khối",
    "Hạng đợt trước",
    "Cấp trên",
    "Đơn vị",
    "Đoàn viên",
    "Điểm",
    "Mức",
    "Ghi chú",
)


@dataclass(frozen=True)
class DongTrang:
    """One unit as the table shows it."""

    dong: h.Hang
    bo: BoLuat
    may_mo: bool
    is_mo: bool
    toggle: str
    tieu_chi: tuple[TieuChiTrang, ...] = ()
    url_dong: str = ""

    @property
    def thanh(self) -> SafeString:
        return h.thanh(self.bo, self.dong)

    @property
    def con_so(self) -> str:
        return h.con_so(self.bo, self.dong)

    @property
    def pill(self) -> tuple[str, str, str]:
        return h.pill(self.bo, self.dong.muc)

    @property
    def vi_sao(self) -> list[str]:
        return list(vi_sao(self.bo, self.dong.rows, self.dong.muc))

    @property
    def de_nang(self) -> list[str]:
        return list(de_nang(self.bo, self.dong.rows, self.dong.muc))


def dot_context(bang: BangDot, user) -> dict:
    dot, params = bang.dot, bang.params
    opened = params.get("mo", "")
    page = bang.page(params.get("page") or _trang_cua(bang, opened))
    lines = list(page)
    rows = [
        _dong_trang(bang, user, line, row, opened, page.number)
        for line, row in zip(lines, bang.hang(lines), strict=True)
    ]
    return {
        "title": f"Xếp hạng {goi_doi_tuong(dot)} {dot.ky_bao_cao.ten}",
        "subtitle": _subtitle(bang),
        "state": nhan_dot(dot),
        "bang": bang,
        "dot": dot,
        "bo": bang.bo,
        "page": page,
        "rows": rows,
        "kpis": _kpis(bang),
        "nhom": h.nhom(bang.bo) if bang.bo.is_diem else [],
        "han_muc": _han_muc(bang),
        "co_cum": any(row.cum for row in bang.groups),
        "co_khoi": len({row.khoi for row in bang.groups} - {""}) > 1,
        "url_dot": dot.get_absolute_url(),
        "url_cong_khai": reverse("baocao:cong_khai", args=[dot.pk]) if dot.is_cong_khai else "",
        "url_quyet_dinh": _url_quyet_dinh(dot, user),
        **_loc(bang),
    }


def _dong_trang(
    bang: BangDot, user, line: DongCham, row: h.Hang, opened: str, page: int
) -> DongTrang:
    """A line opens for who stands at its unit or above; others see the result alone."""
    may_open = user.may(Quyen.XEM_XEP_HANG, line.don_vi)
    is_open = may_open and opened == str(line.don_vi_id)
    return DongTrang(
        dong=row,
        bo=bang.bo,
        may_mo=may_open,
        is_mo=is_open,
        toggle=_toggle(bang, line.don_vi_id, is_open=is_open, page=page),
        tieu_chi=tuple(tieu_chi_cua_dong(bang, line)) if is_open else (),
        url_dong=line.get_absolute_url(),
    )


def _url_quyet_dinh(dot: DotCham, user) -> str:
    """The decision, or where it is made, for who holds a round that is final."""
    if not (can_quyet_dinh(dot) and may_to_chuc(user, dot)):
        return ""
    return reverse("baocao:ket_qua_decide", args=[dot.pk])


def _toggle(bang: BangDot, pk: int, *, is_open: bool, page: int) -> str:
    query = {key: value for key, value in bang.params.items() if key != "mo" and value}
    query["page"] = page
    if not is_open:
        query["mo"] = pk
    return f"?{urlencode(query)}#r{pk}"


def _trang_cua(bang: BangDot, opened: str) -> int:
    """The page that the open line stands on, where the address names none."""
    if not opened.isdecimal():
        return 1
    order = list(bang.dong().values_list("don_vi_id", flat=True))
    return order.index(int(opened)) // PAGE_SIZE + 1 if int(opened) in order else 1


def _subtitle(bang: BangDot) -> str:
    dot = bang.dot
    parts = [str(dot.don_vi), f"{so(bang.so_xep)} {goi_doi_tuong(dot)}"]
    clusters = {row.cum for row in bang.groups} - {""}
    if clusters:
        parts.append(f"{len(clusters)} cụm thi đua")
    parts.append(f"số liệu đến {ngay(dot.tinh_den)}")
    return " · ".join(parts)


def _kpis(bang: BangDot) -> list[dict]:
    return [
        {
            "label": label,
            "value": so(count),
            "fraction": f"/ {so(bang.so_xep)}",
            "note": "" if muc else "còn tiêu chí chưa có điểm",
            "url": f"?{urlencode({'dot': bang.dot.pk, 'muc': muc or CHUA})}",
        }
        for muc, label, count in bang.dem_muc()
    ]


def _han_muc(bang: BangDot):
    """The quota in words, where the unit has set one."""
    limit = han_muc(bang.dot.don_vi, today())
    if limit is None:
        return None
    levels = [row.muc for row in bang.groups for _ in range(row.so)]
    best = bang.bo.cac_muc[0]
    return limit.cau(bang.bo.ten_muc(best), *dem_cao(levels, bang.bo.cac_muc))


def _loc(bang: BangDot) -> dict:
    chips = [chip for chip in filter_chips(bang.form, bang.params) if chip.field.name != "q"]
    return {
        "search": bang.form["q"],
        "searched": bang.form.chosen("q"),
        "chips": chips,
        "chosen": [chip for chip in chips if chip.text],
        "kept": [("dot", bang.dot.pk)],
        "bo_loc": f"?dot={bang.dot.pk}",
        "noun": goi_doi_tuong(bang.dot),
    }


def file_rows(bang: BangDot) -> list[list]:
    """The rows of the workbook, filtered as the page is."""
    lines = list(bang.dong())
    earlier = (
        {}
        if bang.truoc is None
        else dict(bang.truoc.dong.order_by().values_list("don_vi_id", "hang"))
    )
    return [
        [
            line.hang,
            line.hang_cum,
            line.cum,
            line.hang_khoi,
            h.Hang(pk=0, ten="", khoi=line.khoi).ten_khoi,
            earlier.get(line.don_vi_id),
            line.cap_tren,
            line.ten,
            line.so_doan_vien,
            line.diem,
            bang.bo.ten_muc(line.muc) if line.muc else h.CHUA_DU,
            line.ghi_chu,
        ]
        for line in lines
    ]


def lua_chon(rounds: Sequence[DotCham], chosen: DotCham | None, tam_tinh: str) -> list[dict]:
    """The live ranking, then the latest rounds: three at most, the chosen one among them; one that
    was replaced only when it is chosen."""
    shown = [row for row in rounds if not row.da_thay][:3]
    if chosen and chosen not in shown:
        shown = [*shown[:2], chosen]
    return [
        {"label": "Tạm tính", "url": tam_tinh, "active": chosen is None},
        *(
            {
                "label": f"{capfirst(row.ky_bao_cao.ten)}, {_tinh_trang(row)}",
                "url": f"?dot={row.pk}",
                "active": row == chosen,
            }
            for row in shown
        ),
    ]


def _tinh_trang(dot: DotCham) -> str:
    return "đã được thay" if dot.da_thay else _TINH_TRANG[dot.trang_thai]
