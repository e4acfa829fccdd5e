"""Files with names of cadres: who may look is not who may take along."""

import pytest
from django.urls import reverse

from tests.factories import make_chuc_vu, make_doan_vien

LISTS = (
    "can_bo_list",
    "chuc_vu_list",
    "khuyet_bi_thu_list",
    "ban_giao_list",
    "nhan_su",
    "quy_hoach_list",
    "nguon_list",
    "de_nghi_nhan_su_list",
    "cu_can_bo_list",
    "phu_trach_list",
    "lan_xuong_list",
    "loi_hua_list",
    "tham_hoi_list",
    "phu_cap_list",
    "xep_loai_can_bo_list",
)


@pytest.mark.parametrize("name", LISTS)
def test_the_inspection_reads_the_list_and_takes_no_file(
    name, client, chi_doan, phuong, bi_thu_phuong, kiem_tra
):
    person = make_doan_vien(chi_doan=chi_doan)
    make_chuc_vu(don_vi=chi_doan, doan_vien=person, chuc_danh="bi_thu")
    url, where = reverse(f"chidoan:{name}"), {"don_vi": phuong.pk}

    client.force_login(kiem_tra)
    page = client.get(url, where)
    assert page.status_code == 200
    assert "export=xlsx" not in page.content.decode()
    assert client.get(url, where | {"export": "xlsx"}).status_code == 403
    client.force_login(bi_thu_phuong)
    assert client.get(url, where | {"export": "xlsx"}).status_code == 200
