"""The page of a set: its table as on paper, each computed criterion said in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse

from baocao.models import BoTieuChi, TieuChi
from core.periods import today
from core.text import lowfirst

from .forms import viet_moc
from .kiem import diem
from .luat import BAC_CUA, Bac, BoLuat, CachCham, ChiaCho, CongThuc, LuatTieuChi
from .nguon import nguon_dung_cho

TT = BoTieuChi.TrangThai
_NGAN = ("Không hoàn thành", "Hoàn thành", "Tốt", "Xuất sắc")


@dataclass(frozen=True)
class DongBang:
    """One line of the table; `pk` where its reader may change it."""

    so: str
    sau: int
    luat: LuatTieuChi
    diem: str
    cach_tinh: str
    bac: tuple[str, ...]
    pk: int | None = None


def dong_bang(luat: BoLuat, rows: dict[str, int] | None = None) -> list[DongBang]:
    """The tree in printing order, numbered 1, 1.1; `rows` are the keys of a draft's criteria."""
    words = nguon_dung_cho(luat.doi_tuong)
    return [
        DongBang(
            so=number,
            sau=number.count("."),
            luat=item,
            diem=_diem(item) if luat.is_diem else "",
            cach_tinh="" if item.is_nhom else cach_tinh(item, words),
            bac=tuple(_bac(bac, luat) for bac in item.bac),
            pk=(rows or {}).get(item.ma),
        )
        for number, item in danh_so(luat)
    ]


NHAN_FILE = ("TT", "Tiêu chí", "Điểm tối đa", "Cách chấm", "Các bậc", "Yêu cầu, minh chứng")


def file_rows(luat: BoLuat) -> list[list]:
    """The table as a workbook, for talking it over away from the screen."""
    return [
        [
            row.so,
            row.luat.ten,
            row.luat.diem_toi_da or None,
            row.cach_tinh,
            "\n".join(row.bac),
            row.luat.mo_ta,
        ]
        for row in dong_bang(luat)
    ]


def danh_so(luat: BoLuat, cha: str = "", dau: str = "") -> Iterator[tuple[str, LuatTieuChi]]:
    for place, item in enumerate(luat.con(cha), 1):
        number = f"{dau}{place}"
        yield number, item
        yield from danh_so(luat, item.ma, f"{number}.")


def _diem(item: LuatTieuChi) -> str:
    if not item.is_cong_tru:
        return diem(item.diem_toi_da) if item.diem_toi_da else ""
    parts = [f"+{diem(item.diem_toi_da)}"] if item.diem_toi_da else []
    parts += [f"-{diem(-item.diem_toi_thieu)}"] if item.diem_toi_thieu else []
    return " / ".join(parts)


def _bac(bac: Bac, luat: BoLuat) -> str:
    """ "Từ 80%: Tốt", "Trên 0: 5 điểm", a step without words from its limit."""
    if bac.diem is not None:
        reached = f"{diem(bac.diem)} điểm"
    else:
        named = next((item.ten for item in luat.muc if item.muc == bac.muc), "")
        reached = named or _ten_ngan(bac, luat)
    words = bac.mo_ta or ("Còn lại" if bac.gioi_han is None else viet_moc(bac.gioi_han))
    return f"{reached}: {lowfirst(words)}"


def _ten_ngan(bac: Bac, luat: BoLuat) -> str:
    return _NGAN[BAC_CUA[bac.muc]] if luat.thang == "hd33" else luat.ten_muc(bac.muc)


def cach_tinh(item: LuatTieuChi, words: dict[str, str]) -> str:
    """How a criterion comes to its points, in a sentence."""
    if not item.is_tu_dong:
        return CachCham(item.cach_cham).label
    parts = [f"Máy tính: {lowfirst(item.goi_so or words.get(item.nguon, item.nguon))}"]
    if not item.goi_so and item.chia_cho not in ("", ChiaCho.RIENG, ChiaCho.KHONG):
        divisor = str(item.chia_so) if item.chia_cho == ChiaCho.SO else ""
        parts.append(f"chia cho {divisor or lowfirst(ChiaCho(item.chia_cho).label)}")
    if item.tran_so:
        parts.append(f"tính nhiều nhất {item.tran_so}")
    parts += _cong_thuc(item)
    return "; ".join(parts)


def _cong_thuc(item: LuatTieuChi) -> Iterator[str]:
    if item.cong_thuc == CongThuc.TY_LE and item.moc_duoi is not None:
        low, high = _moc(item, item.moc_duoi), _moc(item, item.moc_tren)
        yield f"từ {low} (0 điểm) đến {high} (đủ điểm)"
    elif item.cong_thuc == CongThuc.MOI_DON_VI:
        step = f"cứ mỗi {item.moi}" if item.moi > 1 else "mỗi đơn vị"
        yield f"{step} {diem(item.diem_moi)} điểm"
    if item.danh_gia not in ("", TieuChi.DanhGia.TINH):
        yield lowfirst(TieuChi.DanhGia(item.danh_gia).label)


def _moc(item: LuatTieuChi, value: Fraction) -> str:
    """A limit in words: a part of something is a percentage, all of it 100%."""
    is_phan = item.chia_cho in (ChiaCho.RIENG, ChiaCho.CHI_TIEU)
    return f"{value.numerator * 100}%" if is_phan and value in (0, 1) else viet_moc(value)


def bang_muc(luat: BoLuat) -> list[tuple[str, str]]:
    """The classes, best first: name, and the points it takes."""
    if not luat.is_diem:
        return [(luat.ten_muc(muc), "") for muc in luat.cac_muc]
    rows, above = [], None
    for item in sorted(luat.muc, key=lambda item: item.tu_diem or Decimal(0), reverse=True):
        start = diem(item.tu_diem or Decimal(0))
        until = f" đến dưới {diem(above)}" if above is not None else " trở lên"
        rows.append((luat.ten_muc(item.muc), f"Từ {start}{until}"))
        above = item.tu_diem
    return rows


def trang_thai(bo: BoTieuChi) -> tuple[str, str, str]:
    """Family, icon and words of a set's state."""
    if bo.is_nhap:
        return "warn", "pencil-line", "Bản nháp"
    if bo.trang_thai == TT.THOI and bo.den_ngay < today():
        return "neutral", "lock", "Thôi áp dụng"
    if not bo.tu_ngay:
        return "neutral", "copy", "Mẫu để sao chép"
    if bo.tu_ngay > today():
        return "info", "clock", "Sắp áp dụng"
    return "ok", "circle-check", "Đang áp dụng"


def facts(bo: BoTieuChi) -> list[tuple]:
    owner = bo.don_vi.ten_day_du if bo.don_vi else "Có sẵn trong phần mềm"
    rows = [
        ("Xếp loại", bo.get_doi_tuong_display()),
        ("Cách xếp", bo.get_kieu_display()),
        ("Đơn vị ban hành", owner),
        ("Căn cứ", bo.can_cu, bo.dia_chi),
        ("Áp dụng", bo.hieu_luc_bang_loi or "Chưa ban hành"),
        ("Phiên bản", str(bo.phien_ban)),
    ]
    if bo.thay_cho:
        rows.append(("Lập từ", str(bo.thay_cho), bo.thay_cho.get_absolute_url()))
    return rows


def crumbs(bo: BoTieuChi) -> list[tuple[str, str]]:
    return [
        ("Xếp hạng", reverse("baocao:xep_hang")),
        ("Bộ tiêu chí", reverse("baocao:bo_tieu_chi_list")),
        (str(bo), ""),
    ]
