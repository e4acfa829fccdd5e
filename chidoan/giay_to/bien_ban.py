"""Biên bản sinh hoạt: the minutes of a meeting, as papers.md 4.3 and 4.4 lay them out.

The names of the absent appear, their reasons do not; nor who logged the meeting, or when.
"""

from dataclasses import dataclass
from datetime import time

from django.conf import settings
from django.utils.text import capfirst

from chidoan.models import BieuQuyet, BuoiSinhHoat, PhienBanBuoi
from chidoan.noi_dung import NoiDungBuoi, Phieu, read_ban
from core.pdf import (
    Bullets,
    CheckLine,
    Column,
    Heading,
    Paper,
    Para,
    Print,
    Section,
    Signatures,
    Signer,
    TableBlock,
    Text,
    Title,
    dia_danh_ngay,
    paragraphs,
    render_pdf,
)
from core.text import lowfirst
from core.text.numbers import count, date_long, date_short, percent
from tochuc.models import VanBan
from tochuc.quy_dinh import gia_tri_nhieu
from tochuc.van_ban import dia_danh, dong_so_trong, issue, tieu_de_don_vi

from .doc_buoi import DiemSo, NhiemVu, NoiDungGiay, doc_buoi

LOAI = "BB"
PHONG_KY_MM = 22  # a branch has no seal


@dataclass(frozen=True, kw_only=True)
class BienBan:
    """Everything the minutes say; the same values always give the same paper."""

    tieu_de: tuple[str, str]
    dia_danh: str
    buoi: NoiDungGiay
    co_so: bool  # whether minutes bear a number
    chu_tri_truoc: bool  # the chair signs at the left


def issue_bien_ban(*, buoi: BuoiSinhHoat, by) -> VanBan:
    """The minutes as an issued paper: number, check code, stored bytes."""
    content = read_bien_ban(buoi)
    title = ten_bien_ban(content)
    return issue(
        target=buoi,
        don_vi=buoi.chi_doan,
        loai=LOAI,
        ngay=buoi.ngay,
        tieu_de=title,
        noi_dung=content,
        render=lambda so, ma: Print(minutes(content, f"Số: {so}" if so else "", ma), title),
        by=by,
        co_so=content.co_so,
    )


def preview_bien_ban(buoi: BuoiSinhHoat) -> bytes:
    """The minutes as they stand, with dots for the number and no check code."""
    content = read_bien_ban(buoi)
    return render_pdf(du_thao(buoi, content), title=ten_bien_ban(content))


def du_thao(buoi: BuoiSinhHoat, content: BienBan) -> Paper:
    """The draft: what is printed before the minutes are issued, and what Word gets."""
    ngay = content.buoi.ngay
    dong_so = dong_so_trong(don_vi=buoi.chi_doan, loai=LOAI, ngay=ngay) if content.co_so else ""
    return minutes(content, dong_so)


def read_bien_ban(buoi: BuoiSinhHoat, noi_dung: NoiDungBuoi | None = None) -> BienBan:
    """The minutes of the meeting as it stands, or as `noi_dung` tells it."""
    told = doc_buoi(buoi, noi_dung)
    values = gia_tri_nhieu(["ky_bien_ban", "bien_ban_co_so"], ngay=told.ngay, don_vi=buoi.chi_doan)
    return BienBan(
        tieu_de=tieu_de_don_vi(buoi.chi_doan, told.ngay),
        dia_danh=dia_danh(buoi.chi_doan),
        buoi=told,
        co_so=str(values["bien_ban_co_so"]) == "1",
        chu_tri_truoc=values["ky_bien_ban"] == "chu_tri",
    )


def read_phien_ban(ban: PhienBanBuoi) -> BienBan:
    """The minutes as the meeting told them before it was amended."""
    return read_bien_ban(ban.buoi, read_ban(ban))


def ten_bien_ban(content: BienBan) -> str:
    words = content.buoi.trich_yeu
    return f"Biên bản {lowfirst(words)}"


def minutes(content: BienBan, dong_so: Text, ma: str = "", canh_bao: str = "") -> Paper:
    """The paper; without a check code it is a preview."""
    buoi = content.buoi
    secretary = Signer(["THƯ KÝ"], buoi.thu_ky[0], room_mm=PHONG_KY_MM)
    chair = Signer(["CHỦ TRÌ"], buoi.chu_tri[0], room_mm=PHONG_KY_MM)
    return Paper(
        heading=Heading(
            cap_tren=content.tieu_de[0],
            co_quan=content.tieu_de[1],
            so=dong_so,
            dia_danh_ngay=dia_danh_ngay(content.dia_danh, buoi.ngay),
        ),
        title=Title("BIÊN BẢN", buoi.trich_yeu),
        body=[*_time_and_place(buoi), *_present(buoi), *_content(buoi), *_end(buoi)],
        signatures=Signatures([chair, secretary] if content.chu_tri_truoc else [secretary, chair]),
        check=CheckLine(ma, settings.PUBLIC_HOST) if ma else None,
        canh_bao=canh_bao,
    )


def _time_and_place(buoi: NoiDungGiay):
    yield Section("I. Thời gian, địa điểm")
    yield Para(f"Bắt đầu lúc {_hour(buoi.bat_dau)}, {date_long(buoi.ngay)}, tại {buoi.dia_diem}.")


def _present(buoi: NoiDungGiay):
    yield Section("II. Thành phần")
    lines = [f"Chủ trì: {_person(buoi.chu_tri)}.", f"Thư ký: {_person(buoi.thu_ky)}."]
    if buoi.lien:
        host, *others = buoi.lien
        lines.append(f"Sinh hoạt liên chi đoàn do {host} chủ trì, cùng dự: {', '.join(others)}.")
    if buoi.dai_bieu:
        lines.append(f"Đại biểu: {buoi.dai_bieu.rstrip('.')}.")
    who = "Ủy viên Ban Chấp hành" if buoi.la_bch else "Đoàn viên"
    lines.append(f"{who}: {dem(buoi.diem)}.")
    if buoi.diem.khac:
        lines.append(f"Đoàn viên cùng dự: {count(buoi.diem.khac)} đồng chí.")
    for number, line in enumerate(lines, start=1):
        yield Para(f"{number}. {line}")


def dem(diem: DiemSo) -> str:
    """The roll in words: how many, present with percent, absent with names."""
    late = f" (trong đó đến muộn {count(diem.muon)})" if diem.muon else ""
    rate = percent(diem.du_hop, diem.danh_sach)
    reached = f", đạt {rate}" if rate else ""
    parts = [
        f"tổng số {count(diem.danh_sach)} đồng chí",
        f"có mặt {count(diem.du_hop)} đồng chí{reached}{late}",
    ]
    for words, names in (("vắng có lý do", diem.co_ly_do), ("vắng không có lý do", diem.vang)):
        listed = f" đồng chí ({', '.join(names)})" if names else ""
        parts.append(f"{words} {count(len(names))}{listed}")
    return "; ".join(parts)


def _content(buoi: NoiDungGiay):
    yield Section("III. Nội dung")
    parts = [part for part in _parts(buoi) if part[1]]
    for number, (title, blocks) in enumerate(parts, start=1):
        yield Section(f"{number}. {title}", level=3)
        yield from blocks


def _parts(buoi: NoiDungGiay):
    """Title and blocks of each part; one without blocks is left out and not numbered."""
    yield f"Đánh giá việc thực hiện nghị quyết {_cua_thang(buoi)}", list(_reviewed(buoi))
    yield _theme(buoi)
    alongside = [_cau(line).strip() for line in buoi.hoat_dong_kem.splitlines() if line.strip()]
    yield "Hoạt động kèm theo", [Para(line) for line in alongside]
    yield f"Triển khai nhiệm vụ tháng {buoi.thang_nhiem_vu}", list(bang_nhiem_vu(buoi.nhiem_vu))
    opinions = [line.strip(" -–") for line in buoi.y_kien.splitlines() if line.strip(" -–")]
    yield "Ý kiến thảo luận", [Bullets(opinions)] if opinions else []
    yield "Biểu quyết", [Para(phieu_bang_chu(row)) for row in buoi.phieu]


def _cua_thang(buoi: NoiDungGiay) -> str:
    """The month whose meeting resolved what is reviewed; a branch need not meet each month."""
    months = {row.thang for row in buoi.truoc}
    if len(months) != 1:
        return "các buổi trước"
    month = months.pop()
    return f"tháng {month.month}" + ("" if month.year == buoi.ngay.year else f" năm {month.year}")


def _theme(buoi: NoiDungGiay):
    said = paragraphs(buoi.noi_dung) if buoi.noi_dung.strip() else []
    if buoi.la_bch:
        return f"Nội dung họp: {buoi.chu_diem}", said or [Para("Theo nội dung đã báo trước.")]
    return f"Sinh hoạt chủ điểm “{buoi.chu_diem}”", said or [Para("Theo chủ điểm của tháng.")]


def _reviewed(buoi: NoiDungGiay):
    if not buoi.truoc:
        return
    done = sum(row.is_xong for row in buoi.truoc)
    who = f"Đồng chí {buoi.chu_tri[0]} báo cáo: " if buoi.chu_tri[0] else ""
    yield Para(f"{who}{done}/{len(buoi.truoc)} nhiệm vụ hoàn thành.")
    yield Bullets([da_lam(row) for row in buoi.truoc])


def da_lam(row: NhiemVu) -> str:
    """What became of an earlier resolution; what was typed of it is a sentence of its own."""
    if row.is_dang_lam:
        return (
            f"{row.noi_dung}: chưa xong, tiếp tục thực hiện; đồng chí {row.phu_trach} "
            f"phụ trách, hạn {date_short(row.han)}.{_cau(row.tien_do)}"
        )
    if row.is_xong:
        return f"{row.noi_dung}: đã xong.{_cau(row.ket_qua)}"
    reason = row.ket_qua.strip().rstrip(".")
    return f"{row.noi_dung}: thôi thực hiện.{f' Lý do: {reason}.' if reason else ''}"


def _cau(typed: str) -> str:
    """Typed words after a sentence: a capital, a full stop; "" when there are none."""
    words = typed.strip().rstrip(".")
    return f" {capfirst(words)}." if words else ""


def bang_nhiem_vu(rows: tuple[NhiemVu, ...]):
    """The table of tasks; nothing without tasks."""
    if rows:
        yield TableBlock(
            columns=[
                Column("TT", 10, "center"),
                Column("Nhiệm vụ"),
                Column("Người phụ trách", 38),
                Column("Hạn", 27, "center"),
            ],
            rows=[
                [str(number), row.noi_dung, row.phu_trach, date_short(row.han)]
                for number, row in enumerate(rows, start=1)
            ],
        )


def phieu_bang_chu(row: Phieu) -> str:
    """One vote: the share of those present, and how many were entitled when that differs."""
    secret = " (phiếu kín)" if row.hinh_thuc == BieuQuyet.HinhThuc.PHIEU_KIN else ""
    invalid = f"không hợp lệ: {count(row.khong_hop_le)}; " if row.khong_hop_le else ""
    entitled = f", có quyền biểu quyết: {count(row.co_quyen)}" if row.co_quyen != row.co_mat else ""
    rate = percent(row.tan_thanh, row.co_mat)
    share = f" ({rate})" if rate else ""
    return (
        f"{row.noi_dung.rstrip('.')}{secret}: tán thành {row.tan_thanh}/{row.co_mat} đồng chí có "
        f"mặt{share}{entitled}; không tán thành: {count(row.khong_tan_thanh)}; {invalid}"
        f"ý kiến khác: {count(row.y_kien_khac)}."
    )


def _end(buoi: NoiDungGiay):
    kind = "Cuộc họp" if buoi.la_bch else "Buổi sinh hoạt"
    yield Section("IV. Kết luận")
    if buoi.ket_luan.strip():
        yield from paragraphs(buoi.ket_luan)
    closing = f"{kind} kết thúc lúc {_hour(buoi.ket_thuc)} cùng ngày. " if buoi.ket_thuc else ""
    yield Para(f"{closing}Biên bản đã được đọc lại và thông qua tại {lowfirst(kind)}./.")


def _hour(value: time) -> str:
    return f"{value.hour:02d} giờ {value.minute:02d} phút"


def _person(person: tuple[str, str]) -> Text:
    name, office = person
    if not name:
        return "." * 40
    return f"đồng chí {name}, {office}" if office else f"đồng chí {name}"
