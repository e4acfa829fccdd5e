"""Long lists are read, judged and entered in the background; their page tells how far they are."""

from django.urls import reverse

from core.errors import RuleError
from core.text.display import so
from doanvien.models import DotNhap
from tochuc.models import CongViec, DonVi
from tochuc.viec_nen import Job, Result, start, viec_nen

from . import services
from .limits import NHIEU_DONG
from .results import Tell
from .workbook import count_rows

DOC = "Đang đọc tệp"


def start_doc_if_long(*, content: bytes, ten_tep: str, don_vi: DonVi, by) -> CongViec | None:
    """Read a long list in the background; None for one that is read at once."""
    count = count_rows(content)
    if count <= NHIEU_DONG:
        return None
    return start(
        doc_danh_sach,
        ten="Đọc và xét danh sách đoàn viên",
        don_vi=don_vi,
        by=by,
        tham_so={"don_vi": don_vi.pk, "ten_tep": ten_tep},
        tep_vao=content,
    )


def start_chon_cot(*, dot_nhap: DotNhap, so_dong: int, cot: dict, chi_doan, by) -> CongViec:
    """Judge a long list in another layout in the background."""
    tham_so = {"dot_nhap": dot_nhap.pk, "so_dong": so_dong, "cot": cot}
    return start(
        chon_cot,
        ten="Xét danh sách theo cột đã chọn",
        don_vi=dot_nhap.don_vi,
        by=by,
        tham_so=tham_so | {"chi_doan": chi_doan.pk if chi_doan else None},
    )


def start_ghi(*, dot_nhap: DotNhap, so_them: int, so_cap_nhat: int, by) -> CongViec:
    """Enter a long list in the background."""
    return start(
        ghi_vao_so,
        ten="Ghi danh sách đoàn viên vào sổ",
        don_vi=dot_nhap.don_vi,
        by=by,
        tham_so={"dot_nhap": dot_nhap.pk, "so_them": so_them, "so_cap_nhat": so_cap_nhat},
    )


@viec_nen
def doc_danh_sach(job: Job, *, don_vi: int, ten_tep: str) -> Result:
    """Read and judge the list that was handed in; nothing goes into the register."""
    try:
        content = job.tep_vao()
        job.progress(0, 0, DOC)
        dot_nhap = services.preview_nhap(
            content=content,
            ten_tep=ten_tep,
            don_vi=DonVi.objects.get(pk=don_vi),
            by=job.by,
            tell=_tell(job),
        )
    except services.AlreadyImported as known:
        return Result(str(known), known.dot_nhap.get_absolute_url(), is_hong=True)
    except RuleError as refusal:
        return Result(str(refusal), reverse("doanvien:nhap_upload"), is_hong=True)
    return _da_xet(dot_nhap)


@viec_nen
def chon_cot(job: Job, *, dot_nhap: int, so_dong: int, cot: dict, chi_doan: int | None) -> Result:
    """Judge a kept list with the columns that were chosen."""
    kept = _kept(dot_nhap)
    if kept is None:
        return _bi_bo()
    ca_tep = DonVi.objects.get(pk=chi_doan).ten_day_du if chi_doan else ""
    try:
        found = services.map_nhap(
            dot_nhap=kept, so_dong=so_dong, cot=cot, ca_tep=ca_tep, by=job.by, tell=_tell(job)
        )
    except RuleError as refusal:
        return Result(str(refusal), kept.get_absolute_url(), is_hong=True)
    return _da_xet(found)


@viec_nen
def ghi_vao_so(job: Job, *, dot_nhap: int, so_them: int, so_cap_nhat: int) -> Result:
    """Enter every row in one transaction; broken off, nothing is entered."""
    kept = _kept(dot_nhap)
    if kept is None:
        return _bi_bo()
    try:
        services.confirm_nhap(
            dot_nhap=kept,
            expected_count=so_them,
            expected_updates=so_cap_nhat,
            by=job.by,
            tell=_tell(job),
        )
    except RuleError as refusal:
        return Result(str(refusal), kept.get_absolute_url(), is_hong=True)
    updated = f", cập nhật {so(so_cap_nhat)}" if so_cap_nhat else ""
    return Result(f"Đã nhập {so(so_them)}{updated} đồng chí vào sổ.", kept.get_absolute_url())


def _tell(job: Job) -> Tell:
    return lambda what, done, total: job.progress(done, total, what)


def _kept(pk: int) -> DotNhap | None:
    return DotNhap.objects.filter(pk=pk).first()


def _bi_bo() -> Result:
    sentence = f"Lần xem trước này đã bị bỏ. {services.LOOK_AGAIN}"
    return Result(sentence, reverse("doanvien:nhap_upload"), is_hong=True)


def _da_xet(dot_nhap: DotNhap) -> Result:
    if dot_nhap.is_cho_cot:
        return Result("Đã đọc tệp. Chọn cột của tệp để xét tiếp.", dot_nhap.get_absolute_url())
    return Result(f"Đã xét {so(dot_nhap.so_dong)} dòng.", dot_nhap.get_absolute_url())
