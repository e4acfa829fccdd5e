"""The hand-over as one archive: the minutes, the roster as a workbook, the last meetings."""

from zipfile import ZIP_DEFLATED, ZipFile

from chidoan.giay_to.bien_ban import LOAI as LOAI_BUOI
from chidoan.giay_to.bien_ban import preview_bien_ban as preview_buoi
from chidoan.models import BanGiao
from core.text.numbers import file_name
from core.xlsx import Sheet, write_workbook
from tochuc.models import VanBan
from tochuc.viec_nen import Job, Result, viec_nen

from .giay_to import LOAI, preview_bien_ban
from .phan import Phan, cac_phan
from .so_lieu import buoi_gan_nhat


@viec_nen
def dong_goi(job: Job, *, ban_giao: int) -> Result:
    """What is signed when it is signed; else the minutes as they stand."""
    row = BanGiao.objects.visible_to(job.by).cho_trang().get(pk=ban_giao)
    meetings = buoi_gan_nhat(row.don_vi, row.ngay)
    total = 2 + len(meetings)
    name = file_name("ban-giao", row.don_vi.ten_day_du, day=row.ngay, ext="zip")
    with ZipFile(job.file(name), "w", ZIP_DEFLATED) as package:
        package.writestr("bien-ban-ban-giao.pdf", _minutes(row))
        job.progress(1, total)
        package.writestr("so-lieu-ban-giao.xlsx", _workbook(row))
        job.progress(2, total)
        for done, buoi in enumerate(meetings, start=3):
            package.writestr(f"bien-ban-sinh-hoat-{buoi.ngay:%Y-%m-%d}.pdf", _meeting(buoi))
            job.progress(done, total)
    return Result(
        f"Biên bản bàn giao, danh sách Excel và {len(meetings)} biên bản sinh hoạt.",
        row.get_absolute_url(),
    )


def _minutes(row: BanGiao) -> bytes:
    paper = VanBan.objects.issued(row, LOAI)
    return bytes(paper.tep) if paper else preview_bien_ban(row)


def _meeting(buoi) -> bytes:
    paper = VanBan.objects.issued(buoi, LOAI_BUOI)
    return bytes(paper.tep) if paper else preview_buoi(buoi)


def _workbook(row: BanGiao) -> bytes:
    parts = [part for part in cac_phan(row.don_vi, row.ngay) if not part.is_trong]
    return write_workbook([_sheet(part) for part in parts])


def _sheet(part: Phan) -> Sheet:
    """A table as it stands; sentences one below the other."""
    if part.dong:
        labels, rows = [cot.ten for cot in part.cot], [_cells(line) for line in part.dong]
    else:
        labels, rows = ["Nội dung"], [[line] for line in part.cau]
    columns = zip(labels, *rows, strict=True)
    widths = tuple(max(len(str(value)) for value in column) for column in columns)
    return Sheet(part.ten[:31], labels, rows, widths=widths)


def _cells(line: tuple[str, ...]) -> list:
    """Years and numbers in order as numbers, so that Excel does not mark them."""
    return [int(value) if value.isdecimal() else value for value in line]
