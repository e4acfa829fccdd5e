"""Terms of Phường I: how offices were filled, who acts, who is away, and two hand-overs."""

from datetime import date, timedelta

from chidoan.ban_giao.services import (
    NguoiThoi,
    bi_thu_truoc,
    change_secretary,
    record_giay,
    update_ban_giao,
)
from chidoan.chuc_vu.services import CachGiu
from chidoan.models import ChucVu
from doanvien.models import DoanVien
from tochuc.bieu_quyet import Phieu
from tochuc.models import DonVi

from .phuong_1 import NHIEM_KY, ChiDoanDemo

QUYEN_TU, QUYEN_CON = timedelta(days=70), timedelta(days=20)
DI_XA = timedelta(days=45)
MOI_DOI = timedelta(days=5)
MANG_TAI_KHOAN = {"demo.chidoan": "Lê Minh Duy", "demo.chidoan2": "Võ Thanh Trúc"}
VAT = "01 cờ Đoàn, 01 phông chữ sinh hoạt.\nSổ chi đoàn, sổ thu đoàn phí năm nay."


def build(branches: list[ChiDoanDemo], accounts, phuong: DonVi, *, homnay: date, by) -> None:
    _elections(branches, phuong, homnay)
    for username, ho_ten in MANG_TAI_KHOAN.items():
        role = accounts[username].phan_cong.get()
        terms = ChucVu.objects.filter(don_vi=role.don_vi, ho_ten=ho_ten)
        terms.update(phan_cong=role)
    by_name = {branch.don_vi.ten: branch for branch in branches}
    _acting(by_name["Khu vực 6"], homnay, by)
    _away(by_name["Khu vực 8"], homnay)
    _changed(by_name["Khu vực 2"], homnay, by)


def _elections(branches: list[ChiDoanDemo], phuong: DonVi, homnay: date) -> None:
    """Votes and decisions of all terms on record: branches elect directly, the ward at its
    congress or in its committee."""
    members = {branch.don_vi.pk: len(branch.nguoi) for branch in branches}
    rows = list(ChucVu.objects.under(phuong).order_by("don_vi__path", "tu_ngay", "pk"))
    for so, row in enumerate(rows, start=1):
        entitled = members.get(row.don_vi_id, 84 if row.tu_ngay == NHIEM_KY else 15)
        at_congress = row.don_vi_id in members or row.tu_ngay == NHIEM_KY
        row.cach = ChucVu.Cach.DAI_HOI if at_congress else ChucVu.Cach.BCH
        row.co_quyen, row.co_mat = entitled, max(2, entitled - so % 2)
        row.khong_tan_thanh = 1 if so % 3 == 2 and row.co_mat > 4 else 0
        row.tan_thanh, row.khong_hop_le = row.co_mat - row.khong_tan_thanh, 0
        row.so_quyet_dinh = f"{so:02d}-QĐ/ĐTN"
        row.ngay_quyet_dinh = row.tu_ngay + timedelta(days=7)
        row.han_nhiem_ky = date(homnay.year + 1, 6, 15)
    names = ["cach", "co_quyen", "co_mat", "tan_thanh", "khong_tan_thanh", "khong_hop_le"]
    names += ["so_quyet_dinh", "ngay_quyet_dinh", "han_nhiem_ky"]
    ChucVu.objects.bulk_update(rows, names)


def _acting(branch: ChiDoanDemo, homnay: date, by) -> None:
    """The deputy acts until a meeting elects; both signed the hand-over on paper."""
    last = homnay - QUYEN_TU
    doi = change_secretary(
        chi_doan=branch.don_vi,
        doan_vien=branch.nguoi[1],
        tu_ngay=last + timedelta(days=1),
        den_ngay=homnay + QUYEN_CON,
        giu=CachGiu(
            cach=ChucVu.Cach.CHI_DINH,
            tam_quyen=ChucVu.TamQuyen.QUYEN,
            so_quyet_dinh="41-QĐ/ĐTN",
            ngay_quyet_dinh=last,
        ),
        thoi=NguoiThoi(den_ngay=last, ket_thuc=ChucVu.KetThuc.CHUYEN_CONG_TAC),
        by=by,
    )
    update_ban_giao(
        ban_giao=doi.ban_giao,
        ngay=last,
        dia_diem="Nhà văn hóa khu vực 6",
        vat=VAT,
        dan_lai="Loa kéo mượn của Ban nhân dân khu vực, trả sau mỗi buổi.",
        by=by,
    )
    record_giay(ban_giao=doi.ban_giao, ngay=last + timedelta(days=2), by=by)


def _away(branch: ChiDoanDemo, homnay: date) -> None:
    """The secretary has gone to work elsewhere; as many are away as before: another came home."""
    away = DoanVien.objects.under(branch.don_vi).dang_sinh_hoat().di_lam_xa(homnay)
    home = away.order_by("pk").first()
    left = homnay - DI_XA
    DoanVien.objects.filter(pk=home.pk).update(di_xa_den=left - timedelta(days=1))
    DoanVien.objects.filter(pk=branch.nguoi[0].pk).update(di_xa_tu=left, di_xa_noi="Bình Dương")


def _changed(branch: ChiDoanDemo, homnay: date, by) -> None:
    """A secretary who asked to leave, the deputy elected in his place; nobody has signed yet."""
    last = homnay - MOI_DOI
    members = len(branch.nguoi)
    change_secretary(
        chi_doan=branch.don_vi,
        doan_vien=branch.nguoi[1],
        tu_ngay=last + timedelta(days=1),
        giu=CachGiu(
            cach=ChucVu.Cach.DAI_HOI,
            phieu=Phieu(co_mat=members - 2, tan_thanh=members - 2),
            co_quyen=members,
            han_nhiem_ky=bi_thu_truoc(branch.don_vi, homnay).han_nhiem_ky,
        ),
        thoi=NguoiThoi(den_ngay=last, ket_thuc=ChucVu.KetThuc.XIN_THOI, ly_do="Bận việc gia đình"),
        by=by,
    )
