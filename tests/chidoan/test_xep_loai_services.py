from datetime import date

import pytest

from chidoan.models import DiemDanh
from chidoan.xep_loai import quyet_dinh as ward
from chidoan.xep_loai import services
from chidoan.xep_loai.queries import load_dong
from chidoan.xep_loai.quyet_dinh import PhieuBch
from chidoan.xep_loai.services import KiemPhieu
from core.errors import RuleError
from doanvien.models import (
    BuocXepLoai,
    DotXepLoai,
    KyLuat,
    NhanXetCuTru,
    PhieuXepLoai,
    QuaTrinh,
    XepLoai,
)
from tests.factories import (
    make_buoi,
    make_chuc_vu,
    make_doan_vien,
    make_dot_xep_loai,
    make_ren_luyen,
    make_xep_loai,
)
from tochuc.models import NhatKy, VanBan

HOP = date(2026, 11, 10)
CO, VANG = DiemDanh.TrangThai.CO_MAT, DiemDanh.TrangThai.VANG


@pytest.fixture(autouse=True)
def _cuoi_nam(monkeypatch):
    """The rating season: 28/11/2026."""
    for module in (services, ward):
        monkeypatch.setattr(module, "today", lambda: date(2026, 11, 28))


@pytest.fixture
def nguoi(chi_doan):
    """Bảo came to 2 of 2 meetings, Châu to 1; Dũng is new, Giang a member of the Party."""
    bao, chau = (make_doan_vien(chi_doan=chi_doan, ho_ten=ten) for ten in ("Lê Bảo", "Vũ Châu"))
    dung = make_doan_vien(
        chi_doan=chi_doan,
        ho_ten="Hồ Dũng",
        ngay_vao_doan=date(2026, 9, 2),
        ngay_sinh=date(2008, 1, 1),
    )
    giang = make_doan_vien(chi_doan=chi_doan, ho_ten="Cao Giang", ngay_vao_dang=date(2025, 2, 3))
    for ngay, co in ((date(2026, 5, 5), CO), (date(2026, 6, 5), VANG)):
        make_buoi(chi_doan=chi_doan, ngay=ngay, diem_danh={bao: CO, chau: co})
    make_ren_luyen(bao, "htxs")
    make_ren_luyen(chau, "htt")
    return {"bao": bao, "chau": chau, "dung": dung, "giang": giang}


@pytest.fixture
def dot(nguoi, chi_doan, bi_thu):
    return services.open_dot(chi_doan=chi_doan, nam=2026, ngay_hop=HOP, by=bi_thu)


@pytest.fixture
def bch(phuong):
    return [make_chuc_vu(don_vi=phuong, ho_ten=f"Ủy Viên {so}") for so in range(5)]


def tallies(nguoi, bao=(3, 0, 0, 0), chau=(0, 0, 3, 0), **khac):
    return {
        nguoi["bao"].pk: KiemPhieu(bao, **khac),
        nguoi["chau"].pk: KiemPhieu(chau),
    }


def voted(dot, nguoi, bi_thu, **changes):
    return services.vote(
        dot=dot,
        version=None,
        **{
            "co_mat": 3,
            "phieu_thu_ve": 3,
            "kiem_phieu": tallies(nguoi),
            "by": bi_thu,
            **changes,
        },
    )


def sent(dot, nguoi, bi_thu):
    return services.send(dot=voted(dot, nguoi, bi_thu), version=None, by=bi_thu)


def decided(phuong, mot_dot, by, **changes):
    fields = {
        "don_vi": phuong,
        "nam": 2026,
        "dot": [mot_dot],
        "ngay": date(2026, 11, 20),
        "ngay_hop": date(2026, 11, 18),
        "phieu": PhieuBch(co_mat=5, tan_thanh=4, khong_tan_thanh=1),
        "by": by,
        **changes,
    }
    return ward.decide(**fields)


def test_opening_makes_a_sheet_for_everybody_on_the_roster_of_the_day(dot, nguoi, chi_doan):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 11, 11))

    assert set(dot.phieu.values_list("doan_vien", flat=True)) == {p.pk for p in nguoi.values()}
    assert dot.trang_thai == DotXepLoai.TrangThai.MO


def test_facts_come_from_the_books(dot, nguoi):
    found = {row.doan_vien.pk: row.ket_luan.cau for row in load_dong(dot)}

    assert found == {
        nguoi["bao"].pk: "Tối đa: xuất sắc",
        nguoi["chau"].pk: "Tối đa: hoàn thành, vì dự 1/2 buổi = 50%",
        nguoi["dung"].pk: "Mới kết nạp, sinh hoạt 2 tháng, chưa đủ 6 tháng",
        nguoi["giang"].pk: "Đảng viên: không xếp loại, chỉ ghi kết quả rèn luyện",
    }


def test_facts_take_the_same_queries_for_any_number_of_members(
    dot, chi_doan, django_assert_num_queries
):
    for _ in range(3):
        PhieuXepLoai.objects.create(dot=dot, doan_vien=make_doan_vien(chi_doan=chi_doan))

    with django_assert_num_queries(5):
        assert len(load_dong(dot)) == 7


def test_a_short_absence_and_maternity_leave_meetings_out(dot, nguoi, bi_thu):
    sheet = dot.phieu.get(doan_vien=nguoi["chau"])
    away = {"nghi_tu": date(2026, 6, 1), "nghi_den": date(2026, 8, 31)}
    seen = {}
    for vi, den in (("di_xa", date(2026, 8, 31)), ("di_xa", date(2026, 9, 1)), ("thai_san", None)):
        changes = {**away, "nghi_vi": vi, "nghi_den": den or date(2026, 11, 1)}
        services.save_phieu(phieu=sheet, changes=changes, by=bi_thu)
        row = next(r for r in load_dong(dot) if r.doan_vien == nguoi["chau"])
        seen[vi, changes["nghi_den"]] = (row.su_kien.du_hop, row.su_kien.so_buoi)

    assert list(seen.values()) == [(1, 1), (1, 2), (1, 1)]


def test_a_reorganised_branch_goes_on_and_a_newcomer_needs_his_old_units_word(
    dot, nguoi, chi_doan, chi_doan_khac, bi_thu
):
    moved, new = (
        make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 9, 1), ly_do_bat_dau=why)
        for why in (QuaTrinh.LyDoBatDau.SAP_XEP, QuaTrinh.LyDoBatDau.CHUYEN_DEN)
    )
    QuaTrinh.objects.create(
        doan_vien=moved,
        chi_doan=chi_doan_khac,
        tu_ngay=date(2020, 1, 1),
        den_ngay=date(2026, 8, 31),
        ly_do_bat_dau=QuaTrinh.LyDoBatDau.KET_NAP,
        ly_do_ket_thuc=QuaTrinh.LyDoKetThuc.SAP_XEP,
    )
    assert services.change_ngay_hop(dot=dot, ngay_hop=HOP, by=bi_thu) == (2, 0)

    rows = {row.doan_vien.pk: row.ket_luan for row in load_dong(dot)}
    assert rows[moved.pk].khong_xep == ""
    assert rows[new.pk].cau.endswith("xếp loại theo nhận xét của đơn vị cũ, hiện chưa ghi")

    sheet = dot.phieu.get(doan_vien=new)
    services.save_phieu(phieu=sheet, changes={"muc_don_vi_cu": "htt"}, by=bi_thu)
    assert {r.doan_vien.pk: r.ket_luan.toi_da for r in load_dong(dot)}[new.pk] == "htt"


def test_the_vote_proposes_levels_and_keeps_tallies_and_facts(dot, nguoi, bi_thu):
    voted(dot, nguoi, bi_thu)

    rows = dot.phieu.order_by("doan_vien__khoa_sap_xep").values_list(
        "muc", "phieu_htxs", "phieu_ht", "toi_da", "khong_xep", "du_hop", "so_buoi"
    )
    assert list(rows) == [
        ("htxs", 3, 0, "htxs", "", 2, 2),
        ("ht", 0, 3, "ht", "", 1, 2),
        ("", None, None, "", "duoi_6_thang", 0, 0),
        ("", None, None, "", "dang_vien", 0, 0),
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"co_mat": 5}, "không khớp danh sách 4"),
        ({"phieu_thu_ve": 4}, "từ 1 đến số có mặt 3"),
        ({"kiem_phieu": {}}, "Ghi phiếu của đồng chí Lê Bảo"),
        ({"bao": (2, 0, 0, 0)}, "cộng lại được 2 phiếu, khác 3"),
        ({"bao": (1, 1, 0, 0), "hong": 1}, "bỏ phiếu lại"),
        ({"chau": (3, 0, 0, 0)}, "Ghi lý do xếp cao hơn"),
    ],
)
def test_a_tally_that_cannot_be_is_refused(dot, nguoi, bi_thu, changes, sentence):
    own = {key: changes.pop(key) for key in ("bao", "chau", "hong") if key in changes}
    with pytest.raises(RuleError, match=sentence):
        voted(dot, nguoi, bi_thu, **{"kiem_phieu": tallies(nguoi, **own), **changes})

    assert not dot.phieu.exclude(muc="").exists()


def test_a_level_above_the_facts_stands_with_a_reason(dot, nguoi, bi_thu):
    votes = tallies(nguoi) | {nguoi["chau"].pk: KiemPhieu((3, 0, 0, 0), ly_do_vuot="Đi học xa")}
    voted(dot, nguoi, bi_thu, kiem_phieu=votes)

    sheet = dot.phieu.get(doan_vien=nguoi["chau"])
    assert (sheet.muc, sheet.toi_da, sheet.ly_do_vuot) == ("htxs", "ht", "Đi học xa")


def test_sending_asks_the_books_again(dot, nguoi, chi_doan, bi_thu):
    dot = voted(dot, nguoi, bi_thu)
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 8, 5), diem_danh={nguoi["bao"]: VANG})

    with pytest.raises(RuleError, match="tối đa: hoàn thành, vì dự 2/3 buổi = 66,6%"):
        services.send(dot=dot, version=None, by=bi_thu)


def test_a_sent_round_is_closed_to_the_branch_until_it_comes_back(
    dot, nguoi, bi_thu, can_bo_phuong
):
    dot = sent(dot, nguoi, bi_thu)
    with pytest.raises(RuleError, match="không sửa được"):
        voted(dot, nguoi, bi_thu)

    services.withdraw(dot=dot, by=bi_thu)
    dot = services.send(dot=dot, version=None, by=bi_thu)
    with pytest.raises(RuleError, match="Ghi lý do"):
        ward.send_back(dot=dot, ly_do=" ", by=can_bo_phuong)
    ward.send_back(dot=dot, ly_do="Thiếu nhận xét", by=can_bo_phuong)
    services.send(dot=dot, version=None, by=bi_thu)

    assert list(dot.buoc.values_list("loai", "ly_do")) == [
        ("mo", ""),
        ("bieu_quyet", ""),
        ("gui", ""),
        ("rut", ""),
        ("gui", ""),
        ("tra_lai", "Thiếu nhận xét"),
        ("gui", ""),
    ]


def test_a_decision_writes_the_book_and_issues_its_paper(
    dot, nguoi, bi_thu, phuong, bch, can_bo_phuong
):
    dot = sent(dot, nguoi, bi_thu)

    decision = decided(phuong, dot, can_bo_phuong)

    assert decision.so_ky_hieu == "01-QĐ/ĐTN"
    assert list(
        XepLoai.objects.order_by("doan_vien__khoa_sap_xep").values_list(
            "doan_vien", "muc", "so_quyet_dinh", "ngay"
        )
    ) == [
        (nguoi["bao"].pk, "htxs", "01-QĐ/ĐTN", date(2026, 11, 20)),
        (nguoi["chau"].pk, "ht", "01-QĐ/ĐTN", date(2026, 11, 20)),
    ]
    assert decision.dong.count() == 4
    assert VanBan.objects.issued(decision, "QĐ").tieu_de == (
        "Quyết định công nhận kết quả đánh giá, xếp loại đoàn viên năm 2026"
    )
    line = NhatKy.objects.get(hanh_dong="quyet_dinh_xep_loai.decide")
    assert line.noi_dung == {"nam": 2026, "so": "01-QĐ/ĐTN", "so_chi_doan": 1}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"dot": []}, "Chọn ít nhất một chi đoàn"),
        ({"ngay": date(2026, 11, 17)}, "từ ngày họp Ban Chấp hành"),
        ({"ngay_hop": date(2026, 11, 9)}, "sau ngày họp Ban Chấp hành"),
        ({"ngay": date(2026, 12, 1)}, "chưa đến"),
        ({"phieu": PhieuBch(co_mat=4, tan_thanh=2, khong_tan_thanh=2)}, "chưa quá nửa"),
        ({"phieu": PhieuBch(co_mat=5, tan_thanh=4)}, "khác 5 ủy viên có mặt"),
    ],
)
def test_a_decision_out_of_order_is_refused(
    dot, nguoi, bi_thu, phuong, bch, can_bo_phuong, changes, sentence
):
    dot = sent(dot, nguoi, bi_thu)
    with pytest.raises(RuleError, match=sentence):
        decided(phuong, dot, can_bo_phuong, **changes)

    assert not XepLoai.objects.exists()


def test_nobody_is_rated_twice_in_a_year(dot, nguoi, bi_thu, phuong, bch, can_bo_phuong):
    dot = sent(dot, nguoi, bi_thu)
    make_xep_loai(nguoi["bao"])

    with pytest.raises(RuleError, match="Lê Bảo đã có kết quả xếp loại năm 2026"):
        decided(phuong, dot, can_bo_phuong)


def test_a_cancelled_decision_leaves_its_lines_and_the_book_empty(
    dot, nguoi, bi_thu, phuong, bch, can_bo_phuong
):
    decision = decided(phuong, sent(dot, nguoi, bi_thu), can_bo_phuong)

    ward.cancel(quyet_dinh=decision, ly_do="Kiểm phiếu sai", lam_lai=[dot], by=can_bo_phuong)

    dot.refresh_from_db()
    assert not XepLoai.objects.exists()
    assert decision.dong.count() == 4
    assert (dot.trang_thai, dot.ly_do_tra_lai, dot.quyet_dinh) == (
        "tra_lai",
        "Kiểm phiếu sai",
        None,
    )
    assert dot.buoc.last().loai == BuocXepLoai.Loai.HUY
    again = decided(phuong, services.send(dot=dot, version=None, by=bi_thu), can_bo_phuong)
    assert again.so_ky_hieu == "02-QĐ/ĐTN"


def test_who_stands_on_two_lists_is_named(
    dot, nguoi, bi_thu, phuong, bch, can_bo_phuong, chi_doan_khac
):
    dot = sent(dot, nguoi, bi_thu)
    other = make_dot_xep_loai(chi_doan_khac, doan_vien=[nguoi["chau"]], trang_thai="da_gui")

    with pytest.raises(RuleError, match="Vũ Châu có trong danh sách của cả"):
        decided(phuong, dot, can_bo_phuong, dot=[dot, other])


def test_a_residence_remark_goes_before_the_branchs_answer(dot, nguoi, chi_doan, chi_doan_khac):
    chi_doan.khoi = "truong_hoc"
    chi_doan.save(update_fields=["khoi"])
    dot = DotXepLoai.objects.select_related("chi_doan").get(pk=dot.pk)
    dot.phieu.update(noi_cu_tru="tich_cuc")
    period = QuaTrinh.objects.create(
        doan_vien=nguoi["bao"],
        chi_doan=chi_doan_khac,
        loai=QuaTrinh.Loai.NOI_CU_TRU,
        tu_ngay=date(2026, 1, 5),
        ly_do_bat_dau=QuaTrinh.LyDoBatDau.GIOI_THIEU,
    )
    NhanXetCuTru.objects.create(
        qua_trinh=period, nam=2026, muc=NhanXetCuTru.Muc.THAM_GIA, ngay=date(2026, 11, 1)
    )

    found = {row.doan_vien.pk: row.ket_luan.cau for row in load_dong(dot)}

    assert found[nguoi["bao"].pk] == "Tối đa: tốt, vì có tham gia sinh hoạt nơi cư trú"


def test_a_warning_in_force_leaves_not_fulfilled(dot, nguoi, chi_doan):
    day = date(2026, 7, 1)
    for person, form in ((nguoi["bao"], "canh_cao"), (nguoi["chau"], "khien_trach")):
        KyLuat.objects.create(
            doan_vien=person,
            chi_doan=chi_doan,
            hinh_thuc=form,
            cap=KyLuat.Cap.CO_SO,
            so_quyet_dinh="09-QĐ/ĐTN",
            ngay_quyet_dinh=day,
            ngay_cong_bo=day,
            ly_do="Thử",
        )

    found = {row.doan_vien.pk: row.ket_luan.cau for row in load_dong(dot)}

    assert found[nguoi["bao"].pk] == "Tối đa: không hoàn thành, vì đang thi hành kỷ luật"
    assert found[nguoi["chau"].pk] == "Tối đa: hoàn thành, vì dự 1/2 buổi = 50%"
