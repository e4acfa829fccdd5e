"""Builders: a valid row by default; a test names only what it is about."""

import itertools
import uuid
from datetime import date, time, timedelta

from baocao.dot_cham import services as dot_cham
from baocao.dot_cham.services.mo import LichCham
from baocao.models import BaoCao, BoTieuChi, DotCham
from chidoan.anh.queries import don_vi_cua
from chidoan.mo_hinh.services import ThanhVien, create_mo_hinh
from chidoan.models import (
    Anh,
    BanGiao,
    BuoiSinhHoat,
    BuoiTapHuan,
    ChucVu,
    DiemDanh,
    DiemDanhTapHuan,
    HoatDong,
    HocVien,
    HoiThi,
    LopTapHuan,
    MoHinh,
    NghiQuyet,
    NhipSinhHoat,
    ThamGiaHoatDong,
    ThamHoi,
    ThiSinh,
)
from core.periods import KyBaoCao
from core.text import fold, name_sort_key
from doanvien.doan_phi import services as doan_phi
from doanvien.models import (
    BuocKetNap,
    ChuyenSinhHoat,
    DoanVien,
    DotTruongThanh,
    DotXepLoai,
    HoanSinhHoat,
    KetNap,
    KhenThuong,
    KyLuat,
    NguyenVong,
    PhieuThu,
    PhieuXepLoai,
    QuaTrinh,
    QuyetDinhXepLoai,
    RenLuyen,
    XepLoai,
    XetTruongThanh,
    YeuCauDuLieu,
)
from tochuc.models import DonVi, NguoiDung, PhanCong
from tochuc.quy_dinh import LUON_LUON
from tochuc.services import create_don_vi
from tudưong.danh_muc import checklist
from tudưong.models import (
    BoiDuongNhanThuc,
    DanhGia,
    DeXuatVaoTo,
    GiayTo,
    HoSo,
    KyDanhGia,
    NhiemVu,
    ThanhVienTo,
    ToTuDuong,
)
from tudưong.models.ho_so import VAO_DANG
from tudưong.thang import add_months

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


def make_chi_doan(*, phuong=None, dac_thu=False, **fields) -> DonVi:
    """A branch that meets monthly; with `dac_thu` one that always met every three months."""
    fields = {"khoi": "dan_cu", **fields}
    branch = make_don_vi(
        cap="chi_doan", loai="chi_doan", cap_tren=phuong or make_phuong(), **fields
    )
    if dac_thu:
        make_nhip(branch, "ba_thang", LUON_LUON)
    return branch


def make_nhip(chi_doan, kieu, tu_ngay, den_ngay=None) -> NhipSinhHoat:
    return NhipSinhHoat.objects.create(
        chi_doan=chi_doan,
        kieu=kieu,
        tu_ngay=tu_ngay,
        den_ngay=den_ngay,
        can_cu="12-CV/ĐTN ngày 03/01/2026",
    )


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


def make_ban_giao(*, don_vi, giao=None, nhan=None, **fields) -> BanGiao:
    """A hand-over that waits for both; its terms of office are made when they are not given."""
    ngay = fields.pop("ngay", date(2026, 9, 1))
    giao = giao or make_chuc_vu(don_vi=don_vi, chuc_danh="bi_thu", den_ngay=ngay)
    nhan = nhan or make_chuc_vu(don_vi=don_vi, chuc_danh="bi_thu", tu_ngay=ngay + timedelta(days=1))
    return BanGiao.objects.create(
        don_vi=don_vi, chuc_vu_giao=giao, chuc_vu_nhan=nhan, ngay=ngay, **fields
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


def make_anh(viec, **fields) -> Anh:
    """A photo of a meeting or an activity, without a real picture."""
    fields = {"rong": 4, "cao": 3, "so_byte": 2, "tep": b"A", "tep_nho": b"a", **fields}
    return viec.anh.create(don_vi=don_vi_cua(viec), **fields)


def make_mo_hinh(*, don_vi, chuong_trinh=(), **fields) -> MoHinh:
    """An initiative of a ward with a team of two, since February 2026."""
    fields = {
        "ten": "Nâng chất chi đoàn",
        "muc_tieu": "Giữ nếp sinh hoạt",
        "tu_ngay": date(2026, 2, 2),
        **fields,
    }
    return create_mo_hinh(
        don_vi=don_vi,
        values=fields,
        thanh_vien=[
            ThanhVien(ho_ten="Lê Thị Mỹ Châu", la_to_truong=True),
            ThanhVien(ho_ten="Võ Văn Út", nhiem_vu="Theo dõi"),
        ],
        chuong_trinh=chuong_trinh,
        by=None,
    )


def make_nghi_quyet(*, buoi=None, phu_trach=None, **fields) -> NghiQuyet:
    buoi = buoi or make_buoi()
    fields = {"noi_dung": "Thu gom rác bờ kè", "han": date(2026, 10, 15), **fields}
    return NghiQuyet.objects.create(
        chi_doan=buoi.chi_doan,
        buoi=buoi,
        phu_trach=phu_trach or make_doan_vien(chi_doan=buoi.chi_doan),
        **fields,
    )


def make_hoat_dong(*, don_vi=None, tham_gia=(), **fields) -> HoatDong:
    """A finished activity of one day; each of `tham_gia` took part for a day."""
    ngay = fields.pop("ngay", date(2026, 9, 20))
    row = HoatDong.objects.create(
        don_vi=don_vi or make_chi_doan(),
        **{"loai": "khac", "ten": "Việc chung", "tu_ngay": ngay, "den_ngay": ngay, **fields},
    )
    for doan_vien in tham_gia:
        ThamGiaHoatDong.objects.create(hoat_dong=row, doan_vien=doan_vien)
    return row


def make_to(*, don_vi, **fields) -> ToTuDuong:
    fields = {"ten": "Tổ tu dưỡng thử", "ngay_thanh_lap": date(2025, 9, 6), **fields}
    return ToTuDuong.objects.create(don_vi=don_vi, **fields)


def make_thanh_vien(*, to, doan_vien=None, **fields) -> ThanhVienTo:
    doan_vien = doan_vien or make_doan_vien(chi_doan=make_chi_doan(phuong=to.don_vi))
    fields = {"tu_ngay": to.ngay_thanh_lap, **fields}
    return ThanhVienTo.objects.create(
        to=to, doan_vien=doan_vien, chi_doan=doan_vien.chi_doan, **fields
    )


def make_de_xuat(*, doan_vien, nguon="chi_doan", **fields) -> DeXuatVaoTo:
    """A proposal that waits; the branch's with a vote of 12 to 1 of 15."""
    phieu = {"co_quyen": 15, "co_mat": 13, "tan_thanh": 12, "khong_tan_thanh": 1}
    fields = {
        "ngay": date(2026, 9, 12),
        "ly_do": "Nhận việc nào xong việc ấy.",
        **(phieu | {"khong_hop_le": 0} if nguon == "chi_doan" else {}),
        **fields,
    }
    return DeXuatVaoTo.objects.create(
        doan_vien=doan_vien, chi_doan=doan_vien.chi_doan, nguon=nguon, **fields
    )


def make_nhan_thuc(*, doan_vien, ngay_cap=None, **fields) -> BoiDuongNhanThuc:
    """Somebody in the class; with the day of the certificate, one who has it for 60 months."""
    if ngay_cap:
        den = add_months(ngay_cap, 60)
        cap = {"trang_thai": "duoc_cap", "ngay_cap": ngay_cap, "hieu_luc_den": den}
        fields = {"so_chung_nhan": "214/GCN", **cap, **fields}
    fields = {"noi_hoc": "Trung tâm chính trị", "tu_ngay": date(2020, 3, 2), **fields}
    return BoiDuongNhanThuc.objects.create(doan_vien=doan_vien, **fields)


def make_nhiem_vu(*, thanh_vien, **fields) -> NhiemVu:
    fields = {
        "noi_dung": "Vận động thanh niên vào Đoàn",
        "linh_vuc": "phong_trao",
        "giao_ngay": date(2026, 7, 1),
        "han": date(2026, 9, 15),
        **fields,
    }
    return NhiemVu.objects.create(thanh_vien=thanh_vien, **fields)


def make_ky(*, to, thanh_vien=(), **fields) -> KyDanhGia:
    """An open session of quý III năm 2026, with an empty review for each of `thanh_vien`."""
    fields = {"nam": 2026, "quy": 3, "ngay": date(2026, 9, 20), "dia_diem": "Hội trường", **fields}
    ky = KyDanhGia.objects.create(to=to, **fields)
    DanhGia.objects.bulk_create([DanhGia(ky=ky, thanh_vien=row) for row in thanh_vien])
    return ky


NHAN_XET = {
    "pham_chat": "Lập trường tư tưởng vững vàng.",
    "dao_duc": "Trung thực, giản dị.",
    "nang_luc": "Hoàn thành tốt nhiệm vụ được giao.",
    "quan_he": "Gần gũi với đoàn viên và nhân dân.",
    "khuyet_diem": "Đôi lúc còn ngại phát biểu.",
}


def make_ho_so(*, chi_doan=None, doan_vien=None, trang_thai="cho_chi_doan", **fields) -> HoSo:
    """A case with all remarks; `trang_thai` alone moves it, without the steps before."""
    doan_vien = doan_vien or make_doan_vien(chi_doan=chi_doan)
    sau_nghi_quyet = trang_thai not in ("cho_chi_doan", "tra_lai", "cho_tham_tra", "cho_bch")
    da_gui = sau_nghi_quyet and trang_thai != "cho_gui"
    fields = {
        "ma": f"HS-2026-{next(_so):02d}",
        "chi_bo": "Khu vực 1",
        "ngay_mo": date(2026, 6, 1),
        "ngay_buoc": date(2026, 6, 10),
        "ngay_gioi_thieu": date(2026, 6, 10) if sau_nghi_quyet else None,
        "ngay_gui": date(2026, 6, 10) if da_gui else None,
        "ngay_ket_nap": date(2026, 6, 10) if trang_thai in VAO_DANG else None,
        "ngay_chinh_thuc": date(2027, 6, 10) if trang_thai == "chinh_thuc" else None,
        **NHAN_XET,
        **fields,
    }
    ho_so = HoSo.objects.create(
        doan_vien=doan_vien,
        chi_doan=doan_vien.chi_doan,
        don_vi=doan_vien.chi_doan.cap_tren,
        trang_thai=trang_thai,
        **fields,
    )
    GiayTo.objects.bulk_create(checklist(ho_so))
    return ho_so


def make_bao_cao(*, don_vi=None, ky="2026Q3", **fields) -> BaoCao:
    """An open report of a ward."""
    period = KyBaoCao.parse(ky)
    return BaoCao.objects.create(
        don_vi=don_vi or make_phuong(),
        ky=period.code,
        tu_ngay=period.start,
        den_ngay=period.end,
        **{"han": period.end.replace(day=25), **fields},
    )


def make_xep_loai(doan_vien, muc="htt", *, nam=2026, **fields) -> XepLoai:
    return XepLoai.objects.create(
        doan_vien=doan_vien,
        chi_doan=doan_vien.chi_doan,
        nam=nam,
        muc=muc,
        **{"ngay": date(nam, 11, 20), **fields},
    )


def make_hoan(doan_vien, **fields) -> HoanSinhHoat:
    fields = {
        "tu_ngay": date(2026, 6, 1),
        "den_ngay": date(2026, 12, 31),
        "ly_do": "Nuôi con nhỏ",
        **fields,
    }
    return HoanSinhHoat.objects.create(doan_vien=doan_vien, chi_doan=doan_vien.chi_doan, **fields)


def make_ky_luat(doan_vien, hinh_thuc="khien_trach", **fields) -> KyLuat:
    fields = {
        "cap": "co_so",
        "so_quyet_dinh": f"{next(_so)}-QĐ/ĐTN",
        "ngay_quyet_dinh": date(2026, 5, 4),
        "ngay_cong_bo": date(2026, 5, 6),
        "ly_do": "Vi phạm quy định về an toàn giao thông.",
        **fields,
    }
    return KyLuat.objects.create(
        doan_vien=doan_vien, chi_doan=doan_vien.chi_doan, hinh_thuc=hinh_thuc, **fields
    )


def make_khen_thuong(doan_vien, **fields) -> KhenThuong:
    fields = {
        "cap": "co_so",
        "hinh_thuc": "giay_khen",
        "noi_dung": "Thành tích trong Tháng Thanh niên",
        "so_quyet_dinh": "12-QĐ/ĐTN",
        "ngay": date(2026, 3, 30),
        **fields,
    }
    return KhenThuong.objects.create(doan_vien=doan_vien, chi_doan=doan_vien.chi_doan, **fields)


def make_xet(doan_vien, ket_qua="truong_thanh", *, dot=None, so="05-QĐ/ĐTN", **fields):
    """A growing-out outcome within a decision of the ward; without a number it is a draft."""
    ngay = fields.pop("ngay", date(2026, 3, 26))
    dot = dot or DotTruongThanh.objects.create(
        don_vi=doan_vien.chi_doan.cap_tren, ngay=ngay, so_quyet_dinh=so
    )
    if ket_qua == "truong_thanh":
        fields.setdefault("ngay_cuoi", dot.ngay)
    return XetTruongThanh.objects.create(
        doan_vien=doan_vien,
        chi_doan=doan_vien.chi_doan,
        nam=dot.ngay.year,
        ket_qua=ket_qua,
        dot=dot,
        **fields,
    )


def make_phieu_thu(doan_vien, *thang, chi_doan=None, ngay=None, by=None, so_tien=None) -> PhieuThu:
    """A receipt for months that one member paid; opens the branch's book when it is closed."""
    return doan_phi.collect(
        chi_doan=chi_doan or doan_vien.chi_doan,
        khoan=[(doan_vien.pk, item, so_tien) for item in thang],
        ngay=ngay or max(thang),
        ma_gui=uuid.uuid4(),
        by=by,
    )


def make_nguyen_vong(*, chi_doan=None, doan_vien=None, **fields) -> NguyenVong:
    """An open one of the branch as a whole, or of `doan_vien`; everybody with the right sees it."""
    chi_doan = chi_doan or (doan_vien.chi_doan if doan_vien else make_chi_doan())
    return NguyenVong.objects.create(
        chi_doan=chi_doan,
        doan_vien=doan_vien,
        **{
            "cua": "doan_vien" if doan_vien else "chung",
            "linh_vuc": "viec_lam",
            "noi_dung": "Cần tìm việc gần nhà",
            "ngay": date(2026, 9, 10),
            "rieng": False,
            **fields,
        },
    )


def make_yeu_cau(*, doan_vien=None, ket_nap=None, **fields) -> YeuCauDuLieu:
    """A request that came in on a Monday and waits for its first answer."""
    return YeuCauDuLieu.objects.create(
        don_vi=(doan_vien or ket_nap).chi_doan.cap_tren,
        doan_vien=doan_vien,
        ket_nap=ket_nap,
        **{
            "nam": 2026,
            "so": next(_so),
            "loai": "xem",
            "ngay_nhan": date(2026, 9, 7),
            "cach_nhan": "truc_tiep",
            "han_tra_loi": date(2026, 9, 9),
            "han": date(2026, 9, 17),
            **fields,
        },
    )


def make_chuyen(*, doan_vien, chi_doan_den=None, **fields) -> ChuyenSinhHoat:
    """A request without steps; to `chi_doan_den`, else to `phuong_den` or `noi_den`."""
    fields = {"ngay": date(2026, 9, 1), **fields}
    phuong_den = fields.pop("phuong_den", chi_doan_den.cap_tren if chi_doan_den else None)
    return ChuyenSinhHoat.objects.create(
        doan_vien=doan_vien,
        chi_doan_di=doan_vien.chi_doan,
        phuong_di=doan_vien.chi_doan.cap_tren,
        phuong_den=phuong_den,
        chi_doan_den=chi_doan_den,
        **{"ngay_buoc": fields["ngay"], **fields},
    )


def make_ren_luyen(doan_vien, muc="", *, nam=2026, **fields) -> RenLuyen:
    """A registration; with `muc` it has that result."""
    return RenLuyen.objects.create(
        doan_vien=doan_vien,
        chi_doan=doan_vien.chi_doan,
        nam=nam,
        muc=muc,
        **{
            "ngay_dang_ky": date(nam, 2, 3),
            "ngay_cham": date(nam, 11, 5) if muc else None,
            **fields,
        },
    )


def make_dot_xep_loai(chi_doan, *, doan_vien=(), nam=2026, trang_thai="mo", **fields) -> DotXepLoai:
    """A round with an empty sheet for each of `doan_vien`."""
    ngay_hop = fields.pop("ngay_hop", date(nam, 11, 10))
    dot = DotXepLoai.objects.create(
        chi_doan=chi_doan,
        nam=nam,
        trang_thai=trang_thai,
        ngay_hop=ngay_hop,
        **{"ngay_buoc": ngay_hop, **fields},
    )
    PhieuXepLoai.objects.bulk_create([PhieuXepLoai(dot=dot, doan_vien=row) for row in doan_vien])
    return dot


def make_quyet_dinh_xep_loai(don_vi, *, nam=2026, **fields) -> QuyetDinhXepLoai:
    """A decision without lines, unanimous in a committee of eleven."""
    return QuyetDinhXepLoai.objects.create(
        don_vi=don_vi,
        nam=nam,
        **{
            "ngay": date(nam, 11, 20),
            "ngay_hop": date(nam, 11, 18),
            "so_ky_hieu": "26-QĐ/ĐTN",
            "tong_uy_vien": 11,
            "co_mat": 11,
            "tan_thanh": 11,
            **fields,
        },
    )


def make_ket_nap(*, chi_doan=None, ho_ten=None, trang_thai="don", **fields) -> KetNap:
    """An application that fulfils what an admission asks for; `trang_thai` alone moves it.

    Decided ones have a member; who introduced is a member of the branch, unless told.
    """
    chi_doan = chi_doan or make_chi_doan()
    cccd = fields.pop("cccd", "")
    fields = {
        "ngay_sinh": date(2008, 5, 19),
        "gioi_tinh": "nu",
        "ngay_don": date(2026, 2, 1),
        "ngay_buoc": date(2026, 2, 1),
        "ngay_hoc_dieu_le": date(2026, 2, 10),
        "van_hoa": "Trung học cơ sở",
        **fields,
    }
    if "nguoi_gioi_thieu" not in fields and "to_chuc_gioi_thieu" not in fields:
        fields["nguoi_gioi_thieu"] = make_doan_vien(chi_doan=chi_doan)
    row = KetNap(chi_doan=chi_doan, trang_thai=trang_thai)
    row.set_ho_ten(ho_ten or f"Thanh Niên Thử {next(_so)}")
    row.set_cccd(cccd)
    if trang_thai in ("chuan_y", "da_ket_nap"):
        fields = {"ngay_chuan_y": date(2026, 3, 26), "so_nghi_quyet": "01-NQ/ĐTN", **fields}
        fields["doan_vien"] = make_doan_vien(
            chi_doan=chi_doan,
            ho_ten=row.ho_ten,
            ngay_sinh=fields["ngay_sinh"],
            ngay_vao_doan=fields["ngay_chuan_y"],
        )
    if trang_thai == "da_ket_nap":
        fields = {"ngay_le": date(2026, 3, 26), "noi_le": "Nhà văn hóa", **fields}
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    loai = BuocKetNap.Loai
    steps = [(loai.LAP, "don", {})]
    if trang_thai not in ("don", "chua_thong_qua", "rut"):
        vote = {"co_quyen": 15, "co_mat": 12, "tan_thanh": 11, "khong_tan_thanh": 1}
        steps.append((loai.THONG_QUA, "cho_chuan_y", {**vote, "khong_hop_le": 0}))
    for thu_tu, (ma, den, tally) in enumerate(steps, start=1):
        BuocKetNap.objects.create(
            ket_nap=row,
            thu_tu=thu_tu,
            loai=ma,
            den_trang_thai=den,
            ngay=row.ngay_don + timedelta(days=10 * (thu_tu - 1)),
            **tally,
        )
    return row


def make_lop(*, don_vi=None, **fields) -> LopTapHuan:
    """A class of one day with its session, open for all cadres of branches."""
    fields = {
        "ten": f"Lớp tập huấn số {next(_so)}",
        "chu_de": ",sinh_hoat,",
        "tu_ngay": date(2026, 5, 20),
        **fields,
    }
    lop = LopTapHuan(don_vi=don_vi or make_phuong(), **{"den_ngay": fields["tu_ngay"], **fields})
    lop.set_ten(lop.ten)
    lop.save()
    BuoiTapHuan.objects.create(lop=lop, ngay=lop.tu_ngay)
    return lop


def make_hoc_vien(*, lop, don_vi=None, doan_vien=None, du=None, **fields) -> HocVien:
    """Somebody on the list of a class; `du` is whether he was at each of its sessions."""
    ho_ten = doan_vien.ho_ten if doan_vien else f"Học Viên {next(_so)}"
    don_vi = don_vi or (doan_vien.chi_doan if doan_vien else lop.don_vi)
    fields = {"ho_ten": ho_ten, "ten_don_vi": str(don_vi), "chuc_vu": "Bí thư chi đoàn", **fields}
    row = HocVien(lop=lop, don_vi=don_vi, doan_vien=doan_vien, **fields)
    row.khoa_sap_xep, row.khoa_tim = name_sort_key(row.ho_ten), fold(row.ho_ten)
    row.save()
    if du is not None:
        lop.buoi.update(da_diem_danh=True)
        for buoi in lop.buoi.all():
            DiemDanhTapHuan.objects.create(buoi=buoi, hoc_vien=row, co_mat=du)
    return row


def make_tham_hoi(*, doan_vien, don_vi, **fields) -> ThamHoi:
    """A visit of a unit to a member in hardship."""
    fields = {
        "dip": "kho_khan",
        "nguoi_tang": "Trịnh Hoài Phong",
        "ngay": date(2026, 5, 12),
        **fields,
    }
    return ThamHoi.objects.create(
        doan_vien=doan_vien, chi_doan=doan_vien.chi_doan, don_vi=don_vi, **fields
    )


def make_hoi_thi(*, don_vi=None, **fields) -> HoiThi:
    fields = {"loai": "bi_thu_gioi", "ten": f"Hội thi số {next(_so)}", **fields}
    hoi_thi = HoiThi(don_vi=don_vi or make_phuong(), **{"ngay": date(2026, 9, 1), **fields})
    hoi_thi.set_ten(hoi_thi.ten)
    hoi_thi.save()
    return hoi_thi


def make_thi_sinh(*, hoi_thi, don_vi, doan_vien=None, **fields) -> ThiSinh:
    ho_ten = doan_vien.ho_ten if doan_vien else f"Thí Sinh {next(_so)}"
    fields = {"ho_ten": ho_ten, "ten_don_vi": str(don_vi), **fields}
    row = ThiSinh(hoi_thi=hoi_thi, don_vi=don_vi, doan_vien=doan_vien, **fields)
    row.khoa_sap_xep = name_sort_key(row.ho_ten)
    row.save()
    return row


def make_bo_diem(don_vi, *, tieu_chi=None) -> BoTieuChi:
    """An issued set of points of a unit: one computed criterion, two self-scored, a bonus."""
    luat = {
        "ma": f"bo-{next(_so)}",
        "phien_ban": 1,
        "ten": "Bảng điểm thử",
        "doi_tuong": "chi_doan",
        "kieu": "diem",
        "can_cu": "Hướng dẫn 01-HD/ĐTN",
        "tieu_chi": tieu_chi or TIEU_CHI_THU,
        "muc": [
            {"muc": "htxs", "tu_diem": "85"},
            {"muc": "htt", "tu_diem": "70"},
            {"muc": "ht", "tu_diem": "0"},
        ],
    }
    return BoTieuChi.objects.create(
        don_vi=don_vi,
        trang_thai="ban_hanh",
        tu_ngay=LONG_AGO,
        quy_tac=luat,
        ban_bam="b" * 64,
        **{key: luat[key] for key in ("ma", "phien_ban", "ten", "doi_tuong", "kieu", "can_cu")},
    )


TIEU_CHI_THU = [
    {"ma": "a", "ten": "Giáo dục", "cach_cham": "nhom"},
    {"ma": "a1", "ten": "Học tập", "cha": "a", "cach_cham": "tu_cham", "diem_toi_da": "40"},
    {"ma": "a2", "ten": "Tuyên truyền", "cha": "a", "cach_cham": "tu_cham", "diem_toi_da": "30"},
    {"ma": "b", "ten": "Xây dựng Đoàn", "cach_cham": "nhom"},
    {
        "ma": "b1",
        "ten": "Kết nạp đoàn viên",
        "cha": "b",
        "cach_cham": "tu_dong",
        "nguon": "ket_nap_moi",
        "chia_cho": "khong",
        "cong_thuc": "moi_don_vi",
        "diem_moi": "10",
        "diem_toi_da": "30",
    },
    {
        "ma": "c1",
        "ten": "Điểm thưởng",
        "cach_cham": "cong_tru",
        "diem_toi_da": "5",
        "diem_toi_thieu": "-5",
    },
]


def make_dot_cham(don_vi, *, bo=None, ky="2026", tinh=True, by=None, **han) -> DotCham:
    """A round of the unit's branches, opened, its computed part filled."""
    lich = LichCham(
        han.get("han_tu_cham", date(2026, 11, 25)),
        han.get("han_tham_dinh", date(2026, 12, 5)),
    )
    dot = dot_cham.open_dot(
        don_vi=don_vi,
        bo=bo or make_bo_diem(don_vi),
        ky=KyBaoCao.parse(ky),
        lich=lich,
        by=by,
    )
    if tinh:
        dot_cham.compute_dot(dot=dot, by=None)
    return DotCham.objects.select_related("don_vi", "bo").get(pk=dot.pk)
