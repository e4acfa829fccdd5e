"""The indicators, in the order and groups of the figures appendix (domain notes 6.2)."""

from collections.abc import Iterator
from itertools import groupby

from django.db.models import Q

from baocao.models import XepLoaiDonVi
from chidoan.models import DiemDanh, HoatDong, HoTro
from core.periods import KyBaoCao
from core.text import lowfirst
from doanvien.models import DoanVien, KhenThuong, QuaTrinh, XepLoai
from doanvien.ren_luyen.queries import da_dang_ky
from tochuc.models import CapDonVi, DonVi, KhoiChiDoan
from tochuc.permissions import Quyen

from . import nguon as n
from .khai_bao import ChiTieu, Kieu, ThoiKy

TO_CHUC, DOAN_VIEN, DOAN_PHI, CAN_BO = "Tổ chức", "Đoàn viên", "Đoàn phí", "Cán bộ"
DANG, GIAO_DUC, TINH_NGUYEN = "Xây dựng Đảng", "Giáo dục", "Tình nguyện"
SANG_TAO, DONG_HANH, KIEM_TRA = (
    "Sáng tạo, chuyển đổi số",
    "Đồng hành, Đội – Hội",
    "Khen thưởng, kiểm tra",
)
TREN_CO_SO = (CapDonVi.TRUNG_UONG, CapDonVi.TINH, CapDonVi.HUYEN)
TU_CO_SO = (*TREN_CO_SO, CapDonVi.CO_SO)


def _co(ma, ten, don_vi_tinh, nhom, nguon, tu=lambda _: Q(), **them) -> ChiTieu:
    """A stock when its source is one, else a flow."""
    kieu = Kieu.FLOW if nguon.ngay else Kieu.STOCK
    return ChiTieu(
        **{"kieu": kieu, **them},
        ma=ma,
        ten=ten,
        don_vi_tinh=don_vi_tinh,
        nhom=nhom,
        nguon=nguon,
        tu=tu,
    )


def _hd(ma, ten, don_vi_tinh, nhom, loai, tong="", **them) -> ChiTieu:
    """Finished activities of a kind, or one of their columns added up; typed while none is
    on record."""
    return _co(
        ma,
        ten,
        don_vi_tinh,
        nhom,
        n.HOAT_DONG,
        lambda _: Q(loai=loai),
        tong=tong,
        hoac_go=True,
        **them,
    )


def _so(ma, ten, don_vi_tinh, nhom, nguon, **them) -> ChiTieu:
    """Counted from a register that a unit may not keep: typed while nothing is in it."""
    return _co(ma, ten, don_vi_tinh, nhom, nguon, hoac_go=True, cap=TU_CO_SO, **them)


def _ho_tro(ma, ten, don_vi_tinh, loai, tong="") -> ChiTieu:
    """Supports of a kind, or the money of them."""
    return _co(
        ma, ten, don_vi_tinh, DONG_HANH, n.HO_TRO, lambda _: Q(loai=loai), tong=tong, cap=TU_CO_SO
    )


def _du_buoi(_: ThoiKy) -> Q:
    """No meeting that was due up to the day is missing, and at least one was held."""
    return Q(co_buoi=True, bo_buoi=False)


def _di_lam_xa(tk: ThoiKy) -> Q:
    return Q(doan_vien__di_xa_tu__lte=tk.den) & (
        Q(doan_vien__di_xa_den__isnull=True) | Q(doan_vien__di_xa_den__gte=tk.den)
    )


def _bat_dau(ly_do):
    return lambda _: Q(ly_do_bat_dau=ly_do)


def _ket_thuc(ly_do):
    return lambda _: Q(ly_do_ket_thuc=ly_do)


_MUC = XepLoaiDonVi.Muc
_L = HoatDong.Loai
_H = HoTro.Loai

_TO_CHUC = (
    _co(
        "xa_thi_tran",
        "Xã, phường, thị trấn có tổ chức Đoàn",
        "đơn vị",
        TO_CHUC,
        n.DON_VI,
        lambda _: Q(cap=CapDonVi.CO_SO),
        cap=TREN_CO_SO,
    ),
    _co(
        "so_thon_to_dan_pho",
        "Thôn, bản, tổ dân phố trên địa bàn",
        "địa bàn",
        TO_CHUC,
        n.DIA_BAN,
        cap=TU_CO_SO,
    ),
    _co(
        "chi_doan",
        "Số chi đoàn",
        "chi đoàn",
        TO_CHUC,
        n.DON_VI,
        lambda _: Q(cap=CapDonVi.CHI_DOAN),
    ),
    *(
        _co(
            f"chi_doan_{khoi.value}",
            f"Trong đó: khối {lowfirst(khoi.label)}",
            "chi đoàn",
            TO_CHUC,
            n.DON_VI,
            lambda _, khoi=khoi: Q(cap=CapDonVi.CHI_DOAN, khoi=khoi),
            cap=TU_CO_SO,
        )
        for khoi in KhoiChiDoan
    ),
    _co(
        "chi_doan_trang_doan_vien",
        "Chi đoàn trắng đoàn viên",
        "chi đoàn",
        TO_CHUC,
        n.CHI_DOAN,
        lambda _: Q(khong_nguoi=True),
    ),
    _co(
        "chi_doan_duoi_3",
        "Chi đoàn có dưới 3 đoàn viên",
        "chi đoàn",
        TO_CHUC,
        n.CHI_DOAN,
        lambda _: Q(duoi_3_nguoi=True),
    ),
    _co(
        "chi_doan_duoi_9",
        "Chi đoàn có dưới 9 đoàn viên",
        "chi đoàn",
        TO_CHUC,
        n.CHI_DOAN,
        lambda _: Q(duoi_9_nguoi=True),
    ),
    _co("chi_doan_thanh_lap", "Chi đoàn thành lập mới", "chi đoàn", TO_CHUC, n.THANH_LAP),
    _co("chi_doan_giai_the", "Chi đoàn giải thể, sáp nhập", "chi đoàn", TO_CHUC, n.KET_THUC),
    _co(
        "chi_doan_sap_nhap",
        "Trong đó: sáp nhập, chia tách thành chi đoàn khác",
        "chi đoàn",
        TO_CHUC,
        n.KET_THUC,
        lambda _: Q(da_nhap=True),
        cap=TU_CO_SO,
    ),
    _co(
        "chi_doan_giai_the_han",
        "Trong đó: giải thể",
        "chi đoàn",
        TO_CHUC,
        n.KET_THUC,
        lambda _: Q(da_nhap=False),
        cap=TU_CO_SO,
    ),
    _co(
        "chi_doan_sinh_hoat_du",
        "Chi đoàn sinh hoạt đủ số buổi trong kỳ",
        "chi đoàn",
        TO_CHUC,
        n.CHI_DOAN,
        _du_buoi,
    ),
    _co(
        "ty_le_chi_doan_sinh_hoat_du",
        "Tỷ lệ chi đoàn sinh hoạt đủ số buổi trong kỳ",
        "%",
        TO_CHUC,
        n.CHI_DOAN,
        _du_buoi,
        mau=lambda _: Q(),
        kieu=Kieu.RATIO,
        cap=TU_CO_SO,
    ),
    _co("buoi_sinh_hoat", "Buổi sinh hoạt chi đoàn", "buổi", TO_CHUC, n.BUOI),
    _co(
        "ty_le_du_sinh_hoat",
        "Tỷ lệ đoàn viên dự sinh hoạt",
        "%",
        TO_CHUC,
        n.DIEM_DANH,
        lambda _: Q(trang_thai__in=DiemDanh.DU_HOP),
        mau=lambda _: Q(),
        kieu=Kieu.RATIO,
    ),
    *(
        _co(
            f"chi_doan_{muc.value}",
            f"Chi đoàn xếp loại {lowfirst(muc.label)}",
            "chi đoàn",
            TO_CHUC,
            n.XEP_LOAI,
            lambda _, muc=muc: Q(muc=muc),
            chi_nam=True,
        )
        for muc in _MUC
    ),
)

_DOAN_VIEN = (
    _co("doan_vien", "Tổng số đoàn viên cuối kỳ", "người", DOAN_VIEN, n.DOAN_VIEN),
    _co(
        "doan_vien_nu",
        "Trong đó: nữ",
        "người",
        DOAN_VIEN,
        n.DOAN_VIEN,
        lambda _: Q(doan_vien__gioi_tinh=DoanVien.GioiTinh.NU),
    ),
    _co(
        "dan_toc_thieu_so",
        "Dân tộc thiểu số",
        "người",
        DOAN_VIEN,
        n.DOAN_VIEN,
        lambda _: ~Q(doan_vien__dan_toc="Kinh"),
        nhay_cam=True,
    ),
    _co(
        "ton_giao",
        "Có tôn giáo",
        "người",
        DOAN_VIEN,
        n.DOAN_VIEN,
        lambda _: ~Q(doan_vien__ton_giao__in=("", "Không")),
        nhay_cam=True,
    ),
    _co(
        "dang_vien_trong_doan",
        "Đảng viên trong độ tuổi Đoàn",
        "người",
        DOAN_VIEN,
        n.DOAN_VIEN,
        lambda tk: Q(doan_vien__ngay_vao_dang__lte=tk.den),
    ),
    _co(
        "ket_nap_moi",
        "Kết nạp mới",
        "người",
        DOAN_VIEN,
        n.VAO,
        _bat_dau(QuaTrinh.LyDoBatDau.KET_NAP),
    ),
    _co(
        "chuyen_den",
        "Chuyển đến",
        "người",
        DOAN_VIEN,
        n.VAO,
        _bat_dau(QuaTrinh.LyDoBatDau.CHUYEN_DEN),
    ),
    _co(
        "chuyen_di",
        "Chuyển đi",
        "người",
        DOAN_VIEN,
        n.RA,
        _ket_thuc(QuaTrinh.LyDoKetThuc.CHUYEN_DI),
    ),
    _co(
        "truong_thanh",
        "Trưởng thành Đoàn",
        "người",
        DOAN_VIEN,
        n.RA,
        _ket_thuc(QuaTrinh.LyDoKetThuc.TRUONG_THANH),
    ),
    _co("xoa_ten", "Xóa tên", "người", DOAN_VIEN, n.RA, _ket_thuc(QuaTrinh.LyDoKetThuc.XOA_TEN)),
    _co(
        "khai_tru",
        "Khai trừ",
        "người",
        DOAN_VIEN,
        n.RA,
        _ket_thuc(QuaTrinh.LyDoKetThuc.KHAI_TRU),
        nhay_cam=True,
    ),
    _co("di_lam_xa", "Đi làm ăn xa", "người", DOAN_VIEN, n.DOAN_VIEN, _di_lam_xa),
    _co(
        "noi_cu_tru",
        "Tham gia sinh hoạt nơi cư trú (không tính vào tổng số)",
        "người",
        DOAN_VIEN,
        n.NOI_CU_TRU,
    ),
    _co(
        "dang_ky_ren_luyen",
        "Đoàn viên đăng ký Chương trình rèn luyện đoàn viên",
        "%",
        DOAN_VIEN,
        n.DOAN_VIEN,
        lambda tk: da_dang_ky(tk.ky.nam, tk.den),
        mau=lambda _: Q(),
        kieu=Kieu.RATIO,
        chi_nam=True,
    ),
    _co(
        "xep_loai_tot",
        "Đoàn viên xếp loại tốt trở lên",
        "%",
        DOAN_VIEN,
        n.XEP_LOAI_DOAN_VIEN,
        lambda _: Q(muc__in=(XepLoai.Muc.XUAT_SAC, XepLoai.Muc.TOT)),
        mau=lambda _: Q(),
        kieu=Kieu.RATIO,
        chi_nam=True,
    ),
    _co(
        "xep_loai_khong_hoan_thanh",
        "Đoàn viên xếp loại không hoàn thành nhiệm vụ",
        "%",
        DOAN_VIEN,
        n.XEP_LOAI_DOAN_VIEN,
        lambda _: Q(muc=XepLoai.Muc.KHONG_HOAN_THANH),
        mau=lambda _: Q(),
        kieu=Kieu.RATIO,
        chi_nam=True,
    ),
)

_DOAN_PHI = (
    _co(
        "doan_phi_phai_thu",
        "Đoàn phí phải thu của các tháng trong kỳ",
        "đồng",
        DOAN_PHI,
        n.DOAN_PHI_THANG,
        nguon_them=n.NO_DOAN_PHI,
        ten_phan=("Đã đóng", "Còn nợ"),
        tong="so_tien",
        quyen_mo=Quyen.XEM_DOAN_PHI,
    ),
    _co(
        "doan_phi_da_thu",
        "Đoàn phí đã thu",
        "đồng",
        DOAN_PHI,
        n.DOAN_PHI,
        tong="so_tien",
        quyen_mo=Quyen.XEM_DOAN_PHI,
    ),
    _co(
        "doan_phi_giu_lai",
        "Trong đó: chi đoàn giữ lại, trên số đã trích nộp",
        "đồng",
        DOAN_PHI,
        n.NOP_DOAN_PHI,
        tong="giu_lai",
        quyen_mo=Quyen.XEM_DOAN_PHI,
    ),
    _co(
        "doan_phi_trich_nop",
        "Trong đó: chi đoàn trích nộp lên",
        "đồng",
        DOAN_PHI,
        n.NOP_DOAN_PHI,
        tong="trich_nop",
        quyen_mo=Quyen.XEM_DOAN_PHI,
    ),
)

_CAN_BO = (
    _co("bi_thu_chi_doan", "Bí thư chi đoàn đương nhiệm", "người", CAN_BO, n.BI_THU),
    _co("thay_doi_bi_thu", "Bí thư chi đoàn mới nhận nhiệm vụ", "người", CAN_BO, n.NHAN_BI_THU),
    _co(
        "lop_tap_huan",
        "Lớp tập huấn cán bộ Đoàn đã mở",
        "lớp",
        CAN_BO,
        n.LOP_TAP_HUAN,
        cap=TU_CO_SO,
        hoac_go=True,
    ),
    _co(
        "luot_tap_huan",
        "Lượt cán bộ được tập huấn",
        "lượt",
        CAN_BO,
        n.LUOT_TAP_HUAN,
        cap=TU_CO_SO,
        hoac_go=True,
    ),
    _co(
        "quy_hoach",
        "Lượt quy hoạch bí thư, phó bí thư chi đoàn",
        "lượt",
        CAN_BO,
        n.QUY_HOACH,
        quyen_mo=Quyen.XEM_QUY_HOACH,
    ),
    _co("cu_can_bo", "Cán bộ được cử về chi đoàn địa bàn", "người", CAN_BO, n.CU_CAN_BO),
    _co("lan_xuong", "Lần ủy viên cấp trên xuống chi đoàn", "lần", CAN_BO, n.LAN_XUONG),
    _co("tham_hoi", "Lượt thăm hỏi, tặng quà cán bộ, đoàn viên", "lượt", CAN_BO, n.THAM_HOI),
    _co(
        "tham_hoi_gia_tri",
        "Trị giá quà thăm hỏi cán bộ, đoàn viên",
        "đồng",
        CAN_BO,
        n.THAM_HOI,
        tong="gia_tri",
    ),
)

_DANG = (
    _co("to_tu_duong", "Tổ tu dưỡng", "tổ", DANG, n.TO_TU_DUONG, cap=TU_CO_SO),
    _co("dang_boi_duong", "Đoàn viên ưu tú đang bồi dưỡng", "người", DANG, n.THANH_VIEN_TO),
    _co(
        "buoi_to_tu_duong",
        "Buổi sinh hoạt Tổ tu dưỡng",
        "buổi",
        DANG,
        n.KY_DANH_GIA,
        cap=TU_CO_SO,
    ),
    _co(
        "gioi_thieu_uu_tu",
        "Đoàn viên ưu tú được giới thiệu cho cấp ủy",
        "người",
        DANG,
        n.GIOI_THIEU,
    ),
    _co(
        "hoc_nhan_thuc_dang",
        "Đoàn viên ưu tú học lớp nhận thức về Đảng",
        "người",
        DANG,
        n.NHAN_THUC,
        hoac_go=True,
        quyen_mo=Quyen.XEM_TU_DUONG,
        cap=TU_CO_SO,
    ),
    _co("duoc_ket_nap_dang", "Được kết nạp Đảng", "người", DANG, n.KET_NAP_DANG),
    _co(
        "cong_van_hoi_ket_qua",
        "Công văn đề nghị cấp ủy cho biết kết quả",
        "công văn",
        DANG,
        n.CONG_VAN,
        cap=TU_CO_SO,
    ),
    _co(
        "cong_van_duoc_tra_loi",
        "Công văn được cấp ủy trả lời",
        "công văn",
        DANG,
        n.CONG_VAN_TRA_LOI,
        cap=TU_CO_SO,
    ),
    _co(
        "cong_van_chua_tra_loi",
        "Công văn chưa được trả lời",
        "công văn",
        DANG,
        n.CONG_VAN_CHO,
        cap=TU_CO_SO,
    ),
)

_KHAC = (
    _co(
        "mo_hinh",
        "Mô hình, giải pháp đang thực hiện",
        "mô hình",
        SANG_TAO,
        n.MO_HINH,
        cap=TU_CO_SO,
    ),
    _hd("hoc_tap_nghi_quyet", "Buổi học tập nghị quyết", "buổi", GIAO_DUC, _L.HOC_NGHI_QUYET),
    _hd(
        "luot_hoc_tap_nghi_quyet",
        "Lượt đoàn viên, thanh niên học tập nghị quyết",
        "lượt",
        GIAO_DUC,
        _L.HOC_NGHI_QUYET,
        "luot",
    ),
    _hd("ve_nguon", "Hoạt động về nguồn", "hoạt động", GIAO_DUC, _L.VE_NGUON),
    _hd(
        "tham_gia_dinh_chinh_sach",
        "Thăm gia đình chính sách",
        "lượt",
        GIAO_DUC,
        _L.CHINH_SACH,
        "luong",
    ),
    _hd("cong_trinh", "Công trình, phần việc thanh niên", "công trình", TINH_NGUYEN, _L.CONG_TRINH),
    _hd(
        "cong_trinh_tri_gia",
        "Trị giá công trình, phần việc thanh niên",
        "đồng",
        TINH_NGUYEN,
        _L.CONG_TRINH,
        "tien",
    ),
    _hd("chu_nhat_xanh", "Ngày Chủ nhật xanh", "buổi", TINH_NGUYEN, _L.CHU_NHAT_XANH),
    _hd("hien_mau", "Hiến máu tình nguyện", "đơn vị máu", TINH_NGUYEN, _L.HIEN_MAU, "luong"),
    _hd("cay_trong_moi", "Cây trồng mới", "cây", TINH_NGUYEN, _L.TRONG_CAY, "luong"),
    _hd(
        "km_duong",
        "Đường giao thông làm mới, sửa chữa",
        "km",
        TINH_NGUYEN,
        _L.DUONG,
        "met",
        chia=1000,
    ),
    _hd("cau", "Cầu làm mới, sửa chữa", "cây cầu", TINH_NGUYEN, _L.CAU, "luong"),
    _hd("nha_nhan_ai", "Nhà nhân ái trao tặng", "căn", TINH_NGUYEN, _L.NHA_NHAN_AI, "luong"),
    _hd("y_tuong", "Ý tưởng, sáng kiến của thanh niên", "ý tưởng", SANG_TAO, _L.SANG_TAO, "luong"),
    _hd(
        "huong_dan_so",
        "Hướng dẫn VNeID, dịch vụ công trực tuyến",
        "lượt",
        SANG_TAO,
        _L.HUONG_DAN_SO,
        "luong",
    ),
    _hd("ocop_so", "Sản phẩm OCOP được số hóa", "sản phẩm", SANG_TAO, _L.OCOP, "luong"),
    _hd("hoc_ai", "Lượt đoàn viên, thanh niên học AI", "lượt", SANG_TAO, _L.HOC_AI, "luot"),
    _hd(
        "qr_dia_chi_do",
        "Mã QR giới thiệu địa chỉ đỏ",
        "mã",
        SANG_TAO,
        _L.QR_DIA_CHI_DO,
        "luong",
    ),
    _hd(
        "tu_van_viec_lam",
        "Tư vấn hướng nghiệp, việc làm",
        "người",
        DONG_HANH,
        _L.HUONG_NGHIEP,
        "luong",
    ),
    _hd("hoc_bong", "Học bổng, hỗ trợ học sinh", "suất", DONG_HANH, _L.HOC_BONG, "luong"),
    _hd("hoc_bong_tri_gia", "Trị giá học bổng, hỗ trợ", "đồng", DONG_HANH, _L.HOC_BONG, "tien"),
    _so(
        "to_tiet_kiem",
        "Tổ tiết kiệm và vay vốn do Đoàn quản lý",
        "tổ",
        DONG_HANH,
        n.TO_TIET_KIEM,
    ),
    _so(
        "du_no_vay_von",
        "Dư nợ vốn vay Ngân hàng CSXH",
        "đồng",
        DONG_HANH,
        n.SO_DU_TO,
        tong="du_no",
    ),
    _ho_tro("vay_von", "Lượt thanh niên được giúp vay vốn", "lượt", _H.VAY_VON),
    _ho_tro("vay_von_so_tien", "Số tiền vay", "đồng", _H.VAY_VON, tong="tien"),
    _ho_tro("gioi_thieu_viec_lam", "Thanh niên được giới thiệu việc làm", "người", _H.VIEC_LAM),
    _ho_tro("hoc_nghe", "Thanh niên được giúp học nghề", "người", _H.HOC_NGHE),
    _ho_tro("giup_gia_dinh", "Gia đình khó khăn được giúp", "lượt", _H.GIA_DINH),
    _co(
        "mo_hinh_kinh_te",
        "Mô hình kinh tế của đoàn viên",
        "mô hình",
        DONG_HANH,
        n.MO_HINH_KINH_TE,
    ),
    _co(
        "nguyen_vong",
        "Tâm tư, nguyện vọng của đoàn viên được ghi nhận",
        "nguyện vọng",
        DONG_HANH,
        n.NGUYEN_VONG,
        quyen_mo=Quyen.XEM_NGUYEN_VONG,
    ),
    _co(
        "nguyen_vong_da_giai_quyet",
        "Nguyện vọng đã giải quyết",
        "nguyện vọng",
        DONG_HANH,
        n.NGUYEN_VONG_XONG,
        quyen_mo=Quyen.XEM_NGUYEN_VONG,
    ),
    _hd(
        "giup_thieu_nhi",
        "Thiếu nhi khó khăn được giúp",
        "em",
        DONG_HANH,
        _L.THIEU_NHI,
        "luong",
    ),
    _hd("sinh_hoat_he", "Sinh hoạt hè cho thiếu nhi", "buổi", DONG_HANH, _L.SINH_HOAT_HE),
    _hd(
        "hoi_vien_moi",
        "Hội viên Hội LHTN Việt Nam mới kết nạp",
        "người",
        DONG_HANH,
        _L.HOI_VIEN,
        "luong",
    ),
    _co(
        "khen_thuong",
        "Tập thể, cá nhân được khen thưởng",
        "lượt",
        KIEM_TRA,
        n.KHEN_THUONG,
        nguon_them=n.KHEN_TAP_THE,
        hoac_go=True,
    ),
    _co("khen_tap_the", "Lượt tập thể được khen thưởng", "lượt", KIEM_TRA, n.KHEN_TAP_THE),
    *(
        _co(
            f"khen_tap_the_{cap.value}",
            f"Trong đó: {lowfirst(cap.label)} khen tập thể",
            "lượt",
            KIEM_TRA,
            n.KHEN_TAP_THE,
            lambda _, cap=cap: Q(cap=cap),
        )
        for cap in KhenThuong.Cap
        if cap != KhenThuong.Cap.CHI_DOAN
    ),
    _co(
        "khen_thuong_doan_vien", "Lượt đoàn viên được khen thưởng", "lượt", KIEM_TRA, n.KHEN_THUONG
    ),
    *(
        _co(
            f"khen_thuong_{cap.value}",
            f"Trong đó: {lowfirst(cap.label)} khen",
            "lượt",
            KIEM_TRA,
            n.KHEN_THUONG,
            lambda _, cap=cap: Q(cap=cap),
        )
        for cap in KhenThuong.Cap
    ),
    _co(
        "ky_luat",
        "Quyết định kỷ luật đoàn viên",
        "quyết định",
        KIEM_TRA,
        n.KY_LUAT,
        nhay_cam=True,
    ),
    _so("cuoc_kiem_tra", "Cuộc kiểm tra, giám sát", "cuộc", KIEM_TRA, n.KIEM_TRA),
    _so(
        "don_vi_kiem_tra",
        "Đơn vị được kiểm tra, giám sát",
        "đơn vị",
        KIEM_TRA,
        n.DON_VI_KIEM_TRA,
    ),
    _co(
        "kien_nghi_khac_phuc",
        "Kiến nghị sau kiểm tra đã khắc phục",
        "kiến nghị",
        KIEM_TRA,
        n.KIEN_NGHI_XONG,
        cap=TU_CO_SO,
    ),
    _co(
        "tham_muu",
        "Nội dung tham mưu cấp ủy, chính quyền",
        "nội dung",
        KIEM_TRA,
        n.THAM_MUU,
        cap=TU_CO_SO,
    ),
    _co(
        "tham_muu_chap_thuan",
        "Nội dung tham mưu được chấp thuận",
        "nội dung",
        KIEM_TRA,
        n.THAM_MUU_DUOC,
        cap=TU_CO_SO,
    ),
    _co(
        "tham_muu_kinh_phi",
        "Kinh phí được cấp từ tham mưu",
        "đồng",
        KIEM_TRA,
        n.THAM_MUU_DUOC,
        tong="tien",
        cap=TU_CO_SO,
    ),
)

_THU_TU = (
    TO_CHUC,
    DOAN_VIEN,
    DOAN_PHI,
    CAN_BO,
    DANG,
    GIAO_DUC,
    TINH_NGUYEN,
    SANG_TAO,
    DONG_HANH,
    KIEM_TRA,
)
DANH_MUC: tuple[ChiTieu, ...] = tuple(
    sorted(
        (*_TO_CHUC, *_DOAN_VIEN, *_DOAN_PHI, *_CAN_BO, *_DANG, *_KHAC),
        key=lambda ct: _THU_TU.index(ct.nhom),
    )
)
THEO_MA: dict[str, ChiTieu] = {chi_tieu.ma: chi_tieu for chi_tieu in DANH_MUC}
NHIP_SINH_HOAT = _co(
    "nhip_sinh_hoat",
    "Chi đoàn, số buổi đã họp trên số buổi phải họp",
    "chi đoàn",
    TO_CHUC,
    n.CHI_DOAN,
)
"""In no report: the rows behind "held of expected", branch by branch."""
TU_TINH: tuple[ChiTieu, ...] = tuple(ct for ct in DANH_MUC if not ct.is_nhap_tay)
"""Indicators that the system counts."""


def chi_tieu_bao_cao(don_vi: DonVi, ky: KyBaoCao) -> list[ChiTieu]:
    """The indicators of a unit's report, in printing order; ratings belong to a year's."""
    return [ct for ct in DANH_MUC if ct.dung_cho(don_vi) and (ky.is_nam or not ct.chi_nam)]


def danh_so(chi_tieu: list[ChiTieu]) -> Iterator[tuple[str, list[tuple[str, ChiTieu]]]]:
    """Groups with their indicators numbered "2.1", as screens show them."""
    for so_nhom, (nhom, members) in enumerate(groupby(chi_tieu, key=lambda ct: ct.nhom), 1):
        yield nhom, [(f"{so_nhom}.{so}", ct) for so, ct in enumerate(members, 1)]
