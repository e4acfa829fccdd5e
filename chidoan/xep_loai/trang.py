"""What the pages of a round show, as plain data for their templates."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst

from core.text.display import ngay as show_ngay
from doanvien.models import BuocXepLoai, DotXepLoai, PhieuXepLoai
from doanvien.models.dot_xep_loai import MUC, TEN_MUC_NGAN

from .dieu_kien import TEN
from .queries import DongXepLoai, load_dong

TrangThai = DotXepLoai.TrangThai
MAU = {
    TrangThai.MO: ("info", "file-pen-line"),
    TrangThai.DA_BIEU_QUYET: ("info", "clipboard-check"),
    TrangThai.DA_GUI: ("warn", "hourglass"),
    TrangThai.TRA_LAI: ("bad", "undo-2"),
    TrangThai.CONG_NHAN: ("ok", "circle-check"),
}
_CHANG = (
    (TrangThai.MO, "Tự xếp loại"),
    (TrangThai.DA_BIEU_QUYET, "Hội nghị biểu quyết"),
    (TrangThai.DA_GUI, "Phường xem xét"),
    (TrangThai.CONG_NHAN, "Công nhận"),
)
_THU_TU = {TrangThai.MO: 0, TrangThai.DA_BIEU_QUYET: 1, TrangThai.DA_GUI: 2, TrangThai.CONG_NHAN: 4}


def state_of(dot: DotXepLoai) -> tuple[str, str, str]:
    return (*MAU[dot.trang_thai], dot.get_trang_thai_display())


def stages(dot: DotXepLoai) -> list[dict]:
    """The road of a round; a returned one stands again at the conference."""
    is_back = dot.trang_thai == TrangThai.TRA_LAI
    here = 1 if is_back else _THU_TU[dot.trang_thai]
    return [
        {
            "name": name,
            "note": f"họp ngày {show_ngay(dot.ngay_hop)}" if place == 1 else "",
            "state": _state(place, here, is_back=is_back),
        }
        for place, (_, name) in enumerate(_CHANG)
    ]


def _state(place: int, here: int, *, is_back: bool) -> str:
    if place < here:
        return "done"
    if place > here:
        return "todo"
    if is_back:
        return "back"
    return "wait" if place == 2 else "now"


@dataclass(frozen=True)
class HangPhieu:
    """One member as the round's page shows him."""

    phieu: PhieuXepLoai
    cau: str
    con_thieu: str
    is_vuot: bool

    @property
    def phieu_bang_chu(self) -> str:
        """ "9 · 2 · 0 · 0", best level first, with the spoilt ones when there are."""
        votes = self.phieu.phieu
        if votes is None:
            return ""
        spoilt = f" · {votes[4]} hỏng" if votes[4] else ""
        return " · ".join(map(str, votes[:4])) + spoilt

    @property
    def tu_xep(self) -> str:
        return TEN_MUC_NGAN.get(self.phieu.tu_xep, "")


def rows_of(dot: DotXepLoai) -> list[HangPhieu]:
    """What the books say while the branch is at work, what was frozen once it has sent."""
    show = _live if dot.is_o_chi_doan else _frozen
    return [show(row) for row in load_dong(dot)]


def _live(row: DongXepLoai) -> HangPhieu:
    missing = ", ".join(row.ket_luan.con_thieu) if row.duoc_xep else ""
    return HangPhieu(row.phieu, row.ket_luan.cau, missing, bool(row.phieu.ly_do_vuot))


def _frozen(row: DongXepLoai) -> HangPhieu:
    """What stands on the sheet; in the words of the rules while the books still say the same."""
    sheet, facts = row.phieu, row.su_kien
    if sheet.khong_xep:
        return HangPhieu(sheet, sheet.get_khong_xep_display(), "", False)
    known = (sheet.toi_da, sheet.du_hop, sheet.so_buoi)
    if known == (row.ket_luan.toi_da, facts.du_hop, facts.so_buoi):
        return HangPhieu(sheet, row.ket_luan.cau, "", bool(sheet.ly_do_vuot))
    attended = f"dự {sheet.ty_le_du_hop} buổi" if sheet.so_buoi else ""
    parts = [f"Tối đa: {TEN[sheet.toi_da]}", attended]
    return HangPhieu(sheet, ", ".join(filter(None, parts)), "", bool(sheet.ly_do_vuot))


def dem(rows: Iterable[HangPhieu]) -> list[tuple[str, int]]:
    """(level in short, members) for each level, then those without one."""
    sheets = [row.phieu for row in rows]
    counted = [(TEN_MUC_NGAN[muc], sum(sheet.muc == muc for sheet in sheets)) for muc in MUC]
    return [*counted, ("Không xếp", sum(bool(sheet.khong_xep) for sheet in sheets))]


def dem_bang_chu(rows: Iterable[HangPhieu]) -> str:
    """ "Xuất sắc 4, tốt 6, hoàn thành 2, không hoàn thành 0; không xếp loại 1 đồng chí." """
    sheets = [row.phieu for row in rows]
    levels = ", ".join(f"{TEN[muc]} {sum(row.muc == muc for row in sheets)}" for muc in MUC)
    left_out = sum(bool(row.khong_xep) for row in sheets)
    said = f"; không xếp loại {left_out} đồng chí" if left_out else ""
    return f"{capfirst(levels)}{said}."


def entries(steps: Iterable[BuocXepLoai]) -> list[dict]:
    """The steps as a timeline, newest first."""
    return [
        {
            "title": step.get_loai_display(),
            "lines": list(filter(None, [step.ly_do, "Phường nhập thay" if step.nhap_thay else ""])),
            "when": f"{show_ngay(step.ngay)}{_who(step)}",
            "state": "todo" if step.loai in (BuocXepLoai.Loai.TRA_LAI, "huy") else "done",
        }
        for step in reversed(list(steps))
    ]


def _who(step: BuocXepLoai) -> str:
    return f" · {step.boi}" if step.boi else ""
