"""What the page of one member shows, as plain data for its template."""

from core.text.display import ngay as show_day
from tochuc.permissions import Quyen

from .dia_chi import nay_thuoc
from .ly_lich import KHONG_DEM, NHAY_CAM, SECTIONS, field_names
from .models import DoanVien, QuaTrinh

ICONS = {
    QuaTrinh.LyDoBatDau.KET_NAP: "star",
    QuaTrinh.LyDoBatDau.CHUYEN_DEN: "arrow-right-left",
}
THANG_CU = "cu_"
KHONG_TON_GIAO = "Không"
EMPTY = ("", None, DoanVien.GioiTinh.CHUA_RO)


def timeline(doan_vien: DoanVien, periods, day) -> list[dict]:
    """Where the person belonged, newest first; being away stands on top while it lasts."""
    entries = [_period(period) for period in periods]
    if doan_vien.is_di_lam_xa(day):
        entries.insert(0, _away(doan_vien))
    entries.append(_admission(doan_vien))
    return entries


def ratings(rows) -> list[dict]:
    """Yearly ratings, each in the words and the scale of its year."""
    return [
        {
            "nam": row.nam,
            "muc": row.get_muc_display().removesuffix(" (thang trước 2019)"),
            "thang": "trước 2019" if row.muc.startswith(THANG_CU) else "từ 2019",
            "quyet_dinh": row.so_quyet_dinh,
            "ngay": row.ngay,
        }
        for row in rows
    ]


def record_facts(
    doan_vien: DoanVien, *, is_readable: bool, is_contact: bool
) -> list[tuple[str, str]]:
    """The record's filled lines; sensitive ones and addresses only while they stand open."""
    facts = [
        ("Ngày sinh", f"{show_day(doan_vien.ngay_sinh)}, {_gioi_tinh(doan_vien)}"),
        ("Số CCCD", doan_vien.cccd if is_readable else doan_vien.cccd_che),
        ("Quê quán", _address(doan_vien.que_quan)),
        ("Văn hóa", doan_vien.van_hoa),
        ("Chuyên môn", doan_vien.chuyen_mon),
        ("Lý luận chính trị", doan_vien.ly_luan),
        ("Tin học", doan_vien.tin_hoc),
        ("Ngoại ngữ", doan_vien.ngoai_ngu),
        ("Nghề nghiệp", doan_vien.nghe_nghiep),
        ("Nơi công tác, học tập", doan_vien.noi_cong_tac),
        ("Đối tượng", doan_vien.doi_tuong),
        ("Số thẻ đoàn", doan_vien.so_the),
        ("Cấp thẻ", _joined(show_day(doan_vien.the_ngay_cap), doan_vien.the_noi_cap)),
        ("Sổ đoàn viên", _so_doan(doan_vien)),
        ("Mã định danh", doan_vien.ma_dinh_danh),
        ("Người giới thiệu", _introducer(doan_vien)),
        ("Thế mạnh", doan_vien.the_manh),
        ("Nguồn cán bộ", _joined(*map(str, doan_vien.nguon.all()), doan_vien.nguon_can_bo)),
        ("Hội", doan_vien.hoi),
    ]
    if is_contact:
        facts[3:3] = [
            ("Thường trú", _address(doan_vien.thuong_tru)),
            ("Chỗ ở", doan_vien.noi_o),
            ("Thư điện tử", doan_vien.email),
            ("Gia đình", doan_vien.lien_he_gia_dinh),
            ("Điện thoại khi đi xa", doan_vien.di_xa_dien_thoai),
        ]
    if is_readable:
        facts += [
            ("Dân tộc, tôn giáo", _joined(doan_vien.dan_toc, _ton_giao(doan_vien))),
            (
                "Xét cảm tình Đảng",
                _joined(show_day(doan_vien.ngay_cam_tinh), doan_vien.noi_cam_tinh),
            ),
            ("Vào Đảng", show_day(doan_vien.ngay_vao_dang)),
            ("Đảng viên chính thức", show_day(doan_vien.ngay_dang_chinh_thuc)),
            ("Chức vụ trong Đảng", doan_vien.chuc_vu_dang),
            ("Kỷ luật", doan_vien.ky_luat),
        ]
    return [(label, value) for label, value in facts if value]


def filled(doan_vien: DoanVien, *, is_readable: bool) -> tuple[int, int]:
    """How many of the record's lines are filled, of how many that the reader may see."""
    names = [name for _, rows in SECTIONS[:-1] for name in field_names(rows)]
    names = [name for name in names if not name.startswith("di_xa") and name not in KHONG_DEM]
    names += NHAY_CAM[:2] if is_readable else ()
    done = [
        name for name in names if getattr(doan_vien, _stored(name)) not in ("", None, "chua_ro")
    ]
    return len(done), len(names)


def readable_fields(user, don_vi) -> tuple[str, ...]:
    """Which sensitive fields of an application `user` writes; of a member: `rieng_tu.xem`."""
    return NHAY_CAM if user.may(Quyen.XEM_NHAY_CAM, don_vi) else ()


def _address(text: str) -> str:
    """An address as it was typed, with the province of today beside an old one."""
    now = nay_thuoc(text)
    return f"{text} ({now})" if now else text


def _so_doan(doan_vien: DoanVien) -> str:
    kept = f"giữ tại {doan_vien.so_doan_noi_giu}" if doan_vien.so_doan_noi_giu else ""
    return _joined(*filter(None, (doan_vien.get_so_doan_display(), kept)))


def _introducer(doan_vien: DoanVien) -> str:
    return str(doan_vien.nguoi_gioi_thieu) if doan_vien.nguoi_gioi_thieu_id else ""


def _stored(name):
    return "cccd_cuoi" if name == "cccd" else name


def _period(period: QuaTrinh) -> dict:
    lines = [period.get_ly_do_bat_dau_display()]
    if period.loai != QuaTrinh.Loai.CHINH_THUC:
        lines[0] += f", sinh hoạt {period.get_loai_display().lower()}"
    if period.ly_do_ket_thuc:
        lines.append(period.get_ly_do_ket_thuc_display())
    return {
        "title": str(period.chi_doan),
        "lines": ["; ".join(lines)],
        "when": f"{show_day(period.tu_ngay)} – {show_day(period.den_ngay) or 'nay'}",
        "state": "done",
        "icon": ICONS.get(period.ly_do_bat_dau, "map-pin"),
    }


def _away(doan_vien: DoanVien) -> dict:
    back = doan_vien.di_xa_den
    return {
        "title": _joined("Đi làm xa", doan_vien.di_xa_noi, sign=": "),
        "lines": [f"Dự kiến về {show_day(back)}" if back else "Chưa rõ ngày về"],
        "when": f"{show_day(doan_vien.di_xa_tu)} – nay",
        "state": "now",
        "icon": "plane",
    }


def _admission(doan_vien: DoanVien) -> dict:
    papers = [
        f"Nghị quyết số {doan_vien.so_nghi_quyet}" if doan_vien.so_nghi_quyet else "",
        f"thẻ đoàn viên số {doan_vien.so_the}" if doan_vien.so_the else "",
    ]
    line = " · ".join(paper for paper in papers if paper)
    return {
        "title": _joined("Vào Đoàn", doan_vien.noi_vao_doan, sign=" tại "),
        "lines": [line] if line else [],
        "when": show_day(doan_vien.ngay_vao_doan),
        "state": "done",
        "icon": "flag",
    }


def _gioi_tinh(doan_vien: DoanVien) -> str:
    if doan_vien.gioi_tinh == DoanVien.GioiTinh.CHUA_RO:
        return "chưa rõ giới tính"
    return doan_vien.get_gioi_tinh_display().lower()


def _ton_giao(doan_vien: DoanVien) -> str:
    none = doan_vien.ton_giao == KHONG_TON_GIAO
    return "không theo tôn giáo" if none else doan_vien.ton_giao


def _joined(*parts: str, sign: str = ", ") -> str:
    return sign.join(part for part in parts if part)
