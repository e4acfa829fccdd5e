"""Several people at the same moment: exactly one transition comes of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from core.errors import AlreadyRecordedError, RuleError
from tests.factories import make_doan_vien, make_ho_so
from tochuc.bieu_quyet import Phieu
from tochuc.models import NhatKy
from tudưong.models import ChatVan, HoSo
from tudưong.services import (
    open_chat_van,
    open_ho_so,
    record_chinh_thuc,
    record_outcome,
    resolve,
    update_nhan_xet,
)
from tudưong.services.le_trao import create_le_trao, pick_ho_so

pytestmark = pytest.mark.django_db(transaction=True)
T = HoSo.TrangThai
NGAY = date(2026, 11, 20)


def at_once(*actions) -> list[str]:
    """Let all actions go at the same moment; what became of each, in order of the alphabet."""
    start = Barrier(len(actions))

    def press(action) -> str:
        start.wait()
        try:
            action()
        except AlreadyRecordedError:
            return "already"
        except RuleError:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(actions)) as pool:
        return sorted(pool.map(press, actions))


def state(ho_so) -> tuple[str, int]:
    ho_so.refresh_from_db()
    return ho_so.trang_thai, ho_so.buoc.count()


def test_two_approvers(bi_thu_phuong, pho_bi_thu_phuong, chi_doan, bch):
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai=T.CHO_BCH)
    vote = {"ho_so": ho_so, "ngay": NGAY, "phieu": Phieu(15, 15), "version": 1}

    answers = at_once(
        *(lambda by=by: resolve(**vote, by=by) for by in (bi_thu_phuong, pho_bi_thu_phuong))
    )

    assert answers == ["done", "refused"]
    assert state(ho_so) == (T.CHO_GUI, 1)


def test_the_committees_vote_and_a_change_of_what_it_was_shown(bi_thu_phuong, chi_doan, bch):
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai=T.CHO_BCH)
    change = {"chi_bo": "Khu vực 9"}

    answers = at_once(
        lambda: resolve(ho_so=ho_so, ngay=NGAY, phieu=Phieu(15, 15), by=bi_thu_phuong, version=1),
        lambda: update_nhan_xet(ho_so=ho_so, version=1, changes=change, by=bi_thu_phuong),
    )

    assert answers == ["done", "refused"]
    ho_so.refresh_from_db()
    assert (ho_so.chi_bo == "Khu vực 9") == (ho_so.trang_thai == T.CHO_BCH)


def test_the_outcome_and_a_letter_that_asks_for_it(bi_thu_phuong, cap_uy, chi_doan):
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai=T.DA_GUI)
    common = {"ho_so": ho_so, "ngay": NGAY, "version": 1}

    answers = at_once(
        lambda: record_outcome(**common, ket_qua="ket_nap", so_van_ban="1-QĐ", by=cap_uy),
        lambda: open_chat_van(**common, by=bi_thu_phuong),
    )

    assert answers == ["done", "refused"]
    assert state(ho_so) == (T.CHAT_VAN if ChatVan.objects.exists() else T.KET_NAP, 1)


def test_one_member_whose_case_two_people_open(bi_thu, bi_thu_phuong, chi_doan):
    doan_vien = make_doan_vien(chi_doan=chi_doan)

    answers = at_once(
        *(
            lambda by=by: open_ho_so(doan_vien=doan_vien, by=by)
            for by in (bi_thu, bi_thu_phuong) * 2
        )
    )

    assert answers == ["done", "refused", "refused", "refused"]
    assert HoSo.objects.count() == 1


def test_one_case_on_the_lists_of_two_ceremonies(bi_thu_phuong, can_bo_phuong, chi_doan):
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai=T.CHO_GUI)
    lists = [
        create_le_trao(don_vi=ho_so.don_vi, ten=ten, ngay=NGAY, by=can_bo_phuong)
        for ten in ("Lễ 3/2", "Lễ 26/3")
    ]

    answers = at_once(
        *(lambda row=row: pick_ho_so(le_trao=row, ho_so=[ho_so], by=bi_thu_phuong) for row in lists)
    )

    assert answers == ["done", "refused"]
    assert ho_so.le_trao.count() == 1


def test_ward_and_party_committee_record_the_same_decision(bi_thu_phuong, cap_uy, chi_doan):
    ngay = date(2025, 6, 10)
    ho_so = make_ho_so(
        chi_doan=chi_doan,
        trang_thai=T.KET_NAP,
        ngay_gioi_thieu=ngay,
        ngay_gui=ngay,
        ngay_ket_nap=ngay,
        ngay_buoc=ngay,
    )
    fields = {"ho_so": ho_so, "ngay": NGAY, "so_van_ban": "31-QĐ", "version": 1}

    answers = at_once(
        *(lambda by=by: record_chinh_thuc(**fields, by=by) for by in (bi_thu_phuong, cap_uy))
    )

    assert answers == ["done", "refused"]
    assert state(ho_so) == (T.CHINH_THUC, 1)
    assert NhatKy.objects.filter(hanh_dong="ho_so.chinh_thuc").count() == 1


def test_twenty_times_the_same_form_make_one_step(bi_thu_phuong, chi_doan, bch):
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai=T.CHO_BCH)
    tally = {"co_mat": 15, "tan_thanh": 15, "khong_tan_thanh": 0, "khong_hop_le": 0}
    data = {"version": 1, "ngay": "20/11/2026", **tally}
    clients = [Client() for _ in range(20)]
    for client in clients:
        client.force_login(bi_thu_phuong)
    answers = []

    def send(client):
        answer = client.post(reverse("tuduong:ho_so_resolve", args=[ho_so.pk]), data)
        answers.append((answer.status_code, answer.url))

    at_once(*(lambda client=client: send(client) for client in clients))

    assert answers == [(302, ho_so.get_absolute_url())] * 20
    assert state(ho_so) == (T.CHO_GUI, 1)
    assert NhatKy.objects.filter(hanh_dong="ho_so.nghi_quyet").count() == 1
