"""What is wrong with a set, in sentences: asked before issuing, shown while it is drafted."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from baocao.chi_tieu import THEO_MA, Kieu
from baocao.models import XepLoaiDonVi
from core.text.display import so

from .luat import Bac, BoLuat, CachCham, ChiaCho, CongThuc, LuatTieuChi
from .nguon import CO_TEN, nguon_dung_cho


def kiem_bo(luat: BoLuat) -> list[str]:
    """Everything that keeps a set from being issued."""
    return [*_cay(luat), *_cac_muc(luat), *(loi for item in luat.la for loi in _mot(luat, item))]


def _cay(luat: BoLuat) -> Iterator[str]:
    if not luat.la:
        yield "Bộ chưa có tiêu chí nào."
    for item in luat.tieu_chi:
        if item.is_nhom:
            yield from _nhom(luat, item)


def _nhom(luat: BoLuat, nhom: LuatTieuChi) -> Iterator[str]:
    children = luat.con(nhom.ma)
    total = tong_con(luat, nhom)
    if not children:
        yield f"Nhóm «{nhom.ten}» chưa có tiêu chí nào bên trong."
    elif luat.is_diem and nhom.diem_toi_da and total != nhom.diem_toi_da:
        yield (
            f"Nhóm «{nhom.ten}» tối đa {diem(nhom.diem_toi_da)} điểm, "
            f"nhưng các tiêu chí bên trong cộng lại {diem(total)} điểm."
        )


def tong_con(luat: BoLuat, nhom: LuatTieuChi) -> Decimal:
    """The points of all criteria below a group, bonus left out."""
    below = Decimal(0)
    for item in luat.con(nhom.ma):
        if item.is_nhom:
            below += tong_con(luat, item)
        elif not item.is_cong_tru:
            below += item.diem_toi_da
    return below


def _cac_muc(luat: BoLuat) -> Iterator[str]:
    """Classes have lower limits alone; the lowest begins where totals begin, so none falls out."""
    if any(item.muc not in XepLoaiDonVi.MUC_HD33 for item in luat.muc):
        yield "Bộ mới xếp theo bốn mức hiện nay; thang cũ chỉ để đọc lại."
    elif luat.is_diem:
        yield from _khoang_diem(luat)


def _khoang_diem(luat: BoLuat) -> Iterator[str]:
    starts = {item.muc: item.tu_diem for item in luat.muc}
    if set(starts) != set(luat.cac_muc) or None in starts.values():
        yield "Ghi điểm bắt đầu của cả bốn mức."
        return
    ordered = [starts[muc] for muc in luat.cac_muc]
    if any(better <= worse for better, worse in pairwise(ordered)):
        yield "Mức cao hơn phải bắt đầu từ số điểm cao hơn."
    if ordered[-1] != 0:
        yield "Mức thấp nhất phải bắt đầu từ 0 điểm, để không tổng điểm nào rơi ra ngoài."
    if ordered[0] > luat.toi_da:
        yield (
            f"Mức cao nhất bắt đầu từ {diem(ordered[0])} điểm, "
            f"cả bộ chỉ có {diem(luat.toi_da)} điểm."
        )


def _mot(luat: BoLuat, item: LuatTieuChi) -> Iterator[str]:
    """One criterion, its name before each sentence."""
    found = [_diem(luat, item), _nguon(luat, item), _cong_thuc(luat, item), _bac(luat, item)]
    for loi in (loi for part in found for loi in part):
        yield f"«{item.ten}»: {loi}"


def _diem(luat: BoLuat, item: LuatTieuChi) -> Iterator[str]:
    if not luat.is_diem:
        if item.is_cong_tru:
            yield "bộ theo mức không có điểm cộng, điểm trừ; chọn cách chấm khác."
    elif item.is_cong_tru:
        if not item.diem_toi_da and not item.diem_toi_thieu:
            yield "ghi được cộng nhiều nhất hoặc bị trừ nhiều nhất bao nhiêu điểm."
    elif item.diem_toi_da <= 0:
        yield "ghi điểm tối đa."


def _nguon(luat: BoLuat, item: LuatTieuChi) -> Iterator[str]:
    if not item.is_tu_dong:
        return
    if item.nguon not in nguon_dung_cho(luat.doi_tuong):
        yield "nguồn số không có, hoặc không nói gì về đơn vị ở cấp này; chọn nguồn khác."
    elif item.nguon in CO_TEN and item.chia_cho != ChiaCho.RIENG:
        yield "nguồn này đã có mẫu số; chọn chia cho mẫu số của chính nó."
    elif item.nguon in THEO_MA:
        yield from _mau_so(item)


def _mau_so(item: LuatTieuChi) -> Iterator[str]:
    indicator = THEO_MA[item.nguon]
    if item.chia_cho == ChiaCho.RIENG and indicator.kieu != Kieu.RATIO:
        yield "chỉ tiêu này là số đếm, không có mẫu số riêng; chọn chia cho số khác."
    if item.chia_cho == ChiaCho.SO and not item.chia_so:
        yield "ghi số cố định để chia."
    if not item.chia_cho:
        yield "chọn chia cho gì, hoặc không chia."


def _cong_thuc(luat: BoLuat, item: LuatTieuChi) -> Iterator[str]:
    if not luat.is_diem and item.is_tu_dong and item.cong_thuc != CongThuc.BAC:
        yield "bộ theo mức chỉ tính theo bậc; chọn công thức «Theo bậc»."
    if item.cong_thuc == CongThuc.TY_LE:
        if item.moc_duoi is None or item.moc_tren is None:
            yield "ghi mốc được 0 điểm và mốc được đủ điểm."
        elif item.moc_duoi == item.moc_tren:
            yield "mốc được 0 điểm và mốc được đủ điểm phải khác nhau."
    if item.cong_thuc == CongThuc.MOI_DON_VI and not item.diem_moi:
        yield "ghi mỗi đơn vị được bao nhiêu điểm."


def _bac(luat: BoLuat, item: LuatTieuChi) -> Iterator[str]:
    if luat.is_diem:
        yield from _bac_diem(item)
    else:
        yield from _bac_muc(luat, item)
    if item.cong_thuc == CongThuc.BAC:
        yield from _bac_tinh(item)


def _bac_muc(luat: BoLuat, item: LuatTieuChi) -> Iterator[str]:
    levels = [bac.muc for bac in item.bac]
    if len(levels) < 2 or not all(levels):
        yield "cần ít nhất hai mức, mỗi bậc một mức."
    elif levels != [muc for muc in luat.cac_muc if muc in levels]:
        yield "xếp các mức từ cao xuống thấp, mỗi mức một lần."


def _bac_diem(item: LuatTieuChi) -> Iterator[str]:
    points = [bac.diem for bac in item.bac]
    if any(point is None for point in points):
        yield "ghi điểm của từng bậc."
    elif any(not item.diem_toi_thieu <= point <= item.diem_toi_da for point in points):
        yield f"điểm của bậc phải từ {diem(item.diem_toi_thieu)} đến {diem(item.diem_toi_da)}."
    elif any(better <= worse for better, worse in pairwise(points)):
        yield "xếp các bậc từ nhiều điểm xuống ít điểm."


def _bac_tinh(item: LuatTieuChi) -> Iterator[str]:
    """A figure has to find its step: limits in order, and one step for what remains."""
    if not item.bac or item.bac[-1].gioi_han is not None:
        yield "thêm bậc cuối để trống mốc, cho mọi số còn lại."
        return
    limits = item.bac[:-1]
    if not limits or any(bac.gioi_han is None for bac in limits):
        yield "ghi mốc của mỗi bậc, trừ bậc cuối."
    elif not _is_giam_dan(limits, item.cang_cao):
        order = "từ cao xuống thấp" if item.cang_cao else "từ thấp lên cao"
        yield f"xếp mốc {order}."


def _is_giam_dan(limits: Iterable[Bac], cang_cao: bool) -> bool:
    return all(
        better.gioi_han != worse.gioi_han and (better.gioi_han > worse.gioi_han) == cang_cao
        for better, worse in pairwise(limits)
    )


def diem(value: Decimal) -> str:
    """Points as a sentence says them: 12,5 and 10."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".").replace(".", ",") if "." in text else so(value)


CACH_CHAM_MUC = (CachCham.NHOM, CachCham.TU_DONG, CachCham.TU_CHAM)
"""How criteria of a set of levels may be scored."""
