"""Xây dựng Đoàn, mở rộng mặt trận, tham gia xây dựng Đảng."""

from chidoan.models import HoatDong

from .cau import Cau, NhapMuc, chu_so, doan, nhap
from .doc import SoDoc
from .giao_duc import viet_neu_co
from .hoat_dong import cau_hoat_dong

MAT_TRAN = "Mở rộng mặt trận đoàn kết, tập hợp thanh niên"


def xay_dung_doan(doc: SoDoc) -> NhapMuc:
    mat_tran = doan(MAT_TRAN, cau_hoat_dong(doc, HoatDong.Loai.HOI_VIEN))
    return nhap(
        doan("Sinh hoạt và tổ chức cơ sở Đoàn", *_to_chuc(doc)),
        doan("Công tác đoàn viên", _doan_vien(doc)),
        doan("Đoàn phí", *_doan_phi(doc)),
        doan("Công tác cán bộ Đoàn", *_can_bo(doc)),
        mat_tran,
        doan("Tham gia xây dựng Đảng", *_dang(doc)),
        goi_y=[None if mat_tran else viet_neu_co([MAT_TRAN])],
    )


def _to_chuc(doc: SoDoc) -> list[Cau | None]:
    held = doc.cau("buoi_sinh_hoat", f"{doc.cac_chi_doan} tổ chức {{n}} buổi sinh hoạt")
    rate = doc.ty_le("ty_le_du_sinh_hoat")
    if held and rate.mau:
        percent = chu_so(doc.so("ty_le_du_sinh_hoat"))
        tail = f", {percent}% lượt đoàn viên dự ({chu_so(rate.tu)}/{chu_so(rate.mau)} lượt)"
        held = Cau(held.loi + tail, (*held.dan, doc.dan("ty_le_du_sinh_hoat")))
    return [
        held,
        None if doc.is_chi_doan else _du_buoi(doc),
        doc.gop(
            ("chi_doan_thanh_lap", "thành lập mới {n} chi đoàn"),
            ("chi_doan_giai_the", "giải thể, sáp nhập {n} chi đoàn"),
        ),
        doc.cau("nghi_quyet_xong", "làm xong {n} việc theo nghị quyết chi đoàn"),
    ]


def _du_buoi(doc: SoDoc) -> Cau | None:
    total = doc.so("chi_doan")
    return doc.cau(
        "chi_doan_sinh_hoat_du",
        f"{{n}}/{chu_so(total)} chi đoàn sinh hoạt đủ số buổi phải họp trong kỳ",
    )


def _doan_vien(doc: SoDoc) -> Cau | None:
    return doc.gop(
        ("ket_nap_moi", "kết nạp {n} đoàn viên mới"),
        ("chuyen_den", "tiếp nhận {n} đoàn viên chuyển đến"),
        ("chuyen_di", "{n} đoàn viên chuyển đi"),
        ("truong_thanh", "{n} đoàn viên trưởng thành Đoàn"),
        ("xoa_ten", "xóa tên {n} đoàn viên"),
    )


def _doan_phi(doc: SoDoc) -> list[Cau | None]:
    thu, nop = doc.so("doan_phi_da_thu"), doc.so("doan_phi_trich_nop")
    return [
        doc.cau("luot_dong_doan_phi", f"thu {chu_so(thu)} đồng đoàn phí với {{n}} lượt tháng đóng"),
        doc.cau(
            "lan_nop_doan_phi",
            f"{{n}} lần trích nộp, chi đoàn giữ lại {chu_so(doc.so('doan_phi_giu_lai'))} đồng, "
            f"nộp lên {chu_so(nop)} đồng",
        ),
    ]


def _can_bo(doc: SoDoc) -> list[Cau | None]:
    luot = doc.so("luot_tap_huan")
    tail = f", {chu_so(luot)} lượt cán bộ dự" if luot else ""
    return [
        doc.cau("lop_tap_huan", f"mở {{n}} lớp tập huấn cán bộ Đoàn{{ten}}{tail}", "luot_tap_huan"),
        doc.gop(
            ("thay_doi_bi_thu", "kiện toàn {n} bí thư chi đoàn"),
            ("lan_xuong", "ủy viên Ban Chấp hành dự, kiểm tra tại chi đoàn {n} lần"),
            ("tham_hoi", "thăm hỏi, tặng quà {n} lượt cán bộ, đoàn viên"),
        ),
    ]


def _dang(doc: SoDoc) -> list[Cau | None]:
    return [
        doc.gop(
            ("to_tu_duong", "duy trì {n} tổ tu dưỡng"),
            ("dang_boi_duong", "bồi dưỡng {n} đoàn viên ưu tú"),
            ("buoi_to_tu_duong", "họp tổ {n} buổi"),
        ),
        doc.gop(
            ("gioi_thieu_uu_tu", "giới thiệu {n} đoàn viên ưu tú cho cấp ủy"),
            ("hoc_nhan_thuc_dang", "{n} đoàn viên ưu tú học lớp nhận thức về Đảng"),
            ("duoc_ket_nap_dang", "{n} đoàn viên được kết nạp Đảng"),
        ),
        doc.gop(
            ("cong_van_hoi_ket_qua", "gửi {n} công văn đề nghị cấp ủy cho biết kết quả"),
            ("cong_van_duoc_tra_loi", "cấp ủy trả lời {n} công văn"),
        ),
    ]
