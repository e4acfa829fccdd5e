"""What goes along when units are reorganised: groups at work, places in them, open cases."""

from django.db.models import Q

from chidoan.sap_xep.di_theo import DiTheo, PhamVi
from tudưong.models import HoSo, ThanhVienTo, ToTuDuong
from tudưong.models.ho_so import KET_THUC

_MO = ~Q(trang_thai__in=KET_THUC)

DI_THEO = (
    DiTheo(
        "Hồ sơ giới thiệu đang làm, theo chi đoàn",
        HoSo,
        "chi_doan",
        lambda _: _MO,
        "doan_vien",
    ),
    DiTheo(
        "Thành viên tổ tu dưỡng",
        ThanhVienTo,
        "chi_doan",
        lambda day: Q(den_ngay__isnull=True) | Q(den_ngay__gte=day),
        "doan_vien",
    ),
    DiTheo(
        "Tổ tu dưỡng đang hoạt động",
        ToTuDuong,
        "don_vi",
        lambda day: Q(ket_thuc__isnull=True) | Q(ket_thuc__gte=day),
    ),
    DiTheo("Hồ sơ giới thiệu đang làm, theo Đoàn cơ sở", HoSo, "don_vi", lambda _: _MO),
)


def can_tro(pham_vi: PhamVi):
    """Cases of two wards that become one must not have one code."""
    moving = HoSo.objects.filter(_MO, don_vi__in=pham_vi.ket_thuc).select_related("don_vi")
    seen = {}
    for case in moving.order_by("pk"):
        target = pham_vi.den(case.don_vi_id)
        if target is None:
            continue
        taken = seen.setdefault(
            target, set(HoSo.objects.filter(don_vi=target).values_list("ma", flat=True))
        )
        if case.ma in taken:
            yield (
                f"Hồ sơ {case.ma} của {case.don_vi} trùng mã với một hồ sơ đang làm ở đơn vị nhận. "
                "Hoàn thành một trong hai hồ sơ trước."
            )
        taken.add(case.ma)


def con_do(_pham_vi: PhamVi):
    return ()
