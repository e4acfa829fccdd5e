"""The living checklist: versions, photos, and what of the Party's forms is not kept."""

from datetime import date

import pytest
from django.urls import reverse

from core.errors import RuleError
from tests.chidoan.test_anh import photo
from tests.factories import make_anh, make_ho_so
from tests.tudưong.cases import case_in, issue_4_knd
from tochuc.models import QuyDinh
from tudưong.danh_muc import CUA_DANG
from tudưong.models import AnhMinhChung, GiayTo, HoSo
from tudưong.services import update_giay_to

T = HoSo.TrangThai


def line(ho_so, loai) -> GiayTo:
    return GiayTo.objects.get(ho_so=ho_so, loai=loai)


def photos(giay_to) -> str:
    return reverse("tuduong:minh_chung_giay_to", args=[giay_to.pk])


def allow(phuong, gia_tri="1"):
    QuyDinh.objects.create(
        ma="nhan_anh_giay_to_dang",
        don_vi=phuong,
        tu_ngay=date(2026, 1, 1),
        gia_tri=gia_tri,
        can_cu="Đảng ủy đồng ý",
    )


def test_a_certificate_is_kept_page_by_page(client_of, can_bo_phuong, bi_thu, ho_so):
    certificate = line(ho_so, "chung_nhan")
    client = client_of(can_bo_phuong)

    client.post(photos(certificate), {"tep": photo()})
    client.post(photos(certificate), {"tep": photo("red")})

    assert certificate.anh.count() == 2
    page = client.get(ho_so.get_absolute_url()).text
    assert f'href="{photos(certificate)}"' in page
    assert f'href="{photos(certificate)}"' in client_of(bi_thu).get(ho_so.get_absolute_url()).text


@pytest.mark.parametrize("loai", CUA_DANG)
def test_photos_of_the_partys_forms_are_refused_with_what_to_do_instead(
    client_of, can_bo_phuong, ho_so, loai
):
    form = line(ho_so, loai)
    client = client_of(can_bo_phuong)

    answer = client.post(photos(form), {"tep": photo()})

    assert answer.status_code == 403
    assert "Nộp bản giấy cho chi bộ" in answer.text
    assert not AnhMinhChung.objects.exists()
    assert "không nhận ảnh chụp" in client.get(photos(form)).text
    assert 'type="file"' not in client.get(photos(form)).text
    state = client.get(reverse("tuduong:giay_to_update", args=[form.pk])).text
    assert "hệ thống chỉ theo dõi tình trạng" in state
    assert photos(form) not in client.get(ho_so.get_absolute_url()).text


def test_a_dated_setting_allows_them(client_of, can_bo_phuong, phuong, ho_so):
    allow(phuong)
    form = line(ho_so, "ly_lich")

    client_of(can_bo_phuong).post(photos(form), {"tep": photo()})

    assert form.anh.count() == 1


def test_a_closed_case_takes_no_photo(client_of, can_bo_phuong, chi_doan):
    closed = make_ho_so(chi_doan=chi_doan, trang_thai=T.DONG)

    answer = client_of(can_bo_phuong).post(photos(line(closed, "chung_nhan")), {"tep": photo()})

    assert answer.status_code == 403


def test_party_committee_opens_the_photos_of_a_case_that_was_sent(client_of, cap_uy, chi_doan):
    sent, kept = (make_ho_so(chi_doan=chi_doan, trang_thai=t) for t in (T.DA_GUI, T.CHO_GUI))
    first, hidden = make_anh(line(sent, "chung_nhan")), make_anh(line(kept, "chung_nhan"))
    client = client_of(cap_uy)
    address = reverse("tuduong:cap_uy_minh_chung", args=[first.pk])

    assert address in client.get(reverse("tuduong:cap_uy_detail", args=[sent.pk])).text
    assert client.get(address)["Content-Type"] == "image/jpeg"
    assert client.get(reverse("tuduong:cap_uy_minh_chung", args=[hidden.pk])).status_code == 404
    assert client.get(photos(line(sent, "chung_nhan"))).status_code == 403


def test_reissued_paper_says_its_version(
    client_of, doan_vien, chi_doan_15, bch, bi_thu, can_bo_phuong, bi_thu_phuong, cap_uy
):
    ho_so = case_in(T.CHO_GUI, doan_vien, bi_thu, can_bo_phuong, bi_thu_phuong, cap_uy)
    issue_4_knd(ho_so=ho_so, by=bi_thu_phuong)
    doan_vien.refresh_from_db()
    doan_vien.set_ho_ten("Trần Gia Bảo Anh")
    doan_vien.save()
    ho_so = HoSo.objects.get(pk=ho_so.pk)
    issue_4_knd(ho_so=ho_so, by=bi_thu_phuong)

    page = client_of(bi_thu_phuong).get(ho_so.get_absolute_url()).text

    assert "4-KNĐ, bản 2" in page


def test_what_an_issued_paper_says_of_itself_is_not_typed_over(
    client_of, doan_vien, chi_doan_15, bch, bi_thu, can_bo_phuong, bi_thu_phuong, cap_uy
):
    ho_so = case_in(T.CHO_GUI, doan_vien, bi_thu, can_bo_phuong, bi_thu_phuong, cap_uy)
    issue_4_knd(ho_so=ho_so, by=bi_thu_phuong)
    row = line(ho_so, "nq_bch")

    with pytest.raises(RuleError, match="Giấy đã ban hành"):
        update_giay_to(giay_to=row, tinh_trang="chua_co", by=bi_thu_phuong)
    form = reverse("tuduong:giay_to_update", args=[row.pk])
    client = client_of(bi_thu_phuong)
    assert 'name="so"' not in client.get(form).text
    client.post(form, {"ghi_chu": "Bản chính ở văn phòng"})

    row.refresh_from_db()
    assert (row.tinh_trang, row.ghi_chu) == ("da_ky", "Bản chính ở văn phòng")
