"""Activities: their rules, services and pages."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import F
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from chidoan.hoat_dong import services
from chidoan.hoat_dong.loai import DON_VI_TINH, so_luong_bang_chu
from chidoan.hoat_dong.queries import cau_kem_theo, roster
from chidoan.hoat_dong.quy_tac import check_ket_qua, check_so_luong, check_tham_gia
from chidoan.models import Anh, HoatDong
from core.errors import RuleError, StaleError
from core.periods import today
from doanvien.models import QuaTrinh
from tests.factories import make_buoi, make_doan_vien, make_hoat_dong
from tochuc.models import NhatKy

NGAY = date(2026, 9, 20)
Loai, TrangThai = HoatDong.Loai, HoatDong.TrangThai
LIST, CREATE = reverse("chidoan:hoat_dong_list"), reverse("chidoan:hoat_dong_create")


# ---- rules ---------------------------------------------------------------------------------


@given(loai=st.sampled_from(Loai.values), hundredths=st.integers(-200, 100_000))
def test_a_quantity_is_asked_where_the_kind_has_a_unit_and_whole_unless_measured(loai, hundredths):
    unit, so_luong = DON_VI_TINH.get(loai), Decimal(hundredths) / 100
    is_good = unit is None or (so_luong > 0 and (unit.so_le or hundredths % 100 == 0))
    try:
        check_so_luong(loai=loai, so_luong=so_luong, trang_thai=TrangThai.XONG)
    except RuleError:
        assert not is_good
    else:
        assert is_good


@pytest.mark.parametrize(
    ("loai", "trang_thai", "ok"),
    [
        (Loai.TRONG_CAY, TrangThai.XONG, False),
        (Loai.TRONG_CAY, TrangThai.DANG_LAM, True),
        (Loai.CHU_NHAT_XANH, TrangThai.XONG, True),
    ],
)
def test_a_figure_needs_its_quantity_only_once_it_is_done(loai, trang_thai, ok):
    if ok:
        check_so_luong(loai=loai, so_luong=None, trang_thai=trang_thai)
    else:
        with pytest.raises(RuleError, match="Ghi số cây"):
            check_so_luong(loai=loai, so_luong=None, trang_thai=trang_thai)


@pytest.mark.parametrize(
    ("loai", "trang_thai", "sentence"),
    [
        (Loai.KHAC, TrangThai.THOI, "lý do thôi"),
        (Loai.CONG_TRINH, TrangThai.XONG, "kết quả của công trình"),
    ],
)
def test_giving_up_says_why_and_a_finished_work_what_came_of_it(loai, trang_thai, sentence):
    with pytest.raises(RuleError, match=sentence):
        check_ket_qua(loai=loai, trang_thai=trang_thai, ket_qua="")


@given(days=st.integers(0, 30), halves=st.integers(-2, 80))
def test_nobody_works_more_days_than_there_were(days, halves):
    cong, den = Decimal(halves) / 2, NGAY + timedelta(days=days)
    is_good = 0 < cong <= days + 1
    try:
        check_tham_gia({1: cong}, roster={1}, tu=NGAY, den=den)
    except RuleError:
        assert not is_good
    else:
        assert is_good


@pytest.mark.parametrize(
    ("loai", "so_luong", "words"),
    [("duong", "1.25", "1,25 km"), ("trong_cay", "1250", "1.250 cây"), ("the_thao", "3", "")],
)
def test_a_quantity_is_said_in_its_unit(loai, so_luong, words):
    assert so_luong_bang_chu(loai, Decimal(so_luong)) == words


# ---- services ------------------------------------------------------------------------------


def values(**fields):
    return {
        "loai": Loai.TRONG_CAY,
        "ten": "Trồng cây đường hoa",
        "tu_ngay": NGAY,
        "den_ngay": NGAY,
        "so_luong": Decimal(50),
        "gia_tri": 2_000_000,
        "trang_thai": TrangThai.XONG,
        **fields,
    }


def create(don_vi, by, *, client_id=None, tham_gia=None, **fields):
    return services.create_hoat_dong(
        don_vi=don_vi,
        client_id=client_id or uuid.uuid4(),
        values=values(**fields),
        tham_gia=tham_gia or {},
        by=by,
    )


def test_the_same_key_never_makes_a_second_activity(chi_doan, bi_thu):
    key, nguoi = uuid.uuid4(), make_doan_vien(chi_doan=chi_doan)
    first = create(chi_doan, bi_thu, client_id=key, tham_gia={nguoi.pk: Decimal(1)})

    again = create(chi_doan, bi_thu, client_id=key, tham_gia={nguoi.pk: Decimal("1.0")})
    with pytest.raises(StaleError) as stale:
        create(chi_doan, bi_thu, client_id=key, ten="Khác")

    assert again == first == stale.value.current
    assert HoatDong.objects.count() == 1
    line = NhatKy.objects.get(hanh_dong="hoat_dong.create")
    assert line.noi_dung == {"loai": "trong_cay", "ngay": "2026-09-20", "nhap_thay": False}


def test_only_members_of_those_days_take_part(chi_doan, chi_doan_khac, bi_thu):
    then = make_doan_vien(chi_doan=chi_doan, den_ngay=NGAY)
    later = make_doan_vien(chi_doan=chi_doan, tu_ngay=NGAY + timedelta(days=1))
    elsewhere = make_doan_vien(chi_doan=chi_doan_khac)

    assert [person.pk for person in roster(chi_doan, NGAY, NGAY)] == [then.pk]
    create(chi_doan, bi_thu, tham_gia={then.pk: Decimal(1)})
    for nguoi in (later, elsewhere):
        with pytest.raises(RuleError, match="không thuộc đơn vị"):
            create(chi_doan, bi_thu, tham_gia={nguoi.pk: Decimal(1)})


def test_a_participant_stays_when_days_are_mended_afterwards(chi_doan, bi_thu):
    nguoi = make_doan_vien(chi_doan=chi_doan, den_ngay=NGAY)
    row = create(chi_doan, bi_thu, tham_gia={nguoi.pk: Decimal(1)})

    services.update_hoat_dong(
        hoat_dong=row,
        version=1,
        values=values(tu_ngay=date(2026, 9, 21), den_ngay=date(2026, 9, 21)),
        tham_gia={nguoi.pk: Decimal(1)},
        by=bi_thu,
    )

    row.refresh_from_db()
    assert (row.tu_ngay, row.version, row.tham_gia.count()) == (date(2026, 9, 21), 2, 1)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"tu_ngay": "mai", "den_ngay": "mai"}, "tu_ngay"),
        ({"den_ngay": "mai"}, "den_ngay"),
        ({"den_ngay": NGAY - timedelta(days=1)}, "den_ngay"),
        ({"so_luong": None}, "so_luong"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(chi_doan, bi_thu, fields, field):
    mai = today() + timedelta(days=1)
    fields = {key: mai if value == "mai" else value for key, value in fields.items()}
    with pytest.raises(RuleError) as refusal:
        create(chi_doan, bi_thu, **fields)

    assert refusal.value.field == field
    assert not HoatDong.objects.exists()


def test_the_ward_writes_on_behalf_and_it_is_marked(chi_doan, bi_thu_phuong, phuong):
    row, own = create(chi_doan, bi_thu_phuong), create(phuong, bi_thu_phuong)

    assert (row.nhap_thay, own.nhap_thay) == (True, False)


def test_a_work_lasts_until_it_is_done_with_a_result(chi_doan, bi_thu):
    den = today() + timedelta(days=30)
    row = create(
        chi_doan, bi_thu, loai=Loai.CONG_TRINH, trang_thai=TrangThai.DANG_LAM, den_ngay=den
    )
    assert row.so_luong is None  # a work is not measured
    result = {"den_ngay": today(), "gia_tri": 85_000_000, "nguoi_huong_loi": 200}

    with pytest.raises(RuleError, match="kết quả"):
        services.finish_hoat_dong(hoat_dong=row, version=1, ket_qua=" ", by=bi_thu, **result)
    services.finish_hoat_dong(hoat_dong=row, version=1, ket_qua="Đã bàn giao", by=bi_thu, **result)

    row.refresh_from_db()
    assert (row.trang_thai, row.den_ngay, row.gia_tri) == (TrangThai.XONG, today(), 85_000_000)
    with pytest.raises(RuleError, match="đã xong rồi"):
        services.finish_hoat_dong(hoat_dong=row, version=2, ket_qua="Lần nữa", by=bi_thu, **result)


def test_a_slip_is_deleted_soon_and_later_given_up(chi_doan, bi_thu):
    fresh, old, shown = (create(chi_doan, bi_thu, ten=ten) for ten in "abc")
    NhatKy.objects.filter(doi_tuong_id=old.pk).update(luc=F("luc") - timedelta(days=8))
    Anh.objects.create(
        don_vi=chi_doan, hoat_dong=shown, rong=1, cao=1, so_byte=1, tep=b"x", tep_nho=b"x"
    )

    services.delete_hoat_dong(hoat_dong=fresh, by=bi_thu)
    for row, sentence in ((old, "trong 7 ngày"), (shown, "đã có ảnh")):
        with pytest.raises(RuleError, match=sentence):
            services.delete_hoat_dong(hoat_dong=row, by=bi_thu)
    services.drop_hoat_dong(hoat_dong=old, ly_do="Ghi hai lần", by=bi_thu)

    assert set(HoatDong.objects.chua_thoi()) == {shown}
    assert set(HoatDong.objects.all()) == {old, shown}


def test_papers_of_a_meeting_tell_what_was_done_alongside(chi_doan):
    buoi = make_buoi(chi_doan=chi_doan, ngay=NGAY)
    people = [make_doan_vien(chi_doan=chi_doan) for _ in range(2)]
    fields = {"loai": Loai.TRONG_CAY, "so_luong": 50, "gia_tri": 2_000_000}
    make_hoat_dong(don_vi=chi_doan, buoi=buoi, ten="Trồng cây", tham_gia=people, **fields)
    make_hoat_dong(don_vi=chi_doan, buoi=buoi, ten="Đá bóng", loai=Loai.THE_THAO, dia_diem="Sân")
    make_hoat_dong(don_vi=chi_doan, buoi=buoi, ten="Bỏ", trang_thai="thoi", ket_qua="Mưa")

    assert cau_kem_theo(buoi).splitlines() == [
        "Trồng cây: 50 cây; 02 đồng chí tham gia, 02 ngày công; trị giá 2.000.000 đồng.",
        "Đá bóng tại Sân.",
    ]


# ---- pages ---------------------------------------------------------------------------------


def posted(**fields):
    return {
        "loai": "trong_cay",
        "tu_ngay": "20/09/2026",
        "so_luong": "50",
        "gia_tri": "2.000.000",
        "trang_thai": "xong",
        "version": "0",
        "client_id": str(uuid.uuid4()),
        **fields,
    }


def test_an_activity_is_written_on_one_page(client_of, bi_thu, chi_doan):
    a, b = (make_doan_vien(chi_doan=chi_doan) for _ in range(2))
    client = client_of(bi_thu)
    page = client.get(CREATE)
    assert page.context["page"].so_nguoi == 2
    assert f'value="{today():%d/%m/%Y}"' in page.content.decode()

    sent = posted(tg=[a.pk, b.pk], **{f"cong-{a.pk}": "0,5", f"cong-{b.pk}": ""})
    answer = client.post(CREATE, sent)

    row = HoatDong.objects.get()
    assert answer.url == row.get_absolute_url()
    assert (row.ten, row.gia_tri, row.den_ngay, row.nguoi_ngoai) == (
        *("Trồng cây", 2_000_000),
        *(NGAY, 0),
    )
    assert dict(row.tham_gia.values_list("doan_vien", "ngay_cong")) == {
        a.pk: Decimal("0.5"),
        b.pk: 1,
    }
    assert "50 cây" in client.get(answer.url).content.decode()


def test_what_is_refused_stays_on_the_page(client_of, bi_thu, chi_doan):
    nguoi = make_doan_vien(chi_doan=chi_doan)
    sent = posted(so_luong="", tg=[nguoi.pk], **{f"cong-{nguoi.pk}": "nhiều"})
    page = client_of(bi_thu).post(CREATE, sent)

    assert page.context["page"].so_chon == 1
    assert "Ngày công ghi bằng số" in page.content.decode()
    assert not HoatDong.objects.exists()


def test_names_of_another_day_are_fetched_without_saving_or_losing(client_of, bi_thu, chi_doan):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 9, 1))
    old = make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2020, 1, 1))
    sent = posted(tu_ngay="02/03/2026", ten="Quét đường", tg=[old.pk], danh_sach="1")
    page = client_of(bi_thu).post(CREATE, sent)

    assert (page.context["page"].so_nguoi, page.context["page"].so_chon) == (1, 1)
    html = page.content.decode()
    assert "Quét đường" in html
    assert "02/03/2026" in html
    assert not HoatDong.objects.exists()


def test_whoever_saves_later_sees_both_versions(client_of, bi_thu, chi_doan):
    a, b = (make_doan_vien(chi_doan=chi_doan) for _ in range(2))
    hoat_dong = make_hoat_dong(don_vi=chi_doan, loai="khac", ten="Cũ", tham_gia=[a, b])
    url, client = reverse("chidoan:hoat_dong_update", args=[hoat_dong.pk]), client_of(bi_thu)
    HoatDong.objects.filter(pk=hoat_dong.pk).update(ten="Người khác sửa", version=2)

    sent = posted(loai="khac", so_luong="", gia_tri="", ten="Của tôi", version="1", tg=[a.pk])
    page = client.post(url, sent)

    assert page.status_code == 409
    shown = {
        line["label"]: (str(line["mine"]), str(line["theirs"])) for line in page.context["versions"]
    }
    assert shown["Tên hoạt động"] == ("Của tôi", "Người khác sửa")
    assert shown["Người tham gia"] == ("1 đồng chí, 1 ngày công", "2 đồng chí, 2 ngày công")
    client.post(url, sent | {"version": "2"})
    hoat_dong.refresh_from_db()
    assert (hoat_dong.ten, hoat_dong.tham_gia.count()) == ("Của tôi", 1)


def test_alongside_a_meeting_day_place_and_those_present_are_there(
    client_of, bi_thu, chi_doan, phuong_khac
):
    a, b = (make_doan_vien(chi_doan=chi_doan) for _ in range(2))
    buoi = make_buoi(
        chi_doan=chi_doan, ngay=NGAY, dia_diem="Nhà văn hóa", diem_danh={a: "muon", b: "vang"}
    )
    client, url = client_of(bi_thu), f"{CREATE}?buoi={buoi.pk}"
    assert url in client.get(buoi.get_absolute_url()).content.decode()
    page = client.get(url)
    assert page.context["form"]["dia_diem"].value() == "Nhà văn hóa"
    assert page.context["page"].so_chon == 1

    client.post(url, posted(loai="the_thao", so_luong="", ten="Giao hữu bóng chuyền", tg=[a.pk]))

    row = HoatDong.objects.get()
    assert (row.buoi, row.don_vi.pk) == (buoi, chi_doan.pk)
    assert "Giao hữu bóng chuyền" in client.get(buoi.get_absolute_url()).content.decode()


def test_a_ward_has_activities_of_its_own_with_people_of_all_branches(
    client_of, bi_thu_phuong, phuong, chi_doan, chi_doan_khac
):
    a, b = (make_doan_vien(chi_doan=unit) for unit in (chi_doan, chi_doan_khac))
    client, url = client_of(bi_thu_phuong), f"{CREATE}?don_vi={phuong.pk}"
    groups = client.get(url).context["page"].nhom
    assert [(group.ten, group.tong) for group in groups] == [("Khu vực 1", 1), ("Khu vực 2", 1)]

    client.post(url, posted(tg=[a.pk, b.pk], nguoi_ngoai="40"))

    row = HoatDong.objects.get()
    assert (row.don_vi.pk, row.nhap_thay, row.tham_gia.count()) == (phuong.pk, False, 2)


def test_a_ward_draws_the_names_it_asks_for_and_keeps_who_is_ticked(
    client_of, bi_thu_phuong, phuong, chi_doan, chi_doan_khac, django_assert_max_num_queries
):
    names = [make_doan_vien(chi_doan=chi_doan, ho_ten=f"Lê Văn Tám {n}") for n in range(40)]
    other = make_doan_vien(chi_doan=chi_doan_khac, ho_ten="Trần Thị Đẹp")
    client, url = client_of(bi_thu_phuong), f"{CREATE}?don_vi={phuong.pk}"

    def drawn(**sent):
        with django_assert_max_num_queries(12):
            page = client.post(url, posted(**sent)).context["page"]
        return {row.nguoi.pk: row.chon for group in page.nhom for row in group.dong}

    assert [group.dong for group in client.get(url).context["page"].nhom] == [[], []]
    assert drawn(mo_them=chi_doan_khac.pk, tg=[names[0].pk]) == {names[0].pk: True, other.pk: False}
    assert len(drawn(mo=[chi_doan_khac.pk], mo_them=chi_doan.pk)) == 41
    assert drawn(tim_ten="1", tim="dep") == {other.pk: False}
    assert len(drawn(tim_ten="1", tim="tam")) == 30


def test_who_takes_part_where_he_lives_is_named_once_and_is_no_outsider(
    client_of, bi_thu, phuong, chi_doan, chi_doan_khac
):
    guest = make_doan_vien(chi_doan=chi_doan_khac)
    QuaTrinh.objects.create(
        doan_vien=guest,
        chi_doan=chi_doan,
        loai="noi_cu_tru",
        tu_ngay=date(2026, 1, 1),
        ly_do_bat_dau="gioi_thieu",
    )

    (here,) = roster(chi_doan, NGAY, NGAY)
    assert (here.pk, here.ghi_chu) == (guest.pk, "Sinh hoạt nơi cư trú")
    assert [(row.chi_doan, row.ghi_chu) for row in roster(phuong, NGAY, NGAY)] == [
        ("Khu vực 2", "")
    ]
    row = create(chi_doan, bi_thu, tham_gia={guest.pk: Decimal(1)})
    counted = HoatDong.objects.with_tham_gia().get(pk=row.pk)
    assert (counted.so_nguoi, counted.nguoi_ngoai) == (1, 0)


def test_the_list_adds_up_what_it_shows(client_of, bi_thu_phuong, chi_doan, chi_doan_khac):
    people = [make_doan_vien(chi_doan=chi_doan) for _ in range(3)]
    fields = {"gia_tri": 5_000_000, "nguoi_huong_loi": 10, "nguoi_ngoai": 4}
    make_hoat_dong(don_vi=chi_doan, loai="cong_trinh", tham_gia=people, **fields)
    make_hoat_dong(don_vi=chi_doan_khac, loai="the_thao", gia_tri=1_000_000)
    make_hoat_dong(don_vi=chi_doan, gia_tri=9_000_000, trang_thai="thoi", ket_qua="Thôi")
    client = client_of(bi_thu_phuong)

    def shown(**params):
        page = client.get(LIST, params)
        return page.context["page"].paginator.count, [k["value"] for k in page.context["kpis"]]

    assert shown() == (3, ["3", "3", "6.000.000\u00a0đ", "10"])
    assert shown(loai="the_thao") == (1, ["0", "0", "1.000.000\u00a0đ", "0"])
    assert shown(don_vi=chi_doan_khac.pk, ky="2026Q3")[0] == 1
    assert shown(anh="co")[0] == 0
    assert client.get(LIST, {"export": "xlsx"}).status_code == 200


def test_a_member_sees_the_year_added_up(client_of, bi_thu, chi_doan):
    nguoi = make_doan_vien(chi_doan=chi_doan)
    for day in (NGAY, date(2026, 3, 1), date(2025, 3, 1)):
        make_hoat_dong(don_vi=chi_doan, ngay=day, tham_gia=[nguoi])
    page = client_of(bi_thu).get(reverse("chidoan:hoat_dong_cua", args=[nguoi.pk]))

    assert page.context["page"].paginator.count == 3
    assert "năm 2026: 2 hoạt động, 2 ngày công" in page.content.decode()


def test_result_with_more_people_than_a_register_can_hold_is_refused(client_of, bi_thu, chi_doan):
    row = make_hoat_dong(don_vi=chi_doan, trang_thai="dang_lam", loai="khac")
    sent = {
        "den_ngay": f"{today():%d/%m/%Y}",
        "gia_tri": "9" * 25,
        "nguoi_huong_loi": "9" * 12,
        "ket_qua": "Đã bàn giao",
        "version": row.version,
    }

    page = client_of(bi_thu).post(reverse("chidoan:hoat_dong_finish", args=[row.pk]), sent)

    assert {"gia_tri", "nguoi_huong_loi"} <= set(page.context["form"].errors)
