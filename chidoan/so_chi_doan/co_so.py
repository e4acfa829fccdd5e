"""The books of the Đoàn cơ sở: members, admissions and cards, referrals, yearly ratings."""

from chidoan.xep_loai.muc_chi_doan import trong_so
from core.pdf import Column, GroupRow
from core.text.numbers import count, date_short
from doanvien.models import ChuyenSinhHoat, QuaTrinh

from .bang import Bang, NamSo, NoiDungBang, numbered
from .bien_dong import begun
from .danh_sach import hien_co, trong_nam

_NGUOI = (Column("TT", 9, "center"), Column("Họ và tên", 46), Column("Ngày sinh", 22, "center"))


def _danh_sach(nam_so: NamSo) -> NoiDungBang:
    """Branch by branch; numbering runs on, as in the paper book."""
    rows, number, branch = [], 0, None
    periods = list(
        trong_nam(nam_so).order_by(
            "chi_doan__path", "doan_vien__khoa_sap_xep", "doan_vien", "tu_ngay"
        )
    )
    for period in periods:
        if period.chi_doan != branch:
            branch = period.chi_doan
            rows.append(GroupRow(str(branch)))
        number += 1
        rows.append([str(number), *_member(period, nam_so)])
    note = f"Cộng: {count(number)} lượt đoàn viên trong năm. {hien_co(periods, nam_so)}."
    return NoiDungBang(rows, note if rows else "")


def _member(period: QuaTrinh, nam_so: NamSo) -> list:
    nguoi = period.doan_vien
    left = period.den_ngay and period.den_ngay <= nam_so.den
    return [
        nguoi.ho_ten,
        date_short(nguoi.ngay_sinh),
        nguoi.get_gioi_tinh_display(),
        nguoi.noi_o or nguoi.thuong_tru,
        nguoi.nghe_nghiep,
        date_short(nguoi.ngay_vao_doan),
        nguoi.so_the,
        date_short(period.tu_ngay),
        f"{date_short(period.den_ngay)}\n{period.get_ly_do_ket_thuc_display()}" if left else "",
    ]


def _ket_nap(nam_so: NamSo) -> NoiDungBang:
    rows = begun(nam_so, QuaTrinh.LyDoBatDau.KET_NAP)
    rows = rows.select_related("doan_vien__nguoi_gioi_thieu")
    return NoiDungBang(
        numbered(
            [
                row.doan_vien.ho_ten,
                date_short(row.doan_vien.ngay_sinh),
                row.chi_doan.ten,
                row.doan_vien.so_nghi_quyet,
                date_short(row.doan_vien.ngay_vao_doan),
                row.doan_vien.nguoi_gioi_thieu.ho_ten if row.doan_vien.nguoi_gioi_thieu else "",
                row.doan_vien.so_the,
                date_short(row.doan_vien.the_ngay_cap),
                "",
            ]
            for row in rows
        )
    )


def _gioi_thieu(nam_so: NamSo) -> NoiDungBang:
    ky = nam_so.ky
    rows = ChuyenSinhHoat.objects.filter(ngay_gioi_thieu__range=(ky.start, nam_so.den))
    out = rows.filter(phuong_di=nam_so.don_vi).for_list().order_by("ngay_gioi_thieu", "pk")
    came = rows.filter(phuong_den=nam_so.don_vi).exclude(phuong_di=nam_so.don_vi)
    came = came.for_list().order_by("ngay_gioi_thieu", "pk")
    table: list = []
    if out:
        table += [GroupRow("Giới thiệu đi"), *numbered(_slip(row) for row in out)]
    if came:
        table += [GroupRow("Tiếp nhận đến"), *numbered(_slip(row) for row in came)]
    return NoiDungBang(table)


def _slip(row: ChuyenSinhHoat) -> list:
    return [
        row.doan_vien.ho_ten,
        date_short(row.doan_vien.ngay_sinh),
        row.get_loai_display(),
        str(row.chi_doan_di or row.noi_di),
        str(row.chi_doan_den or row.phuong_den or row.noi_den),
        row.so_giay,
        date_short(row.ngay_gioi_thieu),
        row.get_trang_thai_display(),
    ]


def _xep_loai(nam_so: NamSo) -> NoiDungBang:
    return NoiDungBang(
        numbered(
            [
                str(row.don_vi),
                row.get_doi_tuong_display(),
                row.ten,
                row.thang_day_du,
                row.so_quyet_dinh,
                date_short(row.ngay),
            ]
            for row in trong_so(nam_so.don_vi, nam_so.nam, nam_so.den)
        )
    )


SO_DANH_SACH = Bang(
    1,
    "Sổ danh sách đoàn viên",
    "Toàn phường, từng chi đoàn, mọi đồng chí đã sinh hoạt trong năm",
    _danh_sach,
    (
        *_NGUOI,
        Column("Giới tính", 16, "center"),
        Column("Chỗ ở hiện nay"),
        Column("Nghề nghiệp", 32),
        Column("Vào Đoàn", 22, "center"),
        Column("Số thẻ", 22, "center"),
        Column("Từ ngày", 22, "center"),
        Column("Thôi sinh hoạt", 30, "center"),
    ),
    co_chu=10,
)
KET_NAP_TRAO_THE = Bang(
    2,
    "Sổ theo dõi kết nạp và trao Thẻ đoàn viên",
    "Kết nạp trong năm, số nghị quyết, người giới thiệu, thẻ",
    _ket_nap,
    (
        *_NGUOI,
        Column("Chi đoàn"),
        Column("Số nghị quyết", 26, "center"),
        Column("Ngày kết nạp", 22, "center"),
        Column("Người giới thiệu", 42),
        Column("Số thẻ", 22, "center"),
        Column("Trao thẻ", 22, "center"),
        Column("Ký nhận", 20),
    ),
    co_chu=10.5,
)
GIOI_THIEU_TIEP_NHAN = Bang(
    3,
    "Sổ giới thiệu và tiếp nhận sinh hoạt Đoàn",
    "Giấy giới thiệu đi và tiếp nhận đến trong năm",
    _gioi_thieu,
    (
        *_NGUOI,
        Column("Loại", 36),
        Column("Nơi đi", 40),
        Column("Nơi đến"),
        Column("Số giấy", 28, "center"),
        Column("Ngày", 21, "center"),
        Column("Kết quả", 30),
    ),
    co_chu=10.5,
)
XEP_LOAI_TO_CHUC = Bang(
    4,
    "Sổ kết quả đánh giá, xếp loại tổ chức Đoàn",
    "Đoàn cơ sở, các chi đoàn và Ban Chấp hành, mỗi kết quả theo thang của năm",
    _xep_loai,
    (
        Column("TT", 9, "center"),
        Column("Đơn vị"),
        Column("Xếp loại cho", 32, "center"),
        Column("Kết quả", 56),
        Column("Thang", 48),
        Column("Số quyết định", 30, "center"),
        Column("Ngày", 22, "center"),
    ),
)
