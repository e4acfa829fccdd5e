"""What a finished transfer does to membership: the periods it closes and opens."""

from datetime import date, timedelta

from core.errors import RuleError
from core.text.display import ngay as show_day
from doanvien.khi_roi import drop_proposals, end_guest_periods
from doanvien.models import DoanVien, QuaTrinh
from doanvien.services import check_chi_doan, date_books
from tochuc.models import DonVi, KhoiChiDoan

MOT_NGAY = timedelta(days=1)
CHUC_VU_THUONG = "Đoàn viên"


def lock_person(doan_vien: DoanVien) -> DoanVien:
    return (
        DoanVien.objects.select_for_update(of=("self",))
        .select_related("chi_doan")
        .get(pk=doan_vien.pk)
    )


def open_official(person: DoanVien) -> QuaTrinh:
    """The official period that runs; refused when there is none."""
    period = (
        QuaTrinh.objects.chinh_thuc()
        .select_related("chi_doan")
        .filter(doan_vien=person, den_ngay__isnull=True)
        .first()
    )
    if period is None:
        raise RuleError(f"{person} không còn sinh hoạt chính thức ở chi đoàn nào.")
    return period


def move_official(*, person: DoanVien, chi_doan: DonVi, tu_ngay: date) -> QuaTrinh:
    """Close the official period the day before and open the next one, linked to it.

    Refused when the branch does not exist that day, and when the day is not after the day
    the present period began. Being a guest of the new branch ends, and any temporary
    attachment, which the old branch had given; taking part at the residence goes on.
    """
    check_chi_doan(chi_doan, tu_ngay)
    period = _close_official(person, tu_ngay)
    moved = QuaTrinh.objects.create(
        doan_vien=person,
        chi_doan=chi_doan,
        tu_ngay=tu_ngay,
        ly_do_bat_dau=QuaTrinh.LyDoBatDau.CHUYEN_DEN,
        truoc=period,
    )
    last = {person.pk: tu_ngay - MOT_NGAY}
    end_guest_periods(last, chi_doan=chi_doan)
    end_guest_periods(last, loai=QuaTrinh.Loai.TAM_THOI)
    date_books({chi_doan.pk})
    _set_person(person, chi_doan=chi_doan, chuc_vu=CHUC_VU_THUONG)
    return moved


def leave(*, person: DoanVien, tu_ngay: date) -> QuaTrinh:
    """Close the official period of somebody whom a unit elsewhere has taken in on `tu_ngay`."""
    period = _close_official(person, tu_ngay)
    end_guest_periods({person.pk: period.den_ngay}, loai=QuaTrinh.Loai.TAM_THOI)
    _set_person(person, trang_thai=DoanVien.TrangThai.CHUYEN_DI, chuc_vu=CHUC_VU_THUONG)
    return period


def open_guest(
    *, person: DoanVien, chi_doan: DonVi, loai: str, tu_ngay: date, den_ngay: date | None
) -> QuaTrinh:
    """A temporary or residence period beside the official one, which stays as it is.

    Refused where the person is official, for a second one of the kind at a time, and for
    residence in a branch that is not residential (only those receive participants).
    """
    check_chi_doan(chi_doan, tu_ngay)
    check_khoi(chi_doan, loai)
    if den_ngay and den_ngay < tu_ngay:
        raise RuleError("Ngày hết hạn phải từ ngày bắt đầu trở đi.", field="den_ngay")
    rows = QuaTrinh.objects.select_related("chi_doan").filter(doan_vien=person)
    running = rows.exclude(den_ngay__lt=tu_ngay)
    if den_ngay:
        running = running.filter(tu_ngay__lte=den_ngay)
    home = running.chinh_thuc().filter(chi_doan=chi_doan).first()
    if home:
        raise RuleError(f"{person} đang sinh hoạt chính thức tại {chi_doan}.", field="chi_doan_den")
    same = running.filter(loai=loai).first()
    if same:
        raise RuleError(
            f"{person} đang {same.get_loai_display().lower()} tại {same.chi_doan} từ "
            f"{show_day(same.tu_ngay)}. Kết thúc ở đó trước.",
            field="chi_doan_den",
        )
    return QuaTrinh.objects.create(
        doan_vien=person,
        chi_doan=chi_doan,
        loai=loai,
        tu_ngay=tu_ngay,
        den_ngay=den_ngay,
        ly_do_bat_dau=_LY_DO[loai],
        ly_do_ket_thuc=QuaTrinh.LyDoKetThuc.HET_HAN if den_ngay else "",
    )


_LY_DO = {
    QuaTrinh.Loai.TAM_THOI: QuaTrinh.LyDoBatDau.CHUYEN_DEN,
    QuaTrinh.Loai.NOI_CU_TRU: QuaTrinh.LyDoBatDau.GIOI_THIEU,
}


def check_khoi(chi_doan: DonVi, loai: str) -> None:
    if loai == QuaTrinh.Loai.NOI_CU_TRU and chi_doan.khoi != KhoiChiDoan.DAN_CU:
        raise RuleError(
            f"{chi_doan} không phải chi đoàn địa bàn dân cư, nên không nhận đoàn viên tham gia "
            "sinh hoạt nơi cư trú.",
            field="chi_doan_den",
        )


def _close_official(person: DoanVien, tu_ngay: date) -> QuaTrinh:
    period = open_official(person)
    if tu_ngay <= period.tu_ngay:
        raise RuleError(
            f"{person} mới về {period.chi_doan} từ {show_day(period.tu_ngay)}. Chọn ngày sau đó.",
            field="ngay",
        )
    period.den_ngay = tu_ngay - MOT_NGAY
    period.ly_do_ket_thuc = QuaTrinh.LyDoKetThuc.CHUYEN_DI
    period.save(update_fields=["den_ngay", "ly_do_ket_thuc"])
    drop_proposals([person.pk])
    return period


def _set_person(person: DoanVien, **fields) -> None:
    for field, value in fields.items():
        setattr(person, field, value)
    person.version += 1
    person.save(update_fields=[*fields, "version", "sua_luc"])
