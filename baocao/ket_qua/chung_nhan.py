"""Certificates of units at the best level: one for each, or all in one file."""

from django.db import transaction

from baocao.dot_cham.quy_tac import luat_cua
from baocao.models import DongKetQua, QuyetDinhKetQua
from core.errors import RuleError
from core.pdf import render_pdf
from core.text.display import so
from tochuc.audit import record
from tochuc.models import CongViec, VanBan
from tochuc.the_thuc import issue_paper
from tochuc.viec_nen import Job, Result, start, viec_nen

from .giay_to import CHUNG_NHAN, TIEU_DE_GCN, chung_nhan

TEN_TEP = "giay-chung-nhan.pdf"


def xuat_sac(quyet_dinh: QuyetDinhKetQua):
    """Units that the decision puts at the best level of their scale."""
    best = luat_cua(quyet_dinh.dot).cac_muc[0]
    return quyet_dinh.dong.cua_to_chuc().filter(muc=best)


def is_xuat_sac(dong: DongKetQua) -> bool:
    """Whether the line is a unit's at the best level; committees get no certificate."""
    dot = dong.quyet_dinh.dot
    return dong.doi_tuong == dot.doi_tuong and dong.muc == luat_cua(dot).cac_muc[0]


@transaction.atomic
def issue_chung_nhan(*, dong: DongKetQua, by) -> VanBan:
    """One unit's certificate, with a number of its own; given already, it stays what it is.

    Refused once the decision was cancelled, and for a unit that is not at the best level.
    """
    decision = dong.quyet_dinh
    rows = QuyetDinhKetQua.objects.select_for_update(of=("self",)).con_hieu_luc()
    if not rows.filter(pk=decision.pk).exists():
        raise RuleError("Quyết định đã hủy, không cấp giấy chứng nhận.")
    if not is_xuat_sac(dong):
        raise RuleError(f"{dong.dong.ten} không ở mức cao nhất, không cấp giấy chứng nhận.")
    return issue_paper(
        lambda so, ma: chung_nhan(dong, so, ma),
        target=dong,
        don_vi=decision.don_vi,
        loai=CHUNG_NHAN,
        ngay=decision.ngay,
        title=TIEU_DE_GCN,
        by=by,
    )


def start_chung_nhan(*, quyet_dinh: QuyetDinhKetQua, by) -> CongViec:
    """Put all certificates of a decision into the queue."""
    return start(
        cap_chung_nhan,
        ten="Cấp giấy chứng nhận kết quả xếp loại",
        don_vi=quyet_dinh.don_vi,
        by=by,
        tham_so={"quyet_dinh": quyet_dinh.pk},
    )


@viec_nen
def cap_chung_nhan(job: Job, *, quyet_dinh: int) -> Result:
    """A certificate for each, those given before included, and all in one file."""
    rows = QuyetDinhKetQua.objects.select_related("don_vi", "dot__don_vi", "dot__bo")
    decision = rows.get(pk=quyet_dinh)
    lines = list(xuat_sac(decision).select_related("dong", "don_vi"))
    had = VanBan.objects.newest_by_target(DongKetQua, [row.pk for row in lines], CHUNG_NHAN)
    sheets = []
    for number, line in enumerate(lines):
        job.progress(number, len(lines), "Đang cấp giấy")
        line.quyet_dinh = decision
        paper = had.get(line.pk) or issue_chung_nhan(dong=line, by=job.by)
        sheets.append(chung_nhan(line, paper.so_ky_hieu, paper.ma_kiem_tra))
    job.progress(len(lines), len(lines), "Đang gộp thành một tệp")
    job.file(TEN_TEP).write_bytes(render_pdf(sheets, title=TIEU_DE_GCN))
    made = len(lines) - len(had)
    record(by=job.by, hanh_dong="ket_qua.issue", target=decision, so_don_vi=made)
    return Result(f"Đã cấp {so(made)} giấy mới; tệp có {so(len(lines))} giấy.")
