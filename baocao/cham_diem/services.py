"""What people do to criteria sets; each function is one action, one transaction."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Max

from baocao.models import BacTieuChi, BoTieuChi, MucXepLoai, TieuChi
from chidoan.sua_dong import check_chua_doi
from core.errors import RuleError
from core.periods import today
from core.text.display import ngay as show_day
from tochuc.audit import record
from tochuc.models import DonVi

from .bo import cac_bac, cot, ghi_cay, luat_cua, snapshot
from .kiem import kiem_bo
from .luat import Bac, LuatTieuChi, bam

TT = BoTieuChi.TrangThai


@transaction.atomic
def copy_bo(*, nguon: BoTieuChi, don_vi: DonVi, by) -> BoTieuChi:
    """A draft of the unit with the same rules: the next version of a set of its own, or the
    first of one that it takes over from above."""
    DonVi.objects.select_for_update(of=("self",)).get(pk=don_vi.pk)
    _check_muc_hien_nay(nguon)
    own = BoTieuChi.objects.filter(don_vi=don_vi, ma=nguon.ma)
    if own.filter(trang_thai=TT.NHAP).exists():
        raise RuleError(f"«{nguon.ten}» đã có một bản nháp của {don_vi}. Mở bản ấy để sửa.")
    last = own.aggregate(so=Max("phien_ban"))["so"] or 0
    fields = ("ma", "ten", "doi_tuong", "kieu", "can_cu", "dia_chi", "mo_ta")
    bo = BoTieuChi.objects.create(
        don_vi=don_vi,
        phien_ban=last + 1,
        thay_cho=nguon,
        tao_boi=by,
        **{name: getattr(nguon, name) for name in fields},
    )
    ghi_cay(bo, luat_cua(nguon))
    record(by=by, hanh_dong="bo_tieu_chi.create", target=bo, nguon=str(nguon))
    return bo


def _check_muc_hien_nay(nguon: BoTieuChi) -> None:
    if luat_cua(nguon).thang != "hd33":
        raise RuleError("Bộ theo thang cũ chỉ để đọc lại, không sao chép thành bộ mới.")


@transaction.atomic
def update_bo(*, bo: BoTieuChi, version: int, by, **values) -> BoTieuChi:
    """Change name, source and words of a draft."""
    bo = lock_nhap(bo, version)
    for name in ("ten", "can_cu", "dia_chi", "mo_ta"):
        setattr(bo, name, values[name])
    bo.version += 1
    bo.save()
    record(by=by, hanh_dong="bo_tieu_chi.update", target=bo)
    return bo


@transaction.atomic
def save_tieu_chi(
    *,
    bo: BoTieuChi,
    version: int,
    luat: LuatTieuChi,
    bac: Sequence[Bac],
    by,
    tieu_chi: TieuChi | None = None,
) -> TieuChi:
    """Add a criterion at the end of its group, or change one; its steps are written anew."""
    bo = lock_nhap(bo, version)
    cha = bo.tieu_chi.get(ma=luat.cha) if luat.cha else None
    if bo.tieu_chi.filter(ma=luat.ma).exclude(pk=tieu_chi and tieu_chi.pk).exists():
        raise RuleError("Bộ đã có tiêu chí mang mã này.", field="ma")
    if tieu_chi is None:
        last = bo.tieu_chi.aggregate(so=Max("thu_tu"))["so"] or 0
        tieu_chi = TieuChi(bo=bo, thu_tu=last + 1)
    _check_nhom(tieu_chi, cha, luat)
    for name, value in {**cot(luat), "cha": cha}.items():
        setattr(tieu_chi, name, value)
    tieu_chi.full_clean()
    tieu_chi.save()
    tieu_chi.bac.all().delete()
    BacTieuChi.objects.bulk_create(cac_bac(tieu_chi, bac))
    _touch(bo)
    record(by=by, hanh_dong="bo_tieu_chi.update", target=bo, tieu_chi=luat.ma)
    return tieu_chi


def _check_nhom(tieu_chi: TieuChi, cha: TieuChi | None, luat: LuatTieuChi) -> None:
    if not luat.is_nhom and tieu_chi.pk and tieu_chi.con.exists():
        raise RuleError("Tiêu chí này còn chứa tiêu chí khác, nên phải là nhóm.", field="cach_cham")
    above = cha
    while above:
        if above.pk == tieu_chi.pk:
            raise RuleError("Nhóm không thể nằm trong chính nó.", field="cha")
        above = above.cha


@transaction.atomic
def delete_tieu_chi(*, tieu_chi: TieuChi, by) -> None:
    """Take a criterion, or a group with everything in it, out of a draft."""
    bo = lock_nhap(tieu_chi.bo)
    ma = tieu_chi.ma
    tieu_chi.delete()
    _touch(bo)
    record(by=by, hanh_dong="bo_tieu_chi.update", target=bo, tieu_chi=ma)


@transaction.atomic
def move_tieu_chi(*, tieu_chi: TieuChi, len_tren: bool, by) -> None:
    """Let a criterion change places with its neighbour in the group; nothing at the end."""
    bo = lock_nhap(tieu_chi.bo)
    rows = list(bo.tieu_chi.filter(cha=tieu_chi.cha_id))
    place = next(number for number, row in enumerate(rows) if row.pk == tieu_chi.pk)
    other = place + (-1 if len_tren else 1)
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    numbers = sorted(row.thu_tu for row in rows)
    for number, row in zip(numbers, rows, strict=True):
        row.thu_tu = number
    TieuChi.objects.bulk_update(rows, ["thu_tu"])
    _touch(bo)
    record(by=by, hanh_dong="bo_tieu_chi.update", target=bo, tieu_chi=tieu_chi.ma)


@transaction.atomic
def save_muc(*, bo: BoTieuChi, version: int, muc: Mapping[str, tuple], by) -> None:
    """The classes of a draft anew: {level: (what the set calls it, points it begins at)}."""
    bo = lock_nhap(bo, version)
    bo.muc_xep_loai.all().delete()
    MucXepLoai.objects.bulk_create(
        MucXepLoai(bo=bo, muc=code, ten=ten, tu_diem=start) for code, (ten, start) in muc.items()
    )
    _touch(bo)
    record(by=by, hanh_dong="bo_tieu_chi.update", target=bo, muc=list(muc))


@transaction.atomic
def issue_bo(*, bo: BoTieuChi, version: int, tu_ngay: date, by) -> BoTieuChi:
    """Freeze the rules and let them hold from a day of this year or later on.

    Refused while anything is wrong with the set. The version it follows ends the day before.
    """
    bo = lock_nhap(bo, version)
    wrong = kiem_bo(luat_cua(bo))
    if wrong:
        raise RuleError(wrong[0])
    if tu_ngay.year < today().year:
        raise RuleError(
            "Bộ mới không áp dụng ngược cho năm đã qua. Chọn ngày từ 01/01 năm nay.",
            field="tu_ngay",
        )
    bo.quy_tac = snapshot(bo)
    bo.ban_bam, bo.tu_ngay, bo.trang_thai = bam(bo.quy_tac), tu_ngay, TT.BAN_HANH
    bo.version += 1
    bo.save()
    _end_before(bo, tu_ngay)
    record(by=by, hanh_dong="bo_tieu_chi.issue", target=bo, tu_ngay=tu_ngay)
    return bo


def _end_before(bo: BoTieuChi, tu_ngay: date) -> None:
    """Other sets of the unit for the same kind of unit that still run end where this begins."""
    last = tu_ngay - timedelta(days=1)
    older = BoTieuChi.objects.filter(
        don_vi=bo.don_vi, doi_tuong=bo.doi_tuong, trang_thai=TT.BAN_HANH, den_ngay__isnull=True
    )
    older.exclude(pk=bo.pk).filter(tu_ngay__lte=last).update(
        den_ngay=last, trang_thai=TT.THOI, version=F("version") + 1
    )


@transaction.atomic
def end_bo(*, bo: BoTieuChi, version: int, den_ngay: date, by) -> BoTieuChi:
    """Let an issued set end; the nearest one above judges from then on."""
    bo = BoTieuChi.objects.select_for_update(of=("self",)).get(pk=bo.pk)
    check_chua_doi(bo, version, "bộ tiêu chí này")
    if bo.trang_thai != TT.BAN_HANH or bo.is_co_san:
        raise RuleError("Chỉ bộ của đơn vị đang áp dụng mới thôi áp dụng được.")
    if den_ngay < max(bo.tu_ngay, date(today().year, 1, 1)):
        raise RuleError(
            f"Ngày cuối phải từ {show_day(max(bo.tu_ngay, date(today().year, 1, 1)))}.",
            field="den_ngay",
        )
    bo.den_ngay, bo.trang_thai, bo.version = den_ngay, TT.THOI, bo.version + 1
    bo.save()
    record(by=by, hanh_dong="bo_tieu_chi.end", target=bo, den_ngay=den_ngay)
    return bo


@transaction.atomic
def delete_bo(*, bo: BoTieuChi, by) -> None:
    """Throw a draft away."""
    bo = lock_nhap(bo)
    record(by=by, hanh_dong="bo_tieu_chi.delete", target=bo, ten=str(bo))
    bo.delete()


def lock_nhap(bo: BoTieuChi, version: int | None = None) -> BoTieuChi:
    """The draft under its lock; an issued set is never changed."""
    found = BoTieuChi.objects.select_for_update(of=("self",)).select_related("don_vi")
    bo = found.get(pk=bo.pk)
    if version is not None:
        check_chua_doi(bo, version, "bộ tiêu chí này")
    if not bo.is_nhap:
        raise RuleError("Bộ đã ban hành không sửa được. Sao chép thành phiên bản mới.")
    return bo


def _touch(bo: BoTieuChi) -> None:
    bo.version += 1
    bo.save(update_fields=["version"])
