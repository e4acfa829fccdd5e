"""Pages of transfers, guests and movement: what each role sees and does there."""

from datetime import timedelta

import pytest

from core.periods import today
from doanvien.chuyen.viec import NHAC, dem_chi_doan, dem_phuong
from doanvien.models import ChuyenSinhHoat, DoanVien, NhanXetCuTru, QuaTrinh
from tests.factories import make_chuyen, make_doan_vien, make_phieu_thu
from tochuc.viec import dem_viec

HOM_NAY = today()
NGAY = HOM_NAY - timedelta(days=16)


def text_of(day):
    return day.strftime("%d/%m/%Y")


def test_a_request_is_made_from_the_members_page(client_of, bi_thu, doan_vien, chi_doan_khac):
    client = client_of(bi_thu)
    assert f"/doan-vien/{doan_vien.pk}/chuyen/" in client.get(doan_vien.get_absolute_url()).text

    response = client.post(
        f"/doan-vien/{doan_vien.pk}/chuyen/",
        {
            "loai": "chinh_thuc",
            "noi": "trong",
            "chi_doan_den": chi_doan_khac.pk,
            "ngay": text_of(NGAY),
            "dong_phi_den": NGAY.strftime("%m/%Y"),
        },
    )

    chuyen = ChuyenSinhHoat.objects.get()
    assert response.url == chuyen.get_absolute_url()
    assert (chuyen.chi_doan_den, chuyen.dong_phi_den.day) == (chi_doan_khac, 1)
    assert "Bị từ chối" not in client.get(response.url).text


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_statements_for_any_number(
    client_of, bi_thu_phuong, chi_doan, chi_doan_khac, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        make_chuyen(
            doan_vien=make_doan_vien(chi_doan=chi_doan), chi_doan_den=chi_doan_khac, ngay=NGAY
        )
    client = client_of(bi_thu_phuong)

    with django_assert_max_num_queries(10):
        response = client.get("/doan-vien/chuyen/?muc=cho_toi")

    assert response.context["page"].paginator.count == rows
    assert "16\u00a0ngày" in response.text


def test_duties_count_who_waits_and_are_due_with_the_first(
    client_of, bi_thu, bi_thu_phuong, phuong, chi_doan, chi_doan_khac
):
    first, second = (make_doan_vien(chi_doan=chi_doan) for _ in range(2))
    make_chuyen(doan_vien=first, chi_doan_den=chi_doan_khac, ngay=NGAY)
    make_chuyen(doan_vien=second, chi_doan_den=chi_doan_khac, ngay=HOM_NAY, trang_thai="tu_choi")

    def duties(dem, user, don_vi):
        return dem_viec(list(dem(user, don_vi, HOM_NAY, {NHAC: 15})))

    (ward,) = duties(dem_phuong, bi_thu_phuong, phuong)
    (branch,) = duties(dem_chi_doan, bi_thu, chi_doan)

    assert (ward.tieu_de, ward.qua_han) == ("Ký giới thiệu 1\u00a0đồng chí chuyển đi", True)
    assert (branch.tieu_de, branch.qua_han) == (
        "Xem lại 1\u00a0việc chuyển sinh hoạt bị trả lại",
        False,
    )
    for user, duty in ((bi_thu_phuong, ward), (bi_thu, branch)):
        assert client_of(user).get(duty.url).context["page"].paginator.count == 1
    assert duties(dem_chi_doan, bi_thu_phuong, chi_doan_khac) == []


def test_many_are_sent_and_signed_together_and_who_cannot_is_named(
    client_of, bi_thu, bi_thu_phuong, chi_doan, chi_doan_khac
):
    people = [make_doan_vien(chi_doan=chi_doan) for _ in range(2)]
    people.append(make_doan_vien(chi_doan=chi_doan, tu_ngay=HOM_NAY, ho_ten="Người Mới Về"))
    data = {
        "doan_vien": [person.pk for person in people],
        "loai": "chinh_thuc",
        "noi": "trong",
        "chi_doan_den": chi_doan_khac.pk,
        "ngay": text_of(NGAY),
        "ly_do_no": "Sắp xếp lại chi đoàn",
    }

    page = client_of(bi_thu).post(f"/doan-vien/chuyen/nhieu/{chi_doan.pk}/", data, follow=True)

    assert ChuyenSinhHoat.objects.count() == 2
    assert "Người Mới Về: Người Mới Về về Chi đoàn Khu vực 1 từ" in page.text
    assert page.context["page"].paginator.count == 2
    first = ChuyenSinhHoat.objects.first()
    client = client_of(bi_thu_phuong)
    assert "Ký giới thiệu cả 2" in client.get(first.get_absolute_url()).text
    later = {"ngay": text_of(HOM_NAY + timedelta(days=1)), "chi_doan_den": chi_doan_khac.pk}
    refused = client.post(f"{first.get_absolute_url()}ky-ca-dot/", later)
    assert refused.context["form"].non_field_errors()[0].count(":") == 1

    client.post(
        f"{first.get_absolute_url()}ky-ca-dot/",
        {"ngay": text_of(HOM_NAY), "chi_doan_den": chi_doan_khac.pk},
    )

    assert set(ChuyenSinhHoat.objects.values_list("trang_thai", "so_giay")) == {
        ("cho_chi_doan_den", "01-GGT/ĐTN"),
        ("cho_chi_doan_den", "02-GGT/ĐTN"),
    }
    assert client.get(first.get_absolute_url()).text.count("giay-gioi-thieu.pdf") == 3


def test_where_a_book_of_dues_is_kept_nobody_types_the_month(
    client_of, bi_thu, chi_doan, doan_vien, chi_doan_khac
):
    make_phieu_thu(doan_vien, HOM_NAY.replace(day=1), ngay=HOM_NAY)
    url = f"/doan-vien/{doan_vien.pk}/chuyen/"
    client = client_of(bi_thu)
    assert client.get(url).context["form"]["dong_phi_den"].field.disabled

    data = {"loai": "chinh_thuc", "noi": "trong", "chi_doan_den": chi_doan_khac.pk}
    client.post(url, data | {"ngay": text_of(HOM_NAY), "dong_phi_den": "01/2020"})

    assert ChuyenSinhHoat.objects.get().dong_phi_den == HOM_NAY.replace(day=1)


def test_who_left_for_outside_is_found_and_taken_in_again_with_the_slip(
    client_of, bi_thu, chi_doan
):
    person = make_doan_vien(chi_doan=chi_doan, den_ngay=NGAY, ho_ten="Đặng Thị Mỹ Duyên")
    DoanVien.objects.filter(pk=person.pk).update(trang_thai="chuyen_di")
    client = client_of(bi_thu)
    looked_for = {"ho_ten": "dang thi my duyen", "ngay_sinh": text_of(person.ngay_sinh)}
    page = client.post("/doan-vien/chuyen/tu-ngoai/", looked_for)
    assert f"/doan-vien/chuyen/tu-ngoai/{person.pk}/" in page.text

    client.post(
        f"/doan-vien/chuyen/tu-ngoai/{person.pk}/",
        {
            "chi_doan": chi_doan.pk,
            "tu_ngay": text_of(HOM_NAY),
            "noi_di": "Đoàn phường Hòa An",
            "so_giay": "118-GGT/ĐTN",
        },
    )

    chuyen = ChuyenSinhHoat.objects.get()
    assert (chuyen.noi_di, chuyen.qua_trinh.tu_ngay) == ("Đoàn phường Hòa An", HOM_NAY)
    person.refresh_from_db()
    assert person.is_dang_sinh_hoat


def test_a_participant_from_outside_is_no_member_and_is_remarked_on(client_of, bi_thu, chi_doan):
    client = client_of(bi_thu)
    data = {
        "don_vi_goc": "Chi đoàn Trường THPT Vị Thanh",
        "chi_doan": chi_doan.pk,
        "tu_ngay": text_of(NGAY),
        "ho_ten": "Lê Hồng Trinh",
        "gioi_tinh": "nu",
        "ngay_sinh": "23/08/2002",
        "ngay_vao_doan": "07/06/2018",
    }
    response = client.post("/doan-vien/chuyen/khach/them/", data)
    assert response.status_code == 302, response.context["form"].errors
    guest = QuaTrinh.objects.get()
    page = response.url

    client.post(f"{page}nhan-xet/", {"nam": HOM_NAY.year, "muc": "tich_cuc", "nhan_xet": "Dự đủ"})
    client.post(f"{page}han/", {"den_ngay": text_of(HOM_NAY)})

    assert guest.doan_vien.trang_thai == "noi_khac"
    assert not QuaTrinh.objects.chinh_thuc().exists()
    assert NhanXetCuTru.objects.cua(guest.doan_vien, HOM_NAY.year).get().muc == "tich_cuc"
    guest.refresh_from_db()
    assert guest.den_ngay == HOM_NAY
    assert client.get("/doan-vien/").context["page"].paginator.count == 0
    assert "Dự đủ" in client.get(page).text


def test_movement_opens_to_the_people_of_each_figure(client_of, bi_thu_phuong, chi_doan):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=HOM_NAY)
    make_doan_vien(chi_doan=chi_doan)
    client = client_of(bi_thu_phuong)
    ky = f"{HOM_NAY.year}-{HOM_NAY.month:02d}"

    figures = client.get(f"/doan-vien/bien-dong/?ky={ky}").context["kpis"]

    assert [figure["value"] for figure in figures] == [1, 1, 0, 2]
    for figure in figures:
        rows = client.get(figure["url"]).context["page"].paginator.count
        assert rows == figure["value"]
    assert client.get("/doan-vien/bien-dong/?ky=9").status_code == 404
