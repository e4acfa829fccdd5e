"""The quarterly session: its agenda, guests, roll, next tasks and conclusion."""

from datetime import date, time

import pytest
from django.urls import reverse

from core.errors import RuleError, StaleError
from core.periods import KyBaoCao
from tests.factories import make_doan_vien, make_ky, make_nhiem_vu, make_thanh_vien
from tudưong.chuong_trinh import draft_chuong_trinh, ket_luan_tu_so_lieu, loi_moi
from tudưong.models import DanhGia, NhiemVu
from tudưong.services import open_ky, record_du_hop, save_danh_gia, update_ky

pytestmark = pytest.mark.django_db
QUY_4 = KyBaoCao(2026, quy=4)
NGAY = date(2026, 11, 20)
DAY_DU = {"ket_qua": "Dự đủ buổi", "muc": "htt", "ket_luan": "tiep_tuc"}
VIEC = {"noi_dung": "Dạy bơi", "linh_vuc": "phong_trao", "thuoc_do": "", "han": date(2027, 2, 1)}


@pytest.fixture
def ky(to, thanh_vien):
    return make_ky(to=to, quy=4, ngay=NGAY, thanh_vien=[thanh_vien])


@pytest.fixture
def danh_gia(ky):
    return ky.danh_gia.get()


@pytest.fixture
def ky_truoc(to, thanh_vien):
    """Quarter III, in which two points were left and the member was found ready."""
    ky = make_ky(to=to, quy=3, thanh_vien=[thanh_vien], trang_thai="ket_thuc")
    ky.danh_gia.update(
        muc="htxs", ket_luan="du_dieu_kien", can_khac_phuc="Ít phát biểu\nNộp bài chậm"
    )
    return ky


def url(name, row):
    return reverse(f"tuduong:{name}", args=[row.pk])


# ---- called --------------------------------------------------------------------------------


def test_the_agenda_is_made_from_what_is_due(to, thanh_vien, ky_truoc):
    make_nhiem_vu(thanh_vien=thanh_vien, han=NGAY)
    make_nhiem_vu(thanh_vien=thanh_vien, han=date(2026, 12, 30))
    make_thanh_vien(
        to=to,
        tu_ngay=date(2026, 10, 5),
        doan_vien=make_doan_vien(chi_doan=thanh_vien.chi_doan, ho_ten="Lê Văn Út"),
    )

    lines = draft_chuong_trinh(to, QUY_4, NGAY, time(8)).splitlines()

    assert lines == [
        "08h00 Ổn định, điểm danh, thông qua chương trình",
        "08h05 Kiểm lại việc cần khắc phục từ quý III: Trần Gia Bảo (2)",
        "08h07 Đánh giá 1 nhiệm vụ đến hạn: Trần Gia Bảo (1)",
        "08h09 Giới thiệu đồng chí mới vào tổ: Lê Văn Út",
        "08h14 Nhận xét, biểu quyết mức của từng đồng chí (2)",
        "08h26 Việc giới thiệu đồng chí đã đủ điều kiện: Trần Gia Bảo",
        "08h31 Cử đi học lớp nhận thức về Đảng: Trần Gia Bảo, Lê Văn Út",
        "08h36 Giao nhiệm vụ quý I",
        "08h51 Thảo luận, kết luận, thông qua biên bản",
    ]


def test_a_first_session_has_no_more_than_there_is(to, thanh_vien):
    words = draft_chuong_trinh(to, QUY_4, NGAY)

    assert "khắc phục" not in words
    assert "mới vào tổ" not in words
    assert "đến hạn" not in words


def test_the_session_is_called_with_agenda_hour_and_guests(
    client_of, bi_thu_phuong, to, thanh_vien, ky_truoc
):
    client = client_of(bi_thu_phuong)
    offered = client.get(url("ky_open", to)).context["form"]["khach_moi"].value()
    client.post(
        url("ky_open", to),
        {"ky": "2026Q4", "ngay": "20/11/2026", "gio": "19:30", "dia_diem": "Hội trường"}
        | {"khach_moi": offered},
    )

    ky = to.ky_danh_gia.get(quy=4)
    assert offered == "Đồng chí Trần Công Minh, đảng viên giúp đỡ"
    assert (ky.gio, ky.khach_moi) == (time(19, 30), offered)
    assert ky.cac_muc[1].startswith("19h35 Kiểm lại việc cần khắc phục")
    assert "data-chep" in client.get(ky.get_absolute_url()).text


def test_the_invitation_names_nobody(to, thanh_vien, ky_truoc, bi_thu_phuong):
    ky = open_ky(
        to=to, ky=QUY_4, ngay=NGAY, gio=time(19, 30), dia_diem="Hội trường", by=bi_thu_phuong
    )

    words = loi_moi(ky)

    assert "Thời gian: 19 giờ 30, thứ\u00a0Sáu, 20/11/2026." in words
    assert "- 19h35 Kiểm lại việc cần khắc phục từ quý III\n" in words
    assert "Trần Gia Bảo" not in words


# ---- corrected by two ----------------------------------------------------------------------


def test_day_place_and_agenda_are_corrected(client_of, bi_thu_phuong, ky):
    client = client_of(bi_thu_phuong)
    data = {"ngay": "21/11/2026", "gio": "8:00", "dia_diem": "Nhà văn hóa", "version": 1}
    client.post(url("ky_update", ky), {**data, "chuong_trinh": "8h00 Khai mạc\n\n8h10 Nhận xét"})

    ky.refresh_from_db()
    assert (ky.ngay, ky.dia_diem, ky.version) == (date(2026, 11, 21), "Nhà văn hóa", 2)
    assert ky.cac_muc == ["8h00 Khai mạc", "8h10 Nhận xét"]

    refused = client.post(url("ky_update", ky), {**data, "version": 2, "ngay": "21/05/2026"})
    assert "không thuộc" in str(refused.context["form"].errors["ngay"])


def test_two_who_write_the_conclusion_see_both(client_of, bi_thu_phuong, can_bo_phuong, ky):
    update_ky(ky=ky, version=1, ket_luan="Bản một", by=can_bo_phuong)
    with pytest.raises(StaleError):
        update_ky(ky=ky, version=1, ket_luan="Bản hai", by=bi_thu_phuong)
    client = client_of(bi_thu_phuong)

    page = client.post(url("ky_ket_luan", ky), {"version": 1, "ket_luan": "Bản hai"})

    assert page.status_code == 409
    assert "Bản một" in page.text
    kept = {"version": page.context["form"].data["version"], "ket_luan": "Bản hai"}
    client.post(url("ky_ket_luan", ky), kept)
    ky.refresh_from_db()
    assert ky.ket_luan == "Bản hai"


def test_version_that_is_no_number_changes_nothing(client_of, bi_thu_phuong, ky):
    page = client_of(bi_thu_phuong).post(
        url("ky_ket_luan", ky), {"version": "1x", "ket_luan": "Khác"}
    )

    ky.refresh_from_db()
    assert "version" in page.context["form"].errors
    assert ky.ket_luan == ""


def test_the_conclusion_is_begun_from_the_figures(client_of, bi_thu_phuong, ky, danh_gia):
    DanhGia.objects.update(muc="htxs", ket_luan="du_dieu_kien", ket_qua="Tốt")

    form = client_of(bi_thu_phuong).get(url("ky_ket_luan", ky)).context["form"]

    assert form["ket_luan"].value() == ket_luan_tu_so_lieu(ky)
    assert ket_luan_tu_so_lieu(ky).splitlines() == [
        "Tổ thống nhất xếp mức: 1 đồng chí hoàn thành xuất sắc nhiệm vụ.",
        "Đủ điều kiện, đề nghị chi đoàn xét giới thiệu: đồng chí Trần Gia Bảo.",
    ]


# ---- the roll ------------------------------------------------------------------------------


@pytest.fixture
def danh_gia_2(ky, to):
    return DanhGia.objects.create(ky=ky, thanh_vien=make_thanh_vien(to=to))


def test_who_is_absent_has_a_reason(client_of, bi_thu_phuong, ky, danh_gia, danh_gia_2):
    client = client_of(bi_thu_phuong)
    shown = client.get(url("ky_diem_danh", ky)).context["form"]["version"].value()
    data = {f"du_hop_{danh_gia.pk}": "on", f"ly_do_{danh_gia.pk}": "thừa"}
    client.post(url("ky_diem_danh", ky), {**data, f"ly_do_{danh_gia_2.pk}": "Ốm", "version": shown})

    for row in (danh_gia, danh_gia_2):
        row.refresh_from_db()
    assert (danh_gia.du_hop, danh_gia.ly_do_vang) == (True, "")
    assert (danh_gia_2.du_hop, danh_gia_2.ly_do_vang) == (False, "Ốm")
    assert "Vắng: Ốm" in client.get(ky.get_absolute_url()).text


def test_two_who_take_the_roll_lose_nothing(
    client_of, bi_thu_phuong, can_bo_phuong, ky, danh_gia, danh_gia_2
):
    client = client_of(bi_thu_phuong)
    shown = client.get(url("ky_diem_danh", ky)).context["form"]["version"].value()
    first = {str(danh_gia.pk): (False, "Ốm"), str(danh_gia_2.pk): (True, "")}
    record_du_hop(ky=ky, gui=first, by=can_bo_phuong)

    alone = {f"du_hop_{danh_gia.pk}": "on", "version": shown}
    client.post(url("ky_diem_danh", ky), alone | {f"ly_do_{danh_gia_2.pk}": "Đi học"})
    assert list(ky.danh_gia.order_by("pk").values_list("ly_do_vang", flat=True)) == ["Ốm", "Đi học"]

    both = {"version": shown, f"ly_do_{danh_gia.pk}": "Đi công tác"}
    page = client.post(url("ky_diem_danh", ky), both | {f"ly_do_{danh_gia_2.pk}": "Đi học"})
    assert page.status_code == 409
    assert page.context["versions"] == [
        {"label": "Trần Gia Bảo", "mine": "Vắng: Đi công tác", "theirs": "Vắng: Ốm"}
    ]


# ---- the review ----------------------------------------------------------------------------


def test_the_vote_and_next_tasks_are_saved_with_the_review(client_of, bi_thu_phuong, danh_gia):
    client = client_of(bi_thu_phuong)
    prefilled = client.get(danh_gia.get_absolute_url()).context["form"]["so_co_mat"].value()
    data = {**DAY_DU, "version": 1, "so_tan_thanh": "1", "so_co_mat": "1"}
    data |= {"moi_0_noi_dung": "Dạy bơi", "moi_0_linh_vuc": "phong_trao"}

    refused = client.post(url("danh_gia_save", danh_gia), data)
    assert refused.context["form"].errors["moi_0_han"] == ["Ghi hạn."]
    assert not NhiemVu.objects.exists()
    client.post(url("danh_gia_save", danh_gia), data | {"moi_0_han": "01/02/2027"})

    danh_gia.refresh_from_db()
    task = NhiemVu.objects.get()
    assert (prefilled, danh_gia.bieu_quyet) == (1, "1/1")
    assert (task.giao_ngay, task.han, task.thanh_vien) == (NGAY, VIEC["han"], danh_gia.thanh_vien)
    trang = client.get(danh_gia.get_absolute_url()).context["trang"]
    assert (trang.nhiem_vu, trang.nhiem_vu_sau) == ([], [task])


def test_the_number_present_alone_is_no_vote(client_of, bi_thu_phuong, danh_gia):
    data = {**DAY_DU, "version": 1, "so_co_mat": "1"}

    client_of(bi_thu_phuong).post(url("danh_gia_save", danh_gia), data)

    danh_gia.refresh_from_db()
    assert (danh_gia.muc, danh_gia.so_co_mat, danh_gia.bieu_quyet) == ("htt", None, "")


def test_next_tasks_are_given_on_the_sessions_day(danh_gia, bi_thu_phuong):
    review = {"danh_gia": danh_gia, "version": 1, "changes": DAY_DU, "by": bi_thu_phuong}
    with pytest.raises(RuleError, match="sau ngày họp"):
        save_danh_gia(**review, nhiem_vu_moi=[{**VIEC, "han": NGAY}])
    danh_gia.ky.ngay = date(2026, 12, 4)
    danh_gia.ky.save()
    with pytest.raises(RuleError, match="chưa đến"):
        save_danh_gia(**review, nhiem_vu_moi=[VIEC])

    danh_gia.refresh_from_db()
    assert (danh_gia.version, NhiemVu.objects.count()) == (1, 0)


def test_next_tasks_are_not_lost_to_somebody_elses_review(
    client_of, bi_thu_phuong, can_bo_phuong, danh_gia
):
    save_danh_gia(danh_gia=danh_gia, version=1, changes={"ket_qua": "Một"}, by=can_bo_phuong)
    data = {"version": 1, "ket_qua": "Hai", "moi_0_noi_dung": "Dạy bơi"}
    data |= {"moi_0_linh_vuc": "phong_trao", "moi_0_han": "01/02/2027"}

    page = client_of(bi_thu_phuong).post(url("danh_gia_save", danh_gia), data)

    assert page.status_code == 409
    assert page.context["form"]["moi_0_noi_dung"].value() == "Dạy bơi"
    assert not NhiemVu.objects.exists()


def test_two_who_comment_or_judge_see_both(client_of, bi_thu, bi_thu_phuong, danh_gia, thanh_vien):
    branch, ward = client_of(bi_thu), client_of(bi_thu_phuong)
    task = make_nhiem_vu(thanh_vien=thanh_vien)
    for name, row, field, data in (
        ("danh_gia_y_kien", danh_gia, "y_kien", {"ngay": "18/11/2026"}),
        ("nhiem_vu_judge", task, "ket_qua", {"xep_muc": "tot"}),
    ):
        shown = ward.get(url(name, row)).context["form"]["version"].value()
        first = branch if field == "y_kien" else ward
        first.post(url(name, row), {**data, field: "Bản một", "version": shown})

        later = ward.post(url(name, row), {**data, field: "Bản hai", "version": shown})

        assert later.status_code == 409
        assert [(line["mine"], line["theirs"]) for line in later.context["versions"]] == [
            ("Bản hai", "Bản một")
        ]
        again = later.context["form"].data["version"]
        ward.post(url(name, row), {**data, field: "Bản hai", "version": again})

    danh_gia.refresh_from_db()
    task.refresh_from_db()
    assert (danh_gia.y_kien_bch, task.ket_qua) == ("Bản hai", "Bản hai")


def test_who_pauses_has_a_reason_that_is_shown(client_of, bi_thu_phuong, danh_gia):
    client = client_of(bi_thu_phuong)
    data = {**DAY_DU, "version": 1, "ket_luan": "tam_dung"}

    refused = client.post(url("danh_gia_save", danh_gia), data)
    assert "ly_do_tam_dung" in refused.context["form"].errors
    client.post(url("danh_gia_save", danh_gia), data | {"ly_do_tam_dung": "Đi học xa"})

    danh_gia.ky.trang_thai = "ket_thuc"
    danh_gia.ky.save()
    assert "Lý do: Đi học xa" in client.get(danh_gia.get_absolute_url()).text


def test_who_was_found_ready_is_led_on_to_a_case(client_of, bi_thu, bi_thu_phuong, ky_truoc):
    review = ky_truoc.danh_gia.get()
    opens = f"/ho-so/mo/?doan_vien={review.thanh_vien.doan_vien_id}"
    for user in (bi_thu, bi_thu_phuong):
        assert opens in client_of(user).get(review.get_absolute_url()).text
