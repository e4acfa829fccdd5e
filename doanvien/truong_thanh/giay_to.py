"""The papers of growing out: the decision with its list, the ceremony's list, certificates."""

from collections.abc import Sequence
from dataclasses import replace

from core.pdf import (
    Appendix,
    Bold,
    Certificate,
    Column,
    Paper,
    Para,
    Signatures,
    Signer,
    TableBlock,
    Title,
    dia_danh_ngay,
)
from core.text.display import NBSP, ngay
from core.text.numbers import count, date_long, date_short
from doanvien.models import DotTruongThanh, XetTruongThanh
from tochuc.models import VanBan
from tochuc.the_thuc import check_line, heading, issue_paper, nguoi_ky
from tochuc.van_ban import dia_danh, dong_so_trong, ten_tai_ngay, tieu_de_don_vi

QUYET_DINH, DANH_SACH, CHUNG_NHAN = "QĐ", "DS", "GCN"
KQ = XetTruongThanh.KetQua
TIEU_DE_QD = "Quyết định về việc trưởng thành Đoàn"
TIEU_DE_DS = "Danh sách đoàn viên dự lễ trưởng thành Đoàn"
TIEU_DE_GCN = "Giấy chứng nhận trưởng thành Đoàn"
CANH_BAO = "Có dữ liệu cá nhân – chỉ người có trách nhiệm được xem"


def issue_quyet_dinh(*, dot: DotTruongThanh, by) -> VanBan:
    """The decision as an issued paper; another list of members makes a new version of it."""
    return issue_paper(
        lambda so, ma: quyet_dinh(dot, so, ma),
        target=dot,
        don_vi=dot.don_vi,
        loai=QUYET_DINH,
        ngay=dot.ngay,
        title=TIEU_DE_QD,
        by=by,
    )


def issue_danh_sach(*, dot: DotTruongThanh, by) -> VanBan:
    return issue_paper(
        lambda so, ma: danh_sach_le(dot, so, ma),
        target=dot,
        don_vi=dot.don_vi,
        loai=DANH_SACH,
        ngay=dot.le_ngay or dot.ngay,
        title=TIEU_DE_DS,
        by=by,
    )


def issue_chung_nhan(*, dot: DotTruongThanh, xet: XetTruongThanh, by) -> VanBan:
    """One member's certificate, with a number of its own."""
    return issue_paper(
        lambda so, ma: chung_nhan(dot, xet, so, ma),
        target=xet,
        don_vi=dot.don_vi,
        loai=CHUNG_NHAN,
        ngay=dot.ngay,
        title=TIEU_DE_GCN,
        by=by,
    )


def cac_dong(dot: DotTruongThanh) -> list[XetTruongThanh]:
    return list(dot.dong.trong_list())


def nguoi_truong_thanh(dot: DotTruongThanh) -> list[XetTruongThanh]:
    return [row for row in cac_dong(dot) if row.ket_qua == KQ.TRUONG_THANH]


def quyet_dinh(dot: DotTruongThanh, so: str = "", ma: str = "") -> Paper:
    """The decision: grounds, articles, and the list as its appendix."""
    rows = cac_dong(dot)
    ten = ten_tai_ngay(dot.don_vi, dot.ngay)
    leaving = [row for row in rows if row.ket_qua == KQ.TRUONG_THANH]
    staying = [row for row in rows if row.ket_qua != KQ.TRUONG_THANH]
    articles = _articles(dot, ten, leaving, staying)
    viec = " và ".join(_viec(leaving, staying))
    return Paper(
        heading=heading(dot.don_vi, dot.ngay, loai=QUYET_DINH, so=so),
        title=Title("QUYẾT ĐỊNH", f"Về việc {viec}"),
        body=[
            Para(Bold(f"BAN CHẤP HÀNH {ten.upper()}"), align="center", indent=False),
            Para("Căn cứ Điều lệ Đoàn TNCS Hồ Chí Minh;"),
            Para(f"Xét đề nghị của {_noi_de_nghi(rows)},"),
            Para(Bold("QUYẾT ĐỊNH:"), align="center", indent=False, keep_with_next=True),
            *articles,
        ],
        signatures=Signatures([_signer(dot)], noi_nhan=[f"Như Điều {len(articles)}", "Lưu: VP"]),
        appendix=[
            Appendix(
                "DANH SÁCH",
                "Đoàn viên " + "\nvà ".join(_viec(leaving, staying)),
                f"(Kèm theo Quyết định{f' số {so}' if so else ''} {date_long(dot.ngay)}\n"
                f"của Ban Chấp hành {ten})",
            ),
            _table(rows),
        ],
        check=check_line(ma),
        canh_bao=CANH_BAO,
    )


def danh_sach_le(dot: DotTruongThanh, so: str = "", ma: str = "") -> Paper:
    """Who is honoured at the ceremony, with the line to sign for the certificate."""
    rows = nguoi_truong_thanh(dot)
    khi = f" {date_long(dot.le_ngay)}" if dot.le_ngay else ""
    noi = f", tại {dot.le_noi}" if dot.le_noi else ""
    return Paper(
        page="A4-landscape",
        heading=heading(dot.don_vi, dot.ngay, loai=DANH_SACH, so=so),
        title=Title(
            "DANH SÁCH",
            f"Đoàn viên dự lễ trưởng thành Đoàn{khi}{noi}",
        ),
        body=[
            TableBlock(
                [
                    Column("TT", 10, "center"),
                    Column("Họ và tên", 52),
                    Column("Ngày sinh", 26, "center"),
                    Column("Chi đoàn", 58),
                    Column("Ngày vào Đoàn", 26, "center"),
                    Column("Số năm sinh hoạt", 24, "center"),
                    Column("Ký nhận giấy chứng nhận", 66),
                ],
                [
                    [
                        str(place),
                        row.doan_vien.ho_ten,
                        date_short(row.doan_vien.ngay_sinh),
                        row.chi_doan.ten,
                        date_short(row.doan_vien.ngay_vao_doan),
                        str(_so_nam(row)),
                        "",
                    ]
                    for place, row in enumerate(rows, 1)
                ],
                note=f"Danh sách có {count(len(rows))} đồng chí.",
            )
        ],
        signatures=Signatures(
            [
                Signer(["NGƯỜI LẬP BIỂU"], room_mm=20),
                _signer(dot, 20),
            ]
        ),
        check=check_line(ma),
        canh_bao=CANH_BAO,
    )


def chung_nhan(dot: DotTruongThanh, xet: XetTruongThanh, so: str = "", ma: str = "") -> Certificate:
    """Giấy chứng nhận trưởng thành Đoàn, on A4 landscape, of one member."""
    cap_tren, co_quan = tieu_de_don_vi(dot.don_vi, dot.ngay)
    nguoi = xet.doan_vien
    sinh = date_short(nguoi.ngay_sinh)
    return Certificate(
        cap_tren=cap_tren,
        co_quan=co_quan,
        so=f"Số: {so}" if so else dong_so_trong(don_vi=dot.don_vi, loai=CHUNG_NHAN, ngay=dot.ngay),
        ten="GIẤY CHỨNG NHẬN",
        ten_phu="TRƯỞNG THÀNH ĐOÀN",
        mo_dau=[
            Bold(f"BAN CHẤP HÀNH {ten_tai_ngay(dot.don_vi, dot.ngay).upper()}"),
            "\nchứng nhận đồng chí",
        ],
        nguoi=nguoi.ho_ten,
        fields=[
            f"Sinh ngày {sinh}, vào Đoàn ngày {date_short(nguoi.ngay_vao_doan)}",
            f"Đoàn viên {xet.chi_doan}",
        ],
        cau=(
            f"đã hoàn thành nhiệm vụ của người đoàn viên Đoàn TNCS Hồ Chí Minh,\n"
            f"trưởng thành Đoàn kể từ {date_long(xet.ngay_cuoi)}"
            f"{f', theo Quyết định số {dot.so_quyet_dinh}' if dot.so_quyet_dinh else ''}."
        ),
        dia_danh_ngay=dia_danh_ngay(dia_danh(dot.don_vi), dot.ngay),
        signer=_signer(dot, 24),
        check=check_line(ma),
    )


def _viec(leaving: Sequence, staying: Sequence) -> list[str]:
    """What the decision is about, in the words of its title."""
    parts = [(leaving, "trưởng thành Đoàn"), (staying, "tiếp tục sinh hoạt Đoàn")]
    return [words for rows, words in parts if rows]


def _noi_de_nghi(rows: Sequence[XetTruongThanh]) -> str:
    branches = {row.chi_doan for row in rows}
    return str(branches.pop()) if len(branches) == 1 else "các chi đoàn"


def _articles(dot, ten: str, leaving: Sequence, staying: Sequence) -> list[Para]:
    texts = []
    if leaving:
        texts.append(
            f"Công nhận trưởng thành Đoàn đối với {count(len(leaving))} đồng chí thuộc {ten} "
            f"(có danh sách kèm theo), kể từ {date_long(dot.ngay)}."
        )
    if staying:
        texts.append(
            f"Đồng ý để {count(len(staying))} đồng chí tiếp tục sinh hoạt Đoàn theo nguyện vọng "
            "hoặc chức vụ đang giữ, đến thời hạn ghi trong danh sách."
        )
    texts.append(
        f"Ban Chấp hành {ten}, các chi đoàn và các đồng chí có tên trong danh sách chịu trách "
        "nhiệm thi hành Quyết định này kể từ ngày ký./."
    )
    return [
        Para([Bold(f"Điều {number}. "), text], keep_with_previous=number == len(texts))
        for number, text in enumerate(texts, 1)
    ]


def _table(rows: Sequence[XetTruongThanh]) -> TableBlock:
    return TableBlock(
        [
            Column("TT", 9, "center"),
            Column("Họ và tên", 42),
            Column("Ngày sinh", 24, "center"),
            Column("Chi đoàn", 35),
            Column("Kết quả"),
        ],
        [
            [
                str(place),
                row.doan_vien.ho_ten,
                date_short(row.doan_vien.ngay_sinh),
                row.chi_doan.ten,
                ket_qua_bang_chu(row, date_short).replace("đến ", f"đến{NBSP}"),
            ]
            for place, row in enumerate(rows, 1)
        ],
    )


def ket_qua_bang_chu(row: XetTruongThanh, show=ngay) -> str:
    """The outcome in a few words: "Ở lại đến 26/3/2028", "Phó Bí thư …, tiếp tục sinh hoạt"."""
    if row.ket_qua == KQ.O_LAI:
        return f"Ở lại sinh hoạt đến {show(row.den_ngay)}"
    if row.ket_qua == KQ.CAN_BO:
        until = f" đến {show(row.den_ngay)}" if row.den_ngay else ""
        return f"Là {row.chuc_vu}, tiếp tục sinh hoạt{until}"
    return "Trưởng thành Đoàn" if row.ket_qua else ""


def _signer(dot: DotTruongThanh, room_mm: float = 30) -> Signer:
    return replace(nguoi_ky(dot.don_vi, dot.ngay), room_mm=room_mm)


def _so_nam(row: XetTruongThanh) -> int:
    """Full years in the Union on the last day."""
    start, end = row.doan_vien.ngay_vao_doan, row.ngay_cuoi
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))
