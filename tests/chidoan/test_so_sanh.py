from datetime import date, time

import pytest

from chidoan.noi_dung import Dong, KetQua, NghiQuyetMoi
from chidoan.so_sanh import compare
from tests.chidoan.test_services_buoi import said
from tests.factories import make_doan_vien, make_nghi_quyet


@pytest.fixture
def members(chi_doan):
    names = ("Nguyễn Hoài An", "Trần Gia Bảo", "Phạm Thị Cẩm")
    return [make_doan_vien(chi_doan=chi_doan, ho_ten=name) for name in names]


def lines(mine, theirs):
    return [(line.nhan, line.cua_toi, line.ban_kia) for line in compare(mine, theirs)]


def test_same_versions_have_no_difference(members):
    assert lines(said(members), said(members)) == []


def test_fields_are_compared_in_words(members):
    hour = {"bat_dau": time(19, 5), "ket_thuc": None}
    mine = said(members, loai="chuyen_de", chu_tri_id=members[2].pk, **hour)

    assert lines(mine, said(members, ngay=date(2026, 9, 20), thu_ky_id=None)) == [
        ("Loại buổi", "Sinh hoạt chuyên đề", "Sinh hoạt định kỳ"),
        ("Ngày họp", "15/09/2026", "20/09/2026"),
        ("Bắt đầu lúc", "19:05", "19:30"),
        ("Kết thúc lúc", "–", "20:30"),
        ("Chủ trì", "Phạm Thị Cẩm", "Nguyễn Hoài An"),
        ("Thư ký", "Trần Gia Bảo", "Chưa chọn"),
    ]


def test_roll_is_compared_by_name(members):
    an, bao = members[:2]
    roll = {an.pk: Dong(trang_thai="vang_co_ly_do", ly_do="di_hoc"), bao.pk: Dong()}

    assert lines(said(members, diem_danh=roll), said(members)) == [
        ("Điểm danh Nguyễn Hoài An", "Vắng có lý do, học tập", "Có mặt"),
        ("Điểm danh Phạm Thị Cẩm", "Không có trong danh sách", "Có mặt"),
    ]


def test_what_drafts_keep_of_resolutions_is_compared(members):
    typed = {"nghi_quyet": [{"noi_dung": "Trồng cây", "han": "3"}], "ket_qua": {}}
    done = {"nghi_quyet": [], "ket_qua": {"7": {"trang_thai": "xong", "ket_qua": "4 buổi"}}}

    assert lines(said(members, ban_nhap=typed), said(members, ban_nhap=done)) == [
        ("Phần đang ghi", "Trồng cây, hạn 3", "4 buổi"),
    ]


def test_resolutions_are_compared(members):
    row = make_nghi_quyet(noi_dung="Thu gom rác")
    task = NghiQuyetMoi(noi_dung="Trồng cây", phu_trach_id=members[0].pk, han=date(2026, 10, 1))
    mine = said(
        members, ket_qua={row.pk: KetQua(trang_thai="xong", ket_qua="4 buổi")}, nghi_quyet=(task,)
    )

    assert lines(mine, said(members, ket_qua={row.pk: KetQua()})) == [
        ("Nghị quyết «Thu gom rác»", "Xong: 4 buổi", "Đang làm"),
        ("Nghị quyết mới", "Trồng cây (Nguyễn Hoài An, hạn 01/10/2026)", "Không có"),
    ]
