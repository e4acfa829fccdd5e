"""The way of a report: opened, submitted, returned or accepted."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from baocao.bang_so_lieu import BangBaoCao, load_bang
from baocao.danh_sach import da_co
from baocao.han import lich_nop
from baocao.kiem_tra import VanDe, find_van_de
from baocao.mau import MauBaoCao
from baocao.models import BaoCao, BuocBaoCao, PhanLoi, SoLieu
from baocao.o_bao_cao import noi_dung_o
from core.errors import RuleError, StaleError
from core.periods import KyBaoCao, today
from core.text.display import ngay
from tochuc.audit import record
from tochuc.models import CapDonVi, DonVi
from tochuc.scoping import path_prefixes

from .ban_nhap import keep_ban_nhap
from .chung import (
    add_step,
    check_con_nhan,
    check_duoc_ghi,
    con_ai_sua,
    lock_bao_cao,
    set_state,
)
from .gop_y import settle_changed

LY_DO_DAI = 300


@transaction.atomic
def open_bao_cao(*, don_vi: DonVi, ky: KyBaoCao, by) -> BaoCao:
    """Begin the unit's report for a period; asked again, return the one there is.

    Refused when the unit's level has no form for it, when the office above asks for none, for a
    period that has not begun, one that ended before the unit was founded and one that began after
    its end.
    """
    DonVi.objects.select_for_update(of=("self",)).get(pk=don_vi.pk)
    found = BaoCao.objects.filter(don_vi=don_vi, ky=ky.code).first()
    if found:
        return found
    lich = lich_nop(don_vi)
    mau = lich.mau(don_vi.cap, ky)
    _check_mo_duoc(don_vi, ky, mau)
    bao_cao = BaoCao.objects.create(
        don_vi=don_vi,
        mau=mau.ma,
        ky=ky.code,
        tu_ngay=ky.start,
        den_ngay=ky.end,
        han=(han := lich.han(mau, ky)),
        nhan_den=None if don_vi.is_root() else lich.muon(ky, han),
        tao_boi=by,
    )
    BuocBaoCao.objects.create(bao_cao=bao_cao, hanh_dong=BuocBaoCao.HanhDong.MO, by=by)
    record(by=by, hanh_dong="bao_cao.open", target=bao_cao, ky=ky.code)
    return bao_cao


def _check_mo_duoc(don_vi: DonVi, ky: KyBaoCao, mau: MauBaoCao | None) -> None:
    if ky.thang or ky.nua == 2:
        raise RuleError("Báo cáo lập theo quý, 6 tháng đầu năm hoặc năm.", field="ky")
    if mau is None:
        raise RuleError(
            f"{don_vi} không lập báo cáo {ky.ten}: cấp trên không yêu cầu.", field="don_vi"
        )
    if ky.start > today():
        raise RuleError(f"Chưa tới {ky.ten}.", field="ky")
    if not da_co(don_vi, ky):
        raise RuleError(
            f"{don_vi} thành lập ngày {ngay(don_vi.thanh_lap)}, sau {ky.ten}.", field="ky"
        )
    if don_vi.ket_thuc and don_vi.ket_thuc < ky.start:
        raise RuleError(
            f"{don_vi} đã kết thúc ngày {ngay(don_vi.ket_thuc)}, trước {ky.ten}.", field="ky"
        )


@transaction.atomic
def submit_bao_cao(
    *, bao_cao: BaoCao, version: int, by, ly_do_trong: str = "", luc: datetime | None = None
) -> BaoCao:
    """Send the report to the office above and freeze its figures with their scope and day.

    `version` is the one the page showed; StaleError when somebody changed the report since.
    `ly_do_trong` is the reason for all typed figures still blank. `luc` is when it was handed
    in, for one of earlier days that is entered afterwards: it counts up to that day. Refused
    while a blocker stands, after the lock, and when it is with the office above already.
    """
    bao_cao = lock_bao_cao(bao_cao)
    check_duoc_ghi(bao_cao)
    if bao_cao.version != version:
        raise StaleError("Báo cáo vừa được sửa. Đồng chí xem lại số liệu rồi nộp.", current=bao_cao)
    _fill_reasons(bao_cao, ly_do_trong)
    day = timezone.localdate(luc) if luc else None
    check_con_nhan(bao_cao, day or bao_cao.don_vi.ngay_so_lieu(today()))
    bang = load_bang(bao_cao, day)
    keep_ban_nhap(bao_cao=bao_cao, thoi_ky=bang.thoi_ky, ban_do=bang.ban_do, by=by)
    parts = {part.muc: part for part in PhanLoi.objects.filter(bao_cao=bao_cao)}
    comments = list(bao_cao.gop_y.chua_tra_loi())
    _check_khong_chan(find_van_de(bang, parts, comments, is_dang_sua=False))
    settle_changed(comments, noi_dung_o(bang, parts.values()), by)
    _freeze(bao_cao, bang)
    now = luc or timezone.now()
    bao_cao.trang_thai = BaoCao.TrangThai.DA_NOP
    bao_cao.tinh_den = bang.thoi_ky.den
    bao_cao.pham_vi = _pham_vi(bao_cao, bang)
    bao_cao.nop_luc, bao_cao.nop_boi = now, by
    bao_cao.nop_lan_dau = bao_cao.nop_lan_dau or now
    bao_cao.version += 1
    bao_cao.save()
    texts = {muc: part.noi_dung for muc, part in parts.items()}
    add_step(bao_cao, BuocBaoCao.HanhDong.NOP, by, so_lieu=_snapshot(bang), phan_loi=texts)
    record(by=by, hanh_dong="bao_cao.submit", target=bao_cao, ky=bao_cao.ky)
    return bao_cao


def _pham_vi(bao_cao: BaoCao, bang: BangBaoCao) -> dict:
    """What the figures were counted over and measured against, to stay with them."""
    targets = {line.ma: str(line.chi_tieu_nam) for line in bang if line.chi_tieu_nam is not None}
    mien = list(BaoCao.objects.duoc_mien_duoi(bao_cao))
    return bang.pham_vi | {"mien": mien, "chi_tieu_nam": targets}


def _check_khong_chan(found: list[VanDe]) -> None:
    blockers = [f"{item.title}. {item.note}." for item in found if item.is_chan]
    if blockers:
        raise RuleError(" ".join(blockers))


@transaction.atomic
def accept_bao_cao(*, bao_cao: BaoCao, by) -> BaoCao:
    """The office above takes the report as it is. Refused unless it is submitted."""
    bao_cao = lock_bao_cao(bao_cao)
    if not bao_cao.is_da_nop:
        raise RuleError(f"Báo cáo này {bao_cao.get_trang_thai_display().lower()}.")
    set_state(bao_cao, BaoCao.TrangThai.CHAP_NHAN)
    add_step(bao_cao, BuocBaoCao.HanhDong.CHAP_NHAN, by)
    record(by=by, hanh_dong="bao_cao.accept", target=bao_cao, ky=bao_cao.ky)
    return bao_cao


@transaction.atomic
def return_bao_cao(*, bao_cao: BaoCao, ly_do: str, by) -> BaoCao:
    """The office above sends the report back, also one it has accepted.

    Comments on cells are reason enough. Refused without either, when the report is with its unit
    or locked, when the office's own report stands on it, and when nobody is left to mend it: the
    unit was split or wound up.
    """
    bao_cao = lock_bao_cao(bao_cao)
    if not bao_cao.is_cho_duyet:
        raise RuleError(f"Báo cáo này {bao_cao.get_trang_thai_display().lower()}.")
    if not con_ai_sua(bao_cao.don_vi):
        raise RuleError(
            f"{bao_cao.don_vi} đã kết thúc, không có đơn vị nào kế tục để sửa. Ghi ý kiến, rồi "
            "chấp nhận báo cáo như đã nộp."
        )
    _check_chua_dung_len(bao_cao)
    cells = bao_cao.gop_y.chua_tra_loi().count()
    ly_do = ly_do.strip() or (f"Sửa {cells} ô có góp ý." if cells else "")
    if not ly_do:
        raise RuleError(
            "Ghi lý do trả lại, hoặc góp ý vào từng ô, để đơn vị biết cần sửa gì.", field="ly_do"
        )
    set_state(bao_cao, BaoCao.TrangThai.TRA_LAI)
    add_step(bao_cao, BuocBaoCao.HanhDong.TRA_LAI, by, y_kien=ly_do)
    record(by=by, hanh_dong="bao_cao.return", target=bao_cao, ky=bao_cao.ky)
    return bao_cao


@transaction.atomic
def unaccept_bao_cao(*, bao_cao: BaoCao, by) -> BaoCao:
    """Take an acceptance back: the report waits for the office again.

    Refused unless it is accepted, once it is locked, and when the office's own report of the
    period was accepted.
    """
    bao_cao = lock_bao_cao(bao_cao)
    if bao_cao.trang_thai != BaoCao.TrangThai.CHAP_NHAN:
        raise RuleError(f"Báo cáo này {bao_cao.get_trang_thai_display().lower()}.")
    _check_chua_dung_len(bao_cao)
    set_state(bao_cao, BaoCao.TrangThai.DA_NOP)
    add_step(bao_cao, BuocBaoCao.HanhDong.RUT, by)
    record(by=by, hanh_dong="bao_cao.unaccept", target=bao_cao, ky=bao_cao.ky)
    return bao_cao


def _check_chua_dung_len(bao_cao: BaoCao) -> None:
    """Refuse to move an accepted report once the report of a unit above was accepted upon it."""
    if bao_cao.trang_thai != BaoCao.TrangThai.CHAP_NHAN:
        return
    above = BaoCao.objects.filter(
        don_vi__path__in=path_prefixes(bao_cao.don_vi.path)[:-1],
        ky=bao_cao.ky,
        trang_thai__in=(BaoCao.TrangThai.CHAP_NHAN, BaoCao.TrangThai.KHOA),
    ).exclude(don_vi__cap=bao_cao.don_vi.cap)
    if found := above.select_related("don_vi").first():
        raise RuleError(
            f"Báo cáo {found.ky_bao_cao.ten} của {found.don_vi} đã được chấp nhận trên số liệu "
            "này. Nhờ cấp trên trả lại báo cáo ấy trước."
        )


@transaction.atomic
def lock_ky(*, don_vi: DonVi, ky: KyBaoCao, by) -> int:
    """Close a period: accepted reports of the units below `don_vi` are final from now on.

    Returns how many were closed; refused when none is accepted.
    """
    below = BaoCao.objects.select_for_update(of=("self",)).under(don_vi).exclude(don_vi=don_vi)
    if not don_vi.is_co_so:  # a branch's is closed by its ward
        below = below.exclude(don_vi__cap=CapDonVi.CHI_DOAN, don_vi__depth__gt=don_vi.depth + 1)
    found = below.filter(ky=ky.code, trang_thai=BaoCao.TrangThai.CHAP_NHAN)
    ids = list(found.values_list("pk", flat=True))
    if not ids:
        raise RuleError(f"Chưa có báo cáo {ky.ten} nào được chấp nhận để khóa.")
    BaoCao.objects.filter(pk__in=ids).update(
        trang_thai=BaoCao.TrangThai.KHOA, version=F("version") + 1
    )
    record(by=by, hanh_dong="bao_cao.lock", target=don_vi, ky=ky.code, so_bao_cao=len(ids))
    return len(ids)


@transaction.atomic
def comment_bao_cao(*, bao_cao: BaoCao, y_kien: str, by) -> BuocBaoCao:
    """A word about the report, from either side; the same words at once are said once."""
    bao_cao = lock_bao_cao(bao_cao)
    if not y_kien.strip():
        raise RuleError("Viết ý kiến rồi gửi.", field="y_kien")
    last = bao_cao.buoc.last()
    if last and last.by_id == by.pk and last.y_kien == y_kien.strip():
        return last
    step = add_step(bao_cao, BuocBaoCao.HanhDong.Y_KIEN, by, y_kien=y_kien.strip())
    record(by=by, hanh_dong="bao_cao.comment", target=bao_cao)
    return step


def _fill_reasons(bao_cao: BaoCao, ly_do: str) -> None:
    """Give the one reason to every typed figure that is blank and has none of its own."""
    if not ly_do.strip():
        return
    for line in load_bang(bao_cao):
        if line.is_trong:
            SoLieu.objects.update_or_create(
                bao_cao=bao_cao, ma=line.ma, defaults={"ly_do": ly_do.strip()[:LY_DO_DAI]}
            )


def _freeze(bao_cao: BaoCao, bang: BangBaoCao) -> None:
    bao_cao.so_lieu.all().delete()
    SoLieu.objects.bulk_create(
        SoLieu(
            bao_cao=bao_cao,
            ma=line.ma,
            tu_so=line.he_thong.tu if line.he_thong else None,
            mau_so=line.he_thong.mau if line.he_thong else None,
            gia_tri=line.gia_tri_he_thong,
            luy_ke=line.luy_ke,
            bao_cao_gia_tri=line.nhap,
            ly_do=line.ly_do,
        )
        for line in bang
    )


def _snapshot(bang: BangBaoCao) -> dict:
    return {
        line.ma: [_text(line.gia_tri_he_thong), _text(line.gia_tri), line.ly_do] for line in bang
    }


def _text(value) -> str | None:
    return None if value is None else str(value)
