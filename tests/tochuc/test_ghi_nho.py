"""What the papers of one act ask again and again is asked once, and only there."""

from itertools import count

import pytest

from tochuc.ghi_nho import remembered, remembering


@pytest.fixture
def number():
    """A read that gives another number each time it is really asked."""
    numbers = count(1)
    return remembered(lambda *args, **kwargs: next(numbers))


def test_an_act_asks_each_question_once(number):
    act = remembering(lambda: [number(["a"]), number(["a"]), number("b"), number("b", ngay=1)])

    assert act() == [1, 1, 2, 3]


def test_an_act_within_another_shares_its_answers(number):
    inner = remembering(lambda: number("a"))
    outer = remembering(lambda: [inner(), number("a"), inner()])

    assert [outer(), outer(), inner()] == [[1, 1, 1], [2, 2, 2], 3]


def test_nothing_is_remembered_after_the_act_nor_outside_of_one(number):
    act = remembering(lambda: number("a"))

    assert [act(), act(), number("a"), number("a")] == [1, 2, 3, 4]


def test_an_act_that_fails_forgets_too(number):
    @remembering
    def fail():
        number("a")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert number("a") == 2
