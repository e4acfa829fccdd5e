"""Which passwords are too easy to guess here, and which are not."""

import pytest
from django.core.exceptions import ValidationError

from tochuc.mat_khau import MatKhauDeDoanValidator
from tochuc.services import suggest_password


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaaaaaa",
        "123456789012345",
        "abababababababab",
        "doanthanhnien26031931",
        "Đoàn phường Đoàn phường",
        "Hồ Chí Minh 19051890!",
        "matkhau-matkhau-2026",
    ],
)
def test_the_first_guesses_are_refused(password):
    with pytest.raises(ValidationError) as refusal:
        MatKhauDeDoanValidator().validate(password)

    assert refusal.value.code == "password_guessable"


@pytest.mark.parametrize(
    "password",
    ["Mùa xuân ấy chúng mình trồng cây", "trang sang ngoai hien", "Đoàn viên phường mình rất vui"],
)
def test_a_sentence_is_fine(password):
    MatKhauDeDoanValidator().validate(password)


def test_every_suggestion_is_fine():
    for _ in range(200):
        MatKhauDeDoanValidator().validate(suggest_password())
