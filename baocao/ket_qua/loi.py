"""Why a result is what it is, and what would raise it, in sentences: read from the rules alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

from baocao.cham_diem.cong_thuc import THIEU, GiaTri, KetTinh, tinh
from baocao.cham_diem.luat import BoLuat, ChiaCho, CongThuc, LuatTieuChi
from baocao.cham_diem.tong_hop import TongHop, tong_hop
from baocao.chi_tieu import THEO_MA
from core.text import lowfirst
from core.text.display import so

from .de_nang import Buoc, buoc_cuoi, buoc_ke, is_du_tran_so

_DON_VI = {
    "nhip_hop": "tháng có buổi sinh hoạt",
    "thu_nop": "lượt đoàn phí thu đủ",
    "nop_dung_han": "tháng nộp đoàn phí đúng hạn",
    "ket_nap": "đồng chí kết nạp",
    "tot_tro_len": "đồng chí xếp loại tốt trở lên",
    "khong_hoan_thanh": "đồng chí không hoàn thành nhiệm vụ",
    "nghi_quyet_dung_han": "nghị quyết xong đúng hạn",
    "bao_cao_dung_han": "báo cáo nộp đúng hạn",
    "chi_doan_tot": "chi đoàn xếp loại tốt trở lên",
    "chi_doan_khong_hoan_thanh": "chi đoàn không hoàn thành nhiệm vụ",
    "chi_doan_kha_cu": "chi đoàn xếp loại khá trở lên",
    "chi_doan_trung_binh_cu": "chi đoàn trung bình, yếu kém",
    "dang_ky_ren_luyen": "đồng chí đăng ký rèn luyện",
    "xep_loai_tot": "đồng chí xếp loại tốt trở lên",
    "xep_loai_khong_hoan_thanh": "đồng chí không hoàn thành nhiệm vụ",
    "ty_le_du_sinh_hoat": "lượt dự sinh hoạt",
}
"""What a numerator counts, where its indicator is a rate or the source has a name of its own."""


@dataclass(frozen=True)
class Diem:
    """One criterion of one unit: the figure, what the formula made of it, and what stands."""

    luat: LuatTieuChi
    so: GiaTri | None = None
    may: KetTinh = THIEU
    diem: Decimal | None = None
    muc: str = ""

    @property
    def is_thieu(self) -> bool:
        return self.diem is None and not self.muc


def co_chan(luat: LuatTieuChi, tu: int | None, mau: int | None, may: KetTinh) -> GiaTri | None:
    """The figure as it was judged: when the formula alone would give another result, something
    on record had ruled the best step out."""
    if tu is None or may.is_thieu:
        return None
    value = GiaTri(tu, mau)
    if luat.cong_thuc == CongThuc.BAC and tinh(luat, value) != may:
        return GiaTri(tu, mau, khong_cao_nhat=True)
    return value


def vi_sao(bo: BoLuat, rows: Mapping[str, Diem], muc: str) -> Iterator[str]:
    """What decides the class."""
    found = tong_hop(bo, {ma: _gia_tri(bo, row) for ma, row in rows.items()})
    yield from _vi_sao_diem(bo, found, muc) if bo.is_diem else _vi_sao_muc(bo, rows, found, muc)
    if found.so_thieu:
        missing = [row.luat.ten for row in rows.values() if _la_thieu(row)]
        yield f"Chưa đủ dữ liệu: {'; '.join(missing)}."


def _vi_sao_diem(bo: BoLuat, found: TongHop, muc: str) -> Iterator[str]:
    yield f"Được {so(found.tong)}/{so(found.toi_da)} điểm."
    band = next((item for item in bo.muc if item.muc == muc), None)
    if band and band.tu_diem:
        yield f"Mức {lowfirst(bo.ten_muc(muc))} tính từ {so(band.tu_diem)} điểm."


def _vi_sao_muc(bo: BoLuat, rows: Mapping[str, Diem], found: TongHop, muc: str) -> Iterator[str]:
    if not muc:
        yield f"Mức cao nhất còn có thể đạt: {lowfirst(bo.ten_muc(found.cao_nhat))}."
        return
    if muc == bo.cac_muc[0]:
        yield f"Cả {len(bo.la)} tiêu chí đều ở mức cao nhất."
        return
    weakest = [row.luat.ten for row in rows.values() if row.muc == muc]
    yield f"Tiêu chí thấp nhất quyết định mức chung: {'; '.join(weakest)}."


def de_nang(bo: BoLuat, rows: Mapping[str, Diem], muc: str) -> Iterator[str]:
    """What is missing to the next class, then what each criterion can still bring."""
    if bo.is_diem:
        yield from _len_muc(bo, rows)
    for row in rows.values():
        sentence = de_nang_mot(bo, row)
        if sentence:
            yield f"{row.luat.ten}: {sentence}"


def _len_muc(bo: BoLuat, rows: Mapping[str, Diem]) -> Iterator[str]:
    total = tong_hop(bo, {ma: _gia_tri(bo, row) for ma, row in rows.items()}).tong
    above = [band for band in bo.muc if band.tu_diem is not None and band.tu_diem > total]
    if not above:
        return
    band = min(above, key=lambda item: item.tu_diem)
    yield (
        f"Thêm {so(band.tu_diem - total)} điểm thì lên mức {lowfirst(bo.ten_muc(band.muc))} "
        f"(từ {so(band.tu_diem)} điểm)."
    )


def de_nang_mot(bo: BoLuat, row: Diem) -> str:
    """How one criterion gets better; "" when there is nothing more to be had."""
    if row.luat.is_tu_dong and row.so is not None:
        return _tu_dong(bo, row)
    if row.luat.is_cong_tru:
        return ""
    return _tu_cham(bo, row)


def _tu_dong(bo: BoLuat, row: Diem) -> str:
    step, last = buoc_ke(row.luat, row.so), buoc_cuoi(row.luat, row.so)
    if step is None or _da_hon(row, step):
        return _het(row)
    words = f"{_them(row.luat, step)} thì {_duoc(bo, step)}"
    if last and last != step:
        words += f"; {_them(row.luat, last)} thì {_duoc(bo, last)}, là nhiều nhất"
    return f"{words}{_cach_tinh(row.luat)}."


def _da_hon(row: Diem, step: Buoc) -> bool:
    """Whether people have given as much already."""
    return None not in (row.diem, step.ket.diem) and row.diem >= step.ket.diem


def _het(row: Diem) -> str:
    """Why more of it brings nothing."""
    if is_du_tran_so(row.luat, row.so):
        return f"số đếm chỉ tính đến {so(row.luat.tran_so)}, làm thêm không được thêm điểm."
    if row.diem is not None and row.diem >= row.luat.diem_toi_da > 0:
        return "đã đủ điểm, làm thêm không được thêm điểm."
    if row.so and row.so.khong_cao_nhat:
        return f"{lowfirst(row.so.ghi_chu) or 'có việc đã ghi trong sổ'} nên không ở bậc cao nhất."
    return ""


def _them(luat: LuatTieuChi, step: Buoc) -> str:
    """ "thêm 2 tháng có buổi sinh hoạt", "bớt 1 đồng chí …"."""
    verb = "thêm" if step.them > 0 else "bớt"
    return f"{verb} {_so_don_vi(luat, abs(step.them))}"


def _so_don_vi(luat: LuatTieuChi, number: int) -> str:
    if luat.nguon in _DON_VI:
        return f"{so(number)} {_DON_VI[luat.nguon]}"
    indicator = THEO_MA.get(luat.nguon)
    if indicator is None or indicator.is_ty_le:
        return f"{so(number)} ở tử số"
    if indicator.chia > 1:
        amount = (Decimal(number) / indicator.chia).quantize(Decimal("0.01"), ROUND_UP)
        return f"{so(amount)} {indicator.don_vi_tinh}"
    return f"{so(number)} {indicator.don_vi_tinh}"


def _duoc(bo: BoLuat, step: Buoc) -> str:
    if step.ket.muc:
        return f"đạt mức {lowfirst(bo.ten_muc(step.ket.muc))}"
    return f"được {so(step.ket.diem)} điểm"


def _cach_tinh(luat: LuatTieuChi) -> str:
    """Per head and capped counts, explained where the amount is named."""
    parts = []
    if luat.chia_cho == ChiaCho.DOAN_VIEN:
        parts.append("tính bình quân đầu đoàn viên, chi đoàn đông không lợi hơn")
    if luat.tran_so is not None:
        parts.append(f"số đếm chỉ tính đến {so(luat.tran_so)}")
    return f" ({'; '.join(parts)})" if parts else ""


def _tu_cham(bo: BoLuat, row: Diem) -> str:
    """A criterion that people judge: what it asks for, and how much is left."""
    if not bo.is_diem:
        return _muc_tot_hon(bo, row)
    left = row.luat.diem_toi_da - (row.diem or 0)
    if left <= 0:
        return ""
    asks = f": {lowfirst(row.luat.mo_ta)}" if row.luat.mo_ta else ""
    return f"còn có thể thêm {so(left)} điểm{asks}."


def _muc_tot_hon(bo: BoLuat, row: Diem) -> str:
    if not row.muc:
        return "cần đánh giá kèm minh chứng."
    place = bo.cac_muc.index(row.muc)
    better = [bac for bac in row.luat.bac if bac.muc and bo.cac_muc.index(bac.muc) < place]
    if not better:
        return ""
    bac = better[0]
    return f"{lowfirst(bac.mo_ta)} thì đạt mức {lowfirst(bo.ten_muc(bac.muc))}."


def _gia_tri(bo: BoLuat, row: Diem) -> Decimal | str | None:
    return row.diem if bo.is_diem else row.muc


def _la_thieu(row: Diem) -> bool:
    is_voluntary = row.luat.is_cong_tru and not row.luat.is_tu_dong
    return row.is_thieu and not is_voluntary
