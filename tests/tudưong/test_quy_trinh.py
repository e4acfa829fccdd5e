"""The referral case under any order of actions by any person.

No forbidden transition ever succeeds; every one that does has its step and its audit line.
"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.errors import RuleError
from doanvien.models import DoanVien, QuaTrinh
from tests.factories import make_chi_doan as make_branch
from tests.factories import make_chuc_vu, make_doan_vien, make_ho_so, make_nguoi_dung, make_phuong
from tochuc.audit import find_faults
from tochuc.bieu_quyet import Phieu
from tochuc.models import NhatKy
from tochuc.permissions import QUYEN_THEO_VAI_TRO, Quyen, VaiTro
from tudưong.models import BuocHoSo, ChatVan, HoSo
from tudưong.models.ho_so import KET_THUC
from tudưong.models.ho_so import TrangThaiHoSo as T
from tudưong.quy_trinh import BANG
from tudưong.services import (
    answer_chat_van,
    choose_next_step,
    close_ho_so,
    move_ho_so,
    open_chat_van,
    propose,
    record_chinh_thuc,
    record_outcome,
    resolve,
    review,
    send,
    send_back,
    supplement,
)

Loai = BuocHoSo.Loai
START = date(2024, 1, 5)
ALLOWED = {
    (Loai.DE_NGHI, T.CHO_CHI_DOAN): T.CHO_THAM_TRA,
    (Loai.DE_NGHI, T.TRA_LAI): T.CHO_THAM_TRA,
    (Loai.KHONG_DE_NGHI, T.CHO_CHI_DOAN): T.BOI_DUONG,
    (Loai.KHONG_DE_NGHI, T.TRA_LAI): T.BOI_DUONG,
    (Loai.BO_SUNG, T.TRA_LAI): T.CHO_THAM_TRA,
    **{
        (Loai.CHUYEN, tu): T.CHO_CHI_DOAN
        for tu in (T.CHO_CHI_DOAN, T.TRA_LAI, T.CHO_THAM_TRA, T.CHO_BCH)
    },
    (Loai.THAM_TRA, T.CHO_THAM_TRA): T.CHO_BCH,
    (Loai.TRA_LAI, T.CHO_THAM_TRA): T.TRA_LAI,
    (Loai.TRA_LAI, T.CHO_BCH): T.TRA_LAI,
    (Loai.NGHI_QUYET, T.CHO_BCH): T.CHO_GUI,
    (Loai.KHONG_THONG_QUA, T.CHO_BCH): T.BOI_DUONG,
    (Loai.GUI, T.CHO_GUI): T.DA_GUI,
    (Loai.GUI, T.CAN_BO_SUNG): T.DA_GUI,
    (Loai.CAP_UY_BO_SUNG, T.DA_GUI): T.CAN_BO_SUNG,
    (Loai.CAP_UY_BO_SUNG, T.CHAT_VAN): T.CAN_BO_SUNG,
    (Loai.KET_NAP, T.DA_GUI): T.KET_NAP,
    (Loai.KET_NAP, T.CHAT_VAN): T.KET_NAP,
    (Loai.KET_NAP, T.DA_TRA_LOI): T.KET_NAP,
    (Loai.CHINH_THUC, T.KET_NAP): T.CHINH_THUC,
    (Loai.KHONG_KET_NAP, T.DA_GUI): T.KHONG_KET_NAP,
    (Loai.KHONG_KET_NAP, T.CHAT_VAN): T.KHONG_KET_NAP,
    (Loai.CONG_VAN, T.DA_GUI): T.CHAT_VAN,
    (Loai.CONG_VAN, T.CHAT_VAN): T.CHAT_VAN,
    (Loai.CONG_VAN, T.KHONG_KET_NAP): T.CHAT_VAN,
    (Loai.TRA_LOI, T.CHAT_VAN): T.DA_TRA_LOI,
    (Loai.CHO_TIEP, T.DA_TRA_LOI): T.DA_GUI,
    (Loai.GUI_LAI, T.DA_TRA_LOI): T.DA_GUI,
    **{
        (loai, tu): den
        for loai, den in ((Loai.BOI_DUONG, T.BOI_DUONG), (Loai.DONG, T.DONG))
        for tu in (
            T.CHO_CHI_DOAN,
            T.TRA_LAI,
            T.CHO_THAM_TRA,
            T.CHO_BCH,
            T.CHO_GUI,
            T.CAN_BO_SUNG,
            T.KHONG_KET_NAP,
            T.DA_TRA_LOI,
        )
    },
}
"""Every transition the field knows, written out by hand beside the table of the application."""

RIGHTS = {
    Loai.DE_NGHI: {Quyen.DE_NGHI_HO_SO, Quyen.LAP_HO_SO},
    Loai.KHONG_DE_NGHI: {Quyen.DE_NGHI_HO_SO, Quyen.LAP_HO_SO},
    Loai.BO_SUNG: {Quyen.DE_NGHI_HO_SO, Quyen.LAP_HO_SO},
    Loai.CHUYEN: {Quyen.LAP_HO_SO},
    Loai.THAM_TRA: {Quyen.LAP_HO_SO},
    Loai.TRA_LAI: {Quyen.LAP_HO_SO},
    Loai.NGHI_QUYET: {Quyen.KY_HO_SO},
    Loai.KHONG_THONG_QUA: {Quyen.KY_HO_SO},
    Loai.GUI: {Quyen.LAP_HO_SO},
    Loai.CAP_UY_BO_SUNG: {Quyen.TRA_LOI_HO_SO, Quyen.LAP_HO_SO},
    Loai.KET_NAP: {Quyen.TRA_LOI_HO_SO, Quyen.LAP_HO_SO},
    Loai.CHINH_THUC: {Quyen.TRA_LOI_HO_SO, Quyen.LAP_HO_SO},
    Loai.KHONG_KET_NAP: {Quyen.TRA_LOI_HO_SO, Quyen.LAP_HO_SO},
    Loai.CONG_VAN: {Quyen.KY_HO_SO},
    Loai.TRA_LOI: {Quyen.TRA_LOI_HO_SO, Quyen.LAP_HO_SO},
    Loai.CHO_TIEP: {Quyen.LAP_HO_SO},
    Loai.GUI_LAI: {Quyen.LAP_HO_SO},
    Loai.BOI_DUONG: {Quyen.LAP_HO_SO},
    Loai.DONG: {Quyen.LAP_HO_SO},
}

ACTIONS = {
    "propose": lambda m, by, ngay: propose(
        ho_so=m.ho_so, ngay=ngay, phieu=Phieu(12, 11, 1), by=by, version=m.seen
    ),
    "propose in vain": lambda m, by, ngay: propose(
        ho_so=m.ho_so, ngay=ngay, phieu=Phieu(12, 3, 9), by=by, version=m.seen
    ),
    "supplement": lambda m, by, ngay: supplement(
        ho_so=m.ho_so, ngay=ngay, y_kien="Đã nộp", by=by, version=m.seen
    ),
    "move": lambda m, by, ngay: move_ho_so(ho_so=m.ho_so, ngay=ngay, by=by, version=m.seen),
    "review": lambda m, by, ngay: review(ho_so=m.ho_so, ngay=ngay, by=by, version=m.seen),
    "send back": lambda m, by, ngay: send_back(
        ho_so=m.ho_so, ngay=ngay, ly_do="Thiếu", by=by, version=m.seen
    ),
    "resolve": lambda m, by, ngay: resolve(
        ho_so=m.ho_so, ngay=ngay, phieu=Phieu(5, 4, 1), ly_do="Trẻ", by=by, version=m.seen
    ),
    "resolve in vain": lambda m, by, ngay: resolve(
        ho_so=m.ho_so, ngay=ngay, phieu=Phieu(5, 2, 3), ly_do="Trẻ", by=by, version=m.seen
    ),
    "send": lambda m, by, ngay: send(ho_so=m.ho_so, ngay=ngay, by=by, version=m.seen),
    "admit": lambda m, by, ngay: record_outcome(
        ho_so=m.ho_so, ket_qua="ket_nap", ngay=ngay, so_van_ban="1-QĐ", by=by, version=m.seen
    ),
    "official": lambda m, by, ngay: record_chinh_thuc(
        ho_so=m.ho_so, ngay=ngay, so_van_ban="2-QĐ", by=by, version=m.seen
    ),
    "refuse": lambda m, by, ngay: record_outcome(
        ho_so=m.ho_so, ket_qua="khong_ket_nap", ngay=ngay, ly_do="Chưa", by=by, version=m.seen
    ),
    "ask for papers": lambda m, by, ngay: record_outcome(
        ho_so=m.ho_so, ket_qua="cap_uy_bo_sung", ngay=ngay, ly_do="Thiếu", by=by, version=m.seen
    ),
    "letter": lambda m, by, ngay: open_chat_van(ho_so=m.ho_so, ngay=ngay, by=by, version=m.seen),
    "close": lambda m, by, ngay: close_ho_so(
        ho_so=m.ho_so, ngay=ngay, ly_do="Đi xa", by=by, version=m.seen
    ),
    "close for good": lambda m, by, ngay: close_ho_so(
        ho_so=m.ho_so, ngay=ngay, ly_do="Đi xa", tiep_tuc=False, by=by, version=m.seen
    ),
    "answer": lambda m, by, ngay: answer_chat_van(
        chat_van=m.letter(), ngay=ngay, loai="cho_lop", noi_dung="Chờ", by=by, version=m.seen
    ),
    "answer admitted": lambda m, by, ngay: answer_chat_van(
        chat_van=m.letter(), ngay=ngay, loai="da_ket_nap", noi_dung="Rồi", by=by, version=m.seen
    ),
    "wait on": lambda m, by, ngay: choose_next_step(
        chat_van=m.letter(), buoc_tiep="cho", ngay=ngay, by=by, version=m.seen
    ),
    "send again": lambda m, by, ngay: choose_next_step(
        chat_van=m.letter(), buoc_tiep="gui_lai", ngay=ngay, by=by, version=m.seen
    ),
}
PEOPLE = ["branch", "ward", "officer", "party", "ward", "officer", "branch", "party"]
PEOPLE += ["deputy", "second", "roll", "other branch", "above", "stranger"]
FORWARD = {
    T.CHO_CHI_DOAN: [("propose", "branch"), ("propose", "other branch"), ("propose", "ward")],
    T.TRA_LAI: [("supplement", "branch"), ("supplement", "ward"), ("propose", "deputy")],
    T.CHO_THAM_TRA: [("review", "ward"), ("review", "officer"), ("send back", "ward")],
    T.CHO_BCH: [("resolve", "ward"), ("resolve", "second"), ("send back", "officer")],
    T.CHO_GUI: [("send", "officer")],
    T.DA_GUI: [("letter", "ward"), ("refuse", "party"), ("ask for papers", "party")],
    T.CAN_BO_SUNG: [("send", "ward")],
    T.KHONG_KET_NAP: [("letter", "ward")],
    T.CHAT_VAN: [("answer", "party"), ("answer admitted", "officer"), ("letter", "ward")],
    T.KET_NAP: [("official", "party"), ("official", "officer")],
    T.DA_TRA_LOI: [("wait on", "ward"), ("send again", "officer"), ("admit", "party")],
}
ENDING = ("close", "propose in vain", "resolve in vain")
NEEDS_LETTER = {"answer", "answer admitted", "wait on", "send again"}


def test_table_is_the_one_of_the_field():
    table = {(line.loai, tu): line.den for line in BANG.values() for tu in line.tu}

    assert table == ALLOWED
    assert {loai: set(line.quyen) for loai, line in BANG.items()} == RIGHTS


class MotHoSo(RuleBasedStateMachine):
    """One case; ten people act on it in any order, on days that may stand still or go back, while
    its member moves from branch to branch and back."""

    def __init__(self):
        super().__init__()
        phuong = make_phuong()
        chi_doan = make_branch(phuong=phuong)
        other = make_branch(phuong=phuong)
        self.people = {
            "branch": make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, chi_doan),
            "deputy": make_nguoi_dung(VaiTro.PHO_BI_THU_CHI_DOAN, chi_doan),
            "roll": make_nguoi_dung(VaiTro.UY_VIEN_CHI_DOAN, chi_doan),
            "other branch": make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, other),
            "ward": make_nguoi_dung(VaiTro.BI_THU_PHUONG, phuong),
            "second": make_nguoi_dung(VaiTro.PHO_BI_THU_PHUONG, phuong),
            "officer": make_nguoi_dung(VaiTro.CAN_BO_PHUONG, phuong),
            "party": make_nguoi_dung(VaiTro.CAP_UY, phuong),
            "above": make_nguoi_dung(VaiTro.VAN_PHONG_CAP_TREN, phuong.cap_tren),
            "stranger": make_nguoi_dung(VaiTro.BI_THU_PHUONG, make_phuong()),
        }
        for _ in range(5):
            make_chuc_vu(don_vi=phuong)
        members = [make_doan_vien(chi_doan=chi_doan) for _ in range(12)]
        for _ in range(12):
            make_doan_vien(chi_doan=other)
        self.branches = [chi_doan, other]
        self.ho_so = make_ho_so(doan_vien=members[0], ngay_mo=START, ngay_buoc=START)
        self.day = START
        self.seen = 1
        self.steps = self.ends_after = 0

    @initialize(steps=st.integers(0, 9))
    def let_it_live(self, steps):
        """Nobody ends the case before so many steps, or few runs would get far."""
        self.ends_after = steps

    def letter(self):
        return self.ho_so.chat_van.order_by("lan_thu").last()

    @rule(
        action=st.sampled_from(sorted(ACTIONS)),
        who=st.sampled_from(PEOPLE),
        days=st.sampled_from([0, 1, 1, 3, 30, 95, -2]),
    )
    def act(self, action, who, days):
        if action in NEEDS_LETTER and self.letter() is None:
            return
        if action.startswith(ENDING) and self.steps < self.ends_after:
            return
        before = HoSo.objects.get(pk=self.ho_so.pk)
        by, ngay = self.people[who], max(self.day + timedelta(days=days), START)
        try:
            ACTIONS[action](self, by, ngay)
        except (PermissionDenied, RuleError):
            self.nothing_changed(before)
        else:
            self.one_step_was_taken(before, by, who)
            self.day = max(self.day, ngay)

    @rule(pick=st.integers(0, 5), days=st.sampled_from([0, 1, 3, 95, 370]))
    def go_on(self, pick, days):
        """What somebody who knows the road would do next, so that runs reach its end."""
        options = FORWARD.get(HoSo.objects.get(pk=self.ho_so.pk).trang_thai, [])
        if options:
            action, who = options[pick % len(options)]
            self.act(action, who, days)

    @rule()
    def the_member_moves(self):
        """To the other branch of the ward, or back; the case stays where it is."""
        person = DoanVien.objects.get(pk=self.ho_so.doan_vien_id)
        target = self.branches[person.chi_doan_id == self.branches[0].pk]
        QuaTrinh.objects.filter(doan_vien=person).update(chi_doan=target)
        DoanVien.objects.filter(pk=person.pk).update(chi_doan=target)

    @precondition(lambda self: self.steps)
    @rule(action=st.sampled_from(sorted(ACTIONS)), who=st.sampled_from(["branch", "ward", "party"]))
    def act_on_an_old_view(self, action, who):
        """Whoever has not seen the last change gets nowhere."""
        if action in NEEDS_LETTER and self.letter() is None:
            return
        before, seen = HoSo.objects.get(pk=self.ho_so.pk), self.seen
        self.seen = seen - 1
        with pytest.raises((PermissionDenied, RuleError)):
            ACTIONS[action](self, self.people[who], self.day)
        self.seen = seen
        self.nothing_changed(before)

    def nothing_changed(self, before):
        now = HoSo.objects.get(pk=self.ho_so.pk)
        assert (now.trang_thai, now.version) == (before.trang_thai, before.version)
        assert now.buoc.count() == self.steps

    def one_step_was_taken(self, before, by, who):
        now = HoSo.objects.get(pk=self.ho_so.pk)
        self.steps += 1
        self.seen = now.version
        step = now.buoc.get(thu_tu=self.steps)
        assert ALLOWED[step.loai, before.trang_thai] == now.trang_thai == step.den_trang_thai
        assert step.boi == by
        is_first = before.chi_doan == self.branches[0]
        outside = {"other branch"} if is_first else {"branch", "deputy"}
        assert who not in {"roll", "above", "stranger"} | outside
        assert (now.chi_doan != before.chi_doan) == (step.loai == Loai.CHUYEN)
        held = set().union(*(QUYEN_THEO_VAI_TRO[role.vai_tro] for role in by.phan_cong_hom_nay))
        assert RIGHTS[step.loai] & held
        assert before.ngay_buoc <= now.ngay_buoc or step.thu_tu == 1
        line = NhatKy.objects.filter(doi_tuong_loai="tuduong.hoso").order_by("-so").first()
        assert (line.hanh_dong, line.nguoi) == (f"ho_so.{step.loai}", by)
        if step.loai in (Loai.THAM_TRA, Loai.TRA_LAI, Loai.NGHI_QUYET, Loai.KHONG_THONG_QUA):
            proposals = now.buoc.filter(loai__in=(Loai.DE_NGHI, Loai.BO_SUNG))
            assert by not in {proposal.boi for proposal in proposals}

    @invariant()
    def copies_say_what_the_steps_say(self):
        ho_so = HoSo.objects.select_related("doan_vien").get(pk=self.ho_so.pk)
        kinds = list(ho_so.buoc.values_list("loai", flat=True))
        assert (ho_so.ngay_gioi_thieu is not None) == (Loai.NGHI_QUYET in kinds)
        assert (ho_so.ngay_gui is not None) == (Loai.GUI in kinds)
        assert (ho_so.doan_vien.ngay_vao_dang is not None) == (Loai.KET_NAP in kinds)
        official = ho_so.doan_vien.ngay_dang_chinh_thuc
        assert (official is not None) == (Loai.CHINH_THUC in kinds)
        assert official is None or official >= date(
            ho_so.ngay_ket_nap.year + 1, ho_so.ngay_ket_nap.month, 1
        )
        assert ho_so.version == len(kinds) + 1
        assert (ho_so.trang_thai in KET_THUC) == (not ho_so.is_dang_mo)

    @invariant()
    def letters_are_numbered_and_answered_in_order(self):
        letters = list(ChatVan.objects.filter(ho_so=self.ho_so).order_by("lan_thu"))
        assert [row.lan_thu for row in letters] == list(range(1, len(letters) + 1))
        assert all(row.tra_loi_ngay >= row.ngay for row in letters if row.tra_loi_ngay)

    def teardown(self):
        assert list(find_faults()) == []


@pytest.mark.no_cover
@pytest.mark.same_on_both
def test_no_order_of_actions_by_anybody_breaks_the_rules(db):
    run_state_machine_as_test(
        MotHoSo,
        settings=settings(max_examples=25, stateful_step_count=40, deadline=None),
    )
