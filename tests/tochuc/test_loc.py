"""Keys that come from outside."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import make_phuong
from tochuc.loc import NhieuField, is_khoa
from tochuc.models import DonVi


@pytest.mark.parametrize("text", ["", "x", "-1", "1.0", "²", "٣", "9" * 19])
def test_what_no_database_can_be_asked_for_is_no_key(text):
    assert not is_khoa(text)
    assert is_khoa("9" * 18)


@pytest.mark.django_db
def test_many_rows_are_chosen_by_keys_alone():
    unit = make_phuong()
    field = NhieuField(DonVi.objects.all())

    assert list(field.clean([str(unit.pk), "9" * 30])) == [unit]
    with pytest.raises(ValidationError, match=r"bắt buộc"):
        field.clean(["9" * 30])
