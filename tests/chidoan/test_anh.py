"""Photos of a meeting: kept once, within their room, seen in scope alone, thrown away on record."""

import uuid
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from PIL import Image

from chidoan.anh import services
from chidoan.anh.forms import AnhForm
from chidoan.anh.gioi_han import KHONG_PHAI_ANH, RONG
from chidoan.anh.queries import anh_cua
from chidoan.anh.tep import TepAnh
from chidoan.models import Anh, BuoiSinhHoat, HoatDong
from chidoan.services import delete_draft
from core.errors import RuleError
from doanvien.rieng_tu.an_danh import anonymise
from doanvien.rieng_tu.ban_du_lieu import ban_du_lieu
from tests.chidoan.test_dong_thoi import at_once
from tests.factories import (
    make_anh,
    make_buoi,
    make_chi_doan,
    make_doan_vien,
    make_hoi_thi,
    make_nguoi_dung,
    make_tham_hoi,
)
from tochuc.models import NhatKy
from tochuc.permissions import VaiTro

JSON = {"Accept": "application/json"}


def url(name, target):
    return reverse(f"chidoan:{name}", args=[target.pk])


def photo(colour="green", name="anh.jpg"):
    content = BytesIO()
    Image.new("RGB", (60, 40), colour).save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def lines():
    return NhatKy.objects.filter(hanh_dong__startswith="anh.").order_by("so")


def actions():
    return [line.hanh_dong for line in lines()]


@pytest.fixture
def buoi(chi_doan):
    return make_buoi(chi_doan=chi_doan)


@pytest.fixture
def drawn(monkeypatch):
    """Pictures that need no drawing: 1 MB each."""
    monkeypatch.setattr(
        services, "read_anh", lambda tep: TepAnh(tep * 1_000_000, tep * 48_576, 4, 3)
    )


def add(viec, **fields):
    return services.add_anh(
        viec=viec, **{"tep": b"x", "client_id": uuid.uuid4(), "by": None, **fields}
    )


# ---- rules ---------------------------------------------------------------------------------


def test_the_same_photo_sent_again_is_the_same_photo(drawn, buoi, bi_thu):
    name = uuid.uuid4()

    first = add(buoi, client_id=name, by=bi_thu)
    again = add(buoi, client_id=name, tep=b"y", by=bi_thu)

    assert again == first == Anh.objects.get()
    assert actions() == ["anh.add"]
    with pytest.raises(RuleError, match="đã gửi cho buổi khác"):
        add(make_buoi(chi_doan=buoi.chi_doan), client_id=name)


@pytest.mark.django_db(transaction=True)
def test_a_photo_that_comes_twice_at_once_is_kept_once(drawn, buoi):
    name = uuid.uuid4()

    found = at_once(*[lambda: add(buoi, client_id=name)] * 3)

    assert {anh.pk for anh in found} == {Anh.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_who_comes_last_finds_no_room(drawn, buoi, settings):
    settings.PHOTOS_PER_EVENT = 2

    found = at_once(*[lambda: add(buoi)] * 4)

    assert Anh.objects.count() == 2
    assert [str(one) for one in found if isinstance(one, RuleError)] == [
        "Buổi sinh hoạt này đã đủ 2 ảnh. Xóa bớt ảnh cũ rồi thêm lại."
    ] * 2


def test_sheets_have_room_of_their_own(drawn, buoi, settings):
    settings.PHOTOS_PER_EVENT = 1
    add(buoi)

    add(buoi, loai=Anh.Loai.PHIEU_GIAY)

    with pytest.raises(RuleError, match="đã đủ 1 ảnh phiếu"):
        add(buoi, loai=Anh.Loai.PHIEU_GIAY)


def test_a_unit_has_so_much_for_a_year(drawn, buoi, chi_doan_khac, settings):
    settings.PHOTO_MB_PER_YEAR = 2
    for _ in range(2):
        old = add(make_buoi(chi_doan=buoi.chi_doan))
    add(make_buoi(chi_doan=chi_doan_khac))

    with pytest.raises(RuleError, match="của đơn vị đã đủ 2 MB"):
        add(buoi)

    Anh.objects.filter(pk=old.pk).update(them_luc="2020-06-01T00:00:00Z")
    assert add(buoi).pk


def test_a_full_disk_takes_no_photo(drawn, buoi, settings, caplog):
    settings.PHOTO_MIN_FREE_MB = 10**12

    with pytest.raises(RuleError, match="sắp hết chỗ"):
        add(buoi)

    assert "No photo is taken" in caplog.text
    assert not Anh.objects.exists()


def test_a_meeting_that_is_gone_takes_no_photo(drawn, buoi):
    gone = BuoiSinhHoat.objects.get(pk=buoi.pk)
    BuoiSinhHoat.objects.filter(pk=buoi.pk).delete()

    with pytest.raises(RuleError, match="vừa bị xóa"):
        add(gone)


def test_the_ward_adds_on_behalf_and_that_is_marked(drawn, buoi, bi_thu_phuong):
    add(buoi, by=bi_thu_phuong)

    assert lines().get().noi_dung["nhap_thay"] is True


def test_photos_go_with_their_draft_and_change_no_meeting(drawn, chi_doan, bi_thu):
    draft = make_buoi(chi_doan=chi_doan, trang_thai="nhap")
    before = BuoiSinhHoat.objects.values().get(pk=draft.pk)
    add(draft)
    assert BuoiSinhHoat.objects.values().get(pk=draft.pk) == before

    delete_draft(buoi=draft, by=bi_thu)

    assert not Anh.objects.exists()


# ---- pages ---------------------------------------------------------------------------------


def test_a_device_sends_one_photo_and_hears_where_it_is(client_of, bi_thu, buoi):
    client, name = client_of(bi_thu), str(uuid.uuid4())
    data = {"client_id": name, "chu_thich": "Trồng cây", "loai": "anh"}

    answers = [
        client.post(url("anh_buoi", buoi), {**data, "tep": photo()}, headers=JSON) for _ in range(2)
    ]

    anh = Anh.objects.get()
    assert [answer.json() for answer in answers] == [
        {"anh": anh.pk, "trang": f"/anh/{anh.pk}/", "nho": f"/anh/{anh.pk}-nho.jpg"}
    ] * 2
    assert (anh.chu_thich, anh.them_boi, anh.don_vi) == ("Trồng cây", bi_thu, buoi.chi_doan)
    assert (str(anh.client_id), anh.rong, anh.cao) == (name, 60, 40)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Chọn ít nhất một ảnh."),
        ({"tep": SimpleUploadedFile("a.jpg", b"")}, RONG),
        ({"tep": SimpleUploadedFile("a.jpg", b"<svg/>")}, KHONG_PHAI_ANH),
    ],
    ids=["none", "empty", "svg"],
)
def test_a_device_hears_why_a_photo_is_not_taken(client_of, bi_thu, buoi, data, sentence):
    response = client_of(bi_thu).post(url("anh_buoi", buoi), data, headers=JSON)

    assert (response.status_code, response.json()) == (400, {"loi": sentence})
    assert not Anh.objects.exists()


def test_without_script_several_go_as_one_form(client_of, bi_thu, buoi):
    client, page = client_of(bi_thu), url("anh_buoi", buoi)
    form = client.get(page).context["form"]

    def press():
        files = [photo(), photo("red"), SimpleUploadedFile("<b>.svg", b"<svg/>")]
        data = {"client_id": form.initial["client_id"], "loai": "anh", "tep": files}
        return client.post(page, data, follow=True)

    press()
    response = press()  # the button pressed twice

    assert said(response) == [f"<b>.svg: {KHONG_PHAI_ANH}", "Đã thêm 2 ảnh."]
    assert "<b>.svg" not in response.content.decode()
    assert Anh.objects.count() == 2


def test_the_bytes_are_seen_in_scope_and_kept_by_nobody_else(
    client_of, bi_thu, van_phong, nguoi_la, cap_uy, buoi
):
    anh = make_anh(buoi)
    large, small = url("anh_tep", anh), url("anh_tep_nho", anh)

    for user in (bi_thu, van_phong):
        response = client_of(user).get(large)
        assert (response.status_code, response.content) == (200, b"A")
    assert client_of(bi_thu).get(small).content == b"a"
    wanted = {
        "Content-Type": "image/jpeg",
        "Content-Disposition": f'inline; filename="anh-{anh.pk}.jpg"',
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    assert {name: response.headers[name] for name in wanted} == wanted
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]

    again = client_of(bi_thu).get(large, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client_of(bi_thu).get(small, headers={"If-None-Match": response.headers["ETag"]})
    assert other.status_code == 200

    assert client_of(nguoi_la).get(large).status_code == 404
    tagged = client_of(nguoi_la).get(large, headers={"If-None-Match": response.headers["ETag"]})
    assert tagged.status_code == 404
    assert client_of(cap_uy).get(large).status_code == 403
    assert not actions()


def test_who_met_together_sees_the_photos_and_no_sheet_of_the_others(
    client_of, bi_thu, chi_doan_khac, phuong, django_assert_num_queries
):
    """Host and guests see each other's photos, read-only; another branch of the ward sees none."""
    host = make_buoi(chi_doan=bi_thu.phan_cong_hom_nay[0].don_vi, loai="lien_chi_doan")
    theirs = make_buoi(chi_doan=chi_doan_khac, loai="lien_chi_doan", chu_nha=host)
    third = make_chi_doan(phuong=phuong, ten="Khu vực 8")
    with_us = make_buoi(chi_doan=third, loai="lien_chi_doan", chu_nha=host)
    ball, sheet = make_anh(host, chu_thich="Đá bóng"), make_anh(host, loai="phieu_giay")
    of_guest, of_third = make_anh(theirs), make_anh(with_us)
    ours = client_of(bi_thu).get(url("buoi_detail", host)).content.decode()
    guest = client_of(make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, chi_doan_khac))

    page = guest.get(url("anh_buoi", theirs)).content.decode()

    shown = [f"/anh/{row.pk}-nho.jpg" in page for row in (ball, of_guest, of_third, sheet)]
    assert shown == [True, True, True, False]
    assert 'alt="Đá bóng, Chi đoàn Khu vực 1"' in page
    assert f"/anh/{of_guest.pk}-nho.jpg" in ours
    with django_assert_num_queries(6):
        seen = guest.get(url("anh_xem", ball)).context
    assert (seen["back"], seen["may_edit"]) == (url("anh_buoi", theirs), False)
    assert guest.get(url("anh_tep", ball)).content == b"A"
    assert guest.get(url("anh_tep_nho", of_third)).status_code == 200
    assert guest.post(url("anh_delete", ball)).status_code == 403
    assert guest.get(url("anh_tep", sheet)).status_code == 404
    assert guest.post(url("anh_buoi", host)).status_code == 404
    outsider = make_nguoi_dung(
        VaiTro.BI_THU_CHI_DOAN, make_chi_doan(phuong=phuong, ten="Khu vực 9")
    )
    assert client_of(outsider).get(url("anh_tep", ball)).status_code == 404


def test_readers_see_photos_and_no_button(client_of, van_phong, bi_thu, buoi):
    assert "Ảnh</h2>" not in client_of(van_phong).get(url("buoi_detail", buoi)).content.decode()
    anh = make_anh(buoi, chu_thich="Nhặt rác bờ kè")

    page = client_of(van_phong).get(url("buoi_detail", buoi)).content.decode()
    assert f'src="/anh/{anh.pk}-nho.jpg"' in page
    assert "Nhặt rác bờ kè" in page
    assert "Thêm ảnh" not in page
    assert "Thêm ảnh" in client_of(bi_thu).get(url("buoi_detail", buoi)).content.decode()
    client = client_of(van_phong)
    assert client.post(url("anh_buoi", buoi), {"tep": photo()}).status_code == 403
    assert client.post(url("anh_delete", anh)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_pages_never_read_the_bytes(client_of, bi_thu, buoi, django_assert_num_queries, count):
    for _ in range(count):
        anh = make_anh(buoi)
    client = client_of(bi_thu)
    for name, target in (("anh_buoi", buoi), ("anh_xem", anh)):
        with django_assert_num_queries(5) as seen:
            assert client.get(url(name, target)).status_code == 200
        assert not [query["sql"] for query in seen if '"tep' in query["sql"]]
    assert not [row for row in anh_cua(buoi=buoi) if {"tep", "tep_nho"} & row.__dict__.keys()]


def test_one_photo_leads_to_its_neighbours_of_the_same_kind(client_of, bi_thu, buoi):
    first, sheet, last = (make_anh(buoi, loai=loai) for loai in ("anh", "phieu_giay", "anh"))

    seen = [client_of(bi_thu).get(url("anh_xem", anh)).context for anh in (first, sheet, last)]

    assert [(page["title"], page["truoc"], page["sau"]) for page in seen] == [
        ("Ảnh 1/2", None, last),
        ("Phiếu điểm danh giấy 1/1", None, None),
        ("Ảnh 2/2", first, None),
    ]


def test_a_photo_is_described_and_thrown_away_on_record(client_of, bi_thu, buoi):
    anh, client = make_anh(buoi), client_of(bi_thu)

    client.post(url("anh_update", anh), {"chu_thich": "Ra quân tháng 9"})
    assert Anh.objects.get().chu_thich == "Ra quân tháng 9"
    assert "không lấy lại được" in client.get(url("anh_delete", anh)).content.decode()
    response = client.post(url("anh_delete", anh))

    assert response.url == url("anh_buoi", buoi)
    assert not Anh.objects.exists()
    assert client.post(url("anh_delete", anh)).status_code == 404
    assert actions() == ["anh.update", "anh.delete"]
    assert lines().last().noi_dung == {"loai": "anh", "buoi": buoi.pk}


def test_an_activity_has_photos_too(client_of, bi_thu, chi_doan):
    viec = HoatDong.objects.create(
        don_vi=chi_doan, loai="trong_cay", ten="Trồng cây", tu_ngay=date(2026, 9, 1),
        den_ngay=date(2026, 9, 1),
    )  # fmt: skip
    client = client_of(bi_thu)

    client.post(url("anh_hoat_dong", viec), {"tep": photo()})

    anh = Anh.objects.get()
    assert (anh.viec, anh.don_vi, list(anh_cua(hoat_dong=viec))) == (viec, chi_doan, [anh])
    assert f"/anh/{anh.pk}/" in client.get(url("anh_hoat_dong", viec)).content.decode()


def test_the_form_of_a_draft_leads_to_its_photos(client_of, bi_thu, chi_doan):
    new = client_of(bi_thu).get(reverse("chidoan:buoi_create")).content.decode()
    assert "Lưu nháp để thêm ảnh" in new

    draft = make_buoi(chi_doan=chi_doan, trang_thai="nhap")
    make_anh(draft)
    page = client_of(bi_thu).get(url("buoi_update", draft)).content.decode()
    assert "Ảnh (1)" in page
    assert "Xem phiếu giấy" not in page
    make_anh(draft, loai="phieu_giay")
    assert "Xem phiếu giấy" in client_of(bi_thu).get(url("buoi_update", draft)).content.decode()


def test_of_many_photos_one_at_a_time_is_held_in_memory():
    files = [SimpleUploadedFile(f"{i}.jpg", b"%d" % i) for i in range(3)]
    form = AnhForm({}, MultiValueDict({"tep": files}))
    assert form.is_valid()

    sent = form.gui()
    assert (next(sent).ten, files[1].tell()) == ("0.jpg", 0)
    assert [one.tep for one in sent] == [b"1", b"2"]


def test_photos_of_a_visit_are_as_private_as_its_circumstances(
    client_of, bi_thu, bi_thu_phuong, uy_vien, van_phong, nguoi_la, chi_doan, phuong
):
    person = make_doan_vien(chi_doan=chi_doan, ho_ten="Lê Minh Duy")
    visit = make_tham_hoi(doan_vien=person, don_vi=phuong)
    client_of(bi_thu_phuong).post(url("anh_tham_hoi", visit), {"tep": photo(), "loai": "anh"})
    anh = Anh.objects.get()
    assert (anh.tham_hoi, anh.don_vi) == (visit, chi_doan)
    assert "Chỉ chi đoàn" in client_of(bi_thu_phuong).get(url("anh_tham_hoi", visit)).text
    page = client_of(bi_thu).get(url("tham_hoi", visit)).content.decode()
    assert f'src="/anh/{anh.pk}-nho.jpg"' in page
    seen = client_of(bi_thu).get(url("anh_xem", anh)).context
    assert (seen["back"], seen["may_edit"]) == (url("anh_tham_hoi", visit), True)
    assert seen["subtitle"] == f"Thăm Lê Minh Duy, {visit.ngay:%d/%m/%Y} · {chi_doan}"

    assert "1 ảnh" in client_of(bi_thu).get(url("tham_hoi_delete", visit)).text

    office = client_of(van_phong)
    assert "Ảnh</h2>" not in office.get(url("tham_hoi", visit)).content.decode()
    assert office.get(url("anh_tham_hoi", visit)).status_code == 403
    for user in (van_phong, uy_vien, nguoi_la):
        for name in ("anh_tep", "anh_xem", "anh_delete"):
            assert client_of(user).get(url(name, anh)).status_code == 404


def test_photos_of_a_contest_are_seen_below_and_kept_by_who_runs_it(
    client_of, bi_thu, uy_vien, bi_thu_phuong, van_phong, nguoi_la, huyen, phuong
):
    wards, above = make_hoi_thi(don_vi=phuong), make_hoi_thi(don_vi=huyen)
    client_of(van_phong).post(url("anh_hoi_thi", above), {"tep": photo(), "loai": "anh"})
    client_of(bi_thu_phuong).post(url("anh_hoi_thi", wards), {"tep": photo(), "loai": "anh"})
    of_ward, of_district = wards.anh.get(), above.anh.get()

    for user, ward, district in (
        (bi_thu, 200, 200),
        (bi_thu_phuong, 200, 200),
        (van_phong, 200, 200),
        (nguoi_la, 404, 200),
        (uy_vien, 404, 404),
    ):
        client = client_of(user)
        answers = [client.get(url("anh_tep", anh)).status_code for anh in (of_ward, of_district)]
        assert answers == [ward, district], user
    assert "Thêm ảnh" in client_of(bi_thu_phuong).get(wards.get_absolute_url()).text
    page = client_of(bi_thu).get(wards.get_absolute_url()).text
    assert (f"/anh/{of_ward.pk}-nho.jpg" in page, "Thêm ảnh" in page) == (True, False)
    for user in (bi_thu_phuong, bi_thu):
        assert client_of(user).post(url("anh_hoi_thi", above)).status_code == 403
        assert client_of(user).post(url("anh_update", of_district)).status_code == 403
    client_of(van_phong).post(url("anh_delete", of_district))
    assert list(Anh.objects.all()) == [of_ward]


def test_who_was_visited_takes_the_photos_along_and_has_them_erased(buoi, phuong):
    person = make_doan_vien(chi_doan=buoi.chi_doan)
    anh, kept = make_anh(make_tham_hoi(doan_vien=person, don_vi=phuong)), make_anh(buoi)

    with ZipFile(BytesIO(ban_du_lieu(person))) as archive:
        files = {name for name in archive.namelist() if name.startswith("tep/")}
        assert files == {f"tep/anh-{anh.pk}.jpg"}
        assert archive.read(f"tep/anh-{anh.pk}.jpg") == b"A"
    anonymise(person)

    assert list(Anh.objects.all()) == [kept]
