"""Why a result is what it is and what would raise it, in sentences, from the rules alone."""

from decimal import Decimal
from fractions import Fraction

import pytest

from baocao.cham_diem.cong_thuc import GiaTri, KetTinh, tinh
from baocao.cham_diem.luat import Bac, BoLuat, LuatMuc, LuatTieuChi
from baocao.ket_qua.loi import Diem, co_chan, de_nang, de_nang_mot, vi_sao


def criterion(ma="x", **fields):
    values = {"ten": f"Tiêu chí {ma}", "cach_cham": "tu_dong", "diem_toi_da": Decimal(10)}
    return LuatTieuChi(ma=ma, **(values | fields))


NHIP = criterion("nhip", nguon="nhip_hop", cong_thuc="ty_le", moc_duoi=0, moc_tren=1)
MAU = criterion(
    "mau",
    nguon="hien_mau",
    chia_cho="doan_vien",
    cong_thuc="moi_don_vi",
    diem_moi=Decimal(10),
    tran_so=6,
)
TU_CHAM = criterion("tu_cham", cach_cham="tu_cham", mo_ta="Có danh sách, ảnh")
BO = BoLuat(
    ma="thu",
    phien_ban=1,
    ten="Bảng thử",
    doi_tuong="chi_doan",
    kieu="diem",
    can_cu="Thử",
    tieu_chi=(NHIP, MAU, TU_CHAM),
    muc=(
        LuatMuc(muc="htxs", ten="Vững mạnh xuất sắc", tu_diem=Decimal(25)),
        LuatMuc(muc="htt", ten="Vững mạnh", tu_diem=Decimal(15)),
        LuatMuc(muc="kht", ten="Chưa đạt", tu_diem=Decimal(0)),
    ),
)


def counted(luat, tu, mau=None):
    value = GiaTri(tu, mau)
    found = tinh(luat, value)
    return Diem(luat, value, found, found.diem, found.muc)


def rows(nhip=9, mau=3, tu_cham=Decimal(6)):
    return {
        "nhip": counted(NHIP, nhip, 12),
        "mau": counted(MAU, mau, 5),
        "tu_cham": Diem(TU_CHAM, diem=tu_cham),
    }


def test_points_are_told_with_what_is_missing_to_the_next_class():
    found = rows()  # 7,5 + 0 + 6

    assert list(vi_sao(BO, found, "kht")) == ["Được 13,5/30 điểm."]
    assert next(de_nang(BO, found, "kht")) == ("Thêm 1,5 điểm thì lên mức vững mạnh (từ 15 điểm).")


def test_a_class_is_told_with_its_limit():
    assert list(vi_sao(BO, rows(nhip=12), "htt")) == [
        "Được 16/30 điểm.",
        "Mức vững mạnh tính từ 15 điểm.",
    ]


def test_each_criterion_names_the_exact_amount_and_what_it_brings():
    assert de_nang_mot(BO, rows()["nhip"]) == (
        "thêm 1 tháng có buổi sinh hoạt thì được 8,33 điểm; thêm 3 tháng có buổi sinh hoạt thì "
        "được 10 điểm, là nhiều nhất."
    )


def test_per_head_and_cap_are_explained_where_the_amount_is_named():
    assert de_nang_mot(BO, rows()["mau"]) == (
        "thêm 2 đơn vị máu thì được 10 điểm (tính bình quân đầu đoàn viên, chi đoàn đông không "
        "lợi hơn; số đếm chỉ tính đến 6)."
    )


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (counted(NHIP, 12, 12), "đã đủ điểm, làm thêm không được thêm điểm."),
        (counted(MAU, 9, 10), "số đếm chỉ tính đến 6, làm thêm không được thêm điểm."),
        (Diem(TU_CHAM, diem=Decimal(6)), "còn có thể thêm 4 điểm: có danh sách, ảnh."),
        (Diem(TU_CHAM, diem=Decimal(10)), ""),
    ],
)
def test_what_cannot_grow_says_so(row, sentence):
    assert de_nang_mot(BO, row) == sentence


def test_what_people_gave_already_is_not_promised_again():
    row = Diem(NHIP, GiaTri(9, 12), tinh(NHIP, GiaTri(9, 12)), Decimal(10))

    assert de_nang_mot(BO, row) == "đã đủ điểm, làm thêm không được thêm điểm."


def test_missing_points_are_named():
    found = rows(tu_cham=None)

    assert list(vi_sao(BO, found, ""))[-1] == "Chưa đủ dữ liệu: Tiêu chí tu_cham."


def test_a_stored_figure_that_was_held_below_the_best_step_stays_there():
    steps = (
        Bac(gioi_han=Fraction(1), diem=Decimal(10)),
        Bac(gioi_han=Fraction(1, 2), diem=Decimal(5)),
        Bac(diem=Decimal(0)),
    )
    luat = criterion(nguon="thu_nop", cong_thuc="bac", bac=steps)

    assert co_chan(luat, 12, 12, KetTinh(Decimal(10))) == GiaTri(12, 12)
    assert co_chan(luat, 12, 12, KetTinh(Decimal(5))) == GiaTri(12, 12, khong_cao_nhat=True)
    assert co_chan(luat, None, None, KetTinh()) is None
