"""Table 11: the training programme and the yearly rating, in the scale of its year."""

from chidoan.xep_loai.muc_chi_doan import trong_so
from core.pdf import Column
from core.text import lowfirst
from core.text.numbers import date_short
from doanvien.models import DongQuyetDinh, RenLuyen, XepLoai

from .bang import Bang, NamSo, NoiDungBang, numbered
from .danh_sach import trong_nam


def _ket_qua(nam_so: NamSo) -> NoiDungBang:
    people = {row.doan_vien_id: row.doan_vien for row in trong_nam(nam_so)}
    ratings = {
        row.doan_vien_id: row
        for row in XepLoai.objects.filter(doan_vien__in=people, nam=nam_so.nam)
    }
    trained = {
        row.doan_vien_id: row
        for row in RenLuyen.objects.cua_nam(nam_so.nam).filter(doan_vien__in=people)
    }
    unrated = DongQuyetDinh.objects.con_hieu_luc().khong_xep_nam(nam_so.nam)
    reasons = {
        row.doan_vien_id: f"Không xếp loại: {str(row).lower()}"
        for row in unrated.filter(doan_vien__in=people)
    }
    rows = [
        _line(nguoi, ratings.get(pk), trained.get(pk), reasons.get(pk) or _dang_vien(nguoi, nam_so))
        for pk, nguoi in people.items()
    ]
    return NoiDungBang(numbered(rows), _to_chuc(nam_so) if rows else "")


def _to_chuc(nam_so: NamSo) -> str:
    """What the branch itself and its committee were rated: the note below its members."""
    found = trong_so(nam_so.don_vi, nam_so.nam, nam_so.den)
    return " ".join(
        f"{row.get_doi_tuong_display()}: {lowfirst(row.ten)}{_theo(row.so_quyet_dinh)}."
        for row in found
    )


def _theo(so_quyet_dinh: str) -> str:
    return f" (Quyết định số {so_quyet_dinh})" if so_quyet_dinh else ""


def _line(nguoi, rating: XepLoai | None, trained: RenLuyen | None, reason: str) -> list:
    return [
        nguoi.ho_ten,
        date_short(nguoi.ngay_sinh),
        trained.ket_qua if trained else "",
        rating.get_muc_display() if rating else "",
        rating.so_quyet_dinh if rating else "",
        date_short(rating.ngay) if rating else "",
        "" if rating else reason,
    ]


def _dang_vien(nguoi, nam_so: NamSo) -> str:
    """Why a member of the Party, who was one within the year, has no level."""
    since = nguoi.ngay_vao_dang
    return "Không xếp loại: đảng viên" if since and since <= nam_so.den else ""


KET_QUA = Bang(
    11,
    "Kết quả rèn luyện, xếp loại đoàn viên",
    "Chương trình rèn luyện và xếp loại của năm",
    _ket_qua,
    (
        Column("TT", 8, "center"),
        Column("Họ và tên", 44),
        Column("Ngày sinh", 21, "center"),
        Column("Rèn luyện", 54),
        Column("Xếp loại", 52),
        Column("Số quyết định", 26, "center"),
        Column("Ngày", 21, "center"),
        Column("Ghi chú"),
    ),
)
