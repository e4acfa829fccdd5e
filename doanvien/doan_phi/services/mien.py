"""Exemptions: the branch proposes, the committee of the Đoàn cơ sở decides."""

from datetime import date

from django.db import transaction

from core.errors import RuleError
from core.periods import today
from doanvien.doan_phi.quy_tac import cac_thang, thang_cua
from doanvien.models import DoanVien, MienDoanPhi, QuaTrinh
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri

from .thu import nhap_thay


@transaction.atomic
def propose_mien(
    *, doan_vien: DoanVien, chi_doan: DonVi, tu_thang: date, den_thang: date, ly_do: str, by
) -> MienDoanPhi:
    """Ask for months without dues. Refused for more months than the setting allows, for who
    does not belong to the branch, and while another request covers one of the months."""
    DoanVien.objects.select_for_update(of=("self",), no_key=True).get(pk=doan_vien.pk)
    tu_thang, den_thang = thang_cua(tu_thang), thang_cua(den_thang)
    _check_months(chi_doan, tu_thang, den_thang)
    if ly_do not in MienDoanPhi.LyDo.values:
        raise RuleError("Chọn lý do miễn.", field="ly_do")
    periods = QuaTrinh.objects.chinh_thuc().filter(doan_vien=doan_vien, chi_doan=chi_doan)
    if not periods.exclude(den_ngay__lt=tu_thang).exists():
        raise RuleError(f"{doan_vien} không sinh hoạt ở {chi_doan} trong các tháng này.")
    others = MienDoanPhi.objects.filter(doan_vien=doan_vien).giao_voi(tu_thang, den_thang)
    if others.exclude(trang_thai=MienDoanPhi.TrangThai.KHONG_DUYET).exists():
        raise RuleError("Các tháng này đã có đề nghị miễn.", field="tu_thang")
    mien = MienDoanPhi.objects.create(
        doan_vien=doan_vien,
        chi_doan=chi_doan,
        tu_thang=tu_thang,
        den_thang=den_thang,
        ly_do=ly_do,
        de_nghi_boi=by,
    )
    record(
        by=by,
        hanh_dong="mien_doan_phi.propose",
        target=mien,
        tu_ngay=tu_thang,
        den_ngay=den_thang,
        **nhap_thay(by, chi_doan),
    )
    return mien


@transaction.atomic
def approve_mien(*, mien: MienDoanPhi, ngay: date, van_ban: str, by) -> MienDoanPhi:
    """The committee grants it: the months owe nothing. Months paid already stay paid."""
    return _decide(mien, MienDoanPhi.TrangThai.DA_DUYET, ngay, by, van_ban=van_ban.strip())


@transaction.atomic
def reject_mien(*, mien: MienDoanPhi, ngay: date, y_kien: str, by) -> MienDoanPhi:
    if not y_kien.strip():
        raise RuleError("Ghi ý kiến để chi đoàn biết vì sao.", field="y_kien")
    return _decide(mien, MienDoanPhi.TrangThai.KHONG_DUYET, ngay, by, y_kien=y_kien.strip())


def _decide(mien: MienDoanPhi, trang_thai: str, ngay: date, by, **fields) -> MienDoanPhi:
    current = MienDoanPhi.objects.select_for_update(of=("self",)).get(pk=mien.pk)
    if not current.is_cho_duyet:
        raise RuleError(f"Đề nghị này đã xét: {current.get_trang_thai_display().lower()}.")
    if ngay > today():
        raise RuleError("Ngày xét là hôm nay hoặc ngày đã qua.", field="ngay")
    current.trang_thai, current.ngay_quyet, current.quyet_boi = trang_thai, ngay, by
    for name, value in fields.items():
        setattr(current, name, value)
    current.save()
    granted = trang_thai == MienDoanPhi.TrangThai.DA_DUYET
    verb = "approve" if granted else "reject"
    record(by=by, hanh_dong=f"mien_doan_phi.{verb}", target=current, ngay=ngay)
    return current


def _check_months(chi_doan: DonVi, tu_thang: date, den_thang: date) -> None:
    if den_thang < tu_thang:
        raise RuleError("Tháng cuối phải từ tháng đầu trở đi.", field="den_thang")
    most = gia_tri("doan_phi_mien_toi_da", ngay=today(), don_vi=chi_doan)
    if len(list(cac_thang(tu_thang, den_thang))) > most:
        raise RuleError(
            f"Mỗi lần miễn không quá {most} tháng. Hết hạn mà còn khó khăn thì đề nghị lần nữa.",
            field="den_thang",
        )
