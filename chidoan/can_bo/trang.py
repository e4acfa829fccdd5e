"""What the profile of a cadre shows, as plain data for its template."""

from collections.abc import Sequence
from datetime import date

from chidoan.models import ChucVu, CuCanBo, ThamHoi, XepLoaiCanBo
from chidoan.models.quy_hoach import ViTri
from core.text.display import ngay as show_ngay
from doanvien.models import DoanVien, KhenThuong
from tochuc.permissions import Quyen

from .queries import ViecKhac
from .tables import muc_bang_chu

_LOAI = {
    "khen": ("Khen thưởng", "award", dict(KhenThuong.HinhThuc.choices)),
    "qh": ("Quy hoạch", "sprout", dict(ViTri.choices)),
    "cu": ("Cử về địa bàn", "map-pin", dict(CuCanBo.VaiTro.choices)),
    "tham_hoi": ("Thăm hỏi, tặng quà", "hand-heart", ThamHoi.Dip.cong_khai()),
}


def nhiem_ky(terms: Sequence[ChucVu], day: date, user) -> list[dict]:
    """Offices held, newest first, as entries of a time line; those `user` sees lead to a page."""
    return [
        {
            "title": f"{row.ten_chuc} {row.don_vi}",
            "lines": [*filter(None, (_cach(row), row.ly_do_cho(user)))],
            "url": row.get_absolute_url() if user.may(Quyen.XEM_DON_VI, row.don_vi) else "",
            "url_label": "Xem nhiệm kỳ",
            "when": f"{show_ngay(row.tu_ngay)} – {show_ngay(row.den_ngay) or 'nay'}",
            "state": "now" if _is_held(row, day) else "done",
            "icon": "user-check",
        }
        for row in terms
    ]


def _cach(row: ChucVu) -> str:
    """How the office was filled, and on what paper."""
    paper = f"Quyết định {row.so_quyet_dinh}" if row.so_quyet_dinh else ""
    return ", ".join(filter(None, (row.get_cach_display(), paper)))


def dang_giu(terms: Sequence[ChucVu], day: date) -> list[ChucVu]:
    return [row for row in terms if row.tu_ngay <= day and _is_held(row, day)]


def facts(doan_vien: DoanVien, *, phu_trach: str, is_readable: bool, phone: str) -> list[tuple]:
    """Sources, training and contact; what is political only while it stands open."""
    found = [
        ("Nguồn", ", ".join(map(str, doan_vien.nguon.all())) or doan_vien.nguon_can_bo),
        ("Lý luận chính trị", doan_vien.ly_luan),
        ("Chuyên môn", doan_vien.chuyen_mon),
        ("Nghề nghiệp", doan_vien.nghe_nghiep),
        ("Nơi công tác", doan_vien.noi_cong_tac),
        ("Người phụ trách chi đoàn", phu_trach),
        ("Điện thoại", phone),
    ]
    if is_readable:
        found += [
            ("Vào Đảng", show_ngay(doan_vien.ngay_vao_dang) or "Chưa vào Đảng"),
            ("Đảng viên chính thức", show_ngay(doan_vien.ngay_dang_chinh_thuc)),
            ("Chức vụ trong Đảng", doan_vien.chuc_vu_dang),
        ]
    return [(label, value) for label, value in found if value]


def xep_loai(rows: Sequence[XepLoaiCanBo]) -> list[dict]:
    return [
        {
            "nam": row.nam,
            "chuc_danh": row.get_chuc_danh_display(),
            "muc": muc_bang_chu(row),
            "kiem_diem": row.tu_kiem_diem,
            "quyet_dinh": row.so_quyet_dinh,
            "ngay": row.ngay,
            "nhan_xet": row.nhan_xet,
        }
        for row in rows
    ]


def viec_khac(rows: Sequence[ViecKhac]) -> list[dict]:
    """Awards, plans, postings and gifts as entries of a time line."""
    return [_entry(row) for row in rows]


def _entry(row: ViecKhac) -> dict:
    name, icon, words = _LOAI[row.loai]
    until = f" – {show_ngay(row.den)}" if row.den else ""
    return {
        "title": f"{name}: {words.get(row.ma, row.ma)}",
        "lines": [row.ten] if row.ten else [],
        "when": f"{show_ngay(row.ngay)}{until}",
        "state": "done",
        "icon": icon,
    }


def _is_held(row: ChucVu, day: date) -> bool:
    return row.den_ngay is None or row.den_ngay >= day
