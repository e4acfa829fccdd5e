"""What goes along when units are reorganised: groups at work, places in them and proposals for
them, open cases."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from chidoan.sap_xep.di_theo import DiTheo, PhamVi
from tochuc.so_thay_doi import SoThayDoi
from tudưong.models import DeXuatVaoTo, HoSo, ThanhVienTo, ToTuDuong
from tudưong.models.ho_so import KET_THUC

_MO = ~Q(trang_thai__in=KET_THUC)


@dataclass(frozen=True)
class HoSoDiTheo(DiTheo):
    """Cases of a ward; one whose code the new ward has already gets that code with a number."""

    def ap_dung(self, pham_vi: PhamVi, so: SoThayDoi) -> int:
        codes = _doi_ma(pham_vi)
        old = HoSo.objects.filter(pk__in=codes).values_list("pk", "ma")
        so.sua_tung(HoSo, [(pk, {"ma": ma}, {"ma": codes[pk]}) for pk, ma in old])
        return super().ap_dung(pham_vi, so)


def _doi_ma(pham_vi: PhamVi) -> dict[int, str]:
    """New codes of the cases that would be the second of their code at the unit they go to: free
    there, and where they stand until they go."""
    moving = HoSo.objects.filter(_MO, don_vi__in=pham_vi.nguon).order_by("pk")
    rows = [
        (pk, ma, ward, pham_vi.den(ward, chi_doan=branch))
        for pk, ma, ward, branch in moving.values_list("pk", "ma", "don_vi", "chi_doan")
    ]
    taken = _cac_ma({unit for *_, ward, target in rows for unit in (ward, target)})
    own = {ward: set(codes) for ward, codes in taken.items()}
    found = {}
    for pk, ma, ward, target in rows:
        if target in (None, ward):
            continue
        code, number = ma, 1
        while code in taken[target] or (code != ma and code in own[ward]):
            number += 1
            code = f"{ma}-{number}"
        taken[target].add(code)
        if code != ma:
            found[pk] = code
    return found


def _cac_ma(wards: set[int | None]) -> dict[int, set[str]]:
    """The codes that cases of each of the wards have. One query."""
    found = defaultdict(set)
    for ward, ma in HoSo.objects.filter(don_vi__in=wards - {None}).values_list("don_vi", "ma"):
        found[ward].add(ma)
    return found


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
        "Đề xuất vào tổ tu dưỡng đang chờ xét",
        DeXuatVaoTo,
        "chi_doan",
        lambda _: Q(trang_thai=DeXuatVaoTo.TrangThai.CHO),
        "doan_vien",
    ),
    DiTheo(
        "Tổ tu dưỡng đang hoạt động",
        ToTuDuong,
        "don_vi",
        lambda day: Q(ket_thuc__isnull=True) | Q(ket_thuc__gte=day),
    ),
    HoSoDiTheo(
        "Hồ sơ giới thiệu đang làm, theo Đoàn cơ sở",
        HoSo,
        "don_vi",
        lambda _: _MO,
        theo="chi_doan",
    ),
)


def can_tro(_pham_vi: PhamVi):
    return ()


def con_do(pham_vi: PhamVi):
    """Cases whose code is taken at the unit that they go to, and the code that they get."""
    codes = _doi_ma(pham_vi)
    cases = HoSo.objects.filter(pk__in=codes).select_related("don_vi").order_by("don_vi", "ma")
    for case in cases:
        yield (
            f"Hồ sơ {case.ma} của {case.don_vi} trùng mã với một hồ sơ ở đơn vị nhận, nên từ ngày "
            f"ấy mang mã {codes[case.pk]}. Tìm mã cũ vẫn ra cả hai."
        )
