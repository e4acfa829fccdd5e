"""Criteria sets as rows: their rules as values, and the set in force for a unit and a period."""

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from django.db.models import F, Subquery

from baocao.models import BacTieuChi, BoTieuChi, MucXepLoai, TieuChi
from core.periods import KyBaoCao
from tochuc.models import DonVi

from .luat import Bac, BoLuat, LuatMuc, LuatTieuChi, doc_luat, ghi_luat

_CHUNG = (
    "ma",
    "ten",
    "cach_cham",
    "diem_toi_da",
    "diem_toi_thieu",
    "nguon",
    "chia_cho",
    "chia_so",
    "tran_so",
    "cong_thuc",
    "cang_cao",
    "moi",
    "diem_moi",
    "danh_gia",
    "goi_so",
    "mo_ta",
)
"""What a row and a rule say in the same words."""


def bo_hieu_luc(doi_tuong: str, ky: KyBaoCao, don_vi: DonVi) -> BoTieuChi | None:
    """The set that judges a unit in a period: in force on its last day, of the nearest unit.

    Of one unit the latest. One query.
    """
    return _hieu_luc(doi_tuong, ky, don_vi).first()


def luat_hieu_luc(doi_tuong: str, ky: KyBaoCao, don_vi: DonVi) -> BoLuat | None:
    """The rules of the set in force. One query."""
    bo = bo_hieu_luc(doi_tuong, ky, don_vi)
    return luat_cua(bo) if bo else None


def with_bo(rows, doi_tuong: str, ky: KyBaoCao, don_vi: DonVi):
    """Annotate `bo_bam`: the mark of the rules in force, so that no query is spent on them."""
    return rows.annotate(bo_bam=Subquery(_hieu_luc(doi_tuong, ky, don_vi).values("ban_bam")[:1]))


@lru_cache(maxsize=100)
def luat_theo_bam(ban_bam: str) -> BoLuat:
    """The rules that a mark stands for; they never change, so this process asks once."""
    return luat_cua(BoTieuChi.objects.filter(ban_bam=ban_bam)[0])


def _hieu_luc(doi_tuong: str, ky: KyBaoCao, don_vi: DonVi):
    """Sets that may judge the unit in the period, the one that does first."""
    rows = BoTieuChi.objects.dung_cho(don_vi).hieu_luc(ky.end).filter(doi_tuong=doi_tuong)
    nearest = F("don_vi__depth").desc(nulls_last=True)
    return rows.select_related("don_vi").order_by(nearest, "-tu_ngay", "-phien_ban", "-pk")


def luat_cua(bo: BoTieuChi) -> BoLuat:
    """The rules of a set: frozen ones of an issued set, else what stands in its draft.

    No query for an issued set, three for a draft.
    """
    return doc_luat(bo.quy_tac) if bo.quy_tac else _luat_nhap(bo)


def snapshot(bo: BoTieuChi) -> dict:
    """The canonical JSON of the rules, for keeping and for the hash."""
    return bo.quy_tac or ghi_luat(_luat_nhap(bo))


def _luat_nhap(bo: BoTieuChi) -> BoLuat:
    rows = list(bo.tieu_chi.prefetch_related("bac"))
    names = {row.pk: row.ma for row in rows}
    return BoLuat(
        **{name: getattr(bo, name) for name in ("ma", "phien_ban", "ten", "doi_tuong", "kieu")},
        **{name: getattr(bo, name) for name in ("can_cu", "mo_ta", "dia_chi")},
        tieu_chi=tuple(_luat(row, names.get(row.cha_id, "")) for row in rows),
        muc=tuple(
            LuatMuc(muc=row.muc, ten=row.ten, tu_diem=row.tu_diem) for row in bo.muc_xep_loai.all()
        ),
    )


def _luat(row: TieuChi, cha: str) -> LuatTieuChi:
    return LuatTieuChi(
        **{name: getattr(row, name) for name in _CHUNG},
        cha=cha,
        moc_duoi=_moc(row.moc_duoi_tu, row.moc_duoi_mau),
        moc_tren=_moc(row.moc_tren_tu, row.moc_tren_mau),
        bac=tuple(
            Bac(
                gioi_han=bac.gioi_han,
                is_tren=bac.is_tren,
                muc=bac.muc,
                diem=bac.diem,
                mo_ta=bac.mo_ta,
            )
            for bac in row.bac.all()
        ),
    )


def _moc(tu: int | None, mau: int) -> Fraction | None:
    return None if tu is None else Fraction(tu, mau)


def ghi_cay(bo: BoTieuChi, luat: BoLuat) -> None:
    """Write the tree, steps and classes of a set that has none yet."""
    made: dict[str, TieuChi] = {}
    for place, item in enumerate(luat.tieu_chi, 1):
        made[item.ma] = TieuChi.objects.create(
            bo=bo, thu_tu=place, cha=made.get(item.cha), **cot(item)
        )
    BacTieuChi.objects.bulk_create(
        bac for item in luat.tieu_chi for bac in cac_bac(made[item.ma], item.bac)
    )
    MucXepLoai.objects.bulk_create(
        MucXepLoai(bo=bo, muc=item.muc, ten=item.ten, tu_diem=item.tu_diem) for item in luat.muc
    )


def cot(item: LuatTieuChi) -> dict:
    """The columns of a criterion."""
    values = {name: getattr(item, name) for name in _CHUNG}
    for name, moc in (("moc_duoi", item.moc_duoi), ("moc_tren", item.moc_tren)):
        values[f"{name}_tu"] = None if moc is None else moc.numerator
        values[f"{name}_mau"] = 1 if moc is None else moc.denominator
    return values


def cac_bac(tieu_chi: TieuChi, bac: Iterable[Bac]) -> list[BacTieuChi]:
    return [
        BacTieuChi(
            tieu_chi=tieu_chi,
            thu_tu=place,
            tu=None if item.gioi_han is None else item.gioi_han.numerator,
            mau=1 if item.gioi_han is None else item.gioi_han.denominator,
            is_tren=item.is_tren,
            muc=item.muc,
            diem=item.diem,
            mo_ta=item.mo_ta,
        )
        for place, item in enumerate(bac, 1)
    ]
