"""A grid two people fill: nobody's words are lost without being told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidoan.bang_ghi import dong_can_ghi, ghi_dau
from core.errors import RuleError, StaleError

DONG = ("a", "b", "c")
bang = st.fixed_dictionaries({ten: st.tuples(st.sampled_from(["", "x", "y"])) for ten in DONG})


@given(hien=bang, gui=bang, luu=bang)
def test_what_two_changed_differently_is_refused_and_the_rest_stays(hien, gui, luu):
    touched = {ten for ten in DONG if gui[ten] != hien[ten]}
    clash = {ten for ten in touched if luu[ten] not in (hien[ten], gui[ten])}
    if not clash:
        changed = dong_can_ghi(gui, ghi_dau(hien), luu)
        assert set(changed) == {ten for ten in touched if gui[ten] != luu[ten]}
        return
    with pytest.raises(StaleError) as refusal:
        dong_can_ghi(gui, ghi_dau(hien), luu)
    assert set(refusal.value.current.khac) == clash
    again = dong_can_ghi(gui, refusal.value.current.version, luu)
    assert set(again) == {ten for ten in touched if gui[ten] != luu[ten]}


def test_a_line_that_was_not_shown_is_left_alone_and_one_that_went_is_told():
    assert dong_can_ghi({"a": ("x",), "moi": ("",)}, ghi_dau({"a": ("",)}), {
        "a": ("",), "moi": ("9",),
    }) == ["a"]  # fmt: skip
    with pytest.raises(StaleError, match="Danh sách"):
        dong_can_ghi({"a": ("x",)}, ghi_dau({"a": ("",), "b": ("",)}), {"a": ("",)})
    assert dong_can_ghi({"a": ("x",)}, None, {"a": ("y",)}) == ["a"]


@pytest.mark.parametrize("version", ["", "x", ",."])
def test_a_page_without_a_mark_overwrites_nothing(version):
    with pytest.raises(RuleError, match="Tải lại trang"):
        dong_can_ghi({"a": ("x",)}, version, {"a": ("y",)})
