"""Builders: a valid row by default; a test names only what it is about."""

import itertools
import uuid
from datetime import date, time

from chidoan.models import BuoiSinhHoat, ChucVu, DiemDanh, NghiQuyet
from doanvien.models import DoanVien, QuaTrinh
from tochuc.models import DonVi, NguoiDung, PhanCong
from tochuc.services import create_don_vi

_so = itertools.count(1)
LONG_AGO = date(2015, 1, 1)


def make_don_vi(*, cap="co_so", loai="phuong", cap_tren=None, ten=None, ma=None, **fields) -> DonVi:
    so = next(_so)
    return create_don_vi(
        cap=cap,
        loai=loai,
        ten=ten or f"Số {so}",
        ma=ma or f"don-vi-{so}",
        cap_tren=cap_tren,
        by=None,
        **fields,
    )


def make_huyen(**fields) -> DonVi:
    return make_don_vi(**{"cap": "huyen", "loai": "huyen", **fields})


def make_phuong(**fields) -> DonVi:
    cap_tren = fields.pop("cap_tren", None) or make_huyen()
    return make_don_vi(cap_tren=cap_tren, **fields)


def make_chi_doan(*, phuong=None, **fields) -> DonVi:
    fields = {"khoi": "dan_cu", **fields}
    return make_don_vi(cap="chi_doan", loai="chi_doan", cap_tren=phuong or make_phuong(), **fields)


def make_nguoi_dung(vai_tro=None, don_vi=None, *, tu_ngay=LONG_AGO, den_ngay=None, **fields):
    """An account; with `vai_tro` and `don_vi` it holds that role there."""
    so = next(_so)
    fields = {"ho_ten": f"Người Dùng {so}", **fields}
    user = NguoiDung.objects.create_user(
        fields.pop("username", f"nguoi.{so}"), "mat-khau", **fields
    )
    if vai_tro:
        PhanCong.objects.create(
            nguoi_dung=user, don_vi=don_vi, vai_tro=vai_tro, tu_ngay=tu_ngay, den_ngay=den_ngay
        )
    return user


def make_doan_vien(
    *, chi_doan=None, ho_ten=None, tu_ngay=None, den_ngay=None, **fields
) -> DoanVien:
    """A member with an official period; `den_ngay` ends it."""
    so = next(_so)
    cccd = fields.pop("cccd", "")
    ly_do = fields.pop("ly_do_bat_dau", QuaTrinh.LyDoBatDau.KET_NAP)
    ngay_vao_doan = fields.pop("ngay_vao_doan", date(2018, 3, 26))
    doan_vien = DoanVien(
        chi_doan=chi_doan or make_chi_doan(),
        ngay_sinh=fields.pop("ngay_sinh", date(2000, 5, 19)),
        dan_toc=fields.pop("dan_toc", "Kinh"),
        ngay_vao_doan=ngay_vao_doan,
        **fields,
    )
    doan_vien.set_ho_ten(ho_ten or f"Nguyễn Văn Thử {so}")
    doan_vien.set_cccd(cccd)
    doan_vien.save()
    QuaTrinh.objects.create(
        doan_vien=doan_vien,
        chi_doan=doan_vien.chi_doan,
        tu_ngay=tu_ngay or ngay_vao_doan,
        den_ngay=den_ngay,
        ly_do_bat_dau=ly_do,
        ly_do_ket_thuc=QuaTrinh.LyDoKetThuc.CHUYEN_DI if den_ngay else "",
    )
    return doan_vien


def make_chuc_vu(*, don_vi, ho_ten=None, chuc_danh="uy_vien", tu_ngay=LONG_AGO, **fields) -> ChucVu:
    return ChucVu.objects.create(
        don_vi=don_vi,
        ho_ten=ho_ten or f"Ủy Viên {next(_so)}",
        chuc_danh=chuc_danh,
        tu_ngay=tu_ngay,
        **fields,
    )


def make_buoi(*, chi_doan=None, diem_danh=None, **fields) -> BuoiSinhHoat:
    """A finished meeting; `diem_danh` maps members to their state on the roll."""
    fields = {
        "ngay": date(2026, 9, 15),
        "bat_dau": time(19, 30),
        "dia_diem": "Nhà văn hóa",
        "chu_diem": "Chủ điểm thử",
        "trang_thai": BuoiSinhHoat.TrangThai.HOAN_THANH,
        "client_id": uuid.uuid4(),
        **fields,
    }
    buoi = BuoiSinhHoat.objects.create(chi_doan=chi_doan or make_chi_doan(), **fields)
    for doan_vien, trang_thai in (diem_danh or {}).items():
        DiemDanh.objects.create(buoi=buoi, doan_vien=doan_vien, trang_thai=trang_thai)
    return buoi


def make_nghi_quyet(*, buoi=None, phu_trach=None, **fields) -> NghiQuyet:
    buoi = buoi or make_buoi()
    fields = {"noi_dung": "Thu gom rác bờ kè", "han": date(2026, 10, 15), **fields}
    return NghiQuyet.objects.create(
        chi_doan=buoi.chi_doan,
        buoi=buoi,
        phu_trach=phu_trach or make_doan_vien(chi_doan=buoi.chi_doan),
        **fields,
    )
