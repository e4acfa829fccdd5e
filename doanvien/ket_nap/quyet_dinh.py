"""What the ward decides: its resolution for each person, its refusal, and the ceremony."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from core.errors import RuleError
from core.periods import today
from doanvien.models import BuocKetNap, DoanVien, KetNap, QuaTrinh
from doanvien.rieng_tu.services import follow_to_register
from doanvien.services import create_doan_vien
from tochuc.audit import record
from tochuc.models import DonVi

from . import quy_trinh
from .dieu_kien import con_thieu
from .giay_to import issue_nghi_quyet
from .queries import xet_mot
from .services import check_trung

Loai = BuocKetNap.Loai
CHUYEN_SANG = (
    "ngay_sinh",
    "gioi_tinh",
    "dan_toc",
    "ton_giao",
    "dien_thoai",
    "que_quan",
    "thuong_tru",
    "noi_o",
    "van_hoa",
    "chuyen_mon",
    "nghe_nghiep",
    "noi_cong_tac",
)
"""What the application says and the member's record takes over: nothing is typed twice."""


@dataclass
class KetQuaChuanY:
    """What became of several cases decided at once: those admitted, and those with a reason."""

    dat: list[KetNap] = field(default_factory=list)
    chua: list[tuple[KetNap, str]] = field(default_factory=list)


@transaction.atomic
def chuan_y(*, ket_nap: KetNap, ngay: date, by, version=None) -> KetNap:
    """The ward's resolution: one number, and the applicant is a member from that day.

    Refused, and no number taken, while a condition is not met on `ngay`, when the person is
    in the register already, and when somebody has decided meanwhile.
    """
    current = quy_trinh.begin(ket_nap=ket_nap, loai=Loai.CHUAN_Y, by=by, version=version)
    DonVi.objects.select_for_update(no_key=True).get(pk=current.chi_doan_id)  # before the log
    quy_trinh.check_ngay(current, ngay)
    thieu = con_thieu(xet_mot(current, ngay))
    if thieu:
        raise RuleError(thieu)
    check_trung(current)
    current.ngay_chuan_y = ngay
    van_ban = issue_nghi_quyet(ket_nap=current, by=by)
    doan_vien = create_doan_vien(
        doan_vien=_doan_vien(current, ngay, van_ban.so_ky_hieu),
        tu_ngay=ngay,
        ly_do=QuaTrinh.LyDoBatDau.KET_NAP,
        by=by,
    )
    follow_to_register(ket_nap=current, doan_vien=doan_vien)
    quy_trinh.take(
        ket_nap=current,
        loai=Loai.CHUAN_Y,
        ngay=ngay,
        by=by,
        so_van_ban=van_ban.so_ky_hieu,
        changes={
            "ngay_chuan_y": ngay,
            "so_nghi_quyet": van_ban.so_ky_hieu,
            "doan_vien": doan_vien,
        },
    )
    return current


def chuan_y_nhieu(*, cases: Iterable[KetNap], ngay: date, by) -> KetQuaChuanY:
    """Decide on several, each by its own number in the order given.

    Who meets the conditions is admitted; who does not stays waiting, with what to do. Each
    case is a transaction of its own, so that a number is taken for who is admitted only.
    """
    result = KetQuaChuanY()
    for row in cases:
        try:
            result.dat.append(chuan_y(ket_nap=row, ngay=ngay, by=by, version=row.version))
        except RuleError as refusal:
            result.chua.append((row, str(refusal)))
    return result


@transaction.atomic
def tra_lai(*, ket_nap: KetNap, ngay: date, ly_do: str, by, version=None) -> KetNap:
    """The ward does not confirm: the case goes back to the branch with the reason, and is kept."""
    current = quy_trinh.begin(ket_nap=ket_nap, loai=Loai.TRA_LAI, by=by, version=version)
    quy_trinh.check_ngay(current, ngay)
    if not ly_do.strip():
        raise RuleError("Ghi lý do để chi đoàn biết cần bổ sung gì.", field="ly_do")
    quy_trinh.take(ket_nap=current, loai=Loai.TRA_LAI, ngay=ngay, by=by, ly_do=ly_do.strip())
    return current


@transaction.atomic
def le_ket_nap(*, cases: Iterable[KetNap], ngay: date, noi: str, by) -> list[KetNap]:
    """Record the ceremony of several at once, all or none; recorded again it is corrected."""
    noi = noi.strip()
    if not noi:
        raise RuleError("Ghi nơi tổ chức lễ kết nạp.", field="noi")
    cases = KetNap.objects.select_for_update(of=("self",)).for_pages().chon_so(cases)
    done = []
    for row in cases:
        current = quy_trinh.begin(ket_nap=row, loai=Loai.LE, by=by, version=None)
        _check_ngay_le(current, ngay)
        changes = {"ngay_le": ngay, "noi_le": noi}
        quy_trinh.take(
            ket_nap=current, loai=Loai.LE, ngay=ngay, by=by, noi_dung=noi, changes=changes
        )
        done.append(current)
    if not done:
        raise RuleError("Chọn ít nhất một đồng chí.")
    return done


@transaction.atomic
def record_many(*, rows: Iterable[tuple[KetNap, list[BuocKetNap]]], don_vi: DonVi, by) -> int:
    """Enter cases that were decided before, each with its steps; one audit line for all.

    Their members exist already: no figure changes by it.
    """
    rows = list(rows)
    KetNap.objects.bulk_create([case for case, _ in rows], batch_size=500)
    steps = []
    for case, own in rows:
        for thu_tu, buoc in enumerate(own, start=1):
            buoc.ket_nap, buoc.thu_tu = case, thu_tu
            steps.append(buoc)
    BuocKetNap.objects.bulk_create(steps, batch_size=500)
    record(by=by, hanh_dong="ket_nap.record_many", target=don_vi, so_nguoi=len(rows))
    return len(rows)


def _doan_vien(ket_nap: KetNap, ngay: date, so_nghi_quyet: str) -> DoanVien:
    doan_vien = DoanVien(
        chi_doan=ket_nap.chi_doan,
        ngay_vao_doan=ngay,
        noi_vao_doan=str(ket_nap.chi_doan)[:200],
        so_nghi_quyet=so_nghi_quyet,
        nguoi_gioi_thieu=ket_nap.nguoi_gioi_thieu,
        **{name: getattr(ket_nap, name) for name in CHUYEN_SANG},
    )
    doan_vien.set_ho_ten(ket_nap.ho_ten)
    doan_vien.set_cccd(ket_nap.cccd)
    return doan_vien


def _check_ngay_le(ket_nap: KetNap, ngay: date) -> None:
    if ngay < ket_nap.ngay_chuan_y:
        raise RuleError(
            f"{ket_nap} được chuẩn y ngày {ket_nap.ngay_chuan_y:%d/%m/%Y}. Lễ kết nạp từ ngày đó "
            "trở đi.",
            field="ngay",
        )
    if ngay > today():
        raise RuleError(
            f"Ngày {ngay:%d/%m/%Y} chưa đến. Ghi lễ kết nạp sau khi đã tổ chức.", field="ngay"
        )
