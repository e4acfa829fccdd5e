"""Quyết định khen thưởng with the list of collectives and people."""

from collections.abc import Sequence

from chidoan.models import DeNghiKhen, QuyetDinhKhen
from core.pdf import (
    Appendix,
    Bold,
    Column,
    GroupRow,
    Paper,
    Para,
    Signatures,
    TableBlock,
    Title,
)
from core.text import lowfirst
from core.text.numbers import count, date_long
from tochuc.models import VanBan
from tochuc.the_thuc import check_line, heading, issue_paper, nguoi_ky
from tochuc.van_ban import ten_tai_ngay

LOAI = "QĐ"
TIEU_DE = "Quyết định khen thưởng"


def issue_quyet_dinh(*, quyet_dinh: QuyetDinhKhen, by) -> VanBan:
    rows = cac_dong(quyet_dinh)
    return issue_paper(
        lambda so, ma: giay_quyet_dinh(quyet_dinh, rows, so, ma),
        target=quyet_dinh,
        don_vi=quyet_dinh.don_vi,
        loai=LOAI,
        ngay=quyet_dinh.ngay,
        title=TIEU_DE,
        by=by,
    )


def cac_dong(quyet_dinh: QuyetDinhKhen) -> list[DeNghiKhen]:
    """Its proposals, collectives first, then people by branch and name. One query."""
    rows = quyet_dinh.de_nghi.select_related("doan_vien__chi_doan", "tap_the", "don_vi")
    return sorted(rows, key=thu_tu_in)


def thu_tu_in(row: DeNghiKhen):
    """Collectives first, then people by branch and name."""
    if row.is_tap_the:
        return (0, row.tap_the.path, "")
    return (1, row.doan_vien.chi_doan.path, row.doan_vien.khoa_sap_xep)


def giay_quyet_dinh(
    quyet_dinh: QuyetDinhKhen, rows: Sequence[DeNghiKhen], so: str = "", ma: str = ""
) -> Paper:
    """Grounds, articles, and the list as its appendix."""
    ngay, bch = quyet_dinh.ngay, f"Ban Chấp hành {ten_tai_ngay(quyet_dinh.don_vi, quyet_dinh.ngay)}"
    groups = [row for row in rows if row.is_tap_the]
    people = [row for row in rows if not row.is_tap_the]
    hinh_thuc = lowfirst(quyet_dinh.hinh_thuc_bang_chu)
    return Paper(
        heading=heading(quyet_dinh.don_vi, ngay, loai=LOAI, so=so),
        title=Title("QUYẾT ĐỊNH", f"Về việc khen thưởng {noi_ai(groups, people, so_luong=False)}"),
        body=[
            Para(Bold(bch.upper()), align="center", indent=False),
            Para("Căn cứ Điều lệ Đoàn TNCS Hồ Chí Minh;"),
            Para(f"Xét đề nghị của {_noi_de_nghi(rows)},"),
            Para(Bold("QUYẾT ĐỊNH:"), align="center", indent=False, keep_with_next=True),
            _dieu(
                1,
                f"Tặng {hinh_thuc} cho {noi_ai(groups, people)} (có danh sách kèm theo) "
                f"{lowfirst(quyet_dinh.ve_viec.rstrip('.'))}.",
            ),
            _dieu(
                2,
                f"Văn phòng, {bch} và các tập thể, cá nhân có tên tại Điều 1 "
                "chịu trách nhiệm thi hành Quyết định này kể từ ngày ký./.",
                keep_with_previous=True,
            ),
        ],
        signatures=Signatures(
            [nguoi_ky(quyet_dinh.don_vi, ngay)], noi_nhan=["Như Điều 2", "Lưu: VP"]
        ),
        appendix=[
            Appendix(
                "DANH SÁCH",
                f"Được tặng {hinh_thuc}",
                f"(Kèm theo Quyết định{f' số {so}' if so else ''} {date_long(ngay)}\ncủa {bch})",
            ),
            _table(groups, people),
        ],
        check=check_line(ma),
    )


def _dieu(so: int, text: str, **keep) -> Para:
    return Para([Bold(f"Điều {so}. "), text], **keep)


def noi_ai(groups: Sequence, people: Sequence, so_luong: bool = True) -> str:
    """ "02 tập thể và 05 cá nhân"."""
    parts = [(groups, "tập thể"), (people, "cá nhân")]
    return " và ".join(
        f"{count(len(rows))} {word}" if so_luong else word for rows, word in parts if rows
    )


def _noi_de_nghi(rows: Sequence[DeNghiKhen]) -> str:
    units = {row.don_vi.pk: str(row.don_vi) for row in rows}
    return next(iter(units.values())) if len(units) == 1 else "các đơn vị"


def _table(groups: Sequence[DeNghiKhen], people: Sequence[DeNghiKhen]) -> TableBlock:
    rows = []
    if groups:
        rows.append(GroupRow("I. TẬP THỂ" if people else "TẬP THỂ"))
        rows += [[str(no), str(row.tap_the), ""] for no, row in enumerate(groups, 1)]
    if people:
        rows.append(GroupRow("II. CÁ NHÂN" if groups else "CÁ NHÂN"))
        rows += [[str(no), row.ten, cua_nguoi(row)] for no, row in enumerate(people, 1)]
    return TableBlock(
        [
            Column("TT", 10, "center"),
            Column("Họ và tên, tên tập thể", 65),
            Column("Chức vụ, chi đoàn"),
        ],
        rows,
    )


def cua_nguoi(row: DeNghiKhen) -> str:
    """Office and branch of who is honoured."""
    nguoi = row.doan_vien
    return f"{nguoi.chuc_vu or 'Đoàn viên'}, {nguoi.chi_doan.ten_day_du}"
