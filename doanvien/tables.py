from dataclasses import replace

from core.tables import Column, Table

CHUC_VU_THUONG = "Đoàn viên"


def state_of(moc):
    """What is unusual about a member on a day: (family, icon, word); plain when nothing is."""

    def state(row):
        if not row.is_dang_sinh_hoat:
            return "neutral", "archive", since_then(row)
        if row.is_di_lam_xa(moc.ngay):
            return "warn", "plane", "Đi làm xa"
        if row.ngay_sinh <= moc.qua_tuoi:
            return "warn", "cake", f"Đủ {moc.tuoi} tuổi"
        if row.ngay_sinh <= moc.sap_qua_tuoi:
            return "warn", "cake", f"Sắp đủ {moc.tuoi} tuổi"
        return "", "", "Đang sinh hoạt"

    return state


def since_then(row):
    """What became of somebody; in a list of an earlier day it says that it came later."""
    word = row.get_trang_thai_display()
    return f"Nay {word[:1].lower()}{word[1:]}" if hasattr(row, "chi_doan_khi_do") else word


def chuc_vu(row):
    """The office, when there is one to speak of."""
    return "" if row.chuc_vu == CHUC_VU_THUONG else row.chuc_vu


def ten_chi_doan(row):
    """The branch of the day that was asked for, else today's."""
    return getattr(row, "ten_chi_doan_khi_do", None) or row.chi_doan.ten


def link_of(row):
    """The person's page; none for who has moved out of one's units since that day."""
    return row.get_absolute_url() if getattr(row, "xem_duoc", True) else ""


def doan_vien_table(moc, *, is_contact=True):
    """`is_contact`: whether a file has numbers and addresses in full, or masked."""
    state = state_of(moc)
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
            Column(label="Ngày sinh", source="ngay_sinh", sort="ngay_sinh", meta=True),
            Column(label="Giới tính", source="get_gioi_tinh_display"),
            Column(
                label="Chi đoàn",
                source=ten_chi_doan,
                sort=("chi_doan__khoa_sap_xep", "khoa_sap_xep"),
                meta=True,
            ),
            Column(label="Nghề nghiệp", source="nghe_nghiep"),
            Column(label="Vào Đoàn", source="ngay_vao_doan", sort="ngay_vao_doan"),
            Column(label="Tình trạng", source=lambda row: state(row)[2], pill=state),
            *(FILE_COLUMNS if is_contact else tuple(map(_masked, FILE_COLUMNS))),
        ),
        empty_text="Chưa có đoàn viên nào trong sổ",
        sorted_by="khoa_sap_xep",
    )


FILE_COLUMNS = (
    Column(label="Chức vụ", source="chuc_vu", in_page=False),
    Column(label="Điện thoại", source="dien_thoai", in_page=False),
    Column(label="Địa chỉ thường trú", source="thuong_tru", in_page=False),
    Column(label="Chỗ ở hiện nay", source="noi_o", in_page=False),
    Column(label="Trình độ văn hóa", source="van_hoa", in_page=False),
    Column(label="Trình độ chuyên môn", source="chuyen_mon", in_page=False),
    Column(label="Nơi công tác, học tập", source="noi_cong_tac", in_page=False),
    Column(label="Số thẻ đoàn", source="so_the", in_page=False),
    Column(label="Số CCCD (4 số cuối)", source="cccd_cuoi", in_page=False),
)
"""Only in the workbook; nothing that takes the right to sensitive fields."""

CHE = {
    "dien_thoai": "dien_thoai_che",
    "thuong_tru": lambda row: "•••" if row.thuong_tru else "",
    "noi_o": lambda row: "•••" if row.noi_o else "",
}
"""What stands in a file for who does not work with the people in it."""


def _masked(column):
    return replace(column, source=CHE.get(column.source, column.source))
