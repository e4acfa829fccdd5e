"""Lists of activities: columns of page and workbook."""

from chidoan.models import HoatDong
from core.tables import Column, Table
from core.text.display import EMPTY, ngay, tien

from .loai import doc_so, so_luong_bang_chu

TRANG_THAI = {
    HoatDong.TrangThai.XONG: ("", "circle-check"),
    HoatDong.TrangThai.DANG_LAM: ("warn", "clock"),
    HoatDong.TrangThai.THOI: ("neutral", "minus"),
}


def trang_thai(row: HoatDong) -> tuple[str, str, str]:
    """Family, icon and word; what is done is the normal case and stays quiet."""
    family, icon = TRANG_THAI[row.trang_thai]
    return family, icon, row.get_trang_thai_display()


def khoang_ngay(row: HoatDong) -> str:
    """One day, or "01/03/2026 – 20/5/2026"."""
    return ngay(row.den_ngay) if row.mot_ngay else f"{ngay(row.tu_ngay)} – {ngay(row.den_ngay)}"


def _nguoi(row: HoatDong) -> str:
    parts = [f"{row.so_nguoi}"] if row.so_nguoi else []
    parts += [f"{row.nguoi_ngoai} ngoài"] if row.nguoi_ngoai else []
    return " + ".join(parts) or EMPTY


HOAT_DONG_TABLE = Table(
    name="hoat-dong",
    columns=(
        Column(
            label="Hoạt động",
            source="ten",
            link=True,
            second=lambda row: (
                row.get_loai_display() if row.ten != row.get_loai_display() else row.dia_diem
            ),
        ),
        Column(label="Loại", source="get_loai_display", in_page=False),
        Column(label="Đơn vị", source="don_vi.ten_day_du", meta=True),
        Column(label="Ngày", source=khoang_ngay, sort="den_ngay", meta=True, in_file=False),
        Column(label="Từ ngày", source="tu_ngay", in_page=False),
        Column(label="Đến ngày", source="den_ngay", in_page=False),
        Column(label="Địa điểm", source="dia_diem", in_page=False),
        Column(
            label="Số lượng",
            source=lambda row: so_luong_bang_chu(row.loai, row.so_luong),
            meta=True,
            in_file=False,
        ),
        Column(label="Số lượng", source="so_luong", numeric=True, in_page=False),
        Column(label="Người tham gia", source=_nguoi, numeric=True, in_file=False),
        Column(label="Đoàn viên tham gia", source="so_nguoi", numeric=True, in_page=False),
        Column(label="Người ngoài", source="nguoi_ngoai", numeric=True, in_page=False),
        Column(label="Ngày công", source="ngay_cong", numeric=True, sort="ngay_cong"),
        Column(
            label="Trị giá",
            source=lambda row: tien(row.gia_tri) or EMPTY,
            numeric=True,
            sort="gia_tri",
            in_file=False,
        ),
        Column(label="Trị giá (đồng)", source="gia_tri", numeric=True, in_page=False),
        Column(label="Người được hưởng", source="nguoi_huong_loi", numeric=True, in_page=False),
        Column(label="Tình trạng", source="get_trang_thai_display", pill=trang_thai),
        Column(label="Kết quả", source="ket_qua", in_page=False),
    ),
    empty_text="Chưa ghi hoạt động nào",
    empty_hint="Ngày Chủ nhật xanh, công trình, hiến máu, thể thao… ghi xong sẽ nằm ở đây và tính "
    "vào số liệu báo cáo.",
)

THAM_GIA_TABLE = Table(
    name="hoat-dong-da-tham-gia",
    columns=(
        Column(
            label="Hoạt động",
            source="hoat_dong.ten",
            link=lambda row: row.hoat_dong.get_absolute_url(),
            second=lambda row: row.hoat_dong.get_loai_display(),
        ),
        Column(label="Đơn vị", source="hoat_dong.don_vi.ten_day_du", meta=True),
        Column(
            label="Ngày",
            source="hoat_dong.den_ngay",
            sort="hoat_dong__den_ngay",
            meta=True,
        ),
        Column(
            label="Ngày công",
            source="ngay_cong",
            numeric=True,
            sort="ngay_cong",
            meta="ngày công",
        ),
        Column(
            label="Tình trạng",
            source="hoat_dong.get_trang_thai_display",
            pill=lambda row: trang_thai(row.hoat_dong),
        ),
    ),
    empty_text="Chưa ghi hoạt động nào",
    empty_hint="Khi chi đoàn chọn tên đồng chí trong một hoạt động, hoạt động ấy sẽ nằm ở đây.",
)


def kpis(tong: dict) -> list[dict]:
    """What the listed activities come to together."""
    ngoai = f"và {tong['nguoi_ngoai']} người ngoài" if tong["nguoi_ngoai"] else ""
    return [
        {"label": "Lượt đoàn viên", "value": doc_so(tong["luot"]), "note": ngoai},
        {"label": "Ngày công", "value": doc_so(tong["cong"])},
        {"label": "Trị giá", "value": tien(tong["gia_tri"])},
        {"label": "Người được hưởng", "value": doc_so(tong["nguoi_huong_loi"])},
    ]
