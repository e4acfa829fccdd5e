"""The page of the secret vote: what it shows, what is filled beforehand, what was typed."""

from dataclasses import dataclass, field

from doanvien.models import DotXepLoai, PhieuXepLoai
from doanvien.models.dot_xep_loai import MUC, TEN_MUC_NGAN

from .dieu_kien import is_vuot
from .queries import DongXepLoai
from .services import KiemPhieu

DIEN_NHANH = "dien"
COT = [*((muc.value, TEN_MUC_NGAN[muc]) for muc in MUC), ("hong", "Hỏng")]


@dataclass
class ODong:
    """One member's row: (name of the box, its label, what stands in it)."""

    dong: DongXepLoai
    o: list[tuple[str, str, str]]
    ly_do: str = ""
    loi: str = ""

    @property
    def pk(self) -> int:
        return self.dong.phieu.doan_vien_id

    @property
    def hoi_ly_do(self) -> bool:
        """Whether the box for the reason is open: something stands above what is allowed."""
        toi_da = self.dong.ket_luan.toi_da
        above = any(
            value.strip("0 ") and is_vuot(name.rsplit("-", 1)[1], toi_da)
            for name, _, value in self.o[:-1]
        )
        return bool(self.ly_do or self.loi) or above


@dataclass
class TrangBieuQuyet:
    """Ballots and tallies of a round. With `data` it shows again what was typed."""

    dot: DotXepLoai
    dong: list[DongXepLoai]
    data: dict | None = None
    loi: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self.is_dien = bool(self.data) and self.data.get("luu") == DIEN_NHANH
        self.co_mat = self._text("co_mat", self.dot.co_mat)
        self.phieu_thu_ve = self._text("phieu_thu_ve", self.dot.phieu_thu_ve)
        self.hang = [self._row(row) for row in self.dong if row.duoc_xep]
        self.khong_xep = [row for row in self.dong if not row.duoc_xep]

    def is_valid(self) -> bool:
        """Whether the numbers are numbers; the service judges whether they can be."""
        for name, text in (("co_mat", self.co_mat), ("phieu_thu_ve", self.phieu_thu_ve)):
            if not _is_so(text):
                self.loi[name] = "Ghi số, ví dụ 12."
        if self.is_dien:
            return False
        for row in self.hang:
            if any(text and not _is_so(text) for _, _, text in row.o):
                row.loi = f"{row.dong.doan_vien}: số phiếu ghi bằng chữ số."
        return not self.loi and not any(row.loi for row in self.hang)

    def kiem_phieu(self) -> dict[int, KiemPhieu]:
        """The typed tallies; a member whose boxes are all empty has none."""
        found = {}
        for row in self.hang:
            texts = [text for _, _, text in row.o]
            if any(texts):
                votes = [int(text or 0) for text in texts]
                found[row.pk] = KiemPhieu(tuple(votes[:4]), votes[4], row.ly_do)
        return found

    def add_error(self, error) -> None:
        """Put the service's refusal beside the member or box it speaks of."""
        name = error.field or ""
        row = next((row for row in self.hang if name == f"nguoi-{row.pk}"), None)
        if row:
            row.loi = str(error)
        else:
            self.loi[name] = str(error)

    @property
    def tat_ca_loi(self) -> list[tuple[str, str]]:
        """(anchor, sentence) of every refusal, in the order of the page."""
        own = [(name, text) for name, text in self.loi.items()]
        return own + [(f"nguoi-{row.pk}", row.loi) for row in self.hang if row.loi]

    def _text(self, name: str, stored) -> str:
        if self.data:
            return self.data.get(name, "").strip()
        return "" if stored is None else str(stored)

    def _row(self, row: DongXepLoai) -> ODong:
        pk = row.phieu.doan_vien_id
        values = self._values(row, pk)
        boxes = [(f"p-{pk}-{ma}", nhan, values[so]) for so, (ma, nhan) in enumerate(COT)]
        ly_do = self.data.get(f"ld-{pk}", "").strip() if self.data else row.phieu.ly_do_vuot
        return ODong(row, boxes, ly_do)

    def _values(self, row: DongXepLoai, pk: int) -> list[str]:
        if self.is_dien and _is_so(self.phieu_thu_ve):
            return self._dien(row)
        if self.data:
            return [self.data.get(f"p-{pk}-{ma}", "").strip() for ma, _ in COT]
        votes = row.phieu.phieu
        return [""] * len(COT) if votes is None else [str(number) for number in votes]

    def _dien(self, row: DongXepLoai) -> list[str]:
        """All ballots for the level the member proposes, or the highest that is allowed."""
        sheet: PhieuXepLoai = row.phieu
        level = sheet.tu_xep or row.ket_luan.toi_da
        if is_vuot(level, row.ket_luan.toi_da):
            level = row.ket_luan.toi_da
        return [self.phieu_thu_ve if ma == level else "0" for ma, _ in COT]


def _is_so(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 3
