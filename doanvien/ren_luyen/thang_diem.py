"""Points and levels of the training programme. Arithmetic without the database."""

from dataclasses import dataclass

from core.errors import RuleError

TOI_DA, SO_PHAN, MOI_PHAN = 100, 5, 20
PHAN = (
    "Lý tưởng",
    "Đạo đức, lối sống",
    "Học tập, lao động, kỹ năng số",
    "Thể chất, văn hóa, kỹ năng xã hội",
    "Kỷ luật, sinh hoạt, tình nguyện",
)


@dataclass(frozen=True)
class ThangDiem:
    """From how many points each level begins; `nam_phan`: scored in five parts of 20."""

    htxs: int = 90
    htt: int = 70
    ht: int = 50
    nam_phan: bool = False

    def muc(self, diem: int) -> str:
        """The level of so many points."""
        for muc in ("htxs", "htt", "ht"):
            if diem >= getattr(self, muc):
                return muc
        return "kht"


def check_diem(diem: int, *, toi_da: int = TOI_DA, ai: str = "") -> int:
    """Refuse points outside 0 to the most."""
    if not 0 <= diem <= toi_da:
        whom = f"{ai}: " if ai else ""
        raise RuleError(f"{whom}điểm {diem} phải từ 0 đến {toi_da}.")
    return diem
