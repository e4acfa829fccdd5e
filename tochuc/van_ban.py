"""Issuing papers: a number without gaps, immutable bytes, a code by which anyone can check.

The layout knowledge that belongs to the Union (who is written above whom, how a number
looks) stands here; how it is drawn stands in `core.pdf`.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import capfirst

from core.errors import RuleError
from core.pdf import Booklet, Dots, Print, Text
from core.periods import today

from .audit import record
from .ghi_nho import remembered
from .models import CapDonVi, DonVi, LichSuDonVi, SoVanBan, VanBan
from .quy_dinh import gia_tri, gia_tri_nhieu

BanIn = Print | Booklet
_BANG_CHU = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that reads like another sign


class MayIn:
    """Máy in (printer): gives check codes and lays papers out, here and at once."""

    def ma(self) -> str:
        return new_code()

    def in_ra(self, ban_in: BanIn) -> bytes:
        return ban_in.pdf()


TAI_CHO = MayIn()


def dang_pdf(don_vi: DonVi) -> str:
    """The form of file that papers of the unit are made in today."""
    return gia_tri("dang_pdf", ngay=today(), don_vi=don_vi)


def take_number(*, don_vi: DonVi, loai: str, nam: int) -> int:
    """The next number of the unit's register; must run inside the issuing transaction."""
    SoVanBan.objects.get_or_create(don_vi=don_vi, loai=loai, nam=nam)
    register = SoVanBan.objects.select_for_update().get(don_vi=don_vi, loai=loai, nam=nam)
    register.so_cuoi += 1
    register.save(update_fields=["so_cuoi"])
    return register.so_cuoi


def so_ky_hieu(*, don_vi: DonVi, loai: str, so: int, ngay: date) -> str:
    """Number and sign as the unit writes it on that day: "07-NQ/ĐTN"."""
    return _mau_so(don_vi, loai, ngay).replace("{so}", f"{so:02d}")


def dong_so_trong(*, don_vi: DonVi, loai: str, ngay: date) -> Text:
    """The number line of a paper that is not issued yet: dots where the number will stand."""
    before, _, after = _mau_so(don_vi, loai, ngay).partition("{so}")
    return (f"Số: {before}", Dots(14), after)


def _mau_so(don_vi: DonVi, loai: str, ngay: date) -> str:
    """The unit's pattern with everything but the number filled in: "{so}-NQ/ĐTN"."""
    ma_dv = "ky_hieu_chi_doan" if don_vi.cap == CapDonVi.CHI_DOAN else "ky_hieu_co_so"
    values = gia_tri_nhieu(["mau_so_van_ban", ma_dv], ngay=ngay, don_vi=don_vi)
    return values["mau_so_van_ban"].replace("{loai}", loai).replace("{dv}", values[ma_dv])


@transaction.atomic
def issue(
    *,
    target,
    don_vi: DonVi,
    loai: str,
    ngay: date,
    tieu_de: str,
    noi_dung,
    render: Callable[[str, str], BanIn | bytes],
    by,
    co_so: bool = True,
    ma: str = "",
    may_in: MayIn = TAI_CHO,
) -> VanBan:
    """Return the paper of `loai` for `target`, issuing it when its content is new.

    `noi_dung` is what the paper says (its `repr` decides whether it changed); the same
    content gives the same stored bytes. A change gives a new version under the same number,
    or, when the paper's day has moved to another year, a number of that year: the old one is
    declared void.
    `render(so_ky_hieu, ma_kiem_tra)` says what to print, in the form that is set for the unit;
    `may_in` prints it. What takes long to make is made before, with a code of `new_code` handed
    over as `ma`; `render` then gives its bytes. Refused when they are none.
    """
    DonVi.objects.select_for_update(of=("self",)).get(pk=don_vi.pk)
    content_hash = _hash(noi_dung)
    earlier = VanBan.objects.issued(target, loai)
    if earlier and earlier.so and earlier.ngay.year != ngay.year:
        _void(earlier, ly_do=f"Chuyển sang số của năm {ngay.year}.", by=by)
        earlier = None
    if earlier and earlier.noi_dung_hash == content_hash:
        record(by=by, hanh_dong="van_ban.print", target=target, don_vi=don_vi, loai=loai)
        return earlier
    so, ky_hieu = (
        (earlier.so, earlier.so_ky_hieu) if earlier else _new_number(don_vi, loai, ngay, co_so)
    )
    code = ma or may_in.ma()
    content = render(ky_hieu, code)
    if isinstance(content, BanIn):
        content = may_in.in_ra(replace(content, variant=dang_pdf(don_vi)))
    if not content:
        raise RuleError("Chưa lập được bản in. Đồng chí thử lại sau ít phút.")
    last = VanBan.objects.of(target).filter(loai=loai).aggregate(last=Max("phien_ban"))["last"]
    van_ban = VanBan.objects.create(
        don_vi=don_vi,
        loai=loai,
        so=so,
        so_ky_hieu=ky_hieu,
        ngay=ngay,
        tieu_de=tieu_de,
        doi_tuong_loai=target._meta.label_lower,
        doi_tuong_id=target.pk,
        phien_ban=(last or 0) + 1,
        noi_dung_hash=content_hash,
        ma_kiem_tra=code,
        tep=content,
        sha256=hashlib.sha256(content).hexdigest(),
        lap_boi=by,
    )
    record(
        by=by,
        hanh_dong="van_ban.issue",
        target=target,
        don_vi=don_vi,
        loai=loai,
        so=ky_hieu,
        phien_ban=van_ban.phien_ban,
    )
    return van_ban


def _new_number(don_vi: DonVi, loai: str, ngay: date, co_so: bool) -> tuple[int | None, str]:
    """The next number of the register and how it is written; none for a paper without number."""
    if not co_so:
        return None, ""
    so = take_number(don_vi=don_vi, loai=loai, nam=ngay.year)
    return so, so_ky_hieu(don_vi=don_vi, loai=loai, so=so, ngay=ngay)


@transaction.atomic
def void(*, van_ban: VanBan, ly_do: str, by) -> None:
    """Declare a paper void, all its versions: it stays in the register, and so does its number.

    The next paper of the kind takes a number of its own. Refused without a reason, or twice.
    """
    DonVi.objects.select_for_update(of=("self",)).get(pk=van_ban.don_vi_id)
    van_ban = VanBan.objects.select_for_update(of=("self",)).get(pk=van_ban.pk)
    if not ly_do.strip():
        raise RuleError("Ghi lý do hủy văn bản.", field="ly_do")
    if van_ban.huy_luc:
        raise RuleError("Văn bản này đã được hủy.")
    _void(van_ban, ly_do=ly_do.strip(), by=by)


def _void(van_ban: VanBan, *, ly_do: str, by) -> None:
    same = VanBan.objects.con_gia_tri().filter(
        doi_tuong_loai=van_ban.doi_tuong_loai,
        doi_tuong_id=van_ban.doi_tuong_id,
        loai=van_ban.loai,
    )
    same.update(huy_luc=timezone.now(), huy_boi=by, ly_do_huy=ly_do)
    record(
        by=by,
        hanh_dong="van_ban.cancel",
        target=van_ban,
        don_vi=van_ban.don_vi,
        loai=van_ban.loai,
        so=van_ban.so_ky_hieu,
    )


def find_issued(*, target, loai: str, noi_dung) -> VanBan | None:
    """The paper that says exactly this already: what takes long need not be made again."""
    earlier = VanBan.objects.issued(target, loai)
    return earlier if earlier and earlier.noi_dung_hash == _hash(noi_dung) else None


def _hash(noi_dung) -> str:
    return hashlib.sha256(repr(noi_dung).encode()).hexdigest()


def new_code() -> str:
    """A check code of 12 signs that are hard to confuse (about 59 bits)."""
    return "".join(secrets.choice(_BANG_CHU) for _ in range(12))


@remembered
def ten_tai_ngay(don_vi: DonVi, ngay: date) -> str:
    """The unit's full name as it was on that day."""
    past = LichSuDonVi.objects.filter(don_vi=don_vi).tai_ngay(ngay).first()
    return don_vi.goi_ten(past.ten) if past else don_vi.ten_day_du


@remembered
def cap_tren_tai_ngay(don_vi: DonVi, ngay: date) -> DonVi | None:
    """The unit above as it was on that day: of a higher level, also for an ended unit."""
    past = LichSuDonVi.objects.select_related("cap_tren").filter(don_vi=don_vi).tai_ngay(ngay)
    row = past.first()
    if row is None:
        return don_vi.cap_tren
    above = row.cap_tren
    return cap_tren_tai_ngay(above, ngay) if above and above.cap == don_vi.cap else above


def tieu_de_don_vi(don_vi: DonVi, ngay: date) -> tuple[str, str]:
    """The two lines at the left of a paper's head: the level above, and the issuer.

    Source: 29-HD/TWĐTN-VP 2013. A ward writes THÀNH ĐOÀN … / BCH ĐOÀN PHƯỜNG …; a branch
    writes ĐOÀN PHƯỜNG … / CHI ĐOÀN …. How a ward writes itself is a dated setting.
    """
    cap_tren = cap_tren_tai_ngay(don_vi, ngay)
    tren = ten_tai_ngay(cap_tren, ngay).upper() if cap_tren else ""
    ten = ten_tai_ngay(don_vi, ngay).upper()
    if don_vi.is_chi_doan:
        return tren, ten
    cach = gia_tri_nhieu(["cach_ghi_co_quan"], ngay=ngay, don_vi=don_vi)["cach_ghi_co_quan"]
    return tren, ten if cach == "ten" else f"{cach} {ten}"


def dia_danh(don_vi: DonVi) -> str:
    """The place written before the date: the ward's name, or what the unit has set."""
    if don_vi.dia_danh:
        return don_vi.dia_danh
    if don_vi.is_chi_doan:
        parent = don_vi.cap_tren
        return dia_danh(parent) if parent else don_vi.ten
    ten = don_vi.ten_noi
    return capfirst(ten)
