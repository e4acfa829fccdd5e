"""Pages of a round: who sees what and when, what is typed is kept, evidence stays in the house."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from baocao.dot_cham import services
from baocao.dot_cham.forms import MoDotForm
from baocao.dot_cham.services.kiem_phieu import KetQuaPhieu
from baocao.dot_cham.services.minh_chung import Gui
from baocao.models import BoTieuChi, DiemTieuChi, DongCham, DotCham, KiemPhieuCham, MinhChung
from core.errors import RuleError
from tests.factories import make_bo_diem, make_buoi, make_doan_vien, make_dot_cham, make_nguoi_dung
from tochuc.models import CongViec
from tochuc.permissions import VaiTro
from tochuc.viec_nen import Job

from .conftest import cham, den_cong_bo, den_tham_dinh, den_thu, dong_cua

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"baocao:{name}", args=args)


def diem(dong, ma):
    return DiemTieuChi.objects.select_related("dong").get(dong=dong, ma=ma)


# ---- scope ---------------------------------------------------------------------------------


def test_a_branch_sees_its_own_line_until_the_result_is_published(
    client, dot, dong, chi_doan_khac, bi_thu
):
    beside = dong_cua(dot, chi_doan_khac)
    client.force_login(bi_thu)

    assert client.get(dong.get_absolute_url()).status_code == 200
    assert client.get(beside.get_absolute_url()).status_code == 404
    den_cong_bo(dot)
    assert client.get(beside.get_absolute_url()).status_code == 200


def test_a_branch_sees_no_official_points_before_publishing(client, dot, dong, bi_thu):
    den_thu(dot)
    client.force_login(bi_thu)

    assert not client.get(dong.get_absolute_url()).context["hien"]
    assert not client.get(dot.get_absolute_url()).context["hien_diem"]


def test_the_office_sees_the_trial(client, dot, bi_thu_phuong):
    den_thu(dot)
    client.force_login(bi_thu_phuong)

    page = client.get(dot.get_absolute_url())

    assert page.context["hien_diem"]
    assert page.context["muc"] == [("Hoàn thành nhiệm vụ", 2)]


def test_strangers_find_nothing(client, dot, dong, nguoi_la):
    client.force_login(nguoi_la)

    for address in (dot.get_absolute_url(), dong.get_absolute_url()):
        assert client.get(address).status_code == 404


def test_words_and_evidence_of_a_branch_are_not_open_to_the_others(
    client, dot, dong, chi_doan_khac
):
    services.add_minh_chung(
        cua=diem(dong, "a1"), gui=Gui(ten="bien-ban.pdf", tep=b"%PDF-1"), by=None
    )
    services.add_minh_chung(cua=diem(dong, "a1"), gui=Gui(url="https://vi.du/anh"), by=None)
    file = MinhChung.objects.get(loai="pdf")
    den_cong_bo(dot)
    client.force_login(make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, chi_doan_khac))

    page = client.get(dong.get_absolute_url())

    assert "https://vi.du/anh" not in page.content.decode()
    assert client.get(url("minh_chung_tep", file.pk)).status_code == 404


def test_the_verifiers_words_are_for_the_unit_and_its_offices(client, dot, dong, chi_doan_khac):
    den_cong_bo(dot)
    dong.tieu_chi.update(ly_do="Đồng chí A chưa nộp bài", tu=1, mau=2)
    client.force_login(make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, chi_doan_khac))

    page = client.get(dong.get_absolute_url())

    assert page.status_code == 200
    assert "Đồng chí A" not in page.content.decode()
    assert not any(item.url_so for group in page.context["groups"] for item in group.muc)


def test_an_objection_whose_file_is_refused_is_not_sent_by_half(client, dot, dong, bi_thu):
    den_cong_bo(dot)
    client.force_login(bi_thu)

    page = client.post(
        url("y_kien_cham", dong.pk),
        {
            "ma": "a1",
            "noi_dung": "Thiếu một lớp",
            "tep": SimpleUploadedFile("a.jpg", b"no picture"),
        },
    )

    assert page.status_code == 200
    assert not dong.y_kien.exists()


def test_a_long_link_is_evidence_too(dong):
    address = f"https://vi.du/{'a' * 260}"

    item = services.add_minh_chung(cua=diem(dong, "a1"), gui=Gui(url=address), by=None)

    assert item.url == address
    item.full_clean(exclude=["them_boi"])


# ---- self-score ----------------------------------------------------------------------------


def test_a_criterion_is_saved_at_once(client, dong, bi_thu):
    client.force_login(bi_thu)
    row = diem(dong, "a1")

    answer = client.post(
        url("diem_save", row.pk, "tu_cham"), {"version": "0", "diem": "12,5", "loi": "Đủ sổ"}
    )

    row.refresh_from_db()
    assert answer.url == f"{url('tu_cham', dong.pk)}#a1"
    assert (row.diem_tu_cham, row.nhan_xet, row.nhap_thay) == (Decimal("12.50"), "Đủ sổ", False)
    assert client.get(url("tu_cham", dong.pk)).context["con"] == 1


def test_what_is_refused_is_mended_on_a_page_with_the_words_that_were_typed(client, dong, bi_thu):
    client.force_login(bi_thu)
    row = diem(dong, "a1")

    page = client.post(url("diem_save", row.pk, "tu_cham"), {"version": "0", "diem": "99"})

    assert page.status_code == 200
    assert "điểm từ 0 đến 40" in page.content.decode()


def test_the_ward_types_in_a_branchs_place_and_it_says_so(client, dong, bi_thu_phuong):
    client.force_login(bi_thu_phuong)
    row = diem(dong, "a1")

    client.post(url("diem_save", row.pk, "tu_cham"), {"version": "0", "diem": "10"})

    row.refresh_from_db()
    assert row.nhap_thay


def test_a_meeting_of_the_period_is_evidence(client, dong, chi_doan, bi_thu):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2024, 1, 1))
    held = make_buoi(chi_doan=chi_doan, ngay=date(2026, 10, 5))
    client.force_login(bi_thu)

    client.post(url("minh_chung_add", diem(dong, "a1").pk), {"buoi": held.pk})

    assert MinhChung.objects.get().buoi == held

    address = url("minh_chung_delete", MinhChung.objects.get().pk)
    assert client.get(address).status_code == 200
    assert MinhChung.objects.exists()  # asked first
    assert client.post(address).url == f"{url('tu_cham', dong.pk)}#a1"
    assert not MinhChung.objects.exists()


def test_evidence_is_one_thing_at_a_time(client, dong, bi_thu):
    client.force_login(bi_thu)
    address = url("minh_chung_add", diem(dong, "a1").pk)
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7")

    both = client.post(address, {"tep": file, "url": "https://vi.du"})
    broken = client.post(address, {"url": "vi du"})

    assert "giữ một ô" in both.context["form"].non_field_errors()[0]
    assert broken.context["form"].errors["url"] == ["Dán nguyên liên kết, bắt đầu bằng https://"]


def test_a_meeting_of_another_branch_is_none(dong, chi_doan_khac):
    held = make_buoi(chi_doan=chi_doan_khac, ngay=date(2026, 10, 5))

    with pytest.raises(RuleError, match="của đơn vị mình"):
        services.add_minh_chung(cua=diem(dong, "a1"), gui=Gui(buoi=held), by=None)


@pytest.mark.parametrize(
    ("gui", "words"),
    [
        (Gui(ten="a.pdf", tep=b"%PDF" + b"0" * (10 * 1024 * 1024)), "10 MB"),
        (Gui(ten="a.exe", tep=b"MZ not a picture"), "không phải ảnh.*PDF"),
        (Gui(url="http://vi.du"), "https"),
        (Gui(url="javascript:alert(1)"), "https"),
    ],
)
def test_what_is_no_evidence_is_refused(dong, gui, words):
    with pytest.raises(RuleError, match=words):
        services.add_minh_chung(cua=diem(dong, "a1"), gui=gui, by=None)


def test_a_pdf_is_only_ever_downloaded(client, dong, bi_thu):
    client.force_login(bi_thu)
    file = SimpleUploadedFile("Biên bản.pdf", b"%PDF-1.7 thu", "text/html")
    client.post(url("minh_chung_add", diem(dong, "a1").pk), {"tep": file})

    answer = client.get(url("minh_chung_tep", MinhChung.objects.get().pk))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")


# ---- verification, objections --------------------------------------------------------------


def test_the_verifier_takes_over_the_rest_with_one_press(client, dot, dong, can_bo_phuong):
    den_tham_dinh(dot)
    client.force_login(can_bo_phuong)

    client.post(url("dong_cham_dong_y", dong.pk))
    client.post(url("dong_cham_buoc", dong.pk, "xong"), {"version": dong.version})

    dong.refresh_from_db()
    assert dong.trang_thai == DongCham.TrangThai.DA_THAM_DINH


def test_a_missing_comment_is_asked_for_beside_the_box(client, dot, dong, bi_thu_phuong):
    den_tham_dinh(dot)
    client.force_login(bi_thu_phuong)

    page = client.post(
        url("diem_save", diem(dong, "a1").pk, "tham_dinh"), {"version": "1", "diem": "1"}
    )

    assert page.context["form"].errors["loi"]
    assert page.context["subtitle"].endswith("tự chấm: 35")


def test_what_somebody_else_wrote_meanwhile_is_shown_beside_ones_own(
    client, dot, dong, bi_thu_phuong
):
    den_tham_dinh(dot)
    row = diem(dong, "a1")
    services.save_tham_dinh(diem_tieu_chi=row, diem=Decimal(20), ly_do="Thiếu", by=None)
    client.force_login(bi_thu_phuong)

    page = client.post(
        url("diem_save", row.pk, "tham_dinh"), {"version": row.version, "diem": "25", "loi": "Đủ"}
    )

    assert page.status_code == 409
    shown = [(item["mine"], item["theirs"]) for item in page.context["versions"]]
    assert shown == [(Decimal(25), Decimal(20)), ("Đủ", "Thiếu")]


def test_a_published_round_says_how_many_objections_wait(client, dot, dong, bi_thu, bi_thu_phuong):
    den_cong_bo(dot)
    client.force_login(bi_thu)
    client.post(url("y_kien_cham", dong.pk), {"ma": "a1", "noi_dung": "Xin xem lại"})
    client.force_login(bi_thu_phuong)

    page = client.get(dot.get_absolute_url())

    assert "1 đơn vị có ý kiến chờ trả lời" in page.content.decode()
    assert not any(step["primary"] for step in page.context["buoc"])  # nothing to close yet


def test_a_result_that_was_changed_behind_the_services_is_told(client, dot, dong, bi_thu_phuong):
    services.add_minh_chung(cua=diem(dong, "a1"), gui=Gui(ten="a.pdf", tep=b"%PDF-1"), by=None)
    DotCham.objects.filter(pk=dot.pk).update(trang_thai="chung_cuoc", ban_bam="a" * 64)
    client.force_login(bi_thu_phuong)

    page = client.post(url("dot_cham_kiem_tra", dot.pk), follow=True)

    assert "Mã băm không khớp" in page.content.decode()
    MinhChung.objects.update(tep=b"%PDF-2")
    page = client.post(url("dot_cham_kiem_tra", dot.pk), follow=True)
    assert "1 tệp minh chứng đã khác lúc chốt" in page.content.decode()


# ---- opening, in the background ------------------------------------------------------------


def test_the_last_quarter_is_opened_once_it_is_over(phuong):
    choices = dict(MoDotForm(don_vi=phuong).fields["ky"].choices)
    codes = list(choices)

    assert choices["2026Q3"].replace("\u00a0", " ") == "Quý III năm 2026"

    assert codes == ["2026", "2026Q4", "2026Q3", "2026Q2", "2026Q1", "2025Q4", "2025"]


def test_a_set_that_ended_within_the_year_is_offered_for_its_quarters(phuong):
    bo = make_bo_diem(phuong)
    BoTieuChi.objects.filter(pk=bo.pk).update(
        tu_ngay=date(2026, 1, 1), den_ngay=date(2026, 6, 30), trang_thai="thoi"
    )

    assert bo in MoDotForm(don_vi=phuong).fields["bo"].queryset


def test_a_ward_opens_no_round_beside_that_of_an_office_above(
    client, nguoi, huyen, phuong, van_phong
):
    of_ward = make_dot_cham(phuong)
    dot = make_dot_cham(huyen)
    client.force_login(van_phong)

    page = client.get(dot.get_absolute_url())

    assert page.context["dot_trung"] == [of_ward]
    assert "Mức của năm theo quyết định ban hành trước" in page.content.decode()
    DotCham.objects.filter(pk=of_ward.pk).update(trang_thai="huy")
    with pytest.raises(RuleError, match="đã chấm các đơn vị này"):
        make_dot_cham(phuong)


def test_a_ward_opens_a_round_on_its_page(client, nguoi, phuong, bi_thu_phuong):
    client.force_login(bi_thu_phuong)
    bo = BoTieuChi.objects.get(ma="hd33-chi-doan", don_vi=None)

    client.post(
        url("dot_cham_open"),
        {"bo": bo.pk, "ky": "2026", "han_tu_cham": "25/11/2026", "han_tham_dinh": "5/12/2026"},
    )

    dot = DotCham.objects.get()
    assert (dot.don_vi, dot.dong.count(), dot.ten) == (phuong, 2, "Chấm điểm chi đoàn năm 2026")
    assert dot.may_luc is not None


def test_a_large_round_is_opened_computed_and_added_up_in_the_background(
    client, nguoi, phuong, bi_thu_phuong, monkeypatch
):
    monkeypatch.setattr("baocao.dot_cham.viec_nen.LAM_NGAY", 1)
    said = []
    monkeypatch.setattr(Job, "progress", lambda _, *far: said.append(far))
    client.force_login(bi_thu_phuong)
    bo = BoTieuChi.objects.get(ma="hd33-chi-doan", don_vi=None)
    han = {"han_tu_cham": "25/11/2026", "han_tham_dinh": "5/12/2026"}

    def done(answer):
        """The work that was begun: it is over, and leads to the round."""
        work = next(row for row in CongViec.objects.all() if row.get_absolute_url() == answer.url)
        assert work.trang_thai == CongViec.TrangThai.XONG
        assert work.dia_chi == DotCham.objects.get().get_absolute_url()
        return DotCham.objects.get()

    early = client.post(
        url("dot_cham_open"), {"bo": bo.pk, "ky": "2026", **han, "han_tham_dinh": "1/11/2026"}
    )
    assert early.context["form"].errors["han_tham_dinh"]
    assert not said
    dot = done(client.post(url("dot_cham_open"), {"bo": bo.pk, "ky": "2026", **han}))
    assert dot.may_luc is not None
    assert (0, 2, "Đang tính từng chi đoàn") in said
    DotCham.objects.update(may_luc=None)
    dot = done(client.post(url("dot_cham_tinh", dot.pk)))
    assert dot.may_luc is not None
    DotCham.objects.update(trang_thai="tham_dinh")
    DongCham.objects.update(trang_thai="da_tham_dinh")
    step = url("dot_cham_buoc", dot.pk, "thu")
    assert done(client.post(step, {"version": dot.version})).trang_thai == "thu"


def test_the_same_number_of_statements_for_one_unit_and_for_many(
    client, huyen, phuong, nguoi, van_phong, django_assert_max_num_queries
):
    dot = make_dot_cham(huyen, by=None)
    client.force_login(van_phong)

    with django_assert_max_num_queries(12):
        client.get(dot.get_absolute_url())


# ---- wards, votes --------------------------------------------------------------------------


def test_wards_score_themselves_and_the_office_verifies(client, huyen, phuong, nguoi, van_phong):
    bo = BoTieuChi.objects.get(ma="hd33-doan-co-so", don_vi=None)
    dot = make_dot_cham(huyen, bo=bo, han_tu_cham=date(2026, 11, 1))
    line = dong_cua(dot, phuong)
    ward = make_nguoi_dung(VaiTro.CAN_BO_PHUONG, phuong)
    client.force_login(ward)
    tally = client.get(url("kiem_phieu_cham", line.pk, "chi_doan"))
    assert tally.context["title"] == "Đoàn cơ sở bỏ phiếu về mình"

    asked = [row for row in line.tieu_chi.all() if not row.muc_may]
    for row in asked:
        row.dong = line
        luat = dot.quy_tac["tieu_chi"]
        levels = next(item["bac"] for item in luat if item["ma"] == row.ma)
        services.save_tu_cham(diem_tieu_chi=row, diem=None, muc=levels[0]["muc"], by=ward)
    services.send_dong(dong=line, by=ward)
    services.start_tham_dinh(dot=dot, by=van_phong)
    services.agree_rest(dong=line, by=van_phong)
    services.finish_tham_dinh(dong=line, by=van_phong)

    assert line.so_doan_vien == 10
    assert dong_cua(dot, phuong).trang_thai == "da_tham_dinh"


@pytest.fixture
def dong_hd33(nguoi, phuong, chi_doan):
    bo = BoTieuChi.objects.get(ma="hd33-chi-doan", don_vi=None)
    return dong_cua(make_dot_cham(phuong, bo=bo), chi_doan)


def phieu(**values) -> KetQuaPhieu:
    fields = {
        "ngay": date(2026, 11, 15),
        "tong_so": 10,
        "co_mat": 8,
        "phieu": {"htt": 6},
        "hong": 2,
    }
    return KetQuaPhieu(**{**fields, **values})


def test_a_tally_says_which_level_has_the_majority(dong_hd33, bi_thu):
    row = services.save_kiem_phieu(
        dong=dong_hd33, ben="chi_doan", ket_qua=phieu(phieu={"htt": 5, "ht": 1}), by=bi_thu
    )

    assert row.muc == "htt"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"co_mat": 11}, "Có mặt phải từ 1 đến 10"),
        ({"phieu": {"htt": 9}}, "khác số có mặt 8"),
        ({"ngay": date(2026, 11, 19)}, "chưa đến"),
        ({"phieu": {"manh": 6}}, "từng mức của bộ"),
        ({"hong": -1, "phieu": {"htt": 9}}, "từng mức của bộ"),
    ],
)
def test_a_tally_that_cannot_be_is_refused(dong_hd33, values, words):
    with pytest.raises(RuleError, match=words):
        services.save_kiem_phieu(dong=dong_hd33, ben="chi_doan", ket_qua=phieu(**values), by=None)


def test_without_a_majority_the_vote_decides_nothing(dong_hd33):
    votes = phieu(phieu={"htt": 4, "ht": 4}, hong=0)

    row = services.save_kiem_phieu(dong=dong_hd33, ben="ban_chap_hanh", ket_qua=votes, by=None)

    assert row.muc == ""


def test_the_tally_is_typed_on_its_page(client, dong_hd33, bi_thu):
    client.force_login(bi_thu)
    data = {"ngay": "15/11/2026", "tong_so": "10", "co_mat": "8", "phieu_htt": "6", "hong": "2"}

    client.post(url("kiem_phieu_cham", dong_hd33.pk, "chi_doan"), data)

    row = KiemPhieuCham.objects.get()
    assert (row.phieu["htt"], row.hong, row.muc) == (6, 2, "htt")


def test_a_branch_does_not_type_the_committees_vote(client, dong_hd33, bi_thu):
    client.force_login(bi_thu)

    assert client.get(url("kiem_phieu_cham", dong_hd33.pk, "ban_chap_hanh")).status_code == 403


# ---- duties --------------------------------------------------------------------------------


def test_a_branch_is_told_to_score_itself(client, dot, dong, bi_thu):
    client.force_login(bi_thu)

    assert "Tự chấm điểm chi đoàn" in client.get("/").content.decode()
    cham(dong, a1=1, a2=1)
    services.send_dong(dong=dong, by=bi_thu)
    assert "Tự chấm điểm chi đoàn" not in client.get("/").content.decode()


def test_a_ward_is_told_what_a_round_waits_for(client, dot, dong, bi_thu_phuong):
    client.force_login(bi_thu_phuong)

    den_tham_dinh(dot)
    assert "Thẩm định bản chấm của 2\u00a0đơn vị" in client.get("/").content.decode()
    for line in dot.dong.all():
        services.agree_rest(dong=line, by=None)
        services.finish_tham_dinh(dong=line, by=None)
    services.trial_dot(dot=dot, by=None)
    services.publish_dot(dot=dot, by=None)
    services.send_y_kien(dong=dong, noi_dung="Xem lại", by=None)
    assert "Trả lời 1\u00a0ý kiến" in client.get("/").content.decode()


def test_the_list_shows_the_rounds_in_which_something_waits(client, dot, dong, bi_thu):
    client.force_login(bi_thu)

    def found(viec):
        return list(client.get(url("dot_cham_list"), {"viec": viec}).context["page"])

    assert client.get(url("tu_cham_tiep")).url == url("tu_cham", dong.pk)
    assert found("tu-cham") == [dot]
    assert found("tham-dinh") == found("xem-lai") == found("quyet-dinh") == []


def test_an_office_is_told_what_to_look_at_and_to_decide(client, nguoi, huyen, chi_doan, van_phong):
    dot = make_dot_cham(huyen)
    client.force_login(van_phong)

    den_tham_dinh(dot)
    services.agree_rest(dong=dong_cua(dot, chi_doan), by=None)
    services.finish_tham_dinh(dong=dong_cua(dot, chi_doan), by=None)
    assert "Xem lại kết quả thẩm định của 1\u00a0đơn vị" in client.get("/").content.decode()
    DotCham.objects.update(trang_thai="chung_cuoc", ban_bam="x")
    assert "Ra quyết định cho 1\u00a0đợt chấm" in client.get("/").content.decode()
    page = client.get(url("dot_cham_list"), {"viec": "quyet-dinh"})
    assert list(page.context["page"]) == [dot]
    DotCham.objects.update(ky="2026Q3")
    assert "Ra quyết định" not in client.get("/").content.decode()
