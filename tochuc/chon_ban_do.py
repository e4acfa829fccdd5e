"""Which map a page of a past day is read on: asked in its address, said on the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.text.display import ngay as show_ngay

from .ban_do import HOM_NAY, KHI_DO, BanDo, KhacBanDo, so_sanh
from .models import DonVi

THAM_SO = "ban_do"


@dataclass(frozen=True)
class ChonBanDo:
    """What was chosen for a page, with the two views it offers; none where the maps agree."""

    ngay: date
    khac: KhacBanDo
    ban_do: BanDo | None
    params: Mapping

    @property
    def views(self) -> list[dict]:
        if not self.khac.khac:
            return []
        query = self.params.copy()
        options = []
        for value, label in ((HOM_NAY, "Theo bản đồ hôm nay"), (KHI_DO, "Như đã báo cáo")):
            query[THAM_SO] = value
            query.pop("page", None)
            active = (value == KHI_DO) == (self.ban_do is not None)
            options.append({"label": label, "url": f"?{query.urlencode()}", "active": active})
        return options

    @property
    def loi(self) -> str:
        """What the chosen map means for who reads the figures."""
        if not self.khac.khac:
            return ""
        if self.ban_do is None:
            return (
                "Đơn vị đã sáp nhập cộng vào đơn vị kế tục; đơn vị đã chia tính chung ở cấp trên."
            )
        told = f"Đơn vị xếp như ngày {show_ngay(self.ngay)}."
        if not self.khac.da_roi:
            return told
        return (
            f"{told} {self.khac.da_roi} chi đoàn nay thuộc đơn vị khác, không tính ở đây; "
            "số của các chi đoàn ấy xem ở báo cáo đã nộp."
        )

    @property
    def tham_so(self) -> dict[str, str]:
        """What an address that leads to the same map carries along."""
        return {THAM_SO: KHI_DO} if self.ban_do else {}


def chon_ban_do(params, user, quyen, don_vi: DonVi, ngay: date) -> ChonBanDo:
    """The map that `?ban_do=` asks for, of `ngay`, for rows on which `user` holds `quyen`.

    One statement, none for today. Where the maps agree today's is taken: it is the quicker.
    """
    pham_vi = tuple(user.paths_with(quyen))
    khac = so_sanh(don_vi, ngay, pham_vi)
    asked = khac.khac and params.get(THAM_SO) == KHI_DO
    return ChonBanDo(ngay, khac, BanDo(ngay, pham_vi) if asked else None, params)
