"""What the services of reports share: the row's lock, who may write when, the steps."""

from datetime import date

from baocao.models import BaoCao, BuocBaoCao
from core.errors import RuleError
from core.periods import today
from core.text.display import ngay
from tochuc.models import DonVi
from tochuc.scoping import path_prefixes


def ngay_khoa(bao_cao: BaoCao) -> date | None:
    """The last day on which the report is accepted; None when nobody above takes it, and once it
    was handed in: what was returned is mended however late it is."""
    return None if bao_cao.nop_lan_dau else bao_cao.nhan_den


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


def con_ai_sua(don_vi: DonVi) -> bool:
    """Whether the unit is at work, or has gone into another of its level."""
    return not don_vi.ket_thuc or don_vi.ket_thuc >= today() or _ke_tuc(don_vi).exists()


def _ke_tuc(don_vi: DonVi):
    above = path_prefixes(don_vi.path)[:-1]
    return DonVi.objects.filter(path__in=above, cap=don_vi.cap).dang_hoat_dong(today())


def lock_bao_cao(bao_cao: BaoCao) -> BaoCao:
    rows = BaoCao.objects.select_for_update(of=("self",)).select_related("don_vi")
    return rows.get(pk=bao_cao.pk)


def set_state(bao_cao: BaoCao, state: str) -> None:
    bao_cao.trang_thai = state
    bao_cao.version += 1
    bao_cao.save(update_fields=["trang_thai", "version"])


def add_step(bao_cao: BaoCao, hanh_dong: str, by, **fields) -> BuocBaoCao:
    return BuocBaoCao.objects.create(bao_cao=bao_cao, hanh_dong=hanh_dong, by=by, **fields)
