"""Bản tự nhận xét: what the member of a case writes of himself; lines to write on where nothing
is typed."""

from datetime import date

from core.pdf import (
    Bold,
    Dots,
    Heading,
    Paper,
    Para,
    Section,
    Signatures,
    Signer,
    Title,
    dia_danh_ngay,
    paragraphs,
)
from core.text.numbers import date_short
from tochuc.the_thuc import has_bch, nguoi_ky
from tochuc.van_ban import dia_danh, ten_tai_ngay, tieu_de_don_vi
from tudưong.models import HoSo, TuNhanXet

MUC = (
    ("pham_chat", "Về phẩm chất chính trị, đạo đức, lối sống"),
    ("nhiem_vu", "Về thực hiện nhiệm vụ của đoàn viên, nhiệm vụ Tổ tu dưỡng giao"),
    ("hoc_tap", "Về học tập, công tác"),
    ("quan_he", "Về quan hệ quần chúng"),
)
_DONG_TRONG = 3
"""Lines to write on below a heading without text."""
_PHONG_KY = 22


def tu_nhan_xet(row: TuNhanXet) -> Paper:
    """One member's paper: no number, signed by him, confirmed by the branch."""
    ho_so, ngay = row.ho_so, row.ngay
    chi_doan, ngay_ten = ho_so.chi_doan, ngay or ho_so.ngay_buoc
    cap_tren, co_quan = tieu_de_don_vi(chi_doan, ngay_ten)
    return Paper(
        heading=Heading(
            cap_tren=cap_tren,
            co_quan=co_quan,
            dia_danh_ngay=dia_danh_ngay(dia_danh(chi_doan), ngay),
        ),
        title=Title("BẢN TỰ NHẬN XÉT", "của đoàn viên ưu tú được đề nghị giới thiệu vào Đảng"),
        body=[
            Section("I. Sơ lược bản thân"),
            *_so_luoc(ho_so, ngay_ten),
            Section("II. Tự nhận xét"),
            *(block for number, muc in enumerate(MUC, 1) for block in _muc(row, number, *muc)),
            Section("III. Hạn chế, khuyết điểm"),
            *_loi(row.han_che),
            Section("IV. Phương hướng phấn đấu"),
            *_loi(row.phuong_huong),
        ],
        signatures=Signatures(
            [
                _xac_nhan(ho_so, ngay_ten),
                Signer(["NGƯỜI TỰ NHẬN XÉT"], ho_so.doan_vien.ho_ten, room_mm=_PHONG_KY),
            ]
        ),
    )


def _so_luoc(ho_so: HoSo, ngay: date) -> list[Para]:
    dv = ho_so.doan_vien
    return [
        Para(["Họ và tên: ", Bold(dv.ho_ten), f"; sinh ngày {date_short(dv.ngay_sinh)}."]),
        Para(["Quê quán: ", _cau(dv.que_quan)]),
        Para(["Nơi ở hiện nay: ", _cau(dv.noi_o or dv.thuong_tru)]),
        Para(
            [
                f"Vào Đoàn ngày {date_short(dv.ngay_vao_doan)} tại ",
                dv.noi_vao_doan or Dots(50),
                f"; sinh hoạt tại {ten_tai_ngay(ho_so.chi_doan, ngay)}.",
            ]
        ),
        Para(["Trình độ chuyên môn, nghề nghiệp: ", _cau(dv.chuyen_mon)]),
    ]


def _cau(text: str) -> str | None:
    text = text.strip().rstrip(".")
    return f"{text}." if text else None


def _muc(row: TuNhanXet, number: int, field: str, ten: str) -> list:
    return [Section(f"{number}. {ten}", level=3), *_loi(getattr(row, field))]


def _loi(text: str) -> list[Para]:
    return paragraphs(text) if text.strip() else [Para(None)] * _DONG_TRONG


def _xac_nhan(ho_so: HoSo, ngay: date) -> Signer:
    """The branch confirms; its long name does not fit half a page."""
    signer = nguoi_ky(ho_so.chi_doan, ngay)
    thay_mat, _, _ = signer.lines[0].partition(" ")
    body = "BCH CHI ĐOÀN" if has_bch(ho_so.chi_doan, ngay) else "CHI ĐOÀN"
    return Signer([f"{thay_mat} {body}", *signer.lines[1:]], signer.name, room_mm=_PHONG_KY)
