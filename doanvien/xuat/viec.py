"""Long files are made in the background: their page tells how far they are."""

from collections.abc import Iterable, Iterator

from django.http import QueryDict

from core.periods import read_day
from core.text.display import so
from core.xlsx import Sheet, save_workbook
from doanvien.models import DoanVien
from doanvien.tables import cot_chon, doan_vien_table
from doanvien.tuoi import MocTuoi
from tochuc.quy_dinh import gia_tri
from tochuc.viec_nen import Job, Result, viec_nen

from .hang import people_of, reads, rows_for
from .mau_quoc_gia import write

DAI = 5_000
"""From so many people on a file is made in the background."""
STEP = 500


@viec_nen
def xuat_quoc_gia(job: Job, *, query: str, day_du: bool) -> Result:
    """The register in the layout of the national software."""
    rows = rows_for(job.by, QueryDict(query))
    tong = rows.count()
    with job.file("DSDV.xlsx").open("wb") as file:
        write(
            file,
            don_vi=job.cong_viec.don_vi.ten_day_du,
            people=_told(job, people_of(rows), tong),
            duoc_doc=reads(job.by) if day_du else None,
            tong=tong,
        )
    return Result(f"Đã xuất {so(tong)} đồng chí theo mẫu phần mềm quốc gia.")


@viec_nen
def xuat_danh_sach(job: Job, *, query: str, is_contact: bool) -> Result:
    """The list page as a workbook."""
    params = QueryDict(query)
    rows = rows_for(job.by, params)
    tong, day = rows.count(), read_day(params.get("ngay"))
    moc = MocTuoi(day, gia_tri("tuoi_truong_thanh", ngay=day, don_vi=job.by.don_vi))
    table = doan_vien_table(moc, is_contact=is_contact, chon=cot_chon(params))
    people = _told(job, rows.iterator(STEP), tong)
    with job.file("doan-vien.xlsx").open("wb") as file:
        save_workbook([Sheet(table.name, table.labels, table.file_rows(people))], file)
    return Result(f"Đã xuất {so(tong)} đồng chí.")


def _told(job: Job, people: Iterable[DoanVien], tong: int) -> Iterator[DoanVien]:
    for number, doan_vien in enumerate(people):
        if number % STEP == 0:
            job.progress(number, tong)
        yield doan_vien
