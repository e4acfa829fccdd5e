"""Certificates of a whole class are made in the background: their page tells how far it is."""

from chidoan.models import HocVien, LopTapHuan
from chidoan.noi_cap import NoiCap
from core.errors import RuleError
from core.pdf import render_pdf
from core.text.display import so
from tochuc.audit import record
from tochuc.models import CongViec, VanBan
from tochuc.viec_nen import Job, Result, start, viec_nen

from .giay_to import CHUNG_NHAN, TIEU_DE_GCN, chung_nhan, noi_cap_giay
from .services import cap_giay
from .services.khoa import check_cap_giay

TEN_TEP = "giay-chung-nhan.pdf"


def start_cap_giay(*, lop: LopTapHuan, by) -> CongViec:
    """Put all certificates of a finished class into the queue. Refused when nobody has passed."""
    check_cap_giay(lop, by)
    if not lop.is_xong:
        raise RuleError("Kết thúc lớp trước, rồi mới cấp giấy chứng nhận.")
    if not lop.hoc_vien.dang_ky().dat().exists():
        raise RuleError("Lớp chưa có ai đạt.")
    return start(
        cap_giay_ca_lop,
        ten="Cấp giấy chứng nhận tập huấn",
        don_vi=noi_cap_giay(lop).don_vi,
        by=by,
        tham_so={"lop": lop.pk},
    )


@viec_nen
def cap_giay_ca_lop(job: Job, *, lop: int) -> Result:
    """A certificate for each who passed, those given before included, and all in one file."""
    rows = list(HocVien.objects.filter(lop=lop).dang_ky().dat().cho_trang())
    had = VanBan.objects.newest_by_target(HocVien, [row.pk for row in rows], CHUNG_NHAN)
    sheets = []
    for number, row in enumerate(rows):
        job.progress(number, len(rows), "Đang cấp giấy")
        paper = cap_giay(hoc_vien=row, by=job.by)
        noi = NoiCap(paper.don_vi, paper.ngay)
        sheets.append(chung_nhan(row, paper.so_ky_hieu, paper.ma_kiem_tra, noi))
    job.progress(len(rows), len(rows), "Đang gộp thành một tệp")
    job.file(TEN_TEP).write_bytes(render_pdf(sheets, title=TIEU_DE_GCN))
    record(
        by=job.by,
        hanh_dong="lop_tap_huan.issue",
        target=LopTapHuan.objects.get(pk=lop),
        so_nguoi=len(rows) - len(had),
    )
    return Result(f"Đã cấp {so(len(rows) - len(had))} giấy mới; tệp có {so(len(rows))} giấy.")
