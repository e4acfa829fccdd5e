"""Which level the facts allow a member (33-HD/TWĐTN-BTC 2019). Arithmetic without the database.

The rules never decide: they say the highest level and why, the conference votes. What is not
known does not lower a level; it is said to be missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

XS, TOT, HT, KHT = "htxs", "htt", "ht", "kht"
MUC = (KHT, HT, TOT, XS)
"""Worst first."""
TEN = {XS: "xuất sắc", TOT: "tốt", HT: "hoàn thành", KHT: "không hoàn thành"}
DANG_VIEN, DUOI_SAU_THANG = "dang_vien", "duoi_6_thang"
CU_TRU = {"tich_cuc": XS, "co": TOT, "khong": HT}
CU_TRU_BANG_CHU = {"co": "có tham gia", "khong": "không tham gia"}


@dataclass(frozen=True)
class Nguong:
    """Thresholds in force: fractions of meetings attended, and months."""

    htxs: tuple[int, int] = (9, 10)
    htt: tuple[int, int] = (8, 10)
    ht: tuple[int, int] = (5, 10)
    du_thang: int = 6
    nghi_om: int = 3
    di_xa: int = 3


@dataclass(frozen=True, kw_only=True)
class SuKien:
    """What is known about a member on the day of the conference.

    `du_hop` of `so_buoi` counts the rolls that bear the name, without the time that a leave
    takes out. `ky_luat` is the highest level that a discipline in force leaves, "" for none.
    """

    so_thang: int
    du_hop: int = 0
    so_buoi: int = 0
    dang_vien: bool = False
    moi_ket_nap: bool = False
    don_vi_cu: str = ""
    ren_luyen: str = ""
    nhiem_vu: str = ""
    hoi_cu_tru: bool = False
    cu_tru: str = ""
    thang_om: int = 0
    ky_luat: str = ""


@dataclass(frozen=True)
class LyDo:
    """Why no more than `muc` is allowed, as a clause: "dự 8/10 = 80%"."""

    muc: str
    cau: str


@dataclass(frozen=True)
class KetLuan:
    """Kết luận: not rated at all, or the highest level with the reasons that lower it."""

    khong_xep: str = ""
    toi_da: str = XS
    ly_do: tuple[LyDo, ...] = ()
    con_thieu: tuple[str, ...] = ()

    @property
    def vi(self) -> str:
        """The reasons of the highest level, in one clause."""
        return "; ".join(row.cau for row in self.ly_do if row.muc == self.toi_da)

    @property
    def cau(self) -> str:
        """ "Tối đa: tốt, vì dự 8/10 = 80%"."""
        if self.khong_xep == DANG_VIEN:
            return "Đảng viên: không xếp loại, chỉ ghi kết quả rèn luyện"
        if self.khong_xep:
            return self.ly_do[0].cau
        return f"Tối đa: {TEN[self.toi_da]}" + (f", vì {self.vi}" if self.vi else "")


def ket_luan(su_kien: SuKien, nguong: Nguong) -> KetLuan:
    """Whether the member is rated, and the highest level that all facts together allow."""
    if su_kien.dang_vien:
        return KetLuan(DANG_VIEN, "")
    is_new = su_kien.so_thang < nguong.du_thang
    if is_new and not su_kien.don_vi_cu:
        return KetLuan(DUOI_SAU_THANG, "", (LyDo("", _chua_du(su_kien, nguong)),))
    reasons = [row for row in _ly_do(su_kien, nguong, is_new=is_new) if row.muc != XS]
    lowest = min((MUC.index(row.muc) for row in reasons), default=len(MUC) - 1)
    return KetLuan("", MUC[lowest], tuple(reasons), tuple(_con_thieu(su_kien)))


def is_vuot(muc: str, toi_da: str) -> bool:
    """Whether a level stands above what is allowed."""
    return bool(muc and toi_da) and MUC.index(muc) > MUC.index(toi_da)


def muc_nhieu_phieu(phieu: tuple[int, int, int, int]) -> str:
    """The level with most votes (given best first); "" when two share the most."""
    most = max(phieu)
    if not most or phieu.count(most) > 1:
        return ""
    return (XS, TOT, HT, KHT)[phieu.index(most)]


def muc_tham_gia(du_hop: int, so_buoi: int, nguong: Nguong) -> str:
    """The level that attendance reaches, compared as fractions; "" without a meeting."""
    if not so_buoi:
        return ""
    for muc, (tu, mau) in ((XS, nguong.htxs), (TOT, nguong.htt), (HT, nguong.ht)):
        if du_hop * mau >= tu * so_buoi:
            return muc
    return KHT


def so_thang_tron(start: date, end: date) -> int:
    """Whole months from one day to another."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(months - (end.day < start.day), 0)


def phan_tram(tu: int, mau: int) -> str:
    """Never rounded up over a threshold: 79,9% stays below 80%."""
    tenths = 1000 * tu // mau
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10},{tenths % 10}%"


def _ly_do(su_kien: SuKien, nguong: Nguong, *, is_new: bool) -> Iterator[LyDo]:
    if is_new:
        yield LyDo(su_kien.don_vi_cu, f"đơn vị cũ nhận xét {TEN[su_kien.don_vi_cu]}")
    if su_kien.ky_luat:
        yield LyDo(su_kien.ky_luat, "đang thi hành kỷ luật")
    attended = muc_tham_gia(su_kien.du_hop, su_kien.so_buoi, nguong)
    if attended:
        rate = phan_tram(su_kien.du_hop, su_kien.so_buoi)
        yield LyDo(attended, f"dự {su_kien.du_hop}/{su_kien.so_buoi} buổi = {rate}")
    if su_kien.ren_luyen:
        yield LyDo(su_kien.ren_luyen, f"rèn luyện {TEN[su_kien.ren_luyen]}")
    if su_kien.nhiem_vu:
        yield LyDo(su_kien.nhiem_vu, f"nhiệm vụ được giao {TEN[su_kien.nhiem_vu]}")
    if su_kien.thang_om >= nguong.nghi_om:
        yield LyDo(HT, f"nghỉ ốm {su_kien.thang_om} tháng")
    if su_kien.hoi_cu_tru and su_kien.cu_tru:
        words = CU_TRU_BANG_CHU.get(su_kien.cu_tru, "")
        yield LyDo(CU_TRU[su_kien.cu_tru], f"{words} sinh hoạt nơi cư trú")


def _con_thieu(su_kien: SuKien) -> Iterator[str]:
    if not su_kien.so_buoi:
        yield "điểm danh"
    if not su_kien.ren_luyen:
        yield "kết quả rèn luyện"
    if su_kien.hoi_cu_tru and not su_kien.cu_tru:
        yield "tham gia nơi cư trú"


def _chua_du(su_kien: SuKien, nguong: Nguong) -> str:
    if su_kien.moi_ket_nap:
        return f"Mới kết nạp, sinh hoạt {su_kien.so_thang} tháng, chưa đủ {nguong.du_thang} tháng"
    return (
        f"Chuyển đến {su_kien.so_thang} tháng, chưa đủ {nguong.du_thang} tháng: xếp loại theo "
        "nhận xét của đơn vị cũ, hiện chưa ghi"
    )
