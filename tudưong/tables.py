"""The lists of cultivation and referral, declared once for page and workbook."""

from django.urls import reverse

from core.periods import today
from core.tables import Column, Table
from core.text.display import NBSP, ngay

from .models import ChatVan, HoSo, KyDanhGia, NhiemVu
from .models.ho_so import O_CAP_UY

T = HoSo.TrangThai
_FAMILY = {
    T.CHO_CHI_DOAN: ("neutral", "circle-dashed"),
    T.TRA_LAI: ("bad", "undo-2"),
    T.CHO_THAM_TRA: ("info", "clipboard-check"),
    T.CHO_BCH: ("info", "vote"),
    T.CHO_GUI: ("info", "send"),
    T.DA_GUI: ("warn", "hourglass"),
    T.CAN_BO_SUNG: ("bad", "undo-2"),
    T.KHONG_KET_NAP: ("bad", "circle-alert"),
    T.CHAT_VAN: ("warn", "mail-question-mark"),
    T.DA_TRA_LOI: ("info", "mail"),
    T.KET_NAP: ("ok", "circle-check"),
    T.CHINH_THUC: ("ok", "circle-check"),
    T.BOI_DUONG: ("neutral", "sprout"),
    T.DONG: ("neutral", "lock"),
}


def trang_thai_ho_so(ho_so: HoSo) -> tuple[str, str, str]:
    """The state of a case as a pill: family, icon, word; while waiting with its days."""
    family, icon = _FAMILY[ho_so.trang_thai]
    text = ho_so.get_trang_thai_display()
    if ho_so.trang_thai in O_CAP_UY and so_ngay_cho(ho_so):
        text = f"{text} {so_ngay_cho(ho_so)}{NBSP}ngày"
    return family, icon, text


def so_ngay_cho(ho_so: HoSo) -> int | None:
    """Days since the last step of an open case."""
    return (today() - ho_so.ngay_buoc).days if ho_so.is_dang_mo else None


def _ngay_cho(ho_so: HoSo) -> str:
    days = so_ngay_cho(ho_so)
    return "" if days is None else f"{days}{NBSP}ngày"


HO_SO_TABLE = Table(
    name="ho-so-gioi-thieu",
    columns=(
        Column(
            label="Đoàn viên",
            source="doan_vien.ho_ten",
            link=True,
            sort=("doan_vien__khoa_sap_xep",),
            second="chi_doan.ten_day_du",
        ),
        Column(label="Mã hồ sơ", source="ma", sort="ma", meta=True),
        Column(label="Giai đoạn", source="get_trang_thai_display", pill=trang_thai_ho_so),
        Column(label="Ở bước này", source=_ngay_cho, sort="ngay_buoc", numeric=True, in_file=False),
        Column(label="Số ngày ở bước này", source=so_ngay_cho, in_page=False),
        Column(label="Giới thiệu", source="ngay_gioi_thieu", sort="ngay_gioi_thieu"),
        Column(label="Gửi cấp ủy", source="ngay_gui", sort="ngay_gui"),
        Column(label="Kết nạp", source="ngay_ket_nap", sort="ngay_ket_nap"),
        Column(label="Chi bộ", source="chi_bo"),
        Column(label="Chi đoàn", source="chi_doan.ten_day_du", in_page=False),
    ),
    empty_text="Chưa có hồ sơ giới thiệu nào",
    empty_hint="Mở hồ sơ cho đoàn viên được chi đoàn suy tôn hoặc tổ tu dưỡng xét đủ điều kiện.",
    empty_icon="folder-check",
)


def _cap_uy_url(ho_so: HoSo) -> str:
    return reverse("tuduong:cap_uy_detail", args=[ho_so.pk])


CAP_UY_TABLE = Table(
    name="ho-so-cap-uy",
    columns=(
        Column(
            label="Đoàn viên",
            source="doan_vien.ho_ten",
            link=_cap_uy_url,
            sort=("doan_vien__khoa_sap_xep",),
            second="chi_doan.ten_day_du",
        ),
        Column(label="Giai đoạn", source="get_trang_thai_display", pill=trang_thai_ho_so),
        Column(label="Chi bộ", source="ten_chi_bo", meta=True),
        Column(label="Gửi ngày", source="ngay_gui", sort="ngay_gui", meta="gửi"),
    ),
    empty_text="Không có hồ sơ nào đang chờ cấp ủy",
)


def _cong_van_state(chat_van: ChatVan) -> tuple[str, str, str]:
    if chat_van.tra_loi_ngay:
        return "ok", "circle-check", f"Đã trả lời {ngay(chat_van.tra_loi_ngay)}"
    if chat_van.han_tra_loi < today():
        return "bad", "clock", f"Quá hạn {(today() - chat_van.han_tra_loi).days}{NBSP}ngày"
    return "warn", "hourglass", "Chờ trả lời"


def _so_cong_van(chat_van: ChatVan) -> str:
    return chat_van.van_ban.so_ky_hieu if chat_van.van_ban else f"Công văn lần {chat_van.lan_thu}"


CHAT_VAN_TABLE = Table(
    name="cong-van-hoi-ket-qua",
    columns=(
        Column(
            label="Công văn",
            source=_so_cong_van,
            link=lambda row: row.ho_so.get_absolute_url(),
            second="ho_so.doan_vien.ho_ten",
        ),
        Column(label="Trả lời", source="get_tra_loi_loai_display", pill=_cong_van_state),
        Column(label="Ngày công văn", source="ngay", sort="ngay", meta="ngày"),
        Column(label="Trả lời trước", source="han_tra_loi", sort="han_tra_loi", meta="hạn"),
        Column(label="Được trả lời", source="tra_loi_ngay", sort="tra_loi_ngay"),
        Column(label="Nội dung trả lời", source="get_tra_loi_loai_display", in_page=False),
        Column(label="Bước tiếp", source="get_buoc_tiep_display"),
        Column(label="Đoàn cơ sở", source="ho_so.don_vi.ten_day_du"),
        Column(label="Chi bộ", source="ho_so.ten_chi_bo"),
    ),
    empty_text="Chưa có công văn nào",
    empty_hint="Công văn đề nghị cấp ủy cho biết kết quả được lập từ trang của hồ sơ.",
    empty_icon="mail-question-mark",
)

CONG_VAN_TABLE = Table(
    name="cong-van-cap-uy",
    columns=(
        Column(
            label="Công văn",
            source=_so_cong_van,
            link=lambda row: _cap_uy_url(row.ho_so),
            second="ho_so.doan_vien.ho_ten",
        ),
        Column(label="Trả lời", source="get_tra_loi_loai_display", pill=_cong_van_state),
        Column(label="Ngày công văn", source="ngay", sort="ngay", meta="ngày"),
        Column(label="Trả lời trước", source="han_tra_loi", sort="han_tra_loi", meta="hạn"),
        Column(label="Chi bộ", source="ho_so.ten_chi_bo"),
    ),
    empty_text="Chưa có công văn nào",
    empty_hint="Công văn của Đoàn đề nghị cho biết kết quả xem xét sẽ ở đây.",
)


def _to_state(to):
    if to.ket_thuc:
        return "neutral", "lock", "Đã kết thúc"
    return "", "", "Đang hoạt động"


TO_TABLE = Table(
    name="to-tu-duong",
    columns=(
        Column(label="Tổ", source="ten", link=True, second="don_vi.ten_day_du"),
        Column(label="Thành lập", source="ngay_thanh_lap", sort="ngay_thanh_lap", meta="từ"),
        Column(label="Số quyết định", source="so_quyet_dinh"),
        Column(label="Số đồng chí", source="so_nguoi", numeric=True, meta="số đồng chí"),
        Column(label="Tình trạng", source="ket_thuc", pill=_to_state),
    ),
    empty_text="Chưa lập tổ tu dưỡng",
    empty_hint="Trong tổ, mỗi đoàn viên ưu tú được giao việc cụ thể; mỗi quý tổ họp đánh giá.",
    empty_icon="sprout",
)

THANH_VIEN_TABLE = Table(
    name="thanh-vien-to-tu-duong",
    columns=(
        Column(
            label="Đồng chí",
            source="doan_vien.ho_ten",
            link=True,
            sort=("doan_vien__khoa_sap_xep",),
            second="chi_doan.ten_day_du",
        ),
        Column(label="Tổ", source="to.ten"),
        Column(label="Nguồn", source="get_nguon_display"),
        Column(label="Vào tổ", source="tu_ngay", sort="tu_ngay", meta="vào tổ"),
        Column(label="Thôi từ ngày", source="den_ngay", sort="den_ngay"),
        Column(label="Đảng viên giúp đỡ", source="dang_vien_giup"),
    ),
    empty_text="Chưa có đồng chí nào trong tổ tu dưỡng",
)


def task_state(row: NhiemVu):
    state = NhiemVu.TrangThai
    if row.trang_thai == state.DANG_LAM and row.han < today():
        return "bad", "circle-alert", f"Quá hạn {(today() - row.han).days}{NBSP}ngày"
    if row.trang_thai == state.DANG_LAM:
        return "", "", "Đang làm"
    if row.trang_thai == state.XONG:
        return "ok", "circle-check", row.get_xep_muc_display()
    return "warn", "circle-dot", row.get_xep_muc_display() or row.get_trang_thai_display()


NHIEM_VU_TABLE = Table(
    name="nhiem-vu-tu-duong",
    columns=(
        Column(
            label="Nhiệm vụ",
            source="noi_dung",
            link=True,
            second="thuoc_do",
        ),
        Column(
            label="Đồng chí",
            source="thanh_vien.doan_vien.ho_ten",
            sort=("thanh_vien__doan_vien__khoa_sap_xep",),
            second="thanh_vien.chi_doan.ten_day_du",
            meta=True,
        ),
        Column(label="Lĩnh vực", source="get_linh_vuc_display"),
        Column(label="Hạn", source="han", sort="han", meta="hạn"),
        Column(label="Tình trạng", source="get_trang_thai_display", pill=task_state),
        Column(label="Kết quả", source="ket_qua"),
    ),
    empty_text="Chưa giao nhiệm vụ nào",
)


def _ky_state(ky: KyDanhGia):
    if ky.is_mo:
        return "info", "pencil-line", f"Đã đánh giá {ky.so_da_xong}/{ky.so_nguoi}"
    return "", "", "Đã kết thúc"


KY_TABLE = Table(
    name="ky-danh-gia",
    columns=(
        Column(
            label="Kỳ",
            source=lambda ky: f"Quý {ky.quy_la_ma} năm {ky.nam}",
            link=True,
            second="to.ten",
        ),
        Column(label="Ngày họp", source="ngay", sort="ngay", meta=True),
        Column(label="Địa điểm", source="dia_diem"),
        Column(label="Dự họp", source=lambda ky: f"{ky.so_du_hop}/{ky.so_nguoi}", numeric=True),
        Column(label="Tình trạng", source="get_trang_thai_display", pill=_ky_state),
    ),
    empty_text="Tổ chưa mở kỳ đánh giá nào",
)


def _le_trao_state(row):
    if row.is_da_gui:
        return "ok", "circle-check", "Đã trao"
    return "warn", "hourglass", "Chưa trao"


LE_TRAO_TABLE = Table(
    name="le-trao",
    columns=(
        Column(label="Buổi lễ", source="ten", link=True, second="don_vi.ten_day_du"),
        Column(label="Ngày trao", source="ngay", sort="ngay", meta="ngày"),
        Column(label="Tình trạng", source="tinh_trang", pill=_le_trao_state),
        Column(label="Số hồ sơ", source="so_ho_so", meta="hồ sơ"),
        Column(label="Địa điểm", source="dia_diem"),
    ),
    empty_text="Chưa có buổi lễ nào",
    empty_hint="Lập buổi lễ 3/2 hoặc 26/3, chọn hồ sơ đã có nghị quyết, in danh sách rồi ghi đã "
    "trao cả danh sách một lần.",
)
