"""The agenda of a quarterly session, drafted from what is due, and the words that invite to it."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef

from core.periods import KyBaoCao
from core.text import lowfirst
from core.text.display import thu
from core.text.numbers import roman

from .models import BoiDuongNhanThuc, DanhGia, KyDanhGia, NhiemVu, ThanhVienTo, ToTuDuong

GIO_HOP = time(8)
PHUT_MOT_DONG_CHI = 6
"""So long a member's review takes, the vote on the level included."""


def draft_chuong_trinh(to: ToTuDuong, ky: KyBaoCao, ngay: date, gio: time | None = None) -> str:
    """One line for each part, with its time: points of last time by member, tasks due by the day,
    who is new, who may be referred, who lacks the certificate. Five queries."""
    members = list(to.thanh_vien.tai_ngay(ngay).with_cho_gioi_thieu().select_related("doan_vien"))
    before = to.ky_danh_gia.filter(ngay__lt=ngay).order_by("-ngay").first()
    parts = [
        ("Ổn định, điểm danh, thông qua chương trình", 5),
        *_points(members, before),
        *_tasks(members, ngay),
        *_new(members, before),
        (f"Nhận xét, biểu quyết mức của từng đồng chí ({len(members)})", _minutes(members)),
        *_ready(members),
        *_certificates(members, ngay),
        (f"Giao nhiệm vụ quý {roman(ky.next.quy)}", 15),
        ("Thảo luận, kết luận, thông qua biên bản", 20),
    ]
    return "\n".join(_with_times(parts, gio or GIO_HOP))


def _minutes(members: list[ThanhVienTo]) -> int:
    return PHUT_MOT_DONG_CHI * len(members)


def _with_times(parts: list[tuple[str, int]], gio: time):
    at = datetime.combine(date.min, gio)
    for words, minutes in parts:
        yield f"{at:%Hh%M} {words}"
        at += timedelta(minutes=minutes)


def _points(members, before: KyDanhGia | None):
    """What each was to mend, from the session before."""
    if before is None:
        return
    reviews = {row.thanh_vien_id: row for row in before.danh_gia.select_related("ky")}
    counted = [(row, len(reviews[row.pk].diem_de_lai)) for row in members if row.pk in reviews]
    names = [f"{row} ({so})" for row, so in counted if so]
    if names:
        words = f"Kiểm lại việc cần khắc phục từ quý {before.quy_la_ma}"
        yield f"{words}: {', '.join(names)}", 2 * len(names)


def _tasks(members, ngay: date):
    rows = NhiemVu.objects.dang_lam().filter(thanh_vien__in=members, han__lte=ngay)
    due = list(rows.order_by().values_list("thanh_vien", flat=True))
    if due:
        names = [f"{row} ({due.count(row.pk)})" for row in members if row.pk in due]
        yield f"Đánh giá {len(due)} nhiệm vụ đến hạn: {', '.join(names)}", 2 * len(due)


def _new(members, before: KyDanhGia | None):
    names = [str(row) for row in members if before and row.tu_ngay > before.ngay]
    if names:
        yield f"Giới thiệu đồng chí mới vào tổ: {', '.join(names)}", 5


def _ready(members):
    names = [str(row) for row in members if row.la_cho_gioi_thieu]
    if names:
        yield f"Việc giới thiệu đồng chí đã đủ điều kiện: {', '.join(names)}", 5


def _certificates(members, ngay: date):
    held = BoiDuongNhanThuc.objects.con_han(ngay).filter(doan_vien=OuterRef("doan_vien"))
    rows = ThanhVienTo.objects.filter(pk__in=[row.pk for row in members])
    rows = rows.filter(~Exists(held), doan_vien__ngay_vao_dang__isnull=True)
    names = [str(row) for row in rows.select_related("doan_vien")]
    if names:
        yield f"Cử đi học lớp nhận thức về Đảng: {', '.join(names)}", 5


def loi_moi(ky: KyDanhGia) -> str:
    """The invitation to be passed on: parts of the agenda without the names in them."""
    at = f"{ky.gio:%H} giờ {ky.gio:%M}, " if ky.gio else ""
    when = f"{at}{lowfirst(thu(ky.ngay))}"
    lines = [
        f"Kính mời đồng chí dự họp {ky.to} đánh giá quý {ky.quy_la_ma} năm {ky.nam}.",
        f"Thời gian: {when}.",
        f"Địa điểm: {ky.dia_diem}.",
        *_noi_dung(ky.cac_muc),
        "Đề nghị các đồng chí chuẩn bị ý kiến, mang theo minh chứng nhiệm vụ được giao.",
    ]
    return "\n".join(lines)


def _noi_dung(muc: Iterable[str]):
    words = [line.partition(": ")[0] for line in muc]
    if words:
        yield "Nội dung:"
        yield from (f"- {line}" for line in words)


def khach_moi_cua(to: ToTuDuong) -> str:
    """The Party members who help today's members, one a line, as a first list of guests."""
    held = to.thanh_vien.chua_thoi().exclude(dang_vien_giup="")
    names = held.order_by("dang_vien_giup").values_list("dang_vien_giup", flat=True)
    return "\n".join(f"Đồng chí {ten}, đảng viên giúp đỡ" for ten in dict.fromkeys(names))


def ket_luan_tu_so_lieu(ky: KyDanhGia) -> str:
    """A first conclusion: levels and verdicts in numbers. One query."""
    reviews = list(ky.danh_gia.exclude(muc="").select_related("thanh_vien__doan_vien"))
    levels = [
        f"{sum(row.muc == muc for row in reviews)} đồng chí {ten.lower()}"
        for muc, ten in DanhGia.Muc.choices
        if any(row.muc == muc for row in reviews)
    ]
    lines = [f"Tổ thống nhất xếp mức: {', '.join(levels)}."] if levels else []
    for ket_luan, words in (
        (DanhGia.KetLuan.DU_DIEU_KIEN, "Đủ điều kiện, đề nghị chi đoàn xét giới thiệu"),
        (DanhGia.KetLuan.TAM_DUNG, "Tạm dừng bồi dưỡng"),
    ):
        names = [f"đồng chí {row.thanh_vien}" for row in reviews if row.ket_luan == ket_luan]
        if names:
            lines.append(f"{words}: {', '.join(names)}.")
    return "\n".join(lines)
