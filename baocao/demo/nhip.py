"""How often branches of Phường I meet: one that was confirmed as dispersed, one freed in July."""

from datetime import date

from chidoan.models import NhipSinhHoat
from chidoan.nhip.services import set_nhip
from tochuc.models import DonVi

DAC_THU, NGHI_HE = "phuong-1-khu-vuc-10", "phuong-1-truong-thcs"
SO_NAM = 3


def cadences(units: dict[str, DonVi], *, homnay: date, by) -> None:
    first = homnay.year - SO_NAM
    set_nhip(
        chi_doan=units[DAC_THU],
        kieu=NhipSinhHoat.Kieu.BA_THANG,
        tu_ngay=date(first, 1, 1),
        can_cu=f"14-CV/ĐTN ngày 20/12/{first - 1} của Đoàn phường I: đoàn viên đi làm xa",
        by=by,
    )
    for nam in range(first, homnay.year + 1):
        announced = date(nam, 6, 20)
        if announced <= homnay:
            set_nhip(
                chi_doan=units[NGHI_HE],
                kieu=NhipSinhHoat.Kieu.MIEN,
                tu_ngay=date(nam, 7, 1),
                den_ngay=date(nam, 7, 31),
                can_cu=f"Trường nghỉ hè, 09-CV/ĐTN ngày {announced:%d/%m/%Y} của Đoàn phường I",
                by=by,
            )


def sinh_hoat_thang(don_vi: DonVi, thang: int) -> bool:
    """Whether a branch of the story calls a meeting in that month of a year."""
    if don_vi.ma == DAC_THU:
        return thang % 3 == 0
    return don_vi.ma != NGHI_HE or thang != 7
