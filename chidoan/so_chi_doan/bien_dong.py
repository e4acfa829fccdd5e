"""Tables 6 to 9: who left, came in, grew out, was taken off the roll."""

from datetime import timedelta

from core.pdf import Column
from core.text.numbers import date_short
from doanvien.models import ChuyenSinhHoat, QuaTrinh

from .bang import Bang, NamSo, NoiDungBang, numbered

MOT_NGAY = timedelta(days=1)
_DEN = QuaTrinh.LyDoBatDau
_DI = QuaTrinh.LyDoKetThuc
_NGUOI = (Column("TT", 8, "center"), Column("Họ và tên", 54), Column("Ngày sinh", 24, "center"))


def ended(nam_so: NamSo, *ly_do: str):
    """Official periods that ended in the year for one of these reasons, oldest first."""
    rows = QuaTrinh.objects.under(nam_so.don_vi).chinh_thuc()
    rows = rows.filter(ly_do_ket_thuc__in=ly_do, den_ngay__range=(nam_so.ky.start, nam_so.den))
    return rows.select_related("doan_vien", "chi_doan").order_by("den_ngay", "pk")


def begun(nam_so: NamSo, *ly_do: str):
    """Official periods that began in the year for one of these reasons, oldest first."""
    rows = QuaTrinh.objects.under(nam_so.don_vi).chinh_thuc()
    rows = rows.filter(ly_do_bat_dau__in=ly_do, tu_ngay__range=(nam_so.ky.start, nam_so.den))
    return rows.select_related("doan_vien", "chi_doan").order_by("tu_ngay", "pk")


def giay_di(period: QuaTrinh) -> ChuyenSinhHoat | None:
    """The transfer that ended this very period: its slip, among those of the person."""
    nexts = {row.pk for row in period.tiep_theo.all()}
    done = [
        row
        for row in period.doan_vien.chuyen_sinh_hoat.all()
        if row.is_chinh_thuc_xong and row.chi_doan_di_id == period.chi_doan_id
    ]
    led = [row for row in done if row.qua_trinh_id in nexts]
    left = [row for row in done if row.is_ra_ngoai and row.ngay <= period.den_ngay + MOT_NGAY]
    return max(led or left, key=lambda row: row.ngay, default=None)


def noi_den(period: QuaTrinh, giay: ChuyenSinhHoat | None) -> str:
    """Where a member went on: the branch of the period that follows, else what the slip says."""
    nexts = sorted(period.tiep_theo.all(), key=lambda row: row.tu_ngay)
    if nexts:
        return str(nexts[0].chi_doan)
    return giay.ten_noi_den if giay else ""


def _chuyen_di(nam_so: NamSo) -> NoiDungBang:
    rows = ended(nam_so, _DI.CHUYEN_DI, _DI.SAP_XEP).prefetch_related(
        "tiep_theo__chi_doan", "doan_vien__chuyen_sinh_hoat__phuong_den"
    )
    return NoiDungBang(
        numbered(
            [
                row.doan_vien.ho_ten,
                date_short(row.doan_vien.ngay_sinh),
                noi_den(row, giay),
                date_short(row.den_ngay),
                giay.so_giay if giay else "",
                row.get_ly_do_ket_thuc_display(),
            ]
            for row, giay in ((row, giay_di(row)) for row in rows)
        )
    )


def _moi_vao(nam_so: NamSo) -> NoiDungBang:
    rows = begun(nam_so, _DEN.KET_NAP, _DEN.CHUYEN_DEN, _DEN.SAP_XEP)
    rows = rows.select_related("truoc__chi_doan", "doan_vien__nguoi_gioi_thieu", "chuyen")
    return NoiDungBang(
        numbered(
            [
                row.doan_vien.ho_ten,
                date_short(row.doan_vien.ngay_sinh),
                row.get_ly_do_bat_dau_display(),
                date_short(row.tu_ngay),
                row.doan_vien.so_nghi_quyet if row.ly_do_bat_dau == _DEN.KET_NAP else "",
                _source(row),
            ]
            for row in rows
        )
    )


def _source(row: QuaTrinh) -> str:
    if row.ly_do_bat_dau == _DEN.KET_NAP:
        introducer = row.doan_vien.nguoi_gioi_thieu
        return f"Người giới thiệu: {introducer.ho_ten}" if introducer else ""
    if row.truoc:
        return f"Từ {row.truoc.chi_doan}"
    slip = getattr(row, "chuyen", None)
    return f"Từ {slip.noi_di}" if slip else ""


def _truong_thanh(nam_so: NamSo) -> NoiDungBang:
    return NoiDungBang(
        numbered(
            [
                row.doan_vien.ho_ten,
                date_short(row.doan_vien.ngay_sinh),
                date_short(row.doan_vien.ngay_vao_doan),
                str(row.doan_vien.tuoi(row.den_ngay)),
                date_short(row.den_ngay),
                row.so_quyet_dinh,
                "",
            ]
            for row in ended(nam_so, _DI.TRUONG_THANH)
        )
    )


def _xoa_ten(nam_so: NamSo) -> NoiDungBang:
    """Also who was expelled or died: each is said with tact, none is left out of the count."""
    return NoiDungBang(
        numbered(
            [
                row.doan_vien.ho_ten,
                date_short(row.doan_vien.ngay_sinh),
                row.get_ly_do_ket_thuc_display(),
                date_short(row.den_ngay),
                row.so_quyet_dinh,
                row.get_can_cu_display(),
            ]
            for row in ended(nam_so, _DI.XOA_TEN, _DI.KHAI_TRU, _DI.TU_TRAN)
        )
    )


CHUYEN_DI = Bang(
    6,
    "Đoàn viên chuyển đi",
    "Chuyển sinh hoạt chính thức đến nơi khác trong năm",
    _chuyen_di,
    (
        *_NGUOI,
        Column("Chuyển đến"),
        Column("Sinh hoạt đến hết ngày", 28, "center"),
        Column("Số giấy giới thiệu", 34, "center"),
        Column("Ghi chú", 36),
    ),
)
MOI_VAO = Bang(
    7,
    "Đoàn viên mới kết nạp và chuyển đến",
    "Vào sổ chi đoàn trong năm",
    _moi_vao,
    (
        *_NGUOI,
        Column("Vào sổ vì", 34),
        Column("Từ ngày", 24, "center"),
        Column("Số nghị quyết chuẩn y", 40, "center"),
        Column("Từ đâu đến, người giới thiệu"),
    ),
)
TRUONG_THANH = Bang(
    8,
    "Đoàn viên trưởng thành",
    "Trưởng thành Đoàn trong năm",
    _truong_thanh,
    (
        *_NGUOI,
        Column("Vào Đoàn", 24, "center"),
        Column("Tuổi", 16, "center"),
        Column("Trưởng thành ngày", 28, "center"),
        Column("Số quyết định", 46, "center"),
        Column("Ghi chú"),
    ),
)
XOA_TEN = Bang(
    9,
    "Xóa tên trong danh sách đoàn viên",
    "Xóa tên, khai trừ, từ trần trong năm",
    _xoa_ten,
    (
        *_NGUOI,
        Column("Lý do", 36),
        Column("Ngày", 24, "center"),
        Column("Số quyết định", 46, "center"),
        Column("Ghi chú"),
    ),
)
