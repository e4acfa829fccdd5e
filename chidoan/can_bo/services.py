"""Recording what a cadre is paid, and how the ward rated its cadres in a year."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from chidoan.bang_ghi import dong_can_ghi
from chidoan.models import ChucVu, PhuCap, XepLoaiCanBo
from core.errors import RuleError
from core.periods import today
from core.text import clean
from core.text.display import ngay as show_ngay
from doanvien.models import DoanVien
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.quy_trinh import check_da_den

from .quy_tac import DA_NOP, NGAY_CONG, THANG, cac_muc


@transaction.atomic
def create_phu_cap(
    *,
    doan_vien: DoanVien,
    don_vi: DonVi,
    kieu: str,
    so_tien: int,
    tu_ngay: date,
    can_cu: str,
    by,
    den_ngay: date | None = None,
    so_ngay: int | None = None,
) -> PhuCap:
    """Record an allowance by month, or days of work paid for a span, with its basis.

    Refused: no basis, no money, days of work without their number or end, a second monthly
    allowance of one person in the same time, the same days of work twice (a form sent twice).
    """
    person = DoanVien.objects.select_for_update(of=("self",)).get(pk=doan_vien.pk)
    if not clean(can_cu):
        raise RuleError("Ghi căn cứ: nghị quyết, quyết định nào quy định mức này.", field="can_cu")
    if so_tien <= 0:
        raise RuleError("Ghi số tiền lớn hơn 0.", field="so_tien")
    if den_ngay and den_ngay < tu_ngay:
        raise RuleError("Ngày kết thúc phải từ ngày bắt đầu trở đi.", field="den_ngay")
    if kieu == NGAY_CONG and not so_ngay:
        raise RuleError("Ghi số ngày công.", field="so_ngay")
    if kieu == NGAY_CONG and den_ngay is None:
        raise RuleError("Chi theo ngày công thì ghi cả ngày kết thúc.", field="den_ngay")
    if kieu == THANG:
        _check_once(person, tu_ngay, den_ngay)
    else:
        _check_ngay_cong(person, don_vi, tu_ngay, den_ngay)
    row = PhuCap.objects.create(
        doan_vien=person,
        don_vi=don_vi,
        kieu=kieu,
        so_tien=so_tien,
        so_ngay=so_ngay if kieu == NGAY_CONG else None,
        tu_ngay=tu_ngay,
        den_ngay=den_ngay,
        can_cu=clean(can_cu),
        ghi_boi=by,
    )
    record(by=by, hanh_dong="phu_cap.create", target=row, kieu=kieu, tu_ngay=tu_ngay)
    return row


@transaction.atomic
def end_phu_cap(*, phu_cap: PhuCap, den_ngay: date, by) -> PhuCap:
    """Let a monthly allowance end with that day. Refused when it has an end, or before it began."""
    row = PhuCap.objects.select_for_update(of=("self",)).get(pk=phu_cap.pk)
    if row.den_ngay:
        raise RuleError(f"Phụ cấp này đã kết thúc ngày {show_ngay(row.den_ngay)}.")
    if den_ngay < row.tu_ngay:
        raise RuleError(
            f"Phụ cấp bắt đầu ngày {show_ngay(row.tu_ngay)}. Chọn ngày kết thúc từ đó.",
            field="den_ngay",
        )
    row.den_ngay = den_ngay
    row.save(update_fields=["den_ngay"])
    record(by=by, hanh_dong="phu_cap.end", target=row, den_ngay=den_ngay)
    return row


@transaction.atomic
def delete_phu_cap(*, phu_cap: PhuCap, by) -> None:
    """Take back what was written down by mistake."""
    row = PhuCap.objects.select_for_update(of=("self",)).get(pk=phu_cap.pk)
    record(by=by, hanh_dong="phu_cap.delete", target=row, tu_ngay=row.tu_ngay)
    row.delete()


@dataclass(frozen=True, kw_only=True)
class KetQuaCanBo:
    """What is said of one cadre in a year; without a level only that the self-review came."""

    muc: str = ""
    da_kiem_diem: bool = False
    nhan_xet: str = ""


@transaction.atomic
def save_xep_loai(
    *,
    don_vi: DonVi,
    nam: int,
    ket_qua: Mapping[ChucVu, KetQuaCanBo],
    by,
    so_quyet_dinh: str = "",
    ngay: date | None = None,
    version: str | None = None,
) -> int:
    """Record a year's ratings of secretaries and deputies of a ward; returns how many changed.

    `so_quyet_dinh` and `ngay` are of the decision that the levels newly given stand in; what
    was decided before keeps its own. `version` is what the page carried (`bang_ghi`):
    StaleError when somebody has filled a box differently since. Refused: a level of another
    year's scale, one without the day of its decision, a decision of a day to come or of a year
    before the one rated.
    """
    DonVi.objects.select_for_update(of=("self",)).get(pk=don_vi.pk)
    known = {_key(row): row for row in XepLoaiCanBo.objects.under(don_vi).cua_nam(nam)}
    rows = {office: known.get(_key(office)) or _empty(office, nam) for office in ket_qua}
    stored = bang_xep_loai({office: _now(row) for office, row in rows.items()})
    boxes = set(dong_can_ghi(bang_xep_loai(ket_qua), version, stored))
    levels = dict(cac_muc(nam))
    changed = 0
    for office, row in rows.items():
        said = _merged(office, _now(row), ket_qua[office], boxes)
        if said.muc and said.muc not in levels:
            raise RuleError(f"Mức này không thuộc thang của năm {nam}.")
        if _apply(row, said, so_quyet_dinh, ngay, by):
            changed += 1
    if changed:
        record(by=by, hanh_dong="xep_loai_can_bo.record", target=don_vi, nam=nam, so_nguoi=changed)
    return changed


def bang_xep_loai(ket_qua: Mapping[ChucVu, KetQuaCanBo]) -> dict[str, tuple]:
    """Ratings as lines of a grid, a line for each box: self-review, level, remark."""
    return {
        f"{ma}-{office.pk}": (value,)
        for office, said in ket_qua.items()
        for ma, value in (
            ("kd", DA_NOP if said.da_kiem_diem else ""),
            ("muc", said.muc),
            ("nx", clean(said.nhan_xet)),
        )
    }


def _now(row: XepLoaiCanBo) -> KetQuaCanBo:
    return KetQuaCanBo(muc=row.muc, da_kiem_diem=bool(row.tu_kiem_diem), nhan_xet=row.nhan_xet)


def _merged(office: ChucVu, now: KetQuaCanBo, said: KetQuaCanBo, boxes: set) -> KetQuaCanBo:
    """What is stored, with the boxes that are to be written."""
    names = {"kd": "da_kiem_diem", "muc": "muc", "nx": "nhan_xet"}
    new = {name: getattr(said, name) for ma, name in names.items() if f"{ma}-{office.pk}" in boxes}
    return replace(now, **new)


def _apply(row: XepLoaiCanBo, said: KetQuaCanBo, so_quyet_dinh: str, ngay, by) -> bool:
    """Write one row where something is new; an empty one that says nothing is not kept."""
    before = (row.muc, bool(row.tu_kiem_diem), row.nhan_xet)
    after = (said.muc, said.da_kiem_diem, clean(said.nhan_xet))
    if before == after:
        return False
    if said.muc and said.muc != row.muc:
        row.so_quyet_dinh, row.ngay = clean(so_quyet_dinh), _decided(ngay, row.nam)
    if not said.muc:
        row.so_quyet_dinh, row.ngay = "", None
    if said.da_kiem_diem != bool(row.tu_kiem_diem):
        row.tu_kiem_diem = (row.ngay or ngay or today()) if said.da_kiem_diem else None
    row.muc, row.nhan_xet, row.ghi_boi = said.muc, clean(said.nhan_xet), by
    if row.muc or row.tu_kiem_diem or row.nhan_xet:
        row.save()
    elif row.pk:
        row.delete()
    return True


def _decided(ngay: date | None, nam: int) -> date:
    if ngay is None:
        raise RuleError("Ghi ngày quyết định của các mức vừa chọn.", field="ngay")
    check_da_den(ngay)
    if ngay.year < nam:
        raise RuleError(f"Quyết định xếp loại năm {nam} không thể ký trước năm đó.", field="ngay")
    return ngay


def _key(row) -> tuple:
    return row.doan_vien_id, row.don_vi_id, row.chuc_danh


def _empty(office: ChucVu, nam: int) -> XepLoaiCanBo:
    return XepLoaiCanBo(
        doan_vien_id=office.doan_vien_id,
        don_vi_id=office.don_vi_id,
        chuc_danh=office.chuc_danh,
        nam=nam,
    )


def _check_once(person: DoanVien, tu_ngay: date, den_ngay: date | None) -> None:
    rows = PhuCap.objects.hang_thang().cua(person)
    other = rows.giao_voi(tu_ngay, den_ngay or date.max).first()
    if other:
        raise RuleError(
            f"Đồng chí đang hưởng phụ cấp tháng từ {show_ngay(other.tu_ngay)}. "
            "Kết thúc mức đó trước.",
            field="tu_ngay",
        )


def _check_ngay_cong(person: DoanVien, don_vi: DonVi, tu_ngay: date, den_ngay: date) -> None:
    rows = PhuCap.objects.cua(person).ngay_cong(don_vi, tu_ngay, den_ngay)
    if rows.exists():
        raise RuleError("Ngày công của những ngày này đã được ghi.", field="tu_ngay")
