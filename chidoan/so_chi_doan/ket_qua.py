"""Table 11: the training programme and the yearly rating, in the scale of its year."""

from core.pdf import Column
from core.text.numbers import date_short
from doanvien.models import XepLoai

from .bang import Bang, NamSo, NoiDungBang, numbered
from .danh_sach import trong_nam


def _ket_qua(nam_so: NamSo) -> NoiDungBang:
    people = {row.doan_vien_id: row.doan_vien for row in trong_nam(nam_so)}
    ratings = {
        row.doan_vien_id: row
        for row in XepLoai.objects.filter(doan_vien__in=people, nam=nam_so.nam)
    }
    rows = [_line(nguoi, ratings.get(pk)) for pk, nguoi in people.items()]
    return NoiDungBang(numbered(rows))


def _line(nguoi, rating: XepLoai | None) -> list:
    return [
        nguoi.ho_ten,
        date_short(nguoi.ngay_sinh),
        rating.get_muc_display() if rating else "",
        rating.so_quyet_dinh if rating else "",
        date_short(rating.ngay) if rating else "",
        "Đảng viên, không xếp loại" if nguoi.is_dang_vien and not rating else "",
    ]


KET_QUA = Bang(
    11,
    "Kết quả rèn luyện, xếp loại đoàn viên",
    "Chương trình rèn luyện và xếp loại của năm",
    _ket_qua,
    (
        Column("TT", 8, "center"),
        Column("Họ và tên", 54),
        Column("Ngày sinh", 24, "center"),
        Column("Xếp loại"),
        Column("Số quyết định", 40, "center"),
        Column("Ngày", 24, "center"),
        Column("Ghi chú", 40),
    ),
)
