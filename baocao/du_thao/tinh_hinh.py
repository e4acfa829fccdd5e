"""Tình hình thanh niên, dư luận: what members hope for; the mood is the writer's to tell."""

from doanvien.models import NguyenVong

from .cau import Cau, NhapMuc, chu_so, doan, nhap
from .doc import SoDoc


def tinh_hinh(doc: SoDoc) -> NhapMuc:
    return nhap(
        doan("", _nguyen_vong(doc), _da_giai_quyet(doc)),
        goi_y=[
            Cau(
                "Viết thêm: tư tưởng, việc làm, đời sống của thanh niên trong kỳ; việc gì thanh "
                "niên đang quan tâm, dư luận ra sao"
            )
        ],
    )


def _nguyen_vong(doc: SoDoc) -> Cau | None:
    total = doc.so("nguyen_vong")
    if not total:
        return None
    fields = [(field, f"nguyen_vong_{field.value}") for field in NguyenVong.LinhVuc]
    fields = [(field, ma) for field, ma in fields if doc.so(ma)]
    fields.sort(key=lambda pair: -doc.so(pair[1]))
    about = ", ".join(f"{field.label.lower()} ({chu_so(doc.so(ma))})" for field, ma in fields)
    return Cau(
        f"{doc.cac_chi_doan} ghi nhận {chu_so(total)} tâm tư, nguyện vọng của đoàn viên, thanh "
        f"niên về: {about}",
        (doc.dan("nguyen_vong"), *(doc.dan(ma) for _, ma in fields)),
    )


def _da_giai_quyet(doc: SoDoc) -> Cau | None:
    return doc.cau("nguyen_vong_da_giai_quyet", "{n} nguyện vọng được giải quyết trong kỳ")
