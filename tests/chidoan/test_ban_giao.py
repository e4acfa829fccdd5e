"""A change of secretary: terms, accounts, the hand-over with its paper, the first month."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from chidoan.ban_giao import services
from chidoan.ban_giao.giay_to import LOAI
from chidoan.ban_giao.phan import cac_phan
from chidoan.ban_giao.services import NguoiThoi
from chidoan.ban_giao.thang_dau import cac_buoc, con_viec, voi_buoc
from chidoan.chuc_vu.services import CachGiu
from chidoan.chuc_vu.tai_khoan import TaiKhoan
from chidoan.models import BanGiao, ChucVu, GapDoanVien, LanXuong, PhuTrach
from core.errors import RuleError
from core.periods import today
from doanvien.rieng_tu.ban_du_lieu import papers_of
from tests.factories import (
    make_ban_giao,
    make_buoi,
    make_chi_doan,
    make_chuc_vu,
    make_doan_vien,
    make_ho_so,
    make_ket_nap,
    make_nghi_quyet,
    make_nguoi_dung,
    make_phieu_thu,
)
from tochuc.models import CongViec, NguoiDung, PhanCong, VanBan
from tochuc.permissions import Quyen
from tochuc.viec_nen import Job

HOM_NAY = today()
HOM_QUA, NGAY_MAI = HOM_NAY - timedelta(days=1), HOM_NAY + timedelta(days=1)


@pytest.fixture
def cu(chi_doan):
    """The secretary in office, whose account no office carries yet."""
    nguoi = make_doan_vien(chi_doan=chi_doan, ho_ten="Lê Minh Duy")
    return make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", doan_vien=nguoi, ho_ten=nguoi.ho_ten)


@pytest.fixture
def nguoi_moi(chi_doan):
    return make_doan_vien(chi_doan=chi_doan, ho_ten="Đặng Ngọc Hân")


def change(chi_doan, nguoi, by, *, thoi=None, tu_ngay=None, den=HOM_NAY, **more):
    return services.change_secretary(
        chi_doan=chi_doan,
        doan_vien=nguoi,
        tu_ngay=tu_ngay or den + timedelta(days=1),
        giu=more.pop("giu", CachGiu(cach="dai_hoi")),
        thoi=thoi or NguoiThoi(den_ngay=den, ket_thuc="di_xa"),
        by=by,
        **more,
    )


def test_rights_move_by_date_and_are_never_both_gone(
    chi_doan, cu, nguoi_moi, bi_thu, bi_thu_phuong, monkeypatch
):
    account = make_nguoi_dung()
    make_chuc_vu(don_vi=chi_doan, chuc_danh="pho_bi_thu", doan_vien=nguoi_moi)
    role = PhanCong.objects.get(nguoi_dung=bi_thu)

    doi = change(
        chi_doan,
        nguoi_moi,
        bi_thu_phuong,
        thoi=NguoiThoi(den_ngay=HOM_NAY, ket_thuc="di_xa", phan_cong=role),
        tai_khoan=TaiKhoan(nguoi_dung=account),
    )

    assert (doi.cu, doi.moi.tu_ngay, doi.thoi_kiem.den_ngay) == (cu, NGAY_MAI, HOM_NAY)
    for day, holders in ((HOM_NAY, [bi_thu]), (NGAY_MAI, [account])):
        monkeypatch.setattr("tochuc.models.nguoi_dung.today", lambda day=day: day)
        people = NguoiDung.objects.filter(pk__in=[bi_thu.pk, account.pk])
        assert [p for p in people if p.may(Quyen.SUA_DOAN_VIEN, chi_doan)] == holders
        assert ChucVu.objects.cua(chi_doan).bi_thu().tai_ngay(day).count() == 1
    assert (doi.ban_giao.chuc_vu_giao, doi.ban_giao.chuc_vu_nhan) == (cu, doi.moi)


def test_preview_says_what_happens_and_leaves_no_trace(chi_doan, cu, nguoi_moi, bi_thu_phuong):
    facts = {
        "doan_vien": nguoi_moi,
        "tu_ngay": NGAY_MAI,
        "giu": CachGiu(),
        "thoi": NguoiThoi(den_ngay=HOM_QUA, ket_thuc="xin_thoi"),
        "tai_khoan": TaiKhoan(username="moi", password="một câu dễ nhớ của tôi"),
    }

    doi = services.preview_change(chi_doan=chi_doan, by=bi_thu_phuong, **facts)

    cu.refresh_from_db()
    assert (doi.cu.den_ngay, doi.moi.phan_cong.nguoi_dung.username) == (HOM_QUA, "moi")
    assert cu.den_ngay is None
    assert not BanGiao.objects.exists()
    assert not NguoiDung.objects.filter(username="moi").exists()


@pytest.mark.parametrize(
    ("thoi", "tu_ngay", "field"),
    [
        (None, NGAY_MAI, "thoi_ngay"),
        (NguoiThoi(den_ngay=HOM_NAY, ket_thuc="di_xa"), HOM_NAY, "tu_ngay"),
        (NguoiThoi(den_ngay=HOM_NAY, ket_thuc="khac"), NGAY_MAI, "thoi_ly_do"),
    ],
)
def test_change_that_cannot_be_changes_nothing(
    chi_doan, cu, nguoi_moi, bi_thu_phuong, thoi, tu_ngay, field
):
    with pytest.raises(RuleError) as refusal:
        services.change_secretary(
            chi_doan=chi_doan,
            doan_vien=nguoi_moi,
            tu_ngay=tu_ngay,
            giu=CachGiu(),
            thoi=thoi,
            by=bi_thu_phuong,
        )

    cu.refresh_from_db()
    assert (refusal.value.field, cu.den_ngay) == (field, None)


# ---- signatures ----


@pytest.fixture
def ban_giao(chi_doan, cu, nguoi_moi, bi_thu, bi_thu_phuong):
    """Changed with yesterday: both may sign today."""
    doi = change(
        chi_doan,
        nguoi_moi,
        bi_thu_phuong,
        den=HOM_QUA,
        thoi=NguoiThoi(
            den_ngay=HOM_QUA,
            ket_thuc="di_xa",
            phan_cong=PhanCong.objects.get(nguoi_dung=bi_thu),
        ),
        tai_khoan=TaiKhoan(nguoi_dung=make_nguoi_dung(username="ngoc.han")),
    )
    return doi.ban_giao


def test_paper_stands_from_the_first_signature_on(chi_doan, ban_giao, bi_thu, nguoi_moi):
    han = NguoiDung.objects.get(username="ngoc.han")
    services.update_ban_giao(
        ban_giao=ban_giao,
        ngay=HOM_QUA,
        dia_diem="Nhà văn hóa",
        vat="01 cờ Đoàn",
        dan_lai="",
        by=han,
    )

    services.sign_ban_giao(ban_giao=ban_giao, by=bi_thu)
    first = VanBan.objects.get()
    make_doan_vien(chi_doan=chi_doan, ho_ten="Người Đến Sau")
    signed = services.sign_ban_giao(ban_giao=ban_giao, by=han)

    assert (signed.is_xong, signed.giao_boi, signed.nhan_boi) == (True, bi_thu, han)
    assert VanBan.objects.issued(ban_giao, LOAI) == first
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(bytes(first.tep))).pages)
    assert "01 cờ Đoàn" in text
    assert "Người Đến Sau" not in text
    for act in (
        lambda: services.update_ban_giao(
            ban_giao=ban_giao, ngay=HOM_NAY, dia_diem="", vat="", dan_lai="", by=han
        ),
        lambda: services.reopen_ban_giao(ban_giao=ban_giao, ly_do="Sai", by=han),
        lambda: services.delete_ban_giao(ban_giao=ban_giao, by=han),
        lambda: services.record_giay(ban_giao=ban_giao, ngay=HOM_NAY, by=han),
        lambda: services.sign_ban_giao(ban_giao=ban_giao, by=bi_thu),
    ):
        with pytest.raises(RuleError):
            act()


def test_who_has_signed_has_the_paper_among_his_own_data(ban_giao, cu, nguoi_moi, bi_thu):
    services.sign_ban_giao(ban_giao=ban_giao, by=bi_thu)
    paper = VanBan.objects.get()
    assert [list(papers_of(who)) for who in (cu.doan_vien, nguoi_moi)] == [[paper], []]

    services.reopen_ban_giao(ban_giao=ban_giao, ly_do="Thiếu sổ quỹ", by=bi_thu)
    assert not papers_of(cu.doan_vien)

    services.record_giay(ban_giao=ban_giao, ngay=HOM_NAY, by=bi_thu)
    paper = VanBan.objects.issued(ban_giao, LOAI)
    assert [list(papers_of(who)) for who in (cu.doan_vien, nguoi_moi)] == [[paper], [paper]]


def test_only_the_two_sign_and_not_before_their_day(chi_doan, cu, nguoi_moi, bi_thu_phuong):
    account = make_nguoi_dung()
    doi = change(chi_doan, nguoi_moi, bi_thu_phuong, tai_khoan=TaiKhoan(nguoi_dung=account))

    with pytest.raises(RuleError, match="chính bí thư cũ và bí thư mới"):
        services.sign_ban_giao(ban_giao=doi.ban_giao, by=bi_thu_phuong)
    with pytest.raises(RuleError, match="xác nhận từ ngày đó"):
        services.sign_ban_giao(ban_giao=doi.ban_giao, by=account)


@pytest.mark.parametrize("ngay", [date(2016, 1, 1), HOM_NAY + timedelta(days=93)])
def test_the_day_of_a_hand_over_is_within_the_term_and_near(ngay, cu, ban_giao):
    ChucVu.objects.filter(pk=cu.pk).update(tu_ngay=date(2020, 1, 1))
    with pytest.raises(RuleError) as refusal:
        services.update_ban_giao(
            ban_giao=ban_giao, ngay=ngay, dia_diem="", vat="", dan_lai="", by=None
        )
    assert refusal.value.field == "ngay"


def test_one_signature_is_taken_back_to_mend_the_paper(ban_giao, bi_thu, bi_thu_phuong):
    services.sign_ban_giao(ban_giao=ban_giao, by=bi_thu)

    opened = services.reopen_ban_giao(ban_giao=ban_giao, ly_do="Thiếu sổ quỹ", by=bi_thu_phuong)

    assert (opened.da_ky, VanBan.objects.issued(ban_giao, LOAI)) == (False, None)
    services.record_giay(ban_giao=ban_giao, ngay=HOM_NAY, by=bi_thu_phuong)
    assert BanGiao.objects.xong().get() == ban_giao


def test_page_says_until_when_one_signs_with_the_account_and_who_signs_on_paper(
    chi_doan, cu, nguoi_moi, bi_thu, bi_thu_phuong, client_of
):
    role = PhanCong.objects.get(nguoi_dung=bi_thu)
    thoi = NguoiThoi(den_ngay=HOM_NAY, ket_thuc="di_xa", phan_cong=role)
    account = TaiKhoan(nguoi_dung=make_nguoi_dung())
    row = change(chi_doan, nguoi_moi, bi_thu_phuong, thoi=thoi, tai_khoan=account).ban_giao
    url, paper = row.get_absolute_url(), reverse("chidoan:ban_giao_giay", args=[row.pk])

    own = client_of(bi_thu).get(url)
    assert (own.context["ky_den"], own.context["ky_giay"]) == (f"{HOM_NAY:%d/%m/%Y}", "")
    PhanCong.objects.filter(pk=role.pk).update(den_ngay=HOM_QUA)
    ward = client_of(bi_thu_phuong).get(url)
    assert ward.context["ky_giay"].startswith("Đồng chí Lê Minh Duy không xác nhận")
    assert f'class="banner-action" href="{paper}"' in ward.text
    services.record_giay(ban_giao=row, ngay=HOM_NAY, by=bi_thu_phuong)
    assert client_of(bi_thu_phuong).get(url).context["ky_giay"] == ""


def test_two_who_mend_the_minutes_at_once_are_told_of_each_other(
    ban_giao, client_of, bi_thu_phuong
):
    client = client_of(bi_thu_phuong)
    url = reverse("chidoan:ban_giao_update", args=[ban_giao.pk])
    sent = {"ngay": f"{ban_giao.ngay:%d/%m/%Y}", "dia_diem": "", "vat": "", "dan_lai": ""}
    sent["version"] = client.get(url).context["form"]["version"].value()

    first = client.post(url, sent | {"vat": "01 cờ Đoàn"})
    late = client.post(url, sent | {"vat": "02 cờ Đoàn"})

    assert (first.status_code, late.status_code) == (302, 409)
    assert [(row["mine"], row["theirs"]) for row in late.context["versions"]] == [
        ("02 cờ Đoàn", "01 cờ Đoàn")
    ]
    sent["version"] = late.context["form"]["version"].value()
    assert client.post(url, sent | {"vat": "02 cờ Đoàn"}).status_code == 302
    ban_giao.refresh_from_db()
    assert ban_giao.vat == "02 cờ Đoàn"


def test_leaving_secretary_opens_it_and_the_new_one_joins(chi_doan, cu, nguoi_moi, bi_thu_phuong):
    opened = services.open_ban_giao(chuc_vu_giao=cu, dan_lai="Gọi anh Út mượn loa", by=None)

    doi = change(chi_doan, nguoi_moi, bi_thu_phuong)

    assert (doi.ban_giao, doi.ban_giao.chuc_vu_nhan) == (opened, doi.moi)


def test_hand_over_tells_what_is_open(chi_doan, cu, nguoi_moi, client_of, bi_thu_phuong):
    buoi = make_buoi(chi_doan=chi_doan, ngay=HOM_NAY - timedelta(days=10), chu_diem="Về nguồn")
    make_nghi_quyet(buoi=buoi, phu_trach=nguoi_moi, noi_dung="Sơn cầu bê tông")
    make_ket_nap(chi_doan=chi_doan, ho_ten="Trần Xin Vào", nguoi_gioi_thieu=nguoi_moi)
    make_ho_so(doan_vien=nguoi_moi, ma="HS-2026-77")
    row = services.open_ban_giao(chuc_vu_giao=cu, by=None, dan_lai="Chìa khóa ở chú Ba")

    response = client_of(bi_thu_phuong).get(reverse("chidoan:ban_giao_pdf", args=[row.pk]))

    pages = PdfReader(BytesIO(response.content)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in (
        "BIÊN BẢN", "Đặng Ngọc Hân", "Sơn cầu bê tông", "Trần Xin Vào", "HS-2026-77", "Về nguồn",
        "Chìa khóa ở chú Ba", "Chi đoàn chưa mở sổ thu đoàn phí",
    ):  # fmt: skip
        assert words in text


def test_roster_names_who_held_the_office_on_the_day_of_the_hand_over(ban_giao):
    roster, *_ = cac_phan(ban_giao.don_vi, ban_giao.ngay)

    offices = {line[1]: line[4] for line in roster.dong}
    assert offices == {"Lê Minh Duy": "Bí thư", "Đặng Ngọc Hân": ""}


def test_archive_holds_minutes_roster_and_the_last_meetings(chi_doan, cu, client_of, bi_thu_phuong):
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 9, 15))
    row = services.open_ban_giao(chuc_vu_giao=cu, by=None)
    client = client_of(bi_thu_phuong)

    answer = client.post(reverse("chidoan:ban_giao_zip", args=[row.pk]))

    job = CongViec.objects.get()
    assert answer.url == job.get_absolute_url()
    assert job.is_xong, job.thong_bao
    with ZipFile(Job(job).file(job.tep)) as package:
        assert package.namelist() == [
            "bien-ban-ban-giao.pdf",
            "so-lieu-ban-giao.xlsx",
            "bien-ban-sinh-hoat-2026-09-15.pdf",
        ]
        book = load_workbook(BytesIO(package.read("so-lieu-ban-giao.xlsx")))
    roster = book["Danh sách đoàn viên"]
    person = cu.doan_vien
    assert [cell.value for cell in roster[2]][:3] == [1, person.ho_ten, person.ngay_sinh.year]
    assert roster.column_dimensions["B"].width > len(person.ho_ten)


# ---- the page ----


def form_data(nguoi, **changes):
    told = {
        "thoi_ngay": f"{HOM_QUA:%d/%m/%Y}",
        "thoi_vi": "di_xa",
        "doan_vien": nguoi.pk,
        "tu_ngay": f"{HOM_NAY:%d/%m/%Y}",
        "cach": "dai_hoi",
        "co_quyen": 9,
        "co_mat": 8,
        "tan_thanh": 7,
        "khong_tan_thanh": 1,
        "tai_khoan": "moi",
        "username": "ngoc.han",
        "password": "một câu dễ nhớ của tôi",
        "lap_ban_giao": "on",
    }
    return told | changes


def test_ward_changes_a_secretary_in_one_form(
    client_of, chi_doan, cu, nguoi_moi, bi_thu, bi_thu_phuong
):
    client, url = client_of(bi_thu_phuong), reverse("chidoan:doi_bi_thu", args=[chi_doan.pk])
    role = bi_thu.phan_cong.get()
    data = form_data(nguoi_moi, thoi_vai_tro=role.pk)

    asked = client.get(url).context["form"]
    seen = client.post(url, data)
    before = ChucVu.objects.count()
    done = client.post(url, data | {"lam": "1"})

    moi = ChucVu.objects.get(doan_vien=nguoi_moi)
    assert asked["thoi_vai_tro"].value() == role.pk
    assert (before, seen.templates[0].name) == (1, "chidoan/ban_giao/xem_truoc.html")
    titles = [row["title"] for row in seen.context["cac_cau"]]
    assert f"Tài khoản {bi_thu.username} hết quyền sau ngày {HOM_QUA:%d/%m/%Y}" in titles
    assert "Tài khoản ngoc.han có quyền ngay hôm nay" in titles
    assert done.url == BanGiao.objects.get().get_absolute_url()
    assert (moi.tan_thanh, moi.phan_cong.nguoi_dung.username) == (7, "ngoc.han")
    assert client_of(bi_thu).get(url).status_code == 403


def test_refusal_stands_beside_its_field_and_the_form_keeps_what_was_typed(
    client_of, chi_doan, cu, nguoi_moi, bi_thu_phuong
):
    nguoi_moi.di_xa_tu = HOM_NAY - timedelta(days=90)
    nguoi_moi.save()
    url = reverse("chidoan:doi_bi_thu", args=[chi_doan.pk])

    page = client_of(bi_thu_phuong).post(url, form_data(nguoi_moi, lam="1"))

    assert "không bố trí làm bí thư" in page.context["form"].errors["ly_do_di_xa"][0]
    assert page.context["form"]["username"].value() == "ngoc.han"


# ---- the first month ----


def test_first_month_ticks_itself_from_what_is_on_record(chi_doan, phuong):
    start = HOM_NAY - timedelta(days=3)
    own, other = (make_doan_vien(chi_doan=chi_doan) for _ in range(2))
    old = make_buoi(chi_doan=chi_doan, ngay=start - timedelta(days=20))
    resolution = make_nghi_quyet(buoi=old, phu_trach=other)
    coach = make_chuc_vu(don_vi=phuong)
    PhuTrach.objects.create(chi_doan=chi_doan, chuc_vu=coach, tu_ngay=date(2026, 1, 1))
    row = make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", doan_vien=own, tu_ngay=start)
    handed = make_ban_giao(
        don_vi=chi_doan,
        nhan=row,
        giao=make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", den_ngay=start - timedelta(days=1)),
    )

    def steps():
        return [step.xong for step in cac_buoc(voi_buoc(ChucVu.objects.filter(pk=row.pk)).get())]

    assert steps() == [False] * 6
    assert list(con_viec(HOM_NAY, 30)) == [row]
    services.record_giay(ban_giao=handed, ngay=HOM_NAY, by=None)
    GapDoanVien.objects.create(chuc_vu=row, doan_vien=other, ngay=HOM_NAY)
    make_buoi(chi_doan=chi_doan, ngay=HOM_NAY)
    make_phieu_thu(other, HOM_NAY.replace(day=1), ngay=HOM_NAY)
    resolution.tien_do.create(noi_dung="Xong một nửa", ngay=HOM_NAY)
    assert steps() == [True] * 5 + [False]
    LanXuong.objects.create(chi_doan=chi_doan, ho_ten="Lâm Thịnh", ngay=HOM_NAY, noi_dung="Tốt")
    assert steps() == [True] * 6
    assert not con_viec(HOM_NAY, 30)


def test_new_secretary_is_led_from_home_to_the_steps(ban_giao, client_of):
    han = NguoiDung.objects.get(username="ngoc.han")
    client = client_of(han)
    duties = {duty.tieu_de for duty in client.get(reverse("home")).context["viec"]}

    page = client.get(reverse("chidoan:thang_dau_cua_toi"), follow=True)
    member = ban_giao.chuc_vu_giao.doan_vien
    url = reverse("chidoan:gap_doan_vien", args=[ban_giao.chuc_vu_nhan_id])
    client.post(url, {f"gap-{member.pk}": "on"})
    client.post(url, {})  # a page that was opened before that tick takes nothing away

    assert {"Những việc đầu tiên của bí thư mới", "Xác nhận bàn giao công tác bí thư"} <= duties
    assert page.context["chuc_vu"] == ban_giao.chuc_vu_nhan
    assert [row.doan_vien for row in GapDoanVien.objects.all()] == [member]
    assert f'name="cu-{member.pk}"' in client.get(url).text
    client.post(url, {f"cu-{member.pk}": "1"})
    assert not GapDoanVien.objects.exists()


def test_who_has_left_the_branch_stays_among_those_who_were_met(ban_giao, client_of):
    term = ban_giao.chuc_vu_nhan
    gone = make_doan_vien(chi_doan=make_chi_doan(phuong=term.don_vi.cap_tren))
    GapDoanVien.objects.create(chuc_vu=term, doan_vien=gone, ngay=HOM_NAY)
    member = ban_giao.chuc_vu_giao.doan_vien
    client = client_of(NguoiDung.objects.get(username="ngoc.han"))
    client.post(reverse("chidoan:gap_doan_vien", args=[term.pk]), {f"gap-{member.pk}": "on"})

    assert {row.doan_vien for row in GapDoanVien.objects.all()} == {gone, member}


def test_ward_is_told_of_vacancies_acting_terms_absences_and_hand_overs(
    client_of, chi_doan, chi_doan_khac, phuong, bi_thu_phuong
):
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", den_ngay=HOM_NAY - timedelta(days=40))
    away = make_doan_vien(chi_doan=chi_doan_khac, di_xa_tu=HOM_NAY - timedelta(days=31))
    make_chuc_vu(
        don_vi=chi_doan_khac,
        chuc_danh="bi_thu",
        doan_vien=away,
        tam_quyen="quyen",
        den_ngay=HOM_NAY + timedelta(days=9),
    )
    make_ban_giao(
        don_vi=chi_doan, giao=ChucVu.objects.get(don_vi=chi_doan), nhan=None, ngay=HOM_NAY
    )
    gone = make_doan_vien(chi_doan=chi_doan_khac, trang_thai="chuyen_di")
    make_chuc_vu(don_vi=chi_doan_khac, chuc_danh="pho_bi_thu", doan_vien=gone)
    client = client_of(bi_thu_phuong)

    urls = {
        duty.tieu_de.replace("\xa0", " "): duty.url
        for duty in client.get(reverse("home")).context["viec"]
    }

    for words in (
        "1 chi đoàn khuyết bí thư",
        "1 chức vụ quyền, lâm thời sắp hết hạn",
        "1 bí thư chi đoàn đi làm xa quá 30 ngày",
        "1 bàn giao bí thư chờ ký",
        "1 cán bộ đã rời chi đoàn, chưa thôi chức",
    ):
        assert client.get(urls[words]).context["page"].paginator.count == 1
