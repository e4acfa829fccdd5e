"""From the training programme to the ranking, through the pages, within one day."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from baocao.models import DanhGiaTieuChi, XepLoaiDonVi
from baocao.xep_hang import load_xep_hang
from baocao.xep_loai import Muc
from chidoan.xep_loai import viec
from core.periods import today
from doanvien.models import DotXepLoai, PhieuXepLoai, QuyetDinhXepLoai, RenLuyen, XepLoai
from tests.factories import (
    make_chuc_vu,
    make_doan_vien,
    make_dot_xep_loai,
    make_ren_luyen,
    make_xep_loai,
)
from tochuc.models import QuyDinh, VanBan
from tochuc.quy_dinh import gia_tri_nhieu
from tochuc.viec import dem_viec


@pytest.fixture
def nam():
    return today().year


@pytest.fixture
def mo_quanh_nam(db):
    """Ratings may be made on any day on which the tests run."""
    for ma, gia_tri in (("xep_loai_tu_ngay", "01/01"), ("ren_luyen_tu_ngay", "01/01")):
        QuyDinh.objects.create(
            ma=ma, tu_ngay=date(2020, 1, 1), gia_tri=gia_tri, can_cu="Thử", don_vi=None
        )


@pytest.fixture
def nguoi(chi_doan):
    return [make_doan_vien(chi_doan=chi_doan, ho_ten=ten) for ten in ("Lê Bảo", "Vũ Châu")]


def level_of(phuong, nam, ma):
    (row,) = load_xep_hang(phuong, nam).dong
    found = next(item for item in row.ket_qua if item.tieu_chi.ma == ma)
    return found.muc, found.tu, found.mau


def ballots(nguoi, *rows, **more):
    levels = ("htxs", "htt", "ht", "kht", "hong")
    data = {"co_mat": "2", "phieu_thu_ve": "2", **more}
    for person, votes in zip(nguoi, rows, strict=True):
        data |= {f"p-{person.pk}-{ma}": str(so) for ma, so in zip(levels, votes, strict=True)}
    return data


@pytest.mark.usefixtures("mo_quanh_nam")
def test_the_whole_road_ends_in_the_book_and_the_ranking_the_same_day(
    client_of, bi_thu, can_bo_phuong, phuong, chi_doan, nguoi, nam
):
    for so in range(3):
        make_chuc_vu(don_vi=phuong, ho_ten=f"Ủy Viên {so}")

    register_and_score(client_of(bi_thu), phuong, chi_doan, nguoi, nam)
    dot = rate_and_send(client_of(bi_thu), bi_thu, chi_doan, nguoi, nam)
    ward = client_of(can_bo_phuong)
    assert "Tối đa: tốt, vì rèn luyện tốt" in ward.get(dot.get_absolute_url()).content.decode()
    (duty,) = duties(viec.dem_phuong, can_bo_phuong, phuong)
    assert duty.tieu_de == f"Công nhận xếp loại năm {nam} của 1\u00a0chi đoàn"
    assert ward.get(duty.url).context["page"].paginator.count == 1
    decision = decide(ward, dot, nam)

    assert dict(XepLoai.objects.values_list("doan_vien", "muc")) == {
        nguoi[0].pk: "htxs",
        nguoi[1].pk: "htt",
    }
    assert level_of(phuong, nam, "tot_tro_len") == (Muc.HTXS, 2, 2)
    assert level_of(phuong, nam, "khong_hoan_thanh") == (Muc.HTXS, 0, 2)
    assert VanBan.objects.issued(decision, "QĐ").phien_ban == 1
    row = {"chi_doan": chi_doan, "nam": nam, "ngay": today()}
    for ma in ("nhiem_vu", "so_chi_doan", "doan_phi", "ket_nap", "ky_luat"):
        DanhGiaTieuChi.objects.create(tieu_chi=ma, muc="htxs", minh_chung="Thử", **row)
    ward.post(reverse("baocao:xep_loai_chi_doan", args=[decision.pk]))
    level = XepLoaiDonVi.objects.get()
    assert (level.muc, level.so_quyet_dinh) == ("kht", decision.so_ky_hieu)  # no meeting held
    paper = VanBan.objects.issued(decision, "QĐ")
    assert (paper.so_ky_hieu, paper.phien_ban) == (decision.so_ky_hieu, 2)
    file = ward.get(reverse("chidoan:xep_loai_quyet_dinh_excel", args=[decision.pk])).content
    names = [cell.value for cell in load_workbook(BytesIO(file))["Đoàn viên"]["B"]]
    assert names == ["Họ và tên", "Lê Bảo", "Vũ Châu"]
    paper = client_of(bi_thu).get(decision.get_absolute_url() + "quyet-dinh.pdf")
    assert paper.status_code == 200  # it is sent to the branches in it
    cancel = reverse("chidoan:xep_loai_quyet_dinh_huy", args=[decision.pk])
    client_of(can_bo_phuong).post(cancel, {"ly_do": "Kiểm phiếu sai"})
    assert not XepLoaiDonVi.objects.exists()  # what rested on the decision went with it


def register_and_score(branch, phuong, chi_doan, nguoi, nam):
    url = reverse("doanvien:ren_luyen_register", args=[chi_doan.pk])
    branch.post(url, {"dv": [nguoi[0].pk]})
    assert level_of(phuong, nam, "ren_luyen") == (Muc.HT, 1, 2)
    branch.post(url, {"tat_ca": "1"})
    assert level_of(phuong, nam, "ren_luyen") == (Muc.HTXS, 2, 2)
    branch.post(
        reverse("doanvien:ren_luyen_score", args=[chi_doan.pk]),
        {f"diem-{nguoi[0].pk}": "95", f"muc-{nguoi[1].pk}": "htt"},
    )
    found = RenLuyen.objects.order_by("doan_vien__khoa_sap_xep").values_list("muc", "diem")
    assert list(found) == [("htxs", 95), ("htt", None)]


def duties(dem, user, don_vi):
    settings = gia_tri_nhieu(list(viec.KHOA_VIEC), ngay=today(), don_vi=don_vi)
    return dem_viec(list(dem(user, don_vi, today(), settings)))


def rate_and_send(branch, bi_thu, chi_doan, nguoi, nam) -> DotXepLoai:
    day = today().strftime("%d/%m/%Y")
    opening = reverse("chidoan:xep_loai_open", args=[chi_doan.pk])
    branch.post(opening, {"nam": nam, "ngay_hop": day})
    dot = DotXepLoai.objects.get()
    quick = {f"tu_xep-{nguoi[0].pk}": "htxs", f"nhiem_vu-{nguoi[0].pk}": "htxs"}
    branch.post(reverse("chidoan:xep_loai_quick", args=[dot.pk]), quick)
    vote = reverse("chidoan:xep_loai_vote", args=[dot.pk])
    page = branch.post(vote, {"co_mat": "2", "phieu_thu_ve": "2", "luu": "dien"})
    filled = [[value for _, _, value in row.o] for row in page.context["page"].hang]
    assert filled == [["2", "0", "0", "0", "0"], ["0", "2", "0", "0", "0"]]

    page = branch.post(vote, ballots(nguoi, (2, 0, 0, 0, 0), (2, 0, 0, 0, 0)))
    assert "tối đa: tốt, vì rèn luyện tốt" in page.content.decode()
    branch.post(vote, ballots(nguoi, (2, 0, 0, 0, 0), (0, 2, 0, 0, 0)))
    assert [row.tieu_de for row in duties(viec.dem_chi_doan, bi_thu, chi_doan)] == [
        f"Gửi phường kết quả xếp loại năm {nam}"
    ]
    branch.post(reverse("chidoan:xep_loai_send", args=[dot.pk]))
    return dot


def decide(ward, dot, nam) -> QuyetDinhXepLoai:
    day = today().strftime("%d/%m/%Y")
    numbers = {"co_mat": "3", "tan_thanh": "3", "khong_tan_thanh": "0", "khong_hop_le": "0"}
    response = ward.post(
        f"{reverse('chidoan:xep_loai_decide')}?nam={nam}",
        {"dot": [dot.pk], "ngay": day, "ngay_hop": day, **numbers},
    )
    decision = QuyetDinhXepLoai.objects.get()
    assert response.url == decision.get_absolute_url()
    return decision


def test_the_ward_confirms_training_and_the_branch_cannot_change_it(
    client_of, can_bo_phuong, bi_thu, chi_doan, nguoi, nam
):
    row = make_ren_luyen(nguoi[0], "htt", nam=nam)
    confirm = reverse("doanvien:ren_luyen_confirm", args=[chi_doan.pk])
    client_of(can_bo_phuong).post(confirm)
    score = reverse("doanvien:ren_luyen_score", args=[chi_doan.pk])

    page = client_of(bi_thu).post(score, {f"muc-{nguoi[0].pk}": "htxs"})

    assert "đã được phường xác nhận" in page.content.decode()
    row.refresh_from_db()
    assert (row.muc, row.xac_nhan_ngay) == ("htt", today())
    client_of(can_bo_phuong).post(confirm, {"mo_lai": "1"})
    row.refresh_from_db()
    assert row.xac_nhan_ngay is None


def test_what_a_member_wrote_down_is_not_dropped_with_a_tick(client_of, bi_thu, chi_doan, nguoi):
    row = make_ren_luyen(nguoi[0], nam=today().year, noi_dung="Học tiếng Anh")
    url = reverse("doanvien:ren_luyen_register", args=[chi_doan.pk])

    page = client_of(bi_thu).post(url, {}, follow=True)

    assert "Đã ghi nội dung đăng ký của Lê Bảo" in page.content.decode()
    assert RenLuyen.objects.filter(pk=row.pk).exists()


def test_five_parts_of_twenty_make_the_points(client_of, bi_thu, chi_doan, nguoi, nam):
    QuyDinh.objects.create(
        ma="ren_luyen_5_phan", tu_ngay=date(2020, 1, 1), gia_tri=1, can_cu="Thử", don_vi=None
    )
    row = make_ren_luyen(nguoi[0], nam=nam)
    url = reverse("doanvien:ren_luyen_score", args=[chi_doan.pk])
    parts = [20, 18, 15, 16, 10]

    client = client_of(bi_thu)
    client.post(url, {f"p{so}-{nguoi[0].pk}": str(21) for so in range(5)})
    row.refresh_from_db()
    assert row.muc == ""
    client.post(url, {f"p{so}-{nguoi[0].pk}": str(diem) for so, diem in enumerate(parts)})

    row.refresh_from_db()
    assert (row.diem, row.diem_phan, row.muc) == (79, parts, "htt")


def test_registration_has_its_days_and_the_ward_may_add_late_comers(
    client_of, bi_thu, can_bo_phuong, chi_doan, nguoi, nam
):
    for ma, gia_tri in (("ren_luyen_tu_ngay", "01/01"), ("ren_luyen_den_ngay", "01/01")):
        QuyDinh.objects.create(
            ma=ma, tu_ngay=date(2020, 1, 1), gia_tri=gia_tri, can_cu="Thử", don_vi=None
        )
    url = f"{reverse('doanvien:ren_luyen_register', args=[chi_doan.pk])}?nam={nam - 1}"

    page = client_of(bi_thu).post(url, {"tat_ca": "1"}, follow=True)
    assert "Đã hết hạn đăng ký" in page.content.decode()
    client_of(can_bo_phuong).post(url, {"tat_ca": "1"})

    assert RenLuyen.objects.filter(nam=nam - 1).count() == 2


def test_both_scales_stand_side_by_side(client_of, bi_thu, chi_doan, nguoi):
    make_xep_loai(nguoi[0], "htxs", nam=2025)
    make_xep_loai(nguoi[0], "cu_kha", nam=2017)

    page = client_of(bi_thu).get(reverse("chidoan:xep_loai_branch", args=[chi_doan.pk]))

    rows = [(row.nam, row.moi, row.cu) for row in page.context["bang"].nam]
    none = [None] * 4
    assert rows == [(2025, [1, 0, 0, 0], none), (2017, none, [0, 1, 0, 0])]


def test_who_came_onto_the_roster_is_said_before_tallies_are_typed(
    client_of, bi_thu, chi_doan, nguoi
):
    dot = make_dot_xep_loai(chi_doan, doan_vien=nguoi[:1])
    vote = reverse("chidoan:xep_loai_vote", args=[dot.pk])
    client = client_of(bi_thu)

    assert "thêm Vũ Châu" in client.get(vote).content.decode()
    answer = client.post(reverse("chidoan:xep_loai_sync", args=[dot.pk]), {"bieu_quyet": "1"})

    assert (answer.url, dot.phieu.count()) == (vote, 2)
    assert "Cập nhật danh sách" not in client.get(vote).content.decode()


def test_a_sheet_says_which_day_of_a_leave_is_wrong(client_of, bi_thu, chi_doan, nguoi):
    dot = make_dot_xep_loai(chi_doan, doan_vien=nguoi)
    url = reverse("chidoan:xep_loai_phieu", args=[dot.phieu.first().pk])
    leave = {"nghi_vi": "om", "nghi_tu": "01/03/2026", "nghi_den": "01/02/2026"}

    page = client_of(bi_thu).post(url, leave)

    assert page.context["form"].errors == {
        "nghi_den": ["Ngày nghỉ cuối phải từ ngày nghỉ đầu trở đi."]
    }


def test_a_sheet_goes_on_to_the_next_member(client_of, bi_thu, chi_doan, nguoi):
    dot = make_dot_xep_loai(chi_doan, doan_vien=nguoi)
    first, second = dot.phieu.order_by("doan_vien__khoa_sap_xep")

    response = client_of(bi_thu).post(
        reverse("chidoan:xep_loai_phieu", args=[first.pk]), {"uu_diem": "Tích cực", "tiep": "1"}
    )

    assert response.url == reverse("chidoan:xep_loai_phieu", args=[second.pk])
    assert PhieuXepLoai.objects.get(pk=first.pk).uu_diem == "Tích cực"
