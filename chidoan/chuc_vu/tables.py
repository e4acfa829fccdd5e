"""Offices, and branches without a secretary, as lists."""

from datetime import date, timedelta

from django.urls import reverse

from chidoan.models import ChucVu
from core.tables import Column, Table
from core.text.display import con_lai, so

SAP_HET = timedelta(days=30)


def trang_thai(row: ChucVu, day: date) -> tuple[str, str, str]:
    """What is to be known of a term on a day: family, icon, words; the normal case is quiet."""
    if row.tu_ngay > day:
        return "info", "calendar-clock", "Sắp giữ chức"
    if row.den_ngay and row.den_ngay < day:
        return "", "", "Đã thôi"
    if row.don_vi.is_chi_doan and row.doan_vien and not row.doan_vien.is_dang_sinh_hoat:
        return "warn", "circle-alert", "Không còn sinh hoạt"
    if row.doan_vien and row.doan_vien.is_di_lam_xa(day):
        return "warn", "plane", "Đang đi làm xa"
    if row.tam_quyen and row.den_ngay and row.den_ngay <= day + SAP_HET:
        return "warn", "hourglass", con_lai(row.den_ngay, day).capitalize()
    if row.han_nhiem_ky and row.han_nhiem_ky < day:
        return "warn", "hourglass", "Đã quá nhiệm kỳ"
    if row.tam_quyen:
        return "info", "clock", "Có thời hạn"
    return "", "", "Đương nhiệm"


def _don_vi(row: ChucVu) -> str:
    return str(row.don_vi)


def chuc_vu_table(day: date) -> Table:
    return Table(
        name="chuc-vu",
        columns=(
            Column(
                label="Họ và tên",
                source="ho_ten",
                link=True,
                sort=("doan_vien__khoa_sap_xep", "ho_ten"),
                primary=True,
            ),
            Column(label="Chức vụ", source="ten_chuc", sort="chuc_danh", meta=True),
            Column(label="Đơn vị", source=_don_vi, sort="don_vi__path", meta=True),
            Column(label="Từ ngày", source="tu_ngay", sort="tu_ngay", meta="từ"),
            Column(label="Đến hết ngày", source="den_ngay", sort="den_ngay"),
            Column(
                label="Tình trạng",
                source=lambda row: trang_thai(row, day)[2],
                pill=lambda row: trang_thai(row, day),
            ),
            Column(label="Cách giữ chức", source="get_cach_display", in_page=False),
            Column(label="Hết nhiệm kỳ", source="han_nhiem_ky", in_page=False),
            Column(label="Có quyền bầu", source="co_quyen", numeric=True, in_page=False),
            Column(label="Có mặt", source="co_mat", numeric=True, in_page=False),
            Column(label="Tán thành", source="tan_thanh", numeric=True, in_page=False),
            Column(label="Không tán thành", source="khong_tan_thanh", numeric=True, in_page=False),
            Column(label="Không hợp lệ", source="khong_hop_le", numeric=True, in_page=False),
            Column(label="Số quyết định", source="so_quyet_dinh", in_page=False),
            Column(label="Ngày quyết định", source="ngay_quyet_dinh", in_page=False),
            Column(label="Bố trí khi đi làm xa vì", source="ly_do_di_xa", in_page=False),
            Column(label="Thôi vì", source="ly_do_cong_khai", in_page=False),
        ),
        empty_text="Không có nhiệm kỳ nào",
        empty_hint="Ghi chức vụ ở trang của chi đoàn, hoặc trang Ban Chấp hành.",
        empty_icon="user-check",
    )


def khuyet_table(day: date, *, may_assign: bool) -> Table:
    """Branches that have had no secretary for the set number of days."""
    return Table(
        name="khuyet-bi-thu",
        columns=(
            Column(label="Chi đoàn", source="ten", link=True, sort="path", primary=True),
            Column(
                label="Khuyết từ",
                source="khuyet_tu",
                sort="thoi_cuoi",
                meta="khuyết từ",
            ),
            Column(
                label="Số ngày",
                source=lambda row: (day - row.thoi_cuoi).days if row.thoi_cuoi else None,
                numeric=True,
                pill=lambda row: _so_ngay(row, day),
            ),
            Column(label="Bí thư trước", source="bi_thu_truoc"),
            Column(label="Đoàn viên", source="so_doan_vien", numeric=True, meta="đoàn viên"),
            Column(label="Phụ trách", source="ten_phu_trach", meta="phụ trách"),
            *(
                [
                    Column(
                        label="Việc",
                        source=lambda row: reverse("chidoan:doi_bi_thu", args=[row.pk]),
                        template="chidoan/chuc_vu/_cu_bi_thu.html",
                        act=True,
                        in_file=False,
                    )
                ]
                if may_assign
                else []
            ),
        ),
        empty_text="Chi đoàn nào cũng có bí thư",
        empty_icon="circle-check",
    )


def _so_ngay(row, day: date) -> tuple[str, str, str]:
    if not row.khuyet_tu:
        return "bad", "circle-alert", "Chưa có lần nào"
    return "bad", "circle-alert", f"{so((day - row.thoi_cuoi).days)} ngày"
