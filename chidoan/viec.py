"""What a branch, or a ward for its branches, has to do: the part of the home page from here."""

from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from core.periods import KyBaoCao
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.quy_dinh import gia_tri
from tochuc.viec import Viec, sort_viec

from .lich_hop import da_hop_trong, ky_cua, phai_hop_trong_thang
from .models import BuoiSinhHoat, ChiDoan, ChuDiem, NghiQuyet
from .moi.viec import viec_hen
from .queries import chi_doan_hoat_dong

SAP_DEN_HAN = timedelta(days=7)
HAN_GHI = "han_ghi_sinh_hoat"


def viec_can_lam(user, day: date, *, han_ghi: int | None = None) -> list[Viec]:
    """Duties from meetings and resolutions, overdue first.

    A branch's people: log this month's meeting, and last month's when it was missed; finish a
    draft; report on resolutions that are overdue or due within a week. A ward's people: their
    branches that have not met this month, and the theme of the month. Nothing for those who
    log no meetings, or whose unit's records stopped before that day.

    `han_ghi` is the setting han_ghi_sinh_hoat if it is at hand. Three queries for a branch,
    one more for the setting, three more for a ward.
    """
    roles = [
        role
        for role in user.phan_cong_hom_nay
        if Quyen.GHI_SINH_HOAT in role.quyen and role.don_vi.ngay_so_lieu(day) == day
    ]
    branches = [role.don_vi for role in roles if role.don_vi.is_chi_doan]
    wards = [role.don_vi for role in roles if role.don_vi.is_co_so]
    found = list(_of_branches(branches, day, han_ghi)) if branches else []
    for ward in wards:
        found += viec_cua_phuong(ward, day)
    return sort_viec(found)


def _of_branches(units: list[DonVi], day: date, han_ghi: int | None):
    last_day = han_ghi or gia_tri(HAN_GHI, ngay=day, don_vi=units[0])
    branches = list(ChiDoan.objects.filter(pk__in=[unit.pk for unit in units]).with_nhip())
    held, drafts = _meetings_of(branches, day)
    month = KyBaoCao.month_of(day)
    for branch in branches:
        for due in (month.previous, month):
            if phai_hop_trong_thang(branch, due) and not da_hop_trong(branch, due, held):
                draft = _take_draft(branch, due, drafts)
                if draft and draft.is_hen:
                    yield viec_hen(draft, day, due.start.replace(day=last_day))
                else:
                    yield _log_meeting(branch, due, day, last_day, draft)
    yield from _finish_drafts(drafts, day)
    yield from _resolutions(branches, day)


def _log_meeting(
    branch: ChiDoan, month: KyBaoCao, day: date, last_day: int, draft: BuoiSinhHoat | None
) -> Viec:
    """The meeting of a month that is due; one that was begun is gone on with."""
    url = f"{reverse('chidoan:buoi_create')}?{urlencode({'chi_doan': branch.pk})}"
    begun = f"có bản nháp ngày {draft.ngay:%d/%m}" if draft else ""
    return Viec(
        tieu_de=f"Ghi buổi sinh hoạt tháng {month.thang}",
        chi_tiet=begun or ("" if ky_cua(branch, month) == month else "quý này chưa họp"),
        han=month.start.replace(day=last_day),
        url=reverse("chidoan:buoi_update", args=[draft.pk]) if draft else url,
        icon="calendar-check",
        nut="Mở bản nháp" if draft else "Ghi buổi sinh hoạt",
        so_phut=1,
        muc="info",
        ngay=day,
    )


def _meetings_of(branches: list[ChiDoan], day: date):
    """What `_held` says of the branches, and their drafts, oldest first. One query."""
    is_draft = Q(trang_thai=BuoiSinhHoat.TrangThai.NHAP)
    rows = BuoiSinhHoat.objects.filter(is_draft | _since_last_quarter(day), chi_doan__in=branches)
    found = list(rows.select_related("chi_doan").order_by("ngay", "pk"))
    drafts = [row for row in found if row.is_nhap]
    held = [row for row in found if not row.is_nhap and row.loai != BuoiSinhHoat.Loai.BCH]
    return {(row.chi_doan_id, row.ngay.replace(day=1)) for row in held}, drafts


def _take_draft(
    branch: ChiDoan, month: KyBaoCao, drafts: list[BuoiSinhHoat]
) -> BuoiSinhHoat | None:
    """Take out the draft of the meeting that is due in `month`, if there is one."""
    unit = ky_cua(branch, month)
    for draft in drafts:
        is_bch = draft.loai == BuoiSinhHoat.Loai.BCH
        if draft.chi_doan_id == branch.pk and draft.ngay in unit and not is_bch:
            drafts.remove(draft)
            return draft
    return None


def _finish_drafts(drafts: Iterable[BuoiSinhHoat], day: date):
    for row in drafts:
        if row.is_hen:
            yield viec_hen(row, day)
            continue
        yield Viec(
            tieu_de=f"Hoàn thành biên bản ngày {row.ngay:%d/%m}",
            chi_tiet="đang là bản nháp",
            url=reverse("chidoan:buoi_update", args=[row.pk]),
            icon="file-pen-line",
            nut="Mở bản nháp",
            so_phut=1,
            muc="warn",
            ngay=day,
        )


def _resolutions(branches: list[DonVi], day: date):
    """One duty for those overdue, one for those due soon; it is due with the first of them."""
    dates = list(
        NghiQuyet.objects.chua_xong()
        .filter(chi_doan__in=branches, han__lte=day + SAP_DEN_HAN)
        .order_by("han")
        .values_list("han", flat=True)
    )
    overdue = [han for han in dates if han < day]
    for rows, status in ((overdue, "qua_han"), (dates[len(overdue) :], "sap_den_han")):
        if rows:
            yield Viec(
                tieu_de=f"Báo kết quả {len(rows)} nghị quyết",
                han=rows[0],
                url=f"{reverse('chidoan:nghi_quyet_list')}?tinh_trang={status}",
                icon="clipboard-check",
                nut="Báo kết quả",
                so_phut=len(rows),
                muc="warn",
                ngay=day,
            )


def viec_cua_phuong(
    ward: DonVi,
    day: date,
    *,
    chi_doan: Iterable[ChiDoan] | None = None,
    da_hop: set[tuple[int, date]] | None = None,
):
    """Duties of a ward towards its branches. Three queries.

    One query when the page has read them: `chi_doan`, the branches of the day, and `da_hop`,
    (branch, first day of the month) of each month with a meeting since last quarter.
    """
    month = KyBaoCao.month_of(day)
    found = chi_doan_hoat_dong(ward, day) if chi_doan is None else chi_doan
    branches = [row for row in found if phai_hop_trong_thang(row, month)]
    held = _held(branches, day) if da_hop is None else da_hop
    waiting = [branch for branch in branches if not da_hop_trong(branch, month, held)]
    if waiting:
        yield Viec(
            tieu_de=f"{len(waiting)} chi đoàn chưa sinh hoạt tháng {month.thang}",
            chi_tiet=f"{len(branches) - len(waiting)}/{len(branches)} đã họp",
            han=month.end,
            url=f"{reverse('chidoan:chua_hop')}?don_vi={ward.pk}",
            icon="megaphone",
            nut="Xem chi đoàn",
            ngay=day,
        )
    if not ChuDiem.objects.filter(don_vi=ward, nam=month.nam, thang=month.thang).exists():
        yield Viec(
            tieu_de=f"Đặt chủ điểm tháng {month.thang}",
            chi_tiet="chi đoàn thấy khi ghi buổi sinh hoạt",
            url=f"{reverse('chidoan:chu_diem')}?nam={month.nam}",
            icon="target",
            nut="Đặt chủ điểm",
            so_phut=2,
            ngay=day,
        )


def _held(branches: Iterable[ChiDoan], day: date) -> set[tuple[int, date]]:
    """(branch, first day of the month) of each finished meeting since the last quarter began."""
    rows = BuoiSinhHoat.objects.da_hop().sinh_hoat().filter(_since_last_quarter(day))
    found = rows.filter(chi_doan__in=branches).order_by().values_list("chi_doan_id", "ngay")
    return {(pk, ngay.replace(day=1)) for pk, ngay in found}


def _since_last_quarter(day: date) -> Q:
    return Q(ngay__range=(KyBaoCao.quarter_of(day).previous.start, day))
