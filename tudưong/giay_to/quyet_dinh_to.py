"""Quyết định thành lập, kiện toàn Tổ tu dưỡng: who is in it, what for, who carries it out."""

from collections.abc import Sequence
from datetime import date

from core.pdf import Bold, Column, Paper, Para, Signatures, TableBlock, Title
from core.text import lowfirst
from core.text.numbers import count, date_long
from tochuc.models import VanBan
from tochuc.the_thuc import check_line, heading, issue_paper, nguoi_ky, ten_bch
from tochuc.van_ban import ten_tai_ngay
from tudưong.models import QuyetDinhTo, ThanhVienTo, ToTuDuong

from .chung import dang_uy

LOAI = "QĐ"
TIEU_DE = {
    QuyetDinhTo.Loai.THANH_LAP: "Quyết định thành lập Tổ tu dưỡng",
    QuyetDinhTo.Loai.KIEN_TOAN: "Quyết định kiện toàn Tổ tu dưỡng",
}
NHIEM_VU = (
    "Giao việc cụ thể, có thời hạn và thước đo cho từng đoàn viên; mỗi quý họp nhận xét kết quả "
    "đạt được, hạn chế, tồn tại cần khắc phục; giúp đoàn viên phấn đấu, rèn luyện và đề nghị {} "
    "xem xét, giới thiệu đoàn viên đủ điều kiện để cấp ủy xem xét, kết nạp vào Đảng."
)


def issue_giay(quyet_dinh: QuyetDinhTo, *, by) -> VanBan:
    return issue_paper(
        lambda so, ma: giay_quyet_dinh(quyet_dinh, so, ma),
        target=quyet_dinh,
        don_vi=quyet_dinh.to.don_vi,
        loai=LOAI,
        ngay=quyet_dinh.ngay,
        title=TIEU_DE[quyet_dinh.loai],
        by=by,
    )


def cac_dong_chi(to: ToTuDuong, ngay: date) -> list[ThanhVienTo]:
    """Who is in the group on that day, the leader first, with who helped then."""
    rows = to.thanh_vien.tai_ngay(ngay).select_related("doan_vien", "chi_doan")
    return list(rows.prefetch_related("nguoi_giup_truoc"))


def giay_quyet_dinh(quyet_dinh: QuyetDinhTo, so: str = "", ma: str = "") -> Paper:
    """Grounds, who is in the group, what it is to do, who carries it out."""
    to, ngay = quyet_dinh.to, quyet_dinh.ngay
    don_vi, bch = to.don_vi, ten_bch(to.don_vi, ngay)
    people = cac_dong_chi(to, ngay)
    viec = quyet_dinh.get_loai_display()
    return Paper(
        compact="auto",
        heading=heading(don_vi, ngay, loai=LOAI, so=so),
        title=Title("QUYẾT ĐỊNH", f"Về việc {lowfirst(viec)} {to.ten}"),
        body=[
            Para(Bold(bch.upper()), align="center", indent=False),
            Para("Căn cứ Điều lệ Đoàn TNCS Hồ Chí Minh;"),
            Para("Căn cứ yêu cầu công tác bồi dưỡng đoàn viên ưu tú, giới thiệu cho Đảng;"),
            Para(_xet(quyet_dinh)),
            Para(Bold("QUYẾT ĐỊNH:"), align="center", indent=False, keep_with_next=True),
            _dieu(
                1,
                f"{viec} {to.ten} gồm {count(len(people))} đồng chí có tên sau đây:",
                keep_with_next=True,
            ),
            _bang(people, ngay),
            _dieu(2, f"{to.ten} có nhiệm vụ: {lowfirst(NHIEM_VU.format(bch))}"),
            _dieu(
                3,
                f"Văn phòng, các chi đoàn có liên quan, {to.ten} và các đồng chí có tên tại Điều 1 "
                "chịu trách nhiệm thi hành Quyết định này kể từ ngày ký."
                f"{_thay_the(quyet_dinh)}/.",
                keep_with_previous=True,
            ),
        ],
        signatures=Signatures(
            [nguoi_ky(don_vi, ngay)],
            noi_nhan=["Như Điều 3", f"{dang_uy(don_vi)} (để báo cáo)", "Lưu: VP"],
        ),
        check=check_line(ma),
    )


def _dieu(so: int, text: str, **keep) -> Para:
    return Para([Bold(f"Điều {so}. "), text], **keep)


def _xet(quyet_dinh: QuyetDinhTo) -> str:
    if quyet_dinh.loai == QuyetDinhTo.Loai.KIEN_TOAN:
        return f"Xét tình hình nhân sự của {quyet_dinh.to.ten} và đề nghị của các chi đoàn,"
    return "Xét kết quả phấn đấu, rèn luyện của đoàn viên và đề nghị của các chi đoàn,"


def _thay_the(quyet_dinh: QuyetDinhTo) -> str:
    """A reorganising decision names the one whose list it replaces."""
    if quyet_dinh.loai != QuyetDinhTo.Loai.KIEN_TOAN:
        return ""
    last = quyet_dinh.to.quyet_dinh.con_hieu_luc().filter(ngay__lt=quyet_dinh.ngay).first()
    if last:
        ten = f"{last.so_van_ban} {date_long(last.ngay)}"
    elif quyet_dinh.to.so_quyet_dinh:
        ten = f"{quyet_dinh.to.so_quyet_dinh} về thành lập tổ"
    else:
        return ""
    return f" Danh sách tại Điều 1 thay thế danh sách theo Quyết định số {ten}."


def _bang(people: Sequence[ThanhVienTo], ngay: date) -> TableBlock:
    return TableBlock(
        [
            Column("TT", 10, "center"),
            Column("Họ và tên", 42),
            Column("Chi đoàn", 42),
            Column("Nhiệm vụ", 24, "center"),
            Column("Đảng viên giúp đỡ"),
        ],
        [
            [
                str(number),
                row.doan_vien.ho_ten,
                ten_tai_ngay(row.chi_doan, ngay),
                "Tổ trưởng" if row.la_to_truong else "Tổ viên",
                row.dang_vien_giup_ngay(ngay),
            ]
            for number, row in enumerate(people, start=1)
        ],
    )
