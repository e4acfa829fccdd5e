"""Two requests at the same moment: one record, no lost update."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from chidoan import services
from chidoan.models import BuoiSinhHoat, ChucVu
from core.errors import RuleError, StaleError
from core.periods import KyBaoCao
from doanvien.doan_phi.services import submit_nop
from doanvien.models import NopDoanPhi
from tests.chidoan.buoi_data import post_data
from tests.chidoan.test_services_buoi import said
from tests.factories import (
    make_buoi,
    make_chi_doan,
    make_doan_vien,
    make_nghi_quyet,
    make_nguoi_dung,
    make_phieu_thu,
)
from tochuc.audit import find_faults
from tochuc.models import DonVi, SoVanBan, VanBan
from tochuc.permissions import VaiTro
from tochuc.van_ban import issue, void

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("papers_unread")]


def at_once(*calls):
    """What each call gives back, or the refusal it ends in."""

    def run(call):
        try:
            return call()
        except RuleError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.fixture
def members(chi_doan):
    return [make_doan_vien(chi_doan=chi_doan) for _ in range(3)]


def test_resolution_is_not_ended_while_a_meeting_of_its_branch_is_saved(chi_doan, members):
    row = make_nghi_quyet(buoi=make_buoi(chi_doan=chi_doan), phu_trach=members[0])
    end = partial(
        services.finish_nghi_quyet,
        nghi_quyet=row,
        trang_thai="xong",
        ket_qua="Đã làm",
        ngay=date(2026, 11, 1),
        by=None,
    )

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            DonVi.objects.select_for_update(of=("self",)).get(pk=chi_doan.pk)
            DonVi.objects.filter(pk=chi_doan.pk).update(ten=chi_doan.ten)
            waiting = pool.submit(at_once, end)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)
        assert waiting.result()[0].is_ket_thuc


def test_what_a_merged_branch_took_is_handed_on_once(phuong):
    """By the old branch's book and by the successor's at the same moment."""
    new, old = make_chi_doan(phuong=phuong), make_chi_doan(phuong=phuong)
    paid = make_phieu_thu(make_doan_vien(chi_doan=old), date(2026, 9, 1), so_tien=6_000)
    DonVi.objects.filter(pk=old.pk).update(path=f"{new.path}0001", depth=new.depth + 1)
    fields = {"ky": KyBaoCao(2026, thang=9), "ngay": paid.ngay, "chung_tu": "", "by": None}

    found = at_once(
        *(
            partial(submit_nop, don_vi=DonVi.objects.get(pk=unit.pk), ma_gui=uuid.uuid4(), **fields)
            for unit in (old, new)
        )
    )

    assert sum(isinstance(one, RuleError) for one in found) == 1
    assert NopDoanPhi.objects.get().co_so == 6_000


def test_double_click_is_one_meeting(chi_doan, members):
    values = {
        "chi_doan": chi_doan,
        "client_id": uuid.uuid4(),
        "noi_dung": said(members),
        "hoan_thanh": True,
        "by": None,
    }

    found = at_once(*[lambda: services.create_buoi(**values)] * 4)

    assert {buoi.pk for buoi in found} == {BuoiSinhHoat.objects.get().pk}


def test_one_of_two_editors_wins_and_the_other_is_told(chi_doan, members):
    buoi = services.create_buoi(
        chi_doan=chi_doan,
        client_id=uuid.uuid4(),
        noi_dung=said(members),
        hoan_thanh=True,
        by=None,
    )

    def save(words):
        return services.update_buoi(
            buoi=buoi,
            version=1,
            noi_dung=said(members, ket_luan=words),
            hoan_thanh=True,
            by=None,
            ly_do="Ghi nhầm",
        )

    found = at_once(lambda: save("Một"), lambda: save("Hai"))

    (lost,) = [answer for answer in found if isinstance(answer, StaleError)]
    (kept,) = [answer for answer in found if isinstance(answer, BuoiSinhHoat)]
    buoi.refresh_from_db()
    assert (buoi.version, buoi.ket_luan) == (2, kept.ket_luan)
    assert lost.current.ket_luan == kept.ket_luan


def test_forty_secretaries_save_and_number_at_once(phuong):
    """Each logs a meeting and has its minutes numbered: all are kept, no number is missing.

    Who meets a database that is too busy (503) sends the same again.
    """
    branches = [make_chi_doan(phuong=phuong) for _ in range(4)]
    work = []
    for branch in branches:
        for _ in range(2):
            make_doan_vien(chi_doan=branch)
        for number in range(10):
            client = Client(raise_request_exception=False)
            client.force_login(make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, branch))
            work.append((client, post_data(branch, ngay=date(2026, 1, 2 + number))))

    def post(client, url, data=None):
        answers = (client.post(url, data).status_code for _ in range(5))
        return next((status for status in answers if status != 503), 503)

    def save(client, data):
        page = post(client, reverse("chidoan:buoi_create"), data)
        buoi = BuoiSinhHoat.objects.get(client_id=data["client_id"])
        return page, post(client, reverse("chidoan:buoi_pdf", args=[buoi.pk]))

    found = at_once(*[lambda one=one: save(*one) for one in work])

    assert found == [(302, 302)] * 40
    assert BuoiSinhHoat.objects.da_hop().count() == 40
    for branch in branches:
        numbers = VanBan.objects.filter(don_vi=branch, loai="BB").values_list("so", flat=True)
        assert sorted(numbers) == list(range(1, 11))
    assert list(find_faults()) == []


def test_forty_people_change_one_meeting_at_once(chi_doan, members):
    """One is saved for each version; all others see the version that stands now."""
    buoi = services.create_buoi(
        chi_doan=chi_doan,
        client_id=uuid.uuid4(),
        noi_dung=said(members),
        hoan_thanh=True,
        by=None,
    )

    def save(number):
        return services.update_buoi(
            buoi=buoi,
            version=1,
            noi_dung=said(members, ket_luan=f"Lần {number}"),
            hoan_thanh=True,
            by=None,
            ly_do="Ghi nhầm",
        )

    found = at_once(*[lambda number=number: save(number) for number in range(40)])

    (kept,) = [answer for answer in found if isinstance(answer, BuoiSinhHoat)]
    buoi.refresh_from_db()
    assert sum(isinstance(answer, StaleError) for answer in found) == 39
    assert (buoi.version, buoi.ket_luan) == (2, kept.ket_luan)
    assert buoi.phien_ban.count() == 1


def test_one_of_two_secretaries_is_elected(chi_doan, members):
    def elect(person):
        return services.add_chuc_vu(
            don_vi=chi_doan,
            doan_vien=person,
            chuc_danh="bi_thu",
            tu_ngay=date(2026, 9, 1),
            by=None,
        )

    found = at_once(*[lambda person=person: elect(person) for person in members])

    assert sum(isinstance(answer, RuleError) for answer in found) == 2
    assert ChucVu.objects.get().chuc_danh == "bi_thu"
    assert list(find_faults()) == []


def test_one_paper_asked_for_at_once_is_issued_once(chi_doan):
    def issue_it():
        return issue(
            target=chi_doan,
            don_vi=chi_doan,
            loai="NQ",
            ngay=date(2026, 9, 15),
            tieu_de="Nghị quyết thử",
            noi_dung="như nhau",
            render=lambda so, ma: so.encode(),
            by=None,
        )

    found = at_once(*[issue_it] * 6)

    assert {paper.pk for paper in found} == {VanBan.objects.get().pk}


def test_forty_papers_of_one_unit_leave_no_gap_on_new_years_eve(chi_doan):
    """Half of the last day of a year, half of the first of the next; some void, and again."""
    days = [date(2025, 12, 31), date(2026, 1, 1)]
    meetings = [make_buoi(chi_doan=chi_doan, ngay=days[number % 2]) for number in range(40)]

    def issue_one(number, buoi):
        def once():
            return issue(
                target=buoi,
                don_vi=chi_doan,
                loai="BB",
                ngay=buoi.ngay,
                tieu_de="Biên bản thử",
                noi_dung=number,
                render=lambda so, ma: so.encode(),
                by=None,
            )

        paper = once()
        if number % 8 < 2:
            void(van_ban=paper, ly_do="Lập nhầm", by=None)
            paper = once()
        return paper.so_ky_hieu

    found = at_once(*[partial(issue_one, *pair) for pair in enumerate(meetings)])

    assert all(isinstance(number, str) for number in found)
    for day in days:
        papers = VanBan.objects.filter(don_vi=chi_doan, loai="BB", ngay=day)
        assert sorted(papers.values_list("so", flat=True)) == list(range(1, 26))
        assert papers.filter(huy_luc__isnull=False).count() == 5
        assert SoVanBan.objects.get(don_vi=chi_doan, loai="BB", nam=day.year).so_cuoi == 25
    assert list(find_faults()) == []
