"""Rows of the small world about training, contests and proposals of awards."""

from datetime import date

from chidoan.models import (
    BuocDeNghiKhen,
    DeNghiKhen,
    DiemThi,
    KhenTapThe,
    QuyetDinhKhen,
    VongThi,
)
from chidoan.tap_huan.services import diem_danh
from tests.factories import make_hoc_vien, make_hoi_thi, make_lop, make_thi_sinh
from tochuc.van_ban import issue

NGAY = date(2026, 9, 1)


def training(phuong, chi_doan, doan_vien) -> dict:
    """An open class with somebody in it, and a finished one that he passed."""
    lop = make_lop(don_vi=phuong)
    row = make_hoc_vien(lop=lop, don_vi=chi_doan, doan_vien=doan_vien)
    diem_danh(buoi=lop.buoi.get(), vang=[], by=None)
    over = make_lop(don_vi=phuong, trang_thai="xong", ngay_xong=date(2026, 5, 20))
    passed = make_hoc_vien(lop=over, don_vi=chi_doan, doan_vien=doan_vien, ket_qua="dat")
    return {"lop": lop, "buoi_tap_huan": lop.buoi.get(), "hoc_vien": passed, "hoc_vien_mo": row}


def contests_and_awards(phuong, chi_doan, doan_vien) -> dict:
    hoi_thi = make_hoi_thi(don_vi=phuong)
    thi_sinh = make_thi_sinh(hoi_thi=hoi_thi, don_vi=chi_doan, doan_vien=doan_vien, giai="1_nhat")
    vong = VongThi.objects.create(hoi_thi=hoi_thi, thu_tu=1, ten="Thi lý thuyết")
    DiemThi.objects.create(vong=vong, thi_sinh=thi_sinh, diem=8)
    de_nghi = DeNghiKhen.objects.create(
        don_vi=chi_doan,
        doan_vien=doan_vien,
        hinh_thuc="giay_khen",
        dip="26/3",
        thanh_tich="Dẫn đầu phong trào",
        noi_giu=phuong,
        ngay_buoc=NGAY,
    )
    BuocDeNghiKhen.objects.create(
        de_nghi=de_nghi,
        thu_tu=1,
        loai=BuocDeNghiKhen.Loai.LAP,
        den_trang_thai=de_nghi.trang_thai,
        don_vi=chi_doan,
        ngay=NGAY,
    )
    tap_the = KhenTapThe.objects.create(
        don_vi=chi_doan, cap="co_so", hinh_thuc="giay_khen", noi_dung="Năm 2025", ngay=NGAY
    )
    quyet_dinh = QuyetDinhKhen.objects.create(
        don_vi=phuong, ngay=NGAY, ve_viec="khen thưởng", hinh_thuc="giay_khen"
    )
    issue(
        target=quyet_dinh,
        don_vi=phuong,
        loai="QĐ",
        ngay=NGAY,
        tieu_de="Quyết định khen thưởng",
        noi_dung="thử",
        render=lambda so, ma: b"%PDF",
        by=None,
    )
    return {
        "hoi_thi": hoi_thi,
        "thi_sinh": thi_sinh,
        "vong_thi": vong,
        "de_nghi_khen": de_nghi,
        "quyet_dinh_khen": quyet_dinh,
        "khen_tap_the": tap_the,
    }
