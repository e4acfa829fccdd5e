"""Branches by who looks after them, visits, promises: columns of page and workbook."""

from django.urls import reverse

from chidoan.models import LoiHua
from core.periods import today
from core.tables import Column, Table
from core.text.display import EMPTY, con_lai
from core.text.display import ngay as show_ngay

from .queries import DongPhuTrach


def trang_cua(chi_doan_id: int) -> str:
    return reverse("chidoan:lan_xuong_cua", args=[chi_doan_id])


def _kem(row: DongPhuTrach) -> tuple[str, str, str]:
    if row.kem.moi:
        return "info", "sprout", row.kem.moi
    if row.kem.diem:
        return "warn", "triangle-alert", "Cần giúp"
    return "", "", "Ổn định"


def _phu_trach(row: DongPhuTrach) -> tuple[str, str, str]:
    if row.kem.co_phu_trach:
        return "", "", row.chi_doan.ten_phu_trach
    return "bad", "circle-alert", "Chưa phân công"


def _lan_cuoi(row: DongPhuTrach) -> tuple[str, str, str]:
    if row.so_ngay is None:
        return "bad" if row.is_lau else "neutral", "circle-dashed", "Chưa xuống lần nào"
    words = f"{show_ngay(row.kem.lan_cuoi)}, {row.so_ngay} ngày trước"
    if not row.so_ngay:
        words = "Hôm nay"
    return ("warn", "clock", words) if row.is_lau else ("", "", words)


def _loi_hua(row: DongPhuTrach) -> str:
    if not row.chi_doan.so_hua:
        return EMPTY
    late = row.chi_doan.so_hua_qua_han
    return f"{row.chi_doan.so_hua} việc" + (f", {late} quá hạn" if late else "")


PHU_TRACH_TABLE = Table(
    name="phu-trach-chi-doan",
    columns=(
        Column(
            label="Chi đoàn",
            source="chi_doan.ten",
            link=lambda row: trang_cua(row.chi_doan.pk),
            second=lambda row: row.vi_sao,
            primary=True,
        ),
        Column(label="Kèm trước", source=lambda row: _kem(row)[2], pill=_kem),
        Column(label="Vì sao", source="vi_sao", in_page=False),
        Column(label="Bí thư", source="chi_doan.ten_bi_thu", in_page=False),
        Column(
            label="Người phụ trách",
            source=lambda row: _phu_trach(row)[2],
            template="chidoan/phu_trach/_nguoi_cell.html",
            meta="phụ trách",
        ),
        Column(
            label="Lần xuống gần nhất",
            source=lambda row: _lan_cuoi(row)[2],
            template="chidoan/phu_trach/_lan_cuoi_cell.html",
            meta="xuống",
        ),
        Column(
            label="Lời hứa còn lại",
            source=_loi_hua,
            link=lambda row: (
                f"{reverse('chidoan:loi_hua_list')}?tinh_trang=mo&don_vi={row.chi_doan.pk}"
                if row.chi_doan.so_hua
                else ""
            ),
            meta="lời hứa",
        ),
        Column(
            label="Việc",
            source=lambda row: row.chi_doan.pk,
            template="chidoan/phu_trach/_viec_cell.html",
            act=True,
            in_file=False,
        ),
    ),
    empty_text="Không có chi đoàn nào như vậy",
    empty_hint="Chọn «Tất cả» để xem mọi chi đoàn.",
    empty_icon="network",
)


def tinh_trang(row: LoiHua) -> tuple[str, str, str]:
    day = today()
    if row.is_xong:
        return "ok", "circle-check", f"Xong {show_ngay(row.xong_ngay)}"
    words = con_lai(row.han, day)
    if row.is_qua_han(day):
        return "bad", "circle-alert", words.capitalize()
    return "", "clock", words.capitalize()


LOI_HUA_TABLE = Table(
    name="loi-hua",
    columns=(
        Column(label="Việc đã hứa", source="noi_dung", second="ket_qua", primary=True),
        Column(
            label="Chi đoàn",
            source="lan_xuong.chi_doan.ten",
            link=lambda row: trang_cua(row.lan_xuong.chi_doan_id),
            meta=True,
        ),
        Column(label="Bên làm", source="get_ben_display", second="nguoi", meta=True),
        Column(label="Hứa ngày", source="lan_xuong.ngay"),
        Column(label="Hạn", source="han", sort="han", meta="hạn"),
        Column(label="Tình trạng", source=lambda row: tinh_trang(row)[2], pill=tinh_trang),
        Column(
            label="Việc",
            source=lambda row: row.pk,
            template="chidoan/phu_trach/_hua_cell.html",
            act=True,
            in_file=False,
        ),
        Column(label="Kết quả", source="ket_qua", in_page=False),
    ),
    empty_text="Chưa có lời hứa nào",
    empty_hint="Việc hứa với chi đoàn ghi cùng lần xuống sẽ nằm ở đây đến khi làm xong.",
    empty_icon="clipboard-check",
    sorted_by="han",
)

LAN_XUONG_TABLE = Table(
    name="lan-xuong",
    columns=(
        Column(
            label="Chi đoàn",
            source="chi_doan.ten",
            link=lambda row: trang_cua(row.chi_doan_id),
            primary=True,
        ),
        Column(label="Ngày xuống", source="ngay", sort="ngay", meta=True),
        Column(label="Người xuống", source="ho_ten", meta=True),
        Column(label="Thấy gì", source="noi_dung"),
        Column(label="Góp ý", source="gop_y"),
    ),
    empty_text="Chưa ghi lần xuống chi đoàn nào",
    empty_hint="Ghi ngay sau khi xuống, một câu là đủ.",
    empty_icon="map-pin",
)
