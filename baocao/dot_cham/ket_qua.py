"""What comes out of a round: totals, classes, ranks; and the hash that seals them."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from baocao.cham_diem.luat import BAC_CUA
from baocao.cham_diem.tong_hop import tong_hop
from baocao.models import DiemTieuChi, DongCham, DotCham, KiemPhieuCham, MinhChung, YKien
from baocao.xep_loai import xep_hang

from .quy_tac import luat_cua

_DONG = (
    "diem", "muc", "so_thieu", "hang", "hang_cum", "hang_khoi", "version",
)  # fmt: skip
_NHOM = {"hang": (), "hang_cum": ("cap_tren", "cum"), "hang_khoi": ("khoi",)}
"""Where a rank is counted; a cluster of branches is one of their ward: each has its own «Cụm 1»."""


MOI_LAN = 1000
"""Rows of one statement."""


def write(rows: Sequence[DiemTieuChi] | Sequence[DongCham], columns: Sequence[str]) -> None:
    """Write columns of locked rows. An INSERT that finds each of them there already takes values
    as they are; the CASE for each row and column of an UPDATE takes ten times as long."""
    if rows:
        type(rows[0]).objects.bulk_create(
            rows,
            batch_size=MOI_LAN,
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=columns,
        )


def settle(dot: DotCham, *, giu: bool = False) -> None:
    """Write totals, classes and ranks of a locked round; its points first, unless they are kept
    as they stand (`giu`)."""
    rows = DiemTieuChi.objects.filter(dong__dot=dot).order_by("pk")
    if not giu:
        rows.order_by().lay_dang_dung()
    by_line = defaultdict(list)
    for row in rows:
        by_line[row.dong_id].append(row)
    lines = list(dot.dong.order_by("pk"))
    keys = {line.pk: _total(dot, line, by_line[line.pk]) for line in lines}
    _rank(dot, lines, keys)
    write(lines, _DONG)


def _total(dot: DotCham, line: DongCham, rows: Sequence[DiemTieuChi]) -> tuple:
    """Put the line's result on it; gives what the order goes by."""
    luat = luat_cua(dot)
    given = {row.ma: row.diem if luat.is_diem else row.muc for row in rows}
    found = tong_hop(luat, given)
    line.diem = found.tong if luat.is_diem else None
    line.muc, line.so_thieu = found.muc, found.so_thieu
    line.version += 1
    level = BAC_CUA[found.muc] if found.muc else -1
    return (found.tong,) if luat.is_diem else (level, found.so_cao_nhat)


def _rank(dot: DotCham, lines: Sequence[DongCham], keys: dict[int, tuple]) -> None:
    """Shared ranks among all, within the cluster and within the kind, where there is one."""
    for field, nhom in _NHOM.items():
        names = nhom if dot.is_chi_doan else nhom[-1:]
        groups = defaultdict(list)
        for line in lines:
            setattr(line, field, None)
            value = tuple(getattr(line, name) for name in names)
            if line.co_xep_hang and (not value or value[-1]):
                groups[value].append(line)
        for members in groups.values():
            for place, line in xep_hang(members, lambda line: keys[line.pk]):
                setattr(line, field, place)


def seal(dot: DotCham) -> str:
    """SHA-256 over the rules, what was put in and what came out; the same as long as not one
    character of them differs."""
    content = {
        "dot": _cot(dot, ("don_vi_id", "bo_id", "ky", "doi_tuong", "ten", "truoc_id")),
        "ngay": _cot(dot, ("ngay_chot", "tinh_den", "han_tu_cham", "han_tham_dinh", "han_y_kien")),
        "quy_tac": dot.quy_tac,
        "dong": _rows(DongCham.objects.filter(dot=dot), _COT_DONG),
        "diem": _rows(DiemTieuChi.objects.filter(dong__dot=dot), _COT_DIEM),
        "minh_chung": _rows(MinhChung.objects.filter(dong__dot=dot), _COT_MINH_CHUNG),
        "y_kien": _rows(YKien.objects.filter(dong__dot=dot), _COT_Y_KIEN),
        "kiem_phieu": _rows(KiemPhieuCham.objects.filter(dong__dot=dot), _COT_PHIEU),
    }
    text = json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_chu
    )
    return hashlib.sha256(text.encode()).hexdigest()


def tep_hong(dot: DotCham) -> int:
    """How many pieces of evidence are no longer the file whose hash was sealed; read one by one."""
    files = MinhChung.objects.filter(dong__dot=dot).exclude(bam="").order_by("pk")
    kept = files.values_list("tep", "bam").iterator(chunk_size=10)
    return sum(hashlib.sha256(bytes(tep or b"")).hexdigest() != bam for tep, bam in kept)


_COT_DONG = (
    "pk", "don_vi_id", "ten", "cap_tren", "cum", "khoi", "so_doan_vien", "trang_thai", "nop_muon",
    "nhap_thay", "diem_tu_cham", "diem_tham_dinh", "diem", "muc", "so_thieu", "hang", "hang_cum",
    "hang_khoi", "co_xep_hang", "ghi_chu",
)  # fmt: skip
_COT_DIEM = (
    "pk", "dong_id", "ma", "tu", "mau", "diem_may", "muc_may", "ghi_chu", "diem_tu_cham",
    "muc_tu_cham", "nhan_xet", "nhap_thay", "diem_tham_dinh", "muc_tham_dinh", "ly_do",
    "diem_duyet", "muc_duyet", "ly_do_duyet", "diem", "muc",
)  # fmt: skip
_COT_MINH_CHUNG = ("pk", "dong_id", "tieu_chi_id", "y_kien_id", "loai", "ten", "bam", "url")
_COT_Y_KIEN = (
    "pk", "dong_id", "ma", "noi_dung", "lien_ket", "ket_qua", "tra_loi", "ma_moi", "diem_moi",
    "muc_moi",
)  # fmt: skip
_COT_PHIEU = ("pk", "dong_id", "ben", "ngay", "tong_so", "co_mat", "phieu", "hong", "muc")


def _rows(queryset, columns: tuple[str, ...]) -> list[list]:
    return [list(row) for row in queryset.order_by("pk").values_list(*columns)]


def _cot(row, columns: tuple[str, ...]) -> list:
    return [getattr(row, name) for name in columns]


def _chu(value) -> str:
    """Points read the same from either database: 8, 8.0 and 8.00 are one value."""
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)
