"""Tables 4 and 5: dues month by month, and the cash book."""

from datetime import date

from core.pdf import Cell, Column
from core.text.numbers import date_short, money
from doanvien.doan_phi.queries import Thang, TrangThaiThang, doc_chi_doan
from doanvien.models import DoanVien
from doanvien.thu_chi.queries import so_thu_chi

from .bang import Bang, NamSo, NoiDungBang, numbered

KY_HIEU = "Ô trống: chưa đến hạn hoặc không thuộc diện thu; M: được miễn; N: còn nợ; số tiền: đồng."


def _doan_phi(nam_so: NamSo) -> NoiDungBang:
    by_member: dict[int, dict[date, Thang]] = {}
    for cell in doc_chi_doan(nam_so.don_vi, nam_so.ky.start, nam_so.ky.end, nam_so.den):
        by_member.setdefault(cell.doan_vien, {})[cell.thang] = cell
    people = DoanVien.objects.filter(pk__in=by_member).only("ho_ten", "khoa_sap_xep", "ngay_sinh")
    months = [month.start for month in nam_so.ky.months]
    rows = [_line(nguoi.ho_ten, by_member[nguoi.pk], months) for nguoi in people]
    rows = numbered(rows)
    if rows:
        rows.append(_sums(by_member, months))
    return NoiDungBang(rows, KY_HIEU if rows else "")


def _line(name: str, cells: dict[date, Thang], months: list[date]) -> list:
    paid = sum(cell.so_tien for cell in cells.values() if cell.is_da_dong)
    owed = sum(cell.so_tien for cell in cells.values() if cell.is_no)
    return [name, *(_sign(cells.get(month)) for month in months), money(paid), money(owed)]


def _sign(cell: Thang | None) -> str:
    if cell is None:
        return ""
    if cell.is_da_dong:
        return money(cell.so_tien)
    return {TrangThaiThang.MIEN: "M", TrangThaiThang.NO: "N"}.get(cell.trang_thai, "")


def _sums(by_member: dict[int, dict[date, Thang]], months: list[date]) -> list:
    cells = [cell for own in by_member.values() for cell in own.values()]
    paid = dict.fromkeys(months, 0)
    for cell in cells:
        if cell.is_da_dong:
            paid[cell.thang] += cell.so_tien
    owed = sum(cell.so_tien for cell in cells if cell.is_no)
    return [
        Cell("Cộng", span=2, bold=True),
        *(money(paid[month]) if paid[month] else "" for month in months),
        Cell(money(sum(paid.values())), bold=True),
        Cell(money(owed), bold=True),
    ]


def _thu_chi(nam_so: NamSo) -> NoiDungBang:
    so = so_thu_chi(nam_so.don_vi, nam_so.nam)
    rows = [["", "", "Năm trước chuyển sang", "", "", "", money(so.dau_ky)]]
    rows += numbered(
        [
            date_short(row.ngay),
            row.noi_dung,
            row.chung_tu,
            money(row.thu) if row.thu else "",
            money(row.chi) if row.chi else "",
            money(row.ton),
        ]
        for row in so.dong
    )
    rows.append(
        [
            Cell("Cộng trong năm", span=4, bold=True),
            Cell(money(so.thu), bold=True),
            Cell(money(so.chi), bold=True),
            Cell(money(so.cuoi_ky), bold=True),
        ]
    )
    return NoiDungBang(rows)


DOAN_PHI = Bang(
    4,
    "Thu đoàn phí",
    "Từng tháng của từng đồng chí",
    _doan_phi,
    (
        Column("TT", 8, "center"),
        Column("Họ và tên", 46),
        *(Column(str(month), 14, "right", group="Tháng") for month in range(1, 13)),
        Column("Đã thu", 20, "right"),
        Column("Còn nợ", 20, "right"),
    ),
    co_chu=10,
)
THU_CHI = Bang(
    5,
    "Thu – chi",
    "Đoàn phí và các khoản khác; còn lại sau mỗi khoản",
    _thu_chi,
    (
        Column("TT", 8, "center"),
        Column("Ngày", 24, "center"),
        Column("Nội dung"),
        Column("Chứng từ", 40, "center"),
        Column("Thu (đồng)", 28, "right"),
        Column("Chi (đồng)", 28, "right"),
        Column("Còn lại (đồng)", 30, "right"),
    ),
)
