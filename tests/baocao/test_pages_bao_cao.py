from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from baocao.models import BaoCao, SoLieu
from baocao.services import override_so_lieu, save_phan_loi, submit_bao_cao, zero_so_lieu_nhap
from core.periods import KyBaoCao
from doanvien.models import DoanVien
from tests.factories import make_bao_cao, make_buoi, make_chi_doan, make_doan_vien, make_phuong
from tochuc.models import NhatKy, VanBan

LIST = reverse("baocao:list")
TOI_DA = 12


@pytest.fixture
def bao_cao(phuong, chi_doan):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 8, 1), ho_ten="Lê Văn Bình")
    return make_bao_cao(don_vi=phuong)


@pytest.fixture
def da_nop(bao_cao, bi_thu_phuong):
    for muc in ("tinh_hinh", "han_che"):
        save_phan_loi(bao_cao=bao_cao, muc=muc, noi_dung="Ổn định.", version=0, by=bi_thu_phuong)
    zero_so_lieu_nhap(bao_cao=bao_cao, by=bi_thu_phuong)
    bao_cao.refresh_from_db()
    return submit_bao_cao(bao_cao=bao_cao, version=bao_cao.version, by=bi_thu_phuong)


def url(name, bao_cao, *args):
    return reverse(f"baocao:{name}", args=[bao_cao.pk, *args])


# ---- who sees and does what ----------------------------------------------------------------


def test_a_ward_opens_its_report_once(client_of, bi_thu_phuong, phuong):
    client = client_of(bi_thu_phuong)

    first = client.post(reverse("baocao:open"), {"ky": "2026Q3"})
    second = client.post(reverse("baocao:open"), {"ky": "2026Q3"})

    assert first.url == second.url == BaoCao.objects.get(don_vi=phuong).get_absolute_url()


def test_a_period_to_come_is_not_opened(client_of, bi_thu_phuong):
    answer = client_of(bi_thu_phuong).post(reverse("baocao:open"), {"ky": "2027Q1"}, follow=True)

    assert "Chưa tới" in answer.content.decode()
    assert not BaoCao.objects.exists()


@pytest.mark.parametrize("name", ["detail", "pdf", "submit"])
def test_a_neighbours_report_is_not_there(client_of, nguoi_la, bao_cao, name):
    assert client_of(nguoi_la).get(url(name, bao_cao)).status_code == 404


def test_the_office_above_sees_a_report_but_does_not_write_it(client_of, van_phong, bao_cao):
    client = client_of(van_phong)

    assert client.get(url("detail", bao_cao)).status_code == 200
    assert client.get(url("submit", bao_cao)).status_code == 403
    assert client.get(url("phan_loi", bao_cao, "uu_diem")).status_code == 403
    assert client.post(url("so_lieu_zero", bao_cao)).status_code == 403
    assert not SoLieu.objects.exists()


def test_a_ward_does_not_judge_its_own_report(client_of, bi_thu_phuong, da_nop):
    client = client_of(bi_thu_phuong)

    assert client.post(url("accept", da_nop)).status_code == 403
    assert client.post(url("return", da_nop), {"ly_do": "Không."}).status_code == 403


def test_an_office_does_not_judge_its_own_report(client_of, van_phong, huyen):
    own = make_bao_cao(don_vi=huyen, trang_thai="da_nop", tinh_den=date(2026, 9, 30))

    answer = client_of(van_phong).post(url("accept", own))

    assert answer.status_code == 403
    assert "cấp trên xem xét" in answer.content.decode()


def test_inspection_reads_and_does_nothing(client_of, kiem_tra, da_nop):
    client = client_of(kiem_tra)

    assert client.get(url("detail", da_nop)).status_code == 200
    assert client.post(url("comment", da_nop), {"y_kien": "Xem lại."}).status_code == 403
    assert client.post(url("accept", da_nop)).status_code == 403


# ---- the road ------------------------------------------------------------------------------


def test_a_quarter_from_open_to_accepted_with_one_return(
    client_of, bi_thu_phuong, van_phong, bao_cao
):
    ward = client_of(bi_thu_phuong)
    for muc in ("tinh_hinh", "phuong_huong"):
        ward.post(url("phan_loi", bao_cao, muc), {"noi_dung": "Ổn định.", "version": "0"})
    ward.post(url("so_lieu_zero", bao_cao))
    page = ward.get(url("submit", bao_cao))
    version = page.context["form"].initial["version"]
    ward.post(url("submit", bao_cao), {"version": version})
    bao_cao.refresh_from_db()
    assert bao_cao.trang_thai == BaoCao.TrangThai.DA_NOP

    office = client_of(van_phong)
    office.post(url("return", bao_cao), {"ly_do": "Kiểm lại chỉ tiêu 2.6."})
    page = office.get(url("detail", bao_cao)).content.decode()
    assert "Kiểm lại chỉ tiêu 2.6." in page

    ward = client_of(bi_thu_phuong)
    bao_cao.refresh_from_db()
    ward.post(url("submit", bao_cao), {"version": str(bao_cao.version)})
    client_of(van_phong).post(url("accept", bao_cao))

    bao_cao.refresh_from_db()
    assert bao_cao.trang_thai == BaoCao.TrangThai.CHAP_NHAN
    assert list(bao_cao.buoc.values_list("hanh_dong", flat=True)) == [
        "nop",
        "tra_lai",
        "nop",
        "chap_nhan",
    ]


def test_submitting_what_is_not_ready_says_why(client_of, bi_thu_phuong, bao_cao):
    client = client_of(bi_thu_phuong)

    answer = client.post(url("submit", bao_cao), {"version": str(bao_cao.version)}, follow=True)

    text = answer.content.decode()
    assert "tự nhập còn trống" in text
    assert "Phần lời mới có 0/13 mục" in text
    bao_cao.refresh_from_db()
    assert bao_cao.is_dang_sua


def test_a_period_is_locked_by_the_office_above(client_of, van_phong, huyen, da_nop):
    client = client_of(van_phong)
    client.post(reverse("baocao:lock"), {"ky": "2026Q3"})
    da_nop.refresh_from_db()
    assert da_nop.trang_thai == BaoCao.TrangThai.DA_NOP

    client.post(url("accept", da_nop))
    client.post(reverse("baocao:lock"), {"ky": "2026Q3"})
    da_nop.refresh_from_db()
    assert da_nop.trang_thai == BaoCao.TrangThai.KHOA

    client.post(url("return", da_nop), {"ly_do": "Muộn rồi."})
    da_nop.refresh_from_db()
    assert da_nop.trang_thai == BaoCao.TrangThai.KHOA
    assert NhatKy.objects.filter(hanh_dong="bao_cao.lock", don_vi=huyen).count() == 1


def test_returning_without_a_reason_asks_for_it(client_of, van_phong, da_nop):
    answer = client_of(van_phong).post(url("return", da_nop), {"ly_do": " "})

    assert answer.status_code == 200
    assert answer.context["form"].errors["ly_do"]
    da_nop.refresh_from_db()
    assert da_nop.is_da_nop


# ---- figures on the page -------------------------------------------------------------------


def test_every_figure_opens_as_many_rows_as_it_says(client_of, bi_thu_phuong, bao_cao, chi_doan):
    nguoi = DoanVien.objects.get()
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 9, 1), diem_danh={nguoi: "co_mat"})
    client = client_of(bi_thu_phuong)
    lines = client.get(url("detail", bao_cao)).context["trang"].lines
    opened = [line for line in lines if line.url]

    assert len(opened) > 25
    for line in opened:
        page = client.get(line.url).context["page"]
        assert page.paginator.count == line.dong.he_thong.tu, line.ma


def test_sensitive_figures_are_sums_only(client_of, bi_thu_phuong, bao_cao, phuong):
    client = client_of(bi_thu_phuong)
    lines = {line.ma: line for line in client.get(url("detail", bao_cao)).context["trang"].lines}

    answer = client.get(reverse("baocao:chi_tieu_rows", args=[phuong.pk, "ton_giao"]))

    assert lines["ton_giao"].url == ""
    assert answer.status_code == 403
    assert "tổng số" in answer.content.decode()


def test_rows_of_a_foreign_unit_and_of_an_unknown_indicator_are_not_there(
    client_of, nguoi_la, bi_thu_phuong, phuong
):
    rows = reverse("baocao:chi_tieu_rows", args=[phuong.pk, "doan_vien"])
    assert client_of(nguoi_la).get(rows).status_code == 404
    for ma in ("khong-co", "hien_mau"):
        other = reverse("baocao:chi_tieu_rows", args=[phuong.pk, ma])
        assert client_of(bi_thu_phuong).get(other).status_code == 404


def test_rows_are_a_workbook_that_is_recorded(client_of, bi_thu_phuong, bao_cao, phuong):
    rows = reverse("baocao:chi_tieu_rows", args=[phuong.pk, "ket_nap_moi"])

    answer = client_of(bi_thu_phuong).get(rows, {"ky": "2026Q3", "export": "xlsx"})

    sheet = load_workbook(BytesIO(answer.content)).active
    assert [cell.value for cell in sheet["A"]] == ["Họ và tên", "Lê Văn Bình"]
    assert NhatKy.objects.get(hanh_dong="chi_tieu.export").noi_dung["ma"] == "ket_nap_moi"


def test_both_lists_of_a_rate_open(client_of, bi_thu_phuong, bao_cao, phuong, chi_doan):
    khac = make_doan_vien(chi_doan=chi_doan)
    roll = {DoanVien.objects.exclude(pk=khac.pk).get(): "co_mat", khac: "vang"}
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 9, 1), diem_danh=roll)
    rows = reverse("baocao:chi_tieu_rows", args=[phuong.pk, "ty_le_du_sinh_hoat"])
    client = client_of(bi_thu_phuong)

    part = client.get(rows, {"ky": "2026Q3"}).context["page"].paginator.count
    whole = client.get(rows, {"ky": "2026Q3", "phan": "mau"}).context["page"].paginator.count

    assert (part, whole) == (1, 2)


def test_typed_figures_are_saved_from_the_table(client_of, bi_thu_phuong, bao_cao):
    client = client_of(bi_thu_phuong)

    client.post(url("so_lieu_save", bao_cao), {"gt_hien_mau": "1.022", "cu_hien_mau": ""})

    assert SoLieu.objects.get().bao_cao_gia_tri == 1022


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"gt_hien_mau": "hai"}, "không phải là số"),
        ({"gt_hien_mau": "-1"}, "số âm"),
        ({"gt_hien_mau": "1,5"}, "số nguyên"),
    ],
)
def test_what_is_no_number_is_named(client_of, bi_thu_phuong, bao_cao, fields, message):
    answer = client_of(bi_thu_phuong).post(url("so_lieu_save", bao_cao), fields, follow=True)

    assert message in answer.content.decode()
    assert not SoLieu.objects.exists()


def test_a_correction_needs_its_sentence(client_of, bi_thu_phuong, bao_cao):
    client = client_of(bi_thu_phuong)
    page = url("so_lieu", bao_cao, "ket_nap_moi")

    refused = client.post(page, {"gia_tri": "8", "ly_do": ""})
    client.post(page, {"gia_tri": "8", "ly_do": "1 đồng chí kết nạp 29/9."})

    assert "Ghi một câu lý do." in refused.content.decode()
    text = client.get(url("detail", bao_cao)).content.decode()
    assert "Sửa tay" in text
    assert "1 đồng chí kết nạp 29/9." in text


def test_both_versions_of_a_section_are_shown(client_of, bi_thu_phuong, can_bo_phuong, bao_cao):
    save_phan_loi(bao_cao=bao_cao, muc="uu_diem", noi_dung="Bản một.", version=0, by=can_bo_phuong)

    answer = client_of(bi_thu_phuong).post(
        url("phan_loi", bao_cao, "uu_diem"), {"noi_dung": "Bản hai.", "version": "0"}
    )

    text = answer.content.decode()
    assert "Bản một." in text
    assert "Bản hai." in text
    again = {"noi_dung": "Bản ghép.", "version": answer.context["form"]["version"].value()}
    client_of(bi_thu_phuong).post(url("phan_loi", bao_cao, "uu_diem"), again)
    assert bao_cao.phan_loi.get().noi_dung == "Bản ghép."


def test_what_changed_since_submission_is_said(client_of, van_phong, da_nop, chi_doan):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 9, 20))

    text = client_of(van_phong).get(url("detail", da_nop)).content.decode()

    assert "Đã đổi từ khi nộp: nay 2" in text


# ---- lists ---------------------------------------------------------------------------------


def test_the_office_above_sees_who_has_handed_in(client_of, van_phong, phuong_khac, da_nop, phuong):
    page = client_of(van_phong).get(LIST, {"ky": "2026Q3"})

    rows = {row.don_vi: row for row in page.context["rows"]}
    assert rows[phuong].da_nop
    assert not rows[phuong].dung_han
    assert rows[phuong].chi_doan_hop == "0/1"
    assert rows[phuong_khac].pill[2] == "Chưa mở"
    assert [kpi["value"] for kpi in page.context["kpis"]] == [1, 0, 1, 0]


@pytest.mark.parametrize("loc", ["da-nop", "dung-han", "cho", "chap-nhan", "chua-nop"])
def test_each_figure_of_completeness_opens_its_rows(client_of, van_phong, phuong_khac, da_nop, loc):
    client = client_of(van_phong)
    everything = client.get(LIST, {"ky": "2026Q3"})
    expected = {kpi["url"].rsplit("loc=", 1)[1]: kpi["value"] for kpi in everything.context["kpis"]}
    expected["chua-nop"] = 1

    rows = client.get(LIST, {"ky": "2026Q3", "loc": loc}).context["rows"]

    assert len(rows) == expected[loc]


def test_a_branch_sees_its_figures_instead(client_of, bi_thu, bao_cao):
    page = client_of(bi_thu).get(LIST, {"ky": "2026Q3"})

    assert page.context["unit"].ten == "Khu vực 1"
    figures = {row.chi_tieu.ma: row for _, rows in page.context["nhom"] for row in rows}
    assert figures["ket_nap_moi"].trong_ky.tu == 1


# ---- the paper -----------------------------------------------------------------------------


def test_a_draft_has_no_number_and_a_submitted_report_keeps_its_own(
    client_of, bi_thu_phuong, van_phong, bao_cao
):
    client = client_of(bi_thu_phuong)
    draft = client.get(url("pdf", bao_cao))
    assert draft["Content-Type"] == "application/pdf"
    assert not VanBan.objects.exists()

    for muc in ("tinh_hinh", "han_che"):
        save_phan_loi(bao_cao=bao_cao, muc=muc, noi_dung="Ổn định.", version=0, by=bi_thu_phuong)
    zero_so_lieu_nhap(bao_cao=bao_cao, by=bi_thu_phuong)
    bao_cao.refresh_from_db()
    submit_bao_cao(bao_cao=bao_cao, version=bao_cao.version, by=bi_thu_phuong)
    first = client.get(url("pdf", bao_cao)).content
    second = client_of(van_phong).get(url("pdf", bao_cao)).content

    assert first == second
    assert VanBan.objects.get().so_ky_hieu == "01-BC/ĐTN"


# ---- statements ----------------------------------------------------------------------------


def grow(phuong, count):
    for _ in range(count):
        branch = make_chi_doan(phuong=phuong)
        nguoi = make_doan_vien(chi_doan=branch, tu_ngay=date(2026, 8, 1))
        make_buoi(chi_doan=branch, ngay=date(2026, 9, 1), diem_danh={nguoi: "co_mat"})


@pytest.mark.parametrize("name", ["detail", "list", "rows"])
def test_pages_take_the_same_statements_for_one_branch_and_many(
    client_of, bi_thu_phuong, phuong, da_nop, name
):
    pages = {
        "detail": url("detail", da_nop),
        "list": LIST,
        "rows": reverse("baocao:chi_tieu_rows", args=[phuong.pk, "doan_vien"]),
    }
    client = client_of(bi_thu_phuong)
    counts = []
    for more in (0, 3):
        grow(phuong, more)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(pages[name], {"ky": "2026Q3"}).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= TOI_DA


def test_the_list_of_the_office_above_takes_the_same_statements(
    client_of, van_phong, huyen, da_nop
):
    client = client_of(van_phong)
    counts = []
    for more in (0, 3):
        for _ in range(more):
            make_bao_cao(don_vi=make_phuong(cap_tren=huyen))
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST, {"ky": "2026Q3"})
        counts.append(len(queries))

    assert counts[0] == counts[1] <= TOI_DA


def test_a_correction_is_counted_for_the_office_above(client_of, van_phong, bi_thu_phuong, da_nop):
    reopened = BaoCao.objects.get(pk=da_nop.pk)
    reopened.trang_thai = BaoCao.TrangThai.TRA_LAI
    reopened.save()
    override_so_lieu(
        bao_cao=reopened,
        ma="ket_nap_moi",
        gia_tri=Decimal(9),
        ly_do="Chưa nhập.",
        by=bi_thu_phuong,
    )
    reopened.refresh_from_db()
    submit_bao_cao(bao_cao=reopened, version=reopened.version, by=bi_thu_phuong)

    (row,) = client_of(van_phong).get(LIST, {"ky": "2026Q3"}).context["rows"]

    assert row.bao_cao.so_sua_tay == 1
    assert row.ky == KyBaoCao(2026, quy=3)


# ---- figures of a unit, words about a report -----------------------------------------------


def test_a_unit_shows_all_its_figures_of_a_period(client_of, van_phong, bao_cao, phuong):
    page = client_of(van_phong).get(
        reverse("baocao:don_vi_so_lieu", args=[phuong.pk]), {"ky": "2026Q3"}
    )

    figures = {row.chi_tieu.ma: row for _, rows in page.context["nhom"] for row in rows}
    assert figures["ket_nap_moi"].trong_ky.tu == 1
    assert figures["xep_loai_tot"].trong_ky.gia_tri is None
    assert page.context["ky_sau"] == "2026Q4"


def test_rows_of_a_district_name_the_ward(client_of, van_phong, huyen, bao_cao):
    rows = reverse("baocao:chi_tieu_rows", args=[huyen.pk, "ket_nap_moi"])

    text = client_of(van_phong).get(rows, {"ky": "2026Q3"}).content.decode()

    assert "Xã, phường" in text
    assert "phường Thử" in text


def test_both_sides_speak_about_a_report(client_of, bi_thu_phuong, van_phong, da_nop):
    for user, text in ((van_phong, "Xem lại 2.6."), (bi_thu_phuong, "Đã kiểm tra.")):
        client_of(user).post(url("comment", da_nop), {"y_kien": text})
    empty = client_of(van_phong).post(url("comment", da_nop), {"y_kien": " "}, follow=True)

    text = empty.content.decode()
    assert text.index("Đã kiểm tra.") < text.index("Xem lại 2.6.")
    assert "Viết ý kiến rồi gửi." in text
    assert da_nop.buoc.filter(hanh_dong="y_kien").count() == 2


def test_accepting_and_returning_ask_first(client_of, van_phong, da_nop):
    client = client_of(van_phong)

    for name, verb in (("accept", "Chấp nhận"), ("return", "Trả lại")):
        page = client.get(url(name, da_nop))
        assert page.context["verb"] == verb
    da_nop.refresh_from_db()
    assert da_nop.is_da_nop


def test_an_accepted_report_shows_who_took_it(client_of, van_phong, bi_thu_phuong, da_nop):
    client_of(van_phong).post(url("accept", da_nop))

    stages = client_of(bi_thu_phuong).get(url("detail", da_nop)).context["trang"].stages

    assert [stage["state"] for stage in stages] == ["done", "done", "done", "todo"]
    assert stages[2]["note"] == "18/11/2026 · Võ Thu Hà"


def test_unknown_sections_and_figures_are_not_there(client_of, bi_thu_phuong, bao_cao):
    client = client_of(bi_thu_phuong)

    assert client.get(url("phan_loi", bao_cao, "khong-co")).status_code == 404
    assert client.get(url("so_lieu", bao_cao, "khong_co")).status_code == 404


def test_a_submitted_report_refuses_words_and_figures(client_of, bi_thu_phuong, da_nop):
    client = client_of(bi_thu_phuong)
    words = {"noi_dung": "Thêm.", "version": "0"}

    section = client.post(url("phan_loi", da_nop, "uu_diem"), words)
    figure = client.post(url("so_lieu", da_nop, "ket_nap_moi"), {"gia_tri": "3", "ly_do": "Sai."})

    for answer in (section, figure):
        assert "đề nghị cấp trên trả lại" in answer.content.decode()


def test_a_returned_report_opens_at_what_needs_a_look(client_of, bi_thu_phuong, van_phong, da_nop):
    client_of(van_phong).post(url("return", da_nop), {"ly_do": "Xem lại kết nạp."})
    override_so_lieu(
        bao_cao=da_nop,
        ma="ket_nap_moi",
        gia_tri=Decimal(3),
        ly_do="Chưa nhập.",
        by=bi_thu_phuong,
    )

    trang = client_of(bi_thu_phuong).get(url("detail", da_nop)).context["trang"]

    assert trang.chi_can_xem
    assert [line.ma for _, lines in trang.nhom for line in lines] == ["ket_nap_moi"]
