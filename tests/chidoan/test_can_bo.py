"""Cadres: the list, the profile, allowances, ratings."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.html import escape
from openpyxl import load_workbook

from chidoan.can_bo import services
from chidoan.can_bo.queries import CAN_BO
from chidoan.can_bo.services import KetQuaCanBo
from chidoan.models import ChucVu, PhuCap, XepLoaiCanBo
from chidoan.tap_huan.queries import chua_du_lop
from core.errors import RuleError
from core.periods import today
from tests.factories import (
    make_chi_doan,
    make_chuc_vu,
    make_doan_vien,
    make_hoc_vien,
    make_hoi_thi,
    make_lop,
    make_phuong,
    make_thi_sinh,
)
from tochuc.models import NhatKy
from tochuc.permissions import VaiTro

LIST_URL = "chidoan:can_bo_list"
NGAY = date(2025, 12, 10)


@pytest.fixture
def secretary(chi_doan):
    person = make_doan_vien(chi_doan=chi_doan, ho_ten="Lê Minh Duy", ngay_vao_dang=date(2024, 2, 3))
    make_chuc_vu(don_vi=chi_doan, doan_vien=person, ho_ten=person.ho_ten, chuc_danh="bi_thu")
    return person


def pay(person, by, **fields) -> PhuCap:
    fields = {
        "don_vi": person.chi_doan,
        "kieu": "thang",
        "so_tien": 345_000,
        "tu_ngay": date(2026, 1, 1),
        "can_cu": "Nghị quyết 12/2024/NQ-HĐND",
    } | fields
    return services.create_phu_cap(doan_vien=person, by=by, **fields)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"can_cu": " "}, "Ghi căn cứ"),
        ({"so_tien": 0}, "lớn hơn 0"),
        ({"den_ngay": date(2025, 1, 1)}, "từ ngày bắt đầu"),
        ({"kieu": "ngay_cong", "den_ngay": date(2026, 3, 31)}, "số ngày công"),
        ({"kieu": "ngay_cong", "so_ngay": 5}, "ngày kết thúc"),
        ({"tu_ngay": date(2026, 6, 1)}, "đang hưởng phụ cấp tháng"),
    ],
)
def test_an_allowance_is_refused(fields, message, secretary, bi_thu_phuong):
    pay(secretary, bi_thu_phuong, den_ngay=date(2026, 9, 30))

    with pytest.raises(RuleError, match=message):
        pay(secretary, bi_thu_phuong, **fields)

    assert PhuCap.objects.count() == 1


def test_a_monthly_allowance_ends_and_days_of_work_go_beside_it(secretary, bi_thu_phuong):
    row = pay(secretary, bi_thu_phuong)
    days = {"kieu": "ngay_cong", "so_ngay": 4, "so_tien": 80_000, "den_ngay": date(2026, 3, 31)}
    pay(secretary, bi_thu_phuong, **days)
    with pytest.raises(RuleError, match="đã được ghi"):
        pay(secretary, bi_thu_phuong, **days)
    services.end_phu_cap(phu_cap=row, den_ngay=date(2026, 6, 30), by=bi_thu_phuong)

    with pytest.raises(RuleError, match="đã kết thúc"):
        services.end_phu_cap(phu_cap=row, den_ngay=date(2026, 7, 1), by=bi_thu_phuong)
    assert PhuCap.objects.count() == 2


def test_nobody_is_paid_at_a_branch_of_another_ward(secretary, client_of, bi_thu_phuong, chi_doan):
    before = make_chi_doan()
    make_chuc_vu(don_vi=before, doan_vien=secretary, den_ngay=date(2024, 1, 31))

    page = client_of(bi_thu_phuong).get(reverse("chidoan:phu_cap_create", args=[secretary.pk]))

    assert list(page.context["form"].fields["don_vi"].queryset) == [chi_doan]


def rated(phuong, nam, by, said, **decision):
    offices = CAN_BO.under(phuong).dang_chuc(date(nam, 12, 31))
    return services.save_xep_loai(
        don_vi=phuong, nam=nam, ket_qua=dict.fromkeys(offices, said), by=by, **decision
    )


def test_ratings_of_a_year_are_one_for_each_person_and_office(phuong, secretary, bi_thu_phuong):
    came = KetQuaCanBo(da_kiem_diem=True)
    assert rated(phuong, 2025, bi_thu_phuong, came, ngay=NGAY) == 1
    level = KetQuaCanBo(da_kiem_diem=True, muc="htt", nhan_xet="Đều tay")
    decision = {"so_quyet_dinh": "15-QĐ/ĐTN", "ngay": NGAY}
    assert rated(phuong, 2025, bi_thu_phuong, level, **decision) == 1
    assert rated(phuong, 2025, bi_thu_phuong, level, ngay=date(2026, 1, 5)) == 0

    row = XepLoaiCanBo.objects.get()
    assert (row.muc, row.so_quyet_dinh, row.ngay, row.tu_kiem_diem) == (
        *("htt", "15-QĐ/ĐTN"),
        *(NGAY, NGAY),
    )
    assert NhatKy.objects.filter(hanh_dong="xep_loai_can_bo.record").count() == 2


def test_an_older_page_of_ratings_keeps_what_was_written_meanwhile(
    phuong, secretary, bi_thu_phuong, client_of
):
    url = f"{reverse('chidoan:xep_loai_can_bo_record')}?nam=2025&don_vi={phuong.pk}"
    client = client_of(bi_thu_phuong)
    page = client.get(url)
    form = page.context["form"]
    (office, boxes), *_ = form.hang
    sent = {"version": form["version"].value()} | {box.html_name: "" for box in boxes}
    level = KetQuaCanBo(da_kiem_diem=True, muc="htt")
    rated(phuong, 2025, bi_thu_phuong, level, ngay=NGAY)

    joined = client.post(url, sent | {f"nx-{office.pk}": "Nhiệt tình"})
    late = client.post(url, sent | {f"muc-{office.pk}": "ht", "ngay": f"{NGAY:%d/%m/%Y}"})

    assert joined.status_code == 302
    row = XepLoaiCanBo.objects.get()
    assert (row.muc, row.tu_kiem_diem, row.nhan_xet) == ("htt", NGAY, "Nhiệt tình")
    assert late.status_code == 409
    assert [seen["label"] for seen in late.context["versions"]] == ["Mức xếp loại, Lê Minh Duy"]
    assert f'href="{escape(url)}">Lấy bản đang lưu' in late.content.decode()
    again = {box.html_name: box.value() or "" for box in late.context["form"]}
    assert client.post(url, again).status_code == 302
    row.refresh_from_db()
    assert (row.muc, row.nhan_xet) == ("ht", "Nhiệt tình")


def test_a_deputy_who_acts_for_the_secretary_is_rated_once(
    phuong, secretary, bi_thu_phuong, client_of
):
    make_chuc_vu(don_vi=secretary.chi_doan, doan_vien=secretary, chuc_danh="pho_bi_thu")
    client = client_of(bi_thu_phuong)
    page = client.get(reverse("chidoan:xep_loai_can_bo_list"), {"nam": 2025})

    assert [cells[0].row.chuc_danh for cells in page.context["rows"]] == ["bi_thu"]


def test_a_deputy_who_acts_for_the_secretary_stands_on_one_line(
    secretary, bi_thu_phuong, client_of, phuong
):
    make_chuc_vu(don_vi=secretary.chi_doan, doan_vien=secretary, chuc_danh="pho_bi_thu")
    client = client_of(bi_thu_phuong)

    for chosen in ("", "bi_thu", "pho_bi_thu"):
        page = client.get(reverse(LIST_URL), {"chuc_danh": chosen})
        ((cell, *_),) = page.context["rows"]
        assert cell.second == "Bí thư, Phó Bí thư"
    profile = client.get(reverse("chidoan:can_bo_detail", args=[secretary.pk]))
    assert profile.context["subtitle"] == f"Bí thư, Phó Bí thư {secretary.chi_doan}"
    assert [row.chuc_danh for row in chua_du_lop(ChucVu.objects.all(), 2026, today(), 1)] == [
        "bi_thu"
    ]


@pytest.mark.parametrize(
    ("nam", "muc", "ngay", "message"),
    [
        (2025, "cu_kha", NGAY, "không thuộc thang"),
        (2018, "htt", NGAY, "không thuộc thang"),
        (2025, "htt", None, "Ghi ngày quyết định"),
        (2025, "htt", date(2024, 12, 1), "trước năm đó"),
        (2025, "htt", date(2999, 1, 1), "chưa đến"),
    ],
)
def test_a_rating_is_refused(nam, muc, ngay, message, phuong, secretary, bi_thu_phuong):
    with pytest.raises(RuleError, match=message):
        rated(phuong, nam, bi_thu_phuong, KetQuaCanBo(muc=muc), ngay=ngay)

    assert not XepLoaiCanBo.objects.exists()


def test_the_party_stands_on_the_list_after_a_reason_alone(client, secretary, bi_thu_phuong):
    client.force_login(bi_thu_phuong)
    before = client.get(reverse(LIST_URL)).content.decode()
    client.post(reverse("chidoan:can_bo_dang"), {"ly_do": "lap_bao_cao"})
    after = client.get(reverse(LIST_URL)).content.decode()

    assert "Lê Minh Duy" in before
    assert "03/02/2024" not in before
    assert "03/02/2024" in after
    assert NhatKy.objects.filter(hanh_dong="doan_vien.reveal_list").count() == 1


def test_the_party_stays_masked_where_the_right_does_not_reach(client, secretary, bi_thu_phuong):
    elsewhere = make_chi_doan(phuong=make_phuong())
    person = make_doan_vien(
        chi_doan=elsewhere, ho_ten="Võ Thanh Trúc", ngay_vao_dang=date(2023, 9, 2)
    )
    make_chuc_vu(don_vi=elsewhere, doan_vien=person, ho_ten=person.ho_ten, chuc_danh="bi_thu")
    bi_thu_phuong.phan_cong.create(
        don_vi=elsewhere, vai_tro=VaiTro.PHO_BI_THU_CHI_DOAN, tu_ngay=date(2024, 1, 1)
    )
    client.force_login(bi_thu_phuong)
    client.post(reverse("chidoan:can_bo_dang"), {"ly_do": "lap_bao_cao"})

    page = client.get(reverse(LIST_URL)).text

    assert "Võ Thanh Trúc" in page
    assert "03/02/2024" in page
    assert "02/09/2023" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number_of_rows(
    count, client, chi_doan, bi_thu_phuong, django_assert_max_num_queries
):
    for chuc_danh in ("bi_thu", "pho_bi_thu", "pho_bi_thu")[:count]:
        person = make_doan_vien(chi_doan=chi_doan)
        make_chuc_vu(don_vi=chi_doan, doan_vien=person, chuc_danh=chuc_danh)
    client.force_login(bi_thu_phuong)

    with django_assert_max_num_queries(8):
        response = client.get(reverse(LIST_URL))

    assert response.context["page"].paginator.count == count


def test_a_branch_sees_its_own_cadres_and_their_profile(
    client, secretary, chi_doan_khac, bi_thu, bi_thu_phuong
):
    other = make_doan_vien(chi_doan=chi_doan_khac)
    make_chuc_vu(don_vi=chi_doan_khac, doan_vien=other, chuc_danh="bi_thu")
    pay(secretary, bi_thu_phuong)
    client.force_login(bi_thu)

    assert client.get(reverse(LIST_URL)).context["page"].paginator.count == 1
    profile = client.get(reverse("chidoan:can_bo_detail", args=[secretary.pk]))
    assert "345.000" in profile.content.decode()
    assert "Vào Đảng" not in profile.content.decode()
    assert client.get(reverse("chidoan:can_bo_detail", args=[other.pk])).status_code == 404


def test_the_profile_leads_to_terms_that_its_reader_may_open(client, secretary, phuong, bi_thu):
    own = secretary.cac_chuc_vu.get()
    above = make_chuc_vu(don_vi=phuong, doan_vien=secretary, ho_ten=secretary.ho_ten)
    client.force_login(bi_thu)

    page = client.get(reverse("chidoan:can_bo_detail", args=[secretary.pk])).content.decode()
    assert above.get_chuc_danh_display() in page
    assert f'href="{above.get_absolute_url()}"' not in page
    assert f'href="{own.get_absolute_url()}"' in page


def test_the_sum_of_a_quarter_is_that_of_its_rows(client, secretary, bi_thu_phuong):
    pay(secretary, bi_thu_phuong)
    client.force_login(bi_thu_phuong)
    url = reverse("chidoan:phu_cap_list")

    page = client.get(url, {"ky": "2026Q2"})
    response = client.get(url, {"ky": "2026Q2", "export": "xlsx"})

    assert page.context["tong"] == 3 * 345_000
    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet.cell(2, 8).value == 3 * 345_000


def test_the_profile_leads_to_classes_and_contests(client, secretary, phuong, bi_thu_phuong):
    contest = make_hoi_thi(don_vi=phuong)
    make_thi_sinh(hoi_thi=contest, don_vi=secretary.chi_doan, doan_vien=secretary)
    lop = make_lop(don_vi=phuong)
    make_hoc_vien(lop=lop, doan_vien=secretary, du=True)
    client.force_login(bi_thu_phuong)
    page = client.get(reverse("chidoan:can_bo_detail", args=[secretary.pk])).content.decode()

    assert f'href="{contest.get_absolute_url()}"' in page
    assert f'href="{lop.get_absolute_url()}"' in page
