"""What must hold on the day of the ward's resolution, and what to do where it does not.

Plain rules without a database: 22-HD/TWĐTN, with every number a dated setting.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from core.text.display import ngay as show_day
from doanvien.models import KetNap, QuaTrinh
from doanvien.tuoi import TuoiKetNap, years_before

MOT_NGAY = timedelta(days=1)
BIEU_QUYET = "Chi đoàn biểu quyết"


@dataclass(frozen=True)
class QuyDinhKetNap:
    """The settings in force: ages, months of working together."""

    tuoi_toi_thieu: TuoiKetNap
    tuoi_toi_da: int
    thang_gioi_thieu: int


@dataclass(frozen=True, kw_only=True)
class DieuKien:
    """Điều kiện: one condition with what is known of it.

    `canh_bao` does not stop anybody; `rieng` is shown only to those who work with the case.
    """

    ten: str
    dat: bool
    ghi_chu: str
    canh_bao: bool = False
    rieng: bool = False

    @property
    def la_bieu_quyet(self) -> bool:
        return self.ten == BIEU_QUYET

    @property
    def chan(self) -> bool:
        """Whether the resolution must wait for it."""
        return not self.dat and not self.canh_bao

    @property
    def title(self) -> str:
        return self.ten

    @property
    def note(self) -> str:
        return self.ghi_chu

    @property
    def family(self) -> str:
        return "ok" if self.dat else "warn" if self.canh_bao else "bad"


def xet(
    ket_nap: KetNap,
    ngay: date,
    quy_dinh: QuyDinhKetNap,
    *,
    ngay_bieu_quyet: date | None,
    cung_tu: date | None,
) -> list[DieuKien]:
    """Every condition of an application on `ngay`.

    `ngay_bieu_quyet` is the day of the vote that passed; `cung_tu` since when the member who
    introduces had belonged to the branch on that day, None when he did not.
    """
    found = [
        _tuoi(ket_nap, ngay, quy_dinh),
        _dieu_le(ket_nap, ngay),
        gioi_thieu(ket_nap, ngay_bieu_quyet or ngay, quy_dinh, cung_tu=cung_tu),
        _bieu_quyet(ngay_bieu_quyet, ngay),
    ]
    if ket_nap.can_y_kien_cap_uy:
        found.append(_cap_uy(ket_nap, ngay))
    return [*found, _van_hoa(ket_nap)]


def con_thieu(dieu_kien: Iterable[DieuKien]) -> str:
    """What stands in the way, in sentences; empty when nothing does."""
    return " ".join(row.ghi_chu for row in dieu_kien if row.chan)


def gioi_thieu(
    ket_nap: KetNap, ngay: date, quy_dinh: QuyDinhKetNap, *, cung_tu: date | None
) -> DieuKien:
    """Whether somebody who may do so introduces the applicant, on the day of the vote."""
    ten = "Người giới thiệu"
    if ket_nap.to_chuc_gioi_thieu:
        return DieuKien(ten=ten, dat=True, ghi_chu=ket_nap.to_chuc_gioi_thieu)
    nguoi = ket_nap.nguoi_gioi_thieu
    if nguoi is None:
        return DieuKien(
            ten=ten, dat=False, ghi_chu="Ghi đoàn viên hoặc chi đội, chi hội giới thiệu."
        )
    if cung_tu is None:
        return DieuKien(
            ten=ten,
            dat=False,
            ghi_chu=f"Ngày {show_day(ngay)} {nguoi} không sinh hoạt tại {ket_nap.chi_doan}. "
            "Chọn đoàn viên khác của chi đoàn giới thiệu.",
        )
    thang = quy_dinh.thang_gioi_thieu
    if cung_tu > months_before(ngay, thang):
        return DieuKien(
            ten=ten,
            dat=False,
            ghi_chu=f"{nguoi} sinh hoạt tại chi đoàn từ {show_day(cung_tu)}, chưa đủ {thang} tháng "
            f"tính đến {show_day(ngay)}. Chọn đoàn viên khác giới thiệu.",
        )
    return DieuKien(ten=ten, dat=True, ghi_chu=f"{nguoi}, ở chi đoàn từ {show_day(cung_tu)}")


def cung_sinh_hoat_tu(periods: Iterable[QuaTrinh], chi_doan: int, ngay: date) -> date | None:
    """Since when somebody with these periods had belonged to the branch on `ngay`.

    A period that began because units were rearranged carries on the one before it, and a
    branch that was merged into this one by then or later counts as this one.
    """
    periods = sorted(periods, key=lambda row: (row.tu_ngay, row.pk or 0))
    here = [row for row in periods if _covers(row, ngay) and _leads_to(row, chi_doan, periods)]
    if not here:
        return None
    since = here[0]
    while since.ly_do_bat_dau == QuaTrinh.LyDoBatDau.SAP_XEP:
        before = [row for row in periods if row.den_ngay == since.tu_ngay - MOT_NGAY]
        if not before:
            break
        since = before[0]
    return since.tu_ngay


def _leads_to(row: QuaTrinh, chi_doan: int, periods: list[QuaTrinh]) -> bool:
    """Whether the period is the branch's, or came to it by rearrangements alone."""
    while row.chi_doan_id != chi_doan:
        begun = [
            later
            for later in periods
            if row.den_ngay
            and later.tu_ngay == row.den_ngay + MOT_NGAY
            and later.ly_do_bat_dau == QuaTrinh.LyDoBatDau.SAP_XEP
        ]
        if not begun:
            return False
        row = begun[0]
    return True


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _covers(row: QuaTrinh, ngay: date) -> bool:
    return row.tu_ngay <= ngay and (row.den_ngay is None or row.den_ngay >= ngay)


def _tuoi(ket_nap: KetNap, ngay: date, quy_dinh: QuyDinhKetNap) -> DieuKien:
    ten = f"Tuổi vào ngày {show_day(ngay)}"
    du = quy_dinh.tuoi_toi_thieu.earliest(ket_nap.ngay_sinh)
    if ngay < du:
        return DieuKien(
            ten=ten,
            dat=False,
            ghi_chu=f"Mới {ket_nap.tuoi(ngay)} tuổi, kết nạp từ đủ {quy_dinh.tuoi_toi_thieu}. "
            f"Chọn ngày chuẩn y từ {show_day(du)}.",
        )
    qua = years_before(ket_nap.ngay_sinh, -(quy_dinh.tuoi_toi_da + 1))
    if ngay >= qua:
        return DieuKien(
            ten=ten,
            dat=False,
            ghi_chu=f"Đã {ket_nap.tuoi(ngay)} tuổi, quá {quy_dinh.tuoi_toi_da} tuổi. Xem lại ngày "
            "sinh; nếu đúng, trả lại chi đoàn kèm lý do.",
        )
    return DieuKien(ten=ten, dat=True, ghi_chu=f"{ket_nap.tuoi(ngay)} tuổi")


def _dieu_le(ket_nap: KetNap, ngay: date) -> DieuKien:
    hoc = ket_nap.ngay_hoc_dieu_le
    if hoc is None:
        ghi_chu = "Ghi ngày học Điều lệ Đoàn hoặc dự lớp cảm tình Đoàn."
    elif hoc > ngay:
        ghi_chu = f"Lớp học Điều lệ ngày {show_day(hoc)}, sau ngày chuẩn y. Chọn ngày sau đó."
    else:
        return DieuKien(ten="Học Điều lệ Đoàn", dat=True, ghi_chu=f"ngày {show_day(hoc)}")
    return DieuKien(ten="Học Điều lệ Đoàn", dat=False, ghi_chu=ghi_chu)


def _bieu_quyet(ngay_bieu_quyet: date | None, ngay: date) -> DieuKien:
    ten = BIEU_QUYET
    if ngay_bieu_quyet is None:
        return DieuKien(ten=ten, dat=False, ghi_chu="Chi đoàn chưa biểu quyết, hoặc chưa đạt.")
    if ngay_bieu_quyet > ngay:
        ghi_chu = f"Chi đoàn biểu quyết ngày {show_day(ngay_bieu_quyet)}. Chọn ngày từ đó trở đi."
        return DieuKien(ten=ten, dat=False, ghi_chu=ghi_chu)
    return DieuKien(ten=ten, dat=True, ghi_chu=f"đạt, ngày {show_day(ngay_bieu_quyet)}")


def _cap_uy(ket_nap: KetNap, ngay: date) -> DieuKien:
    co = ket_nap.ngay_y_kien_cap_uy
    if co is None:
        ghi_chu = "Xin ý kiến cấp ủy, rồi ghi ngày có ý kiến."
    elif co > ngay:
        ghi_chu = f"Cấp ủy có ý kiến ngày {show_day(co)}. Chọn ngày chuẩn y từ đó trở đi."
    else:
        ghi_chu = f"ngày {show_day(co)}"
    dat = co is not None and co <= ngay
    return DieuKien(ten="Ý kiến cấp ủy cùng cấp", dat=dat, ghi_chu=ghi_chu, rieng=True)


def _van_hoa(ket_nap: KetNap) -> DieuKien:
    """Primary school at least, with exceptions for remote areas: pointed out, never refused."""
    ten = "Trình độ văn hóa"
    if ket_nap.van_hoa:
        return DieuKien(ten=ten, dat=True, ghi_chu=ket_nap.van_hoa)
    ghi_chu = (
        "Chưa ghi trình độ văn hóa. Thường cần từ tiểu học trở lên; vùng khó khăn, dân tộc thiểu "
        "số xét riêng."
    )
    return DieuKien(ten=ten, dat=False, ghi_chu=ghi_chu, canh_bao=True)
