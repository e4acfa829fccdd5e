"""Parts of a row that two people may write at once, each with a mark of what it says."""

from dataclasses import dataclass
from datetime import date

from chidoan.models.dau_ban import dau_ban

from .models import DanhGia, NhiemVu


@dataclass(frozen=True)
class BanYKien:
    """The branch committee's comment in a review."""

    y_kien: str
    ngay: date | None

    @classmethod
    def cua(cls, row: DanhGia) -> "BanYKien":
        return cls(row.y_kien_bch, row.y_kien_ngay)

    @property
    def version(self) -> str:
        return dau_ban(self.y_kien, self.ngay)


@dataclass(frozen=True)
class BanKetQua:
    """What came of a task."""

    xep_muc: str
    ket_qua: str
    minh_chung: str

    @classmethod
    def cua(cls, row: NhiemVu) -> "BanKetQua":
        return cls(row.xep_muc, row.ket_qua, row.minh_chung)

    @property
    def version(self) -> str:
        return dau_ban(self.xep_muc, self.ket_qua, self.minh_chung)
