"""What the pages of leaving say: each way in its own words, death with tact."""

from collections.abc import Iterable

from django.urls import reverse

from doanvien.models import DoanVien, QuaTrinh

LD = QuaTrinh.LyDoKetThuc
CON_TEN = "Tên đồng chí vẫn còn trong sổ và trong số liệu các kỳ trước."


def cac_loi(doan_vien: DoanVien, *, may_decide: bool) -> list[dict]:
    """The ways of leaving, most frequent first; some have pages of their own."""
    here = reverse("doanvien:end", args=[doan_vien.pk])
    xoa_ten = "Xóa tên trong danh sách đoàn viên" if may_decide else "Đề nghị xóa tên"
    rows = [
        _row(
            "Chuyển sinh hoạt sang nơi khác",
            "Chi đoàn đi, Đoàn cơ sở hai nơi và chi đoàn đến lần lượt xác nhận",
            reverse("doanvien:chuyen_create", args=[doan_vien.pk]),
            "arrow-right-left",
        ),
        _row(
            "Đến tuổi trưởng thành Đoàn",
            "Chi đoàn đề nghị, Đoàn cơ sở ra quyết định và cấp giấy chứng nhận",
            reverse("doanvien:truong_thanh_list"),
            "graduation-cap",
        ),
        _row(
            "Đã trưởng thành theo quyết định trên giấy",
            "Quyết định có từ trước, chỉ ghi lại vào sổ",
            f"{here}?ly_do={LD.TRUONG_THANH}",
            "file-check",
        ),
        _row(
            xoa_ten,
            "3 tháng liên tiếp không sinh hoạt hoặc không đóng đoàn phí, không có lý do",
            f"{here}?ly_do={LD.XOA_TEN}",
            "list-checks",
        ),
    ]
    if may_decide:
        url = reverse("doanvien:ky_luat_create", args=[doan_vien.pk])
        rows.append(_row("Khai trừ", "Ghi quyết định kỷ luật", url, "octagon-x"))
    return [*rows, _row("Từ trần", "Ghi ngày mất", f"{here}?ly_do={LD.TU_TRAN}", "book-open")]


def loi_ve(ly_do: str, doan_vien: DoanVien, *, is_de_nghi: bool) -> dict:
    """Title, text and button of one way."""
    if ly_do == LD.TU_TRAN:
        return {
            "title": f"Đồng chí {doan_vien} từ trần",
            "text": f"{CON_TEN} Từ nay không còn lời nhắc nào về đồng chí.",
            "verb": "Ghi vào sổ",
            "ly_do": ly_do,
        }
    if is_de_nghi:
        return {
            "title": f"Đề nghị xóa tên {doan_vien}?",
            "text": "Đoàn cơ sở quyết định; đến lúc đó đồng chí vẫn là đoàn viên của chi đoàn. "
            "Xóa tên không phải là kỷ luật.",
            "verb": "Gửi đề nghị",
            "ly_do": ly_do,
        }
    is_xoa_ten = ly_do == LD.XOA_TEN
    return {
        "title": f"Xóa tên {doan_vien}?" if is_xoa_ten else f"Ghi {doan_vien} đã trưởng thành Đoàn",
        "text": CON_TEN,
        "verb": "Xóa tên" if is_xoa_ten else "Ghi trưởng thành Đoàn",
        "danger": is_xoa_ten,
        "ly_do": ly_do,
    }


def da_ghi(ly_do: str, doan_vien: DoanVien, *, is_de_nghi: bool) -> str:
    """What is said once it is done."""
    if is_de_nghi:
        return f"Đã gửi đề nghị xóa tên {doan_vien}. Đoàn cơ sở sẽ quyết định."
    if ly_do == LD.TU_TRAN:
        return f"Đã ghi đồng chí {doan_vien} từ trần."
    return f"Đã ghi {doan_vien} rời {doan_vien.chi_doan}."


def con_chuc_vu(people: Iterable[DoanVien]) -> str:
    """Whose office the branch still has on record, so that a successor is named; "" for nobody.

    Offices are kept with the branch, one layer above: they end there.
    """
    held = [f"{row} ({row.chuc_vu})" for row in people if row.chuc_vu not in ("", "Đoàn viên")]
    if not held:
        return ""
    return (
        f"Chi đoàn còn ghi chức vụ của {', '.join(held)}. Ghi thôi giữ chức vụ và người thay ở "
        "trang của chi đoàn."
    )


def _row(title: str, note: str, url: str, icon: str) -> dict:
    return {"title": title, "note": note, "url": url, "icon": icon}
