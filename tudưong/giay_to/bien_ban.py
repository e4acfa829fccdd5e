"""Biên bản họp xét giới thiệu: the minutes of the branch's and of the committee's vote.

Papers.md 4.3 and 4.4. One meeting may vote on several cases; the tallies are those of the steps,
so minutes and resolutions never differ. No voter is named.
"""

from collections.abc import Iterator, Sequence
from datetime import time

from core.pdf import (
    Column,
    Dots,
    Paper,
    Para,
    Section,
    Signatures,
    Signer,
    TableBlock,
    Text,
    Title,
    even_lines,
    paragraphs,
)
from core.text import lines
from core.text.numbers import count, date_long, fraction_percent
from tochuc.quy_dinh import gia_tri_nhieu
from tochuc.the_thuc import (
    CHUC_VU,
    PHONG_KY_CHI_DOAN,
    PHONG_KY_CO_SO,
    check_line,
    heading,
    ten_bch,
)
from tochuc.van_ban import ten_tai_ngay
from tudưong.models import BienBanHop, BuocHoSo

from .chung import cau

Loai = BuocHoSo.Loai
_THIEU = {
    "bat_dau": "giờ bắt đầu",
    "ket_thuc": "giờ kết thúc",
    "dia_diem": "địa điểm",
    "chu_tri": "chủ trì",
    "thu_ky": "thư ký",
    "to_kiem_phieu": "tổ kiểm phiếu",
    "phieu_phat": "số phiếu phát ra",
    "thao_luan": "ý kiến thảo luận",
    "ket_luan": "kết luận",
}


def missing_bien_ban(row: BienBanHop) -> list[str]:
    """What the minutes would leave as dotted lines, to be listed before they are printed."""
    return [words for name, words in _THIEU.items() if getattr(row, name) in ("", None)]


def bien_ban(
    row: BienBanHop, buoc: Sequence[BuocHoSo], so: str = "", ma: str = "", *, la_trich: bool = False
) -> Paper:
    """The minutes of the votes in `buoc`; an extract when more were taken at that meeting."""
    don_vi = row.don_vi
    return Paper(
        heading=heading(don_vi, row.ngay, loai="BB", so=so),
        title=Title("TRÍCH BIÊN BẢN" if la_trich else "BIÊN BẢN", even_lines(_trich_yeu(row))),
        body=[
            *_thoi_gian(row),
            *_thanh_phan(row, buoc),
            *_noi_dung(row, buoc),
            *_ket_luan(row, buoc),
        ],
        signatures=Signatures(_nguoi_ky(row)),
        check=check_line(ma),
    )


def _trich_yeu(row: BienBanHop) -> str:
    hop = "Họp Chi đoàn" if row.don_vi.is_chi_doan else f"Họp {_bch(row)}"
    return f"{hop} xét giới thiệu đoàn viên ưu tú vào Đảng"


def _bch(row: BienBanHop) -> str:
    """ "Ban Chấp hành Đoàn phường": the ward's own name stands in the heading."""
    return f"Ban Chấp hành Đoàn {row.don_vi.get_loai_display().lower()}"


def _thoi_gian(row: BienBanHop) -> Iterator:
    yield Section("I. Thời gian, địa điểm")
    yield Para(
        [
            "Bắt đầu lúc ",
            *_gio(row.bat_dau),
            f", {date_long(row.ngay)}, tại ",
            *([f"{row.dia_diem.rstrip('.')}."] if row.dia_diem else [None]),
        ]
    )


def _thanh_phan(row: BienBanHop, buoc: Sequence[BuocHoSo]) -> Iterator:
    yield Section("II. Thành phần")
    lines = [["Chủ trì: ", *_nguoi(row.chu_tri)], ["Thư ký: ", *_nguoi(row.thu_ky)]]
    if row.dai_bieu:
        lines.append([f"Đại biểu: {row.dai_bieu.rstrip('.')}."])
    lines.append([_so_nguoi(row, buoc)])
    for number, line in enumerate(lines, start=1):
        yield Para([f"{number}. ", *line])


def _so_nguoi(row: BienBanHop, buoc: Sequence[BuocHoSo]) -> str:
    """Entitled and present; where somebody came or left between two votes, the most."""
    ai = "Đoàn viên" if row.don_vi.is_chi_doan else "Ủy viên Ban Chấp hành"
    tong = max(step.co_quyen for step in buoc)
    co_mat = max(step.co_mat for step in buoc)
    vang = f"; vắng {count(tong - co_mat)} đồng chí" if tong > co_mat else ""
    return f"{ai}: tổng số {count(tong)} đồng chí; có mặt {count(co_mat)} đồng chí{vang}."


def _noi_dung(row: BienBanHop, buoc: Sequence[BuocHoSo]) -> Iterator:
    yield Section("III. Nội dung")
    dau, *sau = _thao_luan(row)
    yield Para(f"1. {_trinh_bay(row, buoc)}")
    yield Para(["2. ", *dau])
    yield from (Para(line) for line in sau)
    yield Para(["3. ", *_kiem_phieu(row, buoc)], keep_with_next=True)
    yield _bang(row, buoc)
    yield from (Para(line) for line in _ly_do(buoc))


def _trinh_bay(row: BienBanHop, buoc: Sequence[BuocHoSo]) -> str:
    ai = f"Đồng chí {row.trinh_bay}" if row.trinh_bay else "Đồng chí chủ trì"
    so = f"{count(len(buoc))} đoàn viên ưu tú"
    if row.don_vi.is_chi_doan:
        return (
            f"{ai} nêu tiêu chuẩn, điều kiện kết nạp đảng viên và quá trình rèn luyện, phấn đấu "
            f"của {so} được xét giới thiệu."
        )
    return (
        f"{ai} trình bày hồ sơ {so} do chi đoàn đề nghị: đơn vị, sơ lược quá trình phấn đấu, "
        "kết quả rèn luyện, nghị quyết và biên bản của chi đoàn."
    )


def _thao_luan(row: BienBanHop) -> list[list]:
    said = [line if line.endswith((".", "!", "?")) else f"{line}." for line in lines(row.thao_luan)]
    if not said:
        return [["Hội nghị thảo luận: ", None]]
    dau, *sau = said
    return [[f"Hội nghị thảo luận: {cau(dau)}."], *([line] for line in sau)]


def _kiem_phieu(row: BienBanHop, buoc: Sequence[BuocHoSo]) -> list:
    nguoi = [line.strip(" -–;.") for line in row.to_kiem_phieu.splitlines() if line.strip(" -–;.")]
    to = (
        [f"Tổ kiểm phiếu gồm {count(len(nguoi))} đồng chí: {', '.join(nguoi)}"]
        if nguoi
        else ["Tổ kiểm phiếu gồm các đồng chí: ", Dots(70)]
    )
    phat = count(row.phieu_phat) if row.phieu_phat is not None else Dots(12)
    return [
        "Hội nghị cử ",
        *to,
        " và bỏ phiếu kín. Số phiếu phát ra: ",
        phat,
        f"; thu vào: {_thu_vao(buoc)}. Kết quả kiểm phiếu đối với từng đoàn viên như sau:",
    ]


def _thu_vao(buoc: Sequence[BuocHoSo]) -> str:
    """Ballots collected: of each vote as many as were present at it."""
    so = {step.co_mat for step in buoc}
    if len(so) == 1:
        return count(so.pop())
    return "; ".join(f"{count(step.co_mat)} đối với {step.ho_so.doan_vien}" for step in buoc)


def _bang(row: BienBanHop, buoc: Sequence[BuocHoSo]) -> TableBlock:
    tong = "đoàn viên" if row.don_vi.is_chi_doan else "ủy viên"
    return TableBlock(
        [
            Column("TT", 9, "center"),
            Column("Họ và tên", 40),
            Column("Chi đoàn", 31),
            Column("Tán thành", 16, "center", group="Số phiếu"),
            Column("Không tán thành", 17, "center", group="Số phiếu"),
            Column("Không hợp lệ", 16, "center", group="Số phiếu"),
            Column(f"Tỷ lệ so với tổng số {tong}", 31, "right"),
        ],
        [
            [
                str(number),
                step.ho_so.doan_vien.ho_ten,
                step.ho_so.chi_doan.ten,
                count(step.tan_thanh),
                count(step.khong_tan_thanh),
                count(step.khong_hop_le),
                fraction_percent(step.tan_thanh, step.co_quyen),
            ]
            for number, step in enumerate(buoc, start=1)
        ],
    )


def _ly_do(buoc: Sequence[BuocHoSo]) -> Iterator[Text]:
    for step in buoc:
        if step.khong_tan_thanh:
            ten = step.ho_so.doan_vien.ho_ten
            ly_do = [f"{cau(step.ly_do)}."] if step.ly_do.strip() else [None]
            yield [f"Lý do không tán thành ghi trên phiếu đối với đoàn viên {ten}: ", *ly_do]


def _ket_luan(row: BienBanHop, buoc: Sequence[BuocHoSo]) -> Iterator:
    yield Section("IV. Kết luận")
    yield Para(_ket_qua(row, buoc))
    yield from paragraphs(row.ket_luan)
    hop = "Hội nghị" if row.don_vi.is_chi_doan else "Cuộc họp"
    co_mat = max(step.co_mat for step in buoc)
    thong_qua = [f"{row.thong_qua}"] if row.thong_qua is not None else [Dots(10)]
    yield Para(
        [
            f"{hop} kết thúc lúc ",
            *_gio(row.ket_thuc),
            " cùng ngày. Biên bản được đọc lại trước hội nghị, ",
            *thong_qua,
            f"/{co_mat} đồng chí có mặt nhất trí thông qua./.",
        ]
    )


def _ket_qua(row: BienBanHop, buoc: Sequence[BuocHoSo]) -> str:
    """What the vote decided, case by case where the outcomes differ."""
    dat = [step for step in buoc if step.loai in (Loai.DE_NGHI, Loai.NGHI_QUYET)]
    chua = [step for step in buoc if step not in dat]
    if row.don_vi.is_chi_doan:
        tren = ten_bch(buoc[0].ho_so.don_vi, row.ngay)
        lam = f"{ten_tai_ngay(row.don_vi, row.ngay)} đề nghị {tren} giới thiệu"
    else:
        lam = f"{_bch(row)} ra nghị quyết giới thiệu"
    parts = []
    if dat:
        parts.append(f"{lam} {_ten(dat)} để cấp ủy xem xét, kết nạp vào Đảng")
    if chua:
        parts.append(f"{_ten(chua)} chưa đạt tỷ lệ tán thành, tiếp tục rèn luyện, bồi dưỡng")
    return f"{'; '.join(parts)}."


def _ten(buoc: Sequence[BuocHoSo]) -> str:
    return f"đoàn viên {', '.join(step.ho_so.doan_vien.ho_ten for step in buoc)}"


def _nguoi_ky(row: BienBanHop) -> list[Signer]:
    """The secretary at the left, or the chair where the unit has set it so."""
    phong = PHONG_KY_CHI_DOAN if row.don_vi.is_chi_doan else PHONG_KY_CO_SO
    thu_ky = Signer(["THƯ KÝ"], _ten_rieng(row.thu_ky), room_mm=phong)
    chu_tri = Signer(["CHỦ TRÌ", *_chuc_danh(row)], _ten_rieng(row.chu_tri), room_mm=phong)
    values = gia_tri_nhieu(["ky_bien_ban"], ngay=row.ngay, don_vi=row.don_vi)
    return [chu_tri, thu_ky] if values["ky_bien_ban"] == "chu_tri" else [thu_ky, chu_tri]


def _chuc_danh(row: BienBanHop) -> list[str]:
    """The office under which the committee's chair signs, with its seal."""
    office = row.chu_tri.partition(",")[2].strip().upper()
    if row.don_vi.is_chi_doan:
        return []
    return [role for role in reversed(CHUC_VU.values()) if office.startswith(role)][:1]


def _ten_rieng(nguoi: str) -> str:
    """ "Lê Minh Duy" of "Lê Minh Duy, Bí thư"."""
    return nguoi.partition(",")[0].strip()


def _nguoi(nguoi: str) -> list:
    return [f"đồng chí {nguoi.rstrip('.')}."] if nguoi else [None]


def _gio(value: time | None) -> list:
    if value is None:
        return [Dots(10), " giờ ", Dots(10), " phút"]
    return [f"{value.hour:02d} giờ {value.minute:02d} phút"]
