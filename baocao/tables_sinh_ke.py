"""Rows of inspection, livelihood and advice behind a figure: columns, what is read along, order."""

from core.tables import Column

_KIEM_TRA = (
    Column(
        label="Cuộc kiểm tra",
        source="chuyen_de",
        link=True,
        second=lambda row: row.get_hinh_thuc_display(),
        primary=True,
    ),
    Column(label="Đơn vị được kiểm tra", source="doi_tuong.ten_day_du", meta=True),
    Column(label="Ngày tiến hành", source="ngay", meta=True),
    Column(label="Tình trạng", source="get_trang_thai_display", meta=True),
)
_THAM_MUU = (
    Column(label="Nội dung", source="noi_dung", link=True, second="noi_nhan_la", primary=True),
    Column(label="Đơn vị", source="don_vi.ten_day_du", meta=True),
    Column(label="Ngày gửi", source="ngay", meta="gửi"),
    Column(label="Kết quả", source="get_ket_qua_display", meta=True),
    Column(label="Ngày trả lời", source="ngay_tra_loi"),
    Column(label="Kinh phí (đồng)", source="kinh_phi", numeric=True),
)
COT: dict[str, tuple[Column, ...]] = {
    "kiem_tra": _KIEM_TRA,
    "don_vi_kiem_tra": _KIEM_TRA,
    "kien_nghi_xong": (
        Column(label="Kiến nghị", source="noi_dung", link=True, primary=True),
        Column(label="Đơn vị", source="cuoc.doi_tuong.ten_day_du", meta=True),
        Column(label="Khắc phục xong", source="ngay_xong", meta=True),
    ),
    "to_tiet_kiem": (
        Column(label="Tổ", source="ten", link=True, primary=True),
        Column(label="Đơn vị quản lý", source="don_vi.ten_day_du", meta=True),
        Column(label="Tổ trưởng", source="to_truong_la", meta=True),
        Column(label="Nhận ủy thác", source="tu_ngay"),
    ),
    "so_du_to": (
        Column(label="Tổ", source="to.ten", link=True, primary=True),
        Column(label="Đơn vị quản lý", source="to.don_vi.ten_day_du", meta=True),
        Column(label="Số liệu của", source=lambda row: row.ky.ten, meta=True),
        Column(label="Tổ viên", source="so_thanh_vien", numeric=True),
        Column(label="Dư nợ (đồng)", source="du_no", numeric=True, meta="dư nợ"),
        Column(label="Nợ quá hạn (đồng)", source="no_qua_han", numeric=True),
    ),
    "mo_hinh_kinh_te": (
        Column(label="Mô hình", source="ten", link=True, primary=True),
        Column(label="Đoàn viên", source="doan_vien.ho_ten", meta=True),
        Column(label="Chi đoàn", source="chi_doan.ten", meta=True),
        Column(label="Loại", source="get_loai_display", meta=True),
        Column(label="Từ ngày", source="tu_ngay"),
    ),
    "ho_tro": (
        Column(label="Người được giúp", source="cho_ai", link=True, primary=True),
        Column(label="Đơn vị", source="don_vi.ten_day_du", meta=True),
        Column(label="Ngày", source="ngay", meta=True),
        Column(label="Nội dung, kết quả", source="ket_qua"),
        Column(label="Số tiền (đồng)", source="so_tien", numeric=True),
    ),
    "tham_muu": _THAM_MUU,
    "tham_muu_duoc": _THAM_MUU,
}
KEM: dict[str, tuple[str, ...]] = {
    "kiem_tra": ("don_vi", "doi_tuong"),
    "don_vi_kiem_tra": ("don_vi", "doi_tuong"),
    "kien_nghi_xong": ("cuoc__don_vi", "cuoc__doi_tuong"),
    "to_tiet_kiem": ("don_vi", "to_truong"),
    "so_du_to": ("to__don_vi",),
    "mo_hinh_kinh_te": ("doan_vien", "chi_doan"),
    "ho_tro": ("don_vi", "doan_vien"),
    "tham_muu": ("don_vi",),
    "tham_muu_duoc": ("don_vi",),
}
THU_TU: dict[str, tuple[str, ...]] = {
    "kiem_tra": ("ngay", "pk"),
    "don_vi_kiem_tra": ("ngay", "pk"),
    "kien_nghi_xong": ("ngay_xong", "pk"),
    "to_tiet_kiem": ("don_vi__path", "ten", "pk"),
    "so_du_to": ("to__don_vi__path", "to__ten", "pk"),
    "mo_hinh_kinh_te": ("doan_vien__khoa_sap_xep", "pk"),
    "ho_tro": ("ngay", "pk"),
    "tham_muu": ("ngay", "pk"),
    "tham_muu_duoc": ("ngay_tra_loi", "pk"),
}
