"""Tables 1 to 3 and 10: who belongs, who takes part where he lives, who got a card."""

from django.db.models import Q

from core.pdf import Column
from core.text.numbers import count, date_short
from doanvien.models import DoanVien, QuaTrinh
from tochuc.scoping import subtree

from .bang import Bang, NamSo, NoiDungBang, numbered

NGAY = 21


def trong_nam(nam_so: NamSo, loai: str = QuaTrinh.Loai.CHINH_THUC):
    """Periods of the kind at the unit or below it that touch the year, in the order of names."""
    rows = QuaTrinh.objects.under(nam_so.don_vi).filter(loai=loai, tu_ngay__lte=nam_so.den)
    rows = rows.filter(Q(den_ngay__isnull=True) | Q(den_ngay__gte=nam_so.ky.start))
    return rows.select_related("doan_vien", "chi_doan").order_by(
        "doan_vien__khoa_sap_xep", "doan_vien", "tu_ngay"
    )


def _doan_vien(nam_so: NamSo) -> NoiDungBang:
    periods = list(trong_nam(nam_so))
    rows = [_member(period, nam_so) for period in periods]
    return NoiDungBang(numbered(rows), f"{hien_co(periods, nam_so)}.")


def hien_co(periods: list[QuaTrinh], nam_so: NamSo) -> str:
    """ "Đến ngày 31/12/2026: 14 đoàn viên", as the roster of that day counts them."""
    now = {period.doan_vien_id for period in periods if _is_here(period, nam_so.den)}
    return f"Đến ngày {date_short(nam_so.den)}: {count(len(now))} đoàn viên"


def _member(period: QuaTrinh, nam_so: NamSo) -> list:
    nguoi = period.doan_vien
    born = date_short(nguoi.ngay_sinh)
    return [
        nguoi.ho_ten,
        born if nguoi.gioi_tinh == DoanVien.GioiTinh.NAM else "",
        born if nguoi.gioi_tinh == DoanVien.GioiTinh.NU else "",
        date_short(nguoi.ngay_vao_doan),
        nguoi.so_the,
        nguoi.nghe_nghiep,
        nguoi.noi_o or nguoi.thuong_tru,
        nguoi.chuc_vu,
        _note(period, nam_so),
    ]


def _note(period: QuaTrinh, nam_so: NamSo) -> str:
    """What happened to the membership within the year."""
    parts = []
    if period.tu_ngay >= nam_so.ky.start:
        parts.append(f"{period.get_ly_do_bat_dau_display()} {date_short(period.tu_ngay)}")
    if period.den_ngay and period.den_ngay <= nam_so.den:
        parts.append(f"{period.get_ly_do_ket_thuc_display()} {date_short(period.den_ngay)}")
    if period.doan_vien.gioi_tinh == DoanVien.GioiTinh.CHUA_RO:
        parts.append("chưa ghi giới tính")
    return "; ".join(parts)


def _is_here(period: QuaTrinh, day) -> bool:
    """Also on the last day: who belongs to the end of a day is counted on it everywhere."""
    return period.den_ngay is None or period.den_ngay >= day


def _gioi_thieu_ve(nam_so: NamSo) -> NoiDungBang:
    """Members of the branch who take part where they live."""
    members = QuaTrinh.objects.under(nam_so.don_vi).chinh_thuc().filter(tu_ngay__lte=nam_so.den)
    members = members.filter(Q(den_ngay__isnull=True) | Q(den_ngay__gte=nam_so.ky.start))
    away = QuaTrinh.objects.filter(
        loai=QuaTrinh.Loai.NOI_CU_TRU,
        doan_vien__in=members.values("doan_vien"),
        tu_ngay__lte=nam_so.den,
    ).exclude(den_ngay__lt=nam_so.ky.start)
    away = away.exclude(subtree("chi_doan__path", nam_so.don_vi.path))
    rows = away.select_related("doan_vien", "chi_doan").order_by("doan_vien__khoa_sap_xep", "pk")
    return NoiDungBang(
        numbered(
            [
                row.doan_vien.ho_ten,
                date_short(row.doan_vien.ngay_sinh),
                str(row.chi_doan),
                row.doan_vien.noi_o or row.doan_vien.thuong_tru,
                date_short(row.tu_ngay),
                date_short(row.den_ngay),
            ]
            for row in rows
        )
    )


def _tiep_nhan_ve(nam_so: NamSo) -> NoiDungBang:
    rows = trong_nam(nam_so, QuaTrinh.Loai.NOI_CU_TRU).select_related("doan_vien__chi_doan")
    return NoiDungBang(
        numbered(
            [
                row.doan_vien.ho_ten,
                date_short(row.doan_vien.ngay_sinh),
                row.doan_vien.don_vi_goc or str(row.doan_vien.chi_doan),
                row.doan_vien.nghe_nghiep,
                date_short(row.tu_ngay),
                date_short(row.den_ngay),
            ]
            for row in rows
        )
    )


def _trao_the(nam_so: NamSo) -> NoiDungBang:
    awarded = Q(doan_vien__the_ngay_cap__range=(nam_so.ky.start, nam_so.den))
    people = {row.doan_vien_id: row.doan_vien for row in trong_nam(nam_so).filter(awarded)}
    return NoiDungBang(
        numbered(
            [
                nguoi.ho_ten,
                date_short(nguoi.ngay_sinh),
                date_short(nguoi.ngay_vao_doan),
                nguoi.so_the,
                date_short(nguoi.the_ngay_cap),
                nguoi.the_noi_cap,
                "",
            ]
            for nguoi in people.values()
        )
    )


DANH_SACH = Bang(
    1,
    "Danh sách đoàn viên",
    "Mọi đồng chí đã sinh hoạt chính thức trong năm, kể cả người đã chuyển đi",
    _doan_vien,
    (
        Column("TT", 8, "center"),
        Column("Họ và tên", 46),
        Column("Nam", NGAY, "center", group="Ngày sinh"),
        Column("Nữ", NGAY, "center", group="Ngày sinh"),
        Column("Vào Đoàn", NGAY, "center"),
        Column("Số thẻ", 22, "center"),
        Column("Nghề nghiệp", 30),
        Column("Chỗ ở hiện nay", 36),
        Column("Chức vụ", 25),
        Column("Ghi chú"),
    ),
    co_chu=10.5,
)
GIOI_THIEU_VE = Bang(
    2,
    "Danh sách đoàn viên giới thiệu về nơi cư trú",
    "Đoàn viên của chi đoàn tham gia sinh hoạt ở nơi mình ở",
    _gioi_thieu_ve,
    (
        Column("TT", 8, "center"),
        Column("Họ và tên", 54),
        Column("Ngày sinh", 24, "center"),
        Column("Chi đoàn nơi cư trú"),
        Column("Chỗ ở hiện nay", 62),
        Column("Từ ngày", 24, "center"),
        Column("Đến ngày", 24, "center"),
    ),
)
TIEP_NHAN_VE = Bang(
    3,
    "Danh sách tiếp nhận đoàn viên từ nơi khác về nơi cư trú",
    "Đoàn viên cơ quan, trường học… về sinh hoạt nơi ở; không tính vào tổng số",
    _tiep_nhan_ve,
    (
        Column("TT", 8, "center"),
        Column("Họ và tên", 54),
        Column("Ngày sinh", 24, "center"),
        Column("Nơi sinh hoạt chính thức"),
        Column("Nghề nghiệp", 50),
        Column("Từ ngày", 24, "center"),
        Column("Đến ngày", 24, "center"),
    ),
)
TRAO_THE = Bang(
    10,
    "Trao Thẻ đoàn viên",
    "Thẻ được cấp trong năm",
    _trao_the,
    (
        Column("TT", 8, "center"),
        Column("Họ và tên", 54),
        Column("Ngày sinh", 24, "center"),
        Column("Vào Đoàn", 24, "center"),
        Column("Số thẻ", 32, "center"),
        Column("Ngày cấp", 24, "center"),
        Column("Nơi cấp"),
        Column("Ký nhận", 36),
    ),
)
