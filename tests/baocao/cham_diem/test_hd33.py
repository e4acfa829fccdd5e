"""The shipped national set, evaluated by the engine, is the guidance as it stands."""

import pytest

from baocao.xep_hang import load_xep_hang
from baocao.xep_loai import Muc
from tests.baocao.cham_diem.hd33 import make_judged_history, theo_sach

NAM = 2025
same_on_both = pytest.mark.same_on_both


@pytest.mark.parametrize("seed", range(4))
def test_random_branches_are_judged_as_the_guidance_says(db, seed):
    huyen, _, _ = make_judged_history(seed, NAM)

    bang = load_xep_hang(huyen, NAM)

    judged = [row for row in bang.dong if row.ket_qua]
    assert judged
    for row in judged:
        expected = theo_sach(row, bang)
        assert {item.tieu_chi.ma: item.muc for item in row.ket_qua} == expected
        known = [muc for muc in expected.values() if muc is not None]
        worst = min(known, default=Muc.HTXS)
        decided = worst == Muc.KHT or None not in expected.values()
        assert row.xep.muc == (worst if decided else None)
        assert row.xep.so_cao_nhat == known.count(Muc.HTXS)
