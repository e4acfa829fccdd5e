"""Reads of notices and decisions."""

from django.db.models import Count, F, OuterRef, Q, Subquery

from baocao.models import (
    BuocDotCham,
    DongCham,
    DongKetQua,
    DotCham,
    QuyetDinhKetQua,
    XepLoaiDonVi,
)
from tochuc.models import VanBan

CONG_KHAI = (BuocDotCham.Loai.CONG_BO, BuocDotCham.Loai.CHUNG_CUOC)


def dot_cong_khai(user):
    """Published rounds of every unit whose tree this person has a role in, at any level of it."""
    scope = Q()
    for role in user.phan_cong_hom_nay:
        scope |= Q(don_vi__path__startswith=role.don_vi.path)
        scope |= Q(don_vi__path__in=_tren(role.don_vi.path))
    rows = DotCham.objects.filter(trang_thai__in=DotCham.AI_CUNG_XEM)
    return rows.filter(scope) if scope else rows.none()


def _tren(path: str) -> list[str]:
    step = DotCham._meta.get_field("don_vi").related_model.steplen
    return [path[:end] for end in range(step, len(path) + 1, step)]


def dong_theo_hang(dot: DotCham):
    """Lines as the notice lists them: by rank, those without one last."""
    return dot.dong.order_by(F("hang").asc(nulls_last=True), "don_vi__path")


def dong_xem_truoc(dot: DotCham, thay_cho: QuyetDinhKetQua | None):
    """Lines with `da_xep`: the number of another decision that has rated the unit for the year;
    that of `thay_cho` goes with the new one."""
    taken = XepLoaiDonVi.objects.filter(
        don_vi=OuterRef("don_vi"), nam=dot.ky_bao_cao.nam, doi_tuong=dot.doi_tuong
    )
    if thay_cho:
        taken = taken.exclude(so_quyet_dinh=thay_cho.so_ky_hieu)
    return dong_theo_hang(dot).annotate(da_xep=Subquery(taken.values("so_quyet_dinh")[:1]))


def buoc_cong_khai(dot: DotCham) -> BuocDotCham:
    """The step that the notice of the day tells of: the closing, else the publishing."""
    rows = dot.buoc.filter(loai__in=CONG_KHAI, dong__isnull=True)
    step = rows.order_by("-thu_tu", "-pk").first()
    step.dot = dot
    return step


def muc_khac(decision: QuyetDinhKetQua | None) -> dict[int, str]:
    """Lines of the round that the decision rates otherwise: {line: level in words}. One query at
    most."""
    if decision is None:
        return {}
    rows = decision.dong.cua_to_chuc().exclude(muc=F("muc_dot")).order_by()
    return dict(rows.values_list("dong", "ten_muc"))


def dem_muc(dot: DotCham) -> dict[str, int]:
    """How many stand at each class. One query."""
    return dict(dot.dong.order_by("muc").values_list("muc").annotate(so=Count("pk")))


def quyet_dinh_cua(dot: DotCham) -> QuyetDinhKetQua | None:
    return dot.quyet_dinh.con_hieu_luc().first()


def dong_cua(dot: DotCham, user) -> DongCham | None:
    """The line of a unit that this person holds a role at."""
    units = [role.don_vi_id for role in user.phan_cong_hom_nay]
    return dot.dong.select_related("don_vi").filter(don_vi__in=units).first()


def dong_duoc_chon(dot: DotCham, chosen: list[int]) -> list[DongCham]:
    return list(dong_theo_hang(dot).filter(pk__in=chosen))


def bch_cua(quyet_dinh: QuyetDinhKetQua, don_vi: list[int]) -> dict[int, DongKetQua]:
    """The lines of these units' committees."""
    rows = quyet_dinh.dong.exclude(doi_tuong=quyet_dinh.dot.doi_tuong)
    return {row.don_vi_id: row for row in rows.filter(don_vi__in=don_vi)}


def ban_da_ra(quyet_dinh: QuyetDinhKetQua, loai: str) -> VanBan | None:
    """The decision's paper as it was issued last, also once it is void."""
    return VanBan.objects.of(quyet_dinh).filter(loai=loai).order_by("phien_ban").last()


def phieu_cua(dot: DotCham, rows: list[DongCham]) -> dict[int, list]:
    """The secret votes on each of these lines. One query."""
    found: dict[int, list] = {}
    model = DongCham._meta.get_field("kiem_phieu").related_model
    for vote in model.objects.filter(dong__in=[row.pk for row in rows]).order_by("-ben"):
        found.setdefault(vote.dong_id, []).append(vote)
    return found
