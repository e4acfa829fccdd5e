"""Opening a round: which units, under which rules, until when."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from baocao.dot_cham.quy_tac import luat_cua
from baocao.dot_cham.quyen import check, may_to_chuc
from baocao.models import BoTieuChi, BuocDotCham, DiemTieuChi, DongCham, DotCham
from chidoan.queries import chi_doan_hoat_dong
from core.errors import RuleError
from core.periods import KyBaoCao, today
from tochuc.audit import record
from tochuc.models import CapDonVi, DonVi
from tochuc.permissions import Quyen
from tochuc.quy_dinh import gia_tri_nhieu
from tochuc.scoping import path_prefixes

from .chung import add_step

CAP_TO_CHUC = {
    DotCham.DoiTuong.CHI_DOAN: (CapDonVi.CO_SO, CapDonVi.HUYEN, CapDonVi.TINH),
    DotCham.DoiTuong.CO_SO: (CapDonVi.HUYEN, CapDonVi.TINH),
}
_QUY_DINH = ("chi_doan_nho", "xep_hang_chi_doan_nho", "chi_doan_moi_thang")


@dataclass(frozen=True)
class DonViCham:
    """A unit as it goes into a round."""

    don_vi: DonVi
    cap_tren: str
    so_doan_vien: int
    ghi_chu: str = ""
    co_xep_hang: bool = True


@dataclass
class LichCham:
    """When a round is due: the self-scores, then their verification."""

    han_tu_cham: date
    han_tham_dinh: date
    ten: str = field(default="")


@transaction.atomic
def open_dot(*, don_vi: DonVi, bo: BoTieuChi, ky: KyBaoCao, lich: LichCham, by) -> DotCham:
    """Begin a round: its units as they are on the day, a row for each criterion of each.

    Refused for who does not hold rounds there, for a set that is not in force in the period, for
    a period that has not begun, while another round of it, or one of an office above, is open or
    final, and without units.
    """
    don_vi = DonVi.objects.select_for_update(of=("self",)).get(pk=don_vi.pk)
    dot = check_mo(don_vi=don_vi, bo=bo, ky=ky, lich=lich, by=by)
    dot.ten = lich.ten.strip() or _ten(dot, ky)
    dot.ngay_chot = dot.tinh_den = _ngay_chot(don_vi, ky)
    dot.han_tu_cham, dot.han_tham_dinh = lich.han_tu_cham, lich.han_tham_dinh
    dot.ngay_buoc, dot.quy_tac = today(), bo.quy_tac
    units = don_vi_cham(don_vi, dot.doi_tuong, dot.ngay_chot)
    if not units:
        raise RuleError(f"{don_vi} không có đơn vị nào để chấm trong {ky.ten}.", field="ky")
    dot.save()
    _add_lines(dot, units)
    add_step(dot, BuocDotCham.Loai.MO, by=by)
    record(by=by, hanh_dong="dot_cham.mo", target=dot, ky=ky.code, so_don_vi=len(units))
    return dot


def check_mo(*, don_vi: DonVi, bo: BoTieuChi, ky: KyBaoCao, lich: LichCham, by) -> DotCham:
    """The round as it would be opened, not saved yet; RuleError where it may not be."""
    dot = DotCham(don_vi=don_vi, bo=bo, ky=ky.code, doi_tuong=bo.doi_tuong, tao_boi=by)
    check(by is None or may_to_chuc(by, dot), Quyen.TO_CHUC_CHAM_DIEM)
    _check_mo(dot, ky, lich)
    return dot


def so_don_vi_cham(don_vi: DonVi, doi_tuong: str, ky: KyBaoCao) -> int:
    """How many units a round would have. One query."""
    ngay = _ngay_chot(don_vi, ky)
    if doi_tuong == DotCham.DoiTuong.CO_SO:
        return _co_so(don_vi, ngay).count()
    return chi_doan_hoat_dong(don_vi, ngay).count()


def _ngay_chot(don_vi: DonVi, ky: KyBaoCao) -> date:
    return don_vi.ngay_so_lieu(min(today(), ky.end))


def don_vi_cham(don_vi: DonVi, doi_tuong: str, ngay: date) -> list[DonViCham]:
    """The units that are scored together on a day, in the order of the tree."""
    branches = list(chi_doan_hoat_dong(don_vi, ngay).with_so_doan_vien(ngay))
    wards = {unit.path: unit for unit in _co_so(don_vi, ngay)}
    if doi_tuong == DotCham.DoiTuong.CO_SO:
        return _wards(wards, branches)
    values = gia_tri_nhieu(_QUY_DINH, ngay=ngay, don_vi=don_vi)
    return [_branch(unit, wards, values, ngay) for unit in branches]


def _co_so(don_vi: DonVi, ngay: date):
    return DonVi.objects.under(don_vi).co_so().dang_hoat_dong(ngay)


def _ward_of(path: str, wards: dict[str, DonVi]) -> DonVi | None:
    return next((wards[above] for above in path_prefixes(path)[::-1] if above in wards), None)


def _branch(unit, wards, values, ngay: date) -> DonViCham:
    ward = _ward_of(unit.path, wards)
    note, ranked = _ghi_chu(unit, values, ngay)
    return DonViCham(unit, str(ward or ""), unit.so_doan_vien, note, ranked)


def _wards(wards: dict[str, DonVi], branches) -> list[DonViCham]:
    members: dict[str, int] = defaultdict(int)
    for branch in branches:
        ward = _ward_of(branch.path, wards)
        if ward:
            members[ward.path] += branch.so_doan_vien
    above = {unit.pk: str(unit.cap_tren or "") for unit in wards.values()} if wards else {}
    return [DonViCham(unit, above[unit.pk], members[path]) for path, unit in wards.items()]


def _ghi_chu(unit, values, ngay: date) -> tuple[str, bool]:
    """A remark on a branch that is empty, new or small, and whether it is ranked."""
    if not unit.so_doan_vien:
        return "Chưa có đoàn viên trong sổ", False
    months = values["chi_doan_moi_thang"]
    if unit.thanh_lap and _thang_tron(unit.thanh_lap, ngay) < months:
        return f"Mới thành lập chưa đủ {months} tháng", False
    if unit.so_doan_vien < values["chi_doan_nho"]:
        note = f"Dưới {values['chi_doan_nho']} đoàn viên"
        return note, bool(values["xep_hang_chi_doan_nho"])
    return "", True


def _thang_tron(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def _check_mo(dot: DotCham, ky: KyBaoCao, lich: LichCham) -> None:
    if dot.don_vi.cap not in CAP_TO_CHUC[dot.doi_tuong]:
        raise RuleError(f"{dot.don_vi} không mở đợt chấm này.", field="don_vi")
    if not BoTieuChi.objects.dung_cho(dot.don_vi).hieu_luc(ky.end).filter(pk=dot.bo_id).exists():
        raise RuleError(f"Bộ tiêu chí này không áp dụng cho {ky.ten}.", field="bo")
    if ky.thang:
        raise RuleError("Đợt chấm theo năm hoặc theo quý.", field="ky")
    if ky.start > today():
        raise RuleError(f"Chưa tới {ky.ten}.", field="ky")
    if lich.han_tham_dinh < lich.han_tu_cham:
        raise RuleError("Hạn thẩm định phải từ hạn tự chấm trở đi.", field="han_tham_dinh")
    _check_cap_tren(dot, ky)
    same = DotCham.objects.filter(don_vi=dot.don_vi).cua_ky(ky.code, dot.doi_tuong)
    other = same.con_gia_tri().first()
    if other:
        raise RuleError(
            f"Đã có «{other}» ({other.get_trang_thai_display().lower()}). Sửa kết quả đã chốt thì "
            "mở đợt đính chính từ trang của đợt ấy.",
            field="ky",
        )


def _check_cap_tren(dot: DotCham, ky: KyBaoCao) -> None:
    """An office above that scores the same units is verified for: nobody scores himself twice."""
    above = path_prefixes(dot.don_vi.path)[:-1]
    rows = DotCham.objects.filter(don_vi__path__in=above).cua_ky(ky.code, dot.doi_tuong)
    other = rows.con_gia_tri().select_related("don_vi").first()
    if other:
        raise RuleError(
            f"«{other}» của {other.don_vi} đã chấm các đơn vị này. Thẩm định phần của mình trong "
            "đợt ấy, không mở đợt riêng cho cùng kỳ.",
            field="ky",
        )


def _ten(dot: DotCham, ky: KyBaoCao) -> str:
    kind = "chi đoàn" if dot.is_chi_doan else "Đoàn cơ sở"
    return f"Chấm điểm {kind} {ky.ten}".replace("\u00a0", " ")


def _add_lines(dot: DotCham, units: list[DonViCham]) -> None:
    lines = DongCham.objects.bulk_create(
        DongCham(
            dot=dot,
            don_vi_id=row.don_vi.pk,
            ten=str(row.don_vi),
            cap_tren=row.cap_tren,
            cum=row.don_vi.cum_thi_dua,
            khoi=row.don_vi.khoi,
            so_doan_vien=row.so_doan_vien,
            ghi_chu=row.ghi_chu,
            co_xep_hang=row.co_xep_hang,
        )
        for row in units
    )
    criteria = luat_cua(dot).la
    DiemTieuChi.objects.bulk_create(
        (DiemTieuChi(dong=line, ma=item.ma) for line in lines for item in criteria),
        batch_size=2000,
    )
