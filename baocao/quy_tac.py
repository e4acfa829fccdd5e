"""Rules between figures of a report, declared: a sum of codes, an operator, a sum of codes.

Each says what becomes of it when figures are missing, for which levels it holds and how grave it
is. A blocker keeps the report back only where somebody typed one of its figures: what the books
count contrary to it is a matter of the books, said and let through.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from operator import eq, le

DAU_KY = "@truoc"
"""After a code: its figure in the period before."""
LUY_KE = "@luy_ke"
"""After a code: its figure for the year so far."""


class Thieu(StrEnum):
    """When a rule is passed over."""

    BAT_KY = "bat_ky"  # any of its figures is missing
    TAT_CA = "tat_ca"  # all are; one that is missing counts 0
    KHONG = "khong"  # never; what is missing counts 0


class Phep(StrEnum):
    KHONG_QUA = "khong_qua"
    BANG = "bang"


_PHEP: dict[Phep, Callable] = {Phep.KHONG_QUA: le, Phep.BANG: eq}


@dataclass(frozen=True)
class QuyTac:
    """Quy tắc (rule): codes on both sides, each with + or -, and what it means when broken.

    `loi` says it with {trai} and {phai}. `cap` are the levels it holds for, all when empty.
    """

    trai: tuple[str, ...]
    phep: Phep
    phai: tuple[str, ...]
    loi: str
    is_chan: bool = True
    thieu: Thieu = Thieu.BAT_KY
    cap: tuple[str, ...] = ()

    @property
    def ma(self) -> list[str]:
        """Every code it reads, without signs."""
        return [item.lstrip("-") for item in (*self.trai, *self.phai)]

    def so_sai(self, so: Mapping[str, Decimal | None]) -> tuple[Decimal, Decimal] | None:
        """Both sides where the rule is broken; None where it holds or is passed over."""
        missing = [so.get(ma) is None for ma in self.ma]
        if self.thieu == Thieu.BAT_KY and any(missing):
            return None
        if self.thieu == Thieu.TAT_CA and all(missing):
            return None
        left, right = _tong(self.trai, so), _tong(self.phai, so)
        return None if _PHEP[self.phep](left, right) else (left, right)


def _tong(side: tuple[str, ...], so: Mapping[str, Decimal | None]) -> Decimal:
    total = Decimal(0)
    for item in side:
        value = so.get(item.lstrip("-")) or Decimal(0)
        total += -value if item.startswith("-") else value
    return total


def _phan(part: str, whole: str) -> QuyTac:
    """A part is never more than its whole."""
    return QuyTac((part,), Phep.KHONG_QUA, (whole,), "{trai}, nhiều hơn {phai}")


QUY_TAC: tuple[QuyTac, ...] = (
    _phan(f"duoc_ket_nap_dang{LUY_KE}", f"gioi_thieu_uu_tu{LUY_KE}"),
    _phan("doan_vien_nu", "doan_vien"),
    _phan("dan_toc_thieu_so", "doan_vien"),
    _phan("ton_giao", "doan_vien"),
    _phan("dang_vien_trong_doan", "doan_vien"),
    _phan("di_lam_xa", "doan_vien"),
    _phan("chi_doan_duoi_3", "chi_doan_duoi_9"),
    _phan("chi_doan_duoi_9", "chi_doan"),
    _phan("chi_doan_sinh_hoat_du", "chi_doan"),
    QuyTac(
        (
            f"doan_vien{DAU_KY}",
            "ket_nap_moi",
            "chuyen_den",
            "-chuyen_di",
            "-truong_thanh",
            "-xoa_ten",
            "-khai_tru",
        ),
        Phep.BANG,
        ("doan_vien",),
        "Đoàn viên kỳ trước cộng tăng, trừ giảm là {trai}, cuối kỳ ghi {phai}",
        is_chan=False,
    ),
)
