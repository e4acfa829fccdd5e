"""What the actions of a round share: locks, where it stands, the step that is kept."""

from baocao.dot_cham import quy_trinh
from baocao.models import BuocDotCham, DongCham, DotCham
from core.errors import RuleError
from core.periods import today
from doanvien.nhap_thay import is_nhap_thay
from tochuc.audit import record
from tochuc.quy_trinh import check_buoc_mo, move, next_thu_tu, refuse_stale

LOI_DAI = 500


def lock_row(dot: DotCham) -> DotCham:
    """Lock the round alone."""
    rows = DotCham.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("don_vi", "bo").get(pk=dot.pk)


def lock_lines(dot: DotCham) -> None:
    list(dot.dong.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))


def lock_dot(dot: DotCham, loai: str, *, by, version: int | None = None) -> DotCham:
    """Lock the round and its lines for a step of the round (RuleError where none can be taken)."""
    current = lock_row(dot)
    lock_lines(current)
    if version is not None and version != current.version:
        refuse_stale(current, current.buoc.all(), (loai,), by=by, version=version, ten=str(dot))
    check_buoc_mo(current, quy_trinh.BUOC[loai][0], ten=str(current))
    return current


def lock_line(dong: DongCham) -> DongCham:
    """Lock a line, then read its round: what is written on it and a step never pass each other."""
    DongCham.objects.select_for_update(of=("self",), no_key=True).get(pk=dong.pk)
    return DongCham.objects.select_related("dot__don_vi", "dot__bo", "don_vi").get(pk=dong.pk)


def lock_dong(dong: DongCham, bang: dict, *, viec: str) -> DongCham:
    """Lock a line, then read where its round stands; `viec` is what cannot be done now."""
    current = lock_line(dong)
    if not quy_trinh.dong_co_the(current, bang):
        raise RuleError(
            f"{current}: đợt chấm «{current.dot.get_trang_thai_display()}», bản chấm "
            f"«{current.get_trang_thai_display()}», nên chưa thể {viec}."
        )
    return current


def go(dot: DotCham, loai: str, *, by, loi: str = "", changes=None, **noi_dung) -> DotCham:
    """Move a locked round; the step and the audit line are kept."""
    add_step(dot, loai, by=by, loi=loi, tai_version=dot.version)
    move(
        dot,
        den=quy_trinh.BUOC[loai][1],
        ngay=today(),
        hanh_dong=f"dot_cham.{loai}",
        by=by,
        nhap_thay=False,
        changes=changes,
        **noi_dung,
    )
    return dot


def go_dong(dong: DongCham, loai: str, *, by, loi: str = "", **changes) -> DongCham:
    """Move a locked line; the step and the audit line are kept."""
    truoc, dong.trang_thai = dong.trang_thai, quy_trinh.DONG[loai][1]
    for field, value in changes.items():
        setattr(dong, field, value)
    seen = dong.version
    dong.version += 1
    dong.save(update_fields=["trang_thai", "version", *changes])
    thay = is_nhap_thay(by, dong.don_vi_id) if loai == BuocDotCham.Loai.GUI else False
    add_step(dong.dot, loai, by=by, dong=dong, loi=loi, tai_version=seen, nhap_thay=thay)
    record(
        by=by,
        hanh_dong=f"dong_cham.{loai}",
        target=dong,
        truoc=truoc,
        sau=dong.trang_thai,
        nhap_thay=thay,
    )
    return dong


def add_step(
    dot: DotCham, loai: str, *, by, dong=None, loi="", tai_version=0, nhap_thay=False
) -> BuocDotCham:
    return BuocDotCham.objects.create(
        dot=dot,
        dong=dong,
        thu_tu=next_thu_tu(dot.buoc.all()),
        loai=loai,
        loi=loi,
        nhap_thay=nhap_thay,
        tai_version=tai_version,
        boi=by,
    )


def can_loi(loi: str, cau: str, field: str = "loi", dai: int = LOI_DAI) -> str:
    """The words that a step needs, stripped (RuleError without)."""
    if not loi.strip():
        raise RuleError(cau, field=field)
    return loi.strip()[:dai]
