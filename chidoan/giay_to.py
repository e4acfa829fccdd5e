"""Biên bản sinh hoạt: the minutes of a meeting, as papers.md 4.3 lays them out.

`read_bien_ban` gathers what the minutes say; `minutes` declares the paper from it. The names
of the absent appear, their reasons do not.
"""

from dataclasses import dataclass
from datetime import date, time

from django.conf import settings
from django.db.models import Q

from core.pdf import (
    Bullets,
    CheckLine,
    Column,
    Heading,
    Paper,
    Para,
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
from core.text.numbers import count, date_long, date_short, percent
from tochuc.models import VanBan
from tochuc.quy_dinh import gia_tri
from tochuc.van_ban import dia_danh, dong_so_trong, issue, tieu_de_don_vi

from .models import BieuQuyet, BuoiSinhHoat, ChucVu, DiemDanh, NghiQuyet
from .noi_dung import Phieu, read_phieu

LOAI = "BB"
PHONG_KY_MM = 22  # a branch has no seal
_CAC_LOAI_SINH_HOAT = {
    BuoiSinhHoat.Loai.DINH_KY,
    BuoiSinhHoat.Loai.CHUYEN_DE,
    BuoiSinhHoat.Loai.CHU_DIEM,
}


@dataclass(frozen=True, kw_only=True)
class NhiemVu:
    """A resolution as the minutes mention it; `ket_qua` and `xong` for an earlier one."""

    noi_dung: str
    phu_trach: str
    han: date
    ket_qua: str = ""
    trang_thai: str = NghiQuyet.TrangThai.DANG_LAM


@dataclass(frozen=True, kw_only=True)
class BienBan:
    """Everything the minutes say; the same values always give the same paper."""

    tieu_de: tuple[str, str]
    dia_danh: str
    trich_yeu: str
    ngay: date
    bat_dau: time
    ket_thuc: time | None
    dia_diem: str
    chu_tri: tuple[str, str]  # name, office
    thu_ky: tuple[str, str]
    dai_bieu: str
    so_danh_sach: int
    so_du_hop: int
    so_muon: int
    co_ly_do: tuple[str, ...]
    vang: tuple[str, ...]
    truoc: tuple[NhiemVu, ...]
    thang_truoc: int
    chu_diem: str
    noi_dung: str
    hoat_dong_kem: str
    nhiem_vu: tuple[NhiemVu, ...]
    y_kien: str
    phieu: tuple[Phieu, ...]
    ket_luan: str
    chu_tri_truoc: bool  # the chair signs at the left


def issue_bien_ban(*, buoi: BuoiSinhHoat, by) -> VanBan:
    """The minutes as an issued paper: number, check code, stored bytes."""
    content = read_bien_ban(buoi)
    title = _ten(content)
    return issue(
        target=buoi,
        don_vi=buoi.chi_doan,
        loai=LOAI,
        ngay=buoi.ngay,
        tieu_de=title,
        noi_dung=content,
        render=lambda so, ma: render_pdf(minutes(content, f"Số: {so}", ma), title=title),
        by=by,
    )


def preview_bien_ban(buoi: BuoiSinhHoat) -> bytes:
    """The minutes as they stand, with dots for the number and no check code."""
    content = read_bien_ban(buoi)
    dong_so = dong_so_trong(don_vi=buoi.chi_doan, loai=LOAI, ngay=buoi.ngay)
    return render_pdf(minutes(content, dong_so), title=_ten(content))


def read_bien_ban(buoi: BuoiSinhHoat) -> BienBan:
    roll = list(buoi.diem_danh.select_related("doan_vien"))
    offices = _offices(buoi)
    status = DiemDanh.TrangThai
    return BienBan(
        tieu_de=tieu_de_don_vi(buoi.chi_doan, buoi.ngay),
        dia_danh=dia_danh(buoi.chi_doan),
        trich_yeu=_trich_yeu(buoi),
        ngay=buoi.ngay,
        bat_dau=buoi.bat_dau,
        ket_thuc=buoi.ket_thuc,
        dia_diem=buoi.dia_diem,
        chu_tri=_named(buoi.chu_tri, offices),
        thu_ky=_named(buoi.thu_ky, offices),
        dai_bieu=buoi.dai_bieu,
        so_danh_sach=len(roll),
        so_du_hop=sum(row.trang_thai in DiemDanh.DU_HOP for row in roll),
        so_muon=sum(row.trang_thai == status.MUON for row in roll),
        co_ly_do=_names(roll, status.VANG_CO_LY_DO),
        vang=_names(roll, status.VANG),
        truoc=tuple(_earlier(buoi)),
        thang_truoc=buoi.ngay.month - 1 or 12,
        chu_diem=buoi.chu_diem,
        noi_dung=buoi.noi_dung,
        hoat_dong_kem=buoi.hoat_dong_kem,
        nhiem_vu=tuple(
            NhiemVu(noi_dung=row.noi_dung, phu_trach=row.phu_trach.ho_ten, han=row.han)
            for row in buoi.nghi_quyet.select_related("phu_trach").order_by("han", "pk")
        ),
        y_kien=buoi.y_kien,
        phieu=tuple(read_phieu(buoi)),
        ket_luan=buoi.ket_luan,
        chu_tri_truoc=gia_tri("ky_bien_ban", ngay=buoi.ngay, don_vi=buoi.chi_doan) == "chu_tri",
    )


def minutes(content: BienBan, dong_so: Text, ma: str = "") -> Paper:
    """The paper; without a check code it is a preview."""
    secretary = Signer(["THƯ KÝ"], content.thu_ky[0], room_mm=PHONG_KY_MM)
    chair = Signer(["CHỦ TRÌ"], content.chu_tri[0], room_mm=PHONG_KY_MM)
    return Paper(
        heading=Heading(
            cap_tren=content.tieu_de[0],
            co_quan=content.tieu_de[1],
            so=dong_so,
            dia_danh_ngay=dia_danh_ngay(content.dia_danh, content.ngay),
        ),
        title=Title("BIÊN BẢN", content.trich_yeu),
        body=[*_time_and_place(content), *_present(content), *_content(content), *_end(content)],
        signatures=Signatures([chair, secretary] if content.chu_tri_truoc else [secretary, chair]),
        check=CheckLine(ma, settings.PUBLIC_HOST) if ma else None,
    )


def _time_and_place(content: BienBan):
    yield Section("I. Thời gian, địa điểm")
    yield Para(
        f"Bắt đầu lúc {_hour(content.bat_dau)}, {date_long(content.ngay)}, tại {content.dia_diem}."
    )


def _present(content: BienBan):
    yield Section("II. Thành phần")
    lines = [f"Chủ trì: {_person(content.chu_tri)}.", f"Thư ký: {_person(content.thu_ky)}."]
    if content.dai_bieu:
        lines.append(f"Đại biểu: {content.dai_bieu.rstrip('.')}.")
    lines.append(f"Đoàn viên: {_counts(content)}.")
    for number, line in enumerate(lines, start=1):
        yield Para(f"{number}. {line}")


def _content(content: BienBan):
    yield Section("III. Nội dung")
    parts = [part for part in _parts(content) if part[1]]
    for number, (title, blocks) in enumerate(parts, start=1):
        yield Section(f"{number}. {title}", level=3)
        yield from blocks


def _parts(content: BienBan):
    """Title and blocks of each part; one without blocks is left out and not numbered."""
    yield (
        f"Đánh giá việc thực hiện nghị quyết tháng {content.thang_truoc}",
        list(_reviewed(content)),
    )
    theme = paragraphs(content.noi_dung) if content.noi_dung.strip() else []
    yield f"Sinh hoạt chủ điểm “{content.chu_diem}”", theme or [Para("Theo chủ điểm của tháng.")]
    yield "Hoạt động kèm theo", paragraphs(content.hoat_dong_kem) if content.hoat_dong_kem else []
    yield f"Triển khai nhiệm vụ tháng {_task_month(content)}", list(_tasks(content))
    opinions = [line.strip(" -–") for line in content.y_kien.splitlines() if line.strip(" -–")]
    yield "Ý kiến thảo luận", [Bullets(opinions)] if opinions else []
    yield "Biểu quyết", list(_votes(content))


def _reviewed(content: BienBan):
    if not content.truoc:
        return
    done = sum(row.trang_thai == NghiQuyet.TrangThai.XONG for row in content.truoc)
    yield Para(
        f"Đồng chí {content.chu_tri[0]} báo cáo: {done}/{len(content.truoc)} nhiệm vụ hoàn thành."
    )
    yield Bullets([_outcome(row) for row in content.truoc])


def _outcome(row: NhiemVu) -> str:
    if row.trang_thai == NghiQuyet.TrangThai.DANG_LAM:
        return (
            f"{row.noi_dung}: chưa xong, tiếp tục thực hiện; đồng chí {row.phu_trach} phụ trách, "
            f"hạn {date_short(row.han)}."
        )
    verb = "đã xong" if row.trang_thai == NghiQuyet.TrangThai.XONG else "thôi thực hiện"
    return f"{row.noi_dung}: {verb}; {row.ket_qua.rstrip('.')}."


def _tasks(content: BienBan):
    if content.nhiem_vu:
        yield TableBlock(
            columns=[
                Column("TT", 10, "center"),
                Column("Nhiệm vụ"),
                Column("Người phụ trách", 38),
                Column("Hạn", 27, "center"),
            ],
            rows=[
                [str(number), row.noi_dung, row.phu_trach, date_short(row.han)]
                for number, row in enumerate(content.nhiem_vu, start=1)
            ],
        )


def _task_month(content: BienBan) -> int:
    return content.nhiem_vu[-1].han.month if content.nhiem_vu else content.ngay.month


def _votes(content: BienBan):
    for row in content.phieu:
        secret = " (phiếu kín)" if row.hinh_thuc == BieuQuyet.HinhThuc.PHIEU_KIN else ""
        invalid = f"không hợp lệ: {row.khong_hop_le}; " if row.khong_hop_le else ""
        entitled = f", có quyền biểu quyết: {row.co_quyen}" if row.co_quyen != row.co_mat else ""
        yield Para(
            f"{row.noi_dung}{secret}: tán thành {row.tan_thanh}/{row.co_mat} đồng chí có mặt "
            f"({percent(row.tan_thanh, row.co_mat)}){entitled}; không tán thành: "
            f"{row.khong_tan_thanh}; {invalid}ý kiến khác: {row.co_mat - row.tong}."
        )


def _end(content: BienBan):
    yield Section("IV. Kết luận")
    if content.ket_luan.strip():
        yield from paragraphs(content.ket_luan)
    closing = (
        f"Buổi sinh hoạt kết thúc lúc {_hour(content.ket_thuc)} cùng ngày. "
        if content.ket_thuc
        else ""
    )
    yield Para(f"{closing}Biên bản đã được đọc lại và thông qua tại buổi sinh hoạt./.")


def _counts(content: BienBan) -> str:
    late = f" (trong đó đến muộn {count(content.so_muon)})" if content.so_muon else ""
    rate = percent(content.so_du_hop, content.so_danh_sach)
    parts = [
        f"tổng số {count(content.so_danh_sach)} đồng chí",
        f"có mặt {count(content.so_du_hop)} đồng chí, đạt {rate}{late}",
    ]
    for words, names in (
        ("vắng có lý do", content.co_ly_do),
        ("vắng không có lý do", content.vang),
    ):
        listed = f" đồng chí ({', '.join(names)})" if names else ""
        parts.append(f"{words} {count(len(names))}{listed}")
    return "; ".join(parts)


def _hour(value: time) -> str:
    return f"{value.hour:02d} giờ {value.minute:02d} phút"


def _person(person: tuple[str, str]) -> str:
    name, office = person
    return f"đồng chí {name}, {office}" if office else f"đồng chí {name}"


def _named(person, offices: dict[int, str]) -> tuple[str, str]:
    return (person.ho_ten, offices.get(person.pk, "")) if person else ("", "")


def _names(roll, trang_thai: str) -> tuple[str, ...]:
    return tuple(row.doan_vien.ho_ten for row in roll if row.trang_thai == trang_thai)


def _offices(buoi: BuoiSinhHoat) -> dict[int, str]:
    """Offices of the branch on the day of the meeting, as minutes call them."""
    rows = ChucVu.objects.filter(don_vi=buoi.chi_doan, doan_vien__isnull=False).tai_ngay(buoi.ngay)
    return {row.doan_vien_id: f"{row.get_chuc_danh_display()} Chi đoàn" for row in rows}


def _earlier(buoi: BuoiSinhHoat):
    """Resolutions of earlier meetings that were open when this one began."""
    still_open = Q(ket_thuc_ngay__isnull=True) | Q(ket_thuc_ngay__gt=buoi.ngay)
    rows = (
        NghiQuyet.objects.filter(chi_doan=buoi.chi_doan, buoi__ngay__lt=buoi.ngay)
        .exclude(buoi=buoi)
        .filter(still_open | Q(ket_thuc_tai=buoi))
        .select_related("phu_trach")
    )
    for row in rows:
        here = row.ket_thuc_tai_id == buoi.pk
        yield NhiemVu(
            noi_dung=row.noi_dung,
            phu_trach=row.phu_trach.ho_ten,
            han=row.han,
            ket_qua=row.ket_qua if here else "",
            trang_thai=row.trang_thai if here else NghiQuyet.TrangThai.DANG_LAM,
        )


def _ten(content: BienBan) -> str:
    return f"Biên bản {content.trich_yeu[0].lower()}{content.trich_yeu[1:]}"


def _trich_yeu(buoi: BuoiSinhHoat) -> str:
    kind = "Sinh hoạt Chi đoàn"
    if buoi.loai not in _CAC_LOAI_SINH_HOAT:
        kind = buoi.get_loai_display()
    return f"{kind} tháng {buoi.ngay.month} năm {buoi.ngay.year}"
