"""What changes an application while it is with the branch. Each function is one action."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q

from core.errors import RuleError, StaleError
from core.periods import today
from doanvien.models import BuocKetNap, KetNap, QuaTrinh
from tochuc.audit import record
from tochuc.bieu_quyet import Phieu, check_phieu, more_than
from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may
from tochuc.quy_dinh import gia_tri, ty_le

from . import quy_trinh
from .dieu_kien import cung_sinh_hoat_tu, gioi_thieu
from .queries import read_quy_dinh, tim_trung

Loai = BuocKetNap.Loai
T = KetNap.TrangThai


@transaction.atomic
def create_ket_nap(*, ket_nap: KetNap, by) -> KetNap:
    """Take an application in. `ket_nap` is unsaved, its branch chosen and its name set.

    Refused when the applicant is a member already, or when the branch or the citizen id has
    an open application of the same person (a form sent twice).
    """
    chi_doan = DonVi.objects.select_for_update(no_key=True).get(pk=ket_nap.chi_doan_id)
    if not by.may(Quyen.SUA_DOAN_VIEN, chi_doan):
        raise PermissionDenied(who_may(Quyen.SUA_DOAN_VIEN))
    _check_chi_doan(chi_doan)
    if ket_nap.ngay_don > today():
        raise RuleError("Ngày làm đơn ở sau hôm nay. Xem lại năm.", field="ngay_don")
    check_trung(ket_nap)
    _check_don_khac(ket_nap)
    _check_gioi_thieu(ket_nap)
    ket_nap.ngay_buoc = ket_nap.ngay_don
    ket_nap.trang_thai = T.DON
    ket_nap.tao_boi = by
    _insert(ket_nap)
    buoc = quy_trinh.add_buoc(ket_nap, Loai.LAP, T.DON, ket_nap.ngay_don, by)
    record(by=by, hanh_dong="ket_nap.create", target=ket_nap, nhap_thay=buoc.nhap_thay)
    return ket_nap


@transaction.atomic
def update_ket_nap(*, ket_nap: KetNap, version: int, changes: dict, by) -> KetNap:
    """Correct an application: by the branch while it is there, by the ward until it decides.

    `version` is the one the form showed; StaleError when somebody has saved meanwhile.
    """
    current = quy_trinh.lock(ket_nap)
    if not may_edit(current, by):
        raise RuleError("Đơn đã chuyển bước, phần này không sửa được nữa.")
    if current.version != version:
        raise StaleError("Có người vừa sửa đơn này. Xem lại trước khi lưu.", current=current)
    changes = dict(changes)
    fields = sorted(changes)
    cccd, ho_ten = changes.pop("cccd", None), changes.pop("ho_ten", None)
    if ho_ten is not None:
        current.set_ho_ten(ho_ten)
    if cccd is not None:
        current.set_cccd(cccd)
    for name, value in changes.items():
        setattr(current, name, value)
    _check_ngay_don(current)
    if {"ho_ten", "cccd", "ngay_sinh"} & set(fields):
        check_trung(current)
        _check_don_khac(current)
    _check_gioi_thieu(current)
    current.version += 1
    current.save()
    thay = quy_trinh.is_nhap_thay(Loai.LAP, current.chi_doan, by)
    record(by=by, hanh_dong="ket_nap.update", target=current, truong=fields, nhap_thay=thay)
    return current


@transaction.atomic
def bieu_quyet(*, ket_nap: KetNap, ngay: date, phieu: Phieu, by, version=None) -> KetNap:
    """Record the vote of the branch meeting: more than the fraction of **those present** admits.

    Below it the application stands and may be voted on again. Refused: a tally that cannot be,
    an applicant who is a member already, and an introduction that does not hold that day.
    """
    current = quy_trinh.begin(ket_nap=ket_nap, loai=Loai.THONG_QUA, by=by, version=version)
    quy_trinh.check_ngay(current, ngay)
    check_trung(current)
    _check_nguoi_gioi_thieu(current, ngay)
    tong = so_doan_vien(current.chi_doan, ngay)
    check_phieu(phieu, co_quyen=tong, ai="đoàn viên")
    if not phieu.co_mat:
        raise RuleError("Ghi số đoàn viên có mặt.", field="co_mat")
    nguong = gia_tri("nguong_ket_nap", ngay=ngay, don_vi=current.chi_doan)
    dat = more_than(phieu.tan_thanh, phieu.co_mat, ty_le(nguong))
    quy_trinh.take(
        ket_nap=current,
        loai=Loai.THONG_QUA if dat else Loai.KHONG_THONG_QUA,
        ngay=ngay,
        by=by,
        co_quyen=tong,
        co_mat=phieu.co_mat,
        tan_thanh=phieu.tan_thanh,
        khong_tan_thanh=phieu.khong_tan_thanh,
        khong_hop_le=phieu.khong_hop_le,
    )
    return current


@transaction.atomic
def gui_lai(*, ket_nap: KetNap, ngay: date, noi_dung: str, by, version=None) -> KetNap:
    """Send a refused proposal to the ward again, saying what was mended; the vote stands."""
    current = quy_trinh.begin(ket_nap=ket_nap, loai=Loai.GUI_LAI, by=by, version=version)
    quy_trinh.check_ngay(current, ngay)
    if not noi_dung.strip():
        raise RuleError("Ghi chi đoàn đã bổ sung những gì.", field="noi_dung")
    quy_trinh.take(ket_nap=current, loai=Loai.GUI_LAI, ngay=ngay, by=by, noi_dung=noi_dung.strip())
    return current


@transaction.atomic
def lay_lai(*, ket_nap: KetNap, by, version=None) -> KetNap:
    """Take a proposal back before the ward has decided, to mend the application or the vote."""
    current = quy_trinh.begin(ket_nap=ket_nap, loai=Loai.LAY_LAI, by=by, version=version)
    _ve_dau(current, Loai.LAY_LAI, by)
    return current


@transaction.atomic
def rut_don(*, ket_nap: KetNap, ngay: date, ly_do: str, by, version=None) -> KetNap:
    """End an application on the applicant's or the branch's wish; the reason is kept."""
    current = quy_trinh.begin(ket_nap=ket_nap, loai=Loai.RUT, by=by, version=version)
    quy_trinh.check_ngay(current, ngay)
    if not ly_do.strip():
        raise RuleError("Ghi lý do rút đơn.", field="ly_do")
    quy_trinh.take(ket_nap=current, loai=Loai.RUT, ngay=ngay, by=by, ly_do=ly_do.strip())
    return current


@transaction.atomic
def mo_lai(*, ket_nap: KetNap, by, version=None) -> KetNap:
    """Take a withdrawn application up again; the branch votes anew."""
    current = quy_trinh.begin(ket_nap=ket_nap, loai=Loai.MO_LAI, by=by, version=version)
    check_trung(current)
    _check_don_khac(current)
    _ve_dau(current, Loai.MO_LAI, by)
    return current


def may_edit(ket_nap: KetNap, by) -> bool:
    """Whether this person may still correct the application."""
    if ket_nap.is_o_chi_doan:
        return by.may(Quyen.SUA_DOAN_VIEN, ket_nap.chi_doan)
    return ket_nap.is_cho_chuan_y and by.may(Quyen.DUYET_DOAN_VIEN, ket_nap.chi_doan)


def so_doan_vien(chi_doan: DonVi, ngay: date) -> int:
    """All members entitled to vote in the branch on that day."""
    return QuaTrinh.objects.chinh_thuc().tai_ngay(ngay).filter(chi_doan=chi_doan).count()


def check_trung(ket_nap: KetNap) -> None:
    """Refuse an applicant who is in the register already."""
    trung = tim_trung(ket_nap)
    if trung is None or not trung.chac:
        return
    if trung.doan_vien.cccd_bam and trung.doan_vien.cccd_bam == ket_nap.cccd_bam:
        raise RuleError(
            "Số CCCD này đã có trong sổ đoàn viên. Tìm đồng chí ấy trong danh sách; nếu ở đơn vị "
            "khác, làm thủ tục chuyển sinh hoạt.",
            field="cccd",
        )
    nguoi = trung.doan_vien
    raise RuleError(
        f"{nguoi}, sinh ngày {nguoi.ngay_sinh:%d/%m/%Y}, đã có trong sổ của {nguoi.chi_doan} "
        f"({nguoi.get_trang_thai_display().lower()}). Nếu là người khác, ghi số CCCD của cả hai.",
        field="ho_ten",
    )


def _insert(ket_nap: KetNap) -> None:
    """The database has the last word where two branches take the same person in at once."""
    try:
        with transaction.atomic():
            ket_nap.save(force_insert=True)
    except IntegrityError as error:
        raise RuleError("Số CCCD này đang có một đơn chưa xong.", field="cccd") from error


def _ve_dau(ket_nap: KetNap, loai: str, by) -> None:
    """Back to the application: the vote to come may bear any day since it was written."""
    changes = {"ngay_buoc": ket_nap.ngay_don}
    quy_trinh.take(ket_nap=ket_nap, loai=loai, ngay=today(), by=by, changes=changes)


def _check_don_khac(ket_nap: KetNap) -> None:
    same = Q(chi_doan=ket_nap.chi_doan_id, khoa_tim=ket_nap.khoa_tim, ngay_sinh=ket_nap.ngay_sinh)
    if ket_nap.cccd_bam:
        same = Q(cccd_bam=ket_nap.cccd_bam) | same & Q(cccd_bam="")
    if KetNap.objects.dang_mo().filter(same).exclude(pk=ket_nap.pk).exists():
        raise RuleError(
            f"{ket_nap} đang có một đơn chưa xong. Tìm trong danh sách kết nạp và làm tiếp đơn đó.",
            field="ho_ten",
        )


def _check_gioi_thieu(ket_nap: KetNap) -> None:
    if ket_nap.nguoi_gioi_thieu_id and ket_nap.to_chuc_gioi_thieu:
        raise RuleError(
            "Ghi một đoàn viên, hoặc một chi đội, chi hội giới thiệu, không ghi cả hai.",
            field="to_chuc_gioi_thieu",
        )
    nguoi = ket_nap.nguoi_gioi_thieu
    if nguoi and nguoi.chi_doan_id != ket_nap.chi_doan_id:
        raise RuleError(
            f"{nguoi} không sinh hoạt tại {ket_nap.chi_doan}. Chọn đoàn viên của chi đoàn này.",
            field="nguoi_gioi_thieu",
        )


def _check_nguoi_gioi_thieu(ket_nap: KetNap, ngay: date) -> None:
    nguoi = ket_nap.nguoi_gioi_thieu
    periods = (
        [row for row in nguoi.qua_trinh.all() if row.loai != QuaTrinh.Loai.NOI_CU_TRU]
        if nguoi
        else []
    )
    found = gioi_thieu(
        ket_nap,
        ngay,
        read_quy_dinh(ket_nap.chi_doan, ngay),
        cung_tu=cung_sinh_hoat_tu(periods, ket_nap.chi_doan_id, ngay),
    )
    if found.chan:
        raise RuleError(f"{found.ghi_chu} Sửa trong đơn trước khi biểu quyết.")


def _check_ngay_don(ket_nap: KetNap) -> None:
    """The application's day may be corrected as long as nothing came after it."""
    if ket_nap.trang_thai == T.DON:
        ket_nap.ngay_buoc = ket_nap.ngay_don
    elif ket_nap.ngay_don > ket_nap.ngay_buoc:
        raise RuleError(
            f"Ngày làm đơn phải trước bước đã ghi ngày {ket_nap.ngay_buoc:%d/%m/%Y}.",
            field="ngay_don",
        )


def _check_chi_doan(chi_doan: DonVi) -> None:
    if not chi_doan.is_chi_doan or (chi_doan.ket_thuc and chi_doan.ket_thuc < today()):
        raise RuleError("Chọn chi đoàn đang hoạt động.", field="chi_doan")
