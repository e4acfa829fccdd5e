"""Giấy giới thiệu chuyển sinh hoạt (GGT): the slip that goes with a transfer (papers.md 4.11).

What nobody has entered prints as a dotted line. Its title names nobody: whoever checks the
paper reads it.
"""

from dataclasses import replace
from datetime import date
from functools import partial

from core.pdf import Bold, CutLine, Dots, Fields, Paper, Para, Signatures, Signer, Text, Title
from core.text import lowfirst
from core.text.display import NBSP
from core.text.numbers import date_short
from doanvien.models import ChuyenSinhHoat, DoanVien
from tochuc.models import VanBan
from tochuc.quy_dinh import gia_tri
from tochuc.the_thuc import check_line, heading, issue_paper, nguoi_ky, preview
from tochuc.van_ban import ten_tai_ngay

LOAI = "GGT"
TIEU_DE = "Giấy giới thiệu chuyển sinh hoạt Đoàn"
PHONG_KY_MM = 20  # a slip (papers.md 1.5)
PHONG_XAC_NHAN_MM = 8  # below it the sheet is empty: a slip with long names stays on one page
_KIND = ChuyenSinhHoat.Loai
_TRICH_YEU = {
    _KIND.CHINH_THUC: "Chuyển sinh hoạt Đoàn",
    _KIND.TAM_THOI: "Sinh hoạt Đoàn tạm thời",
    _KIND.NOI_CU_TRU: "Tham gia sinh hoạt Đoàn nơi cư trú",
}
_DUOC = {
    _KIND.CHINH_THUC: "Được chuyển sinh hoạt Đoàn đến",
    _KIND.TAM_THOI: "Được giới thiệu sinh hoạt tạm thời tại",
    _KIND.NOI_CU_TRU: "Được giới thiệu tham gia sinh hoạt tại",
}


def issue_giay(*, chuyen: ChuyenSinhHoat, by) -> VanBan:
    """The slip with number, check code and stored bytes, in the name of the sender's ward."""
    return issue_paper(
        partial(giay, chuyen),
        target=chuyen,
        don_vi=chuyen.phuong_di,
        loai=LOAI,
        ngay=chuyen.ngay_gioi_thieu,
        title=TIEU_DE,
        by=by,
    )


def preview_giay(chuyen: ChuyenSinhHoat) -> bytes:
    """The slip as it would be signed today, with dots for the number and no check code."""
    return preview(partial(giay, chuyen), title=TIEU_DE)


def giay(chuyen: ChuyenSinhHoat, so: str = "", ma: str = "") -> Paper:
    """The paper; without a number it is a preview."""
    ngay, phuong = chuyen.ngay_gioi_thieu or chuyen.ngay_buoc, chuyen.phuong_di
    so_ngay = gia_tri("hieu_luc_giay_gioi_thieu", ngay=ngay, don_vi=phuong)
    signer = replace(nguoi_ky(phuong, ngay), room_mm=PHONG_KY_MM)
    return Paper(
        compact=True,
        heading=heading(phuong, ngay, loai=LOAI, so=so),
        title=Title("GIẤY GIỚI THIỆU", _TRICH_YEU[chuyen.loai]),
        kinh_gui=[f"{_kinh_gui(chuyen, ngay)}."],
        body=[
            Fields(list(_fields(chuyen, ngay))),
            Para(
                "Đề nghị Ban Chấp hành Đoàn nơi đến tiếp nhận và tạo điều kiện để đồng chí tham "
                f"gia sinh hoạt. Giấy có giá trị trong {so_ngay}{NBSP}ngày kể từ ngày ký./."
            ),
        ],
        signatures=Signatures([signer], noi_nhan=["Như trên", "Đoàn viên", "Lưu: VP"]),
        appendix=_confirmation(signer.lines[0]),
        check=check_line(ma),
    )


def _fields(chuyen: ChuyenSinhHoat, ngay: date):
    person, branch = chuyen.doan_vien, ten_tai_ngay(chuyen.chi_doan_di, ngay)
    admitted = f"{date_short(person.ngay_vao_doan)}; số thẻ đoàn viên: "
    office = lowfirst(person.chuc_vu)
    yield "Giới thiệu đồng chí", Bold(person.ho_ten)
    yield "Sinh ngày", [f"{date_short(person.ngay_sinh)}; giới tính: ", _gioi_tinh(person)]
    yield "Quê quán", person.que_quan or None
    yield "Ngày vào Đoàn", [admitted, person.so_the or None]
    yield "Chức vụ", f"{office}; sinh hoạt tại: {branch}"
    yield _DUOC[chuyen.loai], chuyen.ten_noi_den or None
    if chuyen.den_ngay:
        yield "Thời hạn", f"đến hết ngày {date_short(chuyen.den_ngay)}"
    yield "Kết quả xếp loại năm gần nhất", _xep_loai(person)
    yield "Đã đóng đoàn phí hết", _thang(chuyen.dong_phi_den)


def _confirmation(thay_mat: str) -> list:
    """The lower part, which the receiver cuts off and sends back."""
    lines = (
        "Ban Chấp hành Đoàn",
        "đã tiếp nhận đồng chí",
        "vào sinh hoạt tại Chi đoàn",
        "từ ngày",
    )
    return [
        CutLine("XÁC NHẬN TIẾP NHẬN"),
        *(Para([f"{line} ", Dots()], align="left", indent=False) for line in lines),
        Signatures(
            [Signer([thay_mat], note="(ký, đóng dấu, ghi rõ họ tên)", room_mm=PHONG_XAC_NHAN_MM)]
        ),
    ]


def _kinh_gui(chuyen: ChuyenSinhHoat, ngay: date) -> str:
    """The receiving committee; inside the own ward, that of the branch."""
    if chuyen.is_noi_bo and chuyen.chi_doan_den_id:
        return f"Ban Chấp hành {ten_tai_ngay(chuyen.chi_doan_den, ngay)}"
    if chuyen.phuong_den_id:
        above = chuyen.phuong_den.cap_tren
        place = f", {above.ten_noi}" if above else ""
        return f"Ban Chấp hành {ten_tai_ngay(chuyen.phuong_den, ngay)}{place}"
    return f"Ban Chấp hành {chuyen.noi_den}"


def _gioi_tinh(person: DoanVien) -> Text:
    if person.gioi_tinh == DoanVien.GioiTinh.CHUA_RO:
        return Dots(20)
    return person.get_gioi_tinh_display().lower()


def _xep_loai(person: DoanVien) -> str | None:
    rating = person.xep_loai.order_by("-nam").first()
    if rating is None:
        return None
    muc = rating.get_muc_display().removesuffix(" (thang trước 2019)")
    return f"{muc} (năm {rating.nam})"


def _thang(month: date | None) -> Text:
    if month is None:
        return ["tháng ", Dots(10), " năm ", Dots(14)]
    so = f"{month.month:02d}" if month.month < 3 else str(month.month)
    return f"tháng {so} năm {month.year}"
