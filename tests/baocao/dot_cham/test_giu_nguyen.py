"""A final round never moves: every action refuses, and its hash tells what went another way."""

from decimal import Decimal
from functools import partial

import pytest

from baocao.dot_cham import services
from baocao.dot_cham.ket_qua import seal
from baocao.dot_cham.services.kiem_phieu import KetQuaPhieu
from baocao.dot_cham.services.minh_chung import Gui
from baocao.models import DiemTieuChi, DongCham, DotCham, MinhChung
from core.errors import RuleError

from .conftest import den_chung_cuoc, den_cong_bo, lai

pytestmark = pytest.mark.django_db


@pytest.fixture
def chot(dot, dong):
    """A final round with evidence, an objection and a tally."""
    score = dong.tieu_chi.get(ma="a1")
    services.add_minh_chung(
        cua=DiemTieuChi.objects.select_related("dong").get(pk=score.pk),
        gui=Gui(url="https://vi.du/anh"),
        by=None,
    )
    den_chung_cuoc(dot)
    return lai(dot)


def test_the_hash_is_the_same_when_it_is_computed_again(chot):
    assert seal(lai(chot)) == chot.ban_bam


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (DotCham, {"quy_tac": {}}),
        (DongCham, {"diem": Decimal(99)}),
        (DongCham, {"so_doan_vien": 50}),
        (DongCham, {"hang": 9}),
        (DiemTieuChi, {"tu": Decimal(7)}),
        (DiemTieuChi, {"diem_tu_cham": Decimal(1)}),
        (DiemTieuChi, {"ly_do": "khác"}),
        (MinhChung, {"url": "https://khac.vi/du"}),
    ],
)
def test_the_hash_tells_of_every_change_of_rules_inputs_and_results(chot, model, change):
    model.objects.all().update(**change)

    assert seal(lai(chot)) != chot.ban_bam


def test_no_service_writes_on_a_final_round(chot, dong):
    """Each action of the package that takes a round, a line or a score is refused."""
    score = DiemTieuChi.objects.select_related("dong").get(dong=dong, ma="a1")
    vote = KetQuaPhieu(chot.ngay_buoc, 5, 5, {"htxs": 5})
    attempts = [
        partial(services.save_tu_cham, diem_tieu_chi=score, diem=Decimal(1)),
        partial(services.send_dong, dong=dong),
        partial(services.return_dong, dong=dong, loi="Sai"),
        partial(services.save_tham_dinh, diem_tieu_chi=score, diem=Decimal(1), ly_do="Sai"),
        partial(services.agree_rest, dong=dong),
        partial(services.finish_tham_dinh, dong=dong),
        partial(services.save_duyet, diem_tieu_chi=score, diem=Decimal(1), ly_do="Sai"),
        partial(services.finish_duyet, dong=dong),
        partial(services.add_minh_chung, cua=score, gui=Gui(url="https://vi.du")),
        partial(services.delete_minh_chung, minh_chung=MinhChung.objects.get()),
        partial(services.save_kiem_phieu, dong=dong, ben="chi_doan", ket_qua=vote),
        partial(services.send_y_kien, dong=dong, noi_dung="Xem lại"),
        partial(services.compute_dot, dot=chot),
        partial(services.change_han, dot=chot, han_tu_cham=chot.ngay_buoc,
                han_tham_dinh=chot.ngay_buoc),
        partial(services.start_tham_dinh, dot=chot),
        partial(services.trial_dot, dot=chot),
        partial(services.back_dot, dot=chot, loi="Sai"),
        partial(services.publish_dot, dot=chot),
        partial(services.final_dot, dot=chot),
        partial(services.cancel_dot, dot=chot, loi="Sai"),
    ]  # fmt: skip

    for attempt in attempts:
        with pytest.raises(RuleError):
            attempt(by=None)
    assert seal(lai(chot)) == chot.ban_bam


def test_points_read_the_same_however_many_decimals_they_are_kept_with(dot):
    den_cong_bo(dot)
    before = seal(lai(dot))

    DiemTieuChi.objects.filter(diem_tu_cham=35).update(diem_tu_cham=Decimal("35.0"))

    assert seal(lai(dot)) == before
