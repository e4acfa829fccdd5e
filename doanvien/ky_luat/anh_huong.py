"""What a disciplinary form does to ratings. Source: 33-HD/TWĐTN-BTC 2019; no database here."""

from doanvien.models import KyLuat, XepLoai

HT = KyLuat.HinhThuc
MUC = XepLoai.Muc
_TU_CANH_CAO = frozenset({HT.CANH_CAO, HT.CACH_CHUC, HT.KHAI_TRU})


def muc_toi_da(hinh_thuc: str) -> str:
    """The highest rating that a member under this form may get in the year.

    Cảnh cáo or more: "không hoàn thành nhiệm vụ". Khiển trách sets no limit of its own: the
    guidance names none; the best level stays open.
    """
    return MUC.KHONG_HOAN_THANH if hinh_thuc in _TU_CANH_CAO else MUC.XUAT_SAC
