"""Inspection: its steps, who may take them, what is prepared for it, what follows from it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from chidoan.kiem_tra import khac_phuc, services
from chidoan.kiem_tra.chuong_trinh import create_chuong_trinh, plan
from chidoan.kiem_tra.ket_nap import BUOC, ket_nap_nam, thieu_bang_chu
from chidoan.kiem_tra.quy_trinh import BANG, buoc_theo_kien_nghi
from chidoan.kiem_tra.so_lieu import DONG, KhoangXem, doc_so_lieu
from chidoan.models import CuocKiemTra, KienNghi
from chidoan.models.kiem_tra import TrangThaiKiemTra as T
from core.errors import RuleError, StaleError
from core.periods import KyBaoCao, today
from doanvien.models import BuocKetNap, KetNap
from tests.factories import make_buoi, make_doan_vien, make_ket_nap
from tests.kiem_tra_data import make_cuoc, make_ket_qua, make_kien_nghi
from tochuc.models import VanBan

MOT_NGAY = timedelta(days=1)
VISIT = {
    "tu_ngay": date(2026, 1, 1),
    "den_ngay": date(2026, 4, 30),
    "dia_diem": "Nhà văn hóa khu vực 1",
    "truong_doan": "Trịnh Hoài Phong",
    "chuc_vu_truong": "Bí thư Đoàn phường",
    "thanh_vien": "Hồ Thị Yến, Phó Bí thư",
    "dai_dien": "Lê Minh Duy, Bí thư chi đoàn",
}


# ---- rules -----------------------------------------------------------------------------------

STATES = st.lists(st.sampled_from(KienNghi.TrangThai.values), min_size=1, max_size=6)


@given(st.sampled_from([T.DA_KET_LUAN, T.KHAC_PHUC, T.XONG]), STATES)
def test_an_inspection_is_done_when_and_only_when_every_recommendation_is_closed(at, states):
    for _ in range(3):
        step = buoc_theo_kien_nghi(at, states)
        if not step:
            break
        assert at in BANG[step].tu
        at = BANG[step].den

    assert (at == T.XONG) == all(one == "xong" for one in states)
    assert buoc_theo_kien_nghi(at, states) == ""


# ---- the way of an inspection --------------------------------------------------------------------


def test_from_the_programme_to_the_last_remedy(bi_thu_phuong, bi_thu, phuong, chi_doan):
    nam = today().year
    programme = create_chuong_trinh(don_vi=phuong, nam=nam, by=bi_thu_phuong)
    theme = {
        "chuong_trinh": programme,
        "hinh_thuc": "kiem_tra",
        "chuyen_de": "Công tác phát triển đoàn viên",
        "ky": KyBaoCao(nam, quy=2),
        "doi_tuong": [chi_doan],
        "by": bi_thu_phuong,
    }
    (cuoc,) = plan(**theme)
    with pytest.raises(RuleError, match="đã có cuộc này"):
        plan(**theme)
    ngay = today() - timedelta(days=10)
    visit = VISIT | {"tu_ngay": ngay - timedelta(days=90), "den_ngay": ngay}
    cuoc = services.carry_out(cuoc=cuoc, version=1, ngay=ngay, by=bi_thu_phuong, **visit)
    services.save_ket_qua(
        cuoc=cuoc,
        loai="han_che",
        noi_dung="Kết nạp chưa đủ bước",
        so_lieu="2/3 trường hợp chưa học Điều lệ",
        by=bi_thu_phuong,
    )
    kien_nghi = services.save_kien_nghi(
        cuoc=cuoc,
        noi_dung="Tổ chức học Điều lệ cho 2 đồng chí",
        han=today() + timedelta(days=30),
        by=bi_thu_phuong,
    )
    assert not CuocKiemTra.objects.visible_to(bi_thu).exists()

    cuoc = services.conclude(
        cuoc=cuoc, version=cuoc.version, ngay=ngay, ket_luan="Nền nếp khá.", by=bi_thu_phuong
    )

    assert cuoc.trang_thai == T.DA_KET_LUAN
    assert list(CuocKiemTra.objects.visible_to(bi_thu)) == [cuoc]
    papers = VanBan.objects.of(cuoc).order_by("loai")
    assert [row.so_ky_hieu for row in papers] == ["01-BB/ĐTN", "01-KL/ĐTN"]

    khac_phuc.answer(kien_nghi=kien_nghi, ngay=today(), noi_dung="Đã học ngày 3/5", by=bi_thu)
    cuoc.refresh_from_db()
    assert cuoc.trang_thai == T.KHAC_PHUC

    khac_phuc.send_back(kien_nghi=kien_nghi, y_kien="Gửi danh sách dự học", by=bi_thu_phuong)
    khac_phuc.answer(kien_nghi=kien_nghi, ngay=today(), noi_dung="Đã gửi danh sách", by=bi_thu)
    khac_phuc.accept(kien_nghi=kien_nghi, by=bi_thu_phuong)
    cuoc.refresh_from_db()
    assert (cuoc.trang_thai, cuoc.ngay_buoc) == (T.XONG, today())

    khac_phuc.send_back(kien_nghi=kien_nghi, y_kien="Xác nhận nhầm", by=bi_thu_phuong)
    cuoc.refresh_from_db()
    assert cuoc.trang_thai == T.KHAC_PHUC


def test_what_is_concluded_changes_no_more(bi_thu_phuong, chi_doan):
    cuoc = make_cuoc(doi_tuong=chi_doan, trang_thai="da_ket_luan")
    found, kien_nghi = make_ket_qua(cuoc), make_kien_nghi(cuoc)

    for act in (
        lambda: services.delete_ket_qua(ket_qua=found, by=bi_thu_phuong),
        lambda: services.delete_kien_nghi(kien_nghi=kien_nghi, by=bi_thu_phuong),
        lambda: services.undo_visit(cuoc=cuoc, ly_do="nhầm", by=bi_thu_phuong),
        lambda: services.conclude(
            cuoc=cuoc, version=1, ngay=cuoc.ngay, ket_luan="lại", by=bi_thu_phuong
        ),
    ):
        with pytest.raises(RuleError):
            act()


def test_what_the_minutes_say_stays_once_they_are_issued(bi_thu_phuong, chi_doan):
    cuoc = make_cuoc(doi_tuong=chi_doan, trang_thai="da_tien_hanh")
    found = make_ket_qua(cuoc)
    paper = services.issue_bien_ban(cuoc=cuoc, by=bi_thu_phuong)

    with pytest.raises(RuleError, match="đã ban hành"):
        services.delete_ket_qua(ket_qua=found, by=bi_thu_phuong)
    with pytest.raises(RuleError, match="đã ban hành"):
        services.update_bien_ban(cuoc=cuoc, version=1, ngay=cuoc.ngay, by=bi_thu_phuong, **VISIT)
    assert services.issue_bien_ban(cuoc=cuoc, by=bi_thu_phuong) == paper


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ngay": "mai"}, "ngay"),
        ({"truong_doan": " "}, "truong_doan"),
        ({"den_ngay": date(2025, 12, 31)}, "den_ngay"),
        ({"den_ngay": date(2026, 6, 1)}, "den_ngay"),
    ],
)
def test_a_visit_is_refused_without_what_the_minutes_need(bi_thu_phuong, chi_doan, change, field):
    cuoc = make_cuoc(doi_tuong=chi_doan)
    values = {"ngay": date(2026, 5, 20), **VISIT, **change}
    if values["ngay"] == "mai":
        values["ngay"] = today() + MOT_NGAY

    with pytest.raises(RuleError) as refusal:
        services.carry_out(cuoc=cuoc, version=1, by=bi_thu_phuong, **values)

    assert refusal.value.field == field


def test_a_shortcoming_needs_facts_and_an_old_version_is_refused(bi_thu_phuong, chi_doan):
    cuoc = make_cuoc(doi_tuong=chi_doan, trang_thai="da_tien_hanh")

    with pytest.raises(RuleError, match="số liệu"):
        services.save_ket_qua(
            cuoc=cuoc, loai="vi_pham", noi_dung="Thu sai", so_lieu=" ", by=bi_thu_phuong
        )
    with pytest.raises(StaleError):
        services.conclude(cuoc=cuoc, version=9, ngay=cuoc.ngay, ket_luan="x", by=bi_thu_phuong)


def test_the_office_above_sees_and_does_not_act_for_the_ward(
    van_phong, kiem_tra, bi_thu, uy_vien, chi_doan
):
    cuoc = make_cuoc(doi_tuong=chi_doan, trang_thai="da_tien_hanh")

    for person in (van_phong, kiem_tra):
        assert list(CuocKiemTra.objects.visible_to(person)) == [cuoc]
        with pytest.raises(PermissionDenied):
            services.give_up(cuoc=cuoc, ly_do="x", by=person)
    assert not CuocKiemTra.objects.visible_to(bi_thu).exists()
    assert not CuocKiemTra.objects.visible_to(uy_vien).exists()


def test_the_inspectors_do_not_answer_for_the_branch_above_them(van_phong, phuong, bi_thu_phuong):
    """A ward inspected by its district answers itself."""
    cuoc = make_cuoc(doi_tuong=phuong, trang_thai="da_ket_luan")
    kien_nghi = make_kien_nghi(cuoc)

    with pytest.raises(PermissionDenied):
        khac_phuc.answer(kien_nghi=kien_nghi, ngay=today(), noi_dung="x", by=van_phong)
    row = khac_phuc.answer(kien_nghi=kien_nghi, ngay=today(), noi_dung="Đã làm", by=bi_thu_phuong)
    assert not row.nhap_thay
    khac_phuc.take_back(kien_nghi=kien_nghi, by=bi_thu_phuong)
    kien_nghi.refresh_from_db()
    assert kien_nghi.trang_thai == KienNghi.TrangThai.CHO


def test_a_ward_takes_back_what_it_wrote_for_a_branch_and_not_the_branchs_own_report(
    client_of, bi_thu, bi_thu_phuong, chi_doan
):
    cuoc = make_cuoc(doi_tuong=chi_doan, trang_thai="da_ket_luan")
    kien_nghi = make_kien_nghi(cuoc)
    page = f"/kiem-tra-giam-sat/{cuoc.pk}/"
    khac_phuc.answer(kien_nghi=kien_nghi, ngay=today(), noi_dung="Đã ghi", by=bi_thu)

    assert "Lấy lại" not in client_of(bi_thu_phuong).get(page).content.decode()
    assert "Lấy lại" in client_of(bi_thu).get(page).content.decode()
    with pytest.raises(RuleError, match="báo cáo của đơn vị"):
        khac_phuc.take_back(kien_nghi=kien_nghi, by=bi_thu_phuong)
    khac_phuc.take_back(kien_nghi=kien_nghi, by=bi_thu)

    khac_phuc.answer(kien_nghi=kien_nghi, ngay=today(), noi_dung="Ghi thay", by=bi_thu_phuong)
    assert "Lấy lại" in client_of(bi_thu_phuong).get(page).content.decode()
    khac_phuc.take_back(kien_nghi=kien_nghi, by=bi_thu_phuong)
    assert not kien_nghi.tra_loi.exists()


def test_of_two_who_correct_a_finding_the_later_is_told(bi_thu_phuong, client_of, chi_doan):
    cuoc = make_cuoc(doi_tuong=chi_doan, trang_thai="da_tien_hanh")
    found = make_ket_qua(cuoc)
    data = {"loai": "han_che", "so_lieu": "2 buổi", "version": found.version}
    url = f"/kiem-tra-giam-sat/ket-qua/{found.pk}/sua/"
    client = client_of(bi_thu_phuong)
    client.post(url, data | {"noi_dung": "Câu của người trước"})

    late = client.post(url, data | {"noi_dung": "Câu của người sau"})

    assert late.status_code == 409
    assert "Câu của người trước" in late.content.decode()
    assert late.context["form"]["noi_dung"].value() == "Câu của người sau"
    assert [row.noi_dung for row in cuoc.ket_qua.all()] == ["Câu của người trước"]


# ---- what is prepared ---------------------------------------------------------------------------


def test_each_prepared_figure_opens_as_many_rows(phuong, chi_doan):
    person = make_doan_vien(chi_doan=chi_doan, ngay_vao_doan=date(2026, 3, 26))
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 2, 10), diem_danh={person: "co_mat"})
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 3, 10), ghi_muon=True)
    xem = KhoangXem(phuong, date(2026, 1, 1), date(2026, 4, 30))

    figures = {row.ma: row for row in doc_so_lieu(xem)}

    assert set(figures) == set(DONG)
    for ma in ("ghi_muon", "bien_ban", "nghi_quyet", "doan_phi", "ket_nap", "xep_loai"):
        assert figures[ma].gia_tri == str(DONG[ma](xem).count()), ma
    assert figures["ghi_muon"].gia_tri == "1"
    assert figures["sinh_hoat"].gia_tri == "2/4"
    assert figures["sinh_hoat"].family == "bad"


def test_admissions_are_held_against_the_rules(phuong, chi_doan):
    """One with everything, one without a class or number, one that nobody applied for."""
    introducer = make_doan_vien(chi_doan=chi_doan, ngay_vao_doan=date(2020, 3, 26))
    whole = make_ket_nap(
        chi_doan=chi_doan,
        trang_thai="chuan_y",
        nguoi_gioi_thieu=introducer,
        ngay_hoc_dieu_le=date(2026, 3, 1),
    )
    KetNap.objects.filter(pk=whole.pk).update(tao_luc="2026-02-01T00:00:00Z")
    nothing = {"so_nghi_quyet": "", "ngay_hoc_dieu_le": None, "to_chuc_gioi_thieu": ""}
    short = make_ket_nap(chi_doan=chi_doan, trang_thai="chuan_y", **nothing)
    BuocKetNap.objects.filter(ket_nap=short, loai="thong_qua").delete()
    make_doan_vien(chi_doan=chi_doan, ngay_vao_doan=date(2026, 3, 26), ngay_sinh=date(2011, 3, 26))

    rows = {row.doan_vien_id: row for row in ket_nap_nam(phuong, 2026)}

    assert rows.keys() >= {whole.doan_vien_id, short.doan_vien_id}
    lacks = {pk: thieu_bang_chu(row) for pk, row in rows.items()}
    assert lacks.pop(whole.doan_vien_id) == []
    assert lacks.pop(short.doan_vien_id) == [
        "Chưa học Điều lệ Đoàn",
        "Chi đoàn chưa biểu quyết",
        "Không có số nghị quyết chuẩn y",
        "Không ghi người giới thiệu",
        "Đơn ghi sau ngày chuẩn y",
    ]
    (child,) = lacks.values()
    assert child[0] == "Không có đơn, hồ sơ"
    assert "Ngoài độ tuổi kết nạp" in child


@pytest.mark.parametrize(
    ("born", "joined", "wrong"),
    [
        (date(2011, 3, 25), date(2026, 3, 26), False),
        (date(2011, 3, 26), date(2026, 3, 26), True),
        (date(2008, 2, 29), date(2023, 3, 1), False),
        (date(1996, 1, 1), date(2026, 12, 31), False),
        (date(1995, 12, 31), date(2026, 1, 1), True),
    ],
)
def test_age_at_admission_is_told_to_the_day(phuong, chi_doan, born, joined, wrong):
    """From 15 years and one day on, to the end of the year of the thirtieth birthday."""
    make_doan_vien(chi_doan=chi_doan, ngay_sinh=born, ngay_vao_doan=joined)

    (row,) = ket_nap_nam(phuong, joined.year)

    assert bool(row.sai_tuoi) == wrong
    assert row.so_thieu == sum(getattr(row, buoc.ma) for buoc in BUOC)


# ---- pages --------------------------------------------------------------------------------------


def test_a_figure_is_taken_over_into_a_finding(client_of, bi_thu_phuong, chi_doan):
    cuoc = make_cuoc(doi_tuong=chi_doan, trang_thai="da_tien_hanh")
    client = client_of(bi_thu_phuong)

    form = client.get(f"/kiem-tra-giam-sat/{cuoc.pk}/ket-qua/them/?so_lieu=sinh_hoat")

    assert "0 trên 4 buổi phải họp" in form.context["form"].initial["so_lieu"]
    assert form.context["form"]["loai"].value() == "han_che"
    good = client.get(f"/kiem-tra-giam-sat/{cuoc.pk}/ket-qua/them/?so_lieu=ghi_muon")
    assert good.context["form"]["loai"].value() == "uu_diem"
    page = client.get(f"/kiem-tra-giam-sat/{cuoc.pk}/").content.decode()
    assert "Ghi kiến nghị" in page


def test_the_minutes_are_issued_after_a_question(client_of, bi_thu_phuong, chi_doan):
    cuoc = make_cuoc(doi_tuong=chi_doan, trang_thai="da_tien_hanh")
    client, url = client_of(bi_thu_phuong), f"/kiem-tra-giam-sat/{cuoc.pk}/bien-ban/ban-hanh/"

    empty = client.post(url)
    assert "ít nhất một kết quả" in empty.content.decode()
    assert client.get(f"/kiem-tra-giam-sat/{cuoc.pk}/").context["can_lam"].nut == "Ghi kết quả"

    make_ket_qua(cuoc)
    asked = client.get(url)
    assert "không sửa được" in asked.content.decode()
    assert not VanBan.objects.exists()

    client.post(url)
    assert VanBan.objects.get().so_ky_hieu == "01-BB/ĐTN"
    page = client.get(f"/kiem-tra-giam-sat/{cuoc.pk}/")
    assert page.context["can_lam"].nut == "Kết luận"
    assert url not in page.content.decode()


def test_a_branch_answers_on_its_own_page(client_of, bi_thu, chi_doan):
    cuoc = make_cuoc(doi_tuong=chi_doan, trang_thai="da_ket_luan")
    kien_nghi = make_kien_nghi(cuoc)
    client = client_of(bi_thu)

    listed = client.get("/kiem-tra-giam-sat/")
    answered = client.post(
        f"/kiem-tra-giam-sat/kien-nghi/{kien_nghi.pk}/tra-loi/",
        {"noi_dung": "Đã ghi đủ biên bản", "ngay": f"{today():%d/%m/%Y}"},
    )

    assert [row.pk for row in listed.context["page"]] == [cuoc.pk]
    assert answered.url == f"/kiem-tra-giam-sat/{cuoc.pk}/#kien-nghi-{kien_nghi.pk}"
    kien_nghi.refresh_from_db()
    assert kien_nghi.is_cho_xet
    assert client.post(f"/kiem-tra-giam-sat/kien-nghi/{kien_nghi.pk}/xac-nhan/").status_code == 403


def test_the_papers_open_for_the_branch_from_the_conclusion_on(client_of, bi_thu, chi_doan):
    hidden = make_cuoc(doi_tuong=chi_doan, trang_thai="da_tien_hanh")
    cuoc = make_cuoc(doi_tuong=chi_doan, trang_thai="da_ket_luan")
    make_ket_qua(cuoc)
    client = client_of(bi_thu)

    assert client.get(f"/kiem-tra-giam-sat/{hidden.pk}/bien-ban.pdf").status_code == 404
    for name in ("bien-ban", "ket-luan"):
        paper = client.get(f"/kiem-tra-giam-sat/{cuoc.pk}/{name}.pdf")
        assert paper.content.startswith(b"%PDF")


def test_the_inspection_account_reads_names_and_takes_none_along(client_of, kiem_tra, chi_doan):
    make_doan_vien(chi_doan=chi_doan, ngay_vao_doan=date(2026, 3, 26))
    cuoc = make_cuoc(doi_tuong=chi_doan, trang_thai="da_tien_hanh")
    client = client_of(kiem_tra)
    names = ("/kiem-tra-giam-sat/ket-nap/", f"/kiem-tra-giam-sat/{cuoc.pk}/so-lieu/ket_nap/")
    names += ("/sinh-ke/", "/sinh-ke/mo-hinh/", "/sinh-ke/ho-tro/")

    for url in names:
        page = client.get(url, {"nam": 2026})
        assert (page.status_code, page.context["may_export"]) == (200, False)
        assert client.get(url, {"export": "xlsx"}).status_code == 403
    assert client.get("/kiem-tra-giam-sat/", {"export": "xlsx"}).status_code == 200
