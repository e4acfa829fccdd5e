"""Dẫn chứng: rows that the sentences of a report speak of and that no indicator counts.

In no appendix; counted and opened as indicators are, so that the number in a sentence is the
number of rows that open.
"""

from datetime import date, timedelta

from django.db.models import F, OuterRef, Q, Subquery, Sum

from chidoan.models import (
    BuoiSinhHoat,
    CuocKiemTra,
    HoatDong,
    LopTapHuan,
    NghiQuyet,
    ThamMuu,
)
from doanvien.models import NguyenVong, PhieuThu
from tochuc.permissions import Quyen

from . import nguon as n
from .khai_bao import ChiTieu, Kieu, Nguon, ThoiKy


def ky_sau(tk: ThoiKy) -> tuple[date, date]:
    """From the day after the last one that is counted to the end of the next period."""
    return tk.den + timedelta(days=1), tk.ky.next.end


def _chua_xong(tk: ThoiKy) -> Q:
    """Resolved by the day and not finished on it, whatever became of it later."""
    on_day = Q(ket_thuc_ngay__isnull=True) | Q(ket_thuc_ngay__gt=tk.den)
    return on_day & Q(buoi__ngay__lte=tk.den)


def _cham_nop(tk: ThoiKy):
    """Branches with dues that were taken before the period and not handed on by the day."""
    waiting = Q(nop__isnull=True) | Q(nop__ngay__gt=tk.den)
    receipts = PhieuThu.objects.filter(
        waiting, don_vi=OuterRef("pk"), loai=PhieuThu.Loai.DOAN_PHI, ngay__lt=tk.ky.start
    )
    owed = receipts.order_by().values("don_vi").annotate(cong=Sum("tong")).values("cong")
    return n.CHI_DOAN.rows(tk).annotate(chua_nop=Subquery(owed)).filter(chua_nop__gt=0)


def _cho_cap_tren(tk: ThoiKy):
    """Hopes that went up to the Party committee or an authority and are open on the day."""
    still = Q(ngay_xong__isnull=True) | Q(ngay_xong__gt=tk.den)
    place = NguyenVong.NoiGiaiQuyet.CAP_UY
    return NguyenVong.objects.filter(still, noi_giai_quyet=place, ngay__lte=tk.den)


def _tham_muu_cho(tk: ThoiKy):
    still = Q(ngay_tra_loi__isnull=True) | Q(ngay_tra_loi__gt=tk.den)
    return ThamMuu.objects.filter(still, ngay__lte=tk.den)


def _sap_lam(tk: ThoiKy):
    first, last = ky_sau(tk)
    rows = HoatDong.objects.with_tham_gia().annotate(luot=F("so_nguoi"), tien=F("gia_tri"))
    return rows.filter(
        trang_thai=HoatDong.TrangThai.DANG_LAM, den_ngay__gte=first, tu_ngay__lte=last
    )


def _lop_sap_mo(tk: ThoiKy):
    return LopTapHuan.objects.chua_huy().filter(tu_ngay__range=ky_sau(tk))


def _kiem_tra_sap_toi(tk: ThoiKy):
    return CuocKiemTra.objects.cho_tien_hanh().filter(han__range=ky_sau(tk))


def _nghi_quyet_den_han(tk: ThoiKy):
    return NghiQuyet.objects.filter(_chua_xong(tk), han__range=ky_sau(tk))


_TAI_DON_VI = "don_vi__path"
NGHI_QUYET_XONG = Nguon(
    ma="nghi_quyet_xong",
    rows=lambda _: NghiQuyet.objects.filter(trang_thai=NghiQuyet.TrangThai.XONG),
    ngay="ket_thuc_ngay",
)
NGHI_QUYET_QUA_HAN = Nguon(
    ma="nghi_quyet_qua_han",
    rows=lambda tk: NghiQuyet.objects.filter(_chua_xong(tk), han__lt=tk.den),
)
NGHI_QUYET_DEN_HAN = Nguon(ma="nghi_quyet_den_han", rows=_nghi_quyet_den_han)
CHAM_NOP = Nguon(ma="cham_nop", rows=_cham_nop, path="path", kem=n.chi_doan_mo)
CHO_CAP_TREN = Nguon(ma="cho_cap_tren", rows=_cho_cap_tren)
THAM_MUU_CHO = Nguon(ma="tham_muu_cho", rows=_tham_muu_cho, path=_TAI_DON_VI)
SAP_LAM = Nguon(ma="sap_lam", rows=_sap_lam, path=_TAI_DON_VI)
LOP_SAP_MO = Nguon(ma="lop_sap_mo", rows=_lop_sap_mo, path=_TAI_DON_VI)
KIEM_TRA_SAP_TOI = Nguon(ma="kiem_tra_sap_toi", rows=_kiem_tra_sap_toi, path=_TAI_DON_VI)


def _dem(ma, ten, don_vi_tinh, nguon, tu=lambda _: Q(), **them) -> ChiTieu:
    kieu = Kieu.FLOW if nguon.ngay else Kieu.STOCK
    return ChiTieu(
        ma=ma, ten=ten, don_vi_tinh=don_vi_tinh, nhom="", kieu=kieu, nguon=nguon, tu=tu, **them
    )


_B = BuoiSinhHoat.Loai
HOAT_DONG_THEO_LOAI = tuple(
    _dem(
        f"hd_{loai.value}",
        loai.label,
        "hoạt động",
        n.HOAT_DONG,
        lambda _, loai=loai: Q(loai=loai),
    )
    for loai in HoatDong.Loai
)
"""Opened by their kind; counted with what they come to in a statement of their own."""
DEM_RIENG = (
    _dem(
        "buoi_chuyen_de",
        "Buổi sinh hoạt chuyên đề, chủ điểm",
        "buổi",
        n.BUOI,
        lambda _: Q(loai__in=(_B.CHUYEN_DE, _B.CHU_DIEM)),
    ),
    _dem(
        "buoi_voi_chi_bo",
        "Buổi sinh hoạt cùng chi bộ",
        "buổi",
        n.BUOI,
        lambda _: Q(loai=_B.VOI_CHI_BO),
    ),
    *(
        _dem(
            f"nguyen_vong_{field.value}",
            f"Nguyện vọng về {field.label.lower()}",
            "nguyện vọng",
            n.NGUYEN_VONG,
            lambda _, field=field: Q(linh_vuc=field),
            quyen_mo=Quyen.XEM_NGUYEN_VONG,
        )
        for field in NguyenVong.LinhVuc
    ),
    _dem(
        "nguyen_vong_cho_cap_tren",
        "Nguyện vọng đã chuyển cấp ủy, chính quyền, chưa giải quyết xong",
        "nguyện vọng",
        CHO_CAP_TREN,
        quyen_mo=Quyen.XEM_NGUYEN_VONG,
    ),
    _dem(
        "luot_dong_doan_phi",
        "Lượt tháng đoàn phí đã thu",
        "lượt",
        n.DOAN_PHI,
        quyen_mo=Quyen.XEM_DOAN_PHI,
    ),
    _dem(
        "lan_nop_doan_phi",
        "Lần chi đoàn trích nộp đoàn phí",
        "lần",
        n.NOP_DOAN_PHI,
        quyen_mo=Quyen.XEM_DOAN_PHI,
    ),
    _dem(
        "chi_doan_chua_hop",
        "Chi đoàn chưa ghi buổi sinh hoạt nào trong kỳ",
        "chi đoàn",
        n.CHI_DOAN,
        lambda _: Q(co_buoi=False),
    ),
    _dem(
        "chi_doan_hop_thieu",
        "Chi đoàn họp chưa đủ số buổi phải họp",
        "chi đoàn",
        n.CHI_DOAN,
        lambda _: Q(co_buoi=True, bo_buoi=True),
    ),
    _dem(
        "chi_doan_cham_nop",
        "Chi đoàn chưa trích nộp đoàn phí thu từ kỳ trước",
        "chi đoàn",
        CHAM_NOP,
    ),
    _dem("nghi_quyet_xong", "Nghị quyết chi đoàn làm xong", "nghị quyết", NGHI_QUYET_XONG),
    _dem("nghi_quyet_qua_han", "Nghị quyết quá hạn chưa xong", "nghị quyết", NGHI_QUYET_QUA_HAN),
    _dem("nghi_quyet_den_han", "Nghị quyết đến hạn kỳ tới", "nghị quyết", NGHI_QUYET_DEN_HAN),
    _dem("tham_muu_cho", "Nội dung tham mưu chưa được trả lời", "nội dung", THAM_MUU_CHO),
    _dem("hoat_dong_sap_toi", "Hoạt động làm tiếp trong kỳ tới", "hoạt động", SAP_LAM),
    _dem("lop_sap_toi", "Lớp tập huấn mở trong kỳ tới", "lớp", LOP_SAP_MO),
    _dem("kiem_tra_sap_toi", "Cuộc kiểm tra, giám sát kỳ tới", "cuộc", KIEM_TRA_SAP_TOI),
)
DAN_CHUNG: tuple[ChiTieu, ...] = (*HOAT_DONG_THEO_LOAI, *DEM_RIENG)
