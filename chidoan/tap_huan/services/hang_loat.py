"""Classes taken over from other records, whole: sessions, participants, attendance, results."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from chidoan.models import BuoiTapHuan, DiemDanhTapHuan, HocVien, LopTapHuan
from chidoan.models.tap_huan import gop_ma
from chidoan.tap_huan.quy_tac import cac_ngay, check_ngay
from core.errors import RuleError
from core.periods import today
from core.text import clean, fold, name_sort_key
from doanvien.models import DoanVien
from tochuc.audit import record
from tochuc.models import DonVi

_BATCH = 500


@dataclass(frozen=True, kw_only=True)
class NguoiDu:
    """One participant; `vang` are the numbers of sessions missed, from 0."""

    don_vi: DonVi
    ho_ten: str
    doan_vien: DoanVien | None = None
    chuc_vu: str = "Bí thư chi đoàn"
    ket_qua: str = HocVien.KetQua.DAT
    vang: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class LopCu:
    """A class that was held."""

    don_vi: DonVi
    ten: str
    chu_de: Sequence[str]
    tu_ngay: date
    den_ngay: date
    nguoi: Sequence[NguoiDu] = ()
    doi_tuong: Sequence[str] = (LopTapHuan.DoiTuong.BI_THU,)
    dia_diem: str = ""
    phoi_hop: str = ""
    giang_vien: str = ""
    chuyen_de: Sequence[str] = field(default=())
    """What each session was about, in their order."""


@transaction.atomic
def record_lop_many(*, rows: Sequence[LopCu], don_vi: DonVi, by) -> list[LopTapHuan]:
    """Write finished classes with all that belongs to them; one audit line for all.

    Refused for a class that is not over yet.
    """
    classes = LopTapHuan.objects.bulk_create([_lop(row, by) for row in rows])
    sessions = [_sessions(lop, row) for lop, row in zip(classes, rows, strict=True)]
    stored = BuoiTapHuan.objects.bulk_create([buoi for group in sessions for buoi in group])
    people = HocVien.objects.bulk_create(
        [
            _hoc_vien(lop, one, by)
            for lop, row in zip(classes, rows, strict=True)
            for one in row.nguoi
        ],
        batch_size=_BATCH,
    )
    by_class: dict[int, list[BuoiTapHuan]] = {}
    for buoi in stored:
        by_class.setdefault(buoi.lop_id, []).append(buoi)
    told = [one for row in rows for one in row.nguoi]
    DiemDanhTapHuan.objects.bulk_create(
        [
            DiemDanhTapHuan(buoi=buoi, hoc_vien=person, co_mat=number not in one.vang)
            for person, one in zip(people, told, strict=True)
            for number, buoi in enumerate(by_class[person.lop_id])
        ],
        batch_size=_BATCH,
    )
    record(by=by, hanh_dong="lop_tap_huan.record_many", target=don_vi, so_dong=len(classes))
    return classes


def _lop(row: LopCu, by) -> LopTapHuan:
    if row.den_ngay > today():
        raise RuleError(f"Lớp «{row.ten}» chưa học xong.")
    check_ngay(row.tu_ngay, row.den_ngay, None)
    lop = LopTapHuan(
        don_vi=row.don_vi,
        chu_de=gop_ma(row.chu_de),
        doi_tuong=gop_ma(row.doi_tuong),
        tu_ngay=row.tu_ngay,
        den_ngay=row.den_ngay,
        dia_diem=row.dia_diem,
        phoi_hop=row.phoi_hop,
        trang_thai=LopTapHuan.TrangThai.XONG,
        ngay_xong=row.den_ngay,
        tao_boi=by,
    )
    lop.set_ten(clean(row.ten))
    return lop


def _sessions(lop: LopTapHuan, row: LopCu) -> list[BuoiTapHuan]:
    """One for each day, or as many as there are topics, a morning and an afternoon a day."""
    days = cac_ngay(row.tu_ngay, row.den_ngay)
    topics = list(row.chuyen_de) or [""] * len(days)
    return [
        BuoiTapHuan(
            lop=lop,
            ngay=days[min(number * len(days) // len(topics), len(days) - 1)],
            chuyen_de=topic,
            giang_vien=row.giang_vien,
            da_diem_danh=True,
        )
        for number, topic in enumerate(topics)
    ]


def _hoc_vien(lop: LopTapHuan, one: NguoiDu, by) -> HocVien:
    return HocVien(
        lop=lop,
        don_vi=one.don_vi,
        doan_vien=one.doan_vien,
        ho_ten=one.ho_ten,
        khoa_sap_xep=name_sort_key(one.ho_ten)[:255],
        khoa_tim=fold(one.ho_ten),
        ten_don_vi=str(one.don_vi)[:160],
        chuc_vu=one.chuc_vu,
        ket_qua=one.ket_qua,
        dang_ky_boi=by,
    )
