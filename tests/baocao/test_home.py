from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chidoan.models import ChuDiem, LanXuong
from core.periods import KyBaoCao
from doanvien.doan_phi.services import accept_nop, submit_nop
from doanvien.roi_doan.services import propose_xoa_ten
from tests.baocao.conftest import MOMENT
from tests.factories import (
    make_bao_cao,
    make_buoi,
    make_chi_doan,
    make_chuc_vu,
    make_chuyen,
    make_doan_vien,
    make_dot_xep_loai,
    make_ho_so,
    make_hoan,
    make_hoc_vien,
    make_ket_nap,
    make_lop,
    make_nghi_quyet,
    make_nguoi_dung,
    make_nguyen_vong,
    make_phieu_thu,
    make_phuong,
    make_xet,
    make_yeu_cau,
)
from tochuc.models import QuyDinh

TOI_DA = 12


def get(client, user, **params):
    return client(user).get("/", params)


def healthy(phuong, *, months=range(1, 11), count=6):
    """A branch that meets every month of the year, was visited, and whose secretary had a class."""
    branch = make_chi_doan(phuong=phuong)
    members = [make_doan_vien(chi_doan=branch, tu_ngay=date(2024, 1, 1)) for _ in range(count)]
    make_chuc_vu(don_vi=branch, chuc_danh="bi_thu", doan_vien=members[0])
    make_hoc_vien(lop=make_lop(), doan_vien=members[0], du=True)
    LanXuong.objects.create(chi_doan=branch, ho_ten="Lê Thử", ngay=date(2026, 11, 2), noi_dung="Ổn")
    for month in months:
        roll = dict.fromkeys(members, "co_mat")
        make_buoi(chi_doan=branch, ngay=date(2026, month, 10), diem_danh=roll)
    return branch


# ---- branch --------------------------------------------------------------------------------


def test_a_branch_logs_its_meeting_first(client_of, bi_thu, phuong, chi_doan):
    ChuDiem.objects.create(don_vi=phuong, nam=2026, thang=11, ten="Tôn sư trọng đạo")
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 10, 10))

    page = get(client_of, bi_thu)

    card = page.context["the"]
    assert card["title"] == "Ghi buổi sinh hoạt tháng 11"
    assert card["lines"] == ["Hạn 25/11/2026 · còn 7\u00a0ngày", "Chủ điểm: Tôn sư trọng đạo"]
    assert card["url"] in page.content.decode().replace("&amp;", "&")
    assert page.context["title"] == "Việc tháng 11"


def test_an_overdue_resolution_is_a_duty_with_its_button(client_of, bi_thu, chi_doan):
    buoi = make_buoi(chi_doan=chi_doan, ngay=date(2026, 11, 10))
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 10, 10))
    make_nghi_quyet(buoi=buoi, han=date(2026, 11, 15))

    page = get(client_of, bi_thu)

    assert page.context["the"] is None
    (duty,) = (row for row in page.context["viec"] if "nghị quyết" in row.tieu_de)
    assert (duty.tieu_de, duty.overdue) == ("Báo kết quả 1 nghị quyết", "Quá hạn 3\u00a0ngày")


def test_nothing_due_is_said_as_a_fact(client_of, bi_thu, chi_doan):
    for month in (10, 11):
        make_buoi(chi_doan=chi_doan, ngay=date(2026, month, 10))

    page = get(client_of, bi_thu)

    assert "Tháng này không còn việc" in page.content.decode()


def test_the_figures_of_a_branch_open_their_rows(client_of, bi_thu, chi_doan):
    a, b = (make_doan_vien(chi_doan=chi_doan) for _ in range(2))
    buoi = make_buoi(chi_doan=chi_doan, ngay=date(2026, 10, 10), diem_danh={a: "co_mat", b: "vang"})
    make_nghi_quyet(buoi=buoi, phu_trach=a)
    client = client_of(bi_thu)

    kpis = client.get("/").context["kpis"]

    assert [kpi["value"] for kpi in kpis] == [2, "1/2", 1, 1]
    year = client.get(kpis.pop(2)["url"])
    assert str(year.context["lich"][0].nhip) == "1 trên 10 buổi phải họp"
    assert "Đã họp 1 trên 10 buổi phải họp" in year.content.decode()
    rows = [client.get(kpi["url"]).context["page"].paginator.count for kpi in kpis]
    assert rows == [2, 2, 1]


def test_a_roll_caller_has_a_home_too(client_of, uy_vien, chi_doan):
    page = get(client_of, uy_vien)

    assert page.status_code == 200
    assert page.context["the"]["action"] == "Ghi buổi sinh hoạt"


def test_the_registers_duties_of_a_branch_open_as_many_rows(
    client_of, bi_thu, uy_vien, chi_doan, chi_doan_khac
):
    people = [make_doan_vien(chi_doan=chi_doan) for _ in range(4)]
    make_doan_vien(chi_doan=chi_doan, ngay_sinh=date(1990, 5, 19))
    make_phieu_thu(people[0], date(2026, 10, 1), ngay=date(2026, 10, 20))
    make_hoan(people[1], den_ngay=date(2026, 12, 1))
    make_chuyen(doan_vien=people[2], chi_doan_den=chi_doan_khac, trang_thai="tu_choi")
    make_nguyen_vong(chi_doan=chi_doan, han=date(2026, 11, 20))
    for state in ("don", "tra_lai", "chuan_y"):
        make_ket_nap(chi_doan=chi_doan, trang_thai=state)
    client = client_of(bi_thu)

    with CaptureQueriesContext(connection) as queries:
        page = client.get("/")

    assert len(queries) <= TOI_DA
    duties = {duty.tieu_de.replace("\u00a0", " "): duty for duty in page.context["viec"]}
    assert {
        "Nộp đoàn phí tháng 10 lên phường",
        "Xếp loại đoàn viên năm 2026",
    } <= set(duties)
    (dues,) = (duty for title, duty in duties.items() if title.startswith("Thu đoàn phí"))
    owing = client.get(dues.url).context["thu"].so_nguoi_no
    assert dues.tieu_de == f"Thu đoàn phí tháng 11 của {owing}\u00a0đồng chí"
    assert owing > len(people)
    for title in (
        "Xem lại 1 việc chuyển sinh hoạt bị trả lại",
        "Giải quyết 1 nguyện vọng của đoàn viên",
        "1 đồng chí sắp hết hạn hoãn sinh hoạt",
        "Xem lại 1 đề nghị kết nạp phường chưa chuẩn y",
        "Biểu quyết 1 đơn xin vào Đoàn",
        "Đề nghị cho 1 đồng chí đến tuổi trưởng thành",
    ):
        assert client.get(duties[title].url).context["page"].paginator.count == 1, title
    ceremony = duties["Tổ chức lễ kết nạp cho 1 đồng chí"]
    assert len(client.get(ceremony.url).context["rows"]) == 1
    text = page.content.decode()
    assert f"Xem thêm {len(duties) - 8} việc" in text
    roll_caller = get(client_of, uy_vien).context["viec"]
    assert all(duty.tieu_de.startswith("Ghi buổi") for duty in roll_caller)


# ---- ward ----------------------------------------------------------------------------------


def test_a_ward_sees_who_needs_help_and_why(client_of, bi_thu_phuong, phuong):
    well = healthy(phuong)
    silent = healthy(phuong, months=range(1, 7))

    page = get(client_of, bi_thu_phuong)

    (row,) = page.context["can_giup"]
    assert row.chi_doan.pk == silent.pk
    assert row.can_giup.ly_do == "4 tháng liền không sinh hoạt; năm nay chưa kết nạp ai"
    assert [line.chi_doan.pk for line in page.context["on_dinh"]] == [well.pk]
    assert "4 tháng liền không sinh hoạt" in page.content.decode()


def test_the_figures_of_a_ward_open_their_rows(client_of, bi_thu_phuong, phuong):
    branch = healthy(phuong)
    healthy(phuong, months=range(1, 12))
    nguoi = branch.doan_vien.first()
    for _ in range(2):
        make_nghi_quyet(buoi=branch.buoi_sinh_hoat.first(), phu_trach=nguoi, han=date(2026, 11, 1))
    client = client_of(bi_thu_phuong)

    kpis = client.get("/").context["kpis"]

    assert [kpi["value"] for kpi in kpis] == ["12", "100%", 1, 2]
    rows = [client.get(kpi["url"]).context["page"].paginator.count for kpi in kpis]
    assert rows == [12, 12, 1, 2]


def test_a_ward_goes_to_who_has_not_met_and_to_next_weeks_meetings(
    client_of, bi_thu_phuong, phuong
):
    healthy(phuong, months=range(1, 12))
    silent, calling = healthy(phuong), healthy(phuong)
    for day in (date(2026, 11, 20), date(2026, 11, 28)):
        make_buoi(chi_doan=calling, ngay=day, trang_thai="nhap", hen_luc=MOMENT)
    client = client_of(bi_thu_phuong)

    page = client.get("/")

    lich = page.context["lich"]
    assert (lich["chua_hop"], lich["sap_hop"]) == (2, 1)
    assert lich["sap_hop_ten"] == f"{calling.ten} 20/11"
    shown = {ma: client.get(lich["url"][ma]).context["rows"] for ma in ("chua_hop", "tuan_toi")}
    assert (len(shown["chua_hop"]), len(shown["tuan_toi"])) == (2, 1)
    (duty,) = (row for row in page.context["viec"] if "chưa sinh hoạt" in row.tieu_de)
    assert duty.url == lich["url"]["chua_hop"]
    assert not client.get("/", {"ky": "2026Q2"}).context["lich"]
    assert silent.ten in client.get(duty.url).content.decode()


def test_a_dispersed_branch_is_not_waited_for_before_its_quarter_ends(
    client_of, bi_thu_phuong, phuong
):
    healthy(phuong, months=range(1, 12))
    healthy(phuong)
    make_chi_doan(phuong=phuong, dac_thu=True)

    met = get(client_of, bi_thu_phuong).context["kpis"][2]

    assert (met["value"], met["fraction"], met["note"]) == (1, "/ 2 chi đoàn", "còn 1 chi đoàn")


def test_branches_that_met_in_a_past_month_are_listed_once(client_of, bi_thu_phuong, phuong):
    branch = healthy(phuong)
    make_buoi(chi_doan=branch, ngay=date(2026, 6, 20))
    client = client_of(bi_thu_phuong)

    kpis = client.get("/", {"ky": "2026Q2"}).context["kpis"]

    assert [kpi["label"] for kpi in kpis] == [
        "Đoàn viên",
        "Dự sinh hoạt tháng 6",
        "Đã sinh hoạt tháng 6",
    ]
    rows = client.get(kpis[2]["url"]).context["page"].paginator.count
    assert (kpis[2]["value"], rows) == (1, 1)


def test_a_ward_is_told_of_its_report(client_of, bi_thu_phuong, phuong):
    healthy(phuong, months=range(1, 12))
    ChuDiem.objects.create(don_vi=phuong, nam=2026, thang=11, ten="Tôn sư trọng đạo")
    make_bao_cao(don_vi=phuong, ky="2026Q3", trang_thai="tra_lai")

    page = get(client_of, bi_thu_phuong)

    duties = page.context["viec"]
    assert [duty.tieu_de for duty in duties] == [
        "Sửa, nộp lại báo cáo quý\u00a0III năm\u00a02026",
    ]
    assert duties[0].qua_han
    assert "1 việc quá hạn" in page.content.decode()  # a phone's first line, which jumps to them


def test_an_accepted_report_is_no_duty(client_of, bi_thu_phuong, phuong):
    healthy(phuong, months=range(1, 12))
    ChuDiem.objects.create(don_vi=phuong, nam=2026, thang=11, ten="Tôn sư trọng đạo")
    make_bao_cao(don_vi=phuong, trang_thai="chap_nhan", tinh_den=date(2026, 9, 30))

    page = get(client_of, bi_thu_phuong)

    assert [duty.tieu_de for duty in page.context["viec"]] == []
    assert "Không có việc đến hạn" in page.content.decode()


def test_the_registers_duties_of_a_ward_open_as_many_rows(
    client_of, bi_thu_phuong, kiem_tra, phuong, phuong_khac, chi_doan, chi_doan_khac
):
    people = [make_doan_vien(chi_doan=chi_doan) for _ in range(4)]
    make_doan_vien(chi_doan=chi_doan, ngay_sinh=date(1990, 5, 19))
    drafted = make_doan_vien(chi_doan=chi_doan, ngay_sinh=date(1991, 5, 19))
    make_xet(drafted, so="")
    make_chuyen(doan_vien=people[0], chi_doan_den=chi_doan_khac)
    make_chuyen(doan_vien=people[1], noi_den="Đoàn xã Bình An", trang_thai="cho_noi_khac")
    make_nguyen_vong(chi_doan=chi_doan, noi_giai_quyet="len_phuong", han=date(2026, 11, 20))
    make_nguyen_vong(chi_doan=chi_doan, noi_giai_quyet="len_cap_uy", rieng=True)
    make_yeu_cau(doan_vien=people[2])
    propose_xoa_ten(
        doan_vien=people[3], can_cu="ca_hai", ly_do="Đã nhắc", ngay=date(2026, 11, 1), by=None
    )
    for state in ("cho_chuan_y", "chuan_y"):
        make_ket_nap(chi_doan=chi_doan, trang_thai=state)
    make_dot_xep_loai(chi_doan, trang_thai="da_gui")
    client = client_of(bi_thu_phuong)

    with CaptureQueriesContext(connection) as queries:
        page = client.get("/")

    assert len(queries) <= TOI_DA
    duties = {duty.tieu_de.replace("\u00a0", " "): duty for duty in page.context["viec"]}
    assert {
        "Chuẩn y 1 đề nghị kết nạp",
        "1 đồng chí chờ lễ kết nạp",
        "Ban hành 1 dự thảo quyết định trưởng thành",
    } <= set(duties)
    for title, rows in (
        ("Trả lời 2 nguyện vọng của đoàn viên", 2),
        ("Trả lời 1 yêu cầu về dữ liệu cá nhân", 1),
        ("Ký giới thiệu 1 đồng chí chuyển đi", 1),
        ("Hỏi nơi đến về 1 đồng chí chưa có xác nhận", 1),
        ("Công nhận xếp loại năm 2026 của 1 chi đoàn", 1),
        ("Quyết định 1 đề nghị xóa tên", 1),
        ("1 đồng chí đến tuổi trưởng thành Đoàn", 1),
    ):
        assert client.get(duties[title].url).context["page"].paginator.count == rows, title
    assert not get(client_of, kiem_tra).context["viec"]


def test_a_past_quarter_is_seen_as_it_was(client_of, bi_thu_phuong, phuong):
    healthy(phuong)

    page = get(client_of, bi_thu_phuong, ky="2026Q2")

    assert page.context["title"] == "Tổng quan quý\u00a0II năm\u00a02026"
    assert "30/06/2026" in page.content.decode()
    assert [duty.tieu_de for duty in page.context["viec"]] == []


@pytest.mark.parametrize(("params", "months"), [({}, 6), ({"thang": "12"}, 12)])
def test_a_phone_shows_six_months_or_all(client_of, bi_thu_phuong, phuong, params, months):
    healthy(phuong)

    page = get(client_of, bi_thu_phuong, **params)

    assert sum(on_phone for _, on_phone in page.context["thang"]) == months
    assert ("Đủ 12 tháng" in page.content.decode()) == (months == 6)


def test_nonsense_in_the_address_shows_the_running_quarter(client_of, bi_thu_phuong, phuong):
    page = get(client_of, bi_thu_phuong, ky="2026Q9")

    assert page.context["title"] == "Tổng quan quý\u00a0IV năm\u00a02026"


def test_a_new_ward_has_a_home_too(client_of, bi_thu_phuong):
    text = get(client_of, bi_thu_phuong).content.decode()

    assert "Chưa có chi đoàn nào" in text
    assert "Chưa ghi buổi sinh hoạt nào trong hai năm." in text


# ---- the office above and others -----------------------------------------------------------


def test_the_office_above_sees_its_wards_with_figures_that_open(client_of, van_phong, phuong):
    healthy(phuong)
    client = client_of(van_phong)

    page = client.get("/")

    ((ward, cells),) = page.context["bang"]
    assert ward == phuong
    for cell, total in zip(cells, page.context["tong"], strict=True):
        assert cell.so == total.so
        if cell.so.gia_tri is None:
            continue
        rows = client.get(cell.url).context["page"].paginator.count
        assert rows == (cell.so.tu if cell.so.mau is None else cell.so.mau)


def test_reports_to_look_at_are_duties_of_the_office_above(
    client_of, van_phong, kiem_tra, bi_thu_phuong, phuong, phuong_khac
):
    make_bao_cao(
        don_vi=phuong,
        trang_thai="da_nop",
        tinh_den=date(2026, 9, 30),
        nop_boi=bi_thu_phuong,
        nop_luc=MOMENT,
        nop_lan_dau=MOMENT,
    )

    duties = get(client_of, van_phong).context["viec"]

    assert [duty.tieu_de for duty in duties] == [
        "1 đơn vị chưa nộp báo cáo quý\u00a0III năm\u00a02026",
        "Xem xét báo cáo quý\u00a0III năm\u00a02026 của Đoàn phường Thử",
    ]
    assert get(client_of, kiem_tra).context["viec"] == []


def test_a_due_day_that_holds_from_this_quarter_on_moves_none_of_the_quarter_before(
    client_of, van_phong, huyen, phuong
):
    QuyDinh.objects.create(
        ma="han_bao_cao_quy", gia_tri=10, tu_ngay=date(2026, 10, 1), can_cu="Thử", don_vi=huyen
    )

    (duty,) = get(client_of, van_phong).context["viec"]

    assert duty.han == date(2026, 9, 25)


def test_a_report_of_the_running_quarter_is_looked_at_as_soon_as_it_is_in(
    client_of, van_phong, bi_thu_phuong, phuong
):
    for ky in ("2026Q3", "2026Q4"):
        make_bao_cao(
            don_vi=phuong,
            ky=ky,
            trang_thai="da_nop",
            tinh_den=date(2026, 9, 30),
            nop_boi=bi_thu_phuong,
            nop_luc=MOMENT,
            nop_lan_dau=MOMENT,
        )

    page = get(client_of, van_phong)

    assert [duty.tieu_de for duty in page.context["viec"]] == [
        "Xem xét báo cáo quý\u00a0IV năm\u00a02026 của Đoàn phường Thử",
        "Xem xét báo cáo quý\u00a0III năm\u00a02026 của Đoàn phường Thử",
    ]
    assert page.context["bao_cao_kpis"][0]["fraction"] == "/ 1 đơn vị"


def test_dues_that_wards_hand_over_are_received_from_the_home_of_the_office(
    client_of, van_phong, kiem_tra, huyen, phuong, chi_doan
):
    def hand_over(unit, ky, ngay):
        ky = KyBaoCao.parse(ky)
        return submit_nop(don_vi=unit, ky=ky, ngay=ngay, chung_tu="", ma_gui=uuid4(), by=None)

    make_phieu_thu(make_doan_vien(chi_doan=chi_doan), date(2026, 9, 1), ngay=date(2026, 9, 20))
    nop = hand_over(chi_doan, "2026-09", date(2026, 9, 25))
    accept_nop(nop=nop, ngay=date(2026, 9, 28), by=None)
    hand_over(phuong, "2026Q3", date(2026, 10, 2))
    client = client_of(van_phong)

    with CaptureQueriesContext(connection) as queries:
        duties = client.get("/").context["viec"]

    assert len(queries) <= TOI_DA
    (duty,) = (row for row in duties if "đoàn phí" in row.tieu_de)
    assert duty.tieu_de == "Nhận 1\u00a0khoản đoàn phí cấp dưới nộp"
    assert len(client.get(duty.url).context["cho_nhan"]) == 1
    assert get(client_of, kiem_tra).context["viec"] == []


def test_the_last_quarter_is_not_forgotten_while_the_next_one_is_due(
    client_of, van_phong, phuong, monkeypatch
):
    monkeypatch.setattr("django.utils.timezone.now", lambda: MOMENT.replace(month=12, day=1))
    make_bao_cao(don_vi=phuong, ky="2026Q4")
    client = client_of(van_phong)

    with CaptureQueriesContext(connection) as queries:
        duties = client.get("/").context["viec"]

    assert [duty.tieu_de for duty in duties] == [
        "1 đơn vị chưa nộp báo cáo quý\u00a0III năm\u00a02026"
    ]
    assert len(queries) <= TOI_DA


def test_an_earlier_year_is_only_looked_at(client_of, van_phong, phuong):
    page = get(client_of, van_phong, ky="2025")

    assert [duty.tieu_de for duty in page.context["viec"]] == []
    assert "không có việc phải làm" in page.content.decode()


def test_nothing_due_for_an_office_above_is_said_with_the_reason(
    client_of, van_phong, kiem_tra, huyen, phuong
):
    assert "không có việc phải làm" in get(client_of, kiem_tra).content.decode()

    for unit in (huyen, phuong):
        unit.so_lieu_den = date(2020, 12, 31)
        unit.save()
    text = get(client_of, van_phong).content.decode()

    assert "Không có việc đến hạn: sổ của đơn vị ghi đến 31/12/2020." in text


def test_wards_whose_books_have_ended_are_late_with_nothing(client_of, van_phong, huyen, phuong):
    for unit in (huyen, phuong):
        unit.so_lieu_den = date(2020, 12, 31)
        unit.save()

    page = get(client_of, van_phong)

    assert page.context["title"] == "Tổng quan năm 2020"
    assert [duty.tieu_de for duty in page.context["viec"]] == []


def test_the_party_committee_sees_what_waits_for_it(client_of, cap_uy, chi_doan):
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai="da_gui")
    make_ho_so(chi_doan=chi_doan)
    client = client_of(cap_uy)

    (duty,) = client.get("/").context["viec"]

    assert duty.tieu_de == f"Xem xét hồ sơ {ho_so.doan_vien}"
    assert client.get(duty.url).status_code == 200


def test_nothing_waiting_for_the_party_committee_is_said(client_of, cap_uy):
    assert "Không có hồ sơ nào đang chờ" in get(client_of, cap_uy).content.decode()


def test_a_silent_case_is_a_duty_of_the_ward(client_of, bi_thu_phuong, chi_doan):
    make_ho_so(chi_doan=chi_doan, trang_thai="da_gui")

    duties = get(client_of, bi_thu_phuong).context["viec"]

    assert any("hồ sơ" in duty.chi_tiet or "hồ sơ" in duty.tieu_de for duty in duties)


def test_an_operator_sees_accounts_and_the_end_of_the_chain(client_of, quan_tri, phuong):
    page = get(client_of, quan_tri)

    assert "verify_audit" in page.content.decode()
    assert "tài khoản nào mở cũng đang giữ vai trò" in page.content.decode()
    assert len(page.context["kpis"]) == 3


def test_the_figures_and_duties_of_an_operator_open_their_rows(
    client_of, quan_tri, phuong, bi_thu_phuong
):
    make_nguoi_dung("can_bo_phuong", phuong, den_ngay=date(2026, 11, 1))
    client = client_of(quan_tri)

    page = client.get("/")

    (duty,) = page.context["viec"]
    assert duty.tieu_de == "1 tài khoản chưa có vai trò hôm nay"
    assert client.get(duty.url).context["page"].paginator.count == 1
    for kpi in page.context["kpis"]:
        rows = client.get(kpi["url"]).context["page"].paginator.count
        assert str(rows) == kpi["value"], kpi["label"]


@pytest.mark.parametrize("who", ["bi_thu", "bi_thu_phuong", "van_phong", "kiem_tra", "cap_uy"])
def test_homes_take_the_same_statements_for_little_and_much(
    request, client_of, huyen, phuong, chi_doan, who
):
    user = request.getfixturevalue(who)
    client = client_of(user)
    make_doan_vien(chi_doan=chi_doan)
    counts = []
    for more in (0, 3):
        for _ in range(more):
            branch = healthy(phuong)
            buoi = branch.buoi_sinh_hoat.first()
            make_nghi_quyet(buoi=buoi, phu_trach=branch.doan_vien.first(), han=date(2026, 11, 1))
            make_bao_cao(don_vi=make_phuong(cap_tren=huyen))
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= TOI_DA
