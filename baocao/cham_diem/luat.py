"""The rules of a criteria set as values: read from its canonical JSON, written back the same.

Everything is exact: limits are fractions ("4/5"), points decimals ("12.50"). A round keeps the
JSON, so the rules it was scored by never move.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from baocao.models import BoTieuChi, TieuChi, XepLoaiDonVi
from baocao.xep_loai import Muc

THANG = XepLoaiDonVi.Thang
_MUC_CUA = {
    THANG.HD33: XepLoaiDonVi.MUC_HD33,
    THANG.CU: XepLoaiDonVi.MUC_CU,
}
BAC_CUA = {
    str(muc): Muc(len(levels) - 1 - place)
    for levels in _MUC_CUA.values()
    for place, muc in enumerate(levels)
}
"""Where each recorded level stands in its scale, as one of four."""
CachCham, ChiaCho, CongThuc, DanhGia = (
    TieuChi.CachCham,
    TieuChi.ChiaCho,
    TieuChi.CongThuc,
    TieuChi.DanhGia,
)
CO_MUC_HIEN_NAY = XepLoaiDonVi.MUC_HD33
"""The levels that sets of units use."""
_CHI_TINH = ("", DanhGia.TINH)


@dataclass(frozen=True, kw_only=True)
class Bac:
    """Bậc (step): from `gioi_han` on, or above it, the level or the points."""

    gioi_han: Fraction | None = None
    is_tren: bool = False
    muc: str = ""
    diem: Decimal | None = None
    mo_ta: str = ""

    def dat(self, value: Fraction, cang_cao: bool) -> bool:
        if self.gioi_han is None:
            return True
        if value == self.gioi_han:
            return not self.is_tren
        return (value > self.gioi_han) == cang_cao


@dataclass(frozen=True, kw_only=True)
class LuatTieuChi:
    """One criterion as it is evaluated; a group has children instead of a way to be scored."""

    ma: str
    ten: str
    cach_cham: str
    cha: str = ""
    diem_toi_da: Decimal = Decimal(0)
    diem_toi_thieu: Decimal = Decimal(0)
    nguon: str = ""
    chia_cho: str = ""
    chia_so: int | None = None
    tran_so: int | None = None
    cong_thuc: str = ""
    cang_cao: bool = True
    moc_duoi: Fraction | None = None
    moc_tren: Fraction | None = None
    moi: int = 1
    diem_moi: Decimal = Decimal(0)
    danh_gia: str = ""
    goi_so: str = ""
    mo_ta: str = ""
    bac: tuple[Bac, ...] = ()

    @property
    def is_nhom(self) -> bool:
        return self.cach_cham == CachCham.NHOM

    @property
    def is_cong_tru(self) -> bool:
        return self.cach_cham == CachCham.CONG_TRU

    @property
    def is_tu_dong(self) -> bool:
        return bool(self.cong_thuc)

    @property
    def may_danh_gia(self) -> bool:
        """Whether people may have to say its level or points."""
        return not self.is_nhom and (not self.is_tu_dong or self.danh_gia not in _CHI_TINH)

    @property
    def cac_muc(self) -> list[tuple[Muc, str]]:
        """The levels it has, best first, and what each asks for."""
        return [(BAC_CUA[bac.muc], bac.mo_ta) for bac in self.bac if bac.muc]

    def yeu_cau(self, muc: Muc) -> str:
        """What a level asks for; "" when the criterion has no such level."""
        return dict(self.cac_muc).get(muc, "")


@dataclass(frozen=True, kw_only=True)
class LuatMuc:
    """A class of the total: from so many points on."""

    muc: str
    ten: str
    tu_diem: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class BoLuat:
    """A whole set: its criteria in printing order, each after its group, and its classes."""

    ma: str
    phien_ban: int
    ten: str
    doi_tuong: str
    kieu: str
    can_cu: str
    tieu_chi: tuple[LuatTieuChi, ...]
    muc: tuple[LuatMuc, ...]
    mo_ta: str = ""
    dia_chi: str = field(default="")

    @cached_property
    def is_diem(self) -> bool:
        return self.kieu == BoTieuChi.Kieu.DIEM

    @cached_property
    def la(self) -> tuple[LuatTieuChi, ...]:
        """The criteria that are judged; groups only add them up."""
        return tuple(item for item in self.tieu_chi if not item.is_nhom)

    @cached_property
    def theo_ma(self) -> dict[str, LuatTieuChi]:
        return {item.ma: item for item in self.tieu_chi}

    def lay(self, ma: str) -> LuatTieuChi:
        return self.theo_ma[ma]

    @property
    def danh_gia(self) -> tuple[LuatTieuChi, ...]:
        """Criteria whose level or points people may have to say."""
        return tuple(item for item in self.la if item.may_danh_gia)

    def con(self, ma: str) -> list[LuatTieuChi]:
        return [item for item in self.tieu_chi if item.cha == ma]

    def cay(self, cha: str = "", sau: int = 0) -> Iterator[tuple[int, LuatTieuChi]]:
        """The tree in printing order, each line with its depth."""
        for item in self.con(cha):
            yield sau, item
            yield from self.cay(item.ma, sau + 1)

    @cached_property
    def toi_da(self) -> Decimal:
        """What can be reached without bonus points."""
        return sum((item.diem_toi_da for item in self.la if not item.is_cong_tru), Decimal(0))

    @property
    def thang(self) -> str:
        """The scale that the classes belong to."""
        is_cu = any(item.muc in XepLoaiDonVi.MUC_CU for item in self.muc)
        return THANG.CU if is_cu else THANG.HD33

    @cached_property
    def cac_muc(self) -> tuple[str, ...]:
        """The levels of its scale, best first."""
        return tuple(str(muc) for muc in _MUC_CUA[self.thang])

    def ten_muc(self, muc: str) -> str:
        return next((item.ten for item in self.muc if item.muc == muc), "") or (
            XepLoaiDonVi.Muc(muc).label
        )

    @cached_property
    def nguon(self) -> frozenset[str]:
        return frozenset(item.nguon for item in self.la if item.nguon)


def doc_luat(data: dict) -> BoLuat:
    """The rules out of their JSON; what is not said has its usual value."""
    return BoLuat(
        **{key: data[key] for key in ("ma", "phien_ban", "ten", "doi_tuong", "kieu", "can_cu")},
        **{key: data[key] for key in ("mo_ta", "dia_chi") if data.get(key)},
        tieu_chi=tuple(_doc_tieu_chi(item) for item in data["tieu_chi"]),
        muc=tuple(
            LuatMuc(muc=item["muc"], ten=item.get("ten", ""), tu_diem=_decimal(item.get("tu_diem")))
            for item in data["muc"]
        ),
    )


_SO_DIEM = ("diem_toi_da", "diem_toi_thieu", "diem_moi")
_MOC = ("moc_duoi", "moc_tren")


def _doc_tieu_chi(data: dict) -> LuatTieuChi:
    values = dict(data)
    values |= {key: Decimal(data[key]) for key in _SO_DIEM if key in data}
    values |= {key: Fraction(data[key]) for key in _MOC if key in data}
    values["bac"] = tuple(
        Bac(
            **{
                **item,
                "gioi_han": Fraction(item["gioi_han"]) if "gioi_han" in item else None,
                "diem": _decimal(item.get("diem")),
            }
        )
        for item in data.get("bac", ())
    )
    return LuatTieuChi(**values)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def ghi_luat(luat: BoLuat) -> dict:
    """The canonical JSON: only what differs from the usual, exact numbers as text."""
    data = _ghi(luat, ("tieu_chi", "muc"))
    data["tieu_chi"] = [
        {**_ghi(item, ("bac",)), **({"bac": [_ghi(bac) for bac in item.bac]} if item.bac else {})}
        for item in luat.tieu_chi
    ]
    data["muc"] = [_ghi(item) for item in luat.muc]
    return data


def _ghi(row, but: tuple[str, ...] = ()) -> dict:
    found = {}
    for name, spec in row.__dataclass_fields__.items():
        value = getattr(row, name)
        if name in but or value is None or value == spec.default:
            continue
        found[name] = str(value) if isinstance(value, Decimal | Fraction) else value
    return found


def bam(data: dict) -> str:
    """The mark of rules: the same for the same JSON, whatever order its keys come in."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
