"""Erasure that keeps statistics: the person goes, the counts of every past day stay.

Kept of the record: branch, state, gender, year of birth, days of admission and of membership,
whether of a minority, of a religion, in the Party. Kept of his rows: dates, codes, numbers.
Everything that was typed goes, and what cannot be empty says that it was erased. Papers that
were issued are legal records of the Union and stay as they are.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.errors import RuleError
from core.text import fold
from doanvien.models import BiaXoa, KetNap, YeuCauDuLieu
from tochuc.audit import record
from tochuc.permissions import Quyen, who_may

from . import bia
from .an_danh import anonymise
from .quan_he import Nguoi, bang_lien_quan
from .services import close_by_erasure

MO = ("dang_mo", "con_mo")
"""A queryset with one of these names says which rows are not finished."""


def vuong_mac(nguoi: Nguoi, *, yeu_cau: YeuCauDuLieu | None = None) -> list[str]:
    """Why the person cannot be erased yet, each with what to do about it."""
    if da_xoa(nguoi):
        return ["Dữ liệu của đồng chí này đã được xóa."]
    found = _con_trong_so(nguoi)
    for bang in bang_lien_quan(type(nguoi)):
        rows = bang.rows(nguoi)
        name = next((name for name in MO if hasattr(rows, name)), None)
        if not bang.cua_nguoi or name is None:
            continue
        rows = getattr(rows, name)()
        if yeu_cau is not None and bang.model is YeuCauDuLieu:
            rows = rows.exclude(pk=yeu_cau.pk)
        if so := rows.count():
            found.append(f"Còn {so} {bang.model._meta.verbose_name} chưa xong. Kết thúc trước.")
    return found


def _con_trong_so(nguoi: Nguoi) -> list[str]:
    """The register needs the name of who belongs, and of whose application goes on."""
    if isinstance(nguoi, KetNap):
        is_over = nguoi.trang_thai == KetNap.TrangThai.RUT
        return [] if is_over else ["Đơn xin vào Đoàn chưa rút. Chi đoàn ghi rút đơn trước."]
    if nguoi.is_dang_sinh_hoat:
        return ["Đồng chí đang sinh hoạt, sổ đoàn viên phải có tên. Kết thúc sinh hoạt trước."]
    return []


def da_xoa(nguoi: Nguoi) -> bool:
    return BiaXoa.objects.filter(dau=bia.dau_cua(nguoi)).exists()


@transaction.atomic
def erase_nguoi(*, yeu_cau: YeuCauDuLieu, xac_nhan: str, by) -> Nguoi:
    """Erase the member or applicant of an open request to erase; cannot be undone.

    `xac_nhan` is the person's name, typed. Refused without the right, for another kind of
    request, while a duty to keep records stands (see `vuong_mac`), and when the name differs.
    The audit line has numbers alone.
    """
    yeu_cau = YeuCauDuLieu.objects.select_for_update(of=("self",)).voi_nguoi().get(pk=yeu_cau.pk)
    if not by.may(Quyen.QUAN_LY_DU_LIEU, yeu_cau.don_vi):
        raise PermissionDenied(who_may(Quyen.QUAN_LY_DU_LIEU))
    if yeu_cau.loai != YeuCauDuLieu.Loai.XOA or not yeu_cau.is_con_mo:
        raise RuleError("Chỉ xóa theo một yêu cầu xóa đang mở.")
    rows = type(yeu_cau.nguoi).objects.select_for_update(of=("self",)).select_related("chi_doan")
    person = rows.get(pk=yeu_cau.nguoi.pk)
    if reasons := vuong_mac(person, yeu_cau=yeu_cau):
        raise RuleError(" ".join(reasons))
    if fold(xac_nhan) != fold(person.ho_ten):
        raise RuleError("Họ tên gõ vào không khớp. Gõ đúng họ tên để xác nhận.", field="xac_nhan")
    anonymise(person)
    close_by_erasure(yeu_cau, by)
    bia.dat_bia(person, yeu_cau.don_vi)
    hanh_dong = f"{person.ten_khoa}.erase"
    record(by=by, hanh_dong=hanh_dong, target=person, don_vi=yeu_cau.don_vi)
    return person
