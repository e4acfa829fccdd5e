"""Logging a meeting: drafts, finished meetings and their amendment."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from chidoan.models import BieuQuyet, BuoiSinhHoat, DiemDanh, PhienBanBuoi
from chidoan.noi_dung import TRUONG, NoiDungBuoi, Phieu, changed_fields, changed_rows, dump, is_same
from chidoan.noi_dung import read_noi_dung as read
from chidoan.queries import danh_sach
from core.errors import RuleError, StaleError
from doanvien.nhap_thay import is_nhap_thay, nhap_thay
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri

from .huy_hen import leave_word
from .khoa_buoi import find_locked, lock_buoi
from .kiem_tra import check_buoi, check_hoan_thanh, check_sua_doi
from .lien_chi_doan import check_cung_hop, sync_cung_hop
from .nghi_quyet import apply_ket_qua, save_nghi_quyet

NHAP, HOAN_THANH, SUA_DOI = BuoiSinhHoat.TrangThai.values


@transaction.atomic
def create_buoi(
    *, chi_doan: DonVi, client_id: UUID, noi_dung: NoiDungBuoi, hoan_thanh: bool, by
) -> BuoiSinhHoat:
    """Write down a meeting, as a draft or finished.

    The same `client_id` never makes a second meeting: sent again with the same words it
    gives back the first one, with other words it is a StaleError that carries the first.
    A meeting of that day and kind that was called, and in which nobody has written, is filled
    instead of a second one. Refused as in `check_buoi` and, when finished, `check_hoan_thanh`.
    The branch is locked: a double click is two requests at once.
    """
    chi_doan = DonVi.objects.select_for_update(of=("self",)).get(pk=chi_doan.pk)
    earlier = BuoiSinhHoat.objects.filter(client_id=client_id).first()
    if earlier:
        return _sent_again(earlier, chi_doan, noi_dung, hoan_thanh)
    buoi = _called(chi_doan, noi_dung) or BuoiSinhHoat(chi_doan=chi_doan)
    buoi.client_id = client_id
    roster = roster_ids(buoi, noi_dung.ngay)
    check_buoi(buoi=buoi, noi_dung=noi_dung, roster=roster, hoan_thanh=hoan_thanh)
    if hoan_thanh:
        check_hoan_thanh(buoi=buoi, noi_dung=noi_dung)
    _write(buoi, noi_dung, hoan_thanh=hoan_thanh, by=by)
    record(
        by=by,
        hanh_dong="buoi.finish" if hoan_thanh else "buoi.draft",
        target=buoi,
        ngay=buoi.ngay,
        nhap_thay=buoi.nhap_thay,
        ghi_muon=buoi.ghi_muon,
    )
    return buoi


@transaction.atomic
def update_buoi(
    *,
    buoi: BuoiSinhHoat,
    version: int,
    noi_dung: NoiDungBuoi,
    hoan_thanh: bool,
    by,
    tu_luu: bool = False,
    ly_do: str = "",
) -> BuoiSinhHoat:
    """Change a draft, finish it, or amend a finished meeting.

    `version` is the one the form showed; StaleError when somebody has saved meanwhile, so
    that both versions can be seen. A finished meeting never becomes a draft again: it is
    amended for a reason (`ly_do`, see `check_sua_doi`), what it said is kept as a
    `PhienBanBuoi`, and the audit line names what changed (fields, and who on the roll). A draft
    that the page keeps by itself (`tu_luu`) gets a line only when another person goes on with it.
    """
    DonVi.objects.select_for_update(of=("self",)).get(pk=buoi.chi_doan_id)
    buoi = lock_buoi(buoi.pk)
    before = read(buoi)
    if buoi.version != version:
        if _is_same_as_stored(buoi, before, noi_dung, hoan_thanh):
            return buoi
        raise StaleError("Có người vừa sửa buổi sinh hoạt này.", current=buoi)
    da_hoan_thanh = buoi.trang_thai != NHAP
    hoan_thanh = hoan_thanh or da_hoan_thanh
    roster = roster_ids(buoi, noi_dung.ngay)
    check_buoi(buoi=buoi, noi_dung=noi_dung, roster=roster, hoan_thanh=hoan_thanh)
    if hoan_thanh:
        check_hoan_thanh(buoi=buoi, noi_dung=noi_dung)
    if (da_hoan_thanh or tu_luu) and is_same(before, noi_dung):
        return buoi
    if da_hoan_thanh:
        check_sua_doi(buoi=buoi, ly_do=ly_do, nhap_thay=is_nhap_thay(by, buoi.chi_doan_id))
        _keep_version(buoi, before, ly_do=ly_do, by=by)
    goes_on = tu_luu and by is not None and buoi.ghi_boi_id == by.pk
    _write(buoi, noi_dung, hoan_thanh=hoan_thanh, by=by)
    if not goes_on:
        record(
            by=by,
            hanh_dong=_verb(hoan_thanh, da_hoan_thanh),
            target=buoi,
            version=buoi.version,
            truong=changed_fields(before, noi_dung),
            diem_danh=changed_rows(before, noi_dung) if da_hoan_thanh else {},
            **nhap_thay(by, buoi.chi_doan_id),
            **({} if da_hoan_thanh else {"ghi_muon": buoi.ghi_muon}),
        )
    return buoi


@transaction.atomic
def delete_draft(*, buoi: BuoiSinhHoat, by) -> None:
    """Throw a draft away. A finished meeting stays: it can be amended."""
    buoi = find_locked(buoi.pk)
    if buoi is None:
        return  # somebody was faster
    if not buoi.is_nhap:
        raise RuleError("Buổi sinh hoạt đã hoàn thành thì không xóa, chỉ sửa đổi.")
    if buoi.cung_hop.exists():
        raise RuleError(
            "Các chi đoàn cùng họp đã có buổi nháp của buổi này. Mở bản nháp, bỏ chọn các chi đoàn "
            "cùng họp rồi xóa."
        )
    record(
        by=by,
        hanh_dong="buoi.delete_draft",
        target=buoi,
        ngay=buoi.ngay,
        **nhap_thay(by, buoi.chi_doan_id),
    )
    leave_word(buoi)
    buoi.delete()


def roster_ids(buoi: BuoiSinhHoat, ngay: date) -> set[int]:
    """Who has to be on the roll: the members of that day.

    A finished meeting keeps the roll of its day, whatever was entered later.
    """
    if buoi.pk and not buoi.is_nhap and buoi.ngay == ngay:
        return set(buoi.diem_danh.order_by().values_list("doan_vien_id", flat=True))
    return set(danh_sach(buoi.chi_doan_id, ngay).values_list("pk", flat=True))


def _write(buoi: BuoiSinhHoat, noi_dung: NoiDungBuoi, *, hoan_thanh: bool, by) -> None:
    is_new, is_moved = buoi.pk is None, buoi.ngay != noi_dung.ngay
    for name in TRUONG:
        setattr(buoi, name, getattr(noi_dung, name))
    buoi.version = 1 if is_new else buoi.version + 1
    if buoi.is_nhap:
        before = buoi.nhap_thay and not _is_only_called(buoi)
        buoi.nhap_thay = before or is_nhap_thay(by, buoi.chi_doan_id)
    if buoi.is_nhap and hoan_thanh:
        buoi.hoan_thanh_luc = timezone.now()
    if buoi.hoan_thanh_luc and (buoi.is_nhap or is_moved):
        buoi.ghi_muon = is_ghi_muon(buoi)
    if hoan_thanh:
        buoi.trang_thai = HOAN_THANH if buoi.trang_thai == NHAP else SUA_DOI
        buoi.ban_nhap = {}
    buoi.ghi_boi = by
    check_cung_hop(buoi, noi_dung.cung_hop)
    buoi.save()
    _write_roll(buoi, noi_dung)
    if hoan_thanh or buoi.is_hen:
        sync_cung_hop(buoi, noi_dung.cung_hop, by=by)
    if hoan_thanh:
        apply_ket_qua(buoi=buoi, ket_qua=noi_dung.ket_qua)
        save_nghi_quyet(buoi=buoi, rows=noi_dung.nghi_quyet)
        _write_votes(buoi, noi_dung.bieu_quyet)


def _write_roll(buoi: BuoiSinhHoat, noi_dung: NoiDungBuoi) -> None:
    rows = [
        DiemDanh(buoi=buoi, doan_vien_id=pk, trang_thai=row.trang_thai, ly_do=row.ly_do)
        for pk, row in noi_dung.diem_danh.items()
    ]
    buoi.diem_danh.exclude(doan_vien__in=noi_dung.diem_danh).delete()
    DiemDanh.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["buoi", "doan_vien"],
        update_fields=["trang_thai", "ly_do"],
        batch_size=500,
    )


def _write_votes(buoi: BuoiSinhHoat, rows: tuple[Phieu, ...]) -> None:
    buoi.bieu_quyet.all().delete()
    BieuQuyet.objects.bulk_create(
        BieuQuyet(buoi=buoi, thu_tu=number, **vars(row)) for number, row in enumerate(rows, start=1)
    )


def _keep_version(buoi: BuoiSinhHoat, before: NoiDungBuoi, *, ly_do: str, by) -> None:
    """What the meeting said until now, who wrote it, and why it is amended."""
    PhienBanBuoi.objects.create(
        buoi=buoi,
        so=buoi.version,
        noi_dung=dump(before),
        ghi_boi_id=buoi.ghi_boi_id,
        ghi_luc=buoi.ghi_luc,
        ly_do=ly_do.strip(),
        thay_boi=by,
    )


def is_ghi_muon(buoi: BuoiSinhHoat) -> bool:
    """Whether it was finished so long after its day, be it another day by now, that it is marked
    as logged late."""
    allowed = gia_tri("ghi_buoi_trong_ngay", ngay=buoi.ngay, don_vi=buoi.chi_doan)
    return (timezone.localdate(buoi.hoan_thanh_luc) - buoi.ngay).days > allowed


def _is_only_called(buoi: BuoiSinhHoat) -> bool:
    """Whoever called it or printed its sheet has not logged it."""
    return buoi.is_hen and not buoi.diem_danh.exists()


def _called(chi_doan: DonVi, noi_dung: NoiDungBuoi) -> BuoiSinhHoat | None:
    """The called meeting of that day and kind in which nobody has written: one without a roll, or
    as the host of a joint meeting has made it."""
    rows = BuoiSinhHoat.objects.filter(
        chi_doan=chi_doan, ngay=noi_dung.ngay, loai=noi_dung.loai, trang_thai=NHAP
    )
    untouched = Q(version=1) | ~Exists(DiemDanh.objects.filter(buoi=OuterRef("pk")))
    called = rows.filter(untouched, hen_luc__isnull=False).order_by("pk")
    return called.select_for_update(of=("self",)).first()


def _sent_again(earlier, chi_doan, noi_dung, hoan_thanh) -> BuoiSinhHoat:
    if earlier.chi_doan_id != chi_doan.pk:
        raise RuleError("Mã buổi sinh hoạt này thuộc chi đoàn khác. Mở lại trang để ghi.")
    if _is_same_as_stored(earlier, read(earlier), noi_dung, hoan_thanh):
        return earlier
    raise StaleError("Buổi sinh hoạt này đã được ghi với nội dung khác.", current=earlier)


def _is_same_as_stored(buoi, stored: NoiDungBuoi, noi_dung: NoiDungBuoi, hoan_thanh: bool) -> bool:
    return is_same(stored, noi_dung) and (not buoi.is_nhap or not hoan_thanh)


def _verb(hoan_thanh: bool, da_hoan_thanh: bool) -> str:
    if da_hoan_thanh:
        return "buoi.amend"
    return "buoi.finish" if hoan_thanh else "buoi.draft"
