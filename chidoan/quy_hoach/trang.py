"""What the pages of the succession desk show, as plain data for their templates."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from chidoan.models import DeNghiNhanSu
from core.text.display import ngay as show_ngay
from doanvien.danh_muc import NGUON_CAN_BO
from tochuc.models import DonVi

from .khuyet import TEN
from .queries import DongNhanSu
from .tables import o_thieu


def dong_thieu(row: DongNhanSu) -> dict:
    """One branch with its cells: (column, gap or None, address)."""
    branch = row.chi_doan
    return {
        "chi_doan": branch,
        "bi_thu": row.bi_thu,
        "o": o_thieu(row),
        "so_thieu": len(row.thieu),
        "url": reverse("chidoan:detail", args=[branch.pk]),
        "url_bi_thu": reverse("chidoan:can_bo_detail", args=[row.bi_thu.pk]) if row.bi_thu else "",
    }


def bo_loc_thieu(rows: Sequence[DongNhanSu], don_vi: DonVi, thieu: str) -> dict:
    """Quick filters by kind of gap, with numbers."""
    counts = {ma: sum(ma in row.thieu for row in rows) for ma in TEN}
    words = {
        "khuyet_bi_thu": "Khuyết bí thư",
        "khuyet_pho": "Khuyết phó bí thư",
        "khong_ung_vien": "Chưa có quy hoạch",
        "di_xa": "Bí thư đi xa",
        "den_tuoi": "Bí thư đến tuổi",
        "het_nhiem_ky": "Sắp hết nhiệm kỳ",
    }
    options = [("", f"Tất cả {len(rows)}")]
    options += [(ma, f"{words[ma]} {counts[ma]}") for ma in TEN if counts[ma] or ma == thieu]
    return {
        "cac_loc": [
            {"label": label, "url": _url(don_vi, ma), "active": ma == thieu}
            for ma, label in options
        ],
        "cot": list(TEN.values()),
        "url_tep": f"{_url(don_vi, thieu)}&export=xlsx",
    }


def nguon_chips(params: QueryDict, counts: list[tuple[str, int]]) -> list[dict]:
    """The sources with their numbers, those with most people first."""
    chosen = params.get("nguon", "")
    return [
        {
            "label": f"{NGUON_CAN_BO.get(ma, ma)} {so}",
            "url": f"?{_with(params, nguon='' if ma == chosen else ma)}",
            "active": ma == chosen,
        }
        for ma, so in sorted(counts, key=lambda one: -one[1])
    ]


def facts(row: DeNghiNhanSu) -> list[tuple]:
    """One proposal in lines."""
    by = str(row.ghi_boi) if row.ghi_boi else ""
    found = [
        (
            "Đồng chí",
            row.doan_vien.ho_ten,
            reverse("chidoan:can_bo_detail", args=[row.doan_vien_id]),
        ),
        ("Sinh hoạt tại", str(row.doan_vien.chi_doan)),
        ("Để làm", f"{row.get_chuc_danh_display()} {row.don_vi}"),
        ("Ngày đề nghị", show_ngay(row.ngay)),
        ("Người ghi", f"{by}, ghi thay chi đoàn" if row.nhap_thay and by else by),
        ("Trả lời", show_ngay(row.ngay_tra_loi)),
    ]
    return [fact for fact in found if fact[1]]


def _url(don_vi: DonVi, thieu: str) -> str:
    return f"?{urlencode({'don_vi': don_vi.pk, **({'thieu': thieu} if thieu else {})})}"


def _with(params: QueryDict, **changes) -> str:
    params = params.copy()
    for name in ("page", "export", *changes):
        params.pop(name, None)
    for name, value in changes.items():
        if value:
            params[name] = value
    return params.urlencode()
