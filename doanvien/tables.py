from dataclasses import replace

from core.tables import Column, Table
from core.text import lowfirst

CHUC_VU_THUONG = "Đoàn viên"


def state_of(moc):
    """What is unusual about a member on a day: (family, icon, word); plain when nothing is."""

    def state(row):
        if not row.is_dang_sinh_hoat:
            return "neutral", "archive", since_then(row)
        if getattr(row, "dang_hoan_sh", False):
            return "warn", "clock", "Đang hoãn sinh hoạt"
        if row.is_di_lam_xa(moc.ngay):
            return "warn", "plane", "Đi làm xa"
        if getattr(row, "duoc_o_lai", False):
            return "", "", "Đang sinh hoạt"
        if row.ngay_sinh <= moc.qua_tuoi:
            return "warn", "cake", f"Đủ {moc.tuoi} tuổi"
        if row.ngay_sinh <= moc.sap_qua_tuoi:
            return "warn", "cake", f"Sắp đủ {moc.tuoi} tuổi"
        return "", "", "Đang sinh hoạt"

    return state


def since_then(row):
    """What became of somebody; in a list of an earlier day it says that it came later."""
    word = row.get_trang_thai_display()
    return f"Nay {lowfirst(word)}" if hasattr(row, "chi_doan_khi_do") else word


def chuc_vu(row):
    """The office, when there is one to speak of."""
    return "" if row.chuc_vu == CHUC_VU_THUONG else row.chuc_vu


def ten_chi_doan(row):
    """The branch of the day that was asked for, else today's."""
    return getattr(row, "ten_chi_doan_khi_do", None) or row.chi_doan.ten


def link_of(row):
    """The person's page; none for who has moved out of one's units since that day."""
    return row.get_absolute_url() if getattr(row, "xem_duoc", True) else ""


def columns_of(moc) -> dict[str, Column]:
    """Every column that one may choose, by its name in the address."""
    state = state_of(moc)
    return {
        "ngay_sinh": Column(label="Ngày sinh", source="ngay_sinh", sort="ngay_sinh", meta=True),
        "gioi_tinh": Column(label="Giới tính", source="get_gioi_tinh_display"),
        "chi_doan": Column(
            label="Chi đoàn",
            source=ten_chi_doan,
            sort=("chi_doan__khoa_sap_xep", "khoa_sap_xep"),
            meta=True,
        ),
        "nghe_nghiep": Column(label="Nghề nghiệp", source="nghe_nghiep"),
        "ngay_vao_doan": Column(label="Vào Đoàn", source="ngay_vao_doan", sort="ngay_vao_doan"),
        "tinh_trang": Column(label="Tình trạng", source=lambda row: state(row)[2], pill=state),
        "chuc_vu": Column(label="Chức vụ", source="chuc_vu"),
        "dien_thoai": Column(label="Điện thoại", source="dien_thoai", nowrap=True),
        "que_quan": Column(label="Quê quán", source="que_quan"),
        "thuong_tru": Column(label="Địa chỉ thường trú", source="thuong_tru"),
        "noi_o": Column(label="Chỗ ở hiện nay", source="noi_o"),
        "van_hoa": Column(label="Trình độ văn hóa", source="van_hoa"),
        "chuyen_mon": Column(label="Trình độ chuyên môn", source="chuyen_mon"),
        "ly_luan": Column(label="Lý luận chính trị", source="ly_luan"),
        "noi_cong_tac": Column(label="Nơi công tác, học tập", source="noi_cong_tac"),
        "doi_tuong": Column(label="Đối tượng", source="doi_tuong"),
        "hoi": Column(label="Hội", source="hoi"),
        "so_the": Column(label="Số thẻ đoàn", source="so_the"),
        "ma_dinh_danh": Column(label="Mã định danh", source="ma_dinh_danh"),
        "cccd_cuoi": Column(label="Số CCCD (4 số cuối)", source="cccd_cuoi"),
        "di_xa_noi": Column(label="Nơi đi làm xa", source="di_xa_noi"),
        "the_manh": Column(label="Thế mạnh", source="the_manh"),
    }


SAN = ("ngay_sinh", "gioi_tinh", "chi_doan", "nghe_nghiep", "ngay_vao_doan", "tinh_trang")
"""Shown when nothing else is asked for."""
TRONG_TEP = (
    "chuc_vu",
    "dien_thoai",
    "thuong_tru",
    "noi_o",
    "van_hoa",
    "chuyen_mon",
    "noi_cong_tac",
    "so_the",
    "cccd_cuoi",
)
"""Besides those, in a workbook; nothing that takes the right to sensitive fields."""


def doan_vien_table(moc, *, is_contact=True, chon=(), mot_chi_doan=False):
    """`is_contact`: whether numbers and addresses are in full, or masked; `chon`: the columns.

    With `mot_chi_doan` all are of one branch: its name stands in the file alone.
    """
    known = columns_of(moc)
    if mot_chi_doan and not chon:
        known["chi_doan"] = replace(known["chi_doan"], in_page=False)
    if not is_contact:
        known = {name: _masked(column) for name, column in known.items()}
    if chon:
        columns = [_on_card(known[name]) for name in chon]
    else:
        in_file = [replace(known[name], in_page=False) for name in TRONG_TEP]
        columns = [*(known[name] for name in SAN), *in_file]
    return Table(
        name="doan-vien",
        columns=(
            Column(
                label="Họ và tên",
                source="ho_ten",
                link=link_of,
                second=chuc_vu,
                sort=("khoa_sap_xep", "ngay_sinh"),
                primary=True,
            ),
            *columns,
        ),
        empty_text="Chưa có đoàn viên nào trong sổ",
        sorted_by="khoa_sap_xep",
    )


def _on_card(column):
    """A chosen column shows on a phone's card too, with its label before it."""
    if column.pill or column.meta:
        return column
    return replace(column, meta=lowfirst(column.label))


def fields_of(chon) -> list[str]:
    """The columns of the table that chosen columns are read from, for a query that names them."""
    return [name for name in chon if name not in SAN]


def cot_chon(params) -> list[str]:
    """The columns that an address asks for (`?cot=`), in the order of the list of columns."""
    asked = set(params.getlist("cot"))
    return [name for name in columns_of(None) if name in asked]


CHE = {
    "dien_thoai": "dien_thoai_che",
    "thuong_tru": lambda row: "•••" if row.thuong_tru else "",
    "noi_o": lambda row: "•••" if row.noi_o else "",
    "que_quan": lambda row: "•••" if row.que_quan else "",
}
"""What stands in a file for who does not work with the people in it."""


def _masked(column):
    return replace(column, source=CHE.get(column.source, column.source))
