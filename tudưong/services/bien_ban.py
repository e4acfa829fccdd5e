"""The minutes of a vote: begun from what is known, written by one page, locked when issued."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from chidoan.models import BuoiSinhHoat, ChucVu
from chidoan.sua_dong import check_chua_doi
from core.errors import RuleError
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may
from tudưong.models import BienBanHop, BuocHoSo
from tudưong.quyen import GHI_HO_SO, may_one_of

Loai = BuocHoSo.Loai
CUA_CHI_DOAN = (Loai.DE_NGHI, Loai.KHONG_DE_NGHI)
CUA_BCH = (Loai.NGHI_QUYET, Loai.KHONG_THONG_QUA)
_VAI = {"bi_thu": "Bí thư", "pho_bi_thu": "Phó Bí thư"}


def don_vi_hop(buoc: BuocHoSo) -> DonVi:
    """Whose meeting the vote was taken at."""
    return buoc.ho_so.chi_doan if buoc.loai in CUA_CHI_DOAN else buoc.ho_so.don_vi


def cac_phieu(buoc: BuocHoSo, bien_ban: BienBanHop | None) -> list[BuocHoSo]:
    """The votes of that meeting in the members' order: those of its minutes, or of its day.

    When units have merged, votes of one day were taken at several meetings: minutes that another
    unit began keep the votes that they have.
    """
    rows = BuocHoSo.objects.filter(co_quyen__isnull=False)
    if bien_ban and (bien_ban.van_ban_id or bien_ban.don_vi_id != don_vi_hop(buoc).pk):
        rows = rows.filter(bien_ban=bien_ban)
    else:
        rows = rows.filter(_cung_buoi(buoc), ngay=buoc.ngay)
        rows = rows.filter(Q(bien_ban=None) | Q(bien_ban=bien_ban.pk if bien_ban else None))
    rows = rows.select_related("ho_so__doan_vien", "ho_so__chi_doan", "ho_so__don_vi")
    return list(rows.order_by("ho_so__doan_vien__khoa_sap_xep", "pk"))


def _cung_buoi(buoc: BuocHoSo) -> Q:
    if buoc.loai in CUA_CHI_DOAN:
        return Q(loai__in=CUA_CHI_DOAN, ho_so__chi_doan=buoc.ho_so.chi_doan_id)
    return Q(loai__in=CUA_BCH, ho_so__don_vi=buoc.ho_so.don_vi_id)


def find_bien_ban(buoc: BuocHoSo) -> BienBanHop:
    """The minutes of a vote; unsaved and filled from what is known when nobody has written any."""
    if buoc.bien_ban_id:
        return buoc.bien_ban
    don_vi = don_vi_hop(buoc)
    row = BienBanHop.objects.chua_ban_hanh().filter(don_vi=don_vi, ngay=buoc.ngay).first()
    return row or begin_bien_ban(don_vi, buoc)


def begin_bien_ban(don_vi: DonVi, buoc: BuocHoSo) -> BienBanHop:
    """From the meeting logged for that day, if there is one, and from offices held that day."""
    row = BienBanHop(don_vi=don_vi, ngay=buoc.ngay, version=0, phieu_phat=buoc.co_mat)
    row.thong_qua = buoc.co_mat
    offices = list(ChucVu.objects.cua(don_vi).tai_ngay(buoc.ngay))
    row.chu_tri = _holder(offices)
    if don_vi.is_chi_doan:
        _from_meeting(row, offices)
    return row


def _from_meeting(row: BienBanHop, offices: list[ChucVu]) -> None:
    rows = BuoiSinhHoat.objects.filter(chi_doan=row.don_vi, ngay=row.ngay)
    buoi = sorted(
        rows.select_related("chu_tri", "thu_ky").order_by("pk"),
        key=lambda one: one.loai != BuoiSinhHoat.Loai.XET_UU_TU,
    )
    if not buoi:
        return
    buoi = buoi[0]
    row.bat_dau, row.ket_thuc, row.dia_diem = buoi.bat_dau, buoi.ket_thuc, buoi.dia_diem
    row.dai_bieu, row.thao_luan = buoi.dai_bieu, buoi.y_kien
    row.ket_luan = buoi.ket_luan
    row.chu_tri = _named(buoi.chu_tri, offices) or row.chu_tri
    row.thu_ky = _named(buoi.thu_ky, offices)


def _holder(offices: Iterable[ChucVu]) -> str:
    """The secretary of that day, else a deputy, with the office."""
    for chuc_danh, words in _VAI.items():
        for row in offices:
            if row.chuc_danh == chuc_danh:
                return f"{row.ho_ten}, {words}"
    return ""


def _named(nguoi, offices: Iterable[ChucVu]) -> str:
    if nguoi is None:
        return ""
    office = next((row for row in offices if row.doan_vien_id == nguoi.pk), None)
    return f"{nguoi.ho_ten}, {office.get_chuc_danh_display()}" if office else nguoi.ho_ten


def may_write(don_vi: DonVi, by) -> bool:
    quyen = GHI_HO_SO if don_vi.is_chi_doan else (Quyen.LAP_HO_SO,)
    return may_one_of(by, quyen, don_vi)


@transaction.atomic
def save_bien_ban(*, buoc: BuocHoSo, version: int | None, changes: dict, by) -> BienBanHop:
    """Write the minutes of the meeting at which that vote was taken, for all votes of its day.

    Refused: without the right, once issued, numbers that cannot be; StaleError when somebody
    has saved since `version` was shown.
    """
    don_vi = DonVi.objects.select_for_update(of=("self",)).get(pk=don_vi_hop(buoc).pk)
    if not may_write(don_vi, by):
        raise PermissionDenied(who_may(Quyen.LAP_HO_SO))
    buoc = BuocHoSo.objects.select_related("bien_ban", "ho_so__chi_doan", "ho_so__don_vi").get(
        pk=buoc.pk
    )
    row = find_bien_ban(buoc)
    if row.is_khoa:
        raise RuleError("Biên bản đã ban hành, không sửa được nữa.")
    check_chua_doi(row, version, "biên bản này")
    for field, value in changes.items():
        setattr(row, field, value)
    phieu = cac_phieu(buoc, row)
    _check(row, phieu)
    row.version += 1
    row.luu_boi = by
    row.save()
    BuocHoSo.objects.filter(pk__in=[step.pk for step in phieu]).update(bien_ban=row)
    record(by=by, hanh_dong="bien_ban_hop.update", target=row, truong=sorted(changes))
    return row


def _check(row: BienBanHop, phieu: list[BuocHoSo]) -> None:
    thu, tong = max(step.co_mat for step in phieu), max(step.co_quyen for step in phieu)
    if row.phieu_phat is not None and not thu <= row.phieu_phat <= tong:
        raise RuleError(
            f"Thu vào {thu} phiếu, tổng số {tong} đồng chí: số phiếu phát ra phải từ {thu} đến "
            f"{tong}.",
            field="phieu_phat",
        )
    if row.thong_qua is not None and row.thong_qua > thu:
        raise RuleError(f"Có mặt {thu} đồng chí. Ghi lại số thông qua.", field="thong_qua")
    if row.ket_thuc and (row.bat_dau is None or row.ket_thuc <= row.bat_dau):
        raise RuleError("Giờ kết thúc phải sau giờ bắt đầu.", field="ket_thuc")
