"""The editor's actions: copying, changing, checking in words, issuing, ending."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from baocao.cham_diem import bo_hieu_luc, luat_cua, services
from baocao.cham_diem.kiem import kiem_bo
from baocao.cham_diem.luat import Bac, LuatTieuChi
from baocao.models import BoTieuChi
from core.errors import RuleError, StaleError
from core.periods import KyBaoCao, today


def co_san(ma: str) -> BoTieuChi:
    return BoTieuChi.objects.get(ma=ma, don_vi=None)


@pytest.fixture
def nhap(phuong, bi_thu_phuong):
    return services.copy_bo(nguon=co_san("bang-100-diem"), don_vi=phuong, by=bi_thu_phuong)


def issue(bo, by, tu_ngay=None):
    return services.issue_bo(bo=bo, version=bo.version, tu_ngay=tu_ngay or today(), by=by)


def save(bo, luat, by, *, bac=(), tieu_chi=None):
    bo.refresh_from_db()
    return services.save_tieu_chi(
        bo=bo, version=bo.version, luat=luat, bac=bac, tieu_chi=tieu_chi, by=by
    )


def test_a_copy_has_the_same_rules_and_is_a_draft_of_the_unit(nhap, phuong):
    mau = co_san("bang-100-diem")

    assert (nhap.don_vi, nhap.phien_ban, nhap.thay_cho, nhap.is_nhap) == (phuong, 1, mau, True)
    assert luat_cua(nhap).tieu_chi == luat_cua(mau).tieu_chi
    assert luat_cua(nhap).muc == luat_cua(mau).muc
    assert kiem_bo(luat_cua(nhap)) == []


def test_a_second_draft_of_the_same_set_is_refused(nhap, phuong, bi_thu_phuong):
    with pytest.raises(RuleError, match="bản nháp"):
        services.copy_bo(nguon=nhap, don_vi=phuong, by=bi_thu_phuong)


def test_the_older_scale_is_for_reading_alone(phuong, bi_thu_phuong):
    with pytest.raises(RuleError, match="thang cũ"):
        services.copy_bo(nguon=co_san("thang-cu-chi-doan"), don_vi=phuong, by=bi_thu_phuong)


def test_an_issued_set_judges_its_unit_and_is_never_changed(nhap, phuong, huyen, bi_thu_phuong):
    bo = issue(nhap, bi_thu_phuong)

    assert bo_hieu_luc("chi_doan", KyBaoCao(today().year), phuong) == bo
    assert bo_hieu_luc("chi_doan", KyBaoCao(today().year), huyen).is_co_san
    rules = luat_cua(bo)
    with pytest.raises(RuleError, match="không sửa được"):
        save(bo, rules.la[0], bi_thu_phuong, tieu_chi=bo.tieu_chi.get(ma=rules.la[0].ma))
    with pytest.raises(RuleError, match="không sửa được"):
        services.delete_bo(bo=bo, by=bi_thu_phuong)
    bo.tieu_chi.update(diem_toi_da=0)
    assert luat_cua(BoTieuChi.objects.get(pk=bo.pk)) == rules


def test_a_new_version_ends_the_one_it_follows_the_day_before(nhap, phuong, bi_thu_phuong):
    first = issue(nhap, bi_thu_phuong, date(today().year, 1, 1))

    second = services.copy_bo(nguon=first, don_vi=phuong, by=bi_thu_phuong)
    second = issue(second, bi_thu_phuong, date(today().year, 7, 1))

    first.refresh_from_db()
    assert (second.phien_ban, second.thay_cho) == (2, first)
    assert (first.den_ngay, first.trang_thai) == (date(today().year, 6, 30), "thoi")


def test_a_set_never_reaches_back_into_a_past_year(nhap, bi_thu_phuong):
    with pytest.raises(RuleError, match="năm đã qua"):
        issue(nhap, bi_thu_phuong, date(today().year - 1, 12, 31))


def test_after_its_end_the_nearest_above_judges_again(nhap, phuong, bi_thu_phuong):
    bo = issue(nhap, bi_thu_phuong)

    services.end_bo(bo=bo, version=bo.version, den_ngay=today(), by=bi_thu_phuong)

    assert bo_hieu_luc("chi_doan", KyBaoCao(today().year + 1), phuong).is_co_san


def test_what_changed_meanwhile_is_not_overwritten(nhap, bi_thu_phuong):
    old = nhap.version
    words = {"ten": "Bảng mới", "can_cu": "05-HD/ĐTN", "dia_chi": "", "mo_ta": ""}
    services.update_bo(bo=nhap, version=old, by=bi_thu_phuong, **words)

    with pytest.raises(StaleError):
        services.update_bo(bo=nhap, version=old, by=bi_thu_phuong, **words)


def test_a_group_has_to_be_the_sum_of_what_it_holds(nhap, bi_thu_phuong):
    item = luat_cua(nhap).lay("1-1")
    row = nhap.tieu_chi.get(ma="1-1")
    save(nhap, replace(item, diem_toi_da=Decimal(12)), bi_thu_phuong, tieu_chi=row)

    (wrong,) = kiem_bo(luat_cua(nhap))

    assert "tối đa 25 điểm" in wrong
    assert "cộng lại 27 điểm" in wrong
    nhap.refresh_from_db()
    with pytest.raises(RuleError, match="cộng lại 27"):
        issue(nhap, bi_thu_phuong)


def test_a_criterion_is_added_moved_and_taken_out(nhap, bi_thu_phuong):
    bonus = LuatTieuChi(
        ma="sang-kien", ten="Thưởng", cach_cham="cong_tru", cha="iv", diem_toi_da=Decimal(5)
    )
    row = save(nhap, bonus, bi_thu_phuong)

    assert [item.ma for item in luat_cua(nhap).con("iv")] == ["4-1", "4-2", "sang-kien"]
    services.move_tieu_chi(tieu_chi=row, len_tren=True, by=bi_thu_phuong)
    assert [item.ma for item in luat_cua(nhap).con("iv")] == ["4-1", "sang-kien", "4-2"]
    services.delete_tieu_chi(tieu_chi=nhap.tieu_chi.get(ma="iv"), by=bi_thu_phuong)
    assert luat_cua(nhap).con("iv") == []
    assert "sang-kien" not in luat_cua(nhap).theo_ma


def test_a_group_cannot_stand_inside_itself(nhap, bi_thu_phuong):
    group = luat_cua(nhap).lay("i")

    with pytest.raises(RuleError, match="trong chính nó"):
        save(nhap, replace(group, cha="i"), bi_thu_phuong, tieu_chi=nhap.tieu_chi.get(ma="i"))


NHIP = LuatTieuChi(
    ma="nhip",
    ten="Nhịp",
    cach_cham="tu_dong",
    nguon="nhip_hop",
    chia_cho="rieng",
    cong_thuc="ty_le",
    moc_duoi=Fraction(0),
    moc_tren=Fraction(1),
    diem_toi_da=Decimal(5),
)
MUOI = Bac(gioi_han=Fraction(1), diem=Decimal(5))
CON_LAI = Bac(diem=Decimal(0))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"nguon": "khong-co"}, "nguồn số không có"),
        ({"nguon": "lop_tap_huan", "chia_cho": "khong"}, "ở cấp này"),
        ({"chia_cho": "doan_vien"}, "đã có mẫu số"),
        ({"nguon": "cong_trinh"}, "không có mẫu số riêng"),
        ({"nguon": "cong_trinh", "chia_cho": "so"}, "số cố định"),
        ({"moc_tren": Fraction(0)}, "phải khác nhau"),
        ({"moc_tren": None}, "ghi mốc được 0 điểm"),
        ({"diem_toi_da": Decimal(0)}, "ghi điểm tối đa"),
        ({"cong_thuc": "moi_don_vi"}, "mỗi đơn vị"),
        ({"cong_thuc": "bac"}, "bậc cuối"),
        ({"cong_thuc": "bac", "bac": (MUOI,)}, "bậc cuối"),
        ({"cong_thuc": "bac", "bac": (replace(MUOI, diem=Decimal(9)), CON_LAI)}, "từ 0 đến 5"),
        ({"cong_thuc": "bac", "bac": (replace(MUOI, diem=Decimal(0)), CON_LAI)}, "nhiều điểm"),
        (
            {"cong_thuc": "bac", "bac": (MUOI, replace(MUOI, diem=Decimal(3)), CON_LAI)},
            "từ cao xuống thấp",
        ),
    ],
)
def test_a_criterion_that_cannot_be_computed_is_said_in_words(db, changes, words):
    luat = luat_cua(co_san("bang-100-diem"))

    wrong = kiem_bo(replace(luat, tieu_chi=(*luat.tieu_chi, replace(NHIP, **changes))))

    assert any(words in sentence for sentence in wrong), wrong


@pytest.mark.parametrize(
    ("starts", "words"),
    [
        ((85, 70, 50, 10), "từ 0 điểm"),
        ((70, 85, 50, 0), "số điểm cao hơn"),
        ((120, 70, 50, 0), "chỉ có 100 điểm"),
        ((85, 70, None, 0), "cả bốn mức"),
    ],
)
def test_bands_without_gaps_alone_are_accepted(db, starts, words):
    luat = luat_cua(co_san("bang-100-diem"))
    muc = tuple(
        replace(item, tu_diem=None if start is None else Decimal(start))
        for item, start in zip(luat.muc, starts, strict=True)
    )

    wrong = kiem_bo(replace(luat, muc=muc))

    assert any(words in sentence for sentence in wrong), wrong
