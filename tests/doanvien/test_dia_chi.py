"""Addresses in many forms of writing, old and new."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doanvien.dia_chi import SAP_NHAP, TINH_MOI, DiaChi, nay_thuoc, split_dia_chi


def test_sixty_three_provinces_became_thirty_four():
    assert (len(TINH_MOI), len(set(TINH_MOI.values()))) == (63, 34)
    assert len(SAP_NHAP) == 23


@pytest.mark.parametrize(
    ("text", "chi_tiet", "xa", "huyen", "tinh"),
    [
        (
            "Xã Minh Khai, huyện Hưng Hà, tỉnh Thái Bình",
            "",
            "Xã Minh Khai",
            "huyện Hưng Hà",
            "Thái Bình",
        ),
        ("Minh Khai, Hưng Hà, Thái Bình", "", "Minh Khai", "Hưng Hà", "Thái Bình"),
        ("Minh Khai - Hưng Hà - Thái Bình", "", "Minh Khai", "Hưng Hà", "Thái Bình"),
        ("Minh Khai-Hưng Hà-Thái Bình", "", "Minh Khai", "Hưng Hà", "Thái Bình"),
        (
            "xã Minh Khai huyện Hưng Hà tỉnh Thái Bình",
            "",
            "xã Minh Khai",
            "huyện Hưng Hà",
            "Thái Bình",
        ),
        ("Hưng Hà, Thái Bình", "", "", "Hưng Hà", "Thái Bình"),
        ("Thái Bình", "", "", "", "Thái Bình"),
        ("thai binh", "", "", "", "Thái Bình"),
        (
            "Phường Vũ Phúc, TP. Thái Bình, Thái Bình",
            "",
            "Phường Vũ Phúc",
            "TP. Thái Bình",
            "Thái Bình",
        ),
        ("Thôn 3, xã Vũ Thư, tỉnh Hưng Yên", "Thôn 3", "xã Vũ Thư", "", "Hưng Yên"),
        (
            "Số 12, tổ 5, P. Minh Khai, Q. Hai Bà Trưng, Hà Nội",
            "Số 12, tổ 5",
            "P. Minh Khai",
            "Q. Hai Bà Trưng",
            "Hà Nội",
        ),
        ("12 Lê Lợi, P5, Q1, TPHCM", "12 Lê Lợi", "P5", "Q1", "Hồ Chí Minh"),
        ("Phường 5, TP Thủ Đức, TP. Hồ Chí Minh", "", "Phường 5", "TP Thủ Đức", "Hồ Chí Minh"),
        ("Thị trấn Long Điền, Bà Rịa - Vũng Tàu", "", "Thị trấn Long Điền", "", "Bà Rịa-Vũng Tàu"),
        ("Bà Rịa - Vũng Tàu", "", "", "", "Bà Rịa-Vũng Tàu"),
        ("TP Huế, Thừa Thiên - Huế", "", "", "TP Huế", "Huế"),
        ("xã Ea Kao, thị xã Buôn Hồ, Đăk Lăk", "", "xã Ea Kao", "thị xã Buôn Hồ", "Đắk Lắk"),
        ("xã A thị xã Buôn Hồ tỉnh Đắc Lắc", "", "xã A", "thị xã Buôn Hồ", "Đắk Lắk"),
        ("Đặc khu Phú Quốc, An Giang", "", "Đặc khu Phú Quốc", "", "An Giang"),
        (
            "Khu vực 3, Phường I, Thành phố Vị Thanh, tỉnh Hậu Giang",
            "Khu vực 3",
            "Phường I",
            "Thành phố Vị Thanh",
            "Hậu Giang",
        ),
        ("Thôn Đông, Thái Bình", "Thôn Đông", "", "", "Thái Bình"),
        ("Thôn Đông, xã Minh Khai", "Thôn Đông", "xã Minh Khai", "", ""),
        ("nhà bà Năm", "nhà bà Năm", "", "", ""),
        ("", "", "", "", ""),
    ],
)
def test_an_address_is_read_in_its_parts(text, chi_tiet, xa, huyen, tinh):
    assert split_dia_chi(text) == DiaChi(text, chi_tiet, xa, huyen, tinh)


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("Vũ Thư, Thái Bình", "nay thuộc tỉnh Hưng Yên"),
        ("xã A, huyện B, tỉnh Quảng Nam", "nay thuộc thành phố Đà Nẵng"),
        ("Phường I, Vị Thanh, Hậu Giang", "nay thuộc thành phố Cần Thơ"),
        ("Hà Nội", ""),
        ("Thừa Thiên Huế", ""),
        ("nước Lào", ""),
    ],
)
def test_an_old_province_says_where_it_belongs_now(text, now):
    assert nay_thuoc(text) == now


@given(st.text(alphabet="aăâ xãhuyệnTPtỉnh.,;-–/ 0159", max_size=60))
def test_nothing_typed_is_lost_or_refused(text):
    found = split_dia_chi(text)

    kept = f"{found.chi_tiet}{found.xa}{found.huyen}"
    assert found.goc == " ".join(text.split())
    assert found.tinh or {c for c in found.goc if c.isalnum()} == {c for c in kept if c.isalnum()}
