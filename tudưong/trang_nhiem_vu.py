"""What the page of a task shows."""

from core.text.display import ngay

from .models import NhiemVu


def facts_of(row: NhiemVu) -> list[tuple]:
    """Whose task it is, by when, how it is measured, what came of it."""
    facts = [
        ("Đồng chí", row.thanh_vien, row.thanh_vien.get_absolute_url()),
        ("Chi đoàn", row.don_vi),
        ("Lĩnh vực", row.get_linh_vuc_display()),
        ("Thước đo", row.thuoc_do),
        ("Giao ngày", ngay(row.giao_ngay)),
        ("Người giao", row.giao_boi),
        ("Hạn", ngay(row.han)),
        ("Kết quả", row.ket_qua),
        ("Minh chứng khác", row.minh_chung),
        ("Đánh giá ở", row.ky_danh_gia, row.ky_danh_gia and row.ky_danh_gia.get_absolute_url()),
    ]
    return [fact for fact in facts if fact[1]]


def note_entries(row: NhiemVu) -> list[dict]:
    """The notes on how far it is as a timeline, newest first. One query."""
    return [
        {
            "title": note.noi_dung,
            "when": ngay(note.ngay),
            "lines": [f"{note.ghi_boi} ghi"] if note.ghi_boi else [],
            "state": "done",
        }
        for note in row.tien_do.select_related("ghi_boi")
    ]
