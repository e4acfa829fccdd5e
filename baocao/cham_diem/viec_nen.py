"""The trial of a set on thousands of units, in the background: what it finds is a workbook."""

from baocao.models import BoTieuChi
from core.text.display import so
from core.xlsx import Sheet, save_workbook
from tochuc.models import CongViec, DonVi
from tochuc.viec_nen import Job, Result, start, viec_nen

from .bo import luat_cua
from .xem_thu import NHAN_FILE, BangThu, file_rows, xem_thu

LAM_NGAY = 300
"""Up to so many units are tried while one waits."""
TEN_TEP = "xem-thu.xlsx"
NHAN_PHAN_BO = ["Mức", "Bộ này", "Đang áp dụng"]


def start_xem_thu(*, bo: BoTieuChi, goc: DonVi, nam: int, by) -> CongViec:
    """Put the trial into the queue."""
    return start(
        xem_thu_nen,
        ten=f"Xem thử năm {nam}: {bo}",
        don_vi=goc,
        by=by,
        tham_so={"bo": bo.pk, "goc": goc.pk, "nam": nam},
    )


@viec_nen
def xem_thu_nen(job: Job, *, bo: int, goc: int, nam: int) -> Result:
    row = BoTieuChi.objects.get(pk=bo)
    job.progress(0, 0, "Đang đọc sổ của các đơn vị")
    bang = xem_thu(luat_cua(row), DonVi.objects.get(pk=goc), nam, tien_do=job.progress)
    with job.file(TEN_TEP).open("wb") as file:
        save_workbook(
            [
                Sheet("Phân bố", NHAN_PHAN_BO, map(list, bang.phan_bo)),
                Sheet("Từng đơn vị", list(NHAN_FILE), file_rows(bang)),
            ],
            file,
        )
    return Result(_cau(bang), row.get_absolute_url())


def _cau(bang: BangThu) -> str:
    total = so(len(bang.dong))
    if bang.hien_nay is None:
        return f"Đã tính thử {total} đơn vị."
    return f"{so(bang.so_khac)}/{total} đơn vị khác mức của bộ đang áp dụng."
