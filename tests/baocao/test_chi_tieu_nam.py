import pytest
from django.urls import reverse

from baocao.models import ChiTieuNam
from tochuc.models import NhatKy

URL = reverse("baocao:chi_tieu_nam")


def test_a_ward_sets_and_takes_back_its_targets(client_of, bi_thu_phuong, phuong):
    client = client_of(bi_thu_phuong)

    client.post(f"{URL}?ky=2026", {"ket_nap_moi": "24", "hien_mau": "1.200"})
    client.post(f"{URL}?ky=2026", {"ket_nap_moi": "24", "hien_mau": ""})

    assert list(ChiTieuNam.objects.values_list("don_vi", "ma", "nam", "gia_tri")) == [
        (phuong.pk, "ket_nap_moi", 2026, 24)
    ]
    assert NhatKy.objects.filter(hanh_dong="chi_tieu_nam.set").count() == 2


def test_the_same_targets_again_change_nothing(client_of, bi_thu_phuong):
    for _ in range(2):
        client_of(bi_thu_phuong).post(f"{URL}?ky=2026", {"ket_nap_moi": "24"})

    assert NhatKy.objects.filter(hanh_dong="chi_tieu_nam.set").count() == 1


@pytest.mark.parametrize("value", ["-1", "hai"])
def test_a_target_that_is_no_number_is_refused_at_its_field(client_of, bi_thu_phuong, value):
    answer = client_of(bi_thu_phuong).post(f"{URL}?ky=2026", {"ket_nap_moi": value})

    assert list(answer.context["form"].errors) == ["ket_nap_moi"]
    assert not ChiTieuNam.objects.exists()


def test_targets_are_not_for_branches_and_inspection(client_of, bi_thu, kiem_tra):
    assert client_of(bi_thu).get(URL).status_code == 403
    assert client_of(kiem_tra).get(URL).status_code == 403
