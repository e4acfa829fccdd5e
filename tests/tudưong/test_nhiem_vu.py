"""Concrete tasks: given to several, corrected until judged, noted how far they are."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errors import RuleError, StaleError
from tests.chidoan.test_anh import photo
from tests.factories import make_doan_vien, make_nhiem_vu, make_thanh_vien
from tochuc.models import NhatKy
from tudưong.models import NhiemVu, TienDoNhiemVu
from tudưong.services import assign_to_all, note_tien_do, update_nhiem_vu
from tudưong.viec import viec_can_lam

pytestmark = pytest.mark.django_db
HOM_NAY = date(2026, 11, 21)


@pytest.fixture
def nhiem_vu(thanh_vien):
    return make_nhiem_vu(thanh_vien=thanh_vien, han=date(2026, 12, 15))


@pytest.fixture
def ban(to, chi_doan):
    return make_thanh_vien(to=to, doan_vien=make_doan_vien(chi_doan=chi_doan))


def url(name, row):
    return reverse(f"tuduong:{name}", args=[row.pk])


# ---- given and corrected -------------------------------------------------------------------


def test_a_task_goes_to_all_who_are_ticked_or_to_none(thanh_vien, ban, bi_thu_phuong):
    task = {"noi_dung": "Viết bài", "linh_vuc": "hoc_tap", "han": date(2026, 12, 15)}
    ban.den_ngay = date(2026, 11, 1)
    ban.save()
    with pytest.raises(RuleError, match="đã thôi tham gia"):
        assign_to_all(thanh_vien=[thanh_vien, ban], by=bi_thu_phuong, **task)
    assert not NhiemVu.objects.exists()

    ban.den_ngay = None
    ban.save()
    rows = assign_to_all(thanh_vien=[thanh_vien, ban], by=bi_thu_phuong, **task)

    assert [row.thanh_vien for row in rows] == [thanh_vien, ban]


def test_the_page_gives_one_task_to_several(client_of, bi_thu_phuong, to, thanh_vien, ban):
    left = make_thanh_vien(to=to, den_ngay=date(2026, 10, 1))
    data = {"noi_dung": "Viết bài", "linh_vuc": "hoc_tap", "giao_ngay": "01/11/2026"}
    data |= {"han": "15/12/2026", "thanh_vien": [thanh_vien.pk, ban.pk]}
    client = client_of(bi_thu_phuong)

    offered = client.get(url("nhiem_vu_assign_all", to)).context["form"].fields["thanh_vien"]
    client.post(url("nhiem_vu_assign_all", to), data)

    assert left not in offered.queryset
    assert {row.thanh_vien for row in NhiemVu.objects.all()} == {thanh_vien, ban}


def test_a_task_is_corrected_until_it_is_judged(nhiem_vu, bi_thu_phuong, bi_thu):
    with pytest.raises(PermissionDenied):
        update_nhiem_vu(nhiem_vu=nhiem_vu, noi_dung="Khác", by=bi_thu)
    with pytest.raises(RuleError) as refusal:
        update_nhiem_vu(nhiem_vu=nhiem_vu, han=date(2026, 6, 1), by=bi_thu_phuong)
    assert refusal.value.field == "han"

    update_nhiem_vu(nhiem_vu=nhiem_vu, noi_dung="Viết hai bài", by=bi_thu_phuong)
    nhiem_vu.refresh_from_db()
    assert nhiem_vu.noi_dung == "Viết hai bài"

    NhiemVu.objects.update(trang_thai="xong", xep_muc="tot")
    with pytest.raises(RuleError, match="đã ghi kết quả"):
        update_nhiem_vu(nhiem_vu=nhiem_vu, noi_dung="Khác", by=bi_thu_phuong)


def test_the_later_of_two_who_correct_a_task_sees_both(
    client_of, bi_thu_phuong, can_bo_phuong, nhiem_vu
):
    shown = nhiem_vu.version
    update_nhiem_vu(nhiem_vu=nhiem_vu, noi_dung="Bản một", by=can_bo_phuong)
    with pytest.raises(StaleError):
        update_nhiem_vu(nhiem_vu=nhiem_vu, version=shown, noi_dung="Khác", by=bi_thu_phuong)
    data = {"noi_dung": "Bản hai", "linh_vuc": "phong_trao", "version": shown}

    response = client_of(bi_thu_phuong).post(
        url("nhiem_vu_update", nhiem_vu), {**data, "giao_ngay": "01/07/2026", "han": "15/12/2026"}
    )

    assert response.status_code == 409
    assert "Bản một" in response.text
    assert "Bản hai" in response.text


# ---- how far it is -------------------------------------------------------------------------


def test_the_branch_notes_how_far_it_is_and_the_ward_sees_it(
    client_of, bi_thu, bi_thu_phuong, nhiem_vu
):
    client = client_of(bi_thu)
    data = {"ngay": "20/11/2026", "noi_dung": "Đã gặp hai gia đình", "tep": photo()}
    client.post(url("nhiem_vu_tien_do", nhiem_vu), data)
    client.post(
        url("nhiem_vu_tien_do", nhiem_vu), {"ngay": "21/11/2026", "noi_dung": "Một em đi học lại"}
    )

    page = client_of(bi_thu_phuong).get(nhiem_vu.get_absolute_url())
    assert [row["title"] for row in page.context["tien_do"]] == [
        "Một em đi học lại",
        "Đã gặp hai gia đình",
    ]
    assert str(nhiem_vu.anh.get()) == "Đã gặp hai gia đình"
    member = client_of(bi_thu_phuong).get(url("thanh_vien_detail", nhiem_vu.thanh_vien))
    assert "21/11/2026: Một em đi học lại · 1 ảnh" in member.text


def test_a_refused_note_keeps_no_photo(client_of, bi_thu, nhiem_vu):
    data = {"ngay": "22/11/2026", "noi_dung": "Ngày mai", "tep": photo()}

    response = client_of(bi_thu).post(url("nhiem_vu_tien_do", nhiem_vu), data)

    assert "chưa đến" in str(response.context["form"].errors["ngay"])
    assert not nhiem_vu.anh.exists()


def test_a_note_is_refused_before_the_task_and_after_its_outcome(
    nhiem_vu, bi_thu, bi_thu_phuong, van_phong
):
    note = {"nhiem_vu": nhiem_vu, "ngay": HOM_NAY, "noi_dung": "Đã làm"}
    with pytest.raises(PermissionDenied):
        note_tien_do(**note, by=van_phong)
    with pytest.raises(RuleError, match="giao ngày 01/07/2026"):
        note_tien_do(**{**note, "ngay": date(2026, 6, 30)}, by=bi_thu)
    with pytest.raises(RuleError, match="đến đâu"):
        note_tien_do(**{**note, "noi_dung": "  "}, by=bi_thu)

    first, again = (note_tien_do(**note, by=user) for user in (bi_thu_phuong, bi_thu))

    assert first == again
    assert NhatKy.objects.get(hanh_dong="nhiem_vu.tien_do").noi_dung["nhap_thay"]
    NhiemVu.objects.update(trang_thai="xong", xep_muc="tot")
    with pytest.raises(RuleError, match="đã ghi kết quả"):
        note_tien_do(**{**note, "noi_dung": "Nữa"}, by=bi_thu)


@pytest.mark.parametrize(
    ("days", "noted", "due"),
    [
        (15, None, False),
        (14, None, True),
        (14, -30, False),
        (-1, None, True),
        (-1, -30, True),
        (-1, 0, False),
    ],
)
def test_what_the_branch_owes_a_word_of(thanh_vien, bi_thu, client_of, days, noted, due):
    task = make_nhiem_vu(thanh_vien=thanh_vien, han=HOM_NAY + timedelta(days=days))
    if noted is not None:
        TienDoNhiemVu.objects.create(
            nhiem_vu=task, ngay=HOM_NAY + timedelta(days=noted), noi_dung="Đang làm"
        )

    duties = viec_can_lam(bi_thu, HOM_NAY)

    assert [row.tieu_de for row in duties] == ["Ghi tiến độ 1 nhiệm vụ tu dưỡng"] * due
    listed = client_of(bi_thu).get(reverse("tuduong:nhiem_vu_list"), {"tinh_trang": "can_ghi"})
    assert [row[0].row for row in listed.context["rows"]] == [task] * due


def test_several_tasks_are_one_duty_that_opens_them(thanh_vien, bi_thu, client_of):
    for days in (-3, 2, 10):
        make_nhiem_vu(thanh_vien=thanh_vien, han=HOM_NAY + timedelta(days=days))

    (duty,) = viec_can_lam(bi_thu, HOM_NAY)

    assert duty.chi_tiet == "1 quá hạn, 2 còn dưới 14\u00a0ngày"
    assert (duty.qua_han, duty.han) == (True, HOM_NAY - timedelta(days=3))
    assert len(client_of(bi_thu).get(duty.url).context["rows"]) == 3


@pytest.mark.parametrize("name", ["nhiem_vu_update", "nhiem_vu_judge"])
def test_only_the_ward_corrects_and_judges(client_of, bi_thu, nguoi_la, nhiem_vu, name):
    assert client_of(bi_thu).get(url(name, nhiem_vu)).status_code == 403
    assert client_of(nguoi_la).get(url("nhiem_vu_detail", nhiem_vu)).status_code == 404
    assert client_of(nguoi_la).post(url("nhiem_vu_tien_do", nhiem_vu)).status_code == 404
