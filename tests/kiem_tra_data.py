"""Builders of inspections, livelihood and advice: a valid row, and what a test names of it."""

from datetime import date

from chidoan.models import (
    BuocKiemTra,
    CuocKiemTra,
    HoTro,
    KetQuaKiemTra,
    KienNghi,
    MoHinhKinhTe,
    SoDuTo,
    ThamMuu,
    ToTietKiem,
)
from core.periods import KyBaoCao
from tests.factories import make_chi_doan, make_doan_vien

NGAY = date(2026, 5, 20)
DA_LAM = ("da_tien_hanh", "da_ket_luan", "khac_phuc", "xong")


def make_cuoc(*, doi_tuong=None, don_vi=None, trang_thai="ke_hoach", **fields) -> CuocKiemTra:
    """An inspection of a branch by its ward, planned for the second quarter of 2026."""
    doi_tuong = doi_tuong or make_chi_doan()
    if trang_thai in DA_LAM:
        fields = {
            "ngay": NGAY,
            "tu_ngay": date(2026, 1, 1),
            "den_ngay": date(2026, 4, 30),
            "truong_doan": "Trịnh Hoài Phong",
        } | fields
    if trang_thai in DA_LAM[1:]:
        fields = {"ngay_ket_luan": date(2026, 5, 25), "ket_luan": "Có nền nếp."} | fields
    ky = KyBaoCao(2026, quy=2)
    values = {"ky": ky.code, "han": ky.end, "ngay_buoc": fields.get("ngay", date(2026, 1, 5))}
    cuoc = CuocKiemTra.objects.create(
        doi_tuong=doi_tuong,
        don_vi=don_vi or doi_tuong.cap_tren,
        trang_thai=trang_thai,
        **{
            "hinh_thuc": "kiem_tra",
            "chuyen_de": "Công tác phát triển đoàn viên",
            **values,
            **fields,
        },
    )
    BuocKiemTra.objects.create(
        cuoc=cuoc, thu_tu=1, loai="lap", den_trang_thai="ke_hoach", ngay=date(2026, 1, 5)
    )
    return cuoc


def make_ket_qua(cuoc: CuocKiemTra, loai="han_che", **fields) -> KetQuaKiemTra:
    values = {"noi_dung": "Ghi sổ chưa kịp thời", "so_lieu": "3 buổi ghi muộn", **fields}
    return KetQuaKiemTra.objects.create(cuoc=cuoc, loai=loai, **values)


def make_kien_nghi(cuoc: CuocKiemTra, **fields) -> KienNghi:
    values = {"noi_dung": "Ghi đủ biên bản các buổi", "han": date(2026, 6, 30), **fields}
    return KienNghi.objects.create(cuoc=cuoc, **values)


def make_to_tiet_kiem(*, don_vi=None, **fields) -> ToTietKiem:
    don_vi = don_vi or make_chi_doan()
    values = {"ten": "Tổ TK&VV khu vực 1", "tu_ngay": date(2024, 1, 10), **fields}
    if not values.get("to_truong"):
        values.setdefault("ten_to_truong", "Lê Thị Sáu")
    return ToTietKiem.objects.create(don_vi=don_vi, **values)


def make_so_du(to: ToTietKiem, ky="2026Q2", **fields) -> SoDuTo:
    row = SoDuTo(to=to, **{"so_thanh_vien": 35, "du_no": 1_200_000_000, **fields})
    row.set_ky(KyBaoCao.parse(ky))
    row.save()
    return row


def make_mo_hinh_kinh_te(*, doan_vien=None, **fields) -> MoHinhKinhTe:
    doan_vien = doan_vien or make_doan_vien()
    row = MoHinhKinhTe(chi_doan=doan_vien.chi_doan, doan_vien=doan_vien)
    row.set_ten(fields.pop("ten", "Nuôi lươn không bùn"))
    for name, value in {"loai": "thuy_san", "tu_ngay": date(2025, 3, 1), **fields}.items():
        setattr(row, name, value)
    row.save()
    return row


def make_ho_tro(*, don_vi=None, doan_vien=None, ho_ten="", **fields) -> HoTro:
    don_vi = don_vi or (doan_vien.chi_doan if doan_vien else make_chi_doan())
    row = HoTro(don_vi=don_vi, doan_vien=doan_vien)
    row.set_ho_ten(ho_ten if doan_vien else ho_ten or "Gia đình bà Tư")
    values = {"loai": "viec_lam", "ngay": NGAY, "ket_qua": "Đã nhận việc"} | fields
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def make_tham_muu(*, don_vi, **fields) -> ThamMuu:
    row = ThamMuu(don_vi=don_vi)
    row.set_noi_dung(fields.pop("noi_dung", "Cấp kinh phí hoạt động hè"))
    for name, value in {"noi_nhan": "cap_uy", "ngay": NGAY, **fields}.items():
        setattr(row, name, value)
    row.save()
    return row
