from core.tables import Column, Table
from core.text.display import NBSP
from doanvien.models import ChuyenSinhHoat

T = ChuyenSinhHoat.TrangThai
_PILL = {
    T.TU_CHOI: ("bad", "undo-2"),
    T.XONG: ("ok", "check"),
    T.RUT: ("neutral", "archive"),
}
TEN_NGAN = {
    T.CHO_PHUONG_DI: "Chờ Đoàn cơ sở đi",
    T.CHO_PHUONG_DEN: "Chờ Đoàn cơ sở đến",
    T.CHO_CHI_DOAN_DEN: "Chờ chi đoàn đến",
    T.CHO_NOI_KHAC: "Chờ nơi đến",
    T.TU_CHOI: "Bị từ chối",
    T.XONG: "Đã tiếp nhận",
    T.RUT: "Đã rút",
}


def state_of(day, so_ngay_nhac):
    """Where a transfer stands: (family, icon, words), with the days it waits when they are many."""

    def state(row):
        family, icon = _PILL.get(row.trang_thai, ("info", "hourglass"))
        words = TEN_NGAN[row.trang_thai]
        days = (day - row.ngay_buoc).days
        if row.is_dang_mo and days >= so_ngay_nhac:
            return "bad" if family == "bad" else "warn", icon, f"{words}, {days}{NBSP}ngày"
        return family, icon, words

    return state


def chuyen_table(day, so_ngay_nhac):
    state = state_of(day, so_ngay_nhac)
    return Table(
        name="chuyen-sinh-hoat",
        columns=(
            Column(
                label="Họ và tên",
                source="doan_vien.ho_ten",
                link=True,
                sort=("doan_vien__khoa_sap_xep",),
                second="get_loai_display",
                primary=True,
            ),
            Column(label="Từ", source="ten_noi_di", meta=True),
            Column(label="Đến", source="ten_noi_den", meta="đến"),
            Column(label="Ngày đề nghị", source="ngay", sort="ngay"),
            Column(label="Bước gần nhất", source="ngay_buoc", sort="ngay_buoc"),
            Column(label="Tình trạng", source=lambda row: state(row)[2], pill=state),
            Column(label="Số giấy", source="so_giay", in_page=False),
            Column(label="Lý do", source="ly_do", in_page=False),
        ),
        empty_text="Chưa có ai chuyển sinh hoạt",
        empty_hint="Mở trang của đồng chí cần chuyển, chọn «Chuyển sinh hoạt».",
        empty_icon="arrow-right-left",
    )
