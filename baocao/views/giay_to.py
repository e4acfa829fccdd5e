"""A report taken home: for Word, and its appendix for Excel."""

from django.views.decorators.http import require_safe

from baocao.giay_to import LOAI, word_bao_cao
from baocao.phu_luc import phu_luc_xlsx
from core.docx import docx_response
from core.text.numbers import file_name
from core.xlsx import file_response
from tochuc.audit import record
from tochuc.permissions import Quyen, require_quyen

from .chung import visible_report


@require_safe
@require_quyen(Quyen.XEM_BAO_CAO)
def bao_cao_word(request, pk):
    bao_cao = visible_report(request, pk)
    record(by=request.user, hanh_dong="van_ban.word", target=bao_cao, loai=LOAI)
    name = file_name(LOAI, bao_cao.don_vi.ma, bao_cao.ky, ext="docx")
    return docx_response(word_bao_cao(bao_cao), name)


@require_safe
@require_quyen(Quyen.XEM_BAO_CAO)
def bao_cao_xlsx(request, pk):
    """The appendix; wards below it for who sees the unit, not for one part of a split one."""
    bao_cao = visible_report(request, pk)
    record(by=request.user, hanh_dong="bao_cao.export", target=bao_cao, ky=bao_cao.ky)
    may_see = request.user.may(Quyen.XEM_BAO_CAO, bao_cao.don_vi)
    content = phu_luc_xlsx(bao_cao, ca_don_vi_duoi=may_see)
    return file_response(content, file_name("phu-luc", bao_cao.don_vi.ma, bao_cao.ky, ext="xlsx"))
