"""Proposing, drafting, deciding and taking back. Each function is one transaction.

A branch proposes; the ward drafts a decision about several members, looks at its paper, and
issues it: only then memberships end and "đến tuổi" falls silent.
"""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from core.errors import RuleError
from core.periods import today
from doanvien.models import DoanVien, DotTruongThanh, QuaTrinh, XetTruongThanh
from doanvien.nhap_thay import nhap_thay
from doanvien.services import end_many, reopen_membership
from tochuc.audit import record
from tochuc.models import DonVi, VanBan
from tochuc.quy_dinh import gia_tri_nhieu

from . import giay_to
from .quy_tac import KHOA_TUOI, KQ, KetQua, MocTruongThanh, check_ket_qua, moc_tu


def moc_cua(don_vi: DonVi | None, nam: int, ngay: date) -> MocTruongThanh:
    """The ages in force for a unit. One query."""
    return moc_tu(gia_tri_nhieu(list(KHOA_TUOI), ngay=ngay, don_vi=don_vi), nam)


@transaction.atomic
def propose(
    *, chi_doan: DonVi, nam: int, chon: Mapping[DoanVien, KetQua | None], ngay: date, by
) -> int:
    """What the branch proposes for its members; None takes a proposal back. Returns how many.

    Refused for members of another branch, for whom the ward is deciding about already, and
    for what the charter does not allow.
    """
    moc = moc_cua(chi_doan, nam, ngay)
    people = _lock(chon)
    _check_undecided(people, ngay)
    XetTruongThanh.objects.filter(doan_vien__in=people, dot__isnull=True).delete()
    rows = []
    for nguoi in people.values():
        wanted = chon[nguoi]
        if nguoi.chi_doan_id != chi_doan.pk:
            raise RuleError(f"{nguoi} không sinh hoạt ở {chi_doan}.")
        if wanted is None:
            continue
        check_ket_qua(wanted, ngay_sinh=nguoi.ngay_sinh, moc=moc, ngay=ngay)
        rows.append(_row(nguoi, nam, wanted, by, de_nghi=wanted.ket_qua, de_nghi_ngay=ngay))
    XetTruongThanh.objects.bulk_create(rows)
    record(
        by=by,
        hanh_dong="truong_thanh.propose",
        target=chi_doan,
        nam=nam,
        so_nguoi=len(rows),
        **nhap_thay(by, chi_doan.pk),
    )
    return len(rows)


@transaction.atomic
def draft(
    *, don_vi: DonVi, nam: int, chon: Mapping[DoanVien, KetQua], ngay: date, by, **giay
) -> DotTruongThanh:
    """A draft decision of the ward; `giay` are the fields of its paper and ceremony."""
    if not chon:
        raise RuleError("Chọn kết quả cho ít nhất một đồng chí.")
    moc = moc_cua(don_vi, nam, ngay)
    people = _lock(chon)
    _check_undecided(people, ngay)
    proposals = {
        row.doan_vien_id: row
        for row in XetTruongThanh.objects.filter(doan_vien__in=people, dot__isnull=True)
    }
    dot = DotTruongThanh.objects.create(don_vi=don_vi, ngay=ngay, tao_boi=by, **giay)
    rows = []
    for nguoi in people.values():
        if not nguoi.chi_doan.path.startswith(don_vi.path):
            raise RuleError(f"{nguoi} không thuộc {don_vi}.")
        check_ket_qua(chon[nguoi], ngay_sinh=nguoi.ngay_sinh, moc=moc, ngay=ngay)
        old = proposals.get(nguoi.pk)
        kept = {"de_nghi": old.de_nghi, "de_nghi_ngay": old.de_nghi_ngay} if old else {}
        wanted = chon[nguoi]
        last_day = ngay if wanted.ket_qua == KQ.TRUONG_THANH else None
        kept |= {"dot": dot, "ket_qua": wanted.ket_qua, "ngay_cuoi": last_day}
        rows.append(_row(nguoi, nam, wanted, by, **kept))
    XetTruongThanh.objects.filter(pk__in=[row.pk for row in proposals.values()]).delete()
    XetTruongThanh.objects.bulk_create(rows)
    record(by=by, hanh_dong="truong_thanh.draft", target=dot, nam=nam, so_nguoi=len(rows))
    return dot


@transaction.atomic
def update_dot(*, dot: DotTruongThanh, by, **giay) -> DotTruongThanh:
    """Who signs, and when and where the ceremony is; open until the end of time."""
    current = DotTruongThanh.objects.select_for_update(of=("self",)).get(pk=dot.pk)
    for field, value in giay.items():
        setattr(current, field, value)
    current.save(update_fields=list(giay))
    record(by=by, hanh_dong="truong_thanh.update", target=current, truong=sorted(giay))
    return current


@transaction.atomic
def discard(*, dot: DotTruongThanh, by) -> None:
    """Drop a draft; what branches proposed stands again. Refused once the paper is issued."""
    current = _draft_of(dot)
    for row in current.dong.all():
        _undraft(row)
    record(by=by, hanh_dong="truong_thanh.discard", target=current)
    current.delete()


@transaction.atomic
def drop(*, xet: XetTruongThanh, by) -> DotTruongThanh | None:
    """Leave one member out of a draft; what the branch proposed stands again.

    A draft about nobody goes with its last row: then None. Refused once the paper is issued.
    """
    dot = _draft_of(xet.dot)
    row = dot.dong.filter(pk=xet.pk).first()
    if row is None:
        raise RuleError("Đồng chí này không còn trong dự thảo.")
    _undraft(row)
    if not dot.dong.exists():
        discard(dot=dot, by=by)
        return None
    record(by=by, hanh_dong="truong_thanh.drop", target=dot, don_vi=row.chi_doan)
    return dot


@transaction.atomic
def issue_dot(*, dot: DotTruongThanh, by, so_tren_giay: str = "") -> DotTruongThanh:
    """The decision takes effect: it gets its number, and who has grown out leaves that day.

    `so_tren_giay` is the number of a decision that was signed on paper before; then no
    number is taken. Refused for a day to come, and when somebody has left meanwhile.
    """
    current = _draft_of(dot)
    if current.ngay > today():
        raise RuleError(f"Ngày quyết định {current.ngay:%d/%m/%Y} chưa tới. Ban hành vào ngày ấy.")
    rows = list(current.dong.select_related("doan_vien", "chi_doan"))
    gone = [str(row.doan_vien) for row in rows if not row.doan_vien.is_dang_sinh_hoat]
    if gone:
        raise RuleError(f"{', '.join(gone)} không còn sinh hoạt. Đưa ra khỏi dự thảo trước.")
    current.tren_giay = bool(so_tren_giay.strip())
    if current.tren_giay:
        current.so_quyet_dinh = so_tren_giay.strip()
    else:
        current.so_quyet_dinh = giay_to.issue_quyet_dinh(dot=current, by=by).so_ky_hieu
    current.save(update_fields=["so_quyet_dinh", "tren_giay"])
    leaving = [(r.doan_vien, r.ngay_cuoi) for r in rows if r.ket_qua == KQ.TRUONG_THANH]
    if leaving:
        end_many(
            rows=leaving,
            ly_do=QuaTrinh.LyDoKetThuc.TRUONG_THANH,
            don_vi=current.don_vi,
            by=by,
            hanh_dong="doan_vien.truong_thanh",
            so_quyet_dinh=current.so_quyet_dinh,
        )
    record(
        by=by,
        hanh_dong="truong_thanh.issue",
        target=current,
        so=current.so_quyet_dinh,
        so_nguoi=len(rows),
    )
    return current


@transaction.atomic
def revoke(*, xet: XetTruongThanh, ly_do: str, by) -> DotTruongThanh:
    """Take one member out of a decision that was wrong; who had left belongs again.

    Refused without a reason, once a certificate was issued, and when something hangs on the
    ending (`reopen_membership`). The paper is issued anew under its number.
    """
    row = XetTruongThanh.objects.select_for_update(of=("self",)).get(pk=xet.pk)
    dot = row.dot
    if dot is None or not dot.is_ban_hanh:
        raise RuleError("Chưa có quyết định để thu hồi.")
    if not ly_do.strip():
        raise RuleError("Ghi lý do thu hồi.", field="ly_do")
    certificate = VanBan.objects.defer("tep").issued(row, giay_to.CHUNG_NHAN)
    if certificate:
        raise RuleError(
            f"Đã cấp giấy chứng nhận số {certificate.so_ky_hieu}. Nếu đồng chí này sinh hoạt lại, "
            "dùng «Tiếp nhận vào chi đoàn» ở trang của đồng chí."
        )
    if row.ket_qua == KQ.TRUONG_THANH:
        reopen_membership(doan_vien=row.doan_vien, ly_do=ly_do, by=by)
    record(by=by, hanh_dong="truong_thanh.revoke", target=dot, don_vi=row.chi_doan)
    row.delete()
    if not dot.tren_giay and dot.dong.exists():
        giay_to.issue_quyet_dinh(dot=dot, by=by)
    return dot


def _lock(people) -> dict[int, DoanVien]:
    """The members as they are now, locked in the order of their numbers."""
    pks = sorted(nguoi.pk for nguoi in people)
    rows = DoanVien.objects.select_for_update(of=("self",)).filter(pk__in=pks)
    return {nguoi.pk: nguoi for nguoi in rows.select_related("chi_doan").order_by("pk")}


def _check_undecided(people: Mapping[int, DoanVien], ngay: date) -> None:
    for nguoi in people.values():
        if not nguoi.is_dang_sinh_hoat:
            raise RuleError(f"{nguoi} không còn sinh hoạt.")
    drafted = XetTruongThanh.objects.filter(doan_vien__in=people, dot__so_quyet_dinh="")
    standing = XetTruongThanh.objects.con_cho(ngay).filter(doan_vien__in=people)
    for rows, words in ((drafted, "đang trong dự thảo quyết định"), (standing, "đã có quyết định")):
        taken = rows.select_related("doan_vien").first()
        if taken:
            raise RuleError(f"{taken.doan_vien} {words}.")


def _undraft(row: XetTruongThanh) -> None:
    """Back to what the branch proposed, or to nothing."""
    if not row.de_nghi:
        row.delete()
        return
    row.dot, row.ket_qua, row.ngay_cuoi = None, "", None
    row.save(update_fields=["dot", "ket_qua", "ngay_cuoi"])


def _draft_of(dot: DotTruongThanh) -> DotTruongThanh:
    current = DotTruongThanh.objects.select_for_update(of=("self",)).get(pk=dot.pk)
    if current.is_ban_hanh:
        raise RuleError(f"Quyết định {current.so_quyet_dinh} đã ban hành.")
    return current


def _row(nguoi: DoanVien, nam: int, chon: KetQua, by, **fields) -> XetTruongThanh:
    return XetTruongThanh(
        doan_vien=nguoi,
        chi_doan=nguoi.chi_doan,
        nam=nam,
        den_ngay=None if chon.ket_qua == KQ.TRUONG_THANH else chon.den_ngay,
        chuc_vu=chon.chuc_vu.strip() if chon.ket_qua == KQ.CAN_BO else "",
        ghi_boi=by,
        **fields,
    )
