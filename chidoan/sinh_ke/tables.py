"""Lists of livelihood: columns of page and workbook."""

from chidoan.models import HoTro, MoHinhKinhTe, ToTietKiem
from core.periods import KyBaoCao
from core.tables import Column, Table
from core.text.display import EMPTY, tien
from core.text.numbers import decimal

T = MoHinhKinhTe.TrangThai
PILLS = {T.DANG_LAM: ("", ""), T.TAM_DUNG: ("warn", "clock"), T.THOI: ("neutral", "minus")}


def quy_so_du(row) -> str:
    """Of which quarter the figures are."""
    return KyBaoCao(row.nam_so_du, quy=row.quy_so_du).ten if row.nam_so_du else ""


def _tien(name: str):
    def show(row) -> str:
        value = getattr(row, name)
        return EMPTY if value is None else tien(value)

    return show


def _qua_han(row) -> tuple[str, str, str] | None:
    if row.no_qua_han:
        return "bad", "circle-alert", tien(row.no_qua_han)
    return None if row.no_qua_han is None else ("", "", "không có")


def _tinh_trang(row: ToTietKiem) -> tuple[str, str, str] | None:
    if row.den_ngay:
        return "neutral", "archive", f"thôi quản lý {row.den_ngay:%d/%m/%Y}"
    return None


TO_TABLE = Table(
    name="to-tiet-kiem-vay-von",
    columns=(
        Column(
            label="Tổ",
            source="ten",
            link=True,
            sort=("ten",),
            second=lambda row: row.don_vi.ten_day_du,
            primary=True,
        ),
        Column(label="Đơn vị quản lý", source="don_vi.ten_day_du", in_page=False),
        Column(label="Tổ trưởng", source="to_truong_la", meta=True),
        Column(label="Tổ viên", source="so_thanh_vien", numeric=True, meta="tổ viên"),
        Column(
            label="Dư nợ",
            source=_tien("du_no"),
            numeric=True,
            sort="du_no",
            meta="dư nợ",
            in_file=False,
        ),
        Column(label="Dư nợ (đồng)", source="du_no", numeric=True, in_page=False),
        Column(label="Nợ quá hạn", source="no_qua_han", pill=_qua_han, in_file=False),
        Column(label="Nợ quá hạn (đồng)", source="no_qua_han", numeric=True, in_page=False),
        Column(label="Tiết kiệm", source=_tien("tiet_kiem"), numeric=True, in_file=False),
        Column(label="Tiết kiệm (đồng)", source="tiet_kiem", numeric=True, in_page=False),
        Column(label="Số liệu của", source=quy_so_du, nowrap=True),
        Column(label="Nhận ủy thác", source="tu_ngay", in_page=False),
        Column(label="Thôi quản lý", source="den_ngay", in_page=False),
    ),
    empty_text="Chưa có tổ tiết kiệm và vay vốn nào",
    empty_hint="Ghi các tổ Ngân hàng Chính sách xã hội ủy thác cho Đoàn; mỗi quý ghi số dư.",
    empty_icon="wallet",
)

MO_HINH_TABLE = Table(
    name="mo-hinh-kinh-te",
    columns=(
        Column(
            label="Mô hình",
            source="ten",
            link=True,
            sort=("ten",),
            second=lambda row: row.get_loai_display(),
            primary=True,
        ),
        Column(label="Loại", source="get_loai_display", in_page=False),
        Column(
            label="Đoàn viên",
            source="doan_vien.ho_ten",
            link=lambda row: row.doan_vien.get_absolute_url(),
            meta=True,
        ),
        Column(label="Chi đoàn", source="chi_doan.ten", meta=True),
        Column(label="Quy mô", source="quy_mo"),
        Column(label="Địa điểm", source="dia_diem", in_page=False),
        Column(
            label="Thu nhập một năm",
            source=_tien("thu_nhap"),
            numeric=True,
            sort="thu_nhap",
            in_file=False,
        ),
        Column(label="Thu nhập một năm (đồng)", source="thu_nhap", numeric=True, in_page=False),
        Column(label="Lao động", source="lao_dong", numeric=True),
        Column(label="Từ ngày", source="tu_ngay", in_page=False),
        Column(
            label="Tình trạng",
            source="get_trang_thai_display",
            pill=lambda row: (*PILLS[row.trang_thai], row.get_trang_thai_display()),
        ),
    ),
    empty_text="Chưa ghi mô hình kinh tế nào",
    empty_hint="Đoàn viên nuôi, trồng, mở tiệm, làm nghề: ghi để giới thiệu, giúp vốn, nhân rộng.",
    empty_icon="sprout",
)

HO_TRO_TABLE = Table(
    name="von-viec-lam-giup-do",
    columns=(
        Column(
            label="Người được giúp",
            source="cho_ai",
            link=True,
            second=lambda row: row.get_loai_display(),
            primary=True,
        ),
        Column(label="Loại", source="get_loai_display", in_page=False),
        Column(label="Đoàn viên", source=lambda row: bool(row.doan_vien_id), in_page=False),
        Column(label="Đơn vị", source="don_vi.ten_day_du", meta=True),
        Column(label="Ngày", source="ngay", sort="ngay", meta=True),
        Column(
            label="Số tiền", source=_tien("so_tien"), numeric=True, sort="so_tien", in_file=False
        ),
        Column(label="Số tiền (đồng)", source="so_tien", numeric=True, in_page=False),
        Column(label="Kết quả", source="ket_qua"),
    ),
    empty_text="Chưa ghi việc hỗ trợ nào",
    empty_hint="Giúp vay vốn, giới thiệu việc làm, học nghề, giúp gia đình khó khăn: ghi một dòng.",
    empty_icon="hand-heart",
)


def trieu(amount: int) -> str:
    """Millions of đồng with at most one decimal: what fits into a tile of a phone."""
    return decimal(amount / 1_000_000).removesuffix(",0")


def kpis_to(tong: dict, so_to: int) -> list[dict]:
    """What the listed groups come to together."""
    du_no, qua_han = tong["du_no"], tong["no_qua_han"]
    rate = f"{100 * qua_han / du_no:.2f}%".replace(".", ",") if du_no else ""
    return [
        {"label": "Tổ", "value": so_to},
        {"label": "Tổ viên", "value": tong["so_thanh_vien"]},
        {"label": "Dư nợ", "value": trieu(du_no), "fraction": "triệu đ"},
        {
            "label": "Nợ quá hạn",
            "value": trieu(qua_han),
            "fraction": "triệu đ",
            "note": rate,
            "bad": bool(qua_han),
        },
    ]


def kpis_ho_tro(dem: dict[str, tuple[int, int]], query: str) -> list[dict]:
    """Supports by kind, the commonest ones; each opens its rows."""
    return [
        {
            "label": HoTro.Loai(loai).label,
            "value": so,
            "note": tien(amount) if amount else "",
            "url": f"?loai={loai}{query}",
        }
        for loai, (so, amount) in sorted(dem.items(), key=lambda item: -item[1][0])[:4]
    ]
