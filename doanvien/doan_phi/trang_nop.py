"""What a remittance would come to, and the sentence that says how a sum is split."""

from dataclasses import dataclass
from datetime import date

from core.periods import KyBaoCao
from core.text.display import tien
from doanvien.models import NopDoanPhi
from tochuc.models import DonVi

from .quy_tac import Chia
from .services.nop import chia_phan, chua_nop, noi_nhan
from .tong_hop import ky_nop


@dataclass(frozen=True, slots=True)
class DuKien:
    """A remittance before it is written: the period, the receipts it covers, the two parts."""

    ky: KyBaoCao
    phan: Chia
    so_phieu: int
    cau: str
    don_vi_nhan: DonVi | None


def du_kien(don_vi: DonVi, text: str | None, hom_nay: date) -> DuKien:
    """For the period of the address; without one the unit's own: the month, or the quarter."""
    try:
        ky = KyBaoCao.parse(text or "")
    except ValueError:
        ky = ky_nop(don_vi, hom_nay)
    receipts = chua_nop(don_vi, ky, hom_nay)
    phan = chia_phan(don_vi, max(receipts.tong_tien(), 0), hom_nay)
    return DuKien(ky, phan, receipts.count(), cau_chia(phan, don_vi), noi_nhan(don_vi, hom_nay))


def cau_chia(phan: Chia, don_vi: DonVi) -> str:
    """How a sum is split: "10.001 đ: nộp 3.333 đ, giữ 6.668 đ, phần lẻ giữ ở chi đoàn"."""
    cap = "chi đoàn" if don_vi.is_chi_doan else str(don_vi)
    le = f", phần lẻ giữ ở {cap}" if phan.le else ""
    return f"{tien(phan.co_so)}: nộp {tien(phan.trich_nop)}, giữ {tien(phan.giu_lai)}{le}"


def cau_chia_cua(nop: NopDoanPhi) -> str:
    """The same for a remittance that was written."""
    le = chia_phan(nop.don_vi, nop.co_so, nop.ngay).le
    return cau_chia(Chia(nop.co_so, nop.giu_lai, nop.trich_nop, le), nop.don_vi)
