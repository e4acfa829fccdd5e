"""What the nine half-year tables count and no report does: offices, schooling, postings.

Counted and opened as the indicators of reports are. Levels of schooling are the national
register's own words (`doanvien.danh_muc`).
"""

from django.db.models import Q

from baocao.models import XepLoaiDonVi
from chidoan.models import ChucVu, CuCanBo, LopTapHuan
from doanvien.models import DoanVien, XepLoai
from tochuc.models import CapDonVi, KhoiChiDoan

from . import nguon as n
from .khai_bao import ChiTieu, Kieu, Nguon

NHOM = "Biểu quốc gia"
_D = ChucVu.ChucDanh
CHUC_DANH: tuple[tuple[str, str, str, str], ...] = (
    ("bi_thu_cd", "Bí thư chi đoàn", CapDonVi.CHI_DOAN, _D.BI_THU),
    ("pho_bi_thu_cd", "Phó Bí thư chi đoàn", CapDonVi.CHI_DOAN, _D.PHO_BI_THU),
    ("uy_vien_cd", "Ủy viên BCH chi đoàn", CapDonVi.CHI_DOAN, _D.UY_VIEN),
    ("bi_thu_cs", "Bí thư Đoàn cơ sở", CapDonVi.CO_SO, _D.BI_THU),
    ("pho_bi_thu_cs", "Phó Bí thư Đoàn cơ sở", CapDonVi.CO_SO, _D.PHO_BI_THU),
    ("uy_vien_btv_cs", "Ủy viên BTV Đoàn cơ sở", CapDonVi.CO_SO, _D.UY_VIEN_BTV),
    ("uy_vien_cs", "Ủy viên BCH Đoàn cơ sở", CapDonVi.CO_SO, _D.UY_VIEN),
)
LANH_DAO = tuple(row for row in CHUC_DANH if row[3] in ChucVu.LANH_DAO)
TRINH_DO: tuple[tuple[str, str, Q], ...] = (
    ("ts", "tiến sĩ", Q(doan_vien__chuyen_mon="Tiến sĩ")),
    ("ths", "thạc sĩ", Q(doan_vien__chuyen_mon="Thạc sĩ")),
    ("dh", "đại học", Q(doan_vien__chuyen_mon="Cử nhân")),
    ("cd", "cao đẳng", Q(doan_vien__chuyen_mon="Cao đẳng")),
    ("tc", "trung cấp", Q(doan_vien__chuyen_mon="Trung cấp chuyên nghiệp")),
    ("llcc", "LLCT cao cấp, cử nhân", Q(doan_vien__ly_luan__in=("Cao cấp", "Cử nhân"))),
    ("lltc", "LLCT trung cấp", Q(doan_vien__ly_luan="Trung cấp")),
)

_TAI = "don_vi__path"
CHUC_VU = Nguon(ma="chuc_vu", rows=lambda tk: ChucVu.objects.tai_ngay(tk.den), path=_TAI)
NHAN_CHUC = Nguon(ma="nhan_chuc", rows=lambda _: ChucVu.objects.all(), path=_TAI, ngay="tu_ngay")
THOI_CHUC = Nguon(ma="thoi_chuc", rows=lambda _: ChucVu.objects.all(), path=_TAI, ngay="den_ngay")
CU_DI = Nguon(ma="cu_di", rows=lambda _: CuCanBo.objects.all(), path=_TAI, ngay="tu_ngay")
CO_SO_XEP_LOAI = Nguon(
    ma="co_so_xep_loai",
    rows=lambda tk: XepLoaiDonVi.objects.filter(
        doi_tuong=XepLoaiDonVi.DoiTuong.DOAN_CO_SO, nam=tk.ky.nam, ngay__lte=tk.den
    ),
    path=_TAI,
)


def _dem(ma: str, ten: str, don_vi_tinh: str, nguon: Nguon, tu: Q) -> ChiTieu:
    return ChiTieu(
        ma=f"bieu_{ma}",
        ten=ten,
        don_vi_tinh=don_vi_tinh,
        nhom=NHOM,
        kieu=Kieu.FLOW if nguon.ngay else Kieu.STOCK,
        nguon=nguon,
        tu=lambda _: tu,
    )


def _giu(cap: str, chuc_danh: str) -> Q:
    return Q(don_vi__cap=cap, chuc_danh=chuc_danh)


_NU = Q(doan_vien__gioi_tinh=DoanVien.GioiTinh.NU)
_DOANH_NGHIEP = Q(chi_doan__khoi=KhoiChiDoan.DOANH_NGHIEP)
XEP_LOAI_DOAN_VIEN = tuple(
    _dem(f"dv_{muc.value}", f"Đoàn viên {muc.label}", "người", n.XEP_LOAI_DOAN_VIEN, Q(muc=muc))
    for muc in XepLoai.Muc
    if not muc.value.startswith("cu_")
)
XEP_LOAI_CO_SO = tuple(
    _dem(f"cs_{muc.value}", f"Đoàn cơ sở {muc.label}", "đơn vị", CO_SO_XEP_LOAI, Q(muc=muc))
    for muc in XepLoaiDonVi.MUC_HD33
)
DOI_NGU = tuple(
    item
    for ma, ten, cap, chuc_danh in CHUC_DANH
    for item in (
        _dem(ma, ten, "người", CHUC_VU, _giu(cap, chuc_danh)),
        _dem(f"{ma}_nu", f"{ten}: nữ", "người", CHUC_VU, _giu(cap, chuc_danh) & _NU),
    )
)
DAO_TAO = tuple(
    _dem(f"{ma}_{bac}", f"{ten}: {words}", "người", CHUC_VU, _giu(cap, chuc_danh) & level)
    for ma, ten, cap, chuc_danh in LANH_DAO
    for bac, words, level in TRINH_DO
)
BOI_DUONG = tuple(
    _dem(
        f"lop_{chu_de.value}",
        f"Lớp: {chu_de.label}",
        "lớp",
        n.LOP_TAP_HUAN,
        Q(chu_de__contains=f",{chu_de.value},"),
    )
    for chu_de in LopTapHuan.ChuDe
)
CAN_BO_CHUYEN = (
    _dem("cu_ve_dia_ban", "Cán bộ được cử về chi đoàn địa bàn", "người", CU_DI, Q()),
    _dem(
        "chuyen_cong_tac",
        "Cán bộ thôi giữ chức vì chuyển công tác",
        "người",
        THOI_CHUC,
        Q(ket_thuc=ChucVu.KetThuc.CHUYEN_CONG_TAC),
    ),
    _dem(
        "bau_bo_sung",
        "Cán bộ do Ban Chấp hành bầu bổ sung",
        "người",
        NHAN_CHUC,
        Q(cach=ChucVu.Cach.BCH),
    ),
    _dem("chi_dinh", "Cán bộ được chỉ định", "người", NHAN_CHUC, Q(cach=ChucVu.Cach.CHI_DINH)),
)
DOANH_NGHIEP = (
    _dem("dv_doanh_nghiep", "Đoàn viên ở doanh nghiệp", "người", n.DOAN_VIEN, _DOANH_NGHIEP),
    _dem(
        "ket_nap_doanh_nghiep",
        "Kết nạp mới ở doanh nghiệp",
        "người",
        n.VAO,
        _DOANH_NGHIEP & Q(ly_do_bat_dau="ket_nap"),
    ),
)
BIEU_QUOC_GIA: tuple[ChiTieu, ...] = (
    *XEP_LOAI_DOAN_VIEN,
    *XEP_LOAI_CO_SO,
    *DOI_NGU,
    *DAO_TAO,
    *BOI_DUONG,
    *CAN_BO_CHUYEN,
    *DOANH_NGHIEP,
)
