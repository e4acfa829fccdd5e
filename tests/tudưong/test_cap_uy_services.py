"""The referral case with the Party cell: sent, decided, asked about, answered."""

from datetime import date

import pytest

from core.errors import RuleError
from tests.factories import make_doan_vien, make_ho_so
from tudưong.models import ChatVan, HoSo
from tudưong.services import (
    answer_chat_van,
    choose_next_step,
    close_ho_so,
    open_chat_van,
    record_chinh_thuc,
    record_outcome,
    send,
)

T = HoSo.TrangThai
GUI = date(2026, 6, 10)
HET_HAN = date(2026, 9, 8)  # 90 days after GUI


@pytest.fixture
def da_gui(doan_vien):
    return make_ho_so(doan_vien=doan_vien, trang_thai=T.DA_GUI)


@pytest.fixture
def chat_van(da_gui, bi_thu_phuong):
    return open_chat_van(ho_so=da_gui, ngay=HET_HAN, by=bi_thu_phuong)


def state(ho_so) -> str:
    return HoSo.objects.get(pk=ho_so.pk).trang_thai


def answer(chat_van, by, loai="cho_lop", ngay=date(2026, 9, 20)):
    return answer_chat_van(chat_van=chat_van, ngay=ngay, loai=loai, noi_dung="Đang xét.", by=by)


def test_send_hands_over_to_the_cell(doan_vien, bi_thu_phuong):
    ho_so = make_ho_so(doan_vien=doan_vien, trang_thai=T.CHO_GUI, chi_bo="")

    send(ho_so=ho_so, ngay=date(2026, 6, 11), chi_bo="Khu vực 3", by=bi_thu_phuong)

    ho_so.refresh_from_db()
    assert (ho_so.trang_thai, ho_so.chi_bo) == (T.DA_GUI, "Khu vực 3")
    assert ho_so.ngay_gui == date(2026, 6, 11)


def test_send_refuses_without_a_cell(doan_vien, bi_thu_phuong):
    ho_so = make_ho_so(doan_vien=doan_vien, trang_thai=T.CHO_GUI, chi_bo="")

    with pytest.raises(RuleError) as refusal:
        send(ho_so=ho_so, ngay=date(2026, 6, 11), by=bi_thu_phuong)

    assert refusal.value.field == "chi_bo"


def test_admission_goes_into_the_members_record(da_gui, cap_uy):
    ngay = date(2026, 8, 19)

    record_outcome(ho_so=da_gui, ket_qua="ket_nap", ngay=ngay, so_van_ban="12-QĐ/ĐU", by=cap_uy)

    da_gui.refresh_from_db()
    assert (da_gui.trang_thai, da_gui.ngay_ket_nap) == (T.KET_NAP, ngay)
    da_gui.doan_vien.refresh_from_db()
    assert da_gui.doan_vien.ngay_vao_dang == ngay


@pytest.mark.parametrize(
    ("ket_qua", "fields", "field"),
    [
        ("ket_nap", {}, "so_van_ban"),
        ("khong_ket_nap", {}, "ly_do"),
        ("cap_uy_bo_sung", {"ly_do": " "}, "ly_do"),
        ("nghi_quyet", {}, "ket_qua"),
        ("khong_ket_nap", {"ly_do": "Lý do", "ngay": date(2026, 6, 9)}, "ngay"),
        ("khong_ket_nap", {"ly_do": "Lý do", "ngay": date(2026, 11, 22)}, "ngay"),
    ],
)
def test_outcome_refuses(da_gui, cap_uy, ket_qua, fields, field):
    with pytest.raises(RuleError) as refusal:
        record_outcome(
            ho_so=da_gui, ket_qua=ket_qua, **{"ngay": date(2026, 8, 19), **fields}, by=cap_uy
        )

    assert refusal.value.field == field
    assert state(da_gui) == T.DA_GUI


@pytest.mark.parametrize(
    ("ngay_sinh", "is_refused"), [(date(2008, 8, 19), False), (date(2008, 8, 20), True)]
)
def test_nobody_is_admitted_before_full_18_years(chi_doan, cap_uy, ngay_sinh, is_refused):
    doan_vien = make_doan_vien(
        chi_doan=chi_doan, ngay_sinh=ngay_sinh, ngay_vao_doan=date(2024, 3, 26)
    )
    ho_so = make_ho_so(doan_vien=doan_vien, trang_thai=T.DA_GUI)
    fields = {"ket_qua": "ket_nap", "ngay": date(2026, 8, 19), "so_van_ban": "12-QĐ/ĐU"}

    if is_refused:
        with pytest.raises(RuleError, match="chưa đủ 18 tuổi"):
            record_outcome(ho_so=ho_so, by=cap_uy, **fields)
    else:
        record_outcome(ho_so=ho_so, by=cap_uy, **fields)

    assert state(ho_so) == (T.DA_GUI if is_refused else T.KET_NAP)


def test_more_papers_then_sent_again(da_gui, cap_uy, bi_thu_phuong):
    record_outcome(
        ho_so=da_gui,
        ket_qua="cap_uy_bo_sung",
        ngay=date(2026, 7, 1),
        ly_do="Thiếu bản tự nhận xét",
        by=cap_uy,
    )
    send(ho_so=da_gui, ngay=date(2026, 7, 5), by=bi_thu_phuong)

    da_gui.refresh_from_db()
    assert (da_gui.trang_thai, da_gui.ngay_gui) == (T.DA_GUI, date(2026, 7, 5))


def test_letter_waits_for_the_term_of_silence(da_gui, bi_thu_phuong):
    with pytest.raises(RuleError, match="08/09/2026"):
        open_chat_van(ho_so=da_gui, ngay=date(2026, 9, 7), by=bi_thu_phuong)

    chat_van = open_chat_van(ho_so=da_gui, ngay=HET_HAN, by=bi_thu_phuong)

    assert (chat_van.lan_thu, chat_van.so_ngay_cho) == (1, 90)
    assert chat_van.han_tra_loi == date(2026, 9, 28)
    assert state(da_gui) == T.CHAT_VAN


def test_letter_follows_a_refusal_at_once(doan_vien, bi_thu_phuong):
    ho_so = make_ho_so(doan_vien=doan_vien, trang_thai=T.KHONG_KET_NAP)

    open_chat_van(ho_so=ho_so, ngay=date(2026, 6, 11), by=bi_thu_phuong)

    assert state(ho_so) == T.CHAT_VAN


def test_second_letter_only_after_the_day_asked_for(chat_van, bi_thu_phuong):
    with pytest.raises(RuleError, match="chưa hết hạn"):
        open_chat_van(ho_so=chat_van.ho_so, ngay=date(2026, 9, 28), by=bi_thu_phuong)

    second = open_chat_van(ho_so=chat_van.ho_so, ngay=date(2026, 9, 29), by=bi_thu_phuong)

    assert second.lan_thu == 2


def test_answer_belongs_to_the_latest_letter(chat_van, cap_uy, bi_thu_phuong):
    open_chat_van(ho_so=chat_van.ho_so, ngay=date(2026, 9, 29), by=bi_thu_phuong)

    with pytest.raises(RuleError, match="công văn mới nhất"):
        answer(chat_van, cap_uy, ngay=date(2026, 9, 30))


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"loai": "khac"}, "tra_loi_loai"), ({"noi_dung": ""}, "tra_loi_noi_dung")],
)
def test_answer_refuses(chat_van, cap_uy, fields, field):
    fields = {"loai": "cho_lop", "noi_dung": "Đang xét", **fields}

    with pytest.raises(RuleError) as refusal:
        answer_chat_van(chat_van=chat_van, ngay=date(2026, 9, 20), by=cap_uy, **fields)

    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("buoc_tiep", "trang_thai"),
    [("cho", T.DA_GUI), ("gui_lai", T.DA_GUI), ("boi_duong", T.BOI_DUONG), ("dong", T.DONG)],
)
def test_a_person_chooses_what_follows_an_answer(
    chat_van, cap_uy, bi_thu_phuong, buoc_tiep, trang_thai
):
    answer(chat_van, cap_uy)
    assert state(chat_van.ho_so) == T.DA_TRA_LOI

    choose_next_step(
        chat_van=chat_van, buoc_tiep=buoc_tiep, ngay=date(2026, 9, 21), by=bi_thu_phuong
    )

    chat_van.refresh_from_db()
    assert (state(chat_van.ho_so), chat_van.buoc_tiep) == (trang_thai, buoc_tiep)
    gui = date(2026, 9, 21) if buoc_tiep == "gui_lai" else GUI
    assert HoSo.objects.get().ngay_gui == gui


def test_an_answered_case_is_not_closed_past_its_letter(chat_van, cap_uy, bi_thu_phuong):
    answer(chat_van, cap_uy)

    with pytest.raises(RuleError, match="Chọn bước tiếp"):
        close_ho_so(ho_so=chat_van.ho_so, ngay=date(2026, 9, 21), ly_do="Thôi", by=bi_thu_phuong)


def test_answer_admitted_is_followed_by_the_decision(chat_van, cap_uy, bi_thu_phuong):
    answer(chat_van, cap_uy, loai=ChatVan.TraLoi.DA_KET_NAP)

    with pytest.raises(RuleError, match="Ghi quyết định"):
        choose_next_step(
            chat_van=chat_van, buoc_tiep="dong", ngay=date(2026, 9, 21), by=bi_thu_phuong
        )
    record_outcome(
        ho_so=chat_van.ho_so,
        ket_qua="ket_nap",
        ngay=date(2026, 9, 25),
        so_van_ban="20-QĐ/ĐU",
        by=cap_uy,
    )

    assert state(chat_van.ho_so) == T.KET_NAP


def test_probation_ends_by_the_decision_and_not_before_its_months(da_gui, cap_uy):
    ngay = date(2025, 11, 20)
    HoSo.objects.filter(pk=da_gui.pk).update(
        trang_thai=T.KET_NAP,
        ngay_gioi_thieu=ngay,
        ngay_gui=ngay,
        ngay_buoc=ngay,
        ngay_ket_nap=ngay,
    )
    fields = {"ho_so": da_gui, "so_van_ban": "31-QĐ/ĐU", "by": cap_uy}

    with pytest.raises(RuleError, match="dự bị đến ngày 20/11/2026"):
        record_chinh_thuc(ngay=date(2026, 11, 19), **fields)
    with pytest.raises(RuleError, match="số quyết định"):
        record_chinh_thuc(ngay=date(2026, 11, 20), **{**fields, "so_van_ban": " "})
    record_chinh_thuc(ngay=date(2026, 11, 20), **fields)

    da_gui.refresh_from_db()
    assert (da_gui.trang_thai, da_gui.ngay_chinh_thuc) == (T.CHINH_THUC, date(2026, 11, 20))
    assert da_gui.doan_vien.ngay_dang_chinh_thuc == date(2026, 11, 20)
    assert da_gui.buoc.last().phien_ban_mau == "06-HD/TW"
