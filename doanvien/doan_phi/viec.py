"""Duties from dues, as the home pages show them. One query each, settings aside."""

from datetime import date

from django.db.models import Sum
from django.urls import reverse

from core.periods import KyBaoCao
from core.text.display import tien
from doanvien.models import MienDoanPhi, NopDoanPhi, PhieuThu
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.quy_dinh import ty_le
from tochuc.viec import Viec

from . import queries
from .muc_thu import HAN_NOP, HUONG_LUONG, KHONG_LUONG, TRICH_NOP, BangMuc
from .quy_tac import chia
from .tong_hop import han_nop


def viec_chi_doan(user, chi_doan: DonVi, day: date) -> list[Viec]:
    """A branch's people: collect this month, hand over what was collected until last month.

    Nothing for a branch without a book of dues, nor for who may not collect there. Five queries.
    """
    if not user.may(Quyen.THU_DOAN_PHI, chi_doan) or chi_doan.ngay_so_lieu(day) != day:
        return []
    muc = BangMuc(KHONG_LUONG, HUONG_LUONG, TRICH_NOP, HAN_NOP)
    return [*_thu(chi_doan, day, muc), *_nop(chi_doan, day, muc)]


def viec_phuong(user, phuong: DonVi, day: date) -> list[Viec]:
    """A ward's people: remittances to receive, exemptions to decide. Two queries."""
    found = []
    if user.may(Quyen.NHAN_DOAN_PHI, phuong):
        found += _cho_nhan(phuong, day)
    if user.may(Quyen.DUYET_DOAN_VIEN, phuong):
        found += _cho_xet(phuong, day)
    return found


def _thu(chi_doan: DonVi, day: date, muc: BangMuc):
    ky = KyBaoCao.month_of(day)
    thu = queries.bang_thu(chi_doan, ky, muc=muc).get(chi_doan.path)
    if thu is None or not thu.con_no:
        return
    yield Viec(
        tieu_de=f"Thu đoàn phí tháng {ky.thang}",
        chi_tiet=f"{thu.luot_da_thu}/{thu.luot_phai_thu} đã đóng, còn {tien(thu.con_no)}",
        han=ky.end,
        url=reverse("doanvien:doan_phi_don_vi", args=[chi_doan.pk]),
        icon="wallet",
        nut="Thu đoàn phí",
        so_phut=1,
        muc="info",
        ngay=day,
    )


def _nop(chi_doan: DonVi, day: date, muc: BangMuc):
    ky = KyBaoCao.month_of(day).previous
    rows = PhieuThu.objects.filter(don_vi=chi_doan).chua_nop().filter(ngay__lte=ky.end)
    waiting = rows.tong_tien()
    share = ty_le(muc.gia_tri(TRICH_NOP, chi_doan.path, day))
    amount = chia(max(waiting, 0), *share).trich_nop
    if not amount:
        return
    yield Viec(
        tieu_de=f"Nộp đoàn phí tháng {ky.thang} lên phường",
        chi_tiet=f"nộp {tien(amount)} trên {tien(waiting)} đã thu",
        han=han_nop(muc, chi_doan.path, ky),
        url=f"{reverse('doanvien:doan_phi_nop', args=[chi_doan.pk])}?ky={ky.code}",
        icon="upload",
        nut="Ghi nộp",
        so_phut=1,
        ngay=day,
    )


def _cho_nhan(phuong: DonVi, day: date):
    waiting = NopDoanPhi.objects.cho_nhan_tai([phuong]).order_by()
    rows = list(waiting.values_list("don_vi").annotate(tong=Sum("trich_nop")))
    if rows:
        yield Viec(
            tieu_de=f"Nhận đoàn phí của {len(rows)} chi đoàn",
            chi_tiet=tien(sum(tong for _, tong in rows)),
            url=reverse("doanvien:doan_phi_don_vi", args=[phuong.pk]),
            icon="wallet",
            nut="Xem, nhận",
            so_phut=len(rows),
            ngay=day,
        )


def _cho_xet(phuong: DonVi, day: date):
    so = MienDoanPhi.objects.under(phuong).cho_duyet().count()
    if so:
        url = reverse("doanvien:mien_doan_phi_list")
        yield Viec(
            tieu_de=f"Xét {so} đề nghị miễn đoàn phí",
            url=f"{url}?trang_thai={MienDoanPhi.TrangThai.DE_NGHI}",
            icon="hand-heart",
            nut="Xét",
            so_phut=2 * so,
            ngay=day,
        )
