import uuid
from datetime import date, time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from chidoan import services
from chidoan.models import BuoiSinhHoat, DiemDanh, NghiQuyet
from chidoan.noi_dung import (
    Dong,
    KetQua,
    NghiQuyetMoi,
    NoiDungBuoi,
    Phieu,
    dump,
    load,
    read_noi_dung,
)
from chidoan.services.kiem_tra import RosterError
from core.errors import RuleError, StaleError
from core.periods import today
from tests.factories import make_buoi, make_chi_doan, make_doan_vien, make_nghi_quyet
from tochuc.models import NhatKy

NGAY = date(2026, 9, 15)
CO_MAT, MUON, LY_DO, VANG = DiemDanh.TrangThai.values


def vote(co_quyen, co_mat, tan_thanh, khong_tan_thanh=0):
    return Phieu(
        noi_dung="Thông qua kế hoạch",
        co_quyen=co_quyen,
        co_mat=co_mat,
        tan_thanh=tan_thanh,
        khong_tan_thanh=khong_tan_thanh,
    )


@pytest.fixture
def members(chi_doan):
    return [make_doan_vien(chi_doan=chi_doan) for _ in range(3)]


def said(members, **changes):
    """A finished meeting of all members, the first in the chair, the second as secretary."""
    values = {
        "loai": "dinh_ky",
        "ngay": NGAY,
        "bat_dau": time(19, 30),
        "ket_thuc": time(20, 30),
        "dia_diem": "Nhà văn hóa",
        "chu_diem": "Tôn sư trọng đạo",
        "chu_tri_id": members[0].pk,
        "thu_ky_id": members[1].pk,
        "diem_danh": {member.pk: Dong() for member in members},
    }
    return NoiDungBuoi(**values | changes)


def log(chi_doan, noi_dung, by=None, *, hoan_thanh=True, client_id=None):
    return services.create_buoi(
        chi_doan=chi_doan,
        client_id=client_id or uuid.uuid4(),
        noi_dung=noi_dung,
        hoan_thanh=hoan_thanh,
        by=by,
    )


def change(buoi, noi_dung, by=None, *, version=None, hoan_thanh=True, ly_do="Ghi nhầm"):
    return services.update_buoi(
        buoi=buoi,
        version=buoi.version if version is None else version,
        noi_dung=noi_dung,
        hoan_thanh=hoan_thanh,
        by=by,
        ly_do=ly_do,
    )


def absent(members, **states):
    roll = {member.pk: Dong() for member in members}
    return roll | {members[int(key[1:])].pk: row for key, row in states.items()}


def task(member, **changes):
    values = {"noi_dung": "Thu gom rác", "phu_trach_id": member.pk, "han": date(2026, 10, 15)}
    return NghiQuyetMoi(**values | changes)


def actions():
    return list(NhatKy.objects.order_by("so").values_list("hanh_dong", flat=True))


def test_meeting_is_written_with_its_roll_and_resolutions(chi_doan, members, bi_thu):
    roll = absent(members, m2=Dong(trang_thai=LY_DO, ly_do="om"))
    NhatKy.objects.all().delete()

    buoi = log(chi_doan, said(members, diem_danh=roll, nghi_quyet=(task(members[2]),)), bi_thu)

    buoi = BuoiSinhHoat.objects.get(pk=buoi.pk)
    assert (buoi.trang_thai, buoi.version, buoi.nhap_thay, buoi.ghi_boi) == (
        "hoan_thanh",
        1,
        False,
        bi_thu,
    )
    assert set(buoi.diem_danh.values_list("doan_vien", "trang_thai", "ly_do")) == {
        (members[0].pk, CO_MAT, ""),
        (members[1].pk, CO_MAT, ""),
        (members[2].pk, LY_DO, "om"),
    }
    (row,) = buoi.nghi_quyet.all()
    assert (row.chi_doan_id, row.noi_dung, row.khoa_tim, row.phu_trach, row.trang_thai) == (
        chi_doan.pk,
        "Thu gom rác",
        "thu gom rac",
        members[2],
        "dang_lam",
    )
    assert NhatKy.objects.get().hanh_dong == "buoi.finish"
    assert "om" not in str(NhatKy.objects.get().noi_dung)


def test_ward_logs_on_behalf(chi_doan, members, can_bo_phuong, bi_thu):
    assert log(chi_doan, said(members), can_bo_phuong).nhap_thay
    assert not log(chi_doan, said(members, ngay=date(2026, 8, 15)), bi_thu).nhap_thay


def test_meeting_of_a_branch_that_the_ward_amends_stays_its_own(
    chi_doan, members, can_bo_phuong, bi_thu
):
    buoi = log(chi_doan, said(members), bi_thu)

    buoi = change(buoi, said(members, ket_luan="Nhất trí"), can_bo_phuong)

    assert (buoi.trang_thai, buoi.ghi_boi) == ("sua_doi", can_bo_phuong)
    assert not buoi.nhap_thay


def test_sent_again_gives_the_same_meeting(chi_doan, members, bi_thu):
    client_id = uuid.uuid4()
    noi_dung = said(members, nghi_quyet=(task(members[0]),))

    first = log(chi_doan, noi_dung, bi_thu, client_id=client_id)
    again = [log(chi_doan, noi_dung, bi_thu, client_id=client_id) for _ in range(10)]

    assert {buoi.pk for buoi in again} == {first.pk}
    assert BuoiSinhHoat.objects.count() == 1
    assert NghiQuyet.objects.count() == 1
    assert actions().count("buoi.finish") == 1


def test_same_client_id_with_other_words_shows_both_versions(chi_doan, members, bi_thu):
    client_id = uuid.uuid4()
    first = log(chi_doan, said(members), bi_thu, client_id=client_id)

    with pytest.raises(StaleError) as refused:
        log(chi_doan, said(members, chu_diem="Khác"), bi_thu, client_id=client_id)

    assert refused.value.current == first
    first.refresh_from_db()
    assert first.chu_diem == "Tôn sư trọng đạo"


def test_client_id_of_another_branch_is_refused(chi_doan, chi_doan_khac, members):
    client_id = uuid.uuid4()
    log(chi_doan, said(members), client_id=client_id)

    with pytest.raises(RuleError, match="chi đoàn khác"):
        log(chi_doan_khac, said(members), client_id=client_id)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"ngay": today() + timedelta(days=1)}, "ngay", "chưa đến"),
        ({"ket_thuc": time(19, 30)}, "ket_thuc", "sau giờ bắt đầu"),
        ({"dia_diem": ""}, "dia_diem", "địa điểm"),
        ({"chu_diem": ""}, "chu_diem", "chủ điểm"),
        ({"chu_tri_id": None}, "chu_tri", "chủ trì"),
        ({"thu_ky_id": None}, "thu_ky", "thư ký"),
        ({"thu_ky_id": 10**9}, "thu_ky", "danh sách đoàn viên"),
        ({"bieu_quyet": (vote(3, 3, 3, 1),)}, "bieu_quyet_0", "4 lớn hơn số có mặt 3"),
        ({"bieu_quyet": (vote(3, 4, 0),)}, "bieu_quyet_0", "4 lớn hơn số có quyền biểu quyết 3"),
        ({"bieu_quyet": (vote(4, 3, 3),)}, "bieu_quyet_0", "4 lớn hơn danh sách 3"),
    ],
)
def test_meeting_is_refused(chi_doan, members, changes, field, message):
    with pytest.raises(RuleError, match=message) as refused:
        log(chi_doan, said(members, **changes))

    assert refused.value.field == field
    assert not BuoiSinhHoat.objects.exists()


def test_votes_are_kept_in_their_order(chi_doan, members):
    roll = absent(members, m2=Dong(trang_thai=VANG))
    votes = (vote(3, 2, 1, 1), vote(3, 2, 2))

    buoi = log(chi_doan, said(members, diem_danh=roll, bieu_quyet=votes))

    assert read_noi_dung(buoi).bieu_quyet == votes
    assert [row.y_kien_khac for row in read_noi_dung(buoi).bieu_quyet] == [0, 0]


def test_more_voters_than_those_present_are_refused(chi_doan, members):
    roll = absent(members, m2=Dong(trang_thai=VANG))

    with pytest.raises(RuleError, match="3 lớn hơn số dự họp 2"):
        log(chi_doan, said(members, diem_danh=roll, bieu_quyet=(vote(3, 3, 3),)))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"thanh_lap": date(2026, 9, 16)}, "thành lập ngày 16/09/2026"),
        ({"ket_thuc": date(2026, 9, 14)}, "kết thúc hoạt động ngày 14/09/2026"),
    ],
)
def test_meeting_outside_the_life_of_the_branch_is_refused(phuong, fields, message):
    chi_doan = make_chi_doan(phuong=phuong, **fields)
    members = [make_doan_vien(chi_doan=chi_doan) for _ in range(2)]

    with pytest.raises(RuleError, match=message) as refused:
        log(chi_doan, said(members))

    assert refused.value.field == "ngay"


def test_meeting_on_the_day_of_founding_is_taken(phuong):
    chi_doan = make_chi_doan(phuong=phuong, thanh_lap=NGAY)
    members = [make_doan_vien(chi_doan=chi_doan) for _ in range(2)]

    assert log(chi_doan, said(members)).ngay == NGAY


def test_branch_without_members_on_that_day_is_refused(chi_doan):
    late = [make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 9, 16)) for _ in range(2)]

    with pytest.raises(RuleError, match="chưa có đoàn viên nào vào ngày 15/09/2026"):
        log(chi_doan, said(late))


@pytest.mark.parametrize("hoan_thanh", [True, False])
def test_roll_that_is_not_the_roster_is_refused(chi_doan, members, hoan_thanh):
    other = make_doan_vien()
    for roll in (
        {member.pk: Dong() for member in members[:2]},
        {member.pk: Dong() for member in [*members, other]},
    ):
        with pytest.raises(RosterError, match="khác danh sách đang điểm danh"):
            log(chi_doan, said(members, diem_danh=roll), hoan_thanh=hoan_thanh)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (Dong(trang_thai="la"), "chưa rõ tình trạng"),
        (Dong(trang_thai=VANG, ly_do="om"), "Lý do chỉ ghi"),
    ],
)
def test_row_of_the_roll_that_makes_no_sense_is_refused(chi_doan, members, row, message):
    with pytest.raises(RuleError, match=message):
        log(chi_doan, said(members, diem_danh=absent(members, m2=row)))


@pytest.mark.parametrize(("index", "role"), [(0, "chủ trì"), (1, "thư ký")])
def test_absent_chair_or_secretary_is_refused(chi_doan, members, index, role):
    roll = absent(members, **{f"m{index}": Dong(trang_thai=VANG)})

    with pytest.raises(RuleError, match=f"{role} đang được điểm danh vắng"):
        log(chi_doan, said(members, diem_danh=roll))


def test_second_meeting_of_the_same_kind_and_day_is_refused(chi_doan, members):
    log(chi_doan, said(members))

    with pytest.raises(RuleError, match="Ngày 15/09/2026 đã ghi một buổi sinh hoạt định kỳ"):
        log(chi_doan, said(members, chu_diem="Khác"))

    assert log(chi_doan, said(members, loai="chuyen_de")).pk


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"phu_trach_id": 10**9}, "Chọn người phụ trách"),
        ({"han": date(2026, 9, 14)}, "Hạn 14/09/2026 của «Thu gom rác» trước ngày họp"),
    ],
)
def test_resolution_is_refused(chi_doan, members, changes, message):
    with pytest.raises(RuleError, match=message) as refused:
        log(chi_doan, said(members, nghi_quyet=(task(members[0], **changes),)))

    assert refused.value.field == "nghi_quyet_0"


@pytest.fixture
def earlier(chi_doan, members):
    """An open resolution of the meeting before."""
    buoi = make_buoi(chi_doan=chi_doan, ngay=date(2026, 8, 15))
    return make_nghi_quyet(buoi=buoi, phu_trach=members[0])


@pytest.mark.parametrize("trang_thai", ["xong", "thoi"])
def test_meeting_ends_an_earlier_resolution(chi_doan, members, earlier, trang_thai):
    result = KetQua(trang_thai=trang_thai, ket_qua="4 buổi")

    buoi = log(chi_doan, said(members, ket_qua={earlier.pk: result}))

    earlier.refresh_from_db()
    assert (earlier.trang_thai, earlier.ket_qua, earlier.ket_thuc_ngay, earlier.ket_thuc_tai) == (
        trang_thai,
        "4 buổi",
        NGAY,
        buoi,
    )


def test_resolution_left_open_stays_open(chi_doan, members, earlier):
    log(chi_doan, said(members, ket_qua={earlier.pk: KetQua()}))

    earlier.refresh_from_db()
    assert (earlier.trang_thai, earlier.ket_thuc_tai) == ("dang_lam", None)


@pytest.mark.parametrize(
    ("trang_thai", "message"), [("xong", "một câu kết quả"), ("thoi", "lý do thôi làm")]
)
def test_end_without_a_line_is_refused(chi_doan, members, earlier, trang_thai, message):
    result = KetQua(trang_thai=trang_thai, ket_qua="  ")

    with pytest.raises(RuleError, match=message) as refused:
        log(chi_doan, said(members, ket_qua={earlier.pk: result}))

    assert refused.value.field == f"ket_qua_{earlier.pk}"


def test_resolution_of_another_branch_is_refused(chi_doan, members):
    other = make_nghi_quyet()

    with pytest.raises(RuleError, match="không thuộc chi đoàn này"):
        log(chi_doan, said(members, ket_qua={other.pk: KetQua(trang_thai="xong", ket_qua="x")}))


def test_resolution_that_is_ended_is_not_ended_twice(chi_doan, members, earlier):
    services.finish_nghi_quyet(
        nghi_quyet=earlier, trang_thai="xong", ket_qua="Rồi", ngay=date(2026, 9, 1), by=None
    )

    with pytest.raises(RuleError, match="đã được kết thúc trước đó"):
        log(chi_doan, said(members, ket_qua={earlier.pk: KetQua(trang_thai="thoi", ket_qua="Bỏ")}))


def test_resolution_of_a_later_meeting_is_refused(chi_doan, members):
    later = make_nghi_quyet(
        buoi=make_buoi(chi_doan=chi_doan, ngay=date(2026, 10, 1)), phu_trach=members[0]
    )

    with pytest.raises(RuleError, match="sau buổi này"):
        log(chi_doan, said(members, ket_qua={later.pk: KetQua(trang_thai="xong", ket_qua="x")}))


def test_draft_needs_little_and_counts_nowhere(chi_doan, members, bi_thu):
    noi_dung = said(
        members, dia_diem="", chu_diem="", chu_tri_id=None, ban_nhap={"nghi_quyet": [{"han": "3"}]}
    )

    buoi = log(chi_doan, noi_dung, bi_thu, hoan_thanh=False)

    assert buoi.is_nhap
    assert buoi.ban_nhap == {"nghi_quyet": [{"han": "3"}]}
    assert buoi.diem_danh.count() == 3
    assert not BuoiSinhHoat.objects.da_hop().exists()


def test_draft_of_a_day_to_come_is_refused(chi_doan, members):
    with pytest.raises(RuleError, match="chưa đến"):
        log(chi_doan, said(members, ngay=today() + timedelta(days=1)), hoan_thanh=False)


def test_draft_kept_by_the_page_itself_is_told_once_for_each_person(
    chi_doan, members, bi_thu, can_bo_phuong
):
    draft = log(chi_doan, said(members), bi_thu, hoan_thanh=False)
    for text, by in (("Một", bi_thu), ("Hai", bi_thu), ("Hai", can_bo_phuong)):
        draft = services.update_buoi(
            buoi=draft,
            version=draft.version,
            noi_dung=said(members, noi_dung=text),
            hoan_thanh=False,
            tu_luu=True,
            by=by,
        )
    same = draft.version
    draft = services.update_buoi(
        buoi=draft,
        version=same,
        noi_dung=said(members, noi_dung="Ba"),
        hoan_thanh=False,
        tu_luu=True,
        by=can_bo_phuong,
    )

    assert (same, draft.version, draft.noi_dung) == (3, 4, "Ba")
    assert actions()[-2:] == ["buoi.draft", "buoi.draft"]
    assert actions().count("buoi.draft") == 2


def test_draft_is_finished(chi_doan, members, bi_thu):
    draft = log(chi_doan, said(members, ban_nhap={"nghi_quyet": []}), bi_thu, hoan_thanh=False)

    buoi = change(draft, said(members, nghi_quyet=(task(members[0]),)), bi_thu)

    assert (buoi.trang_thai, buoi.version, buoi.ban_nhap) == ("hoan_thanh", 2, {})
    assert buoi.nghi_quyet.count() == 1
    assert actions()[-2:] == ["buoi.draft", "buoi.finish"]


def test_finished_meeting_is_amended_with_a_line_of_what_changed(chi_doan, members, bi_thu):
    buoi = log(chi_doan, said(members), bi_thu)
    roll = absent(members, m2=Dong(trang_thai=LY_DO, ly_do="om"))

    changed = change(buoi, said(members, diem_danh=roll, ket_luan="Nhất trí"), bi_thu)

    assert (changed.trang_thai, changed.version) == ("sua_doi", 2)
    line = NhatKy.objects.get(hanh_dong="buoi.amend")
    assert line.noi_dung == {
        "version": 2,
        "truong": ["ket_luan"],
        "diem_danh": {str(members[2].pk): [CO_MAT, LY_DO]},
    }


def test_amendment_without_a_change_leaves_the_meeting_as_it_is(chi_doan, members):
    buoi = log(chi_doan, said(members))

    again = change(buoi, said(members))

    assert (again.trang_thai, again.version) == ("hoan_thanh", 1)
    assert "buoi.amend" not in actions()


def test_finished_meeting_never_becomes_a_draft(chi_doan, members):
    buoi = log(chi_doan, said(members))

    changed = change(buoi, said(members, ket_luan="Nhất trí"), hoan_thanh=False)

    assert changed.trang_thai == "sua_doi"


def test_later_of_two_editors_is_shown_the_version_of_the_first(chi_doan, members, bi_thu):
    buoi = log(chi_doan, said(members), bi_thu)
    change(buoi, said(members, ket_luan="Của người trước"), bi_thu, version=1)

    with pytest.raises(StaleError) as refused:
        change(buoi, said(members, ket_luan="Của người sau"), bi_thu, version=1)

    assert refused.value.current.ket_luan == "Của người trước"
    buoi.refresh_from_db()
    assert (buoi.ket_luan, buoi.version) == ("Của người trước", 2)


def test_change_sent_twice_is_one_change(chi_doan, members):
    buoi = log(chi_doan, said(members))
    noi_dung = said(members, ket_luan="Nhất trí")
    change(buoi, noi_dung, version=1)

    again = change(buoi, noi_dung, version=1)

    assert again.version == 2


def test_roll_of_a_finished_meeting_stays_whatever_is_entered_later(chi_doan, members):
    buoi = log(chi_doan, said(members))
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 1, 1))

    changed = change(buoi, said(members, ket_luan="Nhất trí"))

    assert changed.diem_danh.count() == 3


def test_roll_follows_the_day_when_the_day_changes(chi_doan, members):
    buoi = log(chi_doan, said(members))
    newcomer = make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 9, 16))
    day = date(2026, 9, 20)

    with pytest.raises(RosterError):
        change(buoi, said(members, ngay=day))
    changed = change(buoi, said([*members, newcomer], ngay=day))

    assert set(changed.diem_danh.values_list("doan_vien", flat=True)) == {
        person.pk for person in [*members, newcomer]
    }


def test_amendment_changes_adds_and_removes_resolutions(chi_doan, members):
    buoi = log(chi_doan, said(members, nghi_quyet=(task(members[0]), task(members[1]))))
    first, second = buoi.nghi_quyet.order_by("pk")

    change(
        buoi,
        said(
            members,
            nghi_quyet=(
                task(members[2], pk=first.pk, noi_dung="Sửa lời"),
                task(members[0], noi_dung="Việc thêm"),
            ),
        ),
    )

    assert list(buoi.nghi_quyet.order_by("pk").values_list("noi_dung", "phu_trach")) == [
        ("Sửa lời", members[2].pk),
        ("Việc thêm", members[0].pk),
    ]
    assert not NghiQuyet.objects.filter(pk=second.pk).exists()


def test_resolution_that_was_ended_is_not_changed_by_an_amendment(chi_doan, members):
    buoi = log(chi_doan, said(members, nghi_quyet=(task(members[0]),)))
    row = buoi.nghi_quyet.get()
    services.finish_nghi_quyet(
        nghi_quyet=row, trang_thai="xong", ket_qua="Rồi", ngay=date(2026, 9, 20), by=None
    )

    change(buoi, said(members, ket_luan="Bỏ nghị quyết"))

    row.refresh_from_db()
    assert (row.noi_dung, row.trang_thai) == ("Thu gom rác", "xong")


def test_amendment_takes_back_an_end(chi_doan, members, earlier):
    buoi = log(
        chi_doan, said(members, ket_qua={earlier.pk: KetQua(trang_thai="xong", ket_qua="4 buổi")})
    )

    change(buoi, said(members, ket_qua={earlier.pk: KetQua()}))

    earlier.refresh_from_db()
    assert (earlier.trang_thai, earlier.ket_qua, earlier.ket_thuc_tai) == ("dang_lam", "", None)


def test_amendment_needs_a_reason_and_keeps_what_was_said(chi_doan, members, bi_thu):
    buoi = log(chi_doan, said(members, bieu_quyet=(vote(3, 3, 3),)), bi_thu)
    before = read_noi_dung(buoi)

    with pytest.raises(RuleError, match="lý do sửa") as refused:
        change(buoi, said(members, ket_luan="Nhất trí"), bi_thu, ly_do="  ")
    buoi = change(buoi, said(members, ket_luan="Nhất trí"), bi_thu, ly_do="Thiếu kết luận")

    kept = buoi.phien_ban.get()
    assert refused.value.field == "ly_do_sua"
    assert (kept.so, kept.ly_do, kept.ghi_boi, kept.thay_boi) == (
        1,
        "Thiếu kết luận",
        bi_thu,
        bi_thu,
    )
    assert load(kept.noi_dung) == before
    assert load(dump(read_noi_dung(buoi))) == read_noi_dung(buoi)


def test_saving_a_finished_meeting_unchanged_keeps_no_version(chi_doan, members):
    buoi = log(chi_doan, said(members))

    assert change(buoi, said(members), ly_do="").version == 1
    assert not buoi.phien_ban.exists()


def test_branch_amends_until_its_next_meeting_is_finished_the_ward_later_too(
    chi_doan, members, bi_thu, can_bo_phuong
):
    buoi = log(chi_doan, said(members), bi_thu)
    log(chi_doan, said(members, ngay=date(2026, 10, 15)), bi_thu, hoan_thanh=False)
    log(chi_doan, said(members, ngay=date(2026, 10, 16), loai="bch"), bi_thu)
    buoi = change(buoi, said(members, ket_luan="Nhất trí"), bi_thu)
    log(chi_doan, said(members, ngay=date(2026, 10, 17)), bi_thu)

    with pytest.raises(RuleError, match="Buổi ngày 17/10/2026 đã hoàn thành"):
        change(buoi, said(members, ket_luan="Khác"), bi_thu)

    assert change(buoi, said(members, ket_luan="Khác"), can_bo_phuong).ket_luan == "Khác"


def test_meeting_that_is_moved_back_by_an_amendment_is_marked_as_late(chi_doan, members, bi_thu):
    buoi = log(chi_doan, said(members, ngay=today()), bi_thu)

    moved = change(buoi, said(members, ngay=today() - timedelta(days=60)), bi_thu)
    assert (buoi.ghi_muon, moved.ghi_muon) == (False, True)
    assert not change(moved, said(members, ngay=today()), bi_thu).ghi_muon


@pytest.mark.parametrize("name", ["dia_diem", "chu_diem", "ly_do"])
def test_words_that_nobody_can_see_are_none(chi_doan, members, name):
    buoi, nothing = log(chi_doan, said(members)), "\u200b \ufeff"
    words = {"dia_diem": "Nơi khác", "ly_do": "Ghi nhầm"} | {name: nothing}
    reason = words.pop("ly_do")

    with pytest.raises(RuleError) as refused:
        change(buoi, said(members, **words), ly_do=reason)
    assert refused.value.field == ("ly_do_sua" if name == "ly_do" else name)


@pytest.mark.parametrize(("days", "late"), [(7, False), (8, True)])
def test_meeting_that_is_finished_late_is_marked(chi_doan, members, bi_thu, days, late):
    noi_dung = said(members, ngay=today() - timedelta(days=days))

    draft = log(chi_doan, noi_dung, bi_thu, hoan_thanh=False)
    assert (draft.ghi_muon, draft.hoan_thanh_luc) == (False, None)
    buoi = change(draft, noi_dung, bi_thu)

    assert buoi.ghi_muon is late
    assert buoi.hoan_thanh_luc
    assert NhatKy.objects.get(hanh_dong="buoi.finish").noi_dung["ghi_muon"] is late


def test_meeting_that_was_called_is_kept_before_its_day_and_finished_on_it(chi_doan, members):
    hen = make_buoi(
        chi_doan=chi_doan,
        ngay=today() + timedelta(days=5),
        trang_thai="nhap",
        hen_luc=timezone.now(),
    )
    ahead = said(members, ngay=today() + timedelta(days=6))

    assert change(hen, ahead, hoan_thanh=False).ngay == ahead.ngay
    with pytest.raises(RuleError, match="chưa đến"):
        change(BuoiSinhHoat.objects.get(pk=hen.pk), ahead)


def test_draft_is_thrown_away_and_a_finished_meeting_is_not(chi_doan, members, bi_thu):
    draft = log(chi_doan, said(members), bi_thu, hoan_thanh=False)
    finished = log(chi_doan, said(members, ngay=date(2026, 8, 15)), bi_thu)

    services.delete_draft(buoi=draft, by=bi_thu)
    with pytest.raises(RuleError, match="không xóa, chỉ sửa đổi"):
        services.delete_draft(buoi=finished, by=bi_thu)

    assert list(BuoiSinhHoat.objects.all()) == [finished]


def test_what_was_written_is_read_back(chi_doan, members, earlier):
    noi_dung = said(
        members,
        diem_danh=absent(members, m2=Dong(trang_thai=MUON)),
        ket_qua={earlier.pk: KetQua(trang_thai="xong", ket_qua="4 buổi")},
        bieu_quyet=(vote(3, 3, 3),),
    )

    assert read_noi_dung(log(chi_doan, noi_dung)) == noi_dung


def test_refusal_half_way_leaves_nothing_behind(chi_doan, members, earlier):
    wrong = said(
        members,
        ket_qua={earlier.pk: KetQua(trang_thai="xong", ket_qua="4 buổi")},
        nghi_quyet=(task(members[0], han=date(2026, 1, 1)),),
    )

    with transaction.atomic(), pytest.raises(RuleError):
        log(chi_doan, wrong)

    earlier.refresh_from_db()
    assert earlier.trang_thai == "dang_lam"
    assert BuoiSinhHoat.objects.count() == 1
