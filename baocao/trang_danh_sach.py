"""What the list of reports shows to a ward, and to an office above wards."""

from core.periods import KyBaoCao, read_ky, today
from tochuc.permissions import Quyen

from .danh_sach import LOC, own_reports, reports_before, reports_below, tinh_hinh_kpis
from .models import BaoCao


def danh_sach_context(role, params) -> dict:
    """For the unit of `role`: its own periods; above wards also theirs in the period asked."""
    don_vi = role.don_vi
    day = don_vi.ngay_so_lieu(today())
    ky = read_ky(params.get("ky"), KyBaoCao.quarter_due(day))
    own, other = own_reports(don_vi, day)
    return {
        "title": "Báo cáo",
        "subtitle": str(don_vi),
        "unit": don_vi,
        "own": own,
        "ky_khac": other,
        "truoc": reports_before(don_vi, day),
        "is_lap": Quyen.LAP_BAO_CAO in role.quyen,
        "is_duyet": Quyen.DUYET_BAO_CAO in role.quyen,
        **_ky(ky, day),
        "is_chi_doan": don_vi.is_chi_doan,
        "duoi_truoc": not don_vi.is_co_so,
        **({} if don_vi.is_chi_doan else _ben_duoi(don_vi, ky, day, params.get("loc", ""))),
    }


def _ky(ky, day) -> dict:
    return {
        "ky": ky,
        "ky_truoc": ky.previous.code,
        "ky_sau": ky.next.code if ky.next.start <= day else "",
    }


def _ben_duoi(don_vi, ky, day, loc: str) -> dict:
    """The units below in the period, those that `?loc=` asks for."""
    rows = reports_below(don_vi, ky, day)
    states = {row.bao_cao.trang_thai for row in rows if row.bao_cao}
    return {
        "rows": [row for row in rows if LOC[loc](row)] if loc in LOC else rows,
        "loc": loc if loc in LOC else "",
        "kpis": tinh_hinh_kpis(rows) if rows else [],
        "co_khoa": BaoCao.TrangThai.CHAP_NHAN in states,
    }
