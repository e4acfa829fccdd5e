"""What a member said of a called meeting, and how he starts on its roll."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from chidoan.models import DiemDanh
from chidoan.noi_dung import Dong


@dataclass
class CauTraLoi:
    """What one member said of a called meeting, and whether he has checked in."""

    tra_loi_luc: datetime | None = None
    du_hop: bool = False
    ly_do: str = ""
    diem_danh_luc: datetime | None = None
    diem_danh_so: int = 0
    cung_may: bool = False

    @property
    def la_vang(self) -> bool:
        return self.tra_loi_luc is not None and not self.du_hop

    @property
    def luc(self) -> datetime | None:
        """When he was last heard of."""
        return max(filter(None, (self.tra_loi_luc, self.diem_danh_luc)), default=None)

    @property
    def ten_ly_do(self) -> str:
        return DiemDanh.LyDo(self.ly_do).label if self.ly_do else ""

    @property
    def dong(self) -> Dong | None:
        """How he starts on the roll: who checked in is there, whatever he had answered."""
        if self.diem_danh_luc:
            return Dong()
        if self.la_vang:
            return Dong(trang_thai=DiemDanh.TrangThai.VANG_CO_LY_DO, ly_do=self.ly_do)
        return None

    @property
    def ghi_chu(self) -> str:
        """What stands under his name: "tự điểm danh 19:32", "đã báo vắng"."""
        if self.diem_danh_luc:
            shared = ", từ máy của đồng chí khác" if self.cung_may else ""
            return f"tự điểm danh {timezone.localtime(self.diem_danh_luc):%H:%M}{shared}"
        if self.la_vang:
            return "đã báo vắng"
        return "đã báo đi" if self.du_hop else ""
