"""Signed links, the next day, texts: rules without the database."""

from datetime import date, time

from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from chidoan.models import BuoiSinhHoat
from chidoan.moi.lien_ket import LienKet, read, sign
from chidoan.moi.loi_moi import loi_moi_chung, loi_moi_rieng, ten_goi
from chidoan.moi.ngay_hen import ngay_ke_tiep
from chidoan.moi.xung_danh import chi_so_the
from doanvien.models import DoanVien
from tochuc.models import DonVi

NUMBERS = st.integers(0, 2**63 - 1)
LINKS = st.builds(LienKet, NUMBERS, NUMBERS)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(LINKS)
def test_a_link_says_what_it_was_made_for_in_letters_that_survive_every_chat(lien_ket):
    ma = sign(lien_ket)

    assert read(ma) == lien_ket
    assert ma.isalnum()
    assert ma == ma.lower()
    assert 16 < len(ma) <= 48


@given(LINKS, st.data())
def test_a_link_with_one_letter_changed_left_out_or_added_opens_nothing(lien_ket, data):
    ma = sign(lien_ket)
    place = data.draw(st.integers(0, len(ma) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
    for forged in (
        ma[:place] + letter + ma[place + 1 :],
        ma[:place] + ma[place + 1 :],
        ma[:place] + letter + ma[place:],
        ma[:place],
    ):
        assert read(forged) == (lien_ket if forged == ma else None)


@given(LINKS, LINKS)
def test_the_seal_of_one_link_fits_no_other(one, other):
    a, b = sign(one), sign(other)
    cut = min(len(a), len(b)) - 16

    if one != other:
        assert read(a[:cut] + b[cut:]) in (None, one, other)
        assert a != b


@given(st.text(max_size=80))
def test_nothing_else_is_a_link(text):
    assert read(text) is None


def test_a_link_outlives_the_change_of_the_key_while_the_old_one_is_named():
    with override_settings(SECRET_KEY="old"):
        ma = sign(LienKet(7, 9))

    with override_settings(SECRET_KEY="new"):
        assert read(ma) is None
    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=["old"]):
        assert read(ma) == LienKet(7, 9)


@given(DAYS, DAYS)
def test_the_next_meeting_is_the_same_day_of_a_month_to_come(truoc, homnay):
    day = ngay_ke_tiep(truoc, homnay)

    assert day >= homnay
    assert day > truoc
    assert day.day == truoc.day or (day.day < truoc.day and (day.month, day.day) > (1, 27))
    assert (day - max(truoc, homnay)).days <= 62


def test_texts_have_at_most_twenty_lines_and_name_nobody_but_the_one_asked():
    buoi = BuoiSinhHoat(
        chi_doan=DonVi(ten="Khu vực 3", cap="chi_doan", loai="chi_doan"),
        ngay=date(2026, 11, 20),
        bat_dau=time(19, 30),
        dia_diem="Nhà văn hóa",
        chu_diem="Tôn sư trọng đạo",
    )
    nguoi = DoanVien(ho_ten="Nguyễn Thị Thùy Linh")

    chung = loi_moi_chung(buoi, "https://x/m/a/")
    rieng = loi_moi_rieng(buoi, nguoi, "https://x/m/b/")

    assert "19\xa0giờ\xa030 thứ\xa0Sáu, ngày\xa020/11/2026" in chung
    assert {len(text.splitlines()) <= 20 for text in (chung, rieng)} == {True}
    assert ("https://x/m/a/" in chung, "https://x/m/b/" in rieng) == (True, True)
    assert rieng.startswith("Mời đồng chí Linh dự")
    assert "Thùy" not in rieng
    assert ten_goi(DoanVien(ho_ten="")) == ""


def test_a_card_is_the_same_however_its_number_is_typed():
    assert chi_so_the(" hg-0123.456 ") == chi_so_the("HG 0123456") == "HG0123456"
