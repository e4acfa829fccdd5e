"""What planning, proposing and posting refuse alike."""

from datetime import date

from chidoan.models import ChucVu
from core.errors import RuleError
from core.text.display import ngay as show_ngay
from doanvien.models import DoanVien, QuaTrinh
from tochuc.models import DonVi


def lock_branch(don_vi: DonVi) -> DonVi:
    return DonVi.objects.select_for_update(of=("self",)).get(pk=don_vi.pk)


def check_cung_phuong(don_vi: DonVi, doan_vien: DoanVien, day: date) -> None:
    """Refuse who does not officially belong to the branch's ward on that day."""
    periods = QuaTrinh.objects.chinh_thuc().tai_ngay(day).filter(doan_vien=doan_vien)
    if not periods.under(don_vi.cap_tren).exists():
        raise RuleError(
            f"Đồng chí {doan_vien.ho_ten} không sinh hoạt chính thức tại {don_vi.cap_tren} "
            f"ngày {show_ngay(day)}.",
            field="doan_vien",
        )


def check_chua_giu(don_vi: DonVi, doan_vien: DoanVien, chuc_danh: str, day: date) -> None:
    """Refuse who holds that very office already."""
    terms = ChucVu.objects.tai_ngay(day).filter(don_vi=don_vi, doan_vien=doan_vien)
    held = terms.filter(chuc_danh=chuc_danh).first()
    if held:
        raise RuleError(
            f"Đồng chí {doan_vien.ho_ten} đang là {held.get_chuc_danh_display()} {don_vi} "
            f"từ {show_ngay(held.tu_ngay)}.",
            field="doan_vien",
        )
