import re
import uuid
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from core.periods import KyBaoCao, today
from doanvien.chuyen.qua_trinh import move_official
from doanvien.doan_phi import services
from doanvien.models import DoanPhi, MienDoanPhi, NopDoanPhi, PhieuThu
from tests.factories import make_doan_vien, make_phieu_thu
from tochuc.models import VanBan

pytestmark = pytest.mark.django_db


@pytest.fixture
def nay():
    return today().replace(day=1)


def page_of(chi_doan):
    return reverse("doanvien:doan_phi_don_vi", args=[chi_doan.pk])


def hidden(html, action):
    """The hidden fields of the first form that is sent to `action`."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', html, re.DOTALL)[0]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def test_the_branch_collects_from_all_in_one_tap(client_of, bi_thu, chi_doan, nay):
    for ten in ("Trần Gia Bảo", "Huỳnh Tấn Đạt"):
        make_doan_vien(chi_doan=chi_doan, ho_ten=ten)
    client = client_of(bi_thu)
    html = client.get(reverse("doanvien:doan_phi")).content.decode()
    assert "Thu cả chi đoàn (2 đồng chí, 4.000\xa0đ)" in html
    assert html.index("Trần Gia Bảo") < html.index("Huỳnh Tấn Đạt")

    action = reverse("doanvien:doan_phi_thu_het", args=[chi_doan.pk])
    data = hidden(html, action)
    for _ in range(2):
        answer = client.post(action, data, follow=True)
    phieu = PhieuThu.objects.get()
    assert (phieu.tong, phieu.thu_boi) == (4_000, bi_thu)
    html = answer.content.decode()
    assert "phiếu PT-0001" in html
    assert "Thu cả chi đoàn" not in html

    undo = reverse("doanvien:doan_phi_hoan_tac", args=[chi_doan.pk])
    client.post(undo, {"dong": phieu.dong.first().pk})
    assert DoanPhi.objects.con_hieu_luc().count() == 1
    assert (
        "Thu cả chi đoàn (1 đồng chí, 2.000\xa0đ)" in client.get(page_of(chi_doan)).content.decode()
    )


def test_one_member_in_one_tap_and_several_months(client_of, bi_thu, chi_doan, nay):
    person = make_doan_vien(chi_doan=chi_doan)
    first = KyBaoCao.month_of(nay).previous.previous.start
    services.open_so_thu(chi_doan=chi_doan, tu_thang=first, by=bi_thu)
    client = client_of(bi_thu)
    action = reverse("doanvien:doan_phi_thu_nhanh", args=[chi_doan.pk])
    tap = hidden(client.get(page_of(chi_doan)).content.decode(), action)
    assert client.post(action, tap).url.endswith("#thang")
    again = client.post(action, tap | {"ma_gui": str(uuid.uuid4())})  # by somebody else meanwhile
    assert not again.url.endswith("#thang")  # the refusal stands at the top of the page
    assert DoanPhi.objects.get().thang == nay

    url = reverse("doanvien:doan_phi_thu", args=[chi_doan.pk]) + f"?doan_vien={person.pk}"
    form = client.get(url).context["form"]
    assert form.initial["thang"] == [first, KyBaoCao.month_of(nay).previous.start]
    data = {
        "thang": [first.isoformat()],
        "ngay": f"{today():%d/%m/%Y}",
        "o_nuoc_ngoai": "on",
        "ma_gui": str(uuid.uuid4()),
    }
    refused = client.post(url, data | {"muc": "3.000"})
    assert "Đồng chí ở nước ngoài đóng từ 5.000 đ một tháng." in refused.content.decode()
    client.post(url, data)
    assert DoanPhi.objects.get(thang=first).so_tien == 5_000


def test_who_moved_away_stands_in_the_book_without_a_link(
    client_of, bi_thu, chi_doan, chi_doan_khac, nay
):
    here, gone = (make_doan_vien(chi_doan=chi_doan) for _ in range(2))
    for person in (here, gone):
        phieu = make_phieu_thu(person, nay, ngay=today())
    move_official(person=gone, chi_doan=chi_doan_khac, tu_ngay=today())
    client = client_of(bi_thu)
    for url in (page_of(chi_doan), phieu.get_absolute_url()):
        page = client.get(url).content.decode()
        links = {int(pk) for pk in re.findall(r'href="/doan-vien/(\d+)/doan-phi/"', page)}
        assert gone.ho_ten in page
        assert gone.pk not in links
        assert all(client.get(f"/doan-vien/{pk}/doan-phi/").status_code == 200 for pk in links)


def test_who_only_sees_cannot_collect(client_of, kiem_tra, uy_vien, chi_doan):
    make_doan_vien(chi_doan=chi_doan)
    page = client_of(kiem_tra).get(page_of(chi_doan))
    assert page.status_code == 200
    assert "Thu cả chi đoàn" not in page.content.decode()
    assert client_of(uy_vien).get(page_of(chi_doan)).status_code == 403


@pytest.mark.parametrize("people", [1, 4])
def test_statements_of_the_pages_do_not_grow(
    client_of, bi_thu_phuong, phuong, chi_doan, chi_doan_khac, people, nay,
    django_assert_max_num_queries,
):  # fmt: skip
    for branch in (chi_doan, chi_doan_khac):
        for _ in range(people):
            make_phieu_thu(make_doan_vien(chi_doan=branch), nay, ngay=today())
        services.submit_nop(
            don_vi=branch, ky=KyBaoCao.month_of(nay), ngay=today(), chung_tu="",
            ma_gui=uuid.uuid4(), by=None,
        )  # fmt: skip
    client = client_of(bi_thu_phuong)
    for url in (page_of(phuong), page_of(chi_doan)):
        with django_assert_max_num_queries(12):
            assert client.get(url).status_code == 200


def test_money_goes_from_the_branch_to_the_ward(
    client_of, bi_thu, bi_thu_phuong, van_phong, chi_doan, phuong, nay
):
    make_phieu_thu(make_doan_vien(chi_doan=chi_doan), nay, ngay=today(), so_tien=10_001)
    client = client_of(bi_thu)
    url = reverse("doanvien:doan_phi_nop", args=[chi_doan.pk])
    page = client.get(url)
    said = "10.001\xa0đ: nộp 3.333\xa0đ, giữ 6.668\xa0đ, phần lẻ giữ ở chi đoàn"
    assert said in page.content.decode()
    data = {"ngay": f"{today():%d/%m/%Y}", "ma_gui": page.context["form"].initial["ma_gui"]}
    client.post(url, data)
    nop = NopDoanPhi.objects.get()
    accept = reverse("doanvien:nop_doan_phi_accept", args=[nop.pk])
    assert client.get(accept).status_code == 403
    assert client_of(van_phong).get(accept).status_code == 403  # nobody acts for the ward

    client = client_of(bi_thu_phuong)
    assert f"{chi_doan}: 3.333" in client.get(page_of(phuong)).content.decode()
    client.post(accept, {"ngay": f"{today():%d/%m/%Y}"})
    nop.refresh_from_db()
    assert (nop.trang_thai, nop.phieu_nhan.tong) == ("da_nhan", 3_333)
    again = client_of(bi_thu).get(url).content.decode()
    assert "Chưa có khoản nào phải nộp" in again
    assert "Ghi nộp" not in again
    assert nop.phieu_nhan.noi_dung.endswith("(1/3 của 10.001 đồng đã thu; 1 đoàn viên)")


def test_the_receipt_is_printed_twice_alike(client_of, bi_thu, chi_doan, nay):
    phieu = make_phieu_thu(make_doan_vien(chi_doan=chi_doan), nay, ngay=today(), by=bi_thu)
    client = client_of(bi_thu)
    url = reverse("doanvien:phieu_thu_pdf", args=[phieu.pk])
    first = client.post(url, follow=True).content
    assert first.startswith(b"%PDF")
    assert client.post(url, follow=True).content == first
    assert VanBan.objects.get().tieu_de == f"Phiếu thu PT-0001 năm {nay.year}"


def test_an_exemption_goes_to_the_ward_and_back(client_of, bi_thu, bi_thu_phuong, chi_doan, nay):
    person = make_doan_vien(chi_doan=chi_doan)
    services.open_so_thu(chi_doan=chi_doan, tu_thang=nay, by=bi_thu)
    client = client_of(bi_thu)
    month = f"{nay:%m/%Y}"
    url = reverse("doanvien:doan_phi_doan_vien_mien", args=[person.pk])
    client.post(url, {"tu_thang": month, "den_thang": month, "ly_do": "om_dau"})
    mien = MienDoanPhi.objects.get()
    approve = reverse("doanvien:mien_doan_phi_approve", args=[mien.pk])
    assert client.get(approve).status_code == 403
    client_of(bi_thu_phuong).post(approve, {"ngay": f"{today():%d/%m/%Y}"})
    assert "Được miễn" in client.get(page_of(chi_doan)).content.decode()
    end = reverse("doanvien:mien_doan_phi_shorten", args=[mien.pk])
    assert "đánh dấu ô bên dưới" in client.post(end, {"ly_do": "Nhầm"}).content.decode()
    client.post(end, {"ly_do": "Nhầm", "bo_ca": "on"})
    assert "Được miễn" not in client.get(page_of(chi_doan)).content.decode()


def test_a_branch_withdraws_its_request_for_exemption(client_of, bi_thu, chi_doan, nay):
    person = make_doan_vien(chi_doan=chi_doan)
    mien = services.propose_mien(
        doan_vien=person, chi_doan=chi_doan, tu_thang=nay, den_thang=nay, ly_do="om_dau", by=bi_thu
    )
    client = client_of(bi_thu)
    assert "Rút đề nghị" in client.get(mien.get_absolute_url()).content.decode()
    url = reverse("doanvien:mien_doan_phi_withdraw", args=[mien.pk])
    assert client.get(url).status_code == 200
    client.post(url)
    assert not MienDoanPhi.objects.exists()


def test_arrears_are_listed_with_a_word_that_names_nobody(client_of, bi_thu, chi_doan, nay):
    person = make_doan_vien(chi_doan=chi_doan, ho_ten="Huỳnh Tấn Đạt")
    first = KyBaoCao.month_of(nay).previous.previous.start
    services.open_so_thu(chi_doan=chi_doan, tu_thang=first, by=bi_thu)
    page = client_of(bi_thu).get(reverse("doanvien:doan_phi_no", args=[chi_doan.pk]))

    (row,) = page.context["no"]
    assert (row.doan_vien, len(row.thang), row.so_tien) == (person, 2, 4_000)
    assert person.ho_ten not in page.context["loi_nhac"]
    assert person.ho_ten in row.loi_nhac


def test_the_figure_of_arrears_opens_whom_it_counts(
    client_of, bi_thu_phuong, chi_doan, phuong, nay
):
    paid, _ = (make_doan_vien(chi_doan=chi_doan) for _ in range(2))
    make_phieu_thu(paid, nay, ngay=today())
    client = client_of(bi_thu_phuong)
    tong = client.get(page_of(phuong)).context["tong"].thu
    url = f"{reverse('doanvien:doan_phi_no', args=[phuong.pk])}?ky={nay:%Y-%m}"
    page = client.get(url)

    assert (page.context["so_nguoi"], page.context["tong"]) == (tong.so_nguoi_no, tong.con_no)
    assert (tong.so_nguoi_no, tong.con_no) == (1, 2_000)
    sheet = load_workbook(BytesIO(client.get(f"{url}&export=xlsx").content)).active
    assert [cell.value for cell in sheet[2]][3:] == [1, 2_000]


def test_a_member_sees_years_and_arrears(client_of, bi_thu, chi_doan, nay):
    person = make_doan_vien(chi_doan=chi_doan)
    services.open_so_thu(chi_doan=chi_doan, tu_thang=date(nay.year - 1, 12, 1), by=bi_thu)
    make_phieu_thu(person, date(nay.year - 1, 12, 1), ngay=today())
    page = client_of(bi_thu).get(reverse("doanvien:doan_phi_doan_vien", args=[person.pk]))

    years = [(row.nam, row.da_dong, row.con_no) for row in page.context["page"].nam]
    assert years == [(nay.year, 0, 2_000 * nay.month), (nay.year - 1, 2_000, 0)]
    muc = reverse("doanvien:doan_phi_doan_vien_muc", args=[person.pk])
    client_of(bi_thu).post(muc, {"huong_luong": "1", "tu_thang": f"{nay:%m/%Y}"})
    after = client_of(bi_thu).get(reverse("doanvien:doan_phi_doan_vien", args=[person.pk]))
    assert f"5.000\xa0đ một tháng, có hưởng lương từ tháng {nay.month}/" in after.content.decode()
    assert page.context["page"].cau_no.startswith("Chưa đóng" if nay.month == 1 else "Còn nợ")
