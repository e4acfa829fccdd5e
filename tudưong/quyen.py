"""Rights that two levels share: the branch for its own members, the ward for all of them."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may

GHI_TRONG_TO = (Quyen.DE_NGHI_HO_SO, Quyen.QUAN_LY_TU_DUONG)
"""Who speaks on a member in a group: notes on tasks, the comment in a review."""
GHI_HO_SO = (Quyen.DE_NGHI_HO_SO, Quyen.LAP_HO_SO)
"""Who opens a case and writes for its member."""


def may_one_of(user, quyen: Iterable[Quyen], don_vi: DonVi) -> bool:
    return any(user.may(one, don_vi) for one in quyen)


def check_one_of(user, quyen: tuple[Quyen, ...], don_vi: DonVi) -> None:
    """PermissionDenied without any of these rights, naming who holds the first."""
    if not may_one_of(user, quyen, don_vi):
        raise PermissionDenied(who_may(quyen[0]))
