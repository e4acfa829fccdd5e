"""Which map a page of a past day is read on: asked in its address, said on the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.periods import KyBaoCao, today
from core.text.display import ngay as show_ngay

from .ban_do import HOM_NAY, KHI_DO, BanDo, KhacBanDo, so_sanh
from .loc import is_khoa
from .models import DonVi

THAM_SO = "ban_do"


@dataclass(frozen=True)
class ChonBanDo:
    """What was chosen for a page, with the two views it offers; none where the maps agree."""

    ngay: date
    khac: KhacBanDo
    ban_do: BanDo | None
    params: Mapping
    ca_da_roi: bool = False
    """Whether branches that have left are counted still, as a report counts them."""

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
    def is_hom_nay(self) -> bool:
        """Whether the maps differ and today's is read."""
        return self.khac.khac and self.ban_do is None

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
        if self.ca_da_roi:
            return (
                f"{told} Tính cả {self.khac.da_roi} chi đoàn nay thuộc đơn vị khác; "
                "bấm vào số thì không mở dòng của các chi đoàn ấy."
            )
        return (
            f"{told} {self.khac.da_roi} chi đoàn nay thuộc đơn vị khác, không tính ở đây; "
            "số của các chi đoàn ấy xem ở báo cáo đã nộp."
        )

    @property
    def tham_so(self) -> dict[str, str]:
        """What an address that leads to the same map carries along."""
        return {THAM_SO: KHI_DO} if self.ban_do else {}


def duoi(request, rows, don_vi: DonVi, ngay: date):
    """Rows at or below a unit, on the map that the address asks for."""
    if request.GET.get(THAM_SO) == KHI_DO:
        return rows.under_tai(don_vi, ngay)
    return rows.under(don_vi)


def chon_cua_danh_sach(request, quyen, ngay: date | None) -> ChonBanDo | None:
    """The choice that a list of a past day offers, once it is limited to a unit.

    Two statements, none for other lists: all that one sees is the same on every map.
    """
    named = request.GET.get("don_vi", "")
    if not is_khoa(named) or ngay is None or ngay >= today():
        return None
    units = DonVi.objects.permitted_to(request.user, quyen)
    don_vi = units.filter(pk=named).first()
    return don_vi and chon_ban_do(request.GET, request.user, quyen, don_vi, ngay)


def ban_do_cua_ngay(request, quyen, ngay: date | None) -> dict:
    """What the page of a list of that day is told: the choice, and what its filters keep."""
    chosen = chon_cua_danh_sach(request, quyen, ngay)
    return {"ban_do": chosen, "kept": kept(chosen)}


def ban_do_cua_ky(request, quyen) -> dict:
    """The same for a list that can be limited to a period: the map of its last day."""
    try:
        day = KyBaoCao.parse(request.GET.get("ky", "")).end
    except ValueError:
        day = None
    return ban_do_cua_ngay(request, quyen, day)


def kept(chosen: ChonBanDo | None) -> list[tuple[str, str]]:
    """What the filters of a list send along."""
    return list(chosen.tham_so.items()) if chosen else []


def chon_ban_do(
    params,
    user,
    quyen,
    don_vi: DonVi,
    ngay: date,
    *,
    ben_trong: bool = False,
    tung_don_vi: bool = False,
) -> ChonBanDo:
    """The map that `?ban_do=` asks for, of `ngay`, for rows on which `user` holds `quyen`.

    `ben_trong` is for pages that show the units inside, `tung_don_vi` for those with a row for
    each right below, see `so_sanh`.

    One statement, none for today. Where the maps agree today's is taken: it is the quicker.
    """
    pham_vi = tuple(user.paths_with(quyen))
    khac = so_sanh(don_vi, ngay, pham_vi, ben_trong=ben_trong, tung_don_vi=tung_don_vi)
    asked = khac.khac and params.get(THAM_SO) == KHI_DO
    return ChonBanDo(ngay, khac, BanDo(ngay, pham_vi) if asked else None, params)
