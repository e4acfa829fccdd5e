"""Papers that branches of Phường I issued in past months: few, since each is laid out in full.

Among them one that was a mistake and is void, and minutes that were amended after they were
issued, so that registers and versions tell a story.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from chidoan.giay_to import issue_bien_ban
from chidoan.giay_to.nghi_quyet import issue_nghi_quyet
from chidoan.models import BaoCaoThang, BuoiSinhHoat, PhienBanBuoi
from chidoan.noi_dung import dump, read_noi_dung
from chidoan.van_ban.services import issue_bo_ba
from core.periods import KyBaoCao
from tochuc.audit import record
from tochuc.models import NguoiDung, VanBan
from tochuc.van_ban import void

from .phuong_1 import ChiDoanDemo

BO_BA = {"Khu vực 3": (2, "demo.chidoan"), "Khu vực 1": (2, "demo.chidoan2")}
"""For how many of its last months a branch has issued the set, and who did."""
LAP_NHAM, SUA_DOI = "Khu vực 3", "Khu vực 1"
"""Whose first resolution was a mistake; whose first minutes were amended."""
NGAY_LAP = 25
DANH_GIA = (
    "Đoàn viên đi làm xa còn nhiều, khó dự sinh hoạt tập trung; chi đoàn giữ liên hệ qua gia đình.",
    "Nền nếp sinh hoạt được giữ đều; việc giao cho từng đồng chí có người theo dõi.",
    "Kinh phí hoạt động còn ít, chủ yếu vận động tại chỗ.",
)
KIEN_NGHI = ("", "Đề nghị Đoàn phường hỗ trợ loa cầm tay cho buổi ra quân.", "")


def papers(branches: list[ChiDoanDemo], accounts: dict[str, NguoiDung], *, homnay: date) -> None:
    """The sets of the last whole months of two branches, oldest first."""
    for branch in branches:
        if branch.don_vi.ten in BO_BA:
            months, account = BO_BA[branch.don_vi.ten]
            _branch(branch, months, homnay=homnay, by=accounts[account])


def _branch(branch: ChiDoanDemo, months: int, *, homnay: date, by) -> None:
    this_month = KyBaoCao.month_of(homnay).start
    held = BuoiSinhHoat.objects.da_hop().filter(chi_doan=branch.don_vi, ngay__lt=this_month)
    rows = list(held.select_related("chi_doan").order_by("-ngay")[:months])
    for number, buoi in enumerate(reversed(rows)):
        if number == 0 and branch.don_vi.ten == SUA_DOI:
            _amended(buoi, by=by)
        if number == 0 and branch.don_vi.ten == LAP_NHAM:
            _mistaken(buoi, by=by)
        _set(buoi, number, by=by)


def _set(buoi: BuoiSinhHoat, number: int, *, by) -> None:
    """The three papers of one meeting, issued late in its month."""
    day = buoi.ngay.replace(day=NGAY_LAP)
    report = BaoCaoThang.objects.create(
        chi_doan=buoi.chi_doan,
        nam=day.year,
        thang=day.month,
        ngay=day,
        danh_gia=DANH_GIA[number % len(DANH_GIA)],
        kien_nghi=KIEN_NGHI[number % len(KIEN_NGHI)],
        co_doan_phi=True,
        ghi_boi=by,
    )
    BaoCaoThang.objects.filter(pk=report.pk).update(ghi_luc=_luc(day))
    _dated(issue_bo_ba(buoi=buoi, by=by).van_ban, _luc(day, 21))


def _mistaken(buoi: BuoiSinhHoat, *, by) -> None:
    """A resolution that was issued before its meeting was written down to the end."""
    paper = issue_nghi_quyet(buoi=buoi, by=by)
    void(van_ban=paper, ly_do="Lập khi chưa ghi đủ việc của buổi họp", by=by)
    day = buoi.ngay + timedelta(days=1)
    _dated([paper], _luc(day))
    VanBan.objects.filter(pk=paper.pk).update(huy_luc=_luc(day, 20))


def _amended(buoi: BuoiSinhHoat, *, by) -> None:
    """Minutes with the wrong hour, issued; what they said is kept, and the meeting put right."""
    hour, buoi.bat_dau = buoi.bat_dau, time(18, 30)
    buoi.save(update_fields=["bat_dau"])
    day = buoi.ngay + timedelta(days=1)
    _dated([issue_bien_ban(buoi=buoi, by=by)], _luc(day))
    kept = PhienBanBuoi.objects.create(
        buoi=buoi,
        so=buoi.version,
        noi_dung=dump(read_noi_dung(buoi)),
        ghi_boi=by,
        ghi_luc=_luc(buoi.ngay, 21),
        ly_do="Ghi nhầm giờ bắt đầu",
        thay_boi=by,
    )
    moment = _luc(day + timedelta(days=1))
    PhienBanBuoi.objects.filter(pk=kept.pk).update(thay_luc=moment)
    buoi.bat_dau, buoi.trang_thai = hour, BuoiSinhHoat.TrangThai.SUA_DOI
    buoi.version += 1
    buoi.save(update_fields=["bat_dau", "trang_thai", "version"])
    BuoiSinhHoat.objects.filter(pk=buoi.pk).update(ghi_luc=moment, ghi_boi=by)
    record(
        by=by,
        hanh_dong="buoi.amend",
        target=buoi,
        version=buoi.version,
        truong=["bat_dau"],
        diem_danh={},
    )


def _dated(rows: Iterable[VanBan], luc: datetime) -> None:
    """As of that moment; a paper that was issued before keeps its own."""
    new = [row.pk for row in rows if row.lap_luc > luc]
    VanBan.objects.filter(pk__in=new).update(lap_luc=luc)


def _luc(day: date, hour: int = 19) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, 15)))
