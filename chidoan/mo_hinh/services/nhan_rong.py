"""Spreading: a ward copies an initiative to another branch; an office above offers it to a ward.

What is copied is the structure: purpose, rhythm, commitments; never log, ticks or reviews.
"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from chidoan.models import DeNghiNhanRong, MoHinh, MucCamKet, NhomCamKet
from core.errors import RuleError
from core.periods import today
from core.text import clean
from tochuc.audit import record
from tochuc.models import DonVi

from .mo_hinh import ThanhVien, create_mo_hinh

_TT = DeNghiNhanRong.TrangThai


@transaction.atomic
def copy_mo_hinh(
    *,
    goc: MoHinh,
    don_vi: DonVi,
    diem: DonVi | None,
    tu_ngay: date,
    giu_to: bool = False,
    by,
) -> MoHinh:
    """The same structure for another branch, of this ward or of another one.

    `giu_to`: with the same team, within one ward. Refused for the branch where it already is
    tried, and as in `create_mo_hinh`.
    """
    if diem and MoHinh.objects.dang_lam(today()).filter(diem=diem, ten=goc.ten).exists():
        raise RuleError(f"{diem} đang thực hiện mô hình này.", field="diem")
    values = {
        name: getattr(goc, name) for name in ("ten", "loai", "boi_canh", "muc_tieu", "sinh_hoat")
    }
    copied = create_mo_hinh(
        don_vi=don_vi,
        values={**values, "diem": diem, "tu_ngay": tu_ngay},
        thanh_vien=_team(goc) if giu_to and goc.don_vi_id == don_vi.pk else (),
        goc=goc,
        by=by,
    )
    for nhom in goc.nhom_cam_ket.prefetch_related("muc"):
        _copy_nhom(nhom, copied)
    record(by=by, hanh_dong="mo_hinh.copy", target=copied, so=goc.pk)
    return copied


@transaction.atomic
def offer_mo_hinh(
    *, mo_hinh: MoHinh, don_vi: Sequence[DonVi], loi_nhan: str = "", by
) -> list[DeNghiNhanRong]:
    """Offer an initiative to wards, each of which answers for itself.

    Refused for the ward that has it and where an offer waits already.
    """
    found = []
    for ward in don_vi:
        DonVi.objects.select_for_update(of=("self",)).get(pk=ward.pk)
        if not ward.is_co_so or ward.pk == mo_hinh.don_vi_id:
            raise RuleError(f"{ward} đang thực hiện mô hình này.", field="don_vi")
        if DeNghiNhanRong.objects.dang_cho().filter(mo_hinh=mo_hinh, don_vi=ward).exists():
            raise RuleError(f"{ward} đang có đề nghị chờ trả lời.", field="don_vi")
        row = DeNghiNhanRong.objects.create(
            mo_hinh=mo_hinh, don_vi=ward, loi_nhan=clean(loi_nhan), ngay=today(), gui_boi=by
        )
        record(by=by, hanh_dong="nhan_rong.offer", target=row, don_vi=ward)
        found.append(row)
    return found


@transaction.atomic
def accept_de_nghi(
    *, de_nghi: DeNghiNhanRong, diem: DonVi | None, tu_ngay: date, tra_loi: str = "", by
) -> MoHinh:
    """The ward takes the offer: its own initiative comes of it. Refused when it was answered."""
    row = _lock(de_nghi)
    row.ket_qua = copy_mo_hinh(
        goc=row.mo_hinh, don_vi=row.don_vi, diem=diem, tu_ngay=tu_ngay, by=by
    )
    _answer(row, _TT.NHAN, tra_loi, by)
    return row.ket_qua


@transaction.atomic
def decline_de_nghi(*, de_nghi: DeNghiNhanRong, tra_loi: str, by) -> DeNghiNhanRong:
    """The ward does not take it, and says why."""
    row = _lock(de_nghi)
    if not clean(tra_loi):
        raise RuleError("Ghi lý do chưa nhận.", field="tra_loi")
    return _answer(row, _TT.TU_CHOI, tra_loi, by)


@transaction.atomic
def withdraw_de_nghi(*, de_nghi: DeNghiNhanRong, by) -> None:
    """The office takes its offer back. Refused when it was answered."""
    row = _lock(de_nghi)
    record(by=by, hanh_dong="nhan_rong.withdraw", target=row, don_vi=row.don_vi)
    row.delete()


def _answer(row: DeNghiNhanRong, trang_thai: str, tra_loi: str, by) -> DeNghiNhanRong:
    row.trang_thai, row.tra_loi, row.tra_loi_ngay = trang_thai, clean(tra_loi), today()
    row.save()
    record(
        by=by, hanh_dong="nhan_rong.answer", target=row, don_vi=row.don_vi, trang_thai=trang_thai
    )
    return row


def _lock(de_nghi: DeNghiNhanRong) -> DeNghiNhanRong:
    rows = DeNghiNhanRong.objects.select_for_update(of=("self",))
    row = rows.select_related("mo_hinh", "don_vi").filter(pk=de_nghi.pk).first()
    if row is None:
        raise RuleError("Đề nghị này đã được rút lại.")
    if not row.is_cho:
        raise RuleError(f"Đề nghị này đã được trả lời: {row.get_trang_thai_display()}.")
    return row


def _team(goc: MoHinh) -> list[ThanhVien]:
    fields = ("ho_ten", "chuc_vu", "nhiem_vu", "la_to_truong")
    return [ThanhVien(**row) for row in goc.thanh_vien.values(*fields)]


def _copy_nhom(nhom: NhomCamKet, mo_hinh: MoHinh) -> None:
    copied = NhomCamKet.objects.create(
        mo_hinh=mo_hinh,
        ten=nhom.ten,
        chuong_trinh=nhom.chuong_trinh,
        cach=nhom.cach,
        thu_tu=nhom.thu_tu,
    )
    MucCamKet.objects.bulk_create(
        MucCamKet(nhom=copied, noi_dung=muc.noi_dung, thu_tu=muc.thu_tu)
        for muc in nhom.muc.all()
        if not muc.thoi
    )
