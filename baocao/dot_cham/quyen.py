"""Who may do what in a round: by the unit that holds it and the unit on the line."""

from django.core.exceptions import PermissionDenied

from baocao.models import DongCham, DotCham
from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may


def may_to_chuc(user, dot: DotCham) -> bool:
    """Opens, publishes, answers and closes: at the unit that holds the round."""
    return _tai(user, Quyen.TO_CHUC_CHAM_DIEM, dot.don_vi)


def may_tu_cham(user, dong: DongCham) -> bool:
    """Scores the unit itself; the ward does so for a branch in its place."""
    return user.may(Quyen.TU_CHAM_DIEM, dong.don_vi)


def quyen_tham_dinh(dot: DotCham) -> Quyen:
    """Branches are verified by their ward, wards by the office above."""
    return Quyen.THAM_DINH_CHAM_DIEM if dot.is_chi_doan else Quyen.DUYET_CHAM_DIEM


def may_tham_dinh(user, dong: DongCham) -> bool:
    return user.may(quyen_tham_dinh(dong.dot), dong.don_vi)


def may_duyet(user, dot: DotCham) -> bool:
    """Looks once more at what wards have verified: the office that holds a round of branches."""
    return dot.is_chi_doan and _tai(user, Quyen.DUYET_CHAM_DIEM, dot.don_vi)


def may_xem_trong(user, dong: DongCham) -> bool:
    """Whether the line is of one's own units: evidence, objections and steps are open to them;
    who was scored beside it sees the points alone."""
    return user.may(Quyen.XEM_XEP_HANG, dong.don_vi)


def may_xem_diem(user, dong: DongCham) -> bool:
    """Whether official points may be shown: to offices always, to the unit once published."""
    return dong.dot.is_cong_khai or may_xem_ket_qua(user, dong.dot, dong.don_vi)


def may_xem_ket_qua(user, dot: DotCham, don_vi: DonVi) -> bool:
    """Whether one stands above the unit: before publishing, results are shown to offices only."""
    return any(
        don_vi.path.startswith(role.don_vi.path) and role.don_vi.path != don_vi.path
        for role in user.phan_cong_hom_nay
        if Quyen.XEM_XEP_HANG in role.quyen
    )


def check(allowed: bool, quyen: Quyen) -> None:
    if not allowed:
        raise PermissionDenied(who_may(quyen))


def _tai(user, quyen: Quyen, don_vi: DonVi) -> bool:
    """At that very unit, or at the one of its level that it has gone into."""
    return any(
        role.don_vi_id == don_vi.pk
        or (don_vi.path.startswith(role.don_vi.path) and don_vi.cap == role.don_vi.cap)
        for role in user.phan_cong_hom_nay
        if quyen in role.quyen
    )
