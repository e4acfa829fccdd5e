"""Which cases a batch may take, and what each of them lacks or will leave blank."""

from dataclasses import dataclass

from django.db.models import Prefetch

from tudưong.giay_to.bo_ho_so import last_votes, missing_for_print
from tudưong.giay_to.de_trong import ly_lich_trong
from tudưong.models import BuocHoSo, HoSo
from tudưong.models.ho_so import HoSoQuerySet

CHUA, DA, TAT_CA = "chua", "da", "tat"
XEM = {CHUA: "Chưa in", DA: "Đã in", TAT_CA: "Tất cả"}
_PHIEU = BuocHoSo.objects.filter(co_quyen__isnull=False).order_by("thu_tu")


@dataclass(frozen=True)
class DongChon:
    """A case to tick: what keeps it from being printed, and what its papers leave blank."""

    ho_so: HoSo
    thieu: list[str]
    de_trong: str

    @property
    def is_du(self) -> bool:
        return not self.thieu


def chon_xem(cases: HoSoQuerySet, xem: str) -> HoSoQuerySet:
    """Cases with the committee's resolution: those at work and not printed yet, printed, or all."""
    cases = cases.da_gioi_thieu().with_da_in()
    if xem == TAT_CA:
        return cases
    return cases.filter(da_in=True) if xem == DA else cases.dang_mo().filter(da_in=False)


def dong_chon(cases: HoSoQuerySet) -> list[DongChon]:
    """The cases with what each lacks, by name; two queries however many they are."""
    rows = cases.select_related("doan_vien", "chi_doan", "don_vi").prefetch_related(
        Prefetch("buoc", queryset=_PHIEU, to_attr="phieu")
    )
    return [
        DongChon(
            ho_so,
            missing_for_print(ho_so, last_votes(ho_so.phieu)),
            ", ".join(ly_lich_trong(ho_so)),
        )
        for ho_so in rows.order_by("doan_vien__khoa_sap_xep", "pk")
    ]
