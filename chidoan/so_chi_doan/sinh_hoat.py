"""Tables 12 and 13: the roll of every meeting (papers.md 4.13), and what the meetings said."""

from collections import defaultdict

from chidoan.models import BuoiSinhHoat, DiemDanh
from core.pdf import Cell, Column, Small, Text
from core.text.numbers import date_short, day_short, decimal

from .bang import RONG, Bang, NamSo, NoiDungBang, numbered

KY_HIEU = {
    DiemDanh.TrangThai.CO_MAT: "x",
    DiemDanh.TrangThai.MUON: "M",
    DiemDanh.TrangThai.VANG_CO_LY_DO: "P",
    DiemDanh.TrangThai.VANG: "K",
}
CHU_GIAI = (
    "Ký hiệu: x có mặt; M đến muộn (tính có mặt); P vắng có lý do; K vắng không lý do; – chưa "
    "thuộc chi đoàn tại ngày họp; ô trống: chưa họp. Tỷ lệ = số buổi có mặt / số buổi thuộc diện "
    "phải dự."
)
TT, TEN, TONG, TY_LE, PHAN_TRAM = 8, 48, (11, 9, 9), 14, 11.8


def cac_buoi(nam_so: NamSo) -> list[BuoiSinhHoat]:
    """Finished meetings of the whole branch in the year, oldest first."""
    held = BuoiSinhHoat.objects.da_hop().sinh_hoat().filter(chi_doan=nam_so.don_vi)
    return list(held.filter(ngay__range=(nam_so.ky.start, nam_so.den)).order_by("ngay", "pk"))


def _columns(nam_so: NamSo) -> list[Column]:
    """A column for each month; months with several meetings have one for each."""
    titles = [title for title, _ in _slots(cac_buoi(nam_so))]
    room = RONG - TT - TEN - sum(TONG) - TY_LE - PHAN_TRAM
    width = round(room / len(titles), 2)
    return [
        Column("TT", TT, "center"),
        Column("Họ và tên"),
        *(Column(title, width, "center", group="Tháng (ngày họp)") for title in titles),
        Column("Có", TONG[0], "center", group="Tổng"),
        Column("P", TONG[1], "center", group="Tổng"),
        Column("K", TONG[2], "center", group="Tổng"),
        Column("Tỷ lệ", TY_LE, "center"),
        Column("%", PHAN_TRAM, "center"),
    ]


def _slots(buoi: list[BuoiSinhHoat]) -> list[tuple[Text, BuoiSinhHoat | None]]:
    """(column title, meeting or None for a month without one), in the order of the year."""
    by_month = defaultdict(list)
    for row in buoi:
        by_month[row.ngay.month].append(row)
    slots = []
    for month in range(1, 13):
        held = by_month.get(month)
        if not held:
            slots.append((str(month), None))
        else:
            slots += [((f"{month}\n", Small(day_short(row.ngay))), row) for row in held]
    return slots


def _diem_danh(nam_so: NamSo) -> NoiDungBang:
    slots = [buoi for _, buoi in _slots(cac_buoi(nam_so))]
    rolls, names = _rolls(slots)
    rows = numbered([_line(name, rolls[pk], slots) for pk, name in names.items()])
    if rows:
        rows.append(_present(rolls, slots))
    return NoiDungBang(rows, CHU_GIAI if rows else "")


def _rolls(slots):
    """Each member's states by meeting, and the names in their order."""
    held = [buoi.pk for buoi in slots if buoi]
    rolls, names = defaultdict(dict), {}
    rows = DiemDanh.objects.filter(buoi__in=held).select_related("doan_vien")
    for row in rows.order_by("doan_vien__khoa_sap_xep", "doan_vien"):
        rolls[row.doan_vien_id][row.buoi_id] = row.trang_thai
        names[row.doan_vien_id] = row.doan_vien.ho_ten
    return rolls, names


def _line(name: str, roll: dict[int, str], slots) -> list:
    signs = [_sign(roll, buoi) for buoi in slots]
    present = sum(sign in ("x", "M") for sign in signs)
    due = sum(sign in KY_HIEU.values() for sign in signs)
    return [
        name,
        *signs,
        str(present),
        str(signs.count("P")),
        str(signs.count("K")),
        f"{present}/{due}",
        decimal(100 * present / due) if due else "",
    ]


def _sign(roll: dict[int, str], buoi: BuoiSinhHoat | None) -> str:
    if buoi is None:
        return ""
    return KY_HIEU.get(roll.get(buoi.pk), "–")


def _present(rolls, slots) -> list:
    """The last row: present of the roster at each meeting."""
    cells = []
    for buoi in slots:
        states = [roll[buoi.pk] for roll in rolls.values() if buoi and buoi.pk in roll]
        present = sum(state in DiemDanh.DU_HOP for state in states)
        cells.append(f"{present}/{len(states)}" if states else "")
    return [Cell("Có mặt / tổng số", span=2, bold=True), *cells, Cell("", span=5)]


def _ghi_chep(nam_so: NamSo) -> NoiDungBang:
    held = BuoiSinhHoat.objects.da_hop().filter(chi_doan=nam_so.don_vi)
    held = held.filter(ngay__range=(nam_so.ky.start, nam_so.den)).order_by("ngay", "pk")
    rows = held.with_diem_danh().select_related("chu_tri", "thu_ky").prefetch_related("nghi_quyet")
    return NoiDungBang(
        numbered(
            [
                date_short(row.ngay),
                row.get_loai_display(),
                f"{row.so_du_hop}/{row.so_danh_sach}" if row.so_danh_sach else "–",
                _noi_dung(row),
                row.ket_luan or "–",
                "\n".join(f"- {item.noi_dung}" for item in row.nghi_quyet.all()),
                row.chu_tri.ho_ten if row.chu_tri else "",
            ]
            for row in rows
        )
    )


def _noi_dung(row: BuoiSinhHoat) -> str:
    parts = [f"Chủ điểm: {row.chu_diem}." if row.chu_diem else "", row.noi_dung, row.hoat_dong_kem]
    return "\n".join(part for part in parts if part)


THEO_DOI = Bang(
    12,
    "Theo dõi sinh hoạt chi đoàn",
    "Có mặt, vắng của từng đồng chí ở từng buổi",
    _diem_danh,
    _columns,
    co_chu=10.5,
)
GHI_CHEP = Bang(
    13,
    "Ghi chép họp Ban Chấp hành và sinh hoạt chi đoàn",
    "Nội dung, kết luận, việc giao của từng buổi",
    _ghi_chep,
    (
        Column("TT", 8, "center"),
        Column("Ngày", 21, "center"),
        Column("Loại", 32),
        Column("Dự", 15, "center"),
        Column("Nội dung"),
        Column("Kết luận", 50),
        Column("Việc giao", 46),
        Column("Chủ trì", 24),
    ),
    co_chu=10,
)
