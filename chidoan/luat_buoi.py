"""What a meeting is asked for, as data: the service refuses with these sentences, and the page's
script warns with them where there is no network. Words in braces are filled in."""

CAU = {
    "chua_den": "Ngày họp {ngay} chưa đến. Buổi sinh hoạt được ghi từ ngày họp.",
    "truoc_thanh_lap": (
        "{chi_doan} thành lập ngày {thanh_lap}, sau ngày họp {ngay}. Xem lại ngày họp."
    ),
    "sau_ket_thuc": "{chi_doan} kết thúc hoạt động ngày {ket_thuc}.",
    "gio": "Giờ kết thúc phải sau giờ bắt đầu.",
    "danh_sach_trong": "{chi_doan} chưa có đoàn viên nào vào ngày {ngay}.",
    "nguoi": "Chọn {vai} trong danh sách đoàn viên ngày họp.",
    "nguoi_vang": ("Đồng chí {vai} đang được điểm danh vắng. Sửa điểm danh hoặc chọn người khác."),
    "phieu": "Tổng số phiếu {so} lớn hơn số có mặt {nhieu_nhat}. Kiểm lại phiếu.",
    "phieu_co_mat": "Số có mặt {so} lớn hơn số có quyền biểu quyết {nhieu_nhat}.",
    "phieu_du_hop": "Số có mặt {so} lớn hơn số dự họp {nhieu_nhat}.",
    "phieu_co_quyen": "Số có quyền {so} lớn hơn danh sách {nhieu_nhat}.",
    "ket_qua_xong": "Ghi một câu kết quả của nghị quyết đã xong.",
    "ket_qua_thoi": "Ghi một câu lý do thôi làm.",
    "nghi_quyet_nguoi": "Chọn người phụ trách «{viec}» trong danh sách đoàn viên.",
    "nghi_quyet_han": "Hạn {han} của «{viec}» trước ngày họp. Chọn ngày sau.",
    "can_viec": "Ghi việc cần làm, hoặc bỏ người phụ trách.",
    "can_nguoi": "Chọn người phụ trách.",
    "can_han": "Ghi hạn, ví dụ 05/02/2026.",
    "can_tan_thanh": "Ghi số tán thành; không ai tán thành thì ghi 0.",
    "can_viec_phieu": "Ghi việc được biểu quyết.",
}
"""Sentences by rule."""

VAI = {"chu_tri": "chủ trì", "thu_ky": "thư ký"}
"""Who is named among those present: field and words."""


def cau(luat: str, **parts) -> str:
    """The sentence of a rule."""
    return CAU[luat].format(**parts)
