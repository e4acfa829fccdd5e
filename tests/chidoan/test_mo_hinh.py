"""Initiatives: launched, ticked, logged, reviewed, concluded, spread; who may."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from chidoan.mo_hinh import services, viec
from chidoan.mo_hinh.mau_cam_ket import gan_voi
from chidoan.mo_hinh.queries import cam_ket, mot_cong_mot, tien_do
from chidoan.mo_hinh.services import ThanhVien
from chidoan.models import (
    Anh,
    DanhGiaMoHinh,
    DeNghiNhanRong,
    KetQuaCamKet,
    MoHinh,
    MucCamKet,
    NhatKyMoHinh,
)
from chidoan.viec_so import KHOA_SO, viec_so
from core.errors import RuleError, StaleError
from core.periods import KyBaoCao, today
from tests.factories import (
    make_anh,
    make_chi_doan,
    make_chuc_vu,
    make_doan_vien,
    make_mo_hinh,
    make_nguoi_dung,
)
from tochuc.models import NhatKy
from tochuc.permissions import VaiTro
from tochuc.quy_dinh import gia_tri_nhieu

NGAY = date(2026, 2, 2)
Q3 = KyBaoCao(2026, quy=3)
LEADER = ThanhVien(ho_ten="lê thị mỹ châu", chuc_vu="Bí thư Đoàn phường", la_to_truong=True)
LIST = reverse("chidoan:mo_hinh_list")


def url(name, target, *more):
    return reverse(f"chidoan:{name}", args=[target.pk, *more])


@pytest.fixture
def mo_hinh(phuong, chi_doan):
    return make_mo_hinh(don_vi=phuong, diem=chi_doan, chuong_trinh=["ba_chu_dong", "mot_cong_mot"])


# ---- launching -----------------------------------------------------------------------------


def form_data(**changes):
    data = {"ten": "Nâng chất chi đoàn", "tu_ngay": "02/02/2026", "loai": "chi_doan"}
    data |= {"chuong_trinh": ["ba_chu_dong", "mot_cong_mot"]}
    data |= {"tv-INITIAL_FORMS": 0, "tv-TOTAL_FORMS": 2}
    data |= {"tv-0-ho_ten": "Lê Thị Mỹ Châu", "tv-0-la_to_truong": "on"}
    return data | {"tv-1-ho_ten": "Võ Văn Út", "tv-1-nhiem_vu": "Theo dõi"} | changes


def test_it_is_launched_with_team_and_commitments(client_of, can_bo_phuong, phuong, chi_doan):
    member = make_doan_vien(chi_doan=chi_doan, ho_ten="Võ Văn Út")
    make_chuc_vu(don_vi=phuong, ho_ten="Võ Văn Út", chuc_danh="pho_bi_thu")

    response = client_of(can_bo_phuong).post(
        reverse("chidoan:mo_hinh_create"), form_data(diem=chi_doan.pk)
    )

    mo_hinh = MoHinh.objects.get()
    assert response.url == mo_hinh.get_absolute_url()
    assert (mo_hinh.don_vi, mo_hinh.diem_id) == (phuong, chi_doan.pk)
    leader, other = mo_hinh.thanh_vien.all()
    assert (leader.ho_ten, leader.la_to_truong, leader.doan_vien) == ("Lê Thị Mỹ Châu", True, None)
    assert (other.doan_vien, other.nhiem_vu) == (member, "Theo dõi")
    assert other.chuc_vu == f"Phó Bí thư {phuong}"  # the office he holds
    assert gan_voi(mo_hinh.nhom_cam_ket.all()) == ["3 chủ động", "1+1"]
    assert MucCamKet.objects.cua(mo_hinh).count() == 11


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"tv-1-la_to_truong": "on"}, "Mô hình chỉ có một tổ trưởng."),
        ({"tv-1-ho_ten": ""}, "Ghi họ và tên."),
        ({"tv-1-ho_ten": "Lê Thị Mỹ Châu"}, "được ghi hai lần"),
        ({"tu_ngay": "31/02/2026"}, "Ngày 31/02/2026 không có trong lịch."),
        ({"tu_ngay": "02/02/0206"}, "Năm 0206 không đúng"),
    ],
)
def test_a_launch_is_refused_in_words(client_of, can_bo_phuong, changes, message):
    response = client_of(can_bo_phuong).post(
        reverse("chidoan:mo_hinh_create"), form_data(**changes)
    )

    assert message in response.content.decode()
    assert not MoHinh.objects.exists()


def test_a_branch_of_another_ward_and_a_double_launch_are_refused(phuong, phuong_khac, chi_doan):
    values = {"ten": "Thử", "tu_ngay": NGAY, "diem": chi_doan}
    services.create_mo_hinh(don_vi=phuong, values=values, by=None)

    with pytest.raises(RuleError, match="đã có"):
        services.create_mo_hinh(don_vi=phuong, values=values, by=None)
    stranger = make_chi_doan(phuong=phuong_khac)
    with pytest.raises(RuleError, match="không thuộc Đoàn phường Thử"):
        services.create_mo_hinh(don_vi=phuong, values={**values, "diem": stranger}, by=None)


def test_it_is_changed_with_its_team(client_of, can_bo_phuong, mo_hinh):
    data = form_data(ten="Tên  mới", diem=mo_hinh.diem_id)

    response = client_of(can_bo_phuong).post(
        url("mo_hinh_update", mo_hinh), data | {"tv-INITIAL_FORMS": 2, "version": mo_hinh.version}
    )

    mo_hinh.refresh_from_db()
    assert response.url == mo_hinh.get_absolute_url()
    assert (mo_hinh.ten, mo_hinh.thanh_vien.count()) == ("Tên mới", 2)


def test_an_older_form_of_it_is_refused_and_keeps_what_was_typed(client_of, can_bo_phuong, mo_hinh):
    shown = mo_hinh.version
    services.update_mo_hinh(
        mo_hinh=mo_hinh,
        version=shown,
        values={"ten": "Tên của người trước"},
        thanh_vien=[services.ThanhVien(ho_ten="Trần Văn Trước")],
        by=None,
    )

    late = client_of(can_bo_phuong).post(
        url("mo_hinh_update", mo_hinh),
        form_data(ten="Tên của tôi", diem=mo_hinh.diem_id) | {"version": shown},
    )

    assert late.status_code == 409
    page = late.content.decode()
    assert all(words in page for words in ("Tên của tôi", "Tên của người trước", "Trần Văn Trước"))
    assert late.context["form"]["version"].value() == MoHinh.objects.get(pk=mo_hinh.pk).version
    assert MoHinh.objects.get(pk=mo_hinh.pk).ten == "Tên của người trước"


# ---- commitments ---------------------------------------------------------------------------


def shown_at(client, page) -> dict:
    """The fields of the page of commitments as it is opened."""
    form = client.get(page).context["form"]
    return {box.name: box.value() for box in form}


def test_checks_are_ticked_by_the_pilot_branch(client_of, bi_thu, mo_hinh):
    first, second, third, *_ = MucCamKet.objects.cua(mo_hinh)
    page = f"{url('mo_hinh_cam_ket', mo_hinh)}?quy=2026Q3"
    client = client_of(bi_thu)

    ticks = {f"m-{first.pk}": "dat", f"g-{first.pk}": " Biên bản 05/9 ", f"m-{second.pk}": "chua"}
    client.post(page, shown_at(client, page) | ticks)

    progress = tien_do(cam_ket(mo_hinh, Q3))
    assert (progress.dat, progress.tong, progress.chua_ghi) == (1, 11, 9)
    said = KetQuaCamKet.objects.get(muc=first)
    assert (said.ky, said.ghi_chu, said.ghi_boi) == ("2026Q3", "Biên bản 05/9", bi_thu)
    line = NhatKy.objects.get(hanh_dong="cam_ket.record")
    assert line.noi_dung["so_dong"] == 2

    ticks = {f"m-{first.pk}": "", f"m-{second.pk}": "dat"}
    client.post(page, shown_at(client, page) | ticks)

    assert list(KetQuaCamKet.objects.values_list("muc", "muc_do")) == [(second.pk, "dat")]
    evidence = shown_at(client, page) | {f"g-{third.pk}": "Sổ tay"}
    shown = client.post(page, evidence).content.decode()
    assert "Chọn mức rồi mới ghi minh chứng." in shown
    assert "Sổ tay" in shown


def test_who_ticks_later_does_not_win_silently(client_of, bi_thu, can_bo_phuong, mo_hinh):
    first, second, third, *_ = MucCamKet.objects.cua(mo_hinh)
    page = f"{url('mo_hinh_cam_ket', mo_hinh)}?quy=2026Q3"
    early, late = client_of(bi_thu), client_of(can_bo_phuong)
    opened = shown_at(late, page)
    theirs = {f"m-{first.pk}": "chua", f"g-{first.pk}": "Hai người vắng", f"m-{third.pk}": "dat"}
    early.post(page, opened | theirs)

    typed = {f"m-{first.pk}": "dat", f"g-{first.pk}": "Đủ mặt", f"m-{second.pk}": "dat"}
    refused = late.post(page, opened | typed)

    assert refused.status_code == 409
    assert refused.context["versions"] == [
        {"label": first.noi_dung, "mine": "Đạt, Đủ mặt", "theirs": "Chưa đạt, Hai người vắng"}
    ]
    assert set(KetQuaCamKet.objects.values_list("muc", "muc_do")) == {
        (first.pk, "chua"),
        (third.pk, "dat"),
    }

    seen = {"version": refused.context["form"]["version"].value()}
    late.post(page, opened | typed | seen)

    assert dict(KetQuaCamKet.objects.values_list("muc", "ghi_chu"))[first.pk] == "Đủ mặt"
    assert KetQuaCamKet.objects.get(muc=third).muc_do == "dat"  # left alone, so it stays


def test_a_page_that_carries_no_mark_overwrites_nothing(client_of, bi_thu, mo_hinh):
    first = MucCamKet.objects.cua(mo_hinh)[0]

    page = client_of(bi_thu).post(
        f"{url('mo_hinh_cam_ket', mo_hinh)}?quy=2026Q3", {f"m-{first.pk}": "dat"}
    )

    assert "Tải lại trang" in page.content.decode()
    assert not KetQuaCamKet.objects.exists()


def test_a_reviewed_quarter_keeps_its_ticks(mo_hinh):
    first = MucCamKet.objects.cua(mo_hinh)[0]
    review(mo_hinh)

    with pytest.raises(RuleError, match="Đã đánh giá"):
        services.record_cam_ket(mo_hinh=mo_hinh, ky=Q3, ket_qua={first.pk: ("dat", "")}, by=None)
    with pytest.raises(RuleError, match="Tải lại trang"):
        services.record_cam_ket(
            mo_hinh=mo_hinh, ky=KyBaoCao(2026, quy=2), ket_qua={0: ("dat", "")}, by=None
        )


def test_an_older_form_of_a_group_is_refused_and_shows_both(client_of, can_bo_phuong, mo_hinh):
    nhom = mo_hinh.nhom_cam_ket.first()
    shown, (first, second, *rest) = nhom.version, nhom.muc.all()
    old = {f"muc_{row.pk}": row.noi_dung for row in nhom.muc.all()}
    now = [(second.pk, second.noi_dung), *((row.pk, row.noi_dung) for row in rest)]
    services.save_nhom(
        mo_hinh=mo_hinh, nhom=nhom, ten=nhom.ten, muc=[*now, (None, "Mới")], version=shown, by=None
    )

    typed = old | {"ten": nhom.ten, "version": shown, f"muc_{first.pk}": "Câu tôi sửa"}
    late = client_of(can_bo_phuong).post(url("nhom_cam_ket_update", nhom), typed)

    assert late.status_code == 409
    values = [late.context["form"][name].value() for _, name, _ in late.context["form"].names]
    assert "Câu tôi sửa" in values  # gone meanwhile, kept as a new one
    assert "Mới" in values
    assert [row.noi_dung for row in nhom.muc.con_dung()][-1] == "Mới"


def test_a_group_is_changed_and_its_past_stays(client_of, can_bo_phuong, mo_hinh):
    nhom = mo_hinh.nhom_cam_ket.first()
    ticked, fresh, *rest = nhom.muc.all()
    services.record_cam_ket(mo_hinh=mo_hinh, ky=Q3, ket_qua={ticked.pk: ("dat", "")}, by=None)
    kept = {f"muc_{row.pk}": row.noi_dung for row in rest}

    client_of(can_bo_phuong).post(
        url("nhom_cam_ket_update", nhom),
        {
            "ten": "Quản lý đoàn viên",
            "version": nhom.version,
            **kept,
            f"muc_{ticked.pk}": "",
            f"muc_{fresh.pk}": "",
            "moi_0": "Mục mới",
        },
    )

    assert not MucCamKet.objects.filter(pk=fresh.pk).exists()  # left empty and never ticked
    assert MucCamKet.objects.get(pk=ticked.pk).thoi
    assert [row.noi_dung for row in nhom.muc.con_dung()] == [*kept.values(), "Mục mới"]
    assert ticked.pk in [row.muc.pk for row in cam_ket(mo_hinh, Q3)[0].dong]
    with pytest.raises(RuleError, match="đã có kết quả"):
        services.drop_nhom(nhom=nhom, by=None)
    services.drop_nhom(nhom=mo_hinh.nhom_cam_ket.last(), by=None)
    with pytest.raises(RuleError, match="đã có cam kết"):
        services.choose_chuong_trinh(mo_hinh=mo_hinh, ma="ba_chu_dong", by=None)


def test_one_plus_one_counts_admissions_and_names_who_has_not(
    client_of, bi_thu, mo_hinh, chi_doan, chi_doan_khac
):
    giver = make_doan_vien(chi_doan=chi_doan, ho_ten="Trần Thị Cho")
    make_doan_vien(chi_doan=chi_doan, ho_ten="Lý Văn Chưa")
    for unit, ngay in ((chi_doan, date(2026, 5, 2)), (chi_doan_khac, date(2026, 6, 2))):
        make_doan_vien(chi_doan=unit, tu_ngay=ngay, ngay_vao_doan=ngay, nguoi_gioi_thieu=giver)

    counted = mot_cong_mot(mo_hinh, 2026, ten=True)
    page = client_of(bi_thu).get(url("mo_hinh_1_1", mo_hinh), {"nam": 2026})

    assert (counted.so_nguoi, counted.so_doan_vien, counted.so_ket_nap) == (1, 3, 1)
    assert [row.doan_vien for row in page.context["roi"]] == [giver]
    assert "Lý Văn Chưa" in [row.doan_vien.ho_ten for row in page.context["chua"]]


# ---- log -----------------------------------------------------------------------------------


def test_a_line_is_logged_once_and_leads_to_its_photos(client_of, bi_thu, mo_hinh, chi_doan):
    client = client_of(bi_thu)
    page = url("mo_hinh_nhat_ky_create", mo_hinh)
    data = {"viec": "Thăm gia đình", "ngay": "03/03/2026", "client_id": str(uuid.uuid4())}

    client.post(page, data)
    response = client.post(page, {**data, "anh": "1"})

    row = NhatKyMoHinh.objects.get()
    assert response.url == reverse("chidoan:anh_nhat_ky_mo_hinh", args=[row.pk])
    assert (row.don_vi_id, row.ghi_boi, row.nguoi_lam) == (chi_doan.pk, bi_thu, "")
    make_anh(row)
    assert reverse("chidoan:anh_tep_nho", args=[Anh.objects.get().pk]) in (
        client.get(url("mo_hinh_nhat_ky", mo_hinh)).content.decode()
    )
    client.post(url("nhat_ky_mo_hinh_delete", row))
    assert not Anh.objects.exists()


def test_a_line_is_refused_and_mended(mo_hinh):
    def write(**changes):
        data = {"client_id": uuid.uuid4(), "ngay": NGAY, "viec": "Họp tổ", "by": None, **changes}
        return services.create_nhat_ky(mo_hinh=mo_hinh, **data)

    with pytest.raises(RuleError, match="Ghi việc"):
        write(viec=" ")
    with pytest.raises(RuleError, match="chưa đến"):
        write(ngay=today() + timedelta(days=1))
    row = write()
    services.update_nhat_ky(nhat_ky=row, version=1, ngay=NGAY, viec="Họp tổ lần 2", by=None)
    with pytest.raises(StaleError):
        services.update_nhat_ky(nhat_ky=row, version=1, ngay=NGAY, viec="Khác", by=None)
    conclude(mo_hinh, "dung", ngay=today() - timedelta(days=1))
    with pytest.raises(RuleError, match="kết thúc"):
        write(ngay=today())


# ---- reviews and conclusion ----------------------------------------------------------------


def review(mo_hinh, ky=Q3, **changes):
    values = {"ngay": ky.end, "viec_truoc": "", "ket_qua": "Tốt", "han_che": "", "viec_tiep": "A"}
    return services.save_danh_gia(
        mo_hinh=mo_hinh,
        ky=ky,
        values={**values, "muc": "dat"} | changes.pop("values", {}),
        so_lieu=changes.pop("so_lieu", [{"ma": "doan_vien", "diem": "3"}]),
        so_lieu_den=ky.end,
        by=None,
        **changes,
    )


def test_a_review_freezes_checks_and_figures(mo_hinh):
    first = MucCamKet.objects.cua(mo_hinh)[0]
    tick = {first.pk: ("dat", "Biên bản")}
    services.record_cam_ket(mo_hinh=mo_hinh, ky=Q3, ket_qua=tick, by=None)
    row = review(mo_hinh)

    review(mo_hinh, version=1, so_lieu=[], values={"ket_qua": "Sửa lời"})

    row.refresh_from_db()
    assert (row.ket_qua, row.version) == ("Sửa lời", 2)
    assert row.chot["so_lieu"] == [{"ma": "doan_vien", "diem": "3"}]
    said = row.chot["cam_ket"][0]["muc"][0]
    assert (said["muc_do"], said["ghi_chu"]) == ("dat", "Biên bản")
    assert row.chot["mot_cong_mot"]["so_doan_vien"] == 0
    assert review(mo_hinh, version=2, so_lieu=[], chot_lai=True).chot["so_lieu"] == []
    with pytest.raises(StaleError):
        review(mo_hinh, version=1)


def test_a_review_is_refused(mo_hinh):
    with pytest.raises(RuleError, match="Ghi kết quả"):
        review(mo_hinh, values={"ket_qua": " "})
    with pytest.raises(RuleError, match="từ ngày 01/09/2026"):
        review(mo_hinh, values={"ngay": date(2026, 8, 1)})
    with pytest.raises(RuleError, match="không chạy"):
        review(mo_hinh, ky=KyBaoCao(2025, quy=4))
    assert not DanhGiaMoHinh.objects.exists()


def conclude(mo_hinh, ket_luan, **changes):
    now = MoHinh.objects.get(pk=mo_hinh.pk).version
    data = {"version": now, "ngay": today(), "ly_do": "Có kết quả", "by": None, **changes}
    return services.conclude_mo_hinh(mo_hinh=mo_hinh, ket_luan=ket_luan, **data)


def test_a_conclusion_ends_it_or_lets_it_go_on_and_is_taken_back(mo_hinh):
    shown = mo_hinh.version
    assert conclude(mo_hinh, "tiep_tuc").den_ngay is None
    with pytest.raises(StaleError):
        conclude(mo_hinh, "dung", version=shown)
    assert conclude(mo_hinh, "nhan_rong").den_ngay == today()
    with pytest.raises(RuleError, match="đã kết thúc"):
        conclude(mo_hinh, "dung")
    reopened = services.reopen_mo_hinh(mo_hinh=mo_hinh, by=None)
    assert (reopened.ket_luan, reopened.den_ngay) == ("", None)
    with pytest.raises(RuleError, match="lý do"):
        conclude(mo_hinh, "dung", ly_do=" ")
    with pytest.raises(RuleError, match="từ ngày ra mắt"):
        conclude(mo_hinh, "dung", ngay=NGAY - timedelta(days=1))


def test_a_conclusion_sent_twice_finds_nothing_that_differs(client_of, can_bo_phuong, mo_hinh):
    client, url = client_of(can_bo_phuong), reverse("chidoan:mo_hinh_conclude", args=[mo_hinh.pk])
    sent = {
        "version": mo_hinh.version,
        "ket_luan": "tiep_tuc",
        "ngay": f"{today():%d/%m/%Y}",
        "ly_do": "Có kết quả",
    }
    client.post(url, sent)
    twice = client.post(url, sent)
    other = client.post(url, sent | {"ly_do": "Làm thêm một quý"})

    assert (twice.status_code, twice.context["versions"]) == (409, [])
    assert "không ai ghi khác" in twice.content.decode()
    assert [seen["theirs"] for seen in other.context["versions"]] == ["Có kết quả"]


# ---- spreading -----------------------------------------------------------------------------


def test_a_ward_copies_structure_not_history(client_of, can_bo_phuong, mo_hinh, chi_doan_khac):
    first = MucCamKet.objects.cua(mo_hinh)[0]
    services.record_cam_ket(mo_hinh=mo_hinh, ky=Q3, ket_qua={first.pk: ("dat", "")}, by=None)
    data = {"diem": chi_doan_khac.pk, "tu_ngay": "01/10/2026", "giu_to": "on"}

    response = client_of(can_bo_phuong).post(url("mo_hinh_copy", mo_hinh), data)

    copied = MoHinh.objects.get(goc=mo_hinh)
    assert response.url == copied.get_absolute_url()
    assert (copied.ten, copied.diem_id) == (mo_hinh.ten, chi_doan_khac.pk)
    assert MucCamKet.objects.cua(copied).count() == 11
    assert copied.thanh_vien.count() == mo_hinh.thanh_vien.count()
    assert not KetQuaCamKet.objects.cua(copied, Q3).exists()
    page = client_of(can_bo_phuong).get(copied.get_absolute_url()).content.decode()
    assert "Nhân rộng từ" in page
    with pytest.raises(RuleError, match="đang thực hiện"):
        services.copy_mo_hinh(
            goc=mo_hinh, don_vi=mo_hinh.don_vi, diem=copied.diem, tu_ngay=NGAY, by=None
        )


def test_an_office_offers_and_the_ward_decides(
    client_of, van_phong, nguoi_la, mo_hinh, phuong, phuong_khac
):
    there = make_chi_doan(phuong=phuong_khac)
    data = {"don_vi": [phuong_khac.pk], "loi_nhan": "Nên làm"}

    client_of(van_phong).post(url("mo_hinh_offer", mo_hinh), data)

    offer = DeNghiNhanRong.objects.get()
    refused = client_of(van_phong).get(url("nhan_rong_accept", offer))
    assert refused.status_code == 403  # seeing below is not acting below
    ward = client_of(nguoi_la)
    page = ward.get(offer.get_absolute_url()).content.decode()
    assert "Nên làm" in page
    assert mo_hinh.muc_tieu in page
    ward.post(url("nhan_rong_accept", offer), {"diem": there.pk, "tu_ngay": "01/10/2026"})
    offer.refresh_from_db()
    assert (offer.trang_thai, offer.ket_qua.diem_id) == ("nhan", there.pk)
    assert offer.ket_qua.goc == mo_hinh
    with pytest.raises(RuleError, match="đã được trả lời"):
        services.decline_de_nghi(de_nghi=offer, tra_loi="Muộn", by=None)
    with pytest.raises(RuleError, match="đang thực hiện"):
        services.offer_mo_hinh(mo_hinh=mo_hinh, don_vi=[phuong], by=None)


def test_an_offer_is_declined_with_a_reason_or_withdrawn(mo_hinh, phuong_khac):
    (offer,) = services.offer_mo_hinh(mo_hinh=mo_hinh, don_vi=[phuong_khac], by=None)
    with pytest.raises(RuleError, match="đang có đề nghị"):
        services.offer_mo_hinh(mo_hinh=mo_hinh, don_vi=[phuong_khac], by=None)
    with pytest.raises(RuleError, match="lý do"):
        services.decline_de_nghi(de_nghi=offer, tra_loi="", by=None)
    services.decline_de_nghi(de_nghi=offer, tra_loi="Chưa đủ người", by=None)
    (again,) = services.offer_mo_hinh(mo_hinh=mo_hinh, don_vi=[phuong_khac], by=None)
    services.withdraw_de_nghi(de_nghi=again, by=None)
    assert DeNghiNhanRong.objects.get().trang_thai == "tu_choi"


# ---- who sees, who may, what is due ---------------------------------------------------------


def test_the_pilot_branch_sees_and_writes_and_others_do_not(
    client_of, bi_thu, mo_hinh, chi_doan_khac, nguoi_la, van_phong
):
    neighbour = make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, chi_doan_khac)
    log = url("mo_hinh_nhat_ky_create", mo_hinh)

    assert client_of(bi_thu).get(mo_hinh.get_absolute_url()).status_code == 200
    assert client_of(bi_thu).get(log).status_code == 200
    assert client_of(bi_thu).get(url("mo_hinh_update", mo_hinh)).status_code == 403
    assert client_of(van_phong).get(mo_hinh.get_absolute_url()).status_code == 200
    assert client_of(van_phong).get(log).status_code == 403
    for stranger in (neighbour, nguoi_la):
        assert client_of(stranger).get(mo_hinh.get_absolute_url()).status_code == 404
        assert client_of(stranger).get(log).status_code == 404
    assert list(client_of(neighbour).get(LIST).context["page"].object_list) == []


def duties(user, don_vi, day):
    settings = gia_tri_nhieu(list(KHOA_SO), ngay=day, don_vi=don_vi)
    return [row.tieu_de for row in viec_so(user, don_vi, day, settings) if "mô hình" in row.tieu_de]


def test_a_quarter_without_review_and_checks_left_open_are_duties(
    bi_thu, bi_thu_phuong, mo_hinh, phuong, chi_doan
):
    october, september = date(2026, 10, 5), date(2026, 9, 10)

    assert "Đánh giá quý\xa0III năm\xa02026 của 1\xa0mô hình" in duties(
        bi_thu_phuong, phuong, october
    )
    assert duties(bi_thu, chi_doan, september) == [
        "Ghi 11\xa0cam kết mô hình quý\xa0III năm\xa02026"
    ]
    review(mo_hinh)
    assert duties(bi_thu_phuong, phuong, october) == []


def test_duty_of_reviews_opens_exactly_those(phuong, bi_thu_phuong, client_of):
    last = KyBaoCao.quarter_of(today()).previous
    due = make_mo_hinh(don_vi=phuong, tu_ngay=last.start)
    make_mo_hinh(don_vi=phuong, tu_ngay=last.next.start)
    (duty, _offers) = viec.dem_phuong(bi_thu_phuong, phuong, today(), {viec.HAN: 10})

    page = client_of(bi_thu_phuong).get(duty.viec(1, None).url)

    assert list(duty.rows) == [due]
    assert [row.pk for row in page.context["page"]] == [due.pk]
