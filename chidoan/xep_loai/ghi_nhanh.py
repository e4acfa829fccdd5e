"""The short columns of all sheets on one page: what the member says, the tasks, the residence."""

from dataclasses import dataclass

from doanvien.models import PhieuXepLoai
from doanvien.models.dot_xep_loai import MUC, TEN_MUC_NGAN

from .queries import DongXepLoai

CHON_MUC = [("", "Chưa ghi"), *((muc.value, TEN_MUC_NGAN[muc]) for muc in MUC)]
CHON_CU_TRU = [("", "Chưa ghi"), *PhieuXepLoai.NoiCuTru.choices]
COT = (
    ("tu_xep", "Tự xếp loại", CHON_MUC),
    ("nhiem_vu", "Nhiệm vụ được giao", CHON_MUC),
    ("noi_cu_tru", "Nơi cư trú", CHON_CU_TRU),
)


@dataclass
class GhiNhanh:
    """Members who are rated, each with its selects."""

    dong: list[DongXepLoai]
    hoi_cu_tru: bool
    data: dict | None = None

    @property
    def cot(self):
        return COT if self.hoi_cu_tru else COT[:2]

    @property
    def hang(self) -> list[tuple[DongXepLoai, list[tuple[str, str, list, str]]]]:
        """(member, [(name, label, choices, chosen)])."""
        return [
            (
                row,
                [
                    (f"{name}-{row.phieu.doan_vien_id}", label, choices, getattr(row.phieu, name))
                    for name, label, choices in self.cot
                ],
            )
            for row in self.dong
            if row.duoc_xep
        ]

    def values(self) -> dict[int, dict[str, str]]:
        """What was chosen; anything else is left as it stands."""
        found: dict[int, dict[str, str]] = {}
        for row in self.dong:
            if row.duoc_xep:
                found[row.phieu.doan_vien_id] = dict(self._chosen(row.phieu.doan_vien_id))
        return found

    def _chosen(self, pk: int):
        for name, _, choices in self.cot:
            value = self.data.get(f"{name}-{pk}")
            if value in dict(choices):
                yield name, value
