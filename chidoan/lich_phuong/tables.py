"""Who has not met, and who meets next: columns of page and workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from core.tables import Column, Table
from core.text.display import ngay, thu

from .cho_hop import BuoiSapToi, ChoHop


@dataclass(frozen=True)
class Phan:
    """One list of a page. `bo` are rows that stand in the file alone; `an`: left out when empty."""

    ten: str
    table: Table
    ds: Sequence
    bo: Sequence = ()
    an: bool = False

    @cached_property
    def rows(self) -> list:
        return list(self.table.page_rows([row for row in self.ds if row not in self.bo]))

    @property
    def headings(self) -> list:
        return self.table.headings("")


def _con_lai(row: ChoHop) -> tuple[str, str, str]:
    if row.thang_khong_hop > 1:
        return "bad", "circle-alert", f"{row.thang_khong_hop} tháng liền không họp"
    family = "warn" if row.con_ngay <= 7 else ""
    return family, "clock", f"Còn {row.con_ngay} ngày"


def _hen(row: ChoHop) -> tuple[str, str, str]:
    if not row.da_hen:
        return "neutral", "circle-dashed", "Chưa hẹn"
    return "ok", "calendar-check", f"Hẹn {row.chi_doan.hen_ngay:%d/%m}"


CHO_HOP_TABLE = Table(
    name="chua-hop",
    columns=(
        Column(
            label="Chi đoàn",
            source="chi_doan.ten",
            link=lambda row: row.chi_doan.get_absolute_url(),
            primary=True,
        ),
        Column(
            label="Buổi gần nhất",
            source=lambda row: ngay(row.chi_doan.buoi_cuoi) or "chưa có buổi nào",
            link=lambda row: f"{reverse('chidoan:buoi_list')}?don_vi={row.chi_doan.pk}",
            meta="buổi gần nhất",
        ),
        Column(label="Phải họp trong", source=lambda row: str(row.ky)),
        Column(label="Còn lại", source=lambda row: _con_lai(row)[2], pill=_con_lai),
        Column(label="Lịch hẹn", source=lambda row: _hen(row)[2], pill=_hen),
        Column(
            label="Bí thư",
            source=lambda row: row.chi_doan.ten_bi_thu or "khuyết",
            template="chidoan/lich_phuong/_bi_thu.html",
            meta=True,
        ),
        Column(
            label="Phụ trách",
            source=lambda row: row.chi_doan.ten_phu_trach or "chưa phân công",
            meta="phụ trách",
        ),
    ),
    empty_text="Chi đoàn nào phải họp cũng đã họp",
    empty_hint="Chi đoàn chưa họp sẽ hiện ở đây.",
    empty_icon="circle-check",
)


def _gio(row: BuoiSapToi) -> str:
    hour = f"{row.buoi.bat_dau:%H:%M}" if row.buoi.bat_dau else ""
    return ", ".join(filter(None, (thu(row.buoi.ngay), hour)))


SAP_HOP_TABLE = Table(
    name="tuan-toi",
    columns=(
        Column(label="Lúc", source=_gio, primary=True),
        Column(
            label="Chi đoàn",
            source="buoi.chi_doan.ten",
            link=lambda row: row.buoi.chi_doan.get_absolute_url(),
            meta=True,
        ),
        Column(label="Địa điểm", source="buoi.dia_diem", meta=True),
        Column(label="Loại buổi", source="buoi.get_loai_display", meta=True),
        Column(label="Chủ điểm", source="buoi.chu_diem"),
        Column(
            label="Phụ trách",
            source=lambda row: row.phu_trach.chuc_vu.ho_ten if row.phu_trach else "",
            meta="phụ trách",
        ),
    ),
    empty_text="Chưa chi đoàn nào hẹn họp trong 7 ngày tới",
    empty_hint="Chi đoàn hẹn buổi sinh hoạt thì buổi đó hiện ở đây để Đoàn phường, xã cử người dự.",
    empty_icon="calendar-plus",
)
