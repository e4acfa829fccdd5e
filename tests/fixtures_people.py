"""People and their units, as fixtures that a test names: Phường Thử under Thành đoàn Thử."""

import pytest

from tests.factories import make_chi_doan, make_huyen, make_nguoi_dung, make_phuong
from tochuc.permissions import VaiTro


@pytest.fixture
def huyen(db):
    return make_huyen(ten="Thử", ma="huyen-thu", loai="thanh_pho")


@pytest.fixture
def phuong(huyen):
    return make_phuong(ten="Thử", ma="phuong-thu", cap_tren=huyen)


@pytest.fixture
def chi_doan(phuong):
    return make_chi_doan(phuong=phuong, ten="Khu vực 1", ma="khu-vuc-1", cum_thi_dua="Cụm 1")


@pytest.fixture
def chi_doan_khac(phuong):
    return make_chi_doan(phuong=phuong, ten="Khu vực 2", ma="khu-vuc-2", cum_thi_dua="Cụm 1")


@pytest.fixture
def phuong_khac(huyen):
    return make_phuong(ten="Khác", ma="phuong-khac", cap_tren=huyen)


@pytest.fixture
def bi_thu(chi_doan):
    return make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, chi_doan, ho_ten="Lê Minh Duy")


@pytest.fixture
def uy_vien(chi_doan):
    return make_nguoi_dung(VaiTro.UY_VIEN_CHI_DOAN, chi_doan)


@pytest.fixture
def bi_thu_phuong(phuong):
    return make_nguoi_dung(VaiTro.BI_THU_PHUONG, phuong, ho_ten="Trịnh Hoài Phong")


@pytest.fixture
def can_bo_phuong(phuong):
    return make_nguoi_dung(VaiTro.CAN_BO_PHUONG, phuong)


@pytest.fixture
def van_phong(huyen):
    return make_nguoi_dung(VaiTro.VAN_PHONG_CAP_TREN, huyen, ho_ten="Võ Thu Hà")


@pytest.fixture
def kiem_tra(huyen):
    return make_nguoi_dung(VaiTro.KIEM_TRA, huyen)


@pytest.fixture
def cap_uy(phuong):
    return make_nguoi_dung(VaiTro.CAP_UY, phuong)


@pytest.fixture
def quan_tri(huyen):
    return make_nguoi_dung(VaiTro.QUAN_TRI, huyen)


@pytest.fixture
def nguoi_la(phuong_khac):
    """A ward secretary of the neighbouring ward: whatever he asks for here is 404."""
    return make_nguoi_dung(VaiTro.BI_THU_PHUONG, phuong_khac)


@pytest.fixture
def client_of(client):
    """Sign in: `client_of(bi_thu).get(...)`."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
