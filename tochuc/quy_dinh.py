"""Dated settings: what ships, and what applies to a unit on a day.

Nothing that a guidance paper can change is a constant: each key below has a kind, a label
and its shipped values with the day each began to apply and the paper it comes from. Rows of
`QuyDinh` replace them, for everybody or for one unit and what is below it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from core.errors import RuleError

from .ghi_nho import remembered
from .models import DonVi, QuyDinh
from .scoping import path_prefixes

LUON_LUON = date(1931, 3, 26)  # the Union's founding day: "always"


@dataclass(frozen=True)
class Moc:
    """One value: from which day, on what paper; a shipped one is of no unit."""

    tu_ngay: date
    gia_tri: Any
    can_cu: str
    don_vi: DonVi | None = None


@dataclass(frozen=True)
class Khoa:
    """One key: `kieu` is so_nguyen, ty_le (a fraction as "2/3") or chu."""

    ma: str
    nhan: str
    kieu: str
    moc: tuple[Moc, ...]
    don_vi_tinh: str = ""
    lua_chon: tuple[str, ...] = ()


def _mot(ma, nhan, kieu, gia_tri, can_cu, don_vi_tinh="", lua_chon=()):
    return Khoa(ma, nhan, kieu, (Moc(LUON_LUON, gia_tri, can_cu),), don_vi_tinh, lua_chon)


_HD33 = "33-HD/TWĐTN-BTC ngày 07/10/2019"
_HD29 = "29-HD/TWĐTN-VP ngày 29/10/2013"
_NQ07 = "Nghị quyết 07-NQ/TWĐTN ngày 25/11/2010"
_HD_DOAN_PHI = "Hướng dẫn thu, nộp và sử dụng đoàn phí"
_ND356 = "Nghị định 356/2025/NĐ-CP ngày 31/12/2025"
_BAI_QUE_PHONG = "Huyện đoàn Quế Phong, Quỳ Châu: nâng chất lượng bí thư chi đoàn, 2020"
_DE_XUAT = "Nếp làm việc, chưa có văn bản"
_PHAN_MEM = "Hướng dẫn sử dụng phần mềm Quản lý đoàn viên: 9 biểu 6 tháng và năm"

KHOA: dict[str, Khoa] = {
    khoa.ma: khoa
    for khoa in (
        Khoa(
            "tuoi_ket_nap_toi_thieu",
            "Tuổi tối thiểu khi kết nạp Đoàn",
            "chu",
            (Moc(LUON_LUON, "15+1", "22-HD/TWĐTN ngày 28/6/2013: đủ 15 tuổi và 01 ngày"),),
            "tuổi + ngày",
        ),
        _mot(
            "tuoi_ket_nap_toi_da",
            "Tuổi tối đa khi kết nạp Đoàn, tính hết năm tuổi ấy",
            "so_nguyen",
            30,
            "Điều lệ Đoàn; 22-HD/TWĐTN ngày 28/6/2013",
            "tuổi",
        ),
        _mot(
            "thang_gioi_thieu",
            "Số tháng đoàn viên giới thiệu đã cùng sinh hoạt, công tác",
            "so_nguyen",
            3,
            "22-HD/TWĐTN ngày 28/6/2013",
            "tháng",
        ),
        _mot(
            "nguong_ket_nap",
            "Tỷ lệ phiếu kết nạp Đoàn phải vượt, trên số có mặt",
            "ty_le",
            "1/2",
            "Điều lệ Đoàn: trên một phần hai số có mặt đồng ý",
        ),
        _mot(
            "tuoi_truong_thanh", "Tuổi trưởng thành Đoàn", "so_nguyen", 30, "Điều lệ Đoàn", "tuổi"
        ),
        _mot(
            "tuoi_o_lai_toi_da",
            "Tuổi muộn nhất được ở lại sinh hoạt theo nguyện vọng",
            "so_nguyen",
            35,
            "Điều lệ Đoàn",
            "tuổi",
        ),
        _mot(
            "thoi_han_hoan",
            "Thời gian hoãn sinh hoạt mỗi lần, nhiều nhất",
            "so_nguyen",
            12,
            "Điều lệ Đoàn XIII, chưa đối chiếu văn bản hướng dẫn",
            "tháng",
        ),
        _mot("nguong_bch_chi_doan", "Số đoàn viên để bầu BCH chi đoàn", "so_nguyen", 9, _HD33),
        _mot(
            "chi_doan_toi_thieu",
            "Số đoàn viên tối thiểu của chi đoàn",
            "so_nguyen",
            3,
            "Điều lệ Đoàn",
        ),
        _mot(
            "chi_doan_nho",
            "Chi đoàn nhỏ: ghi chú khi xếp hạng",
            "so_nguyen",
            5,
            _DE_XUAT,
            "đoàn viên",
        ),
        _mot(
            "to_tu_duong_quy_mo",
            "Số người của tổ tu dưỡng",
            "so_nguyen",
            10,
            "Mô hình Đoàn phường I, 2018",
        ),
        _mot(
            "nguong_chi_doan_de_xuat",
            "Tỷ lệ phiếu chi đoàn đề xuất vào tổ tu dưỡng: quá mức này của tổng số đoàn viên",
            "ty_le",
            "1/2",
            _DE_XUAT,
        ),
        _mot(
            "nguong_chi_doan_de_nghi",
            "Tỷ lệ phiếu chi đoàn đề nghị giới thiệu",
            "ty_le",
            "2/3",
            _DE_XUAT,
        ),
        _mot(
            "nguong_bch_gioi_thieu",
            "Tỷ lệ phiếu BCH giới thiệu, trên tổng số ủy viên",
            "ty_le",
            "1/2",
            "Mẫu 4-KNĐ; nguyên tắc quá nửa",
        ),
        _mot(
            "han_danh_gia_mo_hinh",
            "Số ngày sau khi hết quý phải đánh giá mô hình",
            "so_nguyen",
            15,
            _DE_XUAT,
            "ngày",
        ),
        _mot("han_cap_uy_tra_loi", "Số ngày chờ cấp ủy trả lời", "so_nguyen", 90, _DE_XUAT, "ngày"),
        _mot(
            "han_tra_loi_tham_muu",
            "Số ngày chờ trả lời nội dung tham mưu",
            "so_nguyen",
            30,
            _DE_XUAT,
            "ngày",
        ),
        _mot(
            "han_tra_loi_cong_van",
            "Số ngày đề nghị trả lời công văn",
            "so_nguyen",
            20,
            _DE_XUAT,
            "ngày",
        ),
        _mot(
            "cong_van_bao_cap_tren",
            "Số ngày quá hạn trả lời công văn thì cấp trên cùng thấy",
            "so_nguyen",
            30,
            _DE_XUAT,
            "ngày",
        ),
        _mot(
            "nhan_anh_giay_to_dang",
            "Nhận ảnh chụp giấy tờ của Đảng trong hồ sơ giới thiệu",
            "so_nguyen",
            0,
            _DE_XUAT,
            "",
            ("0", "1"),
        ),
        _mot(
            "tuoi_vao_dang",
            "Tuổi vào Đảng, đủ theo tháng",
            "so_nguyen",
            18,
            "Điều lệ Đảng, Điều 1",
            "tuổi",
        ),
        _mot(
            "hieu_luc_chung_nhan",
            "Giá trị giấy chứng nhận nhận thức về Đảng",
            "so_nguyen",
            60,
            "06-HD/TW ngày 09/6/2025",
            "tháng",
        ),
        Khoa(
            "phien_ban_mau_gioi_thieu",
            "Hướng dẫn của các mẫu giới thiệu vào Đảng",
            "chu",
            (
                Moc(LUON_LUON, "29-QĐ/TW", "Quy định 29-QĐ/TW ngày 25/7/2016"),
                Moc(date(2021, 7, 30), "24-QĐ/TW", "Quy định 24-QĐ/TW ngày 30/7/2021"),
                Moc(date(2025, 7, 1), "06-HD/TW", "06-HD/TW ngày 09/6/2025"),
            ),
        ),
        _mot(
            "thoi_gian_du_bi",
            "Thời gian dự bị của đảng viên",
            "so_nguyen",
            12,
            "Điều lệ Đảng, Điều 5",
            "tháng",
        ),
        _mot(
            "nhan_xet_du_bi_sau",
            "Ban Chấp hành nhận xét đảng viên dự bị khi đã kết nạp được",
            "so_nguyen",
            11,
            _DE_XUAT,
            "tháng",
        ),
        _mot(
            "so_quy_boi_duong",
            "Số quý được tổ tu dưỡng đánh giá trước khi giới thiệu",
            "so_nguyen",
            4,
            _DE_XUAT,
            "quý",
        ),
        _mot(
            "hieu_luc_nghi_quyet",
            "Giá trị nghị quyết giới thiệu đoàn viên ưu tú",
            "so_nguyen",
            12,
            _DE_XUAT,
            "tháng",
        ),
        _mot(
            "han_bao_cao_quy",
            "Ngày của tháng cuối quý phải nộp báo cáo",
            "so_nguyen",
            25,
            _DE_XUAT,
            "ngày",
        ),
        _mot(
            "han_bao_cao_chi_doan",
            "Ngày của tháng cuối quý chi đoàn phải nộp báo cáo",
            "so_nguyen",
            20,
            _DE_XUAT,
            "ngày",
        ),
        _mot(
            "han_bao_cao_nua_nam",
            "Ngày phải nộp báo cáo 6 tháng đầu năm",
            "chu",
            "30/6",
            _PHAN_MEM,
        ),
        _mot("han_bao_cao_nam", "Ngày phải nộp báo cáo năm", "chu", "30/11", _PHAN_MEM),
        _mot(
            "nhan_bao_cao_muon",
            "Số ngày sau hạn vẫn nhận báo cáo, ghi là nộp muộn",
            "so_nguyen",
            90,
            _DE_XUAT,
            "ngày",
        ),
        Khoa(
            "bao_cao_chi_doan",
            "Chi đoàn nộp báo cáo quý trên hệ thống",
            "so_nguyen",
            (
                Moc(LUON_LUON, 0, _DE_XUAT),
                Moc(date(2026, 10, 1), 1, "Quản lý đoàn viên: chi đoàn báo cáo hằng quý"),
            ),
            "",
            ("0", "1"),
        ),
        _mot(
            "han_ghi_sinh_hoat",
            "Ngày cuối tháng nhắc ghi buổi sinh hoạt",
            "so_nguyen",
            25,
            _DE_XUAT,
            "ngày",
        ),
        _mot(
            "diem_danh_phut",
            "Số phút mở mã QR tự điểm danh mỗi lần",
            "so_nguyen",
            60,
            _DE_XUAT,
            "phút",
        ),
        _mot(
            "can_giup_thang",
            "Số tháng liền không sinh hoạt thì chi đoàn cần giúp",
            "so_nguyen",
            2,
            _DE_XUAT,
            "tháng",
        ),
        _mot(
            "theo_doi_thang_truong_thanh",
            "Theo dõi chi đoàn sắp có nhiều người trưởng thành: nhìn trước",
            "so_nguyen",
            12,
            _DE_XUAT,
            "tháng",
        ),
        _mot(
            "theo_doi_dot_truong_thanh",
            "Quá phần này của chi đoàn sắp trưởng thành thì theo dõi",
            "ty_le",
            "1/2",
            _DE_XUAT,
        ),
        _mot(
            "can_giup_du_hop",
            "Tỷ lệ dự sinh hoạt 3 tháng qua, dưới mức này chi đoàn cần giúp",
            "ty_le",
            "1/2",
            _DE_XUAT,
        ),
        _mot(
            "can_giup_nghi_quyet",
            "Số nghị quyết quá hạn thì chi đoàn cần giúp",
            "so_nguyen",
            2,
            _DE_XUAT,
            "nghị quyết",
        ),
        _mot(
            "can_giup_giam",
            "Dự sinh hoạt 3 tháng giảm từ mức này so với 3 tháng trước thì nhắc",
            "so_nguyen",
            15,
            _DE_XUAT,
            "điểm",
        ),
        _mot(
            "can_giup_doan_phi",
            "Số tháng chưa thu đoàn phí thì chi đoàn cần giúp",
            "so_nguyen",
            3,
            _DE_XUAT,
            "tháng",
        ),
        _mot(
            "can_giup_ket_nap",
            "Từ tháng nào nhắc chi đoàn cả năm chưa kết nạp ai",
            "so_nguyen",
            10,
            _DE_XUAT,
            "tháng",
        ),
        _mot(
            "can_giup_tu_diem",
            "Tổng điểm từ mức này thì chi đoàn cần giúp; thấp hơn chỉ là lưu ý",
            "so_nguyen",
            10,
            _DE_XUAT,
            "điểm",
        ),
        _mot(
            "can_giup_diem_khong_hop",
            "Điểm cần giúp: nhiều tháng liền không sinh hoạt",
            "so_nguyen",
            30,
            _DE_XUAT,
            "điểm",
        ),
        _mot(
            "can_giup_diem_moi_thang",
            "Điểm cần giúp: thêm cho mỗi tháng không sinh hoạt",
            "so_nguyen",
            5,
            _DE_XUAT,
            "điểm",
        ),
        _mot(
            "can_giup_diem_bi_thu",
            "Điểm cần giúp: khuyết bí thư",
            "so_nguyen",
            25,
            _DE_XUAT,
            "điểm",
        ),
        _mot(
            "can_giup_diem_du_hop",
            "Điểm cần giúp: dự sinh hoạt thấp",
            "so_nguyen",
            20,
            _DE_XUAT,
            "điểm",
        ),
        _mot(
            "can_giup_diem_giam",
            "Điểm cần giúp: dự sinh hoạt giảm",
            "so_nguyen",
            12,
            _DE_XUAT,
            "điểm",
        ),
        _mot(
            "can_giup_diem_doan_vien",
            "Điểm cần giúp: còn ít đoàn viên",
            "so_nguyen",
            15,
            _DE_XUAT,
            "điểm",
        ),
        _mot(
            "can_giup_diem_nghi_quyet",
            "Điểm cần giúp: nghị quyết quá hạn, thêm 1 cho mỗi nghị quyết",
            "so_nguyen",
            10,
            _DE_XUAT,
            "điểm",
        ),
        _mot(
            "can_giup_diem_doan_phi",
            "Điểm cần giúp: chậm thu đoàn phí",
            "so_nguyen",
            10,
            _DE_XUAT,
            "điểm",
        ),
        _mot(
            "can_giup_diem_ket_nap",
            "Điểm cần giúp: cả năm chưa kết nạp",
            "so_nguyen",
            5,
            _DE_XUAT,
            "điểm",
        ),
        _mot(
            "xep_hang_chi_doan_nho",
            "Xếp hạng cả chi đoàn nhỏ",
            "so_nguyen",
            0,
            _DE_XUAT,
            "",
            ("0", "1"),
        ),
        _mot(
            "chi_doan_moi_thang",
            "Chi đoàn mới lập chưa đủ số tháng này thì chưa xếp loại",
            "so_nguyen",
            6,
            _HD33,
            "tháng",
        ),
        _mot(
            "mau_so_xep_loai",
            "Mẫu số của tỷ lệ đoàn viên xếp loại tốt trở lên",
            "chu",
            "da_xep_loai",
            "33-HD/TWĐTN-BTC không nói rõ; mặc định bỏ người chưa xếp loại",
            "",
            ("da_xep_loai", "tong_doan_vien"),
        ),
        _mot(
            "doan_phi_khong_luong",
            "Đoàn phí một tháng của đoàn viên không hưởng lương",
            "so_nguyen",
            2000,
            _NQ07,
            "đồng",
        ),
        _mot(
            "doan_phi_huong_luong",
            "Đoàn phí một tháng của đoàn viên hưởng lương",
            "so_nguyen",
            5000,
            _NQ07,
            "đồng",
        ),
        _mot(
            "doan_phi_nuoc_ngoai",
            "Đoàn phí một tháng thấp nhất của đoàn viên ở nước ngoài",
            "so_nguyen",
            5000,
            _NQ07,
            "đồng",
        ),
        _mot("doan_phi_trich_nop", "Phần đoàn phí nộp lên cấp trên", "ty_le", "1/3", _HD_DOAN_PHI),
        _mot(
            "doan_phi_mien_toi_da",
            "Số tháng được miễn đoàn phí mỗi lần",
            "so_nguyen",
            6,
            _HD_DOAN_PHI,
            "tháng",
        ),
        _mot(
            "doan_phi_han_nop",
            "Ngày của tháng sau phải nộp đoàn phí lên cấp trên",
            "so_nguyen",
            5,
            _DE_XUAT,
            "ngày",
        ),
        _mot(
            "doan_phi_nhac_no",
            "Nợ từ số tháng này thì nhắc đóng đoàn phí",
            "so_nguyen",
            2,
            _DE_XUAT,
            "tháng",
        ),
        _mot(
            "doan_phi_phieu_chung",
            "Thu cả chi đoàn: một phiếu hay mỗi người một phiếu",
            "chu",
            "mot_phieu",
            _DE_XUAT,
            "",
            ("mot_phieu", "moi_nguoi"),
        ),
        _mot("quyen_phieu_thu", "Số phiếu của một quyển phiếu thu", "so_nguyen", 500, _DE_XUAT),
        _mot(
            "xep_loai_du_thang",
            "Số tháng sinh hoạt liên tục để chi đoàn xếp loại đoàn viên",
            "so_nguyen",
            6,
            _HD33,
            "tháng",
        ),
        _mot(
            "xep_loai_tham_gia_htxs",
            "Tỷ lệ tham gia sinh hoạt để xếp loại hoàn thành xuất sắc",
            "ty_le",
            "9/10",
            _HD33,
        ),
        _mot(
            "xep_loai_tham_gia_htt",
            "Tỷ lệ tham gia sinh hoạt để xếp loại hoàn thành tốt",
            "ty_le",
            "8/10",
            _HD33,
        ),
        _mot(
            "xep_loai_tham_gia_ht",
            "Tỷ lệ tham gia sinh hoạt để xếp loại hoàn thành nhiệm vụ",
            "ty_le",
            "5/10",
            _HD33,
        ),
        _mot(
            "xep_loai_nghi_om",
            "Nghỉ ốm từ số tháng này thì không xếp loại tốt trở lên",
            "so_nguyen",
            3,
            _HD33,
            "tháng",
        ),
        _mot(
            "xep_loai_di_xa",
            "Đi xa không quá số tháng này thì xét theo thời gian thực tế",
            "so_nguyen",
            3,
            _HD33,
            "tháng",
        ),
        _mot(
            "xep_loai_han_muc",
            "Nhắc khi số hoàn thành xuất sắc quá tỷ lệ này (0: không nhắc)",
            "so_nguyen",
            0,
            "366-QĐ/TW ngày 30/8/2025: 20% cho cán bộ, đảng viên; Đoàn chưa quy định",
            "%",
        ),
        _mot(
            "xep_loai_han_muc_goc",
            "Tỷ lệ hoàn thành xuất sắc tính trên",
            "chu",
            "duoc_xep",
            _DE_XUAT,
            "",
            ("duoc_xep", "tot_tro_len"),
        ),
        _mot(
            "xep_loai_han_muc_don_vi",
            "Nhắc khi số đơn vị ở mức cao nhất quá tỷ lệ này (0: không nhắc)",
            "so_nguyen",
            0,
            "366-QĐ/TW ngày 30/8/2025: 20% cho cán bộ, đảng viên; Đoàn chưa quy định",
            "%",
        ),
        _mot(
            "xep_loai_han_muc_don_vi_goc",
            "Tỷ lệ đơn vị ở mức cao nhất tính trên",
            "chu",
            "duoc_xep",
            _DE_XUAT,
            "",
            ("duoc_xep", "tot_tro_len"),
        ),
        _mot(
            "xep_loai_han_muc_don_vi_tron",
            "Số đơn vị của tỷ lệ ấy lẻ thì làm tròn",
            "chu",
            "xuong",
            _DE_XUAT,
            "",
            ("xuong", "len"),
        ),
        _mot(
            "xep_loai_tu_ngay",
            "Ngày bắt đầu xếp loại đoàn viên hằng năm",
            "chu",
            "01/10",
            _DE_XUAT,
            "ngày/tháng",
        ),
        _mot(
            "xep_loai_han",
            "Hạn chi đoàn gửi kết quả xếp loại đoàn viên",
            "chu",
            "15/11",
            "33-HD/TWĐTN-BTC: tỉnh, thành xong trước 30/11",
            "ngày/tháng",
        ),
        _mot(
            "ren_luyen_tu_ngay",
            "Ngày mở đăng ký Chương trình rèn luyện đoàn viên",
            "chu",
            "01/01",
            _DE_XUAT,
            "ngày/tháng",
        ),
        _mot(
            "ren_luyen_den_ngay",
            "Ngày đóng đăng ký Chương trình rèn luyện đoàn viên",
            "chu",
            "31/12",
            _DE_XUAT,
            "ngày/tháng",
        ),
        _mot("ren_luyen_htxs", "Điểm rèn luyện xuất sắc", "so_nguyen", 90, _DE_XUAT, "điểm"),
        _mot("ren_luyen_htt", "Điểm rèn luyện tốt", "so_nguyen", 70, _DE_XUAT, "điểm"),
        _mot("ren_luyen_ht", "Điểm rèn luyện hoàn thành", "so_nguyen", 50, _DE_XUAT, "điểm"),
        _mot(
            "ren_luyen_5_phan",
            "Chấm rèn luyện theo 5 phần, mỗi phần 20 điểm",
            "so_nguyen",
            0,
            _DE_XUAT,
            "",
            ("0", "1"),
        ),
        _mot(
            "gop_hoan_ngay",
            "Số ngày còn hoàn lại được việc gộp hai bản ghi đoàn viên",
            "so_nguyen",
            7,
            _DE_XUAT,
            "ngày",
        ),
        _mot(
            "nhap_hoan_tac_ngay",
            "Số ngày còn hoàn tác được việc nhập danh sách từ Excel",
            "so_nguyen",
            7,
            _DE_XUAT,
            "ngày",
        ),
        _mot("mau_so_van_ban", "Mẫu số, ký hiệu văn bản", "chu", "{so}-{loai}/{dv}", _HD29),
        _mot("ky_hieu_co_so", "Ký hiệu đơn vị của Đoàn cơ sở", "chu", "ĐTN", _HD29),
        _mot("ky_hieu_chi_doan", "Ký hiệu đơn vị của chi đoàn", "chu", "CĐ", _DE_XUAT),
        _mot(
            "ghi_buoi_trong_ngay",
            "Ghi buổi sinh hoạt trong bao nhiêu ngày; sau đó đánh dấu ghi muộn",
            "so_nguyen",
            7,
            _DE_XUAT,
            "ngày",
        ),
        _mot(
            "giu_tren_may_ngay",
            "Trang ghi sinh hoạt giữ trên máy bao nhiêu ngày từ lần dùng có mạng gần nhất",
            "so_nguyen",
            14,
            _DE_XUAT,
            "ngày",
        ),
        _mot(
            "ky_bien_ban",
            "Bên ký trái của biên bản",
            "chu",
            "thu_ky",
            _DE_XUAT,
            "",
            ("thu_ky", "chu_tri"),
        ),
        _mot(
            "bien_ban_co_so",
            "Biên bản sinh hoạt chi đoàn có số",
            "so_nguyen",
            1,
            _DE_XUAT,
            "",
            ("0", "1"),
        ),
        _mot(
            "nghi_quyet_thang",
            "Nghị quyết tháng của chi đoàn có Ban Chấp hành là của",
            "chu",
            "ban_chap_hanh",
            _DE_XUAT,
            "",
            ("ban_chap_hanh", "chi_doan"),
        ),
        _mot(
            "cach_ghi_co_quan",
            "Cách ghi cơ quan ban hành của Đoàn cơ sở",
            "chu",
            "BCH",
            _HD29,
            "",
            ("BCH", "BAN CHẤP HÀNH", "ten"),
        ),
        _mot(
            "vi_tri_tieu_de",
            "Vị trí tiêu đề ĐOÀN TNCS HỒ CHÍ MINH",
            "chu",
            "phai",
            _HD29,
            "",
            ("phai", "trai"),
        ),
        _mot(
            "dau_duoi_co_quan",
            "Dấu dưới tên cơ quan ban hành",
            "chu",
            "***",
            _HD29,
            "",
            ("***", "---***---", "khong"),
        ),
        _mot(
            "chuc_vu_in_dam",
            "In đậm chức vụ người ký",
            "so_nguyen",
            1,
            _HD29,
            "",
            ("0", "1"),
        ),
        _mot(
            "co_chu_van_ban",
            "Cỡ chữ của văn bản",
            "so_nguyen",
            14,
            _HD29,
            "",
            ("14", "13"),
        ),
        _mot(
            "pho_ky_thay",
            "Phó Bí thư ký thì ghi KT. BÍ THƯ",
            "so_nguyen",
            0,
            _DE_XUAT,
            "",
            ("0", "1"),
        ),
        _mot("chu_thay_mat", "Cách viết thay mặt", "chu", "TM.", _HD29, "", ("TM.", "T/M")),
        _mot(
            "so_phut_xem_du_lieu",
            "Số phút được xem mục riêng tư sau khi nêu lý do",
            "so_nguyen",
            15,
            _DE_XUAT,
            "phút",
        ),
        _mot(
            "du_lieu_tra_loi",
            "Yêu cầu về dữ liệu cá nhân: hạn trả lời bước đầu",
            "so_nguyen",
            2,
            _ND356,
            "ngày làm việc",
        ),
        *(
            _mot(
                f"du_lieu_han_{ma}",
                f"Yêu cầu về dữ liệu cá nhân: hạn {viec}",
                "so_nguyen",
                so,
                f"{_ND356}; số ngày của từng loại cần đối chiếu bản chính",
                "ngày",
            )
            for ma, viec, so in (
                ("xem", "xem, cung cấp", 10),
                ("sua", "sửa", 10),
                ("xoa", "xóa", 20),
                ("rut", "rút đồng ý, hạn chế", 15),
                ("phan_doi", "phản đối", 15),
            )
        ),
        _mot(
            "du_lieu_gia_han",
            "Yêu cầu về dữ liệu cá nhân: gia hạn một lần, thêm tối đa",
            "so_nguyen",
            15,
            _ND356,
            "ngày",
        ),
        _mot(
            "luu_don_da_dung",
            "Đơn xin vào Đoàn đã rút, không được thông qua: giữ thông tin cá nhân",
            "so_nguyen",
            2,
            "Luật 91/2025/QH15 (xóa khi xong mục đích); số năm là nếp làm việc",
            "năm",
        ),
        _mot(
            "nhac_chuyen_sinh_hoat",
            "Số ngày không có bước mới thì nhắc việc chuyển sinh hoạt",
            "so_nguyen",
            15,
            _DE_XUAT,
            "ngày",
        ),
        _mot(
            "hieu_luc_giay_gioi_thieu",
            "Giá trị giấy giới thiệu chuyển sinh hoạt",
            "so_nguyen",
            30,
            _DE_XUAT,
            "ngày",
        ),
        _mot(
            "chuyen_phai_dong_du_phi",
            "Chưa đóng đủ đoàn phí thì không chuyển, trừ khi ghi lý do",
            "so_nguyen",
            1,
            "16-HD/TWĐTN-BTC năm 2018, mục 3.3",
            "",
            ("0", "1"),
        ),
        _mot(
            "cham_diem_ngay_y_kien",
            "Số ngày nhận ý kiến sau khi công bố kết quả chấm điểm",
            "so_nguyen",
            5,
            _DE_XUAT,
            "ngày",
        ),
        _mot(
            "cham_diem_nguong_phieu",
            "Tỷ lệ phiếu kín một mức phải vượt khi biểu quyết xếp loại đơn vị",
            "ty_le",
            "1/2",
            "Nguyên tắc quá bán; 33-HD/TWĐTN-BTC không nói rõ",
        ),
        _mot(
            "cham_diem_phieu_tren",
            "Tỷ lệ phiếu ấy tính trên số nào",
            "chu",
            "co_mat",
            "33-HD/TWĐTN-BTC không nói rõ",
            "",
            ("co_mat", "tong_so"),
        ),
        _mot(
            "nguong_bau_cu",
            "Tỷ lệ phiếu bầu người trúng cử phải vượt, trên số có mặt",
            "ty_le",
            "1/2",
            "Điều lệ Đoàn: quá một phần hai",
        ),
        _mot(
            "tam_quyen_toi_da",
            "Quyền bí thư, lâm thời: nhiều nhất đến khi đại hội",
            "so_nguyen",
            6,
            "Điều lệ Đoàn: Ban Chấp hành lâm thời đại hội trong 6 tháng",
            "tháng",
        ),
        _mot(
            "tam_quyen_nhac_ngay",
            "Nhắc trước khi hết hạn quyền, lâm thời",
            "so_nguyen",
            30,
            _DE_XUAT,
            "ngày",
        ),
        _mot(
            "trong_bi_thu_ngay",
            "Chi đoàn khuyết bí thư từ số ngày này thì nhắc phường",
            "so_nguyen",
            15,
            _DE_XUAT,
            "ngày",
        ),
        _mot(
            "bi_thu_di_xa_ngay",
            "Bí thư chi đoàn đi làm xa quá số ngày này thì nhắc phường",
            "so_nguyen",
            30,
            "Huyện đoàn Quỳ Châu, 2020: không bố trí người đi làm ăn xa làm bí thư",
            "ngày",
        ),
        _mot(
            "thang_dau_ngay",
            "Số ngày hướng dẫn những việc đầu tiên của bí thư mới",
            "so_nguyen",
            30,
            _DE_XUAT,
            "ngày",
        ),
        _mot(
            "dang_pdf",
            "Dạng tệp PDF của văn bản ban hành",
            "chu",
            "pdf/ua-1",
            _DE_XUAT,
            "",
            ("pdf/ua-1", "pdf/a-2a", "pdf/a-2u"),
        ),
        _mot(
            "in_nhan_mau", "In nhãn mẫu trên nghị quyết", "so_nguyen", 1, _DE_XUAT, "", ("0", "1")
        ),
        _mot(
            "kem_chi_doan_moi_thang",
            "Chi đoàn mới thành lập, mới sáp nhập: kèm trước trong",
            "so_nguyen",
            12,
            _DE_XUAT,
            "tháng",
        ),
        _mot(
            "han_xuong_chi_doan",
            "Ủy viên phụ trách xuống mỗi chi đoàn ít nhất một lần trong",
            "so_nguyen",
            90,
            _DE_XUAT,
            "ngày",
        ),
        _mot(
            "quy_hoach_truong_thanh",
            "Bí thư sắp đến tuổi trưởng thành: tìm người trước",
            "so_nguyen",
            12,
            _DE_XUAT,
            "tháng",
        ),
        _mot(
            "quy_hoach_het_nhiem_ky",
            "Nhiệm kỳ bí thư sắp hết: tìm người trước",
            "so_nguyen",
            6,
            _DE_XUAT,
            "tháng",
        ),
        _mot(
            "quy_hoach_ra_soat",
            "Rà soát quy hoạch hằng năm: nhắc từ tháng",
            "so_nguyen",
            10,
            _DE_XUAT,
            "tháng",
        ),
        _mot(
            "tap_huan_moi_nam",
            "Số lớp tập huấn ít nhất mỗi bí thư, phó bí thư chi đoàn dự trong năm",
            "so_nguyen",
            1,
            _BAI_QUE_PHONG,
            "lớp",
        ),
        _mot(
            "tap_huan_nhac_tu_thang",
            "Từ tháng nào nhắc cán bộ chi đoàn chưa dự lớp tập huấn trong năm",
            "so_nguyen",
            10,
            _DE_XUAT,
        ),
    )
}


def gia_tri(ma: str, *, ngay: date, don_vi: DonVi | None = None) -> Any:
    """The value of `ma` for `don_vi` on `ngay`: the nearest unit's newest row, else shipped."""
    return gia_tri_nhieu([ma], ngay=ngay, don_vi=don_vi)[ma]


def gia_tri_nhieu(ma: list[str], *, ngay: date, don_vi: DonVi | None = None) -> dict[str, Any]:
    """Several values with one query."""
    return {key: moc.gia_tri for key, moc in moc_nhieu(ma, ngay=ngay, don_vi=don_vi).items()}


@remembered
def moc_nhieu(ma: list[str], *, ngay: date, don_vi: DonVi | None = None) -> dict[str, Moc]:
    """Several values, each with its day, paper and the unit that set it, with one query."""
    found = {key: _shipped(key, ngay) for key in ma}
    scope = Q(don_vi__isnull=True)
    if don_vi is not None:
        scope |= Q(don_vi__path__in=path_prefixes(don_vi.path))
    rows = (
        QuyDinh.objects.filter(scope, ma__in=ma, tu_ngay__lte=ngay)
        .select_related("don_vi")
        .order_by("tu_ngay", "pk")
    )
    for row in sorted(rows, key=lambda row: row.don_vi.depth if row.don_vi else 0):
        found[row.ma] = Moc(row.tu_ngay, row.gia_tri, row.can_cu, row.don_vi)
    return found


def lich_su(khoa: Khoa, rows) -> list[Moc]:
    """Every value of a key, newest first: the shipped ones and those of `rows` (QuyDinh)."""
    own = [
        Moc(row.tu_ngay, row.gia_tri, row.can_cu, row.don_vi)
        for row in rows.filter(ma=khoa.ma).select_related("don_vi")
    ]
    return sorted([*khoa.moc, *own], key=lambda moc: moc.tu_ngay, reverse=True)


def gia_tri_theo_ngay(ma: str, *, don_vi: DonVi) -> Callable[[date], Any]:
    """One key as a function of the day, for a unit, with one query for all days."""
    on = nhieu_theo_ngay([ma], don_vi=don_vi)
    return lambda ngay: on(ma, ngay)


def nhieu_theo_ngay(ma: list[str], *, don_vi: DonVi) -> Callable[[str, date], Any]:
    """Several keys as a function of key and day, for a unit, with one query for all of them."""
    on = moc_theo_ngay(ma, don_vi=don_vi)
    return lambda key, ngay: on(key, ngay).gia_tri


def moc_theo_ngay(ma: list[str], *, don_vi: DonVi) -> Callable[[str, date], Moc]:
    """As `nhieu_theo_ngay`, each value with its day, paper and the unit that set it."""
    scope = Q(don_vi__isnull=True) | Q(don_vi__path__in=path_prefixes(don_vi.path))
    rows = list(QuyDinh.objects.filter(scope, ma__in=ma).select_related("don_vi"))
    rows.sort(key=lambda row: (row.don_vi.depth if row.don_vi else 0, row.tu_ngay, row.pk))

    def on(key: str, ngay: date) -> Moc:
        row = next((row for row in reversed(rows) if row.ma == key and row.tu_ngay <= ngay), None)
        return Moc(row.tu_ngay, row.gia_tri, row.can_cu, row.don_vi) if row else _shipped(key, ngay)

    return on


def ty_le(value: str) -> tuple[int, int]:
    """A fraction setting such as "2/3" as (2, 3)."""
    try:
        tu, mau = (int(part) for part in value.split("/"))
    except ValueError as error:
        raise RuleError(f"Tỷ lệ «{value}» không đúng. Ghi dạng 2/3.", field="gia_tri") from error
    return tu, mau


def _shipped(ma: str, ngay: date) -> Moc:
    """The value in force that day; before the first one, the first: it is all that is known."""
    known = sorted(KHOA[ma].moc, key=lambda moc: moc.tu_ngay)
    return next((moc for moc in reversed(known) if moc.tu_ngay <= ngay), known[0])
