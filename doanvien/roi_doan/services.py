"""Removal from the roll (proposed by the branch, decided by the ward), and mending an ending."""

from datetime import date

from django.db import transaction

from core.errors import RuleError
from core.text import clean
from doanvien.models import DeNghiXoaTen, DoanVien, KyLuat, QuaTrinh, XetTruongThanh
from doanvien.nhap_thay import nhap_thay
from doanvien.services import end_membership, reopen_membership
from tochuc.audit import record

TT = DeNghiXoaTen.TrangThai


@transaction.atomic
def propose_xoa_ten(
    *, doan_vien: DoanVien, can_cu: str, ly_do: str, ngay: date, by
) -> DeNghiXoaTen:
    """The branch proposes to take a name off. Refused for who is no member or proposed already."""
    person = DoanVien.objects.select_for_update(of=("self",)).get(pk=doan_vien.pk)
    if not person.is_dang_sinh_hoat:
        raise RuleError(f"{person} không còn sinh hoạt chính thức ở chi đoàn nào.")
    if DeNghiXoaTen.objects.cua(person).cho_quyet_dinh().exists():
        raise RuleError("Đã có đề nghị xóa tên đồng chí này, đang chờ Đoàn cơ sở quyết định.")
    row = DeNghiXoaTen.objects.create(
        doan_vien=person,
        chi_doan=person.chi_doan,
        can_cu=can_cu,
        ly_do=clean(ly_do),
        ngay=ngay,
        ghi_boi=by,
    )
    record(
        by=by,
        hanh_dong="xoa_ten.propose",
        target=person,
        can_cu=can_cu,
        **nhap_thay(by, person.chi_doan_id),
    )
    return row


@transaction.atomic
def decide_xoa_ten(
    *,
    de_nghi: DeNghiXoaTen,
    dong_y: bool,
    ngay: date,
    by,
    so_quyet_dinh: str = "",
    tra_loi: str = "",
) -> DeNghiXoaTen:
    """The ward agrees, and the membership ends on `ngay`; or it does not, and says why."""
    row = _open(de_nghi)
    if ngay < row.ngay:
        raise RuleError(
            f"Chi đoàn đề nghị ngày {row.ngay:%d/%m/%Y}. Chọn ngày quyết định từ đó trở đi.",
            field="ngay",
        )
    if dong_y:
        if not so_quyet_dinh.strip():
            raise RuleError("Ghi số quyết định xóa tên.", field="so_quyet_dinh")
        end_membership(
            doan_vien=row.doan_vien,
            den_ngay=ngay,
            ly_do=DoanVien.TrangThai.XOA_TEN,
            by=by,
            so_quyet_dinh=so_quyet_dinh,
            can_cu=row.can_cu,
            ghi_chu=row.ly_do,
        )
    elif not tra_loi.strip():
        raise RuleError("Ghi vì sao không xóa tên.", field="tra_loi")
    row.trang_thai = TT.DONG_Y if dong_y else TT.KHONG_DONG_Y
    row.tra_loi, row.tra_loi_ngay = clean(tra_loi), ngay
    row.save(update_fields=["trang_thai", "tra_loi", "tra_loi_ngay"])
    record(by=by, hanh_dong="xoa_ten.decide", target=row.doan_vien, trang_thai=row.trang_thai)
    return row


@transaction.atomic
def withdraw_xoa_ten(*, de_nghi: DeNghiXoaTen, ngay: date, by) -> DeNghiXoaTen:
    """The branch takes its proposal back before it is decided."""
    row = _open(de_nghi)
    row.trang_thai, row.tra_loi_ngay = TT.RUT, ngay
    row.save(update_fields=["trang_thai", "tra_loi_ngay"])
    record(by=by, hanh_dong="xoa_ten.withdraw", target=row.doan_vien)
    return row


@transaction.atomic
def correct_ending(*, doan_vien: DoanVien, ly_do: str, by) -> QuaTrinh:
    """Reopen a membership whose ending was recorded by mistake.

    Refused while a decision stands on which the ending rests: that one is taken back first,
    so that paper and register never say two things. A removal that was agreed to is so no more.
    """
    expulsion = KyLuat.objects.cua(doan_vien).khong_bi_huy()
    if expulsion.filter(hinh_thuc=KyLuat.HinhThuc.KHAI_TRU, het_hieu_luc__isnull=True).exists():
        raise RuleError("Việc này theo quyết định kỷ luật. Sửa ở mục kỷ luật của đồng chí.")
    grown_out = XetTruongThanh.objects.da_quyet_dinh().filter(
        doan_vien=doan_vien, ket_qua=XetTruongThanh.KetQua.TRUONG_THANH
    )
    last = doan_vien.qua_trinh.chinh_thuc().first()
    if last and grown_out.filter(ngay_cuoi=last.den_ngay).exists():
        raise RuleError("Việc này theo quyết định trưởng thành Đoàn. Thu hồi ở quyết định ấy.")
    period = reopen_membership(doan_vien=doan_vien, ly_do=ly_do, by=by)
    DeNghiXoaTen.objects.cua(doan_vien).filter(trang_thai=TT.DONG_Y).update(
        trang_thai=TT.KHONG_DONG_Y, tra_loi=f"Ghi nhầm, đã sửa: {clean(ly_do)}"[:300]
    )
    return period


def _open(de_nghi: DeNghiXoaTen) -> DeNghiXoaTen:
    row = DeNghiXoaTen.objects.select_for_update(of=("self",)).get(pk=de_nghi.pk)
    if row.trang_thai != TT.CHO:
        raise RuleError(f"{row.get_trang_thai_display()}, ngày {row.tra_loi_ngay:%d/%m/%Y}.")
    return row
