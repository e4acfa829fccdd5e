"""Công văn trả lời: the ward's answer to a request about personal data, to print and sign.

An open request is answered with what happens next and by when, a closed one with the result.
Its title names nobody: whoever checks the paper reads it.
"""

from functools import partial

from core.pdf import Dots, Paper, Para, Signatures, Text
from core.text.numbers import date_long, date_short
from doanvien.models import YeuCauDuLieu
from tochuc.models import VanBan
from tochuc.quy_dinh import moc_nhieu
from tochuc.the_thuc import check_line, heading, issue_paper, nguoi_ky, preview
from tochuc.van_ban import ten_tai_ngay

from .an_danh import DA_XOA

LOAI = "CV"
TIEU_DE = "Công văn trả lời yêu cầu về dữ liệu cá nhân"
T, Loai = YeuCauDuLieu.TrangThai, YeuCauDuLieu.Loai
_VIEC = {
    Loai.XEM: "xem và được cung cấp bản dữ liệu cá nhân",
    Loai.SUA: "sửa dữ liệu cá nhân",
    Loai.XOA: "xóa dữ liệu cá nhân",
    Loai.RUT: "rút sự đồng ý, hạn chế xử lý dữ liệu cá nhân",
    Loai.PHAN_DOI: "phản đối việc xử lý dữ liệu cá nhân",
}
_DA_LAM = {
    Loai.XEM: "đã lập bản dữ liệu cá nhân của đồng chí và gửi kèm công văn này",
    Loai.SUA: "đã sửa dữ liệu theo yêu cầu",
    Loai.XOA: (
        "đã xóa dữ liệu cá nhân của đồng chí trong Sổ Đoàn; số liệu thống kê không còn gắn với "
        "đồng chí và văn bản Đoàn đã ban hành được giữ theo quy định"
    ),
    Loai.RUT: "đã ngừng việc xử lý dữ liệu mà đồng chí nêu",
    Loai.PHAN_DOI: "đã xem xét và thực hiện theo ý kiến của đồng chí",
}


def issue_tra_loi(*, yeu_cau: YeuCauDuLieu, by) -> VanBan:
    """The letter with its number in the ward's register of letters."""
    return issue_paper(
        partial(tra_loi, yeu_cau),
        target=yeu_cau,
        don_vi=yeu_cau.don_vi,
        loai=LOAI,
        ngay=_ngay(yeu_cau),
        title=TIEU_DE,
        by=by,
    )


def preview_tra_loi(yeu_cau: YeuCauDuLieu) -> bytes:
    return preview(partial(tra_loi, yeu_cau), title=TIEU_DE)


def tra_loi(yeu_cau: YeuCauDuLieu, so: str = "", ma: str = "") -> Paper:
    """The letter; without a number it is a preview."""
    phuong, ngay = yeu_cau.don_vi, _ngay(yeu_cau)
    return Paper(
        heading=heading(
            phuong, ngay, loai=LOAI, so=so, trich_yeu="V/v trả lời yêu cầu về dữ liệu cá nhân"
        ),
        kinh_gui=[_kinh_gui(yeu_cau)],
        body=[
            Para(_da_nhan(yeu_cau)),
            *_noi_dung(yeu_cau),
            *([_het(phuong, ngay)] if yeu_cau.trang_thai in (T.XONG, T.TU_CHOI) else []),
        ],
        signatures=Signatures([nguoi_ky(phuong, ngay)], noi_nhan=["Như trên", "Lưu: VP"]),
        check=check_line(ma),
    )


def _ngay(yeu_cau: YeuCauDuLieu):
    """The day of the answer: of the result, else of the last step."""
    last = yeu_cau.buoc.last()
    return yeu_cau.ngay_xong or (last.ngay if last else yeu_cau.ngay_nhan)


def _kinh_gui(yeu_cau: YeuCauDuLieu) -> Text:
    ho_ten = yeu_cau.nguoi.ho_ten
    return ("Đồng chí ", Dots(70)) if ho_ten == DA_XOA else f"Đồng chí {ho_ten}"


def _da_nhan(yeu_cau: YeuCauDuLieu) -> str:
    ten = ten_tai_ngay(yeu_cau.don_vi, _ngay(yeu_cau))
    return (
        f"Ban Chấp hành {ten} đã nhận yêu cầu {_VIEC[yeu_cau.loai]} của đồng chí "
        f"{date_long(yeu_cau.ngay_nhan)}, vào sổ số {yeu_cau.so:02d}/{yeu_cau.nam}."
    )


def _noi_dung(yeu_cau: YeuCauDuLieu) -> list[Para]:
    """What happens or has happened, in one or two paragraphs."""
    if yeu_cau.is_con_mo:
        moc = moc_nhieu([f"du_lieu_han_{yeu_cau.loai}"], ngay=yeu_cau.ngay_nhan)
        can_cu = next(iter(moc.values())).can_cu.partition(";")[0]
        gia_han = " (đã gia hạn một lần)" if yeu_cau.gia_han else ""
        return [
            Para(
                f"Yêu cầu đang được thực hiện theo {can_cu}; đồng chí được trả lời kết quả trước "
                f"hết ngày {date_short(yeu_cau.han)}{gia_han}./."
            )
        ]
    if yeu_cau.trang_thai == T.XONG:
        return [Para(f"Ban Chấp hành {_DA_LAM[yeu_cau.loai]}."), *_them(yeu_cau, "Cụ thể: ")]
    if yeu_cau.trang_thai == T.RUT:
        return [Para("Theo đề nghị của đồng chí, yêu cầu này được dừng lại./.")]
    return [
        Para("Sau khi xem xét, Ban Chấp hành chưa thực hiện được yêu cầu này."),
        *_them(yeu_cau, "Lý do: "),
    ]


def _them(yeu_cau: YeuCauDuLieu, lead: str) -> list[Para]:
    text = " ".join(yeu_cau.ket_qua.split()).rstrip(".")
    is_said = not text or (yeu_cau.loai == Loai.XOA and yeu_cau.trang_thai == T.XONG)
    return [] if is_said else [Para(f"{lead}{text}.")]


def _het(phuong, ngay) -> Para:
    ten = ten_tai_ngay(phuong, ngay)
    return Para(
        f"Nếu chưa đồng ý, đồng chí gửi ý kiến về Ban Chấp hành {ten} để được xem xét lại./."
    )
