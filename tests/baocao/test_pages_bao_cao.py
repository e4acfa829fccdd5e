from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from baocao.models import BaoCao, SoLieu
from baocao.services import override_so_lieu, save_phan_loi, zero_so_lieu_nhap
from tests.factories import make_bao_cao
from tochuc.models import NhatKy, VanBan

pytestmark = pytest.mark.usefixtures("papers_unread")
LIST = reverse("baocao:list")
TOI_DA = 12


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
    first = client.get(url("submit", bao_cao)).context["items"][0]
    assert (first.family, first.url.split("#")[0]) == (
        "bad",
        f"{url('detail', bao_cao)}?xem=tat-ca",
    )

    answer = client.post(url("submit", bao_cao), {"version": str(bao_cao.version)}, follow=True)

    text = answer.content.decode()
    assert "tự nhập còn trống" in text
    assert "Phần lời: đã viết 0/13 mục" in text
    bao_cao.refresh_from_db()
    assert bao_cao.is_dang_sua


def test_a_period_is_locked_by_the_office_above(client_of, van_phong, huyen, da_nop):
    client = client_of(van_phong)
    client.post(reverse("baocao:lock") + "?ky=2026Q3")
    da_nop.refresh_from_db()
    assert da_nop.trang_thai == BaoCao.TrangThai.DA_NOP

    client.post(url("accept", da_nop))
    assert "không mở lại được" in client.get(reverse("baocao:lock") + "?ky=2026Q3").text
    da_nop.refresh_from_db()
    assert da_nop.trang_thai == BaoCao.TrangThai.CHAP_NHAN
    client.post(reverse("baocao:lock") + "?ky=2026Q3")
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


# ---- the paper -----------------------------------------------------------------------------


def test_a_report_gets_its_number_when_it_is_handed_in_and_a_look_changes_nothing(
    client_of, bi_thu_phuong, van_phong, bao_cao
):
    client = client_of(bi_thu_phuong)
    for muc in ("tinh_hinh", "han_che"):
        save_phan_loi(bao_cao=bao_cao, muc=muc, noi_dung="Ổn định.", version=0, by=bi_thu_phuong)
    zero_so_lieu_nhap(bao_cao=bao_cao, by=bi_thu_phuong)
    bao_cao.refresh_from_db()
    draft = client.get(url("pdf", bao_cao))
    assert draft["Content-Type"] == "application/pdf"
    assert not VanBan.objects.exists()

    client.post(url("submit", bao_cao), {"version": bao_cao.version})

    van_ban = VanBan.objects.get()
    assert van_ban.so_ky_hieu == "01-BC/ĐTN"
    for reader in (client, client_of(van_phong)):
        assert reader.get(url("pdf", bao_cao)).content == bytes(van_ban.tep)
    assert VanBan.objects.get() == van_ban


def test_a_report_handed_in_without_a_paper_is_only_looked_at(client_of, van_phong, da_nop):
    response = client_of(van_phong).get(url("pdf", da_nop))

    assert "du-thao" in response["Content-Disposition"]
    assert not VanBan.objects.exists()


# ---- figures of a unit, words about a report -----------------------------------------------


def test_a_unit_shows_all_its_figures_of_a_period(client_of, van_phong, bao_cao, phuong):
    page = client_of(van_phong).get(
        reverse("baocao:don_vi_so_lieu", args=[phuong.pk]), {"ky": "2026Q3"}
    )

    figures = {row.chi_tieu.ma: row for _, rows in page.context["nhom"] for row in rows}
    assert figures["ket_nap_moi"].trong_ky.tu == 1
    assert figures["xep_loai_tot"].trong_ky.gia_tri is None
    assert page.context["ky_sau"] == "ky=2026Q4"


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


def test_an_open_report_begins_with_what_needs_a_look(client_of, bi_thu_phuong, bao_cao):
    trang = client_of(bi_thu_phuong).get(url("detail", bao_cao)).context["trang"]

    shown = [line for _, lines in trang.nhom for line in lines]
    assert trang.chi_can_xem
    assert 0 < len(shown) < len(trang.lines)
    assert all(line.is_can_xem for line in shown)


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
