"""The rules of a round, as they were when it was opened, and what they ask of whom."""

from decimal import Decimal

from baocao.cham_diem.luat import BoLuat, LuatTieuChi, doc_luat
from baocao.cham_diem.tong_hop import is_tu_nguyen
from baocao.models import DiemTieuChi, DotCham, KiemPhieuCham
from core.errors import RuleError
from core.text.display import show

BUOC = ("may", "tu_cham", "tham_dinh", "duyet")
"""Who gave points, in the order in which they were given."""
COT_LOI = {"tu_cham": "nhan_xet", "tham_dinh": "ly_do", "duyet": "ly_do_duyet"}
"""The words that each of them leaves."""


def luat_cua(dot: DotCham) -> BoLuat:
    """Read once for a round that was fetched."""
    if "luat" not in vars(dot):
        dot.luat = doc_luat(dot.quy_tac)
    return dot.luat


def is_hoi(luat: LuatTieuChi, diem: DiemTieuChi) -> bool:
    """Whether the unit itself is asked: what people judge, and what no figure was found for."""
    return not luat.is_tu_dong or not co_gia_tri(diem, "may")


def can_cham(luat: LuatTieuChi, diem: DiemTieuChi) -> bool:
    """Whether it cannot be sent without the unit's value; a bonus that nobody claims is none."""
    return is_hoi(luat, diem) and not luat.is_cong_tru


def can_tham_dinh(luat: LuatTieuChi, diem: DiemTieuChi) -> bool:
    """Whether verification cannot end without an official value that is not there yet: a bonus by
    hand that nobody claimed is none, one that the books know nothing of has to be said."""
    if co_gia_tri(diem, "tham_dinh"):
        return False
    return co_gia_tri(diem, "tu_cham") or not is_tu_nguyen(luat)


def co_gia_tri(diem: DiemTieuChi, buoc: str) -> bool:
    points, level = diem.cap(buoc)
    return points is not None or bool(level)


def giong(diem: DiemTieuChi, mot: str, hai: str) -> bool:
    """Whether two of them gave the same."""
    return diem.cap(mot) == diem.cap(hai)


def la_de_xuat(diem: DiemTieuChi) -> str:
    """Whose value the verifier may take over as it is: "" where two differ or nobody gave one."""
    given = [buoc for buoc in ("tu_cham", "may") if co_gia_tri(diem, buoc)]
    if len(given) == 2 and not giong(diem, *given):
        return ""
    return given[0] if given else ""


def cac_muc(bo: BoLuat, luat: LuatTieuChi) -> list[tuple[str, str]]:
    """The levels that a criterion knows, best first, with what each asks for."""
    return [(bac.muc, bo.ten_muc(bac.muc)) for bac in luat.bac if bac.muc]


def check_gia_tri(bo: BoLuat, luat: LuatTieuChi, diem: Decimal | None, muc: str) -> None:
    """Refuse points outside what the criterion gives, or a level that it does not have."""
    if not bo.is_diem:
        if muc not in dict(cac_muc(bo, luat)):
            raise RuleError(f"{luat.ten}: chọn một mức.", field="muc")
        return
    least, most = luat.diem_toi_thieu, luat.diem_toi_da
    if diem is None:
        raise RuleError(f"{luat.ten}: ghi số điểm.", field="diem")
    if not least <= diem <= most:
        raise RuleError(
            f"{luat.ten}: điểm từ {show(least)} đến {show(most)}. Ghi lại điểm.", field="diem"
        )


def goi_ben(dot: DotCham, ben: str) -> str:
    """Who voted, in words: in a round of ward unions the unit itself is no branch."""
    if not dot.is_chi_doan and ben == KiemPhieuCham.Ben.CHI_DOAN:
        return "Đoàn cơ sở bỏ phiếu về mình"
    return KiemPhieuCham.Ben(ben).label


def goi_gia_tri(bo: BoLuat, diem: Decimal | None, muc: str) -> str:
    """Points or a level in words; "" when nothing was given."""
    if muc:
        return bo.ten_muc(muc)
    return "" if diem is None else show(diem.normalize() + 0)
