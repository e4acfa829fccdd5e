"""What a change of secretary comes to, in sentences: shown before it is done and after."""

from collections.abc import Iterator
from datetime import timedelta

from core.periods import today
from core.text.display import ngay

from .services import DoiBiThu


def cac_cau(doi: DoiBiThu) -> list[dict]:
    """One line for each thing that happens: icon, title, note."""
    return list(_lines(doi))


def _lines(doi: DoiBiThu) -> Iterator[dict]:
    if doi.cu:
        yield from _leaving(doi)
    if doi.thoi_kiem:
        held = doi.thoi_kiem
        yield _line("user-check", f"{held} thôi chức này hết ngày {ngay(held.den_ngay)}")
    moi = doi.moi
    until = f" đến hết ngày {ngay(moi.den_ngay)}" if moi.den_ngay else ""
    notes = [moi.get_cach_display(), moi.so_quyet_dinh, moi.ly_do_di_xa and "đang đi làm xa"]
    yield _line(
        "user-plus",
        f"Đồng chí {moi.ho_ten} giữ chức {moi.ten_chuc} từ ngày {ngay(moi.tu_ngay)}{until}",
        " · ".join(note for note in notes if note),
    )
    yield _account(moi)
    if doi.ban_giao:
        yield _line("file-text", "Lập biên bản bàn giao", "Hai đồng chí xác nhận, hoặc ký giấy.")


def _leaving(doi: DoiBiThu) -> Iterator[dict]:
    cu = doi.cu
    yield _line(
        "user-check",
        f"Đồng chí {cu.ho_ten} thôi giữ chức Bí thư hết ngày {ngay(cu.den_ngay)}",
        cu.vi_sao_thoi,
    )
    if cu.phan_cong:
        name, last = cu.phan_cong.nguoi_dung.username, cu.phan_cong.den_ngay
        words = (
            "Bàn giao xác nhận đến hết ngày ấy; sau đó ký trên giấy."
            if last >= today()
            else "Bàn giao thì đồng chí ấy ký trên giấy."
        )
        note = words if doi.ban_giao else ""
        yield _line("key-round", f"Tài khoản {name} hết quyền sau ngày {ngay(last)}", note)
    gap = (doi.moi.tu_ngay - cu.den_ngay).days - 1
    if gap > 0:
        first, last = cu.den_ngay + timedelta(days=1), doi.moi.tu_ngay - timedelta(days=1)
        yield _line(
            "triangle-alert",
            f"Chi đoàn khuyết bí thư {gap} ngày",
            f"từ {ngay(first)} đến {ngay(last)}",
            "warn",
        )


def _account(moi) -> dict:
    role = moi.phan_cong
    if role is None:
        return _line(
            "key-round",
            "Bí thư mới chưa có tài khoản",
            "Cấp sau ở trang của nhiệm kỳ, hoặc quay lại chọn tài khoản.",
            "warn",
        )
    begins = "ngay hôm nay" if role.tu_ngay <= today() else f"từ ngày {ngay(role.tu_ngay)}"
    return _line("key-round", f"Tài khoản {role.nguoi_dung.username} có quyền {begins}")


def _line(icon: str, title: str, note: str = "", family: str = "info") -> dict:
    return {"icon": icon, "title": title, "note": note, "family": family}
