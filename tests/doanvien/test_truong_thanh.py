"""Growing out: who is due, what each outcome asks for, deciding and taking back."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from core.errors import RuleError
from core.pdf.markup import paper_html
from doanvien.models import DoanVien, DotTruongThanh, XetTruongThanh
from doanvien.truong_thanh import giay_to, services
from doanvien.truong_thanh.quy_tac import KetQua, MocTruongThanh, check_ket_qua
from tests.factories import make_doan_vien, make_xet
from tochuc.models import NhatKy, VanBan

HOM_NAY = date(2026, 11, 21)
MOC = MocTruongThanh(2026, 30, 35)
GROWN = KetQua("truong_thanh")
URL = "/doan-vien/truong-thanh/"


@pytest.fixture(autouse=True)
def _hom_nay(hom_nay_21_11):
    """21/11/2026 in every test of this file."""


@pytest.fixture
def den_tuoi(chi_doan):
    return make_doan_vien(
        chi_doan=chi_doan,
        ho_ten="Phạm Thị Lan",
        ngay_sinh=date(1996, 12, 31),
        ngay_vao_doan=date(2012, 3, 26),
    )


def draft(phuong, by, **chon):
    chosen = {DoanVien.objects.get(pk=int(key[1:])): value for key, value in chon.items()}
    return services.draft(don_vi=phuong, nam=2026, chon=chosen, ngay=HOM_NAY, by=by)


def grow_out(phuong, nguoi, by):
    dot = draft(phuong, by, **{f"_{nguoi.pk}": GROWN})
    return services.issue_dot(dot=dot, by=by)


# ---- rules -----------------------------------------------------------------------------------


def check(ket_qua, born=date(1996, 5, 1), **fields):
    check_ket_qua(KetQua(ket_qua, **fields), ngay_sinh=born, moc=MOC, ngay=HOM_NAY)


def test_the_thirtieth_birthday_may_lie_later_in_the_year():
    check("truong_thanh", born=date(1996, 12, 31))
    with pytest.raises(RuleError, match="Năm 2026 chưa đủ 30 tuổi"):
        check("truong_thanh", born=date(1997, 1, 1))


@pytest.mark.parametrize(
    ("den_ngay", "words"),
    [
        (None, "muộn nhất 01/05/2031"),
        (HOM_NAY, "sau ngày quyết định"),
        (date(2031, 5, 2), "muộn nhất đến 01/05/2031, ngày đủ 35 tuổi"),
    ],
)
def test_staying_by_own_wish_ends_at_thirty_five(den_ngay, words):
    check("o_lai", den_ngay=date(2031, 5, 1))
    with pytest.raises(RuleError, match=words):
        check("o_lai", den_ngay=den_ngay)


def test_nobody_of_thirty_five_stays_by_own_wish():
    with pytest.raises(RuleError, match="Đã đủ 35 tuổi"):
        check("o_lai", born=date(1991, 11, 21), den_ngay=date(2027, 1, 1))
    check("can_bo", born=date(1985, 1, 1), chuc_vu="Bí thư Đoàn phường")


def test_an_office_is_named():
    with pytest.raises(RuleError, match="Ghi chức vụ"):
        check("can_bo", chuc_vu=" ")


# ---- who is due ------------------------------------------------------------------------------


def test_those_due_are_members_of_that_age_without_a_decision_that_holds(chi_doan, den_tuoi):
    older, staying, in_office, gone = (
        make_doan_vien(
            chi_doan=chi_doan, ngay_sinh=date(1993, 1, so), ngay_vao_doan=date(2010, 1, 1)
        )
        for so in (1, 2, 3, 4)
    )
    make_doan_vien(chi_doan=chi_doan, ngay_sinh=date(1997, 1, 1))
    make_xet(older, "o_lai", den_ngay=date(2026, 11, 20))
    make_xet(staying, "o_lai", den_ngay=date(2026, 11, 21))
    make_xet(in_office, "can_bo", chuc_vu="Bí thư chi đoàn")
    DoanVien.objects.filter(pk=gone.pk).update(trang_thai="truong_thanh")

    due = DoanVien.objects.can_xet_truong_thanh(MOC.sinh_den, HOM_NAY)

    assert set(due) == {den_tuoi, older}


def test_a_draft_silences_nobody(den_tuoi):
    make_xet(den_tuoi, "can_bo", chuc_vu="Bí thư", so="")

    assert den_tuoi in DoanVien.objects.can_xet_truong_thanh(MOC.sinh_den, HOM_NAY)


# ---- deciding --------------------------------------------------------------------------------


def test_issuing_ends_the_membership_on_the_day_of_the_decision(phuong, den_tuoi, bi_thu_phuong):
    dot = draft(phuong, bi_thu_phuong, **{f"_{den_tuoi.pk}": GROWN})
    assert den_tuoi.qua_trinh.get().den_ngay is None

    services.issue_dot(dot=dot, by=bi_thu_phuong)

    period = den_tuoi.qua_trinh.get()
    den_tuoi.refresh_from_db()
    assert (period.den_ngay, period.ly_do_ket_thuc) == (HOM_NAY, "truong_thanh")
    assert period.so_quyet_dinh == dot.__class__.objects.get().so_quyet_dinh == "01-QĐ/ĐTN"
    assert den_tuoi.trang_thai == "truong_thanh"


def test_a_decision_signed_on_paper_takes_no_number(phuong, den_tuoi, bi_thu_phuong):
    dot = draft(phuong, bi_thu_phuong, **{f"_{den_tuoi.pk}": GROWN})

    services.issue_dot(dot=dot, by=bi_thu_phuong, so_tren_giay="17-QĐ/ĐTN")

    assert DotTruongThanh.objects.get().so_quyet_dinh == "17-QĐ/ĐTN"
    assert not VanBan.objects.exists()


def test_what_the_branch_proposed_is_kept_beside_what_the_ward_decided(
    phuong, chi_doan, den_tuoi, bi_thu, bi_thu_phuong
):
    wish = KetQua("o_lai", den_ngay=date(2027, 12, 31))
    services.propose(chi_doan=chi_doan, nam=2026, chon={den_tuoi: wish}, ngay=HOM_NAY, by=bi_thu)

    draft(phuong, bi_thu_phuong, **{f"_{den_tuoi.pk}": GROWN})

    row = XetTruongThanh.objects.get()
    assert (row.de_nghi, row.ket_qua, row.den_ngay) == ("o_lai", "truong_thanh", None)


def test_dropping_a_draft_is_asked_first_and_brings_the_proposals_back(
    client_of, phuong, chi_doan, den_tuoi, bi_thu, bi_thu_phuong
):
    services.propose(chi_doan=chi_doan, nam=2026, chon={den_tuoi: GROWN}, ngay=HOM_NAY, by=bi_thu)
    dot = draft(phuong, bi_thu_phuong, **{f"_{den_tuoi.pk}": GROWN})

    url = f"{URL}quyet-dinh/{dot.pk}/bo/"
    client = client_of(bi_thu_phuong)
    assert "Bỏ dự thảo quyết định này?" in client.get(url).content.decode()
    assert DotTruongThanh.objects.exists()
    client.post(url)

    row = XetTruongThanh.objects.get()
    assert (row.de_nghi, row.ket_qua, row.dot) == ("truong_thanh", "", None)


def test_one_is_left_out_of_a_draft_and_the_rest_stands(
    client_of, phuong, chi_doan, den_tuoi, bi_thu_phuong
):
    other = make_doan_vien(
        chi_doan=chi_doan, ngay_sinh=date(1995, 1, 1), ngay_vao_doan=date(2012, 1, 1)
    )
    draft(phuong, bi_thu_phuong, **{f"_{den_tuoi.pk}": GROWN, f"_{other.pk}": GROWN})
    client = client_of(bi_thu_phuong)
    first, last = XetTruongThanh.objects.order_by("pk")

    client.post(f"{URL}{first.pk}/bo-ra/")
    assert list(DotTruongThanh.objects.get().dong.all()) == [last]
    client.post(f"{URL}{last.pk}/bo-ra/")
    assert not DotTruongThanh.objects.exists()
    assert client.post(f"{URL}{last.pk}/bo-ra/").status_code == 404


def test_nobody_is_decided_on_twice(phuong, den_tuoi, bi_thu_phuong):
    draft(phuong, bi_thu_phuong, **{f"_{den_tuoi.pk}": GROWN})

    with pytest.raises(RuleError, match="đang trong dự thảo"):
        draft(phuong, bi_thu_phuong, **{f"_{den_tuoi.pk}": GROWN})


# ---- taking back -----------------------------------------------------------------------------


def test_a_wrong_decision_is_taken_back_and_its_paper_written_anew(
    phuong, chi_doan, den_tuoi, bi_thu_phuong
):
    other = make_doan_vien(
        chi_doan=chi_doan, ngay_sinh=date(1995, 1, 1), ngay_vao_doan=date(2012, 1, 1)
    )
    dot = draft(phuong, bi_thu_phuong, **{f"_{den_tuoi.pk}": GROWN, f"_{other.pk}": GROWN})
    services.issue_dot(dot=dot, by=bi_thu_phuong)

    services.revoke(
        xet=XetTruongThanh.objects.get(doan_vien=den_tuoi), ly_do="nhầm tên", by=bi_thu_phuong
    )

    den_tuoi.refresh_from_db()
    assert den_tuoi.is_dang_sinh_hoat
    assert den_tuoi.qua_trinh.get().den_ngay is None
    papers = VanBan.objects.of(dot).filter(loai="QĐ").order_by("phien_ban")
    assert list(papers.values_list("so_ky_hieu", "phien_ban")) == [
        ("01-QĐ/ĐTN", 1),
        ("01-QĐ/ĐTN", 2),
    ]


def test_a_certificate_that_was_issued_holds_the_decision(phuong, den_tuoi, bi_thu_phuong):
    dot = grow_out(phuong, den_tuoi, bi_thu_phuong)
    row = XetTruongThanh.objects.get()
    giay_to.issue_chung_nhan(dot=dot, xet=row, by=bi_thu_phuong)

    with pytest.raises(RuleError, match="Đã cấp giấy chứng nhận số 01-GCN/ĐTN"):
        services.revoke(xet=row, ly_do="nhầm", by=bi_thu_phuong)


# ---- pages -----------------------------------------------------------------------------------


def rows(den_tuoi, ket_qua="truong_thanh", **more):
    pk = den_tuoi.pk
    return {
        f"ket_qua_{pk}": ket_qua,
        f"den_ngay_{pk}": "",
        f"chuc_vu_{pk}": "",
        "ngay": "21/11/2026",
        "le_ngay": "",
        "le_noi": "",
        **more,
    }


def test_the_ward_fills_rows_looks_at_the_draft_and_issues_it(client_of, bi_thu_phuong, den_tuoi):
    client = client_of(bi_thu_phuong)
    assert "Phạm Thị Lan" in client.get(URL).content.decode()

    page = client.post(URL, rows(den_tuoi), follow=True)
    dot = page.context["dot"]
    assert not dot.is_ban_hanh
    client.post(f"{URL}quyet-dinh/{dot.pk}/ban-hanh/", {"so_tren_giay": ""})

    den_tuoi.refresh_from_db()
    assert den_tuoi.trang_thai == "truong_thanh"
    html = client.get(URL).content.decode()
    assert "01-QĐ/ĐTN" in html
    assert "Không còn đồng chí nào chờ xét" in html


def test_the_office_on_record_is_not_typed_again(client_of, bi_thu_phuong, den_tuoi):
    DoanVien.objects.filter(pk=den_tuoi.pk).update(chuc_vu="Bí thư")

    form = client_of(bi_thu_phuong).get(URL).context["form"]

    assert form[f"chuc_vu_{den_tuoi.pk}"].value() == f"Bí thư {den_tuoi.chi_doan}"


def test_the_branch_proposes_and_may_take_it_back(client_of, bi_thu, den_tuoi):
    client = client_of(bi_thu)

    client.post(URL, rows(den_tuoi, "o_lai", **{f"den_ngay_{den_tuoi.pk}": "01/06/2027"}))
    row = XetTruongThanh.objects.get()
    assert (row.de_nghi, row.den_ngay, row.dot) == ("o_lai", date(2027, 6, 1), None)

    client.post(URL, rows(den_tuoi, ""))
    assert not XetTruongThanh.objects.exists()


def test_a_refusal_stands_in_the_row(client_of, bi_thu_phuong, den_tuoi):
    page = client_of(bi_thu_phuong).post(URL, rows(den_tuoi, "o_lai"))

    assert "muộn nhất 31/12/2031" in page.content.decode()
    assert not DotTruongThanh.objects.exists()


def test_the_office_above_looks_only(client_of, van_phong, den_tuoi):
    client = client_of(van_phong)

    page = client.get(URL)
    assert "Phạm Thị Lan" in page.content.decode()
    assert page.context["form"] is None
    client.post(URL, rows(den_tuoi))
    assert not XetTruongThanh.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number_of_rows(
    client_of, bi_thu_phuong, chi_doan, count, django_assert_num_queries
):
    for so in range(count):
        make_doan_vien(
            chi_doan=chi_doan, ngay_sinh=date(1995, 1, so + 1), ngay_vao_doan=date(2012, 1, 1)
        )
    client = client_of(bi_thu_phuong)

    with django_assert_num_queries(QUERIES):
        client.get(URL)


QUERIES = 10
"""Session, user, roles, ages, count, rows, drafts, proposals, decisions, decided."""


def test_the_file_lists_undecided_and_decided(client_of, bi_thu_phuong, chi_doan, den_tuoi):
    staying = make_doan_vien(
        chi_doan=chi_doan,
        ho_ten="Lê Văn Ở",
        ngay_sinh=date(1994, 1, 1),
        ngay_vao_doan=date(2012, 1, 1),
    )
    make_xet(staying, "o_lai", den_ngay=date(2027, 3, 26))

    answer = client_of(bi_thu_phuong).get(URL, {"export": "xlsx"})

    sheet = load_workbook(BytesIO(answer.content)).active
    assert [(row[0].value, row[4].value) for row in sheet.iter_rows(min_row=2)] == [
        ("Phạm Thị Lan", "Chưa quyết định"),
        ("Lê Văn Ở", "Ở lại sinh hoạt đến 26/03/2027"),
    ]
    assert NhatKy.objects.filter(hanh_dong="truong_thanh.export").count() == 1


def test_certificates_get_numbers_only_when_the_ward_issues_them(
    client_of, bi_thu_phuong, phuong, den_tuoi
):
    dot = grow_out(phuong, den_tuoi, bi_thu_phuong)
    client, url = client_of(bi_thu_phuong), f"{URL}quyet-dinh/{dot.pk}/giay-chung-nhan.pdf"

    assert client.get(url).content.startswith(b"%PDF")
    assert not VanBan.objects.filter(loai="GCN").exists()
    client.post(url)

    assert VanBan.objects.get(loai="GCN").so_ky_hieu == "01-GCN/ĐTN"
    row = XetTruongThanh.objects.get()
    assert client.get(f"{URL}{row.pk}/giay-chung-nhan.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("ho_ten", "is_long"),
    [("Phạm Thị Lan", False), ("Nguyễn Phước Bảo Hoàng Tôn Nữ Thị Minh Nguyệt Ánh Tuyết", True)],
)
def test_a_long_name_is_set_smaller_lest_it_pushes_the_text_into_the_date(
    phuong, den_tuoi, ho_ten, is_long
):
    den_tuoi.ho_ten = ho_ten
    xet = XetTruongThanh(doan_vien=den_tuoi, chi_doan=den_tuoi.chi_doan, ngay_cuoi=HOM_NAY)
    dot = DotTruongThanh(don_vi=phuong, ngay=HOM_NAY)

    html = paper_html(giay_to.chung_nhan(dot, xet))

    assert ('class="nguoi long"' in html) == is_long


def test_the_members_list_no_longer_points_out_who_may_stay(client_of, bi_thu_phuong, den_tuoi):
    DoanVien.objects.filter(pk=den_tuoi.pk).update(ngay_sinh=date(1996, 1, 1))
    client = client_of(bi_thu_phuong)
    assert client.get("/doan-vien/", {"tuoi": "qua"}).context["page"].paginator.count == 1

    make_xet(den_tuoi, "o_lai", den_ngay=date(2027, 3, 26))

    assert client.get("/doan-vien/", {"tuoi": "qua"}).context["page"].paginator.count == 0
    assert "Đủ 30 tuổi" not in client.get("/doan-vien/").content.decode()
