"""The demo as people meet it: accounts, an empty ward, a branch that has yet to meet."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.timezone import localdate

from baocao.demo.khung import TAI_KHOAN
from baocao.models import BaoCao, DongKetQua, DotCham, XepLoaiDonVi
from baocao.xep_hang import load_xep_hang
from chidoan.models import BuoiSinhHoat, ChiDoan, PhienBanBuoi
from chidoan.van_ban.queries import bien_ban_cua_ban
from chidoan.van_ban.trang import the_cua_buoi
from chidoan.xep_loai.dieu_kien import is_vuot
from core.periods import KyBaoCao, today
from doanvien.models import DoanVien, PhieuXepLoai, XepLoai
from tochuc.audit import find_faults
from tochuc.models import DonVi, VanBan
from tudưong.models import ThanhVienTo

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demo"),
    pytest.mark.xdist_group("demo"),  # made by one worker only
]


@pytest.mark.parametrize("username", [row[0] for row in TAI_KHOAN])
def test_every_account_signs_in_and_reaches_its_home(client, username):
    answer = client.post(
        reverse("login"), {"username": username, "password": settings.DEMO_PASSWORD}, follow=True
    )

    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == reverse("home")


def test_the_empty_ward_has_its_seventeen_branches_and_nobody_in_them():
    ward = DonVi.objects.get(ma="phuong-mau")

    assert ChiDoan.objects.under(ward).count() == 17
    assert not DoanVien.objects.under(ward).exists()


def test_the_demo_branch_has_yet_to_log_this_month():
    meetings = BuoiSinhHoat.objects.da_hop().filter(chi_doan__ma="phuong-1-khu-vuc-3")

    assert meetings.trong_ky(KyBaoCao.month_of(today()).previous).exists()
    assert not meetings.trong_ky(KyBaoCao.month_of(today())).exists()


@pytest.mark.parametrize(
    "username",
    ["demo.chidoan", "demo.chidoan2", "demo.phuong", "demo.phuongmau", "demo.huyen", "demo.capuy"],
)
def test_those_with_work_find_something_due(client, demo, username):
    client.force_login(demo[username])

    page = client.get(reverse("home"))

    due = [page.context.get("the"), *page.context["viec"]]
    urls = [duty["url"] if isinstance(duty, dict) else duty.url for duty in due if duty]
    assert urls
    assert {client.get(url, follow=True).status_code for url in urls} == {200}


def test_earlier_reports_count_up_to_the_day_they_were_handed_in():
    reports = BaoCao.objects.filter(don_vi__ma="phuong-1", nop_luc__isnull=False)

    assert reports.count() == 5
    for report in reports:
        days = [localdate(step.luc) for step in report.buoc.all()]
        assert report.tinh_den == localdate(report.nop_luc) <= report.han
        assert days == sorted(days)
    branches = BaoCao.objects.filter(don_vi__cap="chi_doan", nop_luc__isnull=False)
    assert all(report.phan_loi.exists() for report in branches)


def test_the_ward_decided_as_the_criteria_came_out():
    ward = DonVi.objects.get(ma="phuong-1")

    rows = load_xep_hang(ward, today().year - 1).dong

    assert {row.quyet_dinh.muc for row in rows} == {"htxs", "htt", "ht", "kht"}
    assert all(row.quyet_dinh.muc == row.xep.muc.name.lower() for row in rows)


def test_one_round_of_the_demo_went_its_whole_way(client, demo):
    done, published, at_work = DotCham.objects.order_by("pk")

    decision = done.quyet_dinh.get()
    best = decision.dong.filter(doi_tuong="chi_doan", muc="htxs")
    papers = VanBan.objects.newest_by_target(DongKetQua, [row.pk for row in best], "GCN")
    assert decision.so_ky_hieu == "28-QĐ/ĐTN"
    assert len(papers) == best.count() > 0
    assert XepLoaiDonVi.objects.filter(nam=decision.nam, so_quyet_dinh="28-QĐ/ĐTN").exists()
    assert published.nhan_y_kien()
    assert published.dong.filter(hang=1).exists()
    assert at_work.trang_thai == "mo"
    client.force_login(demo["demo.chidoan"])
    assert client.get(decision.get_absolute_url()).status_code == 200


def test_the_demo_rates_members_as_the_books_allow():
    """Above that stands only who works away, with the reason, and no higher than hoàn thành."""
    rated = list(PhieuXepLoai.objects.exclude(muc=""))
    above = [sheet for sheet in rated if is_vuot(sheet.muc, sheet.toi_da)]

    assert {sheet.muc for sheet in rated} == {"htxs", "htt", "ht", "kht"}
    assert {(sheet.muc, bool(sheet.ly_do_vuot)) for sheet in above} <= {("ht", True)}
    group = ThanhVienTo.objects.filter(to__don_vi__ma="phuong-1", den_ngay=None, la_to_truong=False)
    levels = XepLoai.objects.filter(doan_vien__in=group.values("doan_vien"))
    assert set(levels.values_list("muc", flat=True)) == {"htxs"}  # outstanding members


def test_a_second_run_changes_nothing(demo):
    before = DoanVien.objects.count(), BuoiSinhHoat.objects.count()
    out = StringIO()

    call_command("demo", stdout=out)

    assert (DoanVien.objects.count(), BuoiSinhHoat.objects.count()) == before
    assert out.getvalue().startswith("Đã có dữ liệu minh họa.")
    assert all(username in out.getvalue() for username in demo)


def test_demo_is_refused_where_it_is_switched_off(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="đang tắt"):
        call_command("demo")


def test_the_audit_chain_of_the_demo_is_whole():
    assert list(find_faults()) == []


def test_nobody_of_the_demo_is_counted_twice():
    people = DoanVien.objects.tai_ngay(today())

    assert people.count() == people.values("pk").distinct().count()


def test_branches_of_the_demo_have_issued_papers_of_past_months(demo):
    """Each register without a gap, one paper void with its reason, one amended and kept."""
    branches = ["phuong-1-khu-vuc-3", "phuong-1-khu-vuc-1"]
    papers = VanBan.objects.filter(don_vi__ma__in=branches, so__isnull=False)
    books = {}
    for paper in papers:
        book = (paper.don_vi_id, paper.loai, paper.ngay.year)
        books.setdefault(book, set()).add(paper.so)

    assert len(books) >= 6
    assert all(numbers == set(range(1, len(numbers) + 1)) for numbers in books.values())
    assert papers.filter(huy_luc__isnull=False).count() == 1
    assert bien_ban_cua_ban(PhienBanBuoi.objects.get()).phien_ban == 1
    meetings = papers.filter(loai="BB").values("doi_tuong_id")
    for meeting in BuoiSinhHoat.objects.filter(pk__in=meetings):
        assert not any(card.da_doi for card in the_cua_buoi(meeting))
