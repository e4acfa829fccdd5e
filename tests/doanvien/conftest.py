import pytest

from tests.doanvien.records import SENSITIVE
from tests.factories import make_doan_vien


@pytest.fixture
def doan_vien(chi_doan):
    return make_doan_vien(
        chi_doan=chi_doan,
        ho_ten="Huỳnh Tấn Đạt",
        cccd="079204014471",
        dien_thoai="0912345218",
        **SENSITIVE,
    )
