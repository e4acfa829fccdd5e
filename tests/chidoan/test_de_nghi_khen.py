"""Proposals of awards: agreed, sent up, declined; decisions that write awards and are cancelled."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chidoan.de_nghi_khen import quy_trinh, quyet_dinh, services, to_trinh
from chidoan.de_nghi_khen.services import NoiDungKhen
from chidoan.models import BuocDeNghiKhen, DeNghiKhen, KhenTapThe
from core.errors import AlreadyRecordedError, RuleError, StaleError
from core.periods import today
from doanvien.khen_thuong.services import delete_khen_thuong
from doanvien.models import DoanVien, KhenThuong
from doanvien.models.rieng_tu import DA_XOA
from doanvien.rieng_tu.an_danh import anonymise
from doanvien.rieng_tu.ban_du_lieu import papers_of
from tests.factories import (
    make_chi_doan,
    make_doan_vien,
    make_huyen,
    make_nguoi_dung,
    make_phuong,
)
from tochuc.models import DonVi, VanBan
from tochuc.permissions import VaiTro

T, Loai = DeNghiKhen.TrangThai, BuocDeNghiKhen.Loai
NOI_DUNG = NoiDungKhen(
    hinh_thuc="giay_khen", dip="Kỷ niệm 26/3", thanh_tich="Giữ nếp sinh hoạt đủ 12 tháng."
)


class Canh:
    """A district, its ward and a branch of it, with who works where."""

    def __init__(self):
        self.huyen = make_huyen()
        self.phuong = make_phuong(cap_tren=self.huyen)
        self.chi_doan = make_chi_doan(phuong=self.phuong)
        self.nguoi = make_doan_vien(chi_doan=self.chi_doan, chuc_vu="Bí thư chi đoàn")
        self.bi_thu = make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, self.chi_doan)
        self.can_bo = make_nguoi_dung(VaiTro.CAN_BO_PHUONG, self.phuong)
        self.van_phong = make_nguoi_dung(VaiTro.VAN_PHONG_CAP_TREN, self.huyen)

    def de_nghi(self, **fields):
        fields = {"don_vi": self.chi_doan, "by": self.bi_thu, **fields}
        if "tap_the" not in fields:
            fields.setdefault("doan_vien", [self.nguoi])
        (row,) = services.create_de_nghi(noi_dung=NOI_DUNG, ngay=today(), **fields)
        return row


@pytest.fixture
def canh(db):
    return Canh()


def decide(canh, rows, **fields):
    fields = {"don_vi": canh.phuong, "ngay": today(), "by": canh.can_bo, **fields}
    return quyet_dinh.decide(de_nghi=rows, ve_viec="Đã hoàn thành xuất sắc nhiệm vụ", **fields)


def test_a_branch_proposes_to_its_ward_which_alone_considers(canh):
    row = canh.de_nghi()

    assert (row.trang_thai, row.noi_giu) == (T.CHO, canh.phuong)
    with pytest.raises(PermissionDenied):
        services.dong_y(de_nghi=row, ngay=today(), by=canh.van_phong)
    with pytest.raises(PermissionDenied):
        services.dong_y(de_nghi=row, ngay=today(), by=canh.bi_thu)
    services.dong_y(de_nghi=row, ngay=today(), by=canh.can_bo)
    row.refresh_from_db()
    assert (row.trang_thai, row.version) == (T.DONG_Y, 2)


def test_what_is_sent_up_waits_for_the_unit_above(canh):
    row = canh.de_nghi()

    services.chuyen_len(de_nghi=row, ngay=today(), by=canh.can_bo)

    row.refresh_from_db()
    assert (row.trang_thai, row.noi_giu) == (T.CHO, canh.huyen)
    services.khong_dong_y(
        de_nghi=row, ngay=today(), noi_dung="Chưa đủ thời gian", by=canh.van_phong
    )
    services.gui_lai(de_nghi=row, ngay=today(), thanh_tich="Đủ 24 tháng.", by=canh.bi_thu)
    row.refresh_from_db()
    assert (row.trang_thai, row.noi_giu, row.thanh_tich) == (T.CHO, canh.phuong, "Đủ 24 tháng.")
    steps = list(row.buoc.values_list("loai", flat=True))
    assert steps == [Loai.LAP, Loai.CHUYEN_LEN, Loai.KHONG_DONG_Y, Loai.GUI_LAI]


def test_a_ward_proposes_itself_to_the_office_above(canh):
    row = canh.de_nghi(don_vi=canh.phuong, by=canh.can_bo, tap_the=[canh.phuong])

    assert row.noi_giu == canh.huyen
    with pytest.raises(PermissionDenied):
        services.dong_y(de_nghi=row, ngay=today(), by=canh.can_bo)


def test_a_declined_proposal_is_not_sent_again_beside_the_same_one(canh):
    row = canh.de_nghi()
    services.khong_dong_y(de_nghi=row, ngay=today(), by=canh.can_bo, noi_dung="Chưa đủ")
    canh.de_nghi()

    with pytest.raises(RuleError, match="đang có đề nghị này"):
        services.gui_lai(de_nghi=row, ngay=today(), thanh_tich="Đủ", by=canh.bi_thu)


def test_declining_takes_a_reason_and_the_same_proposal_is_open_once(canh):
    row = canh.de_nghi()

    with pytest.raises(RuleError, match="Ghi lý do"):
        services.khong_dong_y(de_nghi=row, ngay=today(), noi_dung=" ", by=canh.can_bo)
    with pytest.raises(RuleError, match="đang có đề nghị này"):
        canh.de_nghi()
    with pytest.raises(RuleError, match="không thuộc"):
        canh.de_nghi(doan_vien=[make_doan_vien()])
    with pytest.raises(RuleError, match="chưa đến"):
        services.dong_y(de_nghi=row, ngay=today() + timedelta(days=1), by=canh.can_bo)


def test_a_double_click_counts_once_and_an_older_page_is_told(canh):
    row = canh.de_nghi()
    services.dong_y(de_nghi=row, ngay=today(), by=canh.can_bo, version=1)

    with pytest.raises(AlreadyRecordedError):
        services.dong_y(de_nghi=row, ngay=today(), by=canh.can_bo, version=1)
    with pytest.raises(StaleError):
        services.rut(de_nghi=row, ngay=today(), noi_dung="Nhầm", by=canh.bi_thu, version=1)


def test_a_decision_writes_awards_of_people_and_collectives(canh):
    rows = [canh.de_nghi(), canh.de_nghi(tap_the=[canh.chi_doan])]
    for row in rows:
        services.dong_y(de_nghi=row, ngay=today(), by=canh.can_bo)

    decision = decide(canh, rows)

    award, group = KhenThuong.objects.get(), KhenTapThe.objects.get()
    assert (award.doan_vien, award.cap, award.so_quyet_dinh) == (
        canh.nguoi, "co_so", decision.so_ky_hieu,
    )  # fmt: skip
    assert (group.don_vi_id, group.so_quyet_dinh) == (canh.chi_doan.pk, decision.so_ky_hieu)
    assert decision.so_ky_hieu.startswith("01-QĐ/")
    for row in rows:
        row.refresh_from_db()
        assert (row.trang_thai, row.quyet_dinh) == (T.DA_KHEN, decision)
    with pytest.raises(RuleError, match="Hủy quyết định"):
        delete_khen_thuong(khen_thuong=award, by=canh.can_bo)
    with pytest.raises(RuleError, match="Hủy quyết định"):
        services.delete_khen_tap_the(khen=group, by=canh.can_bo)


def test_a_cancelled_decision_takes_its_awards_back_and_another_one_may_follow(canh, client):
    row = canh.de_nghi()
    services.dong_y(de_nghi=row, ngay=today(), by=canh.can_bo)
    decision = decide(canh, [row])

    with pytest.raises(PermissionDenied):
        quyet_dinh.cancel(quyet_dinh=decision, ly_do="Sai", by=canh.van_phong)
    client.force_login(canh.van_phong)
    assert client.get(decision.get_absolute_url()).status_code == 200
    assert client.get(f"{decision.get_absolute_url()}huy/").status_code == 403
    quyet_dinh.cancel(quyet_dinh=decision, ly_do="Sai tên", by=canh.can_bo)

    row.refresh_from_db()
    assert (row.trang_thai, row.quyet_dinh, row.khen_thuong) == (T.DONG_Y, None, None)
    assert not KhenThuong.objects.exists()
    assert VanBan.objects.issued(decision, "QĐ") is None
    with pytest.raises(RuleError, match="đã hủy"):
        quyet_dinh.cancel(quyet_dinh=decision, ly_do="Nữa", by=canh.can_bo)
    assert decide(canh, [row]).so_ky_hieu.startswith("02-QĐ/")


def test_a_decision_is_about_one_form_and_about_what_waits_for_that_unit(canh):
    row = canh.de_nghi()
    services.dong_y(de_nghi=row, ngay=today(), by=canh.can_bo)
    (other,) = services.create_de_nghi(
        don_vi=canh.phuong,
        noi_dung=NoiDungKhen(hinh_thuc="bang_khen", dip="Tổng kết", thanh_tich="Tốt"),
        ngay=today(),
        doan_vien=[canh.nguoi],
        by=canh.can_bo,
    )
    services.dong_y(de_nghi=other, ngay=today(), by=canh.can_bo)

    with pytest.raises(RuleError, match="một hình thức"):
        decide(canh, [row, other])
    with pytest.raises(PermissionDenied):
        decide(canh, [row], don_vi=canh.huyen, by=canh.van_phong)
    services.chuyen_len(de_nghi=other, ngay=today(), by=canh.can_bo)
    other.refresh_from_db()
    services.dong_y(de_nghi=other, ngay=today(), by=canh.van_phong)
    decision = decide(canh, [other], don_vi=canh.huyen, by=canh.van_phong)
    assert KhenThuong.objects.get(so_quyet_dinh=decision.so_ky_hieu).cap == "cap_tren"


def test_what_is_sent_up_together_stands_on_one_numbered_paper(canh, client):
    other = make_doan_vien(chi_doan=canh.chi_doan)
    rows = services.create_de_nghi(
        don_vi=canh.chi_doan, noi_dung=NOI_DUNG, ngay=today(), doan_vien=[canh.nguoi, other],
        by=canh.bi_thu,
    )  # fmt: skip
    urls = [reverse("chidoan:de_nghi_khen_to_trinh", args=[row.pk, 1]) for row in rows]
    client.force_login(canh.bi_thu)
    assert client.get(urls[1])["Content-Type"] == "application/pdf"
    assert not VanBan.objects.filter(loai="TTr").exists(), "a look gives no number"

    for url in (*urls, urls[0]):
        client.post(url)

    assert VanBan.objects.get(loai="TTr").so == 1
    assert not papers_of(canh.nguoi), "his own data tells nothing of who was proposed with him"
    client.force_login(canh.van_phong)
    assert client.post(urls[0]).status_code == 403
    paper = str(to_trinh.to_trinh(to_trinh.cung_to_trinh(rows[0].buoc.get())))
    for words in (canh.nguoi.ho_ten, other.ho_ten, "02 cá nhân", f"Ban Chấp hành {canh.phuong}"):
        assert words in paper
    third = make_doan_vien(chi_doan=canh.chi_doan)
    own = canh.de_nghi(don_vi=canh.phuong, by=canh.can_bo, doan_vien=[third])
    client.force_login(canh.can_bo)
    assert client.get(own.get_absolute_url()).context["trinh"] == {}, "a ward asks itself nothing"


def test_the_paper_of_a_group_is_found_when_the_first_of_them_is_erased(canh, client):
    other = make_doan_vien(chi_doan=canh.chi_doan)
    first, second = services.create_de_nghi(
        don_vi=canh.chi_doan, noi_dung=NOI_DUNG, ngay=today(), doan_vien=[canh.nguoi, other],
        by=canh.bi_thu,
    )  # fmt: skip
    paper = to_trinh.issue_to_trinh(buoc=first.buoc.get(), by=canh.bi_thu)
    services.rut(de_nghi=first, ngay=today(), noi_dung="Đã đi xa", by=canh.bi_thu)

    anonymise(canh.nguoi)

    client.force_login(canh.bi_thu)
    assert client.get(second.get_absolute_url()).context["trinh"]["so"] == paper.so_ky_hieu
    url = reverse("chidoan:de_nghi_khen_to_trinh", args=[second.pk, 1])
    assert client.get(url).content == bytes(paper.tep)
    first.refresh_from_db()
    assert (first.dip, first.thanh_tich) == (NOI_DUNG.dip, DA_XOA), "what is said of him alone goes"


def test_a_wards_paper_names_no_withdrawn_person_and_is_not_read_by_one_of_its_branches(
    canh, client
):
    elsewhere = make_chi_doan(phuong=canh.phuong)
    other, third = make_doan_vien(chi_doan=elsewhere), make_doan_vien(chi_doan=elsewhere)
    rows = [canh.de_nghi()]
    rows += [
        canh.de_nghi(don_vi=elsewhere, by=canh.can_bo, doan_vien=[who]) for who in (other, third)
    ]
    for row in rows:
        services.chuyen_len(de_nghi=row, ngay=today(), by=canh.can_bo)
    services.rut(de_nghi=rows[2], ngay=today(), noi_dung="Ghi nhầm người", by=canh.can_bo)

    step = rows[0].buoc.get(loai=Loai.CHUYEN_LEN)
    paper = str(to_trinh.to_trinh(to_trinh.cung_to_trinh(step)))
    assert canh.nguoi.ho_ten in paper
    assert other.ho_ten in paper
    assert third.ho_ten not in paper
    url = reverse("chidoan:de_nghi_khen_to_trinh", args=[rows[0].pk, step.thu_tu])
    for user, status in ((canh.bi_thu, 404), (canh.can_bo, 200), (canh.van_phong, 200)):
        client.force_login(user)
        assert client.get(url).status_code == status
        assert (url in client.get(rows[0].get_absolute_url()).text) == (status == 200)


@pytest.mark.parametrize(
    ("trang_thai", "words"),
    [("chuyen_di", "chuyển sinh hoạt"), ("tu_tran", "từ trần"), ("khai_tru", "khai trừ")],
)
def test_nobody_is_honoured_who_has_left_or_died_meanwhile(canh, trang_thai, words, client):
    row = canh.de_nghi()
    services.dong_y(de_nghi=row, ngay=today(), by=canh.can_bo)
    DoanVien.objects.filter(pk=canh.nguoi.pk).update(trang_thai=trang_thai)

    with pytest.raises(RuleError, match=words):
        decide(canh, [row])
    with pytest.raises(RuleError, match=words):
        services.chuyen_len(de_nghi=row, ngay=today(), by=canh.can_bo)
    assert not KhenThuong.objects.exists()
    client.force_login(canh.can_bo)
    page = client.get(row.get_absolute_url())
    assert words in page.context["vuong"]
    assert [step["label"] for step in page.context["steps"]] == ["Chưa đồng ý", "Rút đề nghị"]


def test_whom_another_ward_has_now_and_what_has_ended_are_refused(canh):
    person, group = canh.de_nghi(), canh.de_nghi(tap_the=[canh.chi_doan])
    for row in (person, group):
        services.dong_y(de_nghi=row, ngay=today(), by=canh.can_bo)
    DoanVien.objects.filter(pk=canh.nguoi.pk).update(chi_doan=make_chi_doan())
    DonVi.objects.filter(pk=canh.chi_doan.pk).update(ket_thuc=today() - timedelta(days=1))

    with pytest.raises(RuleError, match="nay không thuộc"):
        decide(canh, [person])
    with pytest.raises(RuleError, match="đã kết thúc"):
        decide(canh, [group])


def test_who_grew_out_is_honoured_and_nobody_twice_in_one_decision(canh):
    other = NoiDungKhen(hinh_thuc="giay_khen", dip="Tổng kết", thanh_tich="Tốt")
    rows = [canh.de_nghi()]
    rows += services.create_de_nghi(
        don_vi=canh.chi_doan, noi_dung=other, ngay=today(), doan_vien=[canh.nguoi], by=canh.bi_thu
    )
    for row in rows:
        services.dong_y(de_nghi=row, ngay=today(), by=canh.can_bo)
    DoanVien.objects.filter(pk=canh.nguoi.pk).update(trang_thai="truong_thanh")

    with pytest.raises(RuleError, match="hai đề nghị"):
        decide(canh, rows)
    decide(canh, rows[:1])
    assert KhenThuong.objects.get().doan_vien == canh.nguoi


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.sampled_from(quy_trinh.TU_TRANG), max_size=6))
def test_no_sequence_of_steps_leaves_the_table(canh, steps):
    """Each step either follows from where the proposal stands, or is refused and changes
    nothing."""
    DeNghiKhen.objects.all().delete()
    row = canh.de_nghi()
    actors = {Loai.RUT: canh.bi_thu, Loai.GUI_LAI: canh.bi_thu}
    services_of = {
        Loai.DONG_Y: services.dong_y,
        Loai.CHUYEN_LEN: services.chuyen_len,
        Loai.KHONG_DONG_Y: services.khong_dong_y,
        Loai.RUT: services.rut,
    }
    for step in steps:
        row.refresh_from_db()
        holder = canh.can_bo if row.noi_giu_id == canh.phuong.pk else canh.van_phong
        fields = {"de_nghi": row, "ngay": today(), "by": actors.get(step, holder)}
        allowed = row.trang_thai in quy_trinh.BANG[step].tu
        top = step == Loai.CHUYEN_LEN and row.noi_giu_id == canh.huyen.pk
        try:
            if step == Loai.GUI_LAI:
                services.gui_lai(thanh_tich="Lại", **fields)
            else:
                services_of[step](noi_dung="Vì", **fields)
        except RuleError:
            assert not allowed or top
        else:
            assert allowed
            row.refresh_from_db()
            assert row.trang_thai == quy_trinh.BANG[step].den
    assert row.buoc.count() == row.version


def test_pages_go_from_proposal_to_the_printed_decision(canh, client):
    client.force_login(canh.bi_thu)
    url = f"{reverse('chidoan:de_nghi_khen_create')}?don_vi={canh.chi_doan.pk}"
    day = f"{today():%d/%m/%Y}"
    client.post(
        url,
        {"doan_vien": [canh.nguoi.pk], "hinh_thuc": "giay_khen", "dip": "26/3",
         "thanh_tich": "Dẫn đầu", "ngay": day},
    )  # fmt: skip
    row = DeNghiKhen.objects.get()
    step = reverse("chidoan:de_nghi_khen_buoc", args=[row.pk, "dong_y"])
    assert client.get(step).status_code == 404
    client.force_login(canh.can_bo)
    assert step in client.get(row.get_absolute_url()).text
    client.post(step, {"ngay": day, "version": row.version})
    client.post(
        reverse("chidoan:quyet_dinh_khen_create"),
        {"de_nghi": [row.pk], "ve_viec": "Có thành tích xuất sắc", "ngay": day},
    )
    row.refresh_from_db()

    assert row.trang_thai == T.DA_KHEN
    paper = client.get(reverse("chidoan:quyet_dinh_khen_pdf", args=[row.quyet_dinh_id]))
    assert paper.content.startswith(b"%PDF")
