"""Posting a member of an agency's branch to a residential one, and ending it."""

from datetime import date, timedelta

from django.db import transaction

from chidoan.models import CuCanBo
from core.errors import RuleError
from core.periods import today
from core.text import clean
from core.text.display import ngay as show_ngay
from doanvien.chuyen.khach import set_end
from doanvien.chuyen.qua_trinh import lock_person, open_guest
from doanvien.models import DoanVien, QuaTrinh
from tochuc.audit import record
from tochuc.models import DonVi, KhoiChiDoan
from tochuc.quy_trinh import check_da_den

from .chung import check_cung_phuong, lock_branch


@transaction.atomic
def post_can_bo(
    *,
    doan_vien: DoanVien,
    don_vi: DonVi,
    vai_tro: str,
    tu_ngay: date,
    can_cu: str,
    by,
    den_ngay: date | None = None,
    loai: str = QuaTrinh.Loai.TAM_THOI,
) -> CuCanBo:
    """Post somebody of the ward's agencies, schools or forces to a residential branch.

    He stays official in his own branch; here he takes part as a guest of the kind `loai`
    for as long as the posting runs, or goes on in the time in which he takes part already.
    Refused: a day to come, no paper, a branch that is not residential, a person of another
    ward or of a residential branch, a second posting in the same time.
    """
    check_da_den(tu_ngay, field="tu_ngay")
    if not clean(can_cu):
        raise RuleError("Ghi văn bản cử.", field="can_cu")
    if den_ngay and den_ngay < tu_ngay:
        raise RuleError("Ngày kết thúc phải từ ngày bắt đầu trở đi.", field="den_ngay")
    don_vi, person = lock_branch(don_vi), lock_person(doan_vien)
    _check_khoi(don_vi, person)
    check_cung_phuong(don_vi, person, tu_ngay)
    running = CuCanBo.objects.cua(person).exclude(den_ngay__lt=tu_ngay).select_related("don_vi")
    if other := running.first():
        raise RuleError(
            f"Đồng chí {person.ho_ten} đang được cử về {other.don_vi} từ "
            f"{show_ngay(other.tu_ngay)}. Kết thúc ở đó trước.",
            field="doan_vien",
        )
    guest = QuaTrinh.objects.khong_chinh_thuc().filter(doan_vien=person, chi_doan=don_vi)
    taking_part = guest.tai_ngay(tu_ngay).first()
    row = CuCanBo.objects.create(
        doan_vien=person,
        don_vi=don_vi,
        vai_tro=vai_tro,
        tu_ngay=tu_ngay,
        den_ngay=den_ngay,
        can_cu=clean(can_cu),
        qua_trinh=taking_part
        or open_guest(
            person=person, chi_doan=don_vi, loai=loai, tu_ngay=tu_ngay, den_ngay=den_ngay
        ),
        mo_qua_trinh=taking_part is None,
        ghi_boi=by,
    )
    record(by=by, hanh_dong="cu_can_bo.create", target=row, vai_tro=vai_tro, tu_ngay=tu_ngay)
    return row


@transaction.atomic
def end_cu_can_bo(*, cu_can_bo: CuCanBo, den_ngay: date, ly_do: str, by) -> CuCanBo:
    """Let a posting end; the time as a guest that it opened ends with it.

    Refused for a day to come, before it began, and once it has ended.
    """
    rows = CuCanBo.objects.select_for_update(of=("self",)).select_related("qua_trinh")
    row = rows.get(pk=cu_can_bo.pk)
    check_da_den(den_ngay, field="den_ngay")
    if row.den_ngay and row.den_ngay < today():
        raise RuleError(f"Đã thôi từ ngày {show_ngay(row.den_ngay)}.")
    if den_ngay < row.tu_ngay:
        raise RuleError(f"Được cử từ ngày {show_ngay(row.tu_ngay)}.", field="den_ngay")
    row.den_ngay, row.ly_do_ket_thuc = den_ngay, clean(ly_do)
    row.save(update_fields=["den_ngay", "ly_do_ket_thuc"])
    guest = row.qua_trinh
    if row.mo_qua_trinh and (guest.den_ngay is None or guest.den_ngay > den_ngay):
        last = max(den_ngay, today() - timedelta(days=1))  # days gone by were counted
        set_end(period=guest, den_ngay=last, by=by)
    record(by=by, hanh_dong="cu_can_bo.end", target=row, den_ngay=den_ngay)
    return row


def _check_khoi(don_vi: DonVi, person: DoanVien) -> None:
    if don_vi.khoi != KhoiChiDoan.DAN_CU:
        raise RuleError(
            f"{don_vi} không phải chi đoàn địa bàn dân cư. Chọn chi đoàn thôn, khu vực, tổ.",
            field="don_vi",
        )
    if person.chi_doan.khoi == KhoiChiDoan.DAN_CU:
        raise RuleError(
            f"Đồng chí {person.ho_ten} đã ở chi đoàn địa bàn dân cư ({person.chi_doan.ten}). "
            "Chỉ cử đoàn viên cơ quan, trường học, lực lượng vũ trang, doanh nghiệp.",
            field="doan_vien",
        )
