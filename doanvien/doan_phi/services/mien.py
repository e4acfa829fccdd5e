"""Exemptions: the branch proposes, the committee of the Đoàn cơ sở decides."""

from datetime import date

from django.db import transaction

from core.errors import RuleError
from core.periods import today
from doanvien.doan_phi.quy_tac import cac_thang, thang_cua
from doanvien.models import DoanVien, MienDoanPhi, QuaTrinh
from doanvien.nhap_thay import nhap_thay
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri


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
        **nhap_thay(by, chi_doan.pk),
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


@transaction.atomic
def shorten_mien(*, mien: MienDoanPhi, den_thang: date | None, ly_do: str, by) -> MienDoanPhi:
    """The ward ends a granted exemption earlier, or takes it back whole (`den_thang` None).

    The months after it are owed again. Refused without a reason, for a request that was not
    granted, and for a month that does not shorten it: more months are a new request.
    """
    current = _locked(mien)
    if current.trang_thai != MienDoanPhi.TrangThai.DA_DUYET:
        raise RuleError("Chỉ kết thúc sớm lần miễn đã được đồng ý.")
    if not ly_do.strip():
        raise RuleError("Ghi lý do để chi đoàn biết vì sao.", field="ly_do")
    until = f"{current.den_thang:%m/%Y}"
    if den_thang is None:
        current.trang_thai = MienDoanPhi.TrangThai.KHONG_DUYET
    else:
        current.den_thang = _check_shorter(current, thang_cua(den_thang))
    current.y_kien = f"{ly_do.strip()} (trước đây miễn đến hết tháng {until})"[:200]
    current.save(update_fields=["trang_thai", "den_thang", "y_kien"])
    record(by=by, hanh_dong="mien_doan_phi.end", target=current, den_ngay=den_thang)
    return current


@transaction.atomic
def withdraw_mien(*, mien: MienDoanPhi, by) -> None:
    """The branch takes its request back; refused once the ward has decided."""
    current = _locked(mien)
    _check_cho_duyet(current)
    record(
        by=by,
        hanh_dong="mien_doan_phi.withdraw",
        target=current,
        tu_ngay=current.tu_thang,
        den_ngay=current.den_thang,
        **nhap_thay(by, current.chi_doan_id),
    )
    current.delete()


def _decide(mien: MienDoanPhi, trang_thai: str, ngay: date, by, **fields) -> MienDoanPhi:
    current = _locked(mien)
    _check_cho_duyet(current)
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


def _locked(mien: MienDoanPhi) -> MienDoanPhi:
    rows = MienDoanPhi.objects.select_for_update(of=("self",)).select_related("chi_doan")
    return rows.get(pk=mien.pk)


def _check_cho_duyet(mien: MienDoanPhi) -> None:
    if not mien.is_cho_duyet:
        raise RuleError(f"Đề nghị này đã xét: {mien.get_trang_thai_display().lower()}.")


def _check_shorter(mien: MienDoanPhi, den_thang: date) -> date:
    if den_thang >= mien.den_thang:
        raise RuleError(
            f"Chọn tháng trước {mien.den_thang:%m/%Y}. Muốn miễn thêm thì đề nghị lần nữa.",
            field="den_thang",
        )
    if den_thang < mien.tu_thang:
        raise RuleError(
            f"Lần miễn bắt đầu từ tháng {mien.tu_thang:%m/%Y}. Muốn bỏ cả lần miễn thì đánh dấu ô "
            "bên dưới.",
            field="den_thang",
        )
    return den_thang


def _check_months(chi_doan: DonVi, tu_thang: date, den_thang: date) -> None:
    if den_thang < tu_thang:
        raise RuleError("Tháng cuối phải từ tháng đầu trở đi.", field="den_thang")
    most = gia_tri("doan_phi_mien_toi_da", ngay=today(), don_vi=chi_doan)
    if len(list(cac_thang(tu_thang, den_thang))) > most:
        raise RuleError(
            f"Mỗi lần miễn không quá {most} tháng. Hết hạn mà còn khó khăn thì đề nghị lần nữa.",
            field="den_thang",
        )
