"""Units and accounts of the demo."""

from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password

from core.text import fold
from tochuc.models import DiaBan, DonVi, NguoiDung
from tochuc.permissions import VaiTro
from tochuc.services import assign_role, create_don_vi, create_nguoi_dung

CUM = ("Cụm 1", "Cụm 2")
TU_NGAY = date(2015, 1, 1)

# name, kind, members, health
CHI_DOAN_PHUONG_1 = (
    ("Khu vực 1", "dan_cu", 14, "tot"),
    ("Khu vực 2", "dan_cu", 9, "kha"),
    ("Khu vực 3", "dan_cu", 15, "kha"),
    ("Khu vực 4", "dan_cu", 7, "yeu"),
    ("Khu vực 5", "dan_cu", 7, "ngung"),
    ("Khu vực 6", "dan_cu", 11, "kha"),
    ("Khu vực 7", "dan_cu", 9, "tot"),
    ("Khu vực 8", "dan_cu", 5, "yeu"),
    ("Khu vực 9", "dan_cu", 8, "kha"),
    ("Khu vực 10", "dan_cu", 2, "kha"),
    ("Công an phường", "llvt", 16, "tot"),
    ("Dân quân", "llvt", 9, "kha"),
    ("Trường THCS", "truong_hoc", 22, "tot"),
    ("Trường Tiểu học", "truong_hoc", 6, "kha"),
    ("Trạm Y tế", "co_quan", 6, "kha"),
)
CHI_DOAN_PHUONG_MAU = (
    ("Công an phường", "llvt"),
    ("Trường THCS", "truong_hoc"),
    ("Trường Tiểu học", "truong_hoc"),
    ("Trường Mầm non", "truong_hoc"),
    *((f"Khu vực {so}", "dan_cu") for so in range(1, 14)),
)

TAI_KHOAN = (
    ("demo.chidoan", "Lê Minh Duy", VaiTro.BI_THU_CHI_DOAN, "phuong-1-khu-vuc-3"),
    ("demo.uyvien", "Đặng Ngọc Hân", VaiTro.UY_VIEN_CHI_DOAN, "phuong-1-khu-vuc-3"),
    ("demo.chidoan2", "Võ Thanh Trúc", VaiTro.BI_THU_CHI_DOAN, "phuong-1-khu-vuc-1"),
    ("demo.phuong", "Trịnh Hoài Phong", VaiTro.BI_THU_PHUONG, "phuong-1"),
    ("demo.canbo", "Hồ Thị Yến", VaiTro.CAN_BO_PHUONG, "phuong-1"),
    ("demo.phuongmau", "Lâm Quốc Thịnh", VaiTro.BI_THU_PHUONG, "phuong-mau"),
    ("demo.huyen", "Đỗ Anh Khoa", VaiTro.VAN_PHONG_CAP_TREN, "vi-thanh"),
    ("demo.nghiahanh", "Võ Thu Hà", VaiTro.VAN_PHONG_CAP_TREN, "nghia-hanh"),
    ("demo.nghean", "Lương Thanh Hải", VaiTro.VAN_PHONG_CAP_TREN, "nghe-an"),
    ("demo.quephong", "Lô Thị Hiền", VaiTro.VAN_PHONG_CAP_TREN, "que-phong"),
    ("demo.kiemtra", "Mai Đức Kiên", VaiTro.KIEM_TRA, "vi-thanh"),
    ("demo.capuy", "Cao Hữu Nghĩa", VaiTro.CAP_UY, "phuong-1"),
    ("demo.quantri", "Tô Nhật Quang", VaiTro.QUAN_TRI, "vi-thanh"),
)


def build_vi_thanh() -> dict[str, DonVi]:
    """Hậu Giang → Vị Thanh → Phường I with its branches, and the empty ward; by code."""
    tinh = don_vi("tinh", "tinh", "Hậu Giang", "hau-giang", None)
    thanh_pho = don_vi("huyen", "thanh_pho", "Vị Thanh", "vi-thanh", tinh)
    phuong = don_vi("co_so", "phuong", "I", "phuong-1", thanh_pho, cum_thi_dua=CUM[0])
    mau = don_vi("co_so", "phuong", "Mẫu", "phuong-mau", thanh_pho, cum_thi_dua=CUM[1])
    units = [tinh, thanh_pho, phuong, mau]
    for thu_tu, (ten, khoi, _, _) in enumerate(CHI_DOAN_PHUONG_1):
        branch = _chi_doan(ten, khoi, phuong, cum_thi_dua=CUM[thu_tu % 2])
        units.append(branch)
        if khoi == "dan_cu":
            _dia_ban(branch, phuong, DiaBan.Loai.KHU_VUC)
    units.extend(
        _chi_doan(ten, khoi, mau, cum_thi_dua=CUM[thu_tu % 2])
        for thu_tu, (ten, khoi) in enumerate(CHI_DOAN_PHUONG_MAU)
    )
    return {unit.ma: unit for unit in units}


def build_nghia_hanh(xa: dict[str, list[str]], *, den: date) -> list[DonVi]:
    """Quảng Ngãi → Nghĩa Hành → its communes with one branch for each thôn; the branches.

    Nothing is known of them after `den`, so that is how far their records reach.
    """
    tinh = don_vi("tinh", "tinh", "Quảng Ngãi", "quang-ngai", None)
    huyen = don_vi("huyen", "huyen", "Nghĩa Hành", "nghia-hanh", tinh, so_lieu_den=den)
    branches = []
    for thu_tu, (ten_xa, ten_thon) in enumerate(xa.items()):
        thi_tran = ten_xa == "Chợ Chùa"
        cum = CUM[thu_tu % 2]
        co_so = don_vi(
            "co_so",
            "thi_tran" if thi_tran else "xa",
            ten_xa,
            f"nghia-hanh-{thu_tu + 1:02d}",
            huyen,
            cum_thi_dua=cum,
            so_lieu_den=den,
        )
        for so, ten in enumerate(ten_thon, 1):
            branch = don_vi(
                "chi_doan",
                "chi_doan",
                ten,
                f"{co_so.ma}-{so:02d}",
                co_so,
                khoi="dan_cu",
                cum_thi_dua=cum,
                so_lieu_den=den,
            )
            loai = DiaBan.Loai.TO_DAN_PHO if thi_tran else DiaBan.Loai.THON
            _dia_ban(branch, co_so, loai)
            branches.append(branch)
    return branches


def build_accounts(units: dict[str, DonVi]) -> dict:
    """The demo accounts with their roles, all with the one demo password; by name."""
    names = []
    for username, ho_ten, vai_tro, ma in TAI_KHOAN:
        user = create_nguoi_dung(
            username=username,
            ho_ten=ho_ten,
            password=None,
            by=None,
            check=False,
        )
        don_vi = units.get(ma) or DonVi.objects.get(ma=ma)
        assign_role(nguoi_dung=user, don_vi=don_vi, vai_tro=vai_tro, tu_ngay=TU_NGAY, by=None)
        names.append(username)
    accounts = NguoiDung.objects.filter(username__in=names)
    accounts.update(password=make_password(settings.DEMO_PASSWORD))  # hashed once, it is slow
    return {user.username: user for user in accounts.all()}


def _chi_doan(ten, khoi, phuong, **fields) -> DonVi:
    ma = f"{phuong.ma}-{slug(ten)}"
    return don_vi("chi_doan", "chi_doan", ten, ma, phuong, khoi=khoi, **fields)


def _dia_ban(branch: DonVi, co_so: DonVi, loai: str) -> None:
    DiaBan.objects.create(don_vi=co_so, chi_doan=branch, loai=loai, ten=branch.ten, tu_ngay=TU_NGAY)


def don_vi(cap, loai, ten, ma, cap_tren, **fields) -> DonVi:
    return create_don_vi(
        cap=cap, loai=loai, ten=ten, ma=ma, cap_tren=cap_tren, thanh_lap=TU_NGAY, by=None, **fields
    )


def don_vi_moi(cap, loai, ten, ma, **fields) -> DonVi:
    """An unsaved unit, for `create_don_vi_many`."""
    row = DonVi(cap=cap, loai=loai, ma=ma, thanh_lap=TU_NGAY, **fields)
    row.set_ten(ten)
    return row


def slug(ten: str) -> str:
    return fold(ten).replace(" ", "-")
