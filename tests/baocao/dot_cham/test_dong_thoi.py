"""Two people at the same moment in one round: one result, no lost word, no step past a writer."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial

import pytest
from django.db import connections

from baocao.dot_cham import services
from baocao.models import DiemTieuChi, DongCham
from core.errors import RuleError, StaleError

from .conftest import cham, den_cong_bo, den_tham_dinh, den_thu, het_han_y_kien, lai

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_two_verifiers_of_one_criterion(dot, dong):
    den_tham_dinh(dot)
    row = DiemTieuChi.objects.select_related("dong").get(dong=dong, ma="a1")
    verify = partial(
        services.save_tham_dinh, diem_tieu_chi=row, version=row.version, ly_do="Đối chiếu", by=None
    )

    found = at_once(partial(verify, diem=Decimal(10)), partial(verify, diem=Decimal(20)))

    first = [item for item in found if isinstance(item, DiemTieuChi)]
    assert len(first) == 1
    assert sum(isinstance(item, StaleError) for item in found) == 1
    row.refresh_from_db()
    assert row.diem_tham_dinh == first[0].diem_tham_dinh


def test_two_who_go_on_with_the_round(dot):
    den_thu(dot)
    now = lai(dot)
    publish = partial(services.publish_dot, dot=now, version=now.version, by=None)

    found = at_once(publish, publish)

    assert sum(isinstance(item, RuleError) for item in found) == 1
    assert dot.buoc.filter(loai="cong_bo").count() == 1


def test_an_objection_is_never_left_in_a_round_that_closes(dot, dong):
    """Either it came first and the round stays open, or the round is final without it."""
    den_cong_bo(dot)
    found = at_once(
        partial(services.send_y_kien, dong=dong, noi_dung="Xem lại", by=None),
        partial(_close, dot),
    )

    sent = not isinstance(found[0], RuleError)
    assert lai(dot).is_chung_cuoc != sent
    assert dong.y_kien.count() == int(sent)


def _close(dot):
    het_han_y_kien(dot)
    return services.final_dot(dot=dot, by=None)


def test_a_self_score_is_sent_once(dot, dong):
    cham(dong, a1=1, a2=2)
    send = partial(services.send_dong, dong=dong, by=None)

    at_once(send, send)

    assert dong.buoc.filter(loai="gui").count() == 1
    assert DongCham.objects.get(pk=dong.pk).trang_thai == "da_gui"
