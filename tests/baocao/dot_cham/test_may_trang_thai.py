"""Whoever does whatever whenever: no forbidden step succeeds, and a final round never moves."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from baocao.dot_cham import services
from baocao.dot_cham.ket_qua import seal
from baocao.dot_cham.services.cong_bo import TraLoi
from baocao.models import DiemTieuChi, DongCham, DotCham, YKien
from core.errors import RuleError
from tests.factories import (
    make_chi_doan,
    make_doan_vien,
    make_dot_cham,
    make_huyen,
    make_nguoi_dung,
    make_phuong,
)
from tochuc.permissions import VaiTro

from .conftest import dong_cua, lai

pytestmark = pytest.mark.django_db
ROLES = ("bi_thu", "bi_thu_khac", "can_bo", "phuong", "phuong_khac", "huyen", "kiem_tra")
OWN, WARD, HOLDER = {"bi_thu", "can_bo", "phuong"}, {"can_bo", "phuong"}, {"phuong"}
DUONG = {
    "tham_dinh": ("mo", "tham_dinh"),
    "thu": ("tham_dinh", "thu"),
    "lui": ("thu", "tham_dinh"),
    "cong_bo": ("thu", "cong_bo"),
    "chung_cuoc": ("cong_bo", "chung_cuoc"),
}


class DotMay(RuleBasedStateMachine):
    """A ward's round of one branch, and seven people who try their luck with it."""

    @initialize()
    def begin(self):
        huyen = make_huyen()
        phuong, other = make_phuong(cap_tren=huyen), make_phuong(cap_tren=huyen)
        branch, beside = make_chi_doan(phuong=phuong), make_chi_doan(phuong=other)
        make_doan_vien(chi_doan=branch)
        held = {
            "bi_thu": (VaiTro.BI_THU_CHI_DOAN, branch),
            "bi_thu_khac": (VaiTro.BI_THU_CHI_DOAN, beside),
            "can_bo": (VaiTro.CAN_BO_PHUONG, phuong),
            "phuong": (VaiTro.BI_THU_PHUONG, phuong),
            "phuong_khac": (VaiTro.BI_THU_PHUONG, other),
            "huyen": (VaiTro.VAN_PHONG_CAP_TREN, huyen),
            "kiem_tra": (VaiTro.KIEM_TRA, huyen),
        }
        self.people = {ten: make_nguoi_dung(*role) for ten, role in held.items()}
        self.dot = make_dot_cham(phuong, han_tu_cham=date(2026, 1, 1))
        self.branch, self.state, self.mark = branch, "mo", ""

    # ---- what may be, by this test's own tables ------------------------------------------

    def attempt(self, ten, allowed, action, **fields):
        """Do it as that person; it succeeds only where it is allowed."""
        try:
            result = action(by=self.people[ten], **fields)
        except (RuleError, PermissionDenied):
            return None
        assert ten in allowed, (ten, action.__name__, self.state)
        return result

    def line(self):
        return dong_cua(self.dot, self.branch)

    def score(self, ma):
        return DiemTieuChi.objects.select_related("dong").get(dong=self.line(), ma=ma)

    def move(self, ten, loai, action, **fields):
        before, after = DUONG[loai]
        if self.attempt(ten, HOLDER, action, dot=self.dot, **fields):
            assert self.state == before
            self.state = after

    # ---- what people try -------------------------------------------------------------------

    @rule(ten=st.sampled_from(ROLES), ma=st.sampled_from(["a1", "a2"]), so=st.integers(0, 30))
    def tu_cham(self, ten, ma, so):
        line = self.line()
        row = self.attempt(
            ten, OWN, services.save_tu_cham, diem_tieu_chi=self.score(ma), diem=Decimal(so)
        )
        assert row is None or line.trang_thai in DongCham.O_DON_VI

    @rule(ten=st.sampled_from(ROLES))
    def gui(self, ten):
        before = self.line().trang_thai
        if self.attempt(ten, OWN, services.send_dong, dong=self.line()):
            assert before in ("cho_cham", "tra_lai")
            assert self.state in ("mo", "tham_dinh")

    @rule(ten=st.sampled_from(ROLES))
    def tra_lai(self, ten):
        before = self.line().trang_thai
        if self.attempt(ten, WARD, services.return_dong, dong=self.line(), loi="Thiếu"):
            assert before in ("da_gui", "da_tham_dinh")
            assert self.state in ("mo", "tham_dinh")

    @rule(ten=st.sampled_from(ROLES), so=st.integers(0, 30))
    def tham_dinh(self, ten, so):
        if self.attempt(
            ten,
            WARD,
            services.save_tham_dinh,
            diem_tieu_chi=self.score("a1"),
            diem=Decimal(so),
            ly_do="Đối chiếu sổ",
        ):
            assert self.state == "tham_dinh"

    @rule(ten=st.sampled_from(ROLES))
    def xong(self, ten):
        self.attempt(ten, WARD, services.agree_rest, dong=self.line())
        if self.attempt(ten, WARD, services.finish_tham_dinh, dong=self.line()):
            assert self.state == "tham_dinh"

    @rule(ten=st.sampled_from(ROLES))
    def duyet(self, ten):
        """A ward's own round has no office above it that looks again."""
        self.attempt(ten, set(), services.finish_duyet, dong=self.line())

    @rule(ten=st.sampled_from(ROLES))
    def bat_dau_tham_dinh(self, ten):
        self.move(ten, "tham_dinh", services.start_tham_dinh)

    @rule(ten=st.sampled_from(ROLES))
    def tinh_thu(self, ten):
        self.move(ten, "thu", services.trial_dot)

    @rule(ten=st.sampled_from(ROLES))
    def lui(self, ten):
        self.move(ten, "lui", services.back_dot, loi="Xem lại")

    @rule(ten=st.sampled_from(ROLES))
    def cong_bo(self, ten):
        self.move(ten, "cong_bo", services.publish_dot)

    @rule(ten=st.sampled_from(ROLES))
    def y_kien(self, ten):
        if self.attempt(
            ten, OWN, services.send_y_kien, dong=self.line(), ma="a1", noi_dung="Xem lại"
        ):
            assert self.state == "cong_bo"

    @rule(ten=st.sampled_from(ROLES))
    def tra_loi(self, ten):
        row = YKien.objects.cho().filter(dong__dot=self.dot).first()
        if row:
            answer = TraLoi("khong", "Chưa đủ minh chứng")
            self.attempt(ten, HOLDER, services.answer_y_kien, y_kien=row, tra_loi=answer)

    @rule(ten=st.sampled_from(ROLES))
    def chot(self, ten):
        DotCham.objects.filter(pk=self.dot.pk, trang_thai="cong_bo").update(
            han_y_kien=date(2026, 11, 1)
        )
        waiting = YKien.objects.cho().filter(dong__dot=self.dot).exists()
        self.move(ten, "chung_cuoc", services.final_dot)
        if self.state == "chung_cuoc" and not self.mark:
            assert not waiting
            self.mark = lai(self.dot).ban_bam

    @rule(ten=st.sampled_from(ROLES))
    def huy_khi_da_cong_bo(self, ten):
        if self.state in ("cong_bo", "chung_cuoc"):
            self.attempt(ten, set(), services.cancel_dot, dot=self.dot, loi="Nhầm")

    @rule()
    def tien_mot_buoc(self):
        """The ward goes the right way, so that histories come far."""
        if self.state == "tham_dinh" and self.line().trang_thai in ("cho_cham", "da_gui"):
            for ma in ("a1", "a2"):
                services.save_tham_dinh(
                    diem_tieu_chi=self.score(ma), diem=Decimal(9), ly_do="Đối chiếu", by=None
                )
            self.xong("phuong")
        steps = {
            "mo": self.bat_dau_tham_dinh,
            "tham_dinh": self.tinh_thu,
            "thu": self.cong_bo,
            "cong_bo": self.chot,
        }
        if self.state in steps:
            steps[self.state]("phuong")

    # ---- what holds all the time -----------------------------------------------------------

    @invariant()
    def it_stands_where_the_allowed_steps_led(self):
        if hasattr(self, "dot"):
            assert lai(self.dot).trang_thai == self.state

    @invariant()
    def a_final_round_never_moves(self):
        if getattr(self, "mark", ""):
            assert seal(lai(self.dot)) == lai(self.dot).ban_bam == self.mark


def test_no_forbidden_step_succeeds(db):
    """Each history has a ward of its own."""
    run_state_machine_as_test(
        DotMay,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
