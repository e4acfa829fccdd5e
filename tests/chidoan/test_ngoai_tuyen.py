"""What the outbox of a device hears of the meetings it sends, and which pages it may keep."""

import uuid
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from chidoan.models import Anh, BuoiSinhHoat
from chidoan.ngoai_tuyen.giu import GIU
from tests.chidoan.buoi_data import NGAY, post_data
from tests.factories import make_buoi, make_doan_vien, make_nguoi_dung
from tochuc.models import QuyDinh

LOG = reverse("chidoan:buoi_create")


@pytest.fixture
def bi_thu_client(client_of, bi_thu):
    return client_of(bi_thu)


@pytest.fixture
def people(chi_doan):
    return [make_doan_vien(chi_doan=chi_doan) for _ in range(3)]


@pytest.fixture
def send(bi_thu_client, bi_thu):
    """What the outbox does with one item."""

    def send(data, *, url=LOG, nguoi=None):
        answer = bi_thu_client.post(url, data, headers={"X-Hop-Cho": str(nguoi or bi_thu.pk)})
        assert answer.status_code == 200
        return answer.json()

    return send


def test_a_meeting_sent_ten_times_is_one(send, chi_doan, people):
    data = post_data(chi_doan)

    answers = [send(data) for _ in range(10)]

    buoi = BuoiSinhHoat.objects.get()
    assert answers == [{"ket_qua": "da_ghi", "url": buoi.get_absolute_url()}] * 10
    assert not buoi.is_nhap


def test_another_account_sends_nothing_of_it(send, chi_doan, people):
    other = make_nguoi_dung()

    assert send(post_data(chi_doan), nguoi=other.pk) == {"ket_qua": "khac_nguoi"}
    assert not BuoiSinhHoat.objects.exists()


def test_a_roster_that_changed_is_refused_by_name(send, chi_doan, people):
    data = post_data(chi_doan)
    make_doan_vien(chi_doan=chi_doan, ho_ten="Võ Thị Mới")

    answer = send(data)

    assert answer["ket_qua"] == "tu_choi"
    assert "thêm Võ Thị Mới" in answer["cau"][0]
    assert not BuoiSinhHoat.objects.exists()


def test_refusals_are_the_sentences_of_the_page(send, chi_doan, people):
    answer = send({**post_data(chi_doan, dia_diem=""), "ngay": "31/02/2026"})

    assert answer == {
        "ket_qua": "tu_choi",
        "cau": [
            "Ngày 31/02/2026 không có trong lịch. Gõ theo ngày/tháng/năm.",
            "Ghi địa điểm.",
        ],
    }


def test_a_day_that_is_logged_already_offers_both_versions(send, chi_doan, people, can_bo_phuong):
    other = make_buoi(chi_doan=chi_doan, ngay=NGAY, ghi_boi=can_bo_phuong)

    answer = send(post_data(chi_doan))

    assert answer["ket_qua"] == "hai_ban"
    assert answer["so_voi"] == reverse("chidoan:buoi_update", args=[other.pk])
    assert answer["doi_ngay"]
    assert f"đồng chí {can_bo_phuong.ho_ten} đã ghi" in answer["cau"][0]


def test_a_meeting_edited_meanwhile_offers_both_versions(send, chi_doan, people):
    data = post_data(chi_doan)
    send(data)
    buoi = BuoiSinhHoat.objects.get()

    answer = send({**data, "chu_diem": "Nội dung khác"})

    assert answer["ket_qua"] == "hai_ban"
    assert answer["so_voi"] == reverse("chidoan:buoi_update", args=[buoi.pk])


@pytest.mark.parametrize(("unheard", "outcome"), [("1", "da_ghi"), ("", "hai_ban")])
def test_own_draft_that_was_not_heard_of_is_no_conflict(
    send, bi_thu_client, chi_doan, people, unheard, outcome
):
    data = post_data(chi_doan)
    bi_thu_client.post(LOG, {**data, "luu": "tu_luu", "noi_dung": "Nửa chừng"})

    answer = send({**data, "noi_dung": "Đủ", "chua_ro": unheard})

    assert answer["ket_qua"] == outcome
    buoi = BuoiSinhHoat.objects.get()
    assert (buoi.is_nhap, buoi.noi_dung) == ((False, "Đủ") if unheard else (True, "Nửa chừng"))


def test_a_device_keeps_the_log_and_the_outbox_alone(bi_thu_client, bi_thu, chi_doan, people):
    draft = make_buoi(chi_doan=chi_doan, ngay=NGAY, trang_thai="nhap")
    done = make_buoi(chi_doan=chi_doan, ngay=date(2026, 8, 15))
    paths = {
        "log": LOG,
        "draft": reverse("chidoan:buoi_update", args=[draft.pk]),
        "outbox": reverse("chidoan:hop_cho_gui"),
        "finished": reverse("chidoan:buoi_update", args=[done.pk]),
        "meeting": done.get_absolute_url(),
        "members": reverse("doanvien:list"),
        "home": reverse("home"),
    }

    kept = {name: bi_thu_client.get(path).headers.get(GIU) for name, path in paths.items()}

    assert kept == {
        "log": f"{bi_thu.pk} {LOG}?chi_doan={chi_doan.pk}",
        "draft": f"{bi_thu.pk} {paths['draft']}",
        "outbox": f"{bi_thu.pk} {paths['outbox']}",
        **dict.fromkeys(["finished", "meeting", "members", "home"]),
    }


@pytest.fixture
def send_photo(bi_thu_client, bi_thu):
    """What the outbox does with one photo."""

    def send(photo, cua, *, nguoi=None, **more):
        picture = BytesIO()
        Image.new("RGB", (40, 30), "green").save(picture, "JPEG")
        tep = SimpleUploadedFile("anh.jpg", picture.getvalue(), "image/jpeg")
        answer = bi_thu_client.post(
            reverse("chidoan:hop_cho_gui_anh"),
            {"client_id": str(photo), "cua": str(cua), "loai": "anh", "tep": tep, **more},
            headers={"X-Hop-Cho": str(nguoi or bi_thu.pk)},
        )
        return answer.json()

    return send


def test_a_photo_follows_its_meeting_once(send, send_photo, chi_doan, people, settings):
    data = post_data(chi_doan)
    photo = uuid.uuid4()

    early = send_photo(photo, data["client_id"])
    send(data)
    answers = [send_photo(photo, data["client_id"]) for _ in range(3)]
    settings.PHOTOS_PER_EVENT = 1
    full = send_photo(uuid.uuid4(), data["client_id"])

    buoi = BuoiSinhHoat.objects.get()
    assert early == {"ket_qua": "chua_co"}
    assert (
        answers == [{"ket_qua": "da_ghi", "url": reverse("chidoan:anh_buoi", args=[buoi.pk])}] * 3
    )
    assert full["ket_qua"] == "tu_choi"
    assert "đã đủ 1 ảnh" in full["cau"][0]
    assert buoi.anh.count() == 1


def test_a_photo_goes_to_no_meeting_of_others(send_photo, chi_doan, people):
    own, other = make_buoi(chi_doan=chi_doan), make_buoi()

    answers = [
        send_photo(uuid.uuid4(), own.client_id, nguoi=make_nguoi_dung().pk),
        send_photo(uuid.uuid4(), other.client_id),
        send_photo(uuid.uuid4(), own.client_id, buoi=other.pk),
        send_photo("không phải mã", own.client_id),
    ]

    assert [answer["ket_qua"] for answer in answers] == [
        "khac_nguoi",
        "chua_co",
        "chua_co",
        "tu_choi",
    ]
    assert not Anh.objects.exists()


def test_pages_are_kept_as_many_days_as_is_set(client, db, phuong):
    shipped = client.get(reverse("sw")).content.decode()
    QuyDinh.objects.create(ma="giu_tren_may_ngay", gia_tri=5, tu_ngay=NGAY, can_cu="Nếp mới")

    assert '"giu_ngay": 14}' in shipped
    assert '"giu_ngay": 5}' in client.get(reverse("sw")).content.decode()


def test_who_left_without_a_network_reads_what_became_of_the_device(client):
    answer = client.get(reverse("mat_mang"), {"cho-dang-xuat": ""}).content.decode()

    assert "Buổi chưa gửi, nếu còn, nằm nguyên trên máy này" in answer
    assert reverse("chidoan:buoi_create") not in answer
