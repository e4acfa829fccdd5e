"""What reports say when units are reorganised: closed ones forbid an earlier day."""

from baocao.models import BaoCao, DongCham, DotCham
from chidoan.sap_xep.di_theo import PhamVi
from core.text.display import ngay as show_day

DI_THEO = ()


def can_tro(pham_vi: PhamVi):
    """A report that was handed in counted the units as they were: the day comes after it."""
    units = pham_vi.tren | pham_vi.nguon
    closed = BaoCao.objects.filter(don_vi__in=units, den_ngay__gte=pham_vi.ngay)
    closed = closed.exclude(trang_thai__in=BaoCao.DANG_SUA).select_related("don_vi")
    for report in closed.order_by("-den_ngay", "pk")[:3]:
        yield (
            f"{report} của {report.don_vi} đã nộp, số liệu đến ngày {show_day(report.den_ngay)}. "
            "Chọn ngày có hiệu lực sau ngày ấy, hoặc nhờ cấp trên trả lại báo cáo."
        )


def con_do(pham_vi: PhamVi):
    """Reports of ended units that are still being written, and rounds that score them: both stay,
    and are to be brought to their end."""
    yield from _dot_cham(pham_vi)
    open_ones = BaoCao.objects.filter(don_vi__in=pham_vi.ket_thuc, trang_thai__in=BaoCao.DANG_SUA)
    for report in open_ones.select_related("don_vi").order_by("den_ngay", "pk"):
        yield f"{report} của {report.don_vi} chưa nộp; nộp trước ngày có hiệu lực."


def _dot_cham(pham_vi: PhamVi):
    """A round keeps the units of its day: who took over goes on with the line of an ended one."""
    lines = DongCham.objects.filter(
        don_vi__in=pham_vi.ket_thuc, dot__trang_thai__in=DotCham.DANG_MO
    )
    for line in lines.select_related("dot").order_by("dot", "pk"):
        yield (f"«{line.dot}» đang chấm {line}; đơn vị nhận làm tiếp, hoặc chốt trước ngày ấy.")
