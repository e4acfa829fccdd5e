"""The programme of a year: made once, filled with inspections of several units at a time."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from chidoan.models import ChuongTrinhKiemTra, CuocKiemTra
from chidoan.sua_dong import check_chua_doi
from core.errors import RuleError
from core.periods import KyBaoCao
from tochuc.audit import record
from tochuc.models import DonVi

from .quy_trinh import check_right
from .services import create_cuoc


@transaction.atomic
def create_chuong_trinh(
    *,
    don_vi: DonVi,
    nam: int,
    so_van_ban: str = "",
    ngay: date | None = None,
    by,
    ghi_chu: str = "",
) -> ChuongTrinhKiemTra:
    """A unit's programme of the year; refused when there is one."""
    DonVi.objects.select_for_update(of=("self",), no_key=True).get(pk=don_vi.pk)
    check_right(don_vi, by)
    if ChuongTrinhKiemTra.objects.cua_nam(don_vi, nam).exists():
        raise RuleError(f"{don_vi} đã có chương trình năm {nam}.", field="nam")
    row = ChuongTrinhKiemTra.objects.create(
        don_vi=don_vi,
        nam=nam,
        so_van_ban=so_van_ban.strip(),
        ngay=ngay,
        ghi_chu=ghi_chu.strip(),
        ghi_boi=by,
    )
    record(by=by, hanh_dong="chuong_trinh_kiem_tra.create", target=row, nam=nam)
    return row


@transaction.atomic
def update_chuong_trinh(
    *,
    chuong_trinh: ChuongTrinhKiemTra,
    version: str,
    so_van_ban: str,
    ngay: date | None,
    ghi_chu: str,
    by,
) -> ChuongTrinhKiemTra:
    """Number, day and general words of a programme; its year stays. `version` is the one the
    form showed: StaleError when somebody was faster."""
    row = ChuongTrinhKiemTra.objects.select_for_update(of=("self",)).get(pk=chuong_trinh.pk)
    check_right(row.don_vi, by)
    check_chua_doi(row, version, "chương trình")
    row.so_van_ban, row.ngay, row.ghi_chu = so_van_ban.strip(), ngay, ghi_chu.strip()
    row.save(update_fields=["so_van_ban", "ngay", "ghi_chu"])
    record(by=by, hanh_dong="chuong_trinh_kiem_tra.update", target=row, nam=row.nam)
    return row


@transaction.atomic
def plan(
    *,
    chuong_trinh: ChuongTrinhKiemTra,
    hinh_thuc: str,
    chuyen_de: str,
    ky: KyBaoCao,
    doi_tuong: Iterable[DonVi],
    by,
) -> list[CuocKiemTra]:
    """Put a theme on the programme: one inspection for each of the units.

    Refused: no unit, a period outside the programme's year.
    """
    units = list(doi_tuong)
    if not units:
        raise RuleError("Chọn ít nhất một đơn vị.", field="doi_tuong")
    if ky.nam != chuong_trinh.nam:
        raise RuleError(f"Chọn tháng, quý của năm {chuong_trinh.nam}.", field="ky")
    return [
        create_cuoc(
            don_vi=chuong_trinh.don_vi,
            chuong_trinh=chuong_trinh,
            hinh_thuc=hinh_thuc,
            chuyen_de=chuyen_de,
            doi_tuong=unit,
            ky=ky,
            by=by,
        )
        for unit in units
    ]
