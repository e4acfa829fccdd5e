"""What the ward does with rating rounds: return, decide, cancel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from chidoan.models import ChucVu
from core.errors import RuleError
from core.periods import today
from doanvien.models import (
    BuocXepLoai,
    DongQuyetDinh,
    DotXepLoai,
    PhieuXepLoai,
    QuyetDinhXepLoai,
    XepLoai,
)
from doanvien.services import record_xep_loai, remove_xep_loai
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may

from .giay_to import issue_quyet_dinh
from .muc_chi_doan import remove_muc
from .services import lock_dot, write_step

Loai = BuocXepLoai.Loai
TrangThai = DotXepLoai.TrangThai


@dataclass(frozen=True, kw_only=True)
class PhieuBch:
    """The committee's vote on the whole decision: numbers only."""

    co_mat: int
    tan_thanh: int
    khong_tan_thanh: int = 0
    khong_hop_le: int = 0


@transaction.atomic
def send_back(*, dot: DotXepLoai, ly_do: str, by) -> DotXepLoai:
    """The ward returns a round to the branch, with the reason."""
    dot = lock_dot(dot)
    _check_may_decide(dot.chi_doan, by)
    _check_da_gui(dot)
    if not ly_do.strip():
        raise RuleError("Ghi lý do để chi đoàn biết cần xem lại gì.", field="ly_do")
    dot.ly_do_tra_lai = ly_do.strip()
    write_step(dot, Loai.TRA_LAI, TrangThai.TRA_LAI, by=by, ly_do=dot.ly_do_tra_lai)
    record(by=by, hanh_dong="dot_xep_loai.return", target=dot, nam=dot.nam)
    return dot


@transaction.atomic
def decide(
    *,
    don_vi: DonVi,
    nam: int,
    dot: Sequence[DotXepLoai],
    ngay: date,
    ngay_hop: date,
    phieu: PhieuBch,
    by,
    huong_dan_so: str = "",
    huong_dan_ngay: date | None = None,
    bien_ban_so: str = "",
) -> QuyetDinhXepLoai:
    """Recognise what branches have sent: the paper gets its number, ratings go into the book.

    Refused without a branch, for a branch of another ward or year or one that has not sent,
    for days out of order, without a majority of all committee members, and when somebody has
    a rating of the year already.
    """
    _check_may_decide(don_vi, by)
    rounds = [lock_dot(row) for row in sorted(dot, key=lambda row: row.chi_doan.path)]
    if not rounds:
        raise RuleError("Chọn ít nhất một chi đoàn đã gửi kết quả.", field="dot")
    for row in rounds:
        _check_da_gui(row)
        if row.nam != nam or not row.chi_doan.path.startswith(don_vi.path):
            raise RuleError(f"{row.chi_doan} không thuộc quyết định năm {nam} này.", field="dot")
    _check_ngay(rounds, ngay, ngay_hop)
    decision = QuyetDinhXepLoai.objects.create(
        don_vi=don_vi,
        nam=nam,
        ngay=ngay,
        ngay_hop=ngay_hop,
        huong_dan_so=huong_dan_so.strip(),
        huong_dan_ngay=huong_dan_ngay,
        bien_ban_so=bien_ban_so.strip(),
        lap_boi=by,
        **_bieu_quyet(don_vi, ngay_hop, phieu),
    )
    lines = _write_lines(decision, rounds)
    for row in rounds:
        row.quyet_dinh = decision
        write_step(row, Loai.CONG_NHAN, TrangThai.CONG_NHAN, by=by)
    decision.so_ky_hieu = issue_quyet_dinh(quyet_dinh=decision, by=by).so_ky_hieu
    decision.save(update_fields=["so_ky_hieu"])
    _write_book(decision, lines, by)
    record(
        by=by,
        hanh_dong="quyet_dinh_xep_loai.decide",
        target=decision,
        nam=nam,
        so=decision.so_ky_hieu,
        so_chi_doan=len(rounds),
    )
    return decision


@transaction.atomic
def cancel(
    *, quyet_dinh: QuyetDinhXepLoai, ly_do: str, lam_lai: Sequence[DotXepLoai], by
) -> QuyetDinhXepLoai:
    """Cancel a decision in which a fault was found; its lines stay as history.

    The branches of `lam_lai` begin again; the others' rounds wait for the new decision. Levels
    of branches that it gave go with it.
    Refused without a reason and a second time.
    """
    decision = QuyetDinhXepLoai.objects.select_for_update(of=("self",)).get(pk=quyet_dinh.pk)
    _check_may_decide(decision.don_vi, by)
    if decision.is_huy:
        raise RuleError("Quyết định này đã hủy.")
    if not ly_do.strip():
        raise RuleError("Ghi lý do hủy kết quả.", field="ly_do")
    again = {row.pk for row in lam_lai}
    for row in [lock_dot(row) for row in decision.dot.order_by("pk")]:
        row.quyet_dinh = None
        is_faulty = row.pk in again
        row.ly_do_tra_lai = ly_do.strip() if is_faulty else ""
        den = TrangThai.TRA_LAI if is_faulty else TrangThai.DA_GUI
        write_step(row, Loai.HUY, den, by=by, ly_do=ly_do.strip())
    people = decision.dong.exclude(muc="").order_by().values_list("doan_vien_id", flat=True)
    remove_xep_loai(doan_vien=list(people), nam=decision.nam, don_vi=decision.don_vi, by=by)
    remove_muc(decision)
    decision.huy_ngay, decision.huy_ly_do, decision.huy_boi = today(), ly_do.strip(), by
    decision.save(update_fields=["huy_ngay", "huy_ly_do", "huy_boi"])
    record(
        by=by,
        hanh_dong="quyet_dinh_xep_loai.cancel",
        target=decision,
        so=decision.so_ky_hieu,
        so_chi_doan=len(again),
    )
    return decision


def so_uy_vien(don_vi: DonVi, ngay: date) -> int:
    """All members of the ward's committee on that day, leaders included."""
    return ChucVu.objects.filter(don_vi=don_vi).uy_vien_bch().tai_ngay(ngay).count()


def _check_may_decide(don_vi: DonVi, by) -> None:
    if by is not None and not by.may(Quyen.DUYET_DOAN_VIEN, don_vi):
        raise PermissionDenied(who_may(Quyen.DUYET_DOAN_VIEN))


def _check_da_gui(dot: DotXepLoai) -> None:
    if dot.trang_thai != TrangThai.DA_GUI:
        raise RuleError(
            f"{dot.chi_doan} đang ở bước «{dot.get_trang_thai_display()}», không chờ phường. "
            "Tải lại trang để xem.",
            field="dot",
        )


def _check_ngay(rounds: list[DotXepLoai], ngay: date, ngay_hop: date) -> None:
    if ngay > today():
        raise RuleError(f"Ngày {ngay:%d/%m/%Y} chưa đến.", field="ngay")
    if ngay < ngay_hop:
        raise RuleError("Ngày quyết định phải từ ngày họp Ban Chấp hành trở đi.", field="ngay")
    last = max(rounds, key=lambda row: row.ngay_hop)
    if ngay_hop < last.ngay_hop:
        raise RuleError(
            f"{last.chi_doan} họp ngày {last.ngay_hop:%d/%m/%Y}, sau ngày họp Ban Chấp hành. "
            "Xem lại ngày họp.",
            field="ngay_hop",
        )


def _bieu_quyet(don_vi: DonVi, ngay_hop: date, phieu: PhieuBch) -> dict:
    """The committee's tally as fields; more than half of all its members must agree."""
    tong = so_uy_vien(don_vi, ngay_hop)
    if not tong:
        raise RuleError(
            f"Chưa ghi ủy viên Ban Chấp hành nào tại ngày {ngay_hop:%d/%m/%Y}. "
            "Ghi Ban Chấp hành trước.",
            field="ngay_hop",
        )
    if phieu.co_mat > tong:
        raise RuleError(f"Có mặt {phieu.co_mat}, trong khi có {tong} ủy viên.", field="co_mat")
    counted = phieu.tan_thanh + phieu.khong_tan_thanh + phieu.khong_hop_le
    if counted != phieu.co_mat:
        raise RuleError(
            f"Cộng lại được {counted} phiếu, khác {phieu.co_mat} ủy viên có mặt.",
            field="tan_thanh",
        )
    if 2 * phieu.tan_thanh <= tong:
        raise RuleError(
            f"Tán thành {phieu.tan_thanh}/{tong} ủy viên, chưa quá nửa: chưa ra được quyết định.",
            field="tan_thanh",
        )
    return {
        "tong_uy_vien": tong,
        "co_mat": phieu.co_mat,
        "tan_thanh": phieu.tan_thanh,
        "khong_tan_thanh": phieu.khong_tan_thanh,
        "khong_hop_le": phieu.khong_hop_le,
    }


def _write_lines(decision: QuyetDinhXepLoai, rounds: list[DotXepLoai]) -> list[DongQuyetDinh]:
    """One line for every member of the branches, in the order of the printed list."""
    sheets = PhieuXepLoai.objects.filter(dot__in=rounds)
    sheets = sheets.select_related("doan_vien", "dot__chi_doan")
    sheets = list(sheets.order_by("dot__chi_doan__path", "doan_vien__khoa_sap_xep", "pk"))
    _check_hai_noi(sheets)
    lines = [
        DongQuyetDinh(
            quyet_dinh=decision,
            chi_doan=sheet.dot.chi_doan,
            doan_vien=sheet.doan_vien,
            muc=sheet.muc,
            khong_xep=sheet.khong_xep,
        )
        for sheet in sheets
    ]
    rated = [line for line in lines if line.muc]
    earlier = XepLoai.objects.filter(
        nam=decision.nam, doan_vien__in=[line.doan_vien_id for line in rated]
    )
    taken = earlier.select_related("doan_vien").first()
    if taken:
        raise RuleError(
            f"{taken.doan_vien} đã có kết quả xếp loại năm {decision.nam}. Xem lại trong sổ.",
            field="dot",
        )
    return DongQuyetDinh.objects.bulk_create(lines, batch_size=500)


def _check_hai_noi(sheets) -> None:
    """Who moved between two conferences stands on both lists: one branch must drop him."""
    seen: dict[int, PhieuXepLoai] = {}
    for sheet in sheets:
        other = seen.setdefault(sheet.doan_vien_id, sheet)
        if other is not sheet:
            raise RuleError(
                f"{sheet.doan_vien} có trong danh sách của cả {other.dot.chi_doan} và "
                f"{sheet.dot.chi_doan}. Trả lại một chi đoàn để cập nhật danh sách.",
                field="dot",
            )


def _write_book(decision: QuyetDinhXepLoai, lines: list[DongQuyetDinh], by) -> None:
    record_xep_loai(
        rows=[
            XepLoai(
                doan_vien=line.doan_vien,
                chi_doan=line.chi_doan,
                nam=decision.nam,
                muc=line.muc,
                so_quyet_dinh=decision.so_ky_hieu,
                ngay=decision.ngay,
            )
            for line in lines
            if line.muc
        ],
        don_vi=decision.don_vi,
        by=by,
    )
