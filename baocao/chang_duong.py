"""The road of a report as a strip of four stages, and whether it came in time."""

from collections.abc import Sequence

from django.utils import timezone

from core.text.display import gio, ngay

from .models import BaoCao, BuocBaoCao

HANH_DONG = BuocBaoCao.HanhDong
DA_CHAP_NHAN = (BaoCao.TrangThai.CHAP_NHAN, BaoCao.TrangThai.KHOA)


def is_dung_han(bao_cao: BaoCao) -> bool:
    """Judged by the first submission, not by how often it was returned."""
    return bool(bao_cao.nop_lan_dau) and _ngay_nop(bao_cao) <= bao_cao.han


def so_ngay_cham(bao_cao: BaoCao) -> int:
    return max((_ngay_nop(bao_cao) - bao_cao.han).days, 0)


def chang_duong(
    bao_cao: BaoCao, buoc: Sequence[BuocBaoCao], tra_lai: BuocBaoCao | None
) -> list[dict]:
    """Made, submitted, judged, locked; `tra_lai` is the step that sent it back."""
    return [_lap(bao_cao, buoc), _nop(bao_cao), _xem(bao_cao, buoc, tra_lai), _khoa(bao_cao)]


def _lap(bao_cao: BaoCao, buoc: Sequence[BuocBaoCao]) -> dict:
    state = "now" if bao_cao.trang_thai == BaoCao.TrangThai.MO else "done"
    note = f"mở {ngay(buoc[0].luc)}" if buoc else ""
    return {"name": "Lập báo cáo", "note": note, "state": state}


def _nop(bao_cao: BaoCao) -> dict:
    if bao_cao.is_mien:
        return {"name": "Miễn nộp", "note": bao_cao.mien_ly_do, "state": "done"}
    if not bao_cao.nop_luc:
        return {"name": "Nộp", "note": f"hạn {ngay(bao_cao.han)}", "state": "todo"}
    return {
        "name": "Nộp đúng hạn" if is_dung_han(bao_cao) else "Nộp sau hạn",
        "note": f"{gio(bao_cao.nop_lan_dau)} · hạn {bao_cao.han:%d/%m}",
        "state": "done",
    }


def _xem(bao_cao: BaoCao, buoc: Sequence[BuocBaoCao], tra_lai: BuocBaoCao | None) -> dict:
    if tra_lai:
        note = f"{ngay(tra_lai.luc)} · {tra_lai.by}"
        return {"name": "Trả lại để sửa", "note": note, "state": "back"}
    if bao_cao.is_da_nop:
        note = f"từ {ngay(bao_cao.nop_luc)}"
        return {"name": "Cấp trên xem xét", "note": note, "state": "now"}
    if bao_cao.trang_thai not in DA_CHAP_NHAN:
        return {"name": "Chấp nhận", "note": "", "state": "todo"}
    step = next((row for row in reversed(buoc) if row.hanh_dong == HANH_DONG.CHAP_NHAN), None)
    note = f"{ngay(step.luc)} · {step.by}" if step else ""
    return {"name": "Chấp nhận", "note": note, "state": "done"}


def _khoa(bao_cao: BaoCao) -> dict:
    locked = bao_cao.trang_thai == BaoCao.TrangThai.KHOA
    return {
        "name": "Khóa số liệu",
        "note": "" if locked else "khi cấp trên chốt kỳ",
        "state": "done" if locked else "todo",
        "icon": "lock",
    }


def _ngay_nop(bao_cao: BaoCao):
    return timezone.localtime(bao_cao.nop_lan_dau).date()
