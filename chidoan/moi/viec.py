"""A called meeting on the home page: the card of the next meeting, or a row among the duties."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from chidoan.models import BuoiSinhHoat
from core.text.display import con_lai
from tochuc.viec import Viec

from .lien_ket import LienKet, sign
from .loi_moi import loi_moi_chung, luc_nao


@dataclass(frozen=True, kw_only=True)
class ViecHen(Viec):
    """A meeting that is called, until its minutes are written."""

    buoi: BuoiSinhHoat

    @property
    def da_qua(self) -> bool:
        return self.buoi.ngay < self.ngay


def viec_hen(buoi: BuoiSinhHoat, day: date, han: date | None = None) -> ViecHen:
    """Before its day: when it is. From the day after: the minutes are to be written."""
    over = buoi.ngay < day
    return ViecHen(
        tieu_de=_title(buoi),
        chi_tiet=_when(buoi, day),
        han=max(han, buoi.ngay) if han else None,
        url=_url("buoi_update" if over else "moi", buoi),
        icon="calendar-check",
        nut="Ghi biên bản" if over else "Ghi buổi sinh hoạt",
        so_phut=1 if buoi.ngay <= day else 0,
        muc="warn" if over else "info",
        ngay=day,
        buoi=buoi,
    )


def the_hen(duty: ViecHen, goc: str) -> dict:
    """The same as the card at the top of the home page; `goc` is the site's own address."""
    buoi = duty.buoi
    card = {
        "title": duty.tieu_de,
        "icon": "calendar-days",
        "lines": [f"{luc_nao(buoi, ngan=True)} · {duty.chi_tiet}", buoi.dia_diem, _theme(buoi)],
        "url": _url("buoi_update", buoi),
        "action": duty.nut,
        "action_icon": "square-pen",
        "second_url": _url("moi", buoi),
        "second_label": "Xem trả lời" if duty.da_qua else "Mời họp",
        "second_icon": "users" if duty.da_qua else "share-2",
    }
    card["lines"] = [line for line in card["lines"] if line]
    if not duty.da_qua:
        path = reverse("chidoan:moi_mo", args=[sign(LienKet(buoi.pk))])
        card["second_share"] = loi_moi_chung(buoi, f"{goc}{path}")
    return card


def _title(buoi: BuoiSinhHoat) -> str:
    if buoi.loai == BuoiSinhHoat.Loai.DINH_KY:
        return f"Sinh hoạt chi đoàn tháng {buoi.ngay.month}"
    return f"{buoi.get_loai_display()} ngày {buoi.ngay:%d/%m}"


def _when(buoi: BuoiSinhHoat, day: date) -> str:
    if buoi.ngay == day:
        return "hôm nay"
    return con_lai(buoi.ngay, day) if buoi.ngay > day else "đã họp, chưa có biên bản"


def _theme(buoi: BuoiSinhHoat) -> str:
    return f"Chủ điểm: {buoi.chu_diem}" if buoi.chu_diem else ""


def _url(name: str, buoi: BuoiSinhHoat) -> str:
    return reverse(f"chidoan:{name}", args=[buoi.pk])
