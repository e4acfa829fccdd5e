"""What a branch does in its rating round. Each function is one action and one transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from chidoan.models import ChiDoan
from core.errors import RuleError, StaleError
from core.periods import today
from doanvien.models import BuocXepLoai, DotXepLoai, PhieuXepLoai, XepLoai
from doanvien.ngay_thang import ngay_trong_nam
from doanvien.nhap_thay import is_nhap_thay
from tochuc.audit import record
from tochuc.permissions import Quyen, who_may
from tochuc.quy_dinh import gia_tri

from .dieu_kien import TEN, is_vuot, muc_nhieu_phieu
from .queries import DongXepLoai, lech_danh_sach, load_dong

Loai = BuocXepLoai.Loai
TrangThai = DotXepLoai.TrangThai
TRUONG_PHIEU = ("phieu_htxs", "phieu_htt", "phieu_ht", "phieu_kht", "phieu_hong")
_SAU_BIEU_QUYET = (*TRUONG_PHIEU, "muc", "ly_do_vuot", "khong_xep", "toi_da", "du_hop", "so_buoi")


@dataclass(frozen=True)
class KiemPhieu:
    """Kiểm phiếu (tally) of one member: votes best level first, spoilt ones, a reason."""

    phieu: tuple[int, int, int, int]
    hong: int = 0
    ly_do_vuot: str = ""


@transaction.atomic
def open_dot(*, chi_doan: ChiDoan, nam: int, ngay_hop: date, by) -> DotXepLoai:
    """Begin the year's round of a branch, with a sheet for everybody on the roster of the day.

    Refused before the day from which ratings are made, for a conference in another year, when
    the branch has a round or results of that year, and without members.
    """
    chi_doan = ChiDoan.objects.select_for_update(of=("self",)).get(pk=chi_doan.pk)
    _check_may_write(chi_doan, by)
    tu_ngay = gia_tri("xep_loai_tu_ngay", ngay=date(nam, 12, 31), don_vi=chi_doan)
    mo_tu = ngay_trong_nam(tu_ngay, nam)
    if today() < mo_tu:
        raise RuleError(f"Xếp loại năm {nam} bắt đầu từ ngày {mo_tu:%d/%m/%Y}.", field="nam")
    _check_ngay_hop(nam, ngay_hop, mo_tu)
    if DotXepLoai.objects.cua_chi_doan(chi_doan).cua_nam(nam).exists():
        raise RuleError(f"{chi_doan} đã mở đợt xếp loại năm {nam}.", field="nam")
    if XepLoai.objects.filter(chi_doan=chi_doan, nam=nam).exists():
        raise RuleError(f"{chi_doan} đã có kết quả xếp loại năm {nam} trong sổ.", field="nam")
    dot = DotXepLoai.objects.create(
        chi_doan=chi_doan, nam=nam, ngay_hop=ngay_hop, ngay_buoc=today()
    )
    if not _sync(dot)[0]:
        raise RuleError(f"{chi_doan} không có đoàn viên nào ngày {ngay_hop:%d/%m/%Y}.")
    _step(dot, Loai.MO, TrangThai.MO, by=by)
    return dot


@transaction.atomic
def change_ngay_hop(*, dot: DotXepLoai, ngay_hop: date, by) -> tuple[int, int]:
    """Move the conference to another day, or read the roster again: (added, removed) members.

    Votes that were entered stay; a member who came onto the roster has none yet.
    """
    dot = _begin(dot, by)
    tu_ngay = gia_tri("xep_loai_tu_ngay", ngay=date(dot.nam, 12, 31), don_vi=dot.chi_doan)
    _check_ngay_hop(dot.nam, ngay_hop, ngay_trong_nam(tu_ngay, dot.nam))
    dot.ngay_hop = ngay_hop
    added, removed = _sync(dot)
    if added and dot.trang_thai == TrangThai.DA_BIEU_QUYET:
        dot.trang_thai = TrangThai.MO
    dot.version += 1
    dot.save(update_fields=["ngay_hop", "trang_thai", "version"])
    record(by=by, hanh_dong="dot_xep_loai.update", target=dot, ngay=ngay_hop)
    return added, removed


@transaction.atomic
def save_phieu(*, phieu: PhieuXepLoai, changes: Mapping, by) -> PhieuXepLoai:
    """Write the member's own level, remarks and what the books cannot know.

    Until the round goes to the ward. Only the fields that changed are written, so two people
    at work on one sheet do not undo each other.
    """
    dot = _begin(phieu.dot, by)
    sheet = PhieuXepLoai.objects.select_for_update(of=("self",)).get(pk=phieu.pk)
    for field, value in changes.items():
        setattr(sheet, field, value)
    check_nghi(sheet.nghi_vi, sheet.nghi_tu, sheet.nghi_den)
    if changes:
        sheet.save(update_fields=list(changes))
        _record_save(dot, by, truong=sorted(changes))
    return sheet


@transaction.atomic
def save_nhanh(*, dot: DotXepLoai, rows: Mapping[int, Mapping], by) -> int:
    """The short columns of many sheets at once; returns how many sheets changed."""
    dot = _begin(dot, by)
    changed = []
    for sheet in dot.phieu.filter(doan_vien__in=rows):
        values = rows[sheet.doan_vien_id]
        if any(getattr(sheet, field) != value for field, value in values.items()):
            for field, value in values.items():
                setattr(sheet, field, value)
            changed.append(sheet)
    if changed:
        PhieuXepLoai.objects.bulk_update(changed, ["tu_xep", "nhiem_vu", "noi_cu_tru"])
        _record_save(dot, by, so_nguoi=len(changed))
    return len(changed)


@transaction.atomic
def vote(
    *,
    dot: DotXepLoai,
    version: int | None,
    co_mat: int,
    phieu_thu_ve: int,
    kiem_phieu: Mapping[int, KiemPhieu],
    by,
) -> DotXepLoai:
    """Write the tallies of the secret vote; the level with most votes is what is proposed.

    `kiem_phieu` by member. Refused before the conference, when more are present than on the
    roster, when a member's votes are not the ballots collected, when two levels share the
    most votes, and for a level above what the facts allow without a reason.
    """
    dot = _begin(dot, by, version=version)
    if dot.ngay_hop > today():
        raise RuleError(f"Hội nghị họp ngày {dot.ngay_hop:%d/%m/%Y}, chưa đến ngày kiểm phiếu.")
    _check_danh_sach(dot)
    rows = load_dong(dot)
    _check_so_phieu(len(rows), co_mat, phieu_thu_ve)
    for row in rows:
        _take_tally(row, kiem_phieu.get(row.phieu.doan_vien_id), phieu_thu_ve)
    PhieuXepLoai.objects.bulk_update([row.phieu for row in rows], _SAU_BIEU_QUYET)
    dot.co_mat, dot.phieu_thu_ve = co_mat, phieu_thu_ve
    dot.save(update_fields=["co_mat", "phieu_thu_ve"])
    stays = dot.trang_thai == TrangThai.TRA_LAI
    _step(dot, Loai.BIEU_QUYET, dot.trang_thai if stays else TrangThai.DA_BIEU_QUYET, by=by)
    return dot


@transaction.atomic
def send(*, dot: DotXepLoai, version: int | None, by) -> DotXepLoai:
    """Hand the round to the ward.

    Refused before the vote, when the roster of the day has changed, and when what the books
    say now no longer allows a level that stands without a reason.
    """
    dot = _begin(dot, by, version=version)
    if dot.co_mat is None:
        raise RuleError("Chưa ghi kết quả biểu quyết của hội nghị chi đoàn.")
    _check_danh_sach(dot)
    rows = load_dong(dot)
    for row in rows:
        _freeze(row)
        if row.duoc_xep and not row.phieu.muc:
            raise RuleError(f"Chưa có kết quả kiểm phiếu của đồng chí {row.doan_vien}.")
        if row.duoc_xep and is_vuot(row.phieu.muc, row.phieu.toi_da) and not row.phieu.ly_do_vuot:
            raise RuleError(_vuot(row))
    PhieuXepLoai.objects.bulk_update([row.phieu for row in rows], _SAU_BIEU_QUYET)
    dot.ly_do_tra_lai = ""
    dot.save(update_fields=["ly_do_tra_lai"])
    _step(dot, Loai.GUI, TrangThai.DA_GUI, by=by)
    return dot


@transaction.atomic
def withdraw(*, dot: DotXepLoai, by) -> DotXepLoai:
    """Take back what was sent, while the ward has not decided."""
    dot = lock_dot(dot)
    _check_may_write(dot.chi_doan, by)
    if dot.trang_thai != TrangThai.DA_GUI:
        raise RuleError(f"Đợt xếp loại đang ở bước «{dot.get_trang_thai_display()}».")
    _step(dot, Loai.RUT, TrangThai.DA_BIEU_QUYET, by=by)
    return dot


def check_nghi(nghi_vi: str, nghi_tu: date | None, nghi_den: date | None) -> None:
    """Refuse a leave that is told by halves, or that ends before it begins."""
    given = {"nghi_vi": nghi_vi, "nghi_tu": nghi_tu, "nghi_den": nghi_den}
    missing = [name for name, value in given.items() if not value]
    if missing and len(missing) < len(given):
        raise RuleError("Ghi đủ lý do nghỉ, ngày bắt đầu và ngày kết thúc.", field=missing[0])
    if not missing and nghi_den < nghi_tu:
        raise RuleError("Ngày nghỉ cuối phải từ ngày nghỉ đầu trở đi.", field="nghi_den")


def lock_dot(dot: DotXepLoai) -> DotXepLoai:
    return (
        DotXepLoai.objects.select_for_update(of=("self",)).select_related("chi_doan").get(pk=dot.pk)
    )


def write_step(dot: DotXepLoai, loai: str, den: str, *, by, nhap_thay=False, ly_do="") -> None:
    """Move the round and keep the step; the caller holds the lock."""
    dot.trang_thai, dot.ngay_buoc = den, today()
    dot.version += 1
    dot.save(update_fields=["trang_thai", "ngay_buoc", "version", "quyet_dinh", "ly_do_tra_lai"])
    BuocXepLoai.objects.create(
        dot=dot, loai=loai, ngay=dot.ngay_buoc, boi=by, nhap_thay=nhap_thay, ly_do=ly_do
    )


def _record_save(dot: DotXepLoai, by, **noi_dung) -> None:
    nhap_thay = is_nhap_thay(by, dot.chi_doan_id)
    record(by=by, hanh_dong="dot_xep_loai.save", target=dot, nhap_thay=nhap_thay, **noi_dung)


def _step(dot: DotXepLoai, loai: str, den: str, *, by) -> None:
    nhap_thay = is_nhap_thay(by, dot.chi_doan_id)
    write_step(dot, loai, den, by=by, nhap_thay=nhap_thay)
    record(
        by=by,
        hanh_dong=f"dot_xep_loai.{loai}",
        target=dot,
        nam=dot.nam,
        sau=den,
        nhap_thay=nhap_thay,
    )


def _begin(dot: DotXepLoai, by, *, version: int | None = None) -> DotXepLoai:
    """Lock the round for the branch's work. Refused once it is with the ward."""
    current = lock_dot(dot)
    _check_may_write(current.chi_doan, by)
    if not current.is_o_chi_doan:
        raise RuleError(
            f"Đợt xếp loại đang ở bước «{current.get_trang_thai_display()}», không sửa được. "
            "Rút lại, hoặc đề nghị phường trả lại."
        )
    if version is not None and version != current.version:
        raise StaleError(
            "Có người vừa ghi đợt xếp loại này. Xem lại trước khi lưu.", current=current
        )
    return current


def _check_may_write(chi_doan, by) -> None:
    if by is not None and not by.may(Quyen.SUA_DOAN_VIEN, chi_doan):
        raise PermissionDenied(who_may(Quyen.SUA_DOAN_VIEN))


def _sync(dot: DotXepLoai) -> tuple[int, int]:
    """Sheets for who came onto the roster of the day, none for who is not on it."""
    added, gone = lech_danh_sach(dot)
    dot.phieu.filter(doan_vien__in=gone).delete()
    PhieuXepLoai.objects.bulk_create([PhieuXepLoai(dot=dot, doan_vien=person) for person in added])
    return len(added), len(gone)


def _check_danh_sach(dot: DotXepLoai) -> None:
    added, gone = lech_danh_sach(dot)
    if added or gone:
        raise RuleError(
            f"Danh sách đoàn viên ngày {dot.ngay_hop:%d/%m/%Y} đã khác: "
            f"{lech_bang_chu(added, gone)}. Bấm «Cập nhật danh sách» rồi ghi tiếp."
        )


def lech_bang_chu(added: Iterable, gone: Iterable) -> str:
    parts = [
        (word, ", ".join(map(str, people))) for word, people in (("thêm", added), ("bớt", gone))
    ]
    return "; ".join(f"{word} {names}" for word, names in parts if names)


def _check_ngay_hop(nam: int, ngay_hop: date, mo_tu: date) -> None:
    if ngay_hop < mo_tu:
        raise RuleError(
            f"Xếp loại năm {nam} từ ngày {mo_tu:%d/%m/%Y}. Chọn ngày họp từ ngày ấy.",
            field="ngay_hop",
        )
    if ngay_hop > date(nam + 1, 3, 31):
        raise RuleError(f"Ngày họp xa năm {nam} quá. Xem lại năm và ngày họp.", field="ngay_hop")


def _check_so_phieu(so_nguoi: int, co_mat: int, phieu_thu_ve: int) -> None:
    if not 0 < co_mat <= so_nguoi:
        raise RuleError(
            f"Có mặt {co_mat} không khớp danh sách {so_nguoi} đoàn viên. Ghi lại số có mặt.",
            field="co_mat",
        )
    if not 0 < phieu_thu_ve <= co_mat:
        raise RuleError(
            f"Phiếu thu về {phieu_thu_ve} phải từ 1 đến số có mặt {co_mat}.", field="phieu_thu_ve"
        )


def _take_tally(row: DongXepLoai, tally: KiemPhieu | None, phieu_thu_ve: int) -> None:
    """Put one member's tally on his sheet, with what the facts allow."""
    sheet, name = row.phieu, f"nguoi-{row.phieu.doan_vien_id}"
    _freeze(row)
    if not row.duoc_xep:
        return
    if tally is None:
        raise RuleError(f"Ghi phiếu của đồng chí {row.doan_vien}.", field=name)
    total = sum(tally.phieu) + tally.hong
    if total != phieu_thu_ve:
        raise RuleError(
            f"{row.doan_vien}: cộng lại được {total} phiếu, khác {phieu_thu_ve} phiếu thu về.",
            field=name,
        )
    muc = muc_nhieu_phieu(tally.phieu)
    if not muc:
        raise RuleError(
            f"{row.doan_vien}: chưa có mức nào nhiều phiếu nhất. "
            "Hội nghị bỏ phiếu lại đồng chí này.",
            field=name,
        )
    for field, votes in zip(TRUONG_PHIEU, (*tally.phieu, tally.hong), strict=True):
        setattr(sheet, field, votes)
    sheet.muc, sheet.ly_do_vuot = muc, ""
    if is_vuot(muc, sheet.toi_da):
        sheet.ly_do_vuot = tally.ly_do_vuot.strip()
        if not sheet.ly_do_vuot:
            raise RuleError(_vuot(row), field=name)


def _freeze(row: DongXepLoai) -> None:
    """Keep on the sheet what the facts say now; who is not rated has no votes."""
    sheet = row.phieu
    sheet.khong_xep, sheet.toi_da = row.ket_luan.khong_xep, row.ket_luan.toi_da
    sheet.du_hop, sheet.so_buoi = row.su_kien.du_hop, row.su_kien.so_buoi
    if not row.duoc_xep:
        for field in TRUONG_PHIEU:
            setattr(sheet, field, None)
        sheet.muc = sheet.ly_do_vuot = ""


def _vuot(row: DongXepLoai) -> str:
    return (
        f"{row.doan_vien}: {row.ket_luan.cau.lower()}, hội nghị bầu {TEN[row.phieu.muc]}. "
        "Ghi lý do xếp cao hơn, hoặc kiểm lại phiếu."
    )
