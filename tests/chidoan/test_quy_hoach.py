"""The succession desk: gaps, the pool, the plan, proposals, postings."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import load_workbook

from chidoan.models import CuCanBo, DeNghiNhanSu, QuyHoach
from chidoan.quy_hoach import services
from chidoan.quy_hoach.queries import nhan_su_chi_doan
from core.errors import RuleError
from core.periods import today
from doanvien.models import DoanVien, NguonCanBo, QuaTrinh
from tests.factories import (
    make_chi_doan,
    make_chuc_vu,
    make_doan_vien,
    make_hoc_vien,
    make_lop,
    make_nguoi_dung,
)
from tochuc.models import PhanCong
from tochuc.permissions import VaiTro

QUA_LAU = today() - timedelta(days=90)


@pytest.fixture
def member(chi_doan):
    person = make_doan_vien(chi_doan=chi_doan, ho_ten="Đặng Ngọc Hân")
    NguonCanBo.objects.create(doan_vien=person, ma="dan_quan")
    return person


@pytest.fixture
def away(chi_doan):
    person = make_doan_vien(chi_doan=chi_doan, ho_ten="Phạm Văn Xa", di_xa_tu=QUA_LAU)
    NguonCanBo.objects.create(doan_vien=person, ma="bo_doi")
    return person


@pytest.fixture
def official(phuong):
    office = make_chi_doan(phuong=phuong, ten="Cơ quan phường", khoi="co_quan")
    return make_doan_vien(chi_doan=office, ho_ten="Nguyễn Công Chức")


def plan(person, chi_doan, by, **fields) -> QuyHoach:
    fields = {"chuc_danh": "bi_thu", "san_sang": "ngay"} | fields
    return services.add_quy_hoach(doan_vien=person, don_vi=chi_doan, by=by, **fields)


def propose(person, chi_doan, by, **fields) -> DeNghiNhanSu:
    fields = {"chuc_danh": "bi_thu", "ly_do": "Uy tín, tập hợp được thanh niên"} | fields
    return services.propose_nhan_su(doan_vien=person, don_vi=chi_doan, by=by, **fields)


def post(person, chi_doan, by, **fields) -> CuCanBo:
    fields = {"vai_tro": "nguon", "tu_ngay": QUA_LAU, "can_cu": "08-QĐ/ĐTN"} | fields
    return services.post_can_bo(doan_vien=person, don_vi=chi_doan, by=by, **fields)


# ---- the plan ------------------------------------------------------------------------------


def test_a_candidate_is_planned_approved_looked_at_again_and_taken_off(
    member, chi_doan, bi_thu_phuong
):
    row = plan(member, chi_doan, bi_thu_phuong, nguon="dan_quan")
    QuyHoach.objects.update(nam_ra_soat=today().year - 1)
    assert list(QuyHoach.objects.chua_ra_soat(today().year)) == [row]
    with pytest.raises(RuleError, match="đã trong quy hoạch"):
        plan(member, chi_doan, bi_thu_phuong)

    done = services.approve_quy_hoach(
        quy_hoach=[row], can_cu="21-TB/ĐU", ngay=today(), by=bi_thu_phuong
    )
    services.review_quy_hoach(quy_hoach=row, san_sang="mot_nam", by=bi_thu_phuong)
    assert done == 1
    assert not QuyHoach.objects.chua_ra_soat(today().year).exists()

    services.drop_quy_hoach(quy_hoach=row, ly_do="Chuyển nơi ở", by=bi_thu_phuong)
    row.refresh_from_db()
    assert (row.san_sang, row.can_cu, row.ly_do_dua_ra) == ("mot_nam", "21-TB/ĐU", "Chuyển nơi ở")
    plan(member, chi_doan, bi_thu_phuong)


def test_who_works_away_is_planned_with_a_stated_reason_alone(away, chi_doan, bi_thu_phuong):
    with pytest.raises(RuleError, match="đang ghi đi làm xa"):
        plan(away, chi_doan, bi_thu_phuong)

    row = plan(away, chi_doan, bi_thu_phuong, ly_do_di_xa="Về hẳn sau Tết")
    assert row.ghi_chu == "Đi làm xa: Về hẳn sau Tết"


def test_nobody_is_planned_for_what_he_holds_or_from_another_ward(
    member, chi_doan, phuong_khac, bi_thu_phuong
):
    make_chuc_vu(don_vi=chi_doan, doan_vien=member, chuc_danh="bi_thu")
    stranger = make_doan_vien(chi_doan=make_chi_doan(phuong=phuong_khac))

    with pytest.raises(RuleError, match="đang là Bí thư"):
        plan(member, chi_doan, bi_thu_phuong)
    with pytest.raises(RuleError, match="không sinh hoạt chính thức"):
        plan(stranger, chi_doan, bi_thu_phuong)


# ---- proposals -----------------------------------------------------------------------------


def test_a_branch_proposes_and_the_ward_answers(member, chi_doan, bi_thu, bi_thu_phuong):
    row = propose(member, chi_doan, bi_thu)
    with pytest.raises(RuleError, match="đang chờ trả lời"):
        propose(member, chi_doan, bi_thu)
    with pytest.raises(PermissionDenied):
        services.answer_de_nghi(de_nghi=row, dong_y=True, by=bi_thu)
    with pytest.raises(RuleError, match="Ghi lý do"):
        services.answer_de_nghi(de_nghi=row, dong_y=False, by=bi_thu_phuong)

    services.answer_de_nghi(de_nghi=row, dong_y=True, by=bi_thu_phuong)
    assert not row.nhap_thay
    assert list(DeNghiNhanSu.objects.cho_ghi_chuc_vu()) == [row]
    with pytest.raises(RuleError, match="không còn chờ"):
        services.withdraw_de_nghi(de_nghi=row, by=bi_thu)

    make_chuc_vu(don_vi=chi_doan, doan_vien=member, chuc_danh="bi_thu")
    assert not DeNghiNhanSu.objects.cho_ghi_chuc_vu().exists()


def test_a_proposal_is_refused(member, away, chi_doan, chi_doan_khac, bi_thu, bi_thu_phuong):
    other = make_doan_vien(chi_doan=chi_doan_khac)

    with pytest.raises(RuleError, match="không sinh hoạt ở"):
        propose(other, chi_doan, bi_thu)
    with pytest.raises(RuleError, match="đang ghi đi làm xa"):
        propose(away, chi_doan, bi_thu)
    with pytest.raises(RuleError, match="vì sao giới thiệu"):
        propose(member, chi_doan, bi_thu, ly_do=" ")
    with pytest.raises(PermissionDenied):
        propose(other, chi_doan_khac, bi_thu)
    assert propose(member, chi_doan, bi_thu_phuong).nhap_thay


# ---- postings ------------------------------------------------------------------------------


def test_a_posted_official_stays_counted_at_home_and_may_be_proposed(
    official, chi_doan, bi_thu, bi_thu_phuong
):
    row = post(official, chi_doan, bi_thu_phuong)

    assert row.qua_trinh.loai == QuaTrinh.Loai.TAM_THOI
    counted = QuaTrinh.objects.chinh_thuc().tai_ngay(today()).filter(doan_vien=official)
    assert [period.chi_doan for period in counted] == [official.chi_doan]
    propose(official, chi_doan, bi_thu)

    services.end_cu_can_bo(cu_can_bo=row, den_ngay=today(), ly_do="Hết hạn", by=bi_thu_phuong)
    row.qua_trinh.refresh_from_db()
    assert row.qua_trinh.den_ngay == today()


def test_a_posting_goes_on_in_the_time_somebody_takes_part_already(
    official, chi_doan, bi_thu_phuong
):
    guest = QuaTrinh.objects.create(
        doan_vien=official,
        chi_doan=chi_doan,
        loai="noi_cu_tru",
        tu_ngay=date(2024, 1, 1),
        ly_do_bat_dau="gioi_thieu",
    )
    row = post(official, chi_doan, bi_thu_phuong)
    services.end_cu_can_bo(cu_can_bo=row, den_ngay=today(), ly_do="", by=bi_thu_phuong)

    guest.refresh_from_db()
    assert (row.qua_trinh, row.mo_qua_trinh, guest.den_ngay) == (guest, False, None)


def test_a_posting_is_refused(member, official, chi_doan, chi_doan_khac, bi_thu_phuong):
    with pytest.raises(RuleError, match="đã ở chi đoàn địa bàn dân cư"):
        post(member, chi_doan_khac, bi_thu_phuong)
    with pytest.raises(RuleError, match="không phải chi đoàn địa bàn dân cư"):
        post(official, official.chi_doan, bi_thu_phuong)
    post(official, chi_doan, bi_thu_phuong)
    with pytest.raises(RuleError, match="đang được cử về"):
        post(official, chi_doan_khac, bi_thu_phuong)


# ---- gaps and pages ------------------------------------------------------------------------


def test_gaps_of_branches_are_read_with_the_same_statements(
    phuong, chi_doan, member, away, chi_doan_khac, django_assert_num_queries
):
    make_chuc_vu(don_vi=chi_doan_khac, doan_vien=away, chuc_danh="bi_thu")
    make_chi_doan(phuong=phuong)

    with django_assert_num_queries(3):
        rows = {row.chi_doan.pk: set(row.thieu) for row in nhan_su_chi_doan(phuong, today())}

    vacant = {"khuyet_bi_thu", "khuyet_pho", "khong_ung_vien"}
    assert rows[chi_doan.pk] == vacant
    assert rows[chi_doan_khac.pk] == {"khuyet_pho", "khong_ung_vien", "di_xa"}


def test_the_pool_leaves_out_who_works_away_and_says_so(client, member, away, bi_thu_phuong):
    client.force_login(bi_thu_phuong)
    url = reverse("chidoan:nguon_list")

    page = client.get(url)
    assert [row[0].row for row in page.context["rows"]] == [member]
    assert page.context["so_di_xa"] == 1
    everybody = client.get(url, {"di_xa": "co"})
    assert {row[0].row for row in everybody.context["rows"]} == {member, away}
    assert list(DoanVien.objects.co_nguon("bo_doi")) == [away]


def test_every_cell_of_the_table_of_gaps_opens(client, member, chi_doan, bi_thu_phuong):
    make_chuc_vu(don_vi=chi_doan, doan_vien=member, chuc_danh="bi_thu")
    client.force_login(bi_thu_phuong)
    page = client.get(reverse("chidoan:nhan_su"))

    (row,) = page.context["dong"]
    for _, _, url in row["o"]:
        assert client.get(url.partition("#")[0]).status_code == 200


def test_a_proposal_is_sent_and_answered_on_its_pages(
    client, member, chi_doan, bi_thu, bi_thu_phuong
):
    client.force_login(bi_thu)
    data = {"doan_vien": member.pk, "chuc_danh": "pho_bi_thu", "ly_do": "Năng nổ"}
    sent = client.post(reverse("chidoan:de_nghi_nhan_su_create", args=[chi_doan.pk]), data)
    client.force_login(bi_thu_phuong)
    pk = DeNghiNhanSu.objects.get().pk
    client.post(reverse("chidoan:de_nghi_nhan_su_answer", args=[pk]), {"dong_y": "co"})
    page = client.get(sent.url)

    office = reverse("chidoan:chuc_vu_create", args=[chi_doan.pk])
    assert page.context["url_chuc_vu"].startswith(f"{office}?doan_vien={member.pk}")


def test_a_candidate_that_no_database_can_hold_is_nobody(client, bi_thu_phuong):
    client.force_login(bi_thu_phuong)
    sent = {"quy_hoach": ["9" * 30], "can_cu": "21-TB/ĐU", "ngay": f"{today():%d/%m/%Y}"}
    page = client.post(reverse("chidoan:quy_hoach_approve"), sent)

    assert list(page.context["form"].errors) == ["quy_hoach"]


def test_the_reason_for_somebody_away_comes_along_to_the_office(
    client, away, chi_doan, bi_thu, bi_thu_phuong
):
    row = propose(away, chi_doan, bi_thu, ly_do_di_xa="Cuối tuần nào cũng về")
    services.answer_de_nghi(de_nghi=row, dong_y=True, by=bi_thu_phuong)
    client.force_login(bi_thu_phuong)
    url = client.get(row.get_absolute_url()).context["url_chuc_vu"]

    assert client.get(url).context["form"]["ly_do_di_xa"].value() == "Cuối tuần nào cũng về"


def test_a_branch_does_not_read_who_is_planned_for_its_own_offices(
    client, member, chi_doan, bi_thu, bi_thu_phuong, kiem_tra
):
    plan(member, chi_doan, bi_thu_phuong)
    profile = reverse("chidoan:can_bo_detail", args=[member.pk])

    def reads(user):
        client.force_login(user)
        pool = client.get(reverse("chidoan:nguon_list")).content.decode()
        page = client.get(profile).content.decode()
        status = client.get(reverse("chidoan:quy_hoach_list")).status_code
        return "Trong quy hoạch" in pool, "Quy hoạch: Bí thư" in page, status

    assert reads(bi_thu) == (False, False, 403)
    desk = client.get(reverse("chidoan:nhan_su"))
    assert desk.url == reverse("chidoan:de_nghi_nhan_su_list")
    assert "Thiếu nhân sự" not in client.get(desk.url).content.decode()
    for user in (bi_thu_phuong, kiem_tra):
        assert reads(user) == (True, True, 200)


def test_a_file_of_the_plan_takes_both_rights_at_the_same_unit(client, member, bi_thu_phuong):
    """Who is an official here and a secretary in another ward takes this ward's plan alone."""
    there = make_chi_doan(ten="Chi đoàn phường khác")
    planned_there = plan(make_doan_vien(chi_doan=there), there, bi_thu_phuong)
    planned_here = plan(member, member.chi_doan, bi_thu_phuong)
    user = make_nguoi_dung(VaiTro.CAN_BO_PHUONG, member.chi_doan.cap_tren)
    PhanCong.objects.create(
        nguoi_dung=user,
        don_vi=there,
        vai_tro=VaiTro.BI_THU_CHI_DOAN,
        tu_ngay=QUA_LAU,
    )
    client.force_login(user)
    url = reverse("chidoan:quy_hoach_list")
    page = client.get(url, {"tinh_trang": "khong_co"})
    file = load_workbook(BytesIO(client.get(url, {"export": "xlsx"}).content)).active
    text = str(list(file.iter_rows(values_only=True)))

    assert page.status_code == 200
    assert planned_here.doan_vien.ho_ten in text
    assert planned_there.doan_vien.ho_ten not in text


def test_the_pool_finds_who_had_no_class_this_year(client, member, away, chi_doan, bi_thu_phuong):
    lop = make_lop(don_vi=chi_doan.cap_tren, tu_ngay=today(), den_ngay=today())
    make_hoc_vien(lop=lop, doan_vien=member, du=True)
    client.force_login(bi_thu_phuong)

    def found(lop):
        page = client.get(reverse("chidoan:nguon_list"), {"lop": lop, "di_xa": "co"})
        return [row[0].row for row in page.context["rows"]]

    assert (found("co"), found("chua")) == ([member], [away])
