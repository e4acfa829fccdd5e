"""What other parts have on record of a cadre: panels of the profile, one statement each."""

from dataclasses import dataclass, field
from datetime import date

from chidoan.models import HocVien, ThiSinh, ToTietKiem
from chidoan.models.tap_huan import LopTapHuan
from core.text.display import ngay as show_ngay
from doanvien.models import DoanVien


@dataclass(frozen=True)
class Phan:
    """One panel: its lines are (words, what stands in grey below, address)."""

    title: str
    empty: str
    rows: list[tuple[str, str, str]] = field(default_factory=list)


def cac_phan(doan_vien: DoanVien, day: date) -> list[Phan]:
    """Classes, contests and savings-and-loan groups. Three queries."""
    return [_lop(doan_vien, day), _hoi_thi(doan_vien), _to_tiet_kiem(doan_vien)]


def _lop(doan_vien: DoanVien, day: date) -> Phan:
    rows = list(HocVien.objects.cua_doan_vien(doan_vien).with_so_buoi().order_by("-lop__den_ngay"))
    held = [row for row in rows if row.lop.trang_thai != LopTapHuan.TrangThai.HUY]
    this_year = [row for row in held if row.so_du and row.lop.den_ngay.year == day.year]
    empty = f"Năm {day.year} chưa dự lớp nào; mỗi năm ít nhất một lớp."
    title = "Lớp bồi dưỡng, tập huấn"
    lines = [(row.lop.ten, _ket_qua(row), row.lop.get_absolute_url()) for row in held]
    if held and not this_year:
        lines.insert(0, (empty, "", ""))
    return Phan(title, empty, lines)


def _ket_qua(row: HocVien) -> str:
    result = row.get_ket_qua_display()
    came = f"dự {row.so_du} buổi" if row.so_du else "chưa dự buổi nào"
    return " · ".join(filter(None, (show_ngay(row.lop.den_ngay), came, result)))


def _hoi_thi(doan_vien: DoanVien) -> Phan:
    rows = ThiSinh.objects.cua_doan_vien(doan_vien).order_by("-hoi_thi__ngay")
    lines = [
        (
            row.hoi_thi.ten,
            " · ".join(filter(None, (show_ngay(row.hoi_thi.ngay), row.giai_bang_chu))),
            row.hoi_thi.get_absolute_url(),
        )
        for row in rows
    ]
    return Phan("Hội thi", "Chưa dự hội thi nào.", lines)


def _to_tiet_kiem(doan_vien: DoanVien) -> Phan:
    lines = [
        (
            row.ten,
            f"từ {show_ngay(row.tu_ngay)}"
            + (f" đến {show_ngay(row.den_ngay)}" if row.den_ngay else ""),
            row.get_absolute_url(),
        )
        for row in ToTietKiem.objects.cua_to_truong(doan_vien)
    ]
    return Phan("Tổ trưởng tổ TK&VV", "Không làm tổ trưởng tổ tiết kiệm và vay vốn.", lines)
