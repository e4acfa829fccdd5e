"""The arithmetic of a vote: what tallies are possible, and when enough agree. No database."""

from dataclasses import dataclass

from core.errors import RuleError


@dataclass(frozen=True)
class Phieu:
    """Kết quả kiểm phiếu (tally of one vote). Only numbers: a secret ballot names nobody."""

    co_mat: int
    tan_thanh: int
    khong_tan_thanh: int = 0
    khong_hop_le: int = 0


def check_phieu(phieu: Phieu, *, co_quyen: int, ai: str) -> None:
    """Refuse a tally that cannot be: more present than entitled, or ballots unlike present.

    `ai` names those entitled ("đoàn viên", "ủy viên Ban Chấp hành").
    """
    if co_quyen < 1:
        raise RuleError(f"Chưa ghi {ai} nào tại ngày họp, nên chưa tính được tỷ lệ.")
    if phieu.co_mat > co_quyen:
        raise RuleError(
            f"Có mặt {phieu.co_mat} là nhiều hơn tổng số {co_quyen} {ai}. Ghi lại số có mặt.",
            field="co_mat",
        )
    tong_phieu = phieu.tan_thanh + phieu.khong_tan_thanh + phieu.khong_hop_le
    if tong_phieu != phieu.co_mat:
        raise RuleError(
            f"Tổng số phiếu {tong_phieu} khác số có mặt {phieu.co_mat}. Tán thành, không tán thành "
            "và không hợp lệ cộng lại phải bằng số có mặt.",
            field="tan_thanh",
        )


def at_least(part: int, whole: int, ty_le: tuple[int, int]) -> bool:
    """Whether `part` of `whole` reaches the fraction; 10 of 15 reach 2/3."""
    tu, mau = ty_le
    return part * mau >= tu * whole


def more_than(part: int, whole: int, ty_le: tuple[int, int]) -> bool:
    """Whether `part` of `whole` passes the fraction; 7 of 14 do not pass 1/2."""
    tu, mau = ty_le
    return part * mau > tu * whole
