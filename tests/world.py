"""One small world for the contract tests: a ward with a row of every model, its people and
strangers in the same offices elsewhere.

A new model must be given a row here; `tests/test_page_contracts.py` says so when it has none.
"""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from http.cookies import SimpleCookie

from django.test import Client

from baocao.cham_diem import luat_cua
from baocao.cham_diem.bo import ghi_cay
from baocao.chi_tieu import TU_TINH
from baocao.dot_cham.services import start_tham_dinh
from baocao.models import (
    BoTieuChi,
    BuocBaoCao,
    BuocDotCham,
    ChiTieuNam,
    DanhGiaTieuChi,
    DongKetQua,
    DotCham,
    GopY,
    KiemPhieuCham,
    MinhChung,
    PhanLoi,
    QuyetDinhKetQua,
    SoLieu,
    XepLoaiDonVi,
    YKien,
)
from baocao.so_lieu_ky import dem_so_lieu
from chidoan.models import (
    Anh,
    BaoCaoThang,
    BieuQuyet,
    BuocSapXep,
    BuoiHuy,
    BuoiSinhHoat,
    ChuDiem,
    ChuongTrinhKiemTra,
    CuCanBo,
    DanhGiaMoHinh,
    DeNghiNhanRong,
    DeNghiNhanSu,
    DiemDanh,
    DongSapXep,
    GapDoanVien,
    HoatDong,
    KetQuaCamKet,
    KhoaLich,
    LanXuong,
    LoiHua,
    MauSinhHoat,
    NhatKyMoHinh,
    NhipSinhHoat,
    PhienBanBuoi,
    PhuCap,
    PhuTrach,
    QuyHoach,
    SapXep,
    ThamGiaHoatDong,
    ThamHoi,
    ThayDoiSapXep,
    TienDoNghiQuyet,
    TraLoiKienNghi,
    TraLoiMoi,
    TuDiemDanh,
    XepLoaiCanBo,
)
from chidoan.noi_dung import dump, read_noi_dung
from core.periods import KyBaoCao, today
from doanvien.doan_phi import services as doan_phi
from doanvien.models import (
    AnhXaCot,
    BiaXoa,
    BoLoc,
    BuocChuyen,
    BuocNguyenVong,
    BuocXepLoai,
    BuocYeuCau,
    DeNghiXoaTen,
    DongDoiChieu,
    DongNhap,
    DongQuyetDinh,
    DotDoiChieu,
    DotNhap,
    GopDoanVien,
    KhacNguoi,
    LuotXem,
    NguonCanBo,
    NhanXetCuTru,
    PhieuThu,
    QuaTrinh,
    ThuChi,
)
from tests.factories import (
    make_anh,
    make_ban_giao,
    make_bao_cao,
    make_bo_diem,
    make_buoi,
    make_chi_doan,
    make_chuc_vu,
    make_chuyen,
    make_de_xuat,
    make_doan_vien,
    make_dot_cham,
    make_dot_xep_loai,
    make_ho_so,
    make_hoan,
    make_huyen,
    make_ket_nap,
    make_khen_thuong,
    make_ky,
    make_ky_luat,
    make_mo_hinh,
    make_nghi_quyet,
    make_nguoi_dung,
    make_nguyen_vong,
    make_nhan_thuc,
    make_nhiem_vu,
    make_phieu_thu,
    make_phuong,
    make_quyet_dinh_xep_loai,
    make_ren_luyen,
    make_thanh_vien,
    make_to,
    make_xep_loai,
    make_xet,
    make_yeu_cau,
)
from tests.kiem_tra_data import (
    make_cuoc,
    make_ho_tro,
    make_ket_qua,
    make_kien_nghi,
    make_mo_hinh_kinh_te,
    make_so_du,
    make_tham_muu,
    make_to_tiet_kiem,
)
from tests.world_can_bo import contests_and_awards, training
from tochuc.models import CongViec, DiaBan, DonVi, NguoiDung, NhatKy, PhanCong, QuyDinh
from tochuc.permissions import CAP_CUA_VAI_TRO, VaiTro
from tochuc.van_ban import issue
from tochuc.viec_nen import Job
from tudưong.models import (
    BienBanHop,
    BuocHoSo,
    ChatVan,
    DotIn,
    KeHoachTo,
    LeTrao,
    NguoiGiupTruoc,
    NhanXetDuBi,
    QuyetDinhTo,
    ThoiCamTinh,
    TienDoNhiemVu,
    TuNhanXet,
)

NGAY = date(2026, 9, 1)
LUC = datetime(2026, 9, 2, 1, tzinfo=UTC)


@dataclass
class World:
    """`rows` are found by name or by model label; people by their role."""

    chi_doan: DonVi
    rows: dict
    people: dict[str, NguoiDung]
    strangers: dict[str, NguoiDung]
    cookies: dict[int, SimpleCookie] = field(default_factory=dict)

    def client(self, user: NguoiDung, **options) -> Client:
        """A browser of that person, who signed in when the world was built."""
        client = Client(**options)
        client.cookies.update(self.cookies[user.pk])
        return client


def build_world() -> World:
    huyen = make_huyen(ten="Thử", ma="huyen-thu")
    phuong = make_phuong(ten="Thử", ma="phuong-thu", cap_tren=huyen)
    chi_doan = make_chi_doan(phuong=phuong, ten="Khu vực 1", ma="khu-vuc-1", cum_thi_dua="Cụm 1")
    people = _people({"huyen": huyen, "co_so": phuong, "chi_doan": chi_doan})
    ward_elsewhere = make_phuong(ten="Khác", ma="phuong-khac", cap_tren=huyen)
    strangers = _people(
        {
            "huyen": make_huyen(ten="Khác", ma="huyen-khac"),
            "co_so": ward_elsewhere,
            "chi_doan": make_chi_doan(phuong=ward_elsewhere, ten="Khu vực 1", ma="khac-1"),
        }
    )
    by = people[VaiTro.BI_THU_PHUONG]
    rows = {"phuong": phuong, "chi_doan": chi_doan}
    rows |= _organisation(phuong, chi_doan, by, people[VaiTro.BI_THU_CHI_DOAN])
    rows |= _members(phuong, chi_doan, by)
    rows |= _leaving(chi_doan, rows["doan_vien_2"])
    rows |= _dues(chi_doan, rows["doan_vien"], by)
    rows |= _privacy(phuong, rows["doan_vien"], by)
    rows |= _transfers(phuong, rows["doan_vien_2"], by)
    rows |= _ratings(phuong, chi_doan, rows["doan_vien"], rows["doan_vien_2"])
    rows |= _branch_life(phuong, chi_doan, rows["doan_vien"])
    rows |= _cadres(phuong, chi_doan, rows["doan_vien"], rows["chuc_vu"])
    rows |= _inspection(phuong, chi_doan, rows["doan_vien"], by)
    rows |= _cultivation(phuong, rows["doan_vien"], rows["doan_vien_2"], rows["van_ban"], by)
    rows |= _reports(phuong, chi_doan, by)
    rows |= training(phuong, chi_doan, rows["doan_vien"])
    rows |= contests_and_awards(phuong, chi_doan, rows["doan_vien"])
    rows |= _reorganisation(phuong, chi_doan, by)
    cookies = {user.pk: _cookies_of(user) for user in (*people.values(), *strangers.values())}
    return World(chi_doan, rows, people, strangers, cookies)


def _inspection(phuong, chi_doan, doan_vien, by) -> dict:
    """An inspection at work and one that is being remedied; livelihood and advice of the ward."""
    programme = ChuongTrinhKiemTra.objects.create(don_vi=phuong, nam=2026, ghi_boi=by)
    at_work = make_cuoc(doi_tuong=chi_doan, trang_thai="da_tien_hanh", chuong_trinh=programme)
    found = make_ket_qua(at_work)
    remedied = make_cuoc(doi_tuong=chi_doan, trang_thai="khac_phuc")
    kien_nghi = make_kien_nghi(remedied)
    TraLoiKienNghi.objects.create(kien_nghi=kien_nghi, ngay=NGAY, noi_dung="Đã ghi đủ", boi=by)
    to = make_to_tiet_kiem(don_vi=chi_doan, to_truong=doan_vien)
    make_so_du(to)
    return {
        "chuong_trinh_kiem_tra": programme,
        "kiem_tra": at_work,
        "da_ket_luan": remedied,
        "ket_qua_kiem_tra": found,
        "kien_nghi": kien_nghi,
        "to_tiet_kiem": to,
        "mo_hinh_kinh_te": make_mo_hinh_kinh_te(doan_vien=doan_vien),
        "ho_tro": make_ho_tro(doan_vien=doan_vien),
        "tham_muu": make_tham_muu(don_vi=phuong),
    }


def _cookies_of(user: NguoiDung) -> SimpleCookie:
    client = Client()
    client.force_login(user)
    return client.cookies


def _people(units: dict[str, DonVi]) -> dict[str, NguoiDung]:
    """Somebody for every role, at the widest of the given units where it may be held."""
    people = {}
    for vai_tro in VaiTro:
        don_vi = next(unit for cap, unit in units.items() if cap in CAP_CUA_VAI_TRO[vai_tro])
        people[vai_tro] = make_nguoi_dung(vai_tro, don_vi)
    return people


def _organisation(phuong, chi_doan, by, bi_thu) -> dict:
    dia_ban = DiaBan.objects.create(
        don_vi=phuong, chi_doan=chi_doan, loai=DiaBan.Loai.KHU_VUC, ten="1", tu_ngay=NGAY
    )
    QuyDinh.objects.create(
        ma="chi_doan_nho", don_vi=phuong, tu_ngay=NGAY, gia_tri=4, can_cu="Nếp phường"
    )
    van_ban = issue(
        target=phuong,
        don_vi=phuong,
        loai="NQ",
        ngay=NGAY,
        tieu_de="Nghị quyết thử",
        noi_dung="thử",
        render=lambda so, ma: b"%PDF",
        by=by,
    )
    cong_viec = CongViec(don_vi=phuong, nguoi=by, ten="Việc thử", viec="tests.khong_co")
    Job(cong_viec).file("thu.txt").write_text("thử")
    cong_viec.save()
    return {
        "dia_ban": dia_ban,
        "cong_viec": cong_viec,
        "nguoi_dung": bi_thu,
        "phan_cong": PhanCong.objects.get(nguoi_dung=bi_thu),
        "van_ban": van_ban,
        "nhat_ky": NhatKy.objects.first(),
    }


def _members(phuong, chi_doan, by) -> dict:
    doan_vien, doan_vien_2 = (
        make_doan_vien(chi_doan=chi_doan, ho_ten=ho_ten)
        for ho_ten in ("Trần Gia Bảo", "Huỳnh Tấn Đạt")
    )
    make_xep_loai(doan_vien, nam=2025)
    NguonCanBo.objects.create(doan_vien=doan_vien, ma="dan_quan")
    BoLoc.objects.create(nguoi_dung=by, ten="Đi xa", dieu_kien="di_xa=true")
    bo_loc = BoLoc.objects.create(nguoi_dung=by, ten="Để xóa", dieu_kien="di_xa=true")
    doan_vien_3, doan_vien_4 = (
        make_doan_vien(chi_doan=chi_doan, ho_ten=ho_ten, ngay_sinh=date(2001, 2, 3))
        for ho_ten in ("Võ Thị Mỹ Duyên", "Võ Thị Mỹ Duyên")
    )
    KhacNguoi.objects.create(mot=doan_vien, hai=doan_vien_2, boi=by)
    gop = GopDoanVien(giu=doan_vien, so_bo=10**9, dau_vet="0" * 64, boi=by)
    gop.set_ban_chup({})
    gop.save()
    dot_nhap = DotNhap.objects.create(
        don_vi=phuong, ten_tep="thu.xlsx", sha256="0" * 64, so_dong=1, tao_boi=by
    )
    dong_nhap = DongNhap.objects.create(
        dot_nhap=dot_nhap,
        row=7,
        hanh_dong=DongNhap.HanhDong.DUPLICATE,
        ho_ten="Trần Gia Bảo",
        trung_voi=doan_vien,
    )
    AnhXaCot.objects.create(don_vi=phuong, van_tay="0" * 64, cot={"ho_ten": 1}, boi=by)
    doi_chieu = DotDoiChieu.objects.create(don_vi=chi_doan, ten_tep="sua.xlsx", tao_boi=by)
    DongDoiChieu.objects.create(
        dot=doi_chieu, row=2, loai=DongDoiChieu.Loai.TU_CHOI, ho_ten="Trần Gia Bảo", so_tu_choi=1
    )
    return {
        "doi_chieu": doi_chieu,
        "doan_vien": doan_vien,
        "doan_vien_2": doan_vien_2,
        "bo_loc": bo_loc,
        "doan_vien_3": doan_vien_3,
        "doan_vien_4": doan_vien_4,
        "gop": gop,
        "ket_nap": make_ket_nap(chi_doan=chi_doan, nguoi_gioi_thieu=doan_vien),
        "ket_nap_cho": make_ket_nap(
            chi_doan=chi_doan, nguoi_gioi_thieu=doan_vien, trang_thai="cho_chuan_y"
        ),
        "dot_nhap": dot_nhap,
        "dong_nhap": dong_nhap,
    }


def _dues(chi_doan, doan_vien, by) -> dict:
    """Two months paid, the first of them handed over and waiting for the ward."""
    ky = KyBaoCao.month_of(today()).previous
    make_phieu_thu(doan_vien, ky.start, ngay=ky.end, by=by)
    nop = doan_phi.submit_nop(
        don_vi=chi_doan, ky=ky, ngay=today(), chung_tu="", ma_gui=uuid.uuid4(), by=by
    )
    make_phieu_thu(doan_vien, today().replace(day=1), ngay=today(), by=by)
    mien = doan_phi.propose_mien(
        doan_vien=doan_vien,
        chi_doan=chi_doan,
        tu_thang=date(today().year, 12, 1),
        den_thang=date(today().year, 12, 1),
        ly_do="kho_khan",
        by=by,
    )
    return {
        "phieu_thu": PhieuThu.objects.first(),
        "nop_doan_phi": nop,
        "mien_doan_phi": mien,
        "thu_chi": ThuChi.objects.create(
            don_vi=chi_doan, ngay=NGAY, loai=ThuChi.Loai.CHI, noi_dung="Mua sổ", so_tien=15000
        ),
    }


def _privacy(phuong, doan_vien, by) -> dict:
    nguyen_vong = make_nguyen_vong(doan_vien=doan_vien, han=date(2026, 10, 1))
    BuocNguyenVong.objects.create(
        nguyen_vong=nguyen_vong, ngay=NGAY.replace(day=15), noi_dung="Đã hỏi xưởng may", boi=by
    )
    LuotXem.objects.create(
        don_vi=doan_vien.chi_doan, doan_vien=doan_vien, nguoi=by, ly_do=LuotXem.LyDo.CAP_NHAT
    )
    yeu_cau = make_yeu_cau(doan_vien=doan_vien)
    BuocYeuCau.objects.create(yeu_cau=yeu_cau, viec="nhan", ngay=yeu_cau.ngay_nhan, boi=by)
    BiaXoa.objects.create(don_vi=phuong, so_doan_vien=0, dau="0" * 64)
    return {"nguyen_vong": nguyen_vong, "yeu_cau": yeu_cau}


def _transfers(phuong, doan_vien, by) -> dict:
    """A request that waits for the ward, and a participant at residence with his remark."""
    branch = make_chi_doan(phuong=phuong, ten="Khu vực 2", ma="khu-vuc-2")
    chuyen = make_chuyen(doan_vien=doan_vien, chi_doan_den=branch)
    BuocChuyen.objects.create(
        chuyen=chuyen, thu_tu=1, loai=BuocChuyen.Loai.DE_NGHI, ngay=chuyen.ngay, boi=by
    )
    cu_tru = QuaTrinh.objects.create(
        doan_vien=doan_vien,
        chi_doan=branch,
        loai=QuaTrinh.Loai.NOI_CU_TRU,
        tu_ngay=NGAY,
        ly_do_bat_dau=QuaTrinh.LyDoBatDau.GIOI_THIEU,
    )
    NhanXetCuTru.objects.create(
        qua_trinh=cu_tru, nam=2026, muc=NhanXetCuTru.Muc.THAM_GIA, ngay=NGAY, boi=by
    )
    return {"chuyen": chuyen, "cu_tru": cu_tru}


def _ratings(phuong, chi_doan, doan_vien, doan_vien_2) -> dict:
    """A round at work, and last year's with its decision."""
    ren_luyen = make_ren_luyen(doan_vien, "htt")
    dot = make_dot_xep_loai(chi_doan, doan_vien=[doan_vien, doan_vien_2])
    BuocXepLoai.objects.create(dot=dot, loai=BuocXepLoai.Loai.MO, ngay=dot.ngay_hop)
    quyet_dinh = make_quyet_dinh_xep_loai(phuong, nam=2025)
    make_dot_xep_loai(chi_doan, nam=2025, trang_thai="cong_nhan", quyet_dinh=quyet_dinh)
    DongQuyetDinh.objects.create(
        quyet_dinh=quyet_dinh, chi_doan=chi_doan, doan_vien=doan_vien, muc="htt"
    )
    return {
        "ren_luyen": ren_luyen,
        "dot_xep_loai": dot,
        "phieu_xep_loai": dot.phieu.first(),
        "quyet_dinh_xep_loai": quyet_dinh,
    }


def _leaving(chi_doan, doan_vien) -> dict:
    """One who has grown out, and what may be recorded about a member who has not."""
    grown_up = make_doan_vien(
        chi_doan=chi_doan, ngay_sinh=date(1995, 1, 2), ngay_vao_doan=date(2012, 3, 26)
    )
    xet = make_xet(grown_up)
    return {
        "xet_truong_thanh": xet,
        "dot_truong_thanh": xet.dot,
        "hoan": make_hoan(doan_vien),
        "khen_thuong": make_khen_thuong(doan_vien),
        "ky_luat": make_ky_luat(doan_vien),
        "de_nghi_xoa_ten": DeNghiXoaTen.objects.create(
            doan_vien=doan_vien,
            chi_doan=chi_doan,
            can_cu="khong_sinh_hoat",
            ly_do="Đã nhắc ba lần",
            ngay=NGAY,
        ),
    }


def _branch_life(phuong, chi_doan, doan_vien) -> dict:
    buoi = make_buoi(chi_doan=chi_doan, diem_danh={doan_vien: DiemDanh.TrangThai.CO_MAT})
    draft = make_buoi(
        chi_doan=chi_doan, ngay=date(2026, 10, 15), trang_thai=BuoiSinhHoat.TrangThai.NHAP
    )
    ChuDiem.objects.create(don_vi=phuong, nam=2026, thang=9, ten="Thử")
    chuc_vu = make_chuc_vu(don_vi=phuong, chuc_danh="bi_thu", ho_ten="Trịnh Hoài Phong")
    phu_trach = PhuTrach.objects.create(chi_doan=chi_doan, chuc_vu=chuc_vu, tu_ngay=NGAY)
    ban_giao = make_ban_giao(don_vi=chi_doan)
    GapDoanVien.objects.create(chuc_vu=ban_giao.chuc_vu_nhan, doan_vien=doan_vien, ngay=NGAY)
    nghi_quyet = make_nghi_quyet(buoi=buoi, phu_trach=doan_vien)
    return {
        "buoi": buoi,
        "draft": draft,
        "nghi_quyet": nghi_quyet,
        **_around_a_meeting(chi_doan, doan_vien, buoi, nghi_quyet),
        "chuc_vu": chuc_vu,
        "ban_giao": ban_giao,
        "bi_thu_moi": ban_giao.chuc_vu_nhan,
        "phu_trach": phu_trach,
        **_initiative(phuong, chi_doan),
    }


def _initiative(phuong, chi_doan) -> dict:
    mo_hinh = make_mo_hinh(
        don_vi=phuong, diem=chi_doan, tu_ngay=NGAY, chuong_trinh=["ba_chu_dong", "mot_cong_mot"]
    )
    nhom = mo_hinh.nhom_cam_ket.first()
    muc = nhom.muc.first()
    KetQuaCamKet.objects.create(muc=muc, ky="2026Q3", muc_do="dat")
    nhat_ky = NhatKyMoHinh.objects.create(
        mo_hinh=mo_hinh, don_vi=chi_doan, ngay=NGAY, viec="Ra mắt", nguoi_lam="Trịnh Hoài Phong"
    )
    danh_gia = DanhGiaMoHinh.objects.create(
        mo_hinh=mo_hinh, ky="2026Q3", ngay=NGAY, ket_qua="Tốt", muc="dat", chot_ngay=NGAY
    )
    nhan_rong = DeNghiNhanRong.objects.create(mo_hinh=mo_hinh, don_vi=phuong, ngay=NGAY)
    return {
        "mo_hinh": mo_hinh,
        "nhom_cam_ket": nhom,
        "nhat_ky_mo_hinh": nhat_ky,
        "danh_gia_mo_hinh": danh_gia,
        "nhan_rong": nhan_rong,
    }


def _around_a_meeting(chi_doan, doan_vien, buoi, nghi_quyet) -> dict:
    hen = make_buoi(
        chi_doan=chi_doan,
        ngay=date(2026, 12, 15),
        trang_thai=BuoiSinhHoat.TrangThai.NHAP,
        hen_luc=LUC,
        ma_diem_danh="M2M2M2M2",
    )
    TraLoiMoi.objects.create(buoi=hen, doan_vien=doan_vien, du_hop=True)
    arrival = TuDiemDanh.objects.create(
        buoi=hen, doan_vien=doan_vien, cach=TuDiemDanh.Cach.LIEN_KET
    )
    BuoiHuy.objects.create(
        so=hen.pk + 1, chi_doan=chi_doan, loai=hen.loai, ngay=NGAY, bat_dau=hen.bat_dau, version=1
    )
    BieuQuyet.objects.create(
        buoi=buoi, noi_dung="Thông qua kế hoạch", co_quyen=1, co_mat=1, tan_thanh=1
    )
    phien_ban = PhienBanBuoi.objects.create(
        buoi=buoi, so=1, noi_dung=dump(read_noi_dung(buoi)), ghi_luc=LUC, ly_do="Ghi nhầm giờ"
    )
    BaoCaoThang.objects.create(chi_doan=chi_doan, nam=2026, thang=9, ngay=NGAY)
    van_ban = issue(
        target=buoi,
        don_vi=chi_doan,
        loai="BB",
        ngay=NGAY,
        tieu_de="Biên bản sinh hoạt Chi đoàn tháng 9 năm 2026",
        noi_dung="thử",
        render=lambda so, ma: b"%PDF",
        by=None,
    )
    hoat_dong = HoatDong.objects.create(
        don_vi=chi_doan, loai=HoatDong.Loai.TRONG_CAY, ten="Trồng cây", tu_ngay=NGAY, den_ngay=NGAY
    )
    ThamGiaHoatDong.objects.create(hoat_dong=hoat_dong, doan_vien=doan_vien)
    anh = Anh.objects.create(
        don_vi=chi_doan, buoi=buoi, rong=1, cao=1, so_byte=1, tep=b"x", tep_nho=b"x"
    )
    return {
        "hen": hen,
        "tu_diem_danh": arrival,
        "phien_ban": phien_ban,
        "van_ban": van_ban,
        "hoat_dong": hoat_dong,
        "anh": anh,
        "tien_do": TienDoNghiQuyet.objects.create(
            nghi_quyet=nghi_quyet, ngay=NGAY, noi_dung="Đã mua phân bón"
        ),
        "nhip": NhipSinhHoat.objects.create(
            chi_doan=chi_doan, kieu=NhipSinhHoat.Kieu.HANG_THANG, tu_ngay=NGAY
        ),
        "mau": MauSinhHoat.objects.create(don_vi=chi_doan, loai=BuoiSinhHoat.Loai.DINH_KY),
        "khoa_lich": KhoaLich.objects.create(chi_doan=chi_doan),
    }


def _cadres(phuong, chi_doan, doan_vien, chuc_vu) -> dict:
    """Allowance, rating and gift of a cadre; a visit; one planned, proposed and posted."""
    for_branch = {"doan_vien": doan_vien, "don_vi": chi_doan}
    agency = make_doan_vien(chi_doan=make_chi_doan(phuong=phuong, ten="Cơ quan", khoi="co_quan"))
    guest = QuaTrinh.objects.create(
        doan_vien=agency,
        chi_doan=chi_doan,
        loai="tam_thoi",
        tu_ngay=NGAY,
        ly_do_bat_dau="gioi_thieu",
    )
    visit = LanXuong.objects.create(
        chi_doan=chi_doan, chuc_vu=chuc_vu, ho_ten=chuc_vu.ho_ten, ngay=NGAY, noi_dung="Họp đều"
    )
    return {
        "phu_cap": PhuCap.objects.create(
            **for_branch, so_tien=345_000, tu_ngay=NGAY, can_cu="NQ 01/NQ-HĐND"
        ),
        "xep_loai_can_bo": XepLoaiCanBo.objects.create(
            **for_branch, chuc_danh="bi_thu", nam=2025, muc="htt", ngay=date(2025, 12, 1)
        ),
        "quy_hoach": QuyHoach.objects.create(
            **for_branch, san_sang="ngay", ngay=NGAY, nam_ra_soat=2026
        ),
        "de_nghi_nhan_su": DeNghiNhanSu.objects.create(**for_branch, ly_do="Uy tín", ngay=NGAY),
        "cu_can_bo": CuCanBo.objects.create(
            doan_vien=agency, don_vi=chi_doan, tu_ngay=NGAY, can_cu="QĐ 05", qua_trinh=guest
        ),
        "lan_xuong": visit,
        "loi_hua": LoiHua.objects.create(lan_xuong=visit, noi_dung="Mua sách", han=NGAY),
        "tham_hoi": ThamHoi.objects.create(
            doan_vien=doan_vien,
            chi_doan=chi_doan,
            don_vi=phuong,
            dip="kho_khan",
            nguoi_tang="Trịnh Hoài Phong",
            ngay=NGAY,
        ),
    }


def _cultivation(phuong, doan_vien, doan_vien_2, van_ban, by) -> dict:
    to = make_to(don_vi=phuong)
    thanh_vien = make_thanh_vien(to=to, doan_vien=doan_vien)
    ky = make_ky(to=to, thanh_vien=[thanh_vien])
    sent, chat_van = _sent_case(doan_vien_2, van_ban, by)
    ho_so = make_ho_so(doan_vien=doan_vien)
    nhiem_vu = make_nhiem_vu(thanh_vien=thanh_vien)
    NguoiGiupTruoc.objects.create(thanh_vien=thanh_vien, ten="Trần Công Minh", den_ngay=NGAY)
    ThoiCamTinh.objects.create(doan_vien=doan_vien, ngay_cam_tinh=NGAY, ngay=NGAY, ly_do="Thử")
    quyet_dinh = QuyetDinhTo.objects.create(to=to, loai="thanh_lap", ngay=NGAY)
    issue(
        target=quyet_dinh,
        don_vi=phuong,
        loai="QĐ",
        ngay=NGAY,
        tieu_de="Quyết định thành lập Tổ tu dưỡng",
        noi_dung="thử",
        render=lambda so, ma: b"%PDF",
        by=by,
    )
    return {
        "de_xuat": make_de_xuat(doan_vien=doan_vien),
        "lop_nhan_thuc": make_nhan_thuc(doan_vien=doan_vien),
        "ke_hoach": KeHoachTo.objects.create(to=to, nam=2026, ngay=NGAY, muc_dich="Bồi dưỡng"),
        "quyet_dinh_to": quyet_dinh,
        "to": to,
        "thanh_vien": thanh_vien,
        "nhiem_vu": nhiem_vu,
        "tien_do_nhiem_vu": TienDoNhiemVu.objects.create(
            nhiem_vu=nhiem_vu, ngay=NGAY, noi_dung="Đã gặp hai gia đình"
        ),
        "minh_chung": make_anh(nhiem_vu),
        "ban_chup": make_anh(sent.giay_to.last()),
        "ky": ky,
        "danh_gia": ky.danh_gia.get(),
        "ho_so": ho_so,
        "sent": sent,
        "giay_to": ho_so.giay_to.first(),
        "chat_van": chat_van,
        **_papers_of_a_case(sent, by),
    }


def _papers_of_a_case(sent, by) -> dict:
    """What its papers say beyond its steps, and a ceremony at which it is handed over."""
    le_trao = LeTrao.objects.create(
        don_vi=sent.don_vi, ten="Lễ trao 3/2", ngay=date(2026, 6, 12), lap_boi=by
    )
    ket_nap = make_ho_so(doan_vien=sent.doan_vien, trang_thai="ket_nap")
    bien_ban = BienBanHop.objects.create(don_vi=sent.chi_doan, ngay=date(2026, 6, 10))
    sent.buoc.filter(loai=BuocHoSo.Loai.DE_NGHI).update(bien_ban=bien_ban)
    return {
        "ket_nap_dang": ket_nap,
        "bien_ban_hop": bien_ban,
        "tu_nhan_xet": TuNhanXet.objects.create(ho_so=sent),
        "nhan_xet_du_bi": NhanXetDuBi.objects.create(ho_so=ket_nap, ngay=date(2026, 9, 1)),
        "le_trao": le_trao,
        "dong_le_trao": le_trao.dong.create(ho_so=sent),
        **_batch(sent, by),
    }


def _batch(sent, by) -> dict:
    dot_in = DotIn.objects.create(don_vi=sent.don_vi, nguoi=by, ma_gui=uuid.uuid4())
    return {"dot_in": dot_in, "dong_in": dot_in.dong.create(ho_so=sent, thu_tu=1)}


def _sent_case(doan_vien, van_ban, by):
    """A case that the branch and the committee voted for, sent, and asked about by letter."""
    sent = make_ho_so(doan_vien=doan_vien, trang_thai="chat_van")
    vote = {
        "co_quyen": 15,
        "co_mat": 13,
        "tan_thanh": 12,
        "khong_tan_thanh": 1,
        "khong_hop_le": 0,
    }
    steps = [
        (BuocHoSo.Loai.DE_NGHI, "cho_tham_tra", vote),
        (BuocHoSo.Loai.NGHI_QUYET, "cho_gui", vote),
        (BuocHoSo.Loai.GUI, "da_gui", {}),
    ]
    for thu_tu, (loai, den_trang_thai, fields) in enumerate(steps, start=1):
        BuocHoSo.objects.create(
            ho_so=sent,
            thu_tu=thu_tu,
            loai=loai,
            den_trang_thai=den_trang_thai,
            ngay=date(2026, 6, 10),
            boi=by,
            **fields,
        )
    chat_van = ChatVan.objects.create(
        ho_so=sent,
        lan_thu=1,
        ngay=date(2026, 9, 20),
        so_ngay_cho=102,
        han_tra_loi=date(2026, 10, 10),
        van_ban=van_ban,
        ghi_boi=by,
    )
    return sent, chat_van


def _reorganisation(phuong, chi_doan, by) -> dict:
    """A draft that splits a branch in two, and its book of changes with one page."""
    target = {"loai": "chi_doan", "cap_tren": phuong.pk}
    plan = {
        "loai": "chia_tach",
        "don_vi": [chi_doan.pk],
        "dich": [{"ten": "Khu vực 1A", **target}, {"ten": "Khu vực 1B", **target}],
    }
    sap_xep = SapXep.objects.create(
        don_vi=phuong,
        ten="Chia chi đoàn Khu vực 1",
        hieu_luc=today(),
        ke_hoach={"thay_doi": [plan]},
        ten_tep="quyet-dinh.pdf",
        tep=b"%PDF",
        lap_boi=by,
    )
    DongSapXep.objects.create(
        sap_xep=sap_xep, loai="chia_tach", truoc=chi_doan, sau=chi_doan, ten_truoc="Khu vực 1"
    )
    BuocSapXep.objects.create(sap_xep=sap_xep, loai="lap", boi=by)
    ThayDoiSapXep.objects.create(
        sap_xep=sap_xep, bang="tochuc.donvi", dong=[[chi_doan.pk, {"ten": "1"}, {"ten": "2"}]]
    )
    return {"sap_xep": sap_xep}


def _reports(phuong, chi_doan, by) -> dict:
    bao_cao = make_bao_cao(don_vi=phuong)
    SoLieu.objects.create(bao_cao=bao_cao, ma=TU_TINH[0].ma)
    PhanLoi.objects.create(bao_cao=bao_cao, muc=PhanLoi.Muc.TINH_HINH, noi_dung="Thử", sua_boi=by)
    BuocBaoCao.objects.create(bao_cao=bao_cao, hanh_dong=BuocBaoCao.HanhDong.MO, by=by)
    gop_y = GopY.objects.create(
        bao_cao=bao_cao, phan=GopY.Phan.PHAN_LOI, o="tinh_hinh", noi_dung="Nêu số liệu", by=by
    )
    ChiTieuNam.objects.create(don_vi=phuong, ma=TU_TINH[0].ma, nam=2026, gia_tri=Decimal(5))
    dem_so_lieu(phuong, KyBaoCao(2026, quy=3))
    XepLoaiDonVi.objects.create(
        don_vi=chi_doan,
        nam=2025,
        thang=XepLoaiDonVi.Thang.choices[0][0],
        muc=XepLoaiDonVi.Muc.choices[0][0],
        ngay=date(2025, 12, 1),
    )
    DanhGiaTieuChi.objects.create(
        chi_doan=chi_doan,
        nam=2026,
        tieu_chi="nhiem_vu",
        muc=DanhGiaTieuChi.Muc.choices[0][0],
        minh_chung="Sổ chi đoàn",
        ngay=today(),
        by=by,
    )
    rounds = _rounds(phuong, chi_doan, by)
    return {"bao_cao": bao_cao, "gop_y": gop_y, **_bo_tieu_chi(phuong), **rounds}


def _rounds(phuong, chi_doan, by) -> dict:
    """Rounds of the ward: last year's published with an objection, this year's being verified,
    and this quarter's in which the branch scores itself."""
    bo, year = make_bo_diem(phuong), KyBaoCao.year_of(today())
    before, last = year.previous.previous.code, year.previous.code
    codes = (before, last, year.code, KyBaoCao.quarter_of(today()).code)
    han = {"han_tu_cham": today(), "han_tham_dinh": today()}
    final, published, verified, scored = (
        make_dot_cham(phuong, bo=bo, ky=ky, by=by, **han) for ky in codes
    )
    for dot in (published, verified):
        DotCham.objects.filter(pk=dot.pk).update(han_tu_cham=date(2026, 1, 1))
        start_tham_dinh(dot=dot, by=by)
    BuocDotCham.objects.create(dot=published, thu_tu=9, loai="cong_bo", boi=by)
    DotCham.objects.filter(pk=published.pk).update(
        trang_thai="cong_bo", han_y_kien=today() + timedelta(days=5)
    )
    old, now, own = (dot.dong.get(don_vi=chi_doan) for dot in (published, verified, scored))
    criterion = own.tieu_chi.get(ma="a1")
    return {
        **_ket_qua(final, chi_doan, by),
        "dot_cong_bo": published,
        "dot_cham": scored,
        "dong_cham": own,
        "dong_cong_bo": old,
        "dong_tham_dinh": now,
        "diem_tieu_chi": criterion,
        "minh_chung_cham": MinhChung.objects.create(
            dong=own, tieu_chi=criterion, loai="pdf", ten="bien-ban.pdf", tep=b"%PDF", them_boi=by
        ),
        "y_kien_cham": YKien.objects.create(dong=old, ma="a1", noi_dung="Xem lại", gui_boi=by),
        "kiem_phieu_cham": KiemPhieuCham.objects.create(
            dong=own, ben="chi_doan", ngay=today(), tong_so=5, co_mat=5, phieu={"htxs": 5}
        ),
    }


def _ket_qua(dot, chi_doan, by) -> dict:
    """A final round, its decision, and the line of the branch at the best level."""
    BuocDotCham.objects.create(dot=dot, thu_tu=9, loai="chung_cuoc", boi=by)
    DotCham.objects.filter(pk=dot.pk).update(trang_thai="chung_cuoc", ban_bam="a" * 64)
    decision = QuyetDinhKetQua.objects.create(
        dot=dot, don_vi=dot.don_vi, nam=2024, ngay=today(), ngay_hop=today(), lap_boi=by
    )
    line = DongKetQua.objects.create(
        quyet_dinh=decision,
        dong=dot.dong.get(don_vi=chi_doan),
        don_vi=chi_doan,
        doi_tuong="chi_doan",
        muc_dot="htxs",
        muc="htxs",
        ten_muc="Hoàn thành xuất sắc nhiệm vụ",
    )
    return {"dot_chung_cuoc": dot, "ket_qua": decision, "dong_ket_qua": line}


def _bo_tieu_chi(phuong) -> dict:
    bo = make_bo_tieu_chi(phuong)
    return {"bo_tieu_chi": bo, "tieu_chi": bo.tieu_chi.first()}


def make_bo_tieu_chi(don_vi) -> BoTieuChi:
    """A draft of the unit, copied from the points table that ships."""
    mau = BoTieuChi.objects.get(ma="bang-100-diem", don_vi=None)
    bo = BoTieuChi.objects.create(
        don_vi=don_vi,
        ma="bang-rieng",
        ten="Bảng điểm riêng",
        doi_tuong=mau.doi_tuong,
        kieu=mau.kieu,
        can_cu="01-HD/ĐTN",
        thay_cho=mau,
    )
    ghi_cay(bo, luat_cua(mau))
    return bo
