"""Reads of a round's pages."""

from django.db.models import Count, Exists, OuterRef, Q

from baocao.models import (
    BuocDotCham,
    DiemTieuChi,
    DongCham,
    DotCham,
    KiemPhieuCham,
    YKien,
)
from tochuc.scoping import path_prefixes, subtree

from .quyen import may_to_chuc

_CUA_DON_VI = (
    BuocDotCham.Loai.TRA_LAI,
    BuocDotCham.Loai.XET_LAI,
    BuocDotCham.Loai.Y_KIEN,
    BuocDotCham.Loai.TRA_LOI,
)


def dot_cho_trang():
    """Rounds with their unit, set and how many they score."""
    rows = DotCham.objects.select_related("don_vi", "bo", "truoc").with_da_thay()
    rows = rows.annotate(so_don_vi=Count("dong"))
    return rows.order_by("-ngay_chot", "don_vi__path", "-pk")


def dong_cho_trang():
    return DongCham.objects.select_related("dot__don_vi", "dot__bo", "don_vi")


def dem_dot(dot: DotCham) -> dict:
    """How many lines stand where, and objections that wait. One query."""
    d = DongCham.TrangThai
    waiting = YKien.objects.cho().filter(dong__dot=OuterRef("dot")).order_by()
    return dot.dong.order_by().aggregate(
        tong=Count("pk"),
        cho=Count("pk", filter=Q(trang_thai__in=DongCham.O_DON_VI)),
        gui=Count("pk", filter=Q(trang_thai=d.DA_GUI)),
        xong=Count("pk", filter=Q(trang_thai__in=DongCham.DA_XONG)),
        muon=Count("pk", filter=Q(nop_muon=True)),
        y_kien=Count("pk", filter=Exists(waiting.filter(dong=OuterRef("pk")))),
    )


def dem_muc(dot: DotCham) -> list[tuple[str, int]]:
    """How many stand at each class. One query."""
    rows = dot.dong.order_by("muc").values_list("muc").annotate(so=Count("pk"))
    return list(rows)


def dot_thay(dot: DotCham) -> DotCham | None:
    """The final round that replaces it. One query, none for one that is not replaced."""
    return dot.sau.chung_cuoc().first() if dot.da_thay else None


def dot_dinh_chinh(dot: DotCham) -> DotCham | None:
    """The unfinished round that corrects a final one. One query at most."""
    if not dot.is_chung_cuoc or dot.da_thay:
        return None
    return dot.sau.filter(trang_thai__in=DotCham.DANG_MO).first()


def dot_trung(dot: DotCham) -> list[DotCham]:
    """Rounds of offices above and of units below that score the same units for the same period.
    One query."""
    if dot.trang_thai == DotCham.TrangThai.HUY:
        return []
    line = Q(don_vi__path__in=path_prefixes(dot.don_vi.path)) | subtree(
        "don_vi__path", dot.don_vi.path
    )
    rows = DotCham.objects.filter(line).cua_ky(dot.ky, dot.doi_tuong).con_gia_tri()
    return list(rows.exclude(don_vi=dot.don_vi).select_related("don_vi").order_by("don_vi__path"))


def buoc_cua_dot(dot: DotCham, user) -> list[BuocDotCham]:
    """The round's own steps; to who holds it also what was returned, objected to and answered.
    One query."""
    rows = dot.buoc.select_related("boi", "dong")
    seen = Q(dong__isnull=True)
    if may_to_chuc(user, dot):
        seen |= Q(loai__in=_CUA_DON_VI)
    rows = rows.filter(seen)
    return list(rows.order_by("-thu_tu", "-pk")[:20])[::-1]


def loc_dong(rows, chosen: str, dot: DotCham):
    """Lines as the page is asked for, in the order of the result once there is one."""
    states = {"chua-gui": DongCham.O_DON_VI, "da-gui": (DongCham.TrangThai.DA_GUI,)}
    if chosen in states:
        rows = rows.filter(trang_thai__in=states[chosen])
    elif chosen == "muon":
        rows = rows.filter(nop_muon=True)
    elif chosen == "y-kien":
        rows = rows.filter(Exists(YKien.objects.cho().filter(dong=OuterRef("pk")).order_by()))
    if dot.co_ket_qua:
        return rows.order_by("-co_xep_hang", "hang", "don_vi__path")
    return rows.order_by("don_vi__path")


def ten_chua_gui(rows) -> list[str]:
    """Names of units that have not sent, at most as many as a message holds. One query."""
    late = rows.filter(trang_thai__in=DongCham.O_DON_VI).order_by("don_vi__path")
    return list(late.values_list("ten", flat=True)[:40])


def so_chua_bo_phieu(dot: DotCham) -> int:
    return dot.dong.filter(kiem_phieu__isnull=True).count()


def loi_tra_lai(dong: DongCham) -> str:
    """Why it was given back, while it is with the unit again. One query at most."""
    if dong.trang_thai != DongCham.TrangThai.TRA_LAI:
        return ""
    step = dong.buoc.filter(loai=BuocDotCham.Loai.TRA_LAI).last()
    return step.loi if step else ""


def loi_xet_lai(dong: DongCham) -> str:
    """Why the office above wants it verified again, while it is not. One query at most."""
    if dong.is_xong:
        return ""
    steps = (BuocDotCham.Loai.XONG, BuocDotCham.Loai.XET_LAI)
    last = dong.buoc.filter(loai__in=steps).last()
    return last.loi if last else ""


def diem_bi_y_kien(y_kien: YKien) -> DiemTieuChi | None:
    return DiemTieuChi.objects.filter(dong=y_kien.dong_id, ma=y_kien.ma).first()


def kiem_phieu_cua(dong: DongCham, ben: str) -> KiemPhieuCham | None:
    return dong.kiem_phieu.filter(ben=ben).first()
