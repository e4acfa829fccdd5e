"""The programme of a year as a paper: what is looked at, in which units, when."""

from collections.abc import Iterable, Iterator

from django.utils.text import capfirst

from chidoan.models import ChuongTrinhKiemTra, CuocKiemTra
from core.pdf import Column, Paper, Para, Section, Signatures, TableBlock, Title, paragraphs
from core.periods import today
from tochuc.the_thuc import heading, nguoi_ky
from tochuc.van_ban import cap_tren_tai_ngay, ten_tai_ngay

from .giay_to import Giay

LOAI = "CTr"
CHUAN_BI = (
    "Các đơn vị có tên trong Chương trình chuẩn bị nội dung, sổ sách và bố trí thành phần làm "
    "việc; ngày cụ thể do đoàn kiểm tra, giám sát thông báo trước./."
)


def giay_chuong_trinh(chuong_trinh: ChuongTrinhKiemTra) -> Giay:
    """A draft to look at or to go on writing in; its number is that of the unit's own paper."""
    ngay = chuong_trinh.ngay or today()
    return Giay(LOAI, str(chuong_trinh), ngay, lambda *_: _paper(chuong_trinh, ngay))


def _paper(chuong_trinh: ChuongTrinhKiemTra, ngay) -> Paper:
    don_vi, tren = chuong_trinh.don_vi, cap_tren_tai_ngay(chuong_trinh.don_vi, ngay)
    cuoc = CuocKiemTra.objects.cua_chuong_trinh(chuong_trinh).con_lam()
    nam, ten = chuong_trinh.nam, ten_tai_ngay(don_vi, ngay)
    return Paper(
        heading=heading(don_vi, ngay, loai=LOAI, so=chuong_trinh.so_van_ban),
        title=Title("CHƯƠNG TRÌNH", f"Công tác kiểm tra, giám sát năm {nam}"),
        body=[
            Para(f"{ten} thực hiện công tác kiểm tra, giám sát năm {nam} như sau:"),
            Section("I. Yêu cầu"),
            *paragraphs(chuong_trinh.ghi_chu),
            Section("II. Nội dung, đơn vị, thời gian"),
            TableBlock(
                columns=[
                    Column("TT", 10, "center"),
                    Column("Nội dung"),
                    Column("Đơn vị", 52),
                    Column("Thời gian", 27, "center"),
                ],
                rows=list(_dong(cuoc)),
            ),
            Section("III. Tổ chức thực hiện"),
            Para(CHUAN_BI),
        ],
        signatures=Signatures(
            [nguoi_ky(don_vi, ngay, thuong_vu=True)],
            noi_nhan=[
                f"{ten_tai_ngay(tren, ngay)} (để báo cáo)" if tren else "Ban Thường vụ",
                "Các đơn vị được kiểm tra, giám sát",
                "Lưu: VP",
            ],
        ),
    )


def _dong(cuoc: Iterable[CuocKiemTra]) -> Iterator[list[str]]:
    """A theme of a period in one row, with all units that it is looked at in."""
    rows: dict[tuple, list[str]] = {}
    for row in cuoc:
        noi_dung = f"{row.get_hinh_thuc_display()}: {row.chuyen_de.rstrip('.')}"
        rows.setdefault((noi_dung, capfirst(row.ky_du_kien.ten)), []).append(str(row.doi_tuong))
    for number, ((noi_dung, khi), units) in enumerate(rows.items(), 1):
        yield [str(number), noi_dung, "; ".join(units), khi]
