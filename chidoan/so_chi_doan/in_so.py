"""Printing a whole book: longer than one waits for a page, so it runs in the background."""

from core.pdf import Paper, render_pdf
from core.text.numbers import file_name
from tochuc.models import DonVi, VanBan
from tochuc.van_ban import find_issued, issue, new_code
from tochuc.viec_nen import Job, Result, viec_nen

from .bang import NamSo
from .so import pages, so_cua, with_code

LOAI = "SCD"


@viec_nen
def print_so(job: Job, *, don_vi: int, nam: int) -> Result:
    """Issue the book of a unit and year with its check code; the same content is the same paper."""
    nam_so = NamSo(DonVi.objects.get(pk=don_vi), nam)
    so = so_cua(nam_so)
    job.progress(0, 3)
    papers = pages(nam_so, so.bang)
    job.progress(1, 3)
    known = find_issued(target=nam_so.don_vi, loai=LOAI, noi_dung=papers)
    van_ban = known or _issue(nam_so, papers, job)
    name = file_name(LOAI, nam, nam_so.don_vi.ten_day_du)
    job.file(name).write_bytes(bytes(van_ban.tep))
    return Result(f"{so.ten} năm {nam} gồm {len(papers)} bảng.")


def _issue(nam_so: NamSo, papers: list[Paper], job: Job) -> VanBan:
    """Laid out before the register is touched: nobody waits for it."""
    title = f"{so_cua(nam_so).ten} năm {nam_so.nam}"
    code = new_code()
    content = render_pdf(with_code(papers, code), title=title)
    job.progress(2, 3)
    return issue(
        target=nam_so.don_vi,
        don_vi=nam_so.don_vi,
        loai=LOAI,
        ngay=nam_so.den,
        tieu_de=title,
        noi_dung=papers,
        render=lambda *_: content,
        by=job.by,
        co_so=False,
        ma=code,
    )
