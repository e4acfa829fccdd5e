"""Decisions on awards: the paper gets its number, awards go into the book; cancelled with a
reason."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from chidoan.models import BuocDeNghiKhen, DeNghiKhen, KhenTapThe, QuyetDinhKhen
from core.errors import RuleError
from core.periods import today
from core.text import clean
from doanvien.khen_thuong.services import create_khen_thuong, delete_khen_thuong
from doanvien.models import KhenThuong
from tochuc.audit import record
from tochuc.models import CapDonVi, DonVi, VanBan
from tochuc.permissions import who_may
from tochuc.quy_trinh import check_da_den
from tochuc.van_ban import void

from . import quy_trinh
from .giay_to import LOAI, issue_quyet_dinh

Loai = BuocDeNghiKhen.Loai
CAP = {
    CapDonVi.CO_SO: KhenThuong.Cap.CO_SO,
    CapDonVi.HUYEN: KhenThuong.Cap.CAP_TREN,
    CapDonVi.TINH: KhenThuong.Cap.CAP_TREN,
    CapDonVi.TRUNG_UONG: KhenThuong.Cap.TRUNG_UONG,
}
"""Whose award it is, by the level of the unit that decides."""


@transaction.atomic
def decide(
    *, don_vi: DonVi, de_nghi: Sequence[DeNghiKhen], ngay: date, ve_viec: str, by
) -> QuyetDinhKhen:
    """Decide about proposals the unit has agreed to, all of one form: number, paper, awards.

    Refused: without the right at that very unit, with none chosen, for forms that differ, a day
    to come or before a proposal, for who has left the unit, died or ended meanwhile or is chosen
    twice, and when somebody has the same award on record.
    """
    DonVi.objects.select_for_update(of=("self",), no_key=True).get(pk=don_vi.pk)
    _check_may(don_vi, by)
    check_da_den(ngay)
    if not (ve_viec := clean(ve_viec)):
        raise RuleError("Ghi thành tích chung để in vào quyết định.", field="ve_viec")
    if not de_nghi:
        raise RuleError("Chọn ít nhất một đề nghị đã đồng ý.", field="de_nghi")
    rows = [
        quy_trinh.begin(de_nghi=row, loai=Loai.KHEN, by=by)
        for row in sorted(de_nghi, key=lambda row: row.pk)
    ]
    _check_rows(rows, don_vi)
    decision = QuyetDinhKhen.objects.create(
        don_vi=don_vi,
        ngay=ngay,
        ve_viec=ve_viec,
        hinh_thuc=rows[0].hinh_thuc,
        ten_hinh_thuc=rows[0].ten_hinh_thuc,
        lap_boi=by,
    )
    for row in rows:
        quy_trinh.take(
            de_nghi=row, loai=Loai.KHEN, ngay=ngay, by=by, changes={"quyet_dinh": decision}
        )
    decision.so_ky_hieu = issue_quyet_dinh(quyet_dinh=decision, by=by).so_ky_hieu
    decision.save(update_fields=["so_ky_hieu"])
    _write_awards(decision, rows, by)
    record(
        by=by,
        hanh_dong="quyet_dinh_khen.decide",
        target=decision,
        so=decision.so_ky_hieu,
        so_nguoi=sum(not row.is_tap_the for row in rows),
        so_tap_the=sum(row.is_tap_the for row in rows),
    )
    return decision


@transaction.atomic
def cancel(*, quyet_dinh: QuyetDinhKhen, ly_do: str, by) -> QuyetDinhKhen:
    """Cancel a decision in which a fault was found: its paper becomes void, its awards leave the
    book, its proposals wait for another decision. Refused without a reason, and twice."""
    decision = (
        QuyetDinhKhen.objects.select_for_update(of=("self",)).co_don_vi().get(pk=quyet_dinh.pk)
    )
    _check_may(decision.don_vi, by)
    if decision.is_huy:
        raise RuleError("Quyết định này đã hủy.")
    if not (ly_do := clean(ly_do)):
        raise RuleError("Ghi lý do hủy quyết định.", field="ly_do")
    rows = [
        quy_trinh.begin(de_nghi=row, loai=Loai.HUY, by=by)
        for row in decision.de_nghi.order_by("pk")
    ]
    for row in rows:
        _take_back(row, ly_do, by)
    paper = VanBan.objects.issued(decision, LOAI)
    if paper:
        void(van_ban=paper, ly_do=ly_do, by=by)
    decision.huy_ngay, decision.huy_ly_do = today(), ly_do
    decision.save(update_fields=["huy_ngay", "huy_ly_do"])
    record(by=by, hanh_dong="quyet_dinh_khen.cancel", target=decision, so=decision.so_ky_hieu)
    return decision


def may_decide(user, don_vi: DonVi) -> bool:
    return user.may_at(quy_trinh.XET, don_vi)


def _check_may(don_vi: DonVi, by) -> None:
    if by is not None and not may_decide(by, don_vi):
        raise PermissionDenied(who_may(quy_trinh.XET))


def _check_rows(rows: list[DeNghiKhen], don_vi: DonVi) -> None:
    for row in rows:
        if row.noi_giu_id != don_vi.pk:
            raise RuleError(f"Đề nghị khen {row.ten} do {row.noi_giu} xem xét.", field="de_nghi")
    if len({(row.hinh_thuc, row.ten_hinh_thuc) for row in rows}) > 1:
        raise RuleError(
            "Một quyết định chỉ có một hình thức khen. Chọn các đề nghị cùng hình thức.",
            field="de_nghi",
        )
    seen = set()
    for row in rows:
        key = (row.doan_vien_id, row.tap_the_id)
        if key in seen:
            raise RuleError(
                f"{row.ten} có hai đề nghị được chọn. Chọn một, đề nghị kia trả lời «Chưa đồng ý».",
                field="de_nghi",
            )
        seen.add(key)


def _write_awards(decision: QuyetDinhKhen, rows: list[DeNghiKhen], by) -> None:
    """Rows of the register for members and for collectives, each known to its proposal."""
    said = {
        "cap": CAP[decision.don_vi.cap],
        "hinh_thuc": decision.hinh_thuc,
        "noi_dung": _noi_dung(decision),
        "ngay": decision.ngay,
        "so_quyet_dinh": decision.so_ky_hieu,
    }
    people = [row for row in rows if not row.is_tap_the]
    if people:
        awards = create_khen_thuong(
            doan_vien=[row.doan_vien for row in people], don_vi=decision.don_vi, by=by, **said
        )
        for row, award in zip(people, awards, strict=True):
            row.khen_thuong = award
    for row in rows:
        if row.is_tap_the:
            row.khen_tap_the = KhenTapThe.objects.create(don_vi=row.tap_the, ghi_boi=by, **said)
    DeNghiKhen.objects.bulk_update(rows, ["khen_thuong", "khen_tap_the"])


def _noi_dung(decision: QuyetDinhKhen) -> str:
    """What stands in the register: the form's own name where it has one, and what for."""
    own = f"{decision.ten_hinh_thuc}: " if decision.ten_hinh_thuc else ""
    return f"{own}{decision.ve_viec}"[:300]


def _take_back(row: DeNghiKhen, ly_do: str, by) -> None:
    award, group = row.khen_thuong, row.khen_tap_the
    quy_trinh.take(
        de_nghi=row,
        loai=Loai.HUY,
        ngay=today(),
        by=by,
        noi_dung=ly_do,
        changes={"quyet_dinh": None, "khen_thuong": None, "khen_tap_the": None},
    )
    if award:
        delete_khen_thuong(khen_thuong=award, by=by)
    if group:
        record(by=by, hanh_dong="khen_tap_the.delete", target=group, ngay=group.ngay)
        group.delete()
