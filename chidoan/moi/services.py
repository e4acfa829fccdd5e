"""Calling a meeting, answering, checking in: each function is one action and one transaction."""

import secrets
from dataclasses import asdict, dataclass
from datetime import date, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from chidoan.models import BuoiSinhHoat, DiemDanh, KhoaLich, TraLoiMoi, TuDiemDanh
from chidoan.models.loi_moi import new_key
from chidoan.queries import danh_sach
from chidoan.services.huy_hen import leave_word
from chidoan.services.khoa_buoi import find_locked, lock_buoi
from chidoan.services.lien_chi_doan import move_cung_hop
from core.errors import RuleError, StaleError
from core.periods import today
from core.text import lowfirst
from core.text.display import ngay as show_ngay
from doanvien.models import DoanVien
from doanvien.nhap_thay import is_nhap_thay
from tochuc.audit import record
from tochuc.auth import begin_try
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri

HEN_TRUOC = timedelta(days=366)
CHU_MA = "ACDEFGHJKMNPRTWXY"
"""Letters that nobody mistakes for another one or for a digit."""
DAI_MA = 8
MOI_NGUOI, MOI_MA = 30, 10
"""Answers and wrong codes of one member within a quarter of an hour."""


@dataclass(frozen=True, kw_only=True)
class Hen:
    """What is said of a meeting when it is called."""

    loai: str
    ngay: date
    bat_dau: time
    dia_diem: str
    chu_diem: str = ""


@transaction.atomic
def create_hen(*, chi_doan: DonVi, client_id: UUID, hen: Hen, by) -> BuoiSinhHoat:
    """Call a meeting: a draft with a day to come. Its roll is written when it is logged; chair and
    secretary are those of last time until then.

    The same `client_id` never makes a second one. Refused as in `_check_hen`.
    """
    chi_doan = DonVi.objects.select_for_update(of=("self",)).get(pk=chi_doan.pk)
    earlier = BuoiSinhHoat.objects.filter(client_id=client_id).first()
    if earlier:
        if earlier.chi_doan_id != chi_doan.pk:
            raise RuleError("Mã buổi sinh hoạt này thuộc chi đoàn khác. Mở lại trang để hẹn.")
        return earlier
    _check_hen(chi_doan, hen)
    last = BuoiSinhHoat.objects.da_hop().sinh_hoat().filter(chi_doan=chi_doan).first()
    buoi = BuoiSinhHoat(
        chi_doan=chi_doan,
        client_id=client_id,
        hen_luc=timezone.now(),
        chu_tri_id=last and last.chu_tri_id,
        thu_ky_id=last and last.thu_ky_id,
        nhap_thay=is_nhap_thay(by, chi_doan.pk),
        ghi_boi=by,
        **asdict(hen),
    )
    buoi.save()
    record(by=by, hanh_dong="buoi.hen", target=buoi, ngay=buoi.ngay, nhap_thay=buoi.nhap_thay)
    return buoi


def find_or_create_hen(*, chi_doan: DonVi, client_id: UUID, hen: Hen, by) -> BuoiSinhHoat:
    """The branch's meeting of that day, so that a sheet to sign names it; called when there is
    none yet. Refused as in `create_hen`."""
    rows = BuoiSinhHoat.objects.sinh_hoat().filter(chi_doan=chi_doan, ngay=hen.ngay)
    begun = rows.filter(trang_thai=BuoiSinhHoat.TrangThai.NHAP).order_by("pk")
    there = rows.filter(loai=hen.loai).first() or begun.first()
    return there or create_hen(chi_doan=chi_doan, client_id=client_id, hen=hen, by=by)


@transaction.atomic
def update_hen(*, buoi: BuoiSinhHoat, version: int, hen: Hen, by) -> BuoiSinhHoat:
    """Change what was called. With another day the answers given so far are worth nothing: they
    are dropped, and members are asked again; other branches' drafts of a joint meeting follow.
    Refused once the meeting is logged, and as in `move_cung_hop`."""
    DonVi.objects.select_for_update(of=("self",)).get(pk=buoi.chi_doan_id)
    buoi = _lock_hen(buoi)
    before = {name: getattr(buoi, name) for name in asdict(hen)}
    changed = [name for name, value in asdict(hen).items() if before[name] != value]
    if not changed:
        return buoi
    if buoi.version != version:
        raise StaleError("Có người vừa đổi buổi sinh hoạt này. Xem lại rồi lưu.", current=buoi)
    _check_hen(buoi.chi_doan, hen, pk=buoi.pk)
    for name in changed:
        setattr(buoi, name, getattr(hen, name))
    buoi.version += 1
    buoi.nhap_thay = buoi.nhap_thay or is_nhap_thay(by, buoi.chi_doan_id)
    if "ngay" in changed:
        buoi.ma_diem_danh, buoi.diem_danh_den = "", None
        buoi.tra_loi.all().delete()
        buoi.tu_diem_danh.all().delete()
    buoi.save()
    move_cung_hop(buoi, by=by)
    record(by=by, hanh_dong="buoi.doi_hen", target=buoi, truong=changed, nhap_thay=_thay(by, buoi))
    return buoi


@transaction.atomic
def cancel_hen(*, buoi: BuoiSinhHoat, by) -> None:
    """Call it off: the draft goes, with its answers; links and calendars say that it was called
    off. Refused once it is logged, or when something else hangs on it."""
    buoi = find_locked(buoi.pk)
    if buoi is None:
        return  # somebody was faster
    _check_con_hen(buoi)
    record(by=by, hanh_dong="buoi.huy_hen", target=buoi, ngay=buoi.ngay, nhap_thay=_thay(by, buoi))
    leave_word(buoi)
    try:
        buoi.delete()
    except ProtectedError:
        raise RuleError(
            "Các chi đoàn cùng họp đã có buổi nháp của buổi này nên không hủy được. "
            "Đổi sang ngày khác, hoặc mở buổi và bỏ chọn các chi đoàn cùng họp trước."
        ) from None


@transaction.atomic
def open_diem_danh(*, buoi: BuoiSinhHoat, by) -> BuoiSinhHoat:
    """Take check-ins from now on, for as long as the setting says; once more prolongs it under
    the same code. Only on the meeting's day, and until it is finished."""
    buoi = lock_buoi(buoi.pk)
    if not buoi.is_nhap:
        raise RuleError("Buổi này đã ghi xong. Sửa điểm danh trong biên bản.")
    if buoi.ngay != today():
        raise RuleError(f"Mã điểm danh chỉ mở trong ngày họp, {show_ngay(buoi.ngay)}.")
    if not is_dang_mo(buoi):
        buoi.ma_diem_danh = _new_code()
    minutes = gia_tri("diem_danh_phut", ngay=today(), don_vi=buoi.chi_doan)
    buoi.diem_danh_den = timezone.now() + timedelta(minutes=minutes)
    buoi.save(update_fields=["ma_diem_danh", "diem_danh_den"])
    record(by=by, hanh_dong="buoi.mo_diem_danh", target=buoi, nhap_thay=_thay(by, buoi))
    return buoi


@transaction.atomic
def close_diem_danh(*, buoi: BuoiSinhHoat, by) -> None:
    """No more check-ins; the code is worth nothing from now on."""
    buoi = find_locked(buoi.pk)
    if buoi is None or not buoi.ma_diem_danh:
        return
    buoi.ma_diem_danh, buoi.diem_danh_den = "", None
    buoi.save(update_fields=["ma_diem_danh", "diem_danh_den"])
    record(by=by, hanh_dong="buoi.dong_diem_danh", target=buoi, nhap_thay=_thay(by, buoi))


def is_dang_mo(buoi: BuoiSinhHoat) -> bool:
    """Whether it takes check-ins now."""
    return bool(
        buoi.is_nhap
        and buoi.ma_diem_danh
        and buoi.diem_danh_den
        and buoi.diem_danh_den > timezone.now()
    )


def mo_cho(buoi: BuoiSinhHoat) -> BuoiSinhHoat | None:
    """The meeting whose code checks in to this one now: itself, or the host it meets with."""
    if not buoi.is_nhap:
        return None
    if not is_dang_mo(buoi) and buoi.chu_nha_id:
        buoi = buoi.chu_nha
    return buoi if is_dang_mo(buoi) else None


@transaction.atomic
def strike_diem_danh(*, tu_diem_danh: TuDiemDanh, by) -> None:
    """Take a check-in off, because its person is not there."""
    buoi = tu_diem_danh.buoi
    if not buoi.is_nhap:
        raise RuleError("Buổi này đã ghi xong. Sửa điểm danh trong biên bản.")
    record(
        by=by,
        hanh_dong="buoi.bo_diem_danh",
        target=buoi,
        diem_danh=[tu_diem_danh.doan_vien_id],
        nhap_thay=_thay(by, buoi),
    )
    tu_diem_danh.delete()


def answer(*, buoi: BuoiSinhHoat, doan_vien: DoanVien, du_hop: bool, ly_do: str = "") -> TraLoiMoi:
    """A member says that he comes, or why not; the last word counts. Refused once the meeting is
    logged, and to who changes his mind all the time. There is no account behind it: the signed
    link says who it is."""
    begin_try(f"trả lời {buoi.pk} {doan_vien.pk}", MOI_NGUOI)
    return _answer(buoi, doan_vien, du_hop, ly_do)


@transaction.atomic
def _answer(buoi: BuoiSinhHoat, doan_vien: DoanVien, du_hop: bool, ly_do: str) -> TraLoiMoi:
    buoi = lock_buoi(buoi.pk)
    if not buoi.is_hen:
        raise RuleError("Buổi này đã họp xong. Đồng chí báo lại với bí thư chi đoàn.")
    if not du_hop and ly_do not in DiemDanh.LyDo.values:
        raise RuleError("Chọn lý do vắng.", field="ly_do")
    values = {"du_hop": du_hop, "ly_do": "" if du_hop else ly_do}
    found, _ = TraLoiMoi.objects.update_or_create(buoi=buoi, doan_vien=doan_vien, defaults=values)
    return found


@transaction.atomic
def check_in(
    *,
    buoi: BuoiSinhHoat,
    doan_vien: DoanVien,
    cach: str,
    cung_may: bool = False,
) -> TuDiemDanh:
    """A member says that he is there; the first time counts. Refused when check-in is closed, at
    his branch and at the host of a joint meeting."""
    buoi = lock_buoi(buoi.pk)
    if mo_cho(buoi) is None:
        raise RuleError("Đã hết giờ tự điểm danh. Đồng chí báo bí thư điểm danh giúp.")
    found, _ = TuDiemDanh.objects.get_or_create(
        buoi=buoi, doan_vien=doan_vien, defaults={"cach": cach, "cung_may": cung_may}
    )
    return found


def arrive(
    *, buoi: BuoiSinhHoat, doan_vien: DoanVien, ma: str, cung_may: bool = False
) -> TuDiemDanh:
    """Who opened his own link says that he is there, by the code on the screen: whoever reads it
    is in the room. Wrong codes are counted, a right one is forgotten again."""
    lan = begin_try(f"mã điểm danh {buoi.pk} {doan_vien.pk}", MOI_MA)
    codes = {row.ma_diem_danh for row in (mo_cho(buoi), buoi.chu_nha) if row and is_dang_mo(row)}
    if codes and ma not in codes:
        raise RuleError("Mã chưa đúng. Đồng chí xem lại 8 chữ cái trên màn hình.")
    lan.delete()
    cach = TuDiemDanh.Cach.LIEN_KET
    return check_in(buoi=buoi, doan_vien=doan_vien, cach=cach, cung_may=cung_may)


@transaction.atomic
def make_khoa_lich(*, chi_doan: DonVi, by) -> KhoaLich:
    """A calendar address for the branch; a new one makes the old one worthless."""
    chi_doan = DonVi.objects.select_for_update(of=("self",)).get(pk=chi_doan.pk)
    khoa, is_new = KhoaLich.objects.get_or_create(chi_doan=chi_doan, defaults={"tao_boi": by})
    if not is_new:
        khoa.ma, khoa.tao_boi = new_key(), by
        khoa.save()
    verb = "create" if is_new else "renew"
    thay = is_nhap_thay(by, chi_doan.pk)
    record(by=by, hanh_dong=f"khoa_lich.{verb}", don_vi=chi_doan, nhap_thay=thay)
    return khoa


def _lock_hen(buoi: BuoiSinhHoat) -> BuoiSinhHoat:
    buoi = lock_buoi(buoi.pk)
    _check_con_hen(buoi)
    return buoi


def _check_con_hen(buoi: BuoiSinhHoat) -> None:
    if not buoi.is_hen:
        raise RuleError("Buổi này đã ghi biên bản, không còn là buổi hẹn. Mở biên bản để sửa.")


def _check_hen(chi_doan: DonVi, hen: Hen, pk: int | None = None) -> None:
    """Refuse a day that is over, too far or not the branch's, nobody to ask, the same twice."""
    ngay = show_ngay(hen.ngay)
    if hen.ngay < today():
        raise RuleError(f"Ngày {ngay} đã qua. Buổi đã họp thì ghi luôn biên bản.", field="ngay")
    if hen.ngay > today() + HEN_TRUOC:
        raise RuleError(f"Ngày {ngay} còn hơn một năm nữa. Xem lại năm.", field="ngay")
    if chi_doan.thanh_lap and hen.ngay < chi_doan.thanh_lap:
        raise RuleError(f"{chi_doan} thành lập ngày {show_ngay(chi_doan.thanh_lap)}.", field="ngay")
    if chi_doan.ket_thuc and hen.ngay > chi_doan.ket_thuc:
        raise RuleError(
            f"{chi_doan} kết thúc hoạt động ngày {show_ngay(chi_doan.ket_thuc)}.", field="ngay"
        )
    if not danh_sach(chi_doan.pk, hen.ngay).exists():
        raise RuleError(
            f"{chi_doan} chưa có đoàn viên nào để mời. Ghi đoàn viên vào sổ trước.", field="ngay"
        )
    same = BuoiSinhHoat.objects.filter(chi_doan=chi_doan, ngay=hen.ngay, loai=hen.loai)
    if same.exclude(pk=pk).exists():
        loai = BuoiSinhHoat.Loai(hen.loai).label
        raise RuleError(
            f"Ngày {ngay} đã có một buổi {lowfirst(loai)}. Chọn ngày hoặc loại khác.",
            field="ngay",
        )


def _thay(by, buoi: BuoiSinhHoat) -> bool:
    return is_nhap_thay(by, buoi.chi_doan_id)


def _new_code() -> str:
    while True:
        code = "".join(secrets.choice(CHU_MA) for _ in range(DAI_MA))
        if not BuoiSinhHoat.objects.filter(ma_diem_danh=code).exists():
            return code
