"""The way of a report: opened, submitted, returned or accepted."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from baocao.bang_so_lieu import BangBaoCao, load_bang
from baocao.han import lich_nop
from baocao.kiem_tra import find_van_de
from baocao.mau import MauBaoCao
from baocao.models import BaoCao, BuocBaoCao, PhanLoi, SoLieu
from core.errors import RuleError, StaleError
from core.periods import KyBaoCao, today
from core.text.display import ngay
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.scoping import path_prefixes

from .ban_nhap import keep_ban_nhap

LY_DO_DAI = 300


@transaction.atomic
def open_bao_cao(*, don_vi: DonVi, ky: KyBaoCao, by) -> BaoCao:
    """Begin the unit's report for a period; asked again, return the one there is.

    Refused when the unit's level has no form for it, when the office above asks for none, for a
    period that has not begun and one that began after the unit's end.
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
        han=lich.han(mau, ky),
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
    if don_vi.ket_thuc and don_vi.ket_thuc < ky.start:
        raise RuleError(
            f"{don_vi} đã kết thúc ngày {ngay(don_vi.ket_thuc)}, trước {ky.ten}.", field="ky"
        )


def ngay_khoa(bao_cao: BaoCao) -> date | None:
    """The last day on which the report is accepted; None when nobody above takes it, and once it
    was handed in: what was returned is mended however late it is. One query."""
    if bao_cao.nop_lan_dau or bao_cao.don_vi.is_root():
        return None
    return lich_nop(bao_cao.don_vi).khoa(bao_cao)


def check_duoc_ghi(bao_cao: BaoCao) -> None:
    """Refuse to write into a report that is not with its unit, with what to do about it."""
    if bao_cao.is_mien:
        raise RuleError(
            f"{bao_cao.don_vi} được miễn nộp báo cáo {bao_cao.ky_bao_cao.ten}. Muốn nộp, đề nghị "
            f"{bao_cao.don_vi.cap_tren} bỏ miễn."
        )
    if bao_cao.trang_thai == BaoCao.TrangThai.KHOA:
        raise RuleError("Báo cáo đã khóa: cấp trên đã chốt số liệu kỳ này.")
    if not bao_cao.is_duoc_ghi:
        raise RuleError("Báo cáo đã nộp. Muốn sửa, đề nghị cấp trên trả lại.")


def check_con_nhan(bao_cao: BaoCao, day: date) -> None:
    """Refuse to hand in after the lock, with who may reopen it."""
    khoa = ngay_khoa(bao_cao)
    if khoa and day > khoa:
        raise RuleError(
            f"Hết ngày {ngay(khoa)} thì thôi nhận báo cáo {bao_cao.ky_bao_cao.ten}. Đề nghị "
            f"{bao_cao.don_vi.cap_tren} mở lại, rồi nộp."
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
    keep_ban_nhap(bao_cao=bao_cao, bang=bang, by=by)
    parts = {part.muc: part for part in PhanLoi.objects.filter(bao_cao=bao_cao)}
    blockers = [item for item in find_van_de(bang, parts, is_dang_sua=False) if item.is_chan]
    if blockers:
        raise RuleError(" ".join(f"{item.title}. {item.note}." for item in blockers))
    _freeze(bao_cao, bang)
    now = luc or timezone.now()
    bao_cao.trang_thai = BaoCao.TrangThai.DA_NOP
    bao_cao.tinh_den = bang.thoi_ky.den
    bao_cao.pham_vi = bang.pham_vi | {"mien": list(BaoCao.objects.duoc_mien_duoi(bao_cao))}
    bao_cao.nop_luc, bao_cao.nop_boi = now, by
    bao_cao.nop_lan_dau = bao_cao.nop_lan_dau or now
    bao_cao.version += 1
    bao_cao.save()
    _add_step(bao_cao, BuocBaoCao.HanhDong.NOP, by, so_lieu=_snapshot(bang))
    record(by=by, hanh_dong="bao_cao.submit", target=bao_cao, ky=bao_cao.ky)
    return bao_cao


@transaction.atomic
def accept_bao_cao(*, bao_cao: BaoCao, by) -> BaoCao:
    """The office above takes the report as it is. Refused unless it is submitted."""
    bao_cao = lock_bao_cao(bao_cao)
    if not bao_cao.is_da_nop:
        raise RuleError(f"Báo cáo này {bao_cao.get_trang_thai_display().lower()}.")
    _set_state(bao_cao, BaoCao.TrangThai.CHAP_NHAN)
    _add_step(bao_cao, BuocBaoCao.HanhDong.CHAP_NHAN, by)
    record(by=by, hanh_dong="bao_cao.accept", target=bao_cao, ky=bao_cao.ky)
    return bao_cao


@transaction.atomic
def return_bao_cao(*, bao_cao: BaoCao, ly_do: str, by) -> BaoCao:
    """The office above sends the report back, also one it has accepted.

    Refused without a reason, when the report is with its unit or locked, and when nobody is left
    to mend it: the unit was split or wound up.
    """
    bao_cao = lock_bao_cao(bao_cao)
    if not bao_cao.is_cho_duyet:
        raise RuleError(f"Báo cáo này {bao_cao.get_trang_thai_display().lower()}.")
    if not con_ai_sua(bao_cao.don_vi):
        raise RuleError(
            f"{bao_cao.don_vi} đã kết thúc, không có đơn vị nào kế tục để sửa. Ghi ý kiến, rồi "
            "chấp nhận báo cáo như đã nộp."
        )
    if not ly_do.strip():
        raise RuleError("Ghi lý do trả lại để đơn vị biết cần sửa gì.", field="ly_do")
    _set_state(bao_cao, BaoCao.TrangThai.TRA_LAI)
    _add_step(bao_cao, BuocBaoCao.HanhDong.TRA_LAI, by, y_kien=ly_do.strip())
    record(by=by, hanh_dong="bao_cao.return", target=bao_cao, ky=bao_cao.ky)
    return bao_cao


@transaction.atomic
def lock_ky(*, don_vi: DonVi, ky: KyBaoCao, by) -> int:
    """Close a period: accepted reports of the units below `don_vi` are final from now on.

    Returns how many were closed; refused when none is accepted.
    """
    below = BaoCao.objects.select_for_update(of=("self",)).under(don_vi).exclude(don_vi=don_vi)
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
    step = _add_step(bao_cao, BuocBaoCao.HanhDong.Y_KIEN, by, y_kien=y_kien.strip())
    record(by=by, hanh_dong="bao_cao.comment", target=bao_cao)
    return step


def con_ai_sua(don_vi: DonVi) -> bool:
    """Whether the unit is at work, or has gone into another of its level."""
    return not don_vi.ket_thuc or don_vi.ket_thuc >= today() or _ke_tuc(don_vi).exists()


def _ke_tuc(don_vi: DonVi):
    above = path_prefixes(don_vi.path)[:-1]
    return DonVi.objects.filter(path__in=above, cap=don_vi.cap).dang_hoat_dong(today())


def lock_bao_cao(bao_cao: BaoCao) -> BaoCao:
    rows = BaoCao.objects.select_for_update(of=("self",)).select_related("don_vi")
    return rows.get(pk=bao_cao.pk)


def _set_state(bao_cao: BaoCao, state: str) -> None:
    bao_cao.trang_thai = state
    bao_cao.version += 1
    bao_cao.save(update_fields=["trang_thai", "version"])


def _add_step(bao_cao: BaoCao, hanh_dong: str, by, **fields) -> BuocBaoCao:
    return BuocBaoCao.objects.create(bao_cao=bao_cao, hanh_dong=hanh_dong, by=by, **fields)


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
    return {line.ma: [_text(line.gia_tri_he_thong), _text(line.gia_tri)] for line in bang}


def _text(value) -> str | None:
    return None if value is None else str(value)
