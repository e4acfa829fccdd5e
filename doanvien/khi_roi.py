"""What falls with an official membership: proposals, guest periods and transfers that are open."""

from collections.abc import Iterable, Mapping
from datetime import date

from core.periods import today
from tochuc.quy_trinh import move, next_thu_tu

from .models import BuocChuyen, ChuyenSinhHoat, DeNghiXoaTen, DoanVien, QuaTrinh

_BATCH = 500
KHONG_CON = "Không còn sinh hoạt ở chi đoàn."


def let_go(ngay_cua: Mapping[int, date], *, ly_do: str, by) -> None:
    """Leave nothing waiting for people who are members no more: last day of each, by person.

    Who moves to another branch keeps what goes along with a transfer.
    """
    drop_proposals(ngay_cua, is_xoa_ten=ly_do == DoanVien.TrangThai.XOA_TEN)
    if ly_do != DoanVien.TrangThai.CHUYEN_DI:
        end_guest_periods(ngay_cua)
        withdraw_transfers(ngay_cua, by=by)


def drop_proposals(doan_vien: Iterable[int], *, is_xoa_ten: bool = False) -> None:
    """Proposals to remove who has left the branch wait for nobody: agreed to, or pointless."""
    states = DeNghiXoaTen.TrangThai
    DeNghiXoaTen.objects.filter(doan_vien__in=doan_vien).cho_quyet_dinh().update(
        trang_thai=states.DONG_Y if is_xoa_ten else states.RUT,
        tra_loi="" if is_xoa_ten else KHONG_CON,
        tra_loi_ngay=today(),
    )


def end_guest_periods(ngay_cua: Mapping[int, date], **only) -> None:
    """Who is a member no more takes part nowhere: `ngay_cua` is the last day of each person.

    `only` are further conditions on the temporary and residence periods that end.
    """
    rows = QuaTrinh.objects.khong_chinh_thuc().filter(doan_vien__in=ngay_cua, **only)
    rows = [row for row in rows if not row.den_ngay or row.den_ngay > ngay_cua[row.doan_vien_id]]
    for row in rows:
        row.den_ngay = max(row.tu_ngay, ngay_cua[row.doan_vien_id])
        row.ly_do_ket_thuc = QuaTrinh.LyDoKetThuc.HET_HAN
    QuaTrinh.objects.bulk_update(rows, ["den_ngay", "ly_do_ket_thuc"], batch_size=_BATCH)


def withdraw_transfers(doan_vien: Iterable[int], *, by) -> None:
    """Who is a member no more is referred nowhere: nobody is asked for a signature."""
    rows = ChuyenSinhHoat.objects.dang_mo().filter(doan_vien__in=doan_vien)
    for chuyen in rows.select_related("chi_doan_di").select_for_update(of=("self",)):
        BuocChuyen.objects.create(
            chuyen=chuyen,
            thu_tu=next_thu_tu(chuyen.buoc),
            loai=BuocChuyen.Loai.RUT,
            tu_trang_thai=chuyen.trang_thai,
            don_vi=chuyen.chi_doan_di,
            ngay=today(),
            boi=by,
            ly_do=KHONG_CON,
            tai_version=chuyen.version,
        )
        move(
            chuyen,
            den=ChuyenSinhHoat.TrangThai.RUT,
            ngay=today(),
            hanh_dong=f"chuyen.{BuocChuyen.Loai.RUT}",
            by=by,
            nhap_thay=False,
        )
