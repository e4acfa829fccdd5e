"""Courteous words to remind a branch of what is really overdue: the rule without the database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from core.periods import KyBaoCao
from core.text.display import ngay as show_ngay
from doanvien.doan_phi.nhac import ConLaiThang

TOI_DA_VIEC = 4
"""So many resolutions and drafts are named, the others counted; a text stays under 20 lines."""
KET = (
    "Việc nào đã làm xong, nhờ đồng chí ghi vào sổ giúp. Có gì khó khăn, xin nhắn lại để cùng "
    "tháo gỡ. Trân trọng cảm ơn!"
)


@dataclass(frozen=True)
class CanNhac:
    """What is overdue at one branch on a day."""

    ten: str
    cho_hop: KyBaoCao | None = None  # the month or quarter that has no meeting yet
    con_ngay: int = 0
    hen_ngay: date | None = None
    thang_khong_hop: int = 0
    nghi_quyet: Sequence[tuple[str, date]] = ()  # overdue: what, due day
    ban_nhap: Sequence[date] = field(default_factory=tuple)  # days of unfinished minutes
    doan_phi: ConLaiThang | None = None  # what is open of last month's dues
    bao_cao: KyBaoCao | None = None  # the month whose report was not issued
    bi_thu: str = ""

    @property
    def cac_viec(self) -> list[str]:
        """One line for each kind of thing, the gravest first."""
        return [
            *self._hop(),
            *self._ban_nhap(),
            *self._nghi_quyet(),
            *self._doan_phi(),
            *self._bao_cao(),
        ]

    def _hop(self):
        if self.thang_khong_hop > 1:
            yield f"Đã {self.thang_khong_hop} tháng liền chưa có buổi sinh hoạt nào trong sổ."
        if self.cho_hop is None:
            return
        left = f"còn {self.con_ngay} ngày"
        if self.hen_ngay:
            yield (
                f"Buổi sinh hoạt {_ky(self.cho_hop)}: đã hẹn ngày {show_ngay(self.hen_ngay)}, "
                "họp xong nhớ ghi biên bản."
            )
        else:
            yield f"Buổi sinh hoạt {_ky(self.cho_hop)}: chưa họp, chưa hẹn ngày; {left}."

    def _ban_nhap(self):
        if self.ban_nhap:
            days = _vai(self.ban_nhap, lambda day: f"{day:%d/%m}")
            yield f"Biên bản còn là bản nháp, cần hoàn thành: buổi ngày {days}."

    def _nghi_quyet(self):
        if self.nghi_quyet:
            tasks = _vai(self.nghi_quyet, lambda row: f"«{row[0]}» (hạn {row[1]:%d/%m})")
            yield f"{len(self.nghi_quyet)} nghị quyết quá hạn, chờ báo kết quả: {tasks}."

    def _doan_phi(self):
        dues = self.doan_phi
        if dues is None:
            return
        parts = [f"còn {dues.chua_dong} đồng chí chưa đóng"] if dues.chua_dong else []
        if dues.phieu_chua_nop:
            due = f"hạn {dues.han:%d/%m}"
            parts.append(f"còn {dues.phieu_chua_nop} phiếu thu chưa nộp lên, {due}")
        yield f"Đoàn phí {_ky(dues.ky)}: {'; '.join(parts)}."

    def _bao_cao(self):
        if self.bao_cao:
            yield f"Báo cáo {_ky(self.bao_cao)}: chưa lập."


def loi_nhac(can_nhac: CanNhac, nguoi_gui: str, day: date) -> str:
    """The words for one branch's secretary."""
    lines = [f"- {line}" for line in can_nhac.cac_viec]
    if can_nhac.bi_thu:
        head = f"Kính gửi đồng chí {can_nhac.bi_thu}, Bí thư chi đoàn {can_nhac.ten}."
    else:
        head = f"Kính gửi các đồng chí chi đoàn {can_nhac.ten}."
    what = f"{nguoi_gui} xin nhắc một số việc của chi đoàn, tính đến {show_ngay(day)}:"
    return "\n".join([head, what, *lines, KET])


def loi_nhac_chung(rows: Sequence[CanNhac], nguoi_gui: str, day: date) -> str:
    """One text for the group of all secretaries: branches by what they have to do."""
    groups = (
        ("Chưa sinh hoạt và chưa hẹn ngày", lambda row: row.cho_hop and not row.hen_ngay),
        ("Còn biên bản nháp", lambda row: row.ban_nhap),
        ("Có nghị quyết quá hạn", lambda row: row.nghi_quyet),
        ("Còn đoàn phí tháng trước", lambda row: row.doan_phi),
        ("Chưa lập báo cáo tháng trước", lambda row: row.bao_cao),
    )
    lines = []
    for label, wanted in groups:
        names = [row.ten for row in rows if wanted(row)]
        if names:
            lines.append(f"- {label} ({len(names)}): {', '.join(names)}.")
    head = "Kính gửi các đồng chí Bí thư chi đoàn."
    what = f"{nguoi_gui} xin nhắc các việc sau, tính đến {show_ngay(day)}:"
    return "\n".join([head, what, *lines, KET])


def _ky(ky: KyBaoCao) -> str:
    return str(ky).replace("\u00a0", " ")


def _vai(rows: Sequence, words) -> str:
    said = ", ".join(words(row) for row in rows[:TOI_DA_VIEC])
    rest = len(rows) - TOI_DA_VIEC
    return f"{said} và {rest} việc khác" if rest > 0 else said
