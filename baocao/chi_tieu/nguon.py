"""The sources that indicators count: rows of the registers, nothing typed twice."""

from datetime import date

from django.db.models import BigIntegerField, Count, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce, Round

from baocao.models import XepLoaiDonVi
from chidoan.models import (
    BuoiSinhHoat,
    ChiDoan,
    ChucVu,
    CuCanBo,
    CuocKiemTra,
    DiemDanh,
    DongSapXep,
    HoatDong,
    HocVien,
    HoTro,
    KhenTapThe,
    KienNghi,
    LanXuong,
    LopTapHuan,
    MoHinh,
    MoHinhKinhTe,
    QuyHoach,
    SoDuTo,
    ThamHoi,
    ThamMuu,
    ToTietKiem,
)
from core.periods import het_ngay
from doanvien.doan_phi.con_no import con_no_thang, con_no_trong
from doanvien.doan_phi.quy_tac import cac_thang
from doanvien.models import (
    DoanPhi,
    KhenThuong,
    KyLuat,
    NguyenVong,
    NopDoanPhi,
    QuaTrinh,
    XepLoai,
)
from doanvien.models.qua_trinh import ra_trong, vao_trong
from tochuc.models import CapDonVi, DiaBan, DonVi
from tochuc.scoping import in_force
from tudưong.models import BoiDuongNhanThuc, ChatVan, HoSo, KyDanhGia, ThanhVienTo, ToTuDuong

from .khai_bao import Nguon, ThoiKy


def _hop_trong(tk: ThoiKy):
    """Meetings of the outer branch in the period."""
    held = BuoiSinhHoat.objects.da_hop().sinh_hoat().order_by()
    return held.filter(chi_doan=OuterRef("pk"), ngay__range=tk.trong_ky)


def _chi_doan(tk: ThoiKy):
    """Branches on the day by their members; `co_buoi`, whether any meeting was held in the period,
    and `bo_buoi`, whether one that was due is missing."""
    branches = ChiDoan.objects.dang_hoat_dong(tk.den).with_quy_mo(tk.den)
    branches = branches.with_bo_buoi(tk.ky, het_ngay(tk.den))
    return branches.alias(co_buoi=Exists(_hop_trong(tk)))


def chi_doan_mo(branches, tk: ThoiKy):
    """With `so_doan_vien`, `so_buoi` held in the period, and how many of those due in it."""
    counted = _hop_trong(tk).values("chi_doan").annotate(so=Count("pk")).values("so")
    branches = branches.with_so_doan_vien(tk.den).with_nhip_hop(tk.ky, het_ngay(tk.den))
    return branches.annotate(so_buoi=Coalesce(Subquery(counted), 0))


def _diem_danh(_: ThoiKy):
    return DiemDanh.objects.da_hop().exclude(buoi__loai=BuoiSinhHoat.Loai.BCH)


def _hoat_dong(_: ThoiKy):
    """Finished activities with whole numbers to add up: quantity, metres, đồng, people."""
    so_luong = Coalesce(F("so_luong"), 0, output_field=HoatDong._meta.get_field("so_luong"))
    return (
        HoatDong.objects.da_xong()
        .with_tham_gia()
        .annotate(
            luong=Cast(so_luong, IntegerField()),
            met=Cast(Round(so_luong * 1000), IntegerField()),
            tien=Cast(Coalesce(F("gia_tri"), 0), BigIntegerField()),
            luot=F("so_nguoi") + F("nguoi_ngoai"),
        )
    )


def _nhan_thuc(_: ThoiKy):
    """Members who finished a class about the Party, at the branch they belonged to on the day
    `ngay_hoc`: as membership periods, one for each class."""
    lop = "doan_vien__boi_duong_nhan_thuc"
    day = Coalesce(f"{lop}__den_ngay", f"{lop}__ngay_cap", f"{lop}__tu_ngay")
    rows = QuaTrinh.objects.chinh_thuc().annotate(
        lop=F(f"{lop}__pk"), tinh_trang=F(f"{lop}__trang_thai"), ngay_hoc=day
    )
    return rows.exclude(tinh_trang=BoiDuongNhanThuc.TrangThai.CU_DI).filter(
        Q(den_ngay__isnull=True) | Q(den_ngay__gte=F("ngay_hoc")), tu_ngay__lte=F("ngay_hoc")
    )


def _da_nhap(_: ThoiKy):
    """Branches with `da_nhap`: merged into another one, or split up, rather than dissolved."""
    change = DongSapXep.Loai
    lines = DongSapXep.objects.da_ap_dung().filter(
        truoc=OuterRef("pk"), sau__isnull=False, loai__in=(change.SAP_NHAP, change.CHIA_TACH)
    )
    return ChiDoan.objects.annotate(da_nhap=Exists(lines.order_by()))


def _no_doan_phi(tu: date, den: date) -> list[Nguon]:
    return [
        Nguon(
            ma=f"no_doan_phi_{thang.month}",
            rows=lambda _, thang=thang: con_no_thang(thang),
            ngay="thang",
        )
        for thang in cac_thang(tu, den)
    ]


DON_VI = Nguon(ma="don_vi", rows=lambda tk: DonVi.objects.dang_hoat_dong(tk.den).all(), path="path")
CHI_DOAN = Nguon(ma="chi_doan", rows=_chi_doan, path="path", kem=chi_doan_mo)
THANH_LAP = Nguon(
    ma="thanh_lap", rows=lambda _: ChiDoan.objects.all(), path="path", ngay="thanh_lap"
)
KET_THUC = Nguon(ma="ket_thuc", rows=_da_nhap, path="path", ngay="ket_thuc")
DIA_BAN = Nguon(ma="dia_ban", rows=lambda tk: DiaBan.objects.tai_ngay(tk.den), path="don_vi__path")
XEP_LOAI = Nguon(
    ma="xep_loai",
    rows=lambda tk: XepLoaiDonVi.objects.cua_chi_doan().filter(nam=tk.ky.nam, ngay__lte=tk.den),
    path="don_vi__path",
)
DOAN_VIEN = Nguon(ma="doan_vien", rows=lambda tk: QuaTrinh.objects.chinh_thuc().tai_ngay(tk.den))
NOI_CU_TRU = Nguon(
    ma="noi_cu_tru",
    rows=lambda tk: QuaTrinh.objects.filter(loai=QuaTrinh.Loai.NOI_CU_TRU).tai_ngay(tk.den),
)
VAO = Nguon(
    ma="vao",
    rows=lambda _: QuaTrinh.objects.chinh_thuc(),
    ngay="tu_ngay",
    khoang=vao_trong,
    path_khac="truoc__chi_doan__path",
)
RA = Nguon(
    ma="ra",
    rows=lambda _: QuaTrinh.objects.chinh_thuc(),
    ngay="den_ngay",
    khoang=ra_trong,
    path_khac="tiep_theo__chi_doan__path",
)
BUOI = Nguon(ma="buoi", rows=lambda _: BuoiSinhHoat.objects.da_hop().sinh_hoat(), ngay="ngay")
DIEM_DANH = Nguon(ma="diem_danh", rows=_diem_danh, path="buoi__chi_doan__path", ngay="buoi__ngay")
BI_THU = Nguon(
    ma="bi_thu",
    rows=lambda tk: ChucVu.objects.bi_thu().filter(don_vi__cap=CapDonVi.CHI_DOAN).tai_ngay(tk.den),
    path="don_vi__path",
)
NHAN_BI_THU = Nguon(
    ma="nhan_bi_thu",
    rows=lambda _: ChucVu.objects.bi_thu().filter(don_vi__cap=CapDonVi.CHI_DOAN),
    path="don_vi__path",
    ngay="tu_ngay",
)
LAN_XUONG = Nguon(ma="lan_xuong", rows=lambda _: LanXuong.objects.all(), ngay="ngay")
QUY_HOACH = Nguon(
    ma="quy_hoach", rows=lambda tk: QuyHoach.objects.tai_ngay(tk.den), path="don_vi__path"
)
CU_CAN_BO = Nguon(
    ma="cu_can_bo", rows=lambda tk: CuCanBo.objects.tai_ngay(tk.den), path="don_vi__path"
)
THAM_HOI = Nguon(ma="tham_hoi", rows=lambda _: ThamHoi.objects.all(), ngay="ngay")
MO_HINH = Nguon(
    ma="mo_hinh",
    rows=lambda tk: MoHinh.objects.filter(in_force(tk.den)),
    path="don_vi__path",
)
HOAT_DONG = Nguon(ma="hoat_dong", rows=_hoat_dong, path="don_vi__path", ngay="den_ngay")
"""A work counts once, where it ended. A ward's own activities are the ward's, no branch's."""
XEP_LOAI_DOAN_VIEN = Nguon(
    ma="xep_loai_doan_vien",
    rows=lambda tk: XepLoai.objects.filter(nam=tk.ky.nam, ngay__lte=tk.den).exclude(
        muc__startswith="cu_"
    ),
)
THANH_VIEN_TO = Nguon(
    ma="thanh_vien_to", rows=lambda tk: ThanhVienTo.objects.dang_boi_duong(tk.den)
)
TO_TU_DUONG = Nguon(
    ma="to_tu_duong", rows=lambda tk: ToTuDuong.objects.tai_ngay(tk.den), path="don_vi__path"
)
KY_DANH_GIA = Nguon(
    ma="ky_danh_gia",
    rows=lambda _: KyDanhGia.objects.da_hop(),
    path="to__don_vi__path",
    ngay="ngay",
)
KHEN_THUONG = Nguon(ma="khen_thuong", rows=lambda _: KhenThuong.objects.all(), ngay="ngay")
KHEN_TAP_THE = Nguon(
    ma="khen_tap_the", rows=lambda _: KhenTapThe.objects.all(), path="don_vi__path", ngay="ngay"
)
LOP_TAP_HUAN = Nguon(
    ma="lop_tap_huan",
    rows=lambda _: LopTapHuan.objects.da_xong(),
    path="don_vi__path",
    ngay="den_ngay",
)
LUOT_TAP_HUAN = Nguon(
    ma="luot_tap_huan",
    rows=lambda _: HocVien.objects.da_du().lop_da_xong(),
    path="lop__don_vi__path",
    ngay="lop__den_ngay",
)
"""Of finished classes alone, and where the class was held: units add up, nobody counts twice."""
KY_LUAT = Nguon(ma="ky_luat", rows=lambda _: KyLuat.objects.khong_bi_huy(), ngay="ngay_cong_bo")
GIOI_THIEU = Nguon(ma="gioi_thieu", rows=lambda _: HoSo.objects.all(), ngay="ngay_gioi_thieu")
NHAN_THUC = Nguon(ma="nhan_thuc", rows=_nhan_thuc, ngay="ngay_hoc")
KET_NAP_DANG = Nguon(
    ma="ket_nap_dang",
    rows=lambda _: HoSo.objects.da_ket_nap(),
    ngay="ngay_ket_nap",
)
_CONG_VAN = {"path": "ho_so__chi_doan__path"}
CONG_VAN = Nguon(ma="cong_van", rows=lambda _: ChatVan.objects.all(), ngay="ngay", **_CONG_VAN)
CONG_VAN_TRA_LOI = Nguon(
    ma="cong_van_tra_loi",
    rows=lambda _: ChatVan.objects.filter(tra_loi_ngay__isnull=False),
    ngay="tra_loi_ngay",
    **_CONG_VAN,
)
CONG_VAN_CHO = Nguon(
    ma="cong_van_cho", rows=lambda tk: ChatVan.objects.chua_tra_loi_den(tk.den), **_CONG_VAN
)
NGUYEN_VONG = Nguon(ma="nguyen_vong", rows=lambda _: NguyenVong.objects.all(), ngay="ngay")
NGUYEN_VONG_XONG = Nguon(
    ma="nguyen_vong_xong",
    rows=lambda _: NguyenVong.objects.co_trang_thai(NguyenVong.TrangThai.DA),
    ngay="ngay_xong",
)
DOAN_PHI = Nguon(ma="doan_phi", rows=lambda _: DoanPhi.objects.con_hieu_luc(), ngay="phieu__ngay")
DOAN_PHI_THANG = Nguon(
    ma="doan_phi_thang", rows=lambda _: DoanPhi.objects.con_hieu_luc(), ngay="thang"
)
NO_DOAN_PHI = Nguon(
    ma="no_doan_phi",
    rows=lambda tk: con_no_trong(*tk.luy_ke),
    ngay="thang",
    phan=_no_doan_phi,
    rows_trong=con_no_trong,
)
NOP_DOAN_PHI = Nguon(
    ma="nop_doan_phi",
    rows=lambda _: NopDoanPhi.objects.con_tinh().filter(don_vi__cap=CapDonVi.CHI_DOAN),
    path="don_vi__path",
    ngay="ngay",
)
"""Of branches alone: what a ward hands on was handed to it by them, and would count twice."""
KIEM_TRA = Nguon(
    ma="kiem_tra",
    rows=lambda _: CuocKiemTra.objects.da_tien_hanh(),
    path="don_vi__path",
    ngay="ngay",
)
DON_VI_KIEM_TRA = Nguon(
    ma="don_vi_kiem_tra",
    rows=lambda _: CuocKiemTra.objects.lan_dau_trong_nam(),
    path="don_vi__path",
    ngay="ngay",
)
"""Each inspected unit once a year, with its first inspection."""
KIEN_NGHI_XONG = Nguon(
    ma="kien_nghi_xong",
    rows=lambda _: KienNghi.objects.da_ban_hanh(),
    path="cuoc__don_vi__path",
    ngay="ngay_xong",
)
TO_TIET_KIEM = Nguon(
    ma="to_tiet_kiem", rows=lambda tk: ToTietKiem.objects.tai_ngay(tk.den), path="don_vi__path"
)
SO_DU_TO = Nguon(
    ma="so_du_to", rows=lambda tk: SoDuTo.objects.tai_ngay(tk.den), path="to__don_vi__path"
)
MO_HINH_KINH_TE = Nguon(ma="mo_hinh_kinh_te", rows=lambda tk: MoHinhKinhTe.objects.tai_ngay(tk.den))
HO_TRO = Nguon(
    ma="ho_tro",
    rows=lambda _: HoTro.objects.annotate(tien=Coalesce(F("so_tien"), 0)),
    path="don_vi__path",
    ngay="ngay",
)
THAM_MUU = Nguon(
    ma="tham_muu", rows=lambda _: ThamMuu.objects.all(), path="don_vi__path", ngay="ngay"
)
THAM_MUU_DUOC = Nguon(
    ma="tham_muu_duoc",
    rows=lambda _: ThamMuu.objects.duoc_chap_thuan().annotate(tien=Coalesce(F("kinh_phi"), 0)),
    path="don_vi__path",
    ngay="ngay_tra_loi",
)
