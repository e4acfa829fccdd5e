"""Growing out, deferral, awards and one reprimand in Phường I."""

from collections import Counter
from datetime import date, timedelta

from django.db.models import F

from chidoan.models import BieuQuyet, BuoiSinhHoat, DiemDanh
from doanvien.hoan.services import defer
from doanvien.khen_thuong.services import create_khen_thuong
from doanvien.ky_luat.services import create_ky_luat
from doanvien.models import KhenThuong, KyLuat, QuaTrinh
from doanvien.services import create_many
from doanvien.truong_thanh import services as truong_thanh
from doanvien.truong_thanh.quy_tac import KetQua
from tochuc.models import DonVi

from .phuong_1 import ChiDoanDemo
from .ten import May

NGAY_LE = (3, 26)
SO_NAM_NGOAI, SO_NAM_NAY = 4, 3
VANG_CO_LY_DO = DiemDanh.TrangThai.VANG_CO_LY_DO


def build(branches: list[ChiDoanDemo], phuong: DonVi, *, homnay: date, by) -> None:
    """Last year's decision, who is due this year, and what else is recorded about members."""
    may = May(26, tinh="092", que_quan="Phường I, TP. Vị Thanh, Hậu Giang")
    people = _last_year(may, branches, phuong, nam=homnay.year - 1, by=by)
    people += _this_year(may, branches, phuong, homnay=homnay, by=by)
    _rolls(people)
    _awards(branches, phuong, homnay=homnay, by=by)
    nguoi = next(b for b in branches if b.suc == "kha").nguoi[3]
    defer(
        doan_vien=nguoi,
        tu_ngay=homnay - timedelta(days=200),
        den_ngay=homnay + timedelta(days=21),
        ly_do="Nuôi con nhỏ",
        so_nghi_quyet="03-NQ/CĐ",
        by=by,
    )
    _reprimand(branches, homnay=homnay, by=by)


def _people(may: May, branches: list[ChiDoanDemo], so: int, nam_sinh: int) -> list:
    return [
        may.nguoi(
            chi_doan=branches[index].don_vi,
            sinh=(date(nam_sinh, 1, 1), date(nam_sinh, 12, 31)),
            vao_doan=(date(nam_sinh + 19, 3, 26), date(nam_sinh + 21, 3, 26)),
        )
        for index in range(so)
    ]


def _enter(people, phuong: DonVi, by) -> list:
    rows = [(nguoi, nguoi.ngay_vao_doan, QuaTrinh.LyDoBatDau.KET_NAP) for nguoi in people]
    return create_many(rows=rows, don_vi=phuong, by=by, hanh_dong="doan_vien.create")


def _last_year(may: May, branches, phuong: DonVi, *, nam: int, by) -> list:
    """Three grew out at the ceremony of 26/3, one stays for three years by own wish."""
    people = _enter(_people(may, branches, SO_NAM_NGOAI, nam - 30), phuong, by)
    day = date(nam, *NGAY_LE)
    chon = {nguoi: KetQua("truong_thanh") for nguoi in people[:-1]}
    chon[people[-1]] = KetQua("o_lai", den_ngay=date(nam + 3, *NGAY_LE))
    dot = truong_thanh.draft(
        don_vi=phuong,
        nam=nam,
        chon=chon,
        ngay=day,
        by=by,
        le_ngay=day,
        le_noi="Hội trường Ủy ban nhân dân phường I",
    )
    truong_thanh.issue_dot(dot=dot, by=by, so_tren_giay="09-QĐ/ĐTN")
    return people


def _this_year(may: May, branches, phuong: DonVi, *, homnay: date, by) -> list:
    """Due this year, undecided; one branch has proposed that its member stays."""
    people = _enter(_people(may, branches, SO_NAM_NAY, homnay.year - 30), phuong, by)
    wish = KetQua("o_lai", den_ngay=date(homnay.year + 2, *NGAY_LE))
    truong_thanh.propose(
        chi_doan=people[0].chi_doan,
        nam=homnay.year,
        chon={people[0]: wish},
        ngay=homnay,
        by=by,
    )
    return people


def _rolls(people: list) -> None:
    """They stand on the rolls of their branches: three times of four they came, and agreed."""
    lines, came, all_of = [], [], []
    for period in QuaTrinh.objects.filter(doan_vien__in=people):
        held = BuoiSinhHoat.objects.da_hop().filter(
            chi_doan=period.chi_doan_id, ngay__gte=period.tu_ngay
        )
        if period.den_ngay:
            held = held.filter(ngay__lte=period.den_ngay)
        for number, buoi in enumerate(held.order_by("ngay").values_list("pk", flat=True)):
            line = DiemDanh(buoi_id=buoi, doan_vien_id=period.doan_vien_id)
            if number % 4 == 3:
                line.trang_thai, line.ly_do = VANG_CO_LY_DO, DiemDanh.LyDo.TRUC
            else:
                came.append(buoi)
            all_of.append(buoi)
            lines.append(line)
    DiemDanh.objects.bulk_create(lines)
    for buoi, times in Counter(all_of).items():
        more = came.count(buoi)
        BieuQuyet.objects.filter(buoi=buoi).update(
            co_quyen=F("co_quyen") + times,
            co_mat=F("co_mat") + more,
            tan_thanh=F("tan_thanh") + more,
        )


def _awards(branches: list[ChiDoanDemo], phuong: DonVi, *, homnay: date, by) -> None:
    good = [branch.nguoi for branch in branches if branch.suc == "tot"]
    cap, hinh_thuc = KhenThuong.Cap, KhenThuong.HinhThuc
    for so_ngay, people, at, form, words, so in (
        (
            240,
            [row[0] for row in good[:3]],
            cap.CO_SO,
            hinh_thuc.GIAY_KHEN,
            "Có thành tích trong Tháng Thanh niên",
            "11-QĐ/ĐTN",
        ),
        (
            120,
            [good[0][1]],
            cap.CHINH_QUYEN,
            hinh_thuc.GIAY_KHEN,
            "Có thành tích trong phong trào hiến máu tình nguyện",
            "57/QĐ-UBND",
        ),
        (
            60,
            [good[1][0]],
            cap.CAP_TREN,
            hinh_thuc.BANG_KHEN,
            "Có thành tích xuất sắc trong công tác Đoàn và phong trào thanh thiếu nhi",
            "31-QĐ/ĐTN",
        ),
    ):
        create_khen_thuong(
            doan_vien=people,
            cap=at,
            hinh_thuc=form,
            noi_dung=words,
            so_quyet_dinh=so,
            ngay=homnay - timedelta(days=so_ngay),
            don_vi=phuong,
            by=by,
        )


def _reprimand(branches: list[ChiDoanDemo], *, homnay: date, by) -> None:
    """In a branch that other criteria keep from the top already."""
    nguoi = next(branch for branch in branches if branch.suc == "yeu").nguoi[2]
    day = homnay - timedelta(days=45)
    row = KyLuat(
        doan_vien=nguoi,
        hinh_thuc=KyLuat.HinhThuc.KHIEN_TRACH,
        cap=KyLuat.Cap.CHI_DOAN,
        so_quyet_dinh="02-QĐ/CĐ",
        ngay_quyet_dinh=day - timedelta(days=3),
        ngay_cong_bo=day,
        ly_do="Nhiều lần không thực hiện nhiệm vụ chi đoàn phân công.",
    )
    create_ky_luat(ky_luat=row, by=by)
