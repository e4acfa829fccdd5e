"""The set of papers of a month ("bộ ba văn bản tháng"), and what a branch adds to its report."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from chidoan.giay_to.bao_cao import issue_bao_cao_thang
from chidoan.giay_to.bien_ban import issue_bien_ban
from chidoan.giay_to.doc_buoi import doc_buoi
from chidoan.giay_to.nghi_quyet import co_nghi_quyet, issue_nghi_quyet
from chidoan.models import BaoCaoThang, BuoiSinhHoat
from core.errors import RuleError, StaleError
from core.periods import KyBaoCao, today
from core.text.display import ngay as show_ngay
from tochuc.audit import record
from tochuc.models import DonVi, VanBan
from tochuc.permissions import Quyen


@dataclass(frozen=True)
class BoBa:
    """Bộ ba văn bản (set of papers) of one meeting; without a resolution they are two."""

    bien_ban: VanBan
    nghi_quyet: VanBan | None
    bao_cao: VanBan

    @property
    def van_ban(self) -> list[VanBan]:
        return [paper for paper in (self.bien_ban, self.nghi_quyet, self.bao_cao) if paper]


@transaction.atomic
def issue_bo_ba(*, buoi: BuoiSinhHoat, by) -> BoBa:
    """Issue minutes, resolution and monthly report of a finished meeting, each by its register.

    What has not changed since it was issued stays as it is. A meeting that resolved nothing
    and left nothing open has no resolution. Refused for a draft. All papers, or none.
    """
    DonVi.objects.select_for_update(of=("self",)).get(pk=buoi.chi_doan_id)
    if buoi.is_nhap:
        raise RuleError("Buổi này còn là bản nháp. Hoàn thành rồi mới lập văn bản.")
    bao_cao = open_bao_cao_thang(
        chi_doan=buoi.chi_doan, ky=KyBaoCao.month_of(buoi.ngay), tu_ngay=buoi.ngay, by=by
    )
    has_resolution = co_nghi_quyet(doc_buoi(buoi))
    return BoBa(
        issue_bien_ban(buoi=buoi, by=by),
        issue_nghi_quyet(buoi=buoi, by=by) if has_resolution else None,
        issue_bao_cao_thang(bao_cao=bao_cao, by=by),
    )


@transaction.atomic
def issue_bao_cao(*, chi_doan: DonVi, ky: KyBaoCao, by) -> VanBan:
    """The monthly report alone: of a month in which the branch did not meet, too."""
    bao_cao = open_bao_cao_thang(chi_doan=chi_doan, ky=ky, by=by)
    return issue_bao_cao_thang(bao_cao=bao_cao, by=by)


def open_bao_cao_thang(
    *, chi_doan: DonVi, ky: KyBaoCao, by, tu_ngay: date | None = None
) -> BaoCaoThang:
    """The row of the month's report, made today when there is none; locked.

    A report dated before `tu_ngay`, the day of a meeting it has to tell of, is dated today.
    """
    check_ky(chi_doan, ky)
    chi_doan = DonVi.objects.select_for_update(of=("self",)).get(pk=chi_doan.pk)
    bao_cao = BaoCaoThang.objects.select_for_update(of=("self",)).filter(**_key(chi_doan, ky))
    row = bao_cao.select_related("chi_doan").first()
    if row is None:
        row = new_bao_cao_thang(chi_doan=chi_doan, ky=ky, by=by)
    elif tu_ngay is None or row.ngay >= tu_ngay:
        return row
    else:
        row.ngay, row.version = today(), row.version + 1
    row.ghi_boi = by
    row.save()
    return row


def new_bao_cao_thang(*, chi_doan: DonVi, ky: KyBaoCao, by) -> BaoCaoThang:
    """The report of a month that nobody has written yet, not stored."""
    sees_dues = by is not None and by.may(Quyen.XEM_DOAN_PHI, chi_doan)
    return BaoCaoThang(**_key(chi_doan, ky), ngay=today(), co_doan_phi=sees_dues)


@transaction.atomic
def save_bao_cao_thang(*, chi_doan: DonVi, ky: KyBaoCao, version: int, by, **fields) -> BaoCaoThang:
    """Write what the report says beside its figures, and its day; the same again writes nothing.

    Refused for a day before the month or after today; StaleError when somebody has saved
    meanwhile.
    """
    check_ky(chi_doan, ky)
    ngay = fields["ngay"]
    if not ky.start <= ngay <= today():
        raise RuleError(
            f"Ngày báo cáo từ {show_ngay(ky.start)} đến {show_ngay(today())}.", field="ngay"
        )
    DonVi.objects.select_for_update(of=("self",)).get(pk=chi_doan.pk)
    row = BaoCaoThang.objects.filter(**_key(chi_doan, ky)).first()
    if row and all(getattr(row, name) == value for name, value in fields.items()):
        return row
    if row and row.version != version:
        raise StaleError("Có người vừa sửa báo cáo tháng này.", current=row)
    row = row or new_bao_cao_thang(chi_doan=chi_doan, ky=ky, by=by)
    if row.pk:
        row.version += 1
    for name, value in fields.items():
        setattr(row, name, value)
    row.ghi_boi = by
    row.save()
    record(by=by, hanh_dong="bao_cao_thang.save", target=row, ky=ky.code)
    return row


def check_ky(chi_doan: DonVi, ky: KyBaoCao) -> None:
    """Refuse a month that has not begun, or in which the branch did not exist."""
    if ky.start > today():
        raise RuleError(f"Chưa đến tháng {ky.thang} năm {ky.nam}.")
    before = chi_doan.thanh_lap and ky.end < chi_doan.thanh_lap
    after = chi_doan.ket_thuc and ky.start > chi_doan.ket_thuc
    if before or after:
        raise RuleError(f"{chi_doan} không hoạt động trong tháng {ky.thang} năm {ky.nam}.")


def _key(chi_doan: DonVi, ky: KyBaoCao) -> dict:
    return {"chi_doan": chi_doan, "nam": ky.nam, "thang": ky.thang}
