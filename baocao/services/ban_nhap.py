"""Drafts of the sections, put down when a report goes."""

from baocao.chi_tieu import ThoiKy
from baocao.du_thao import ghi_lai, is_theo_so, lap_tren
from baocao.mau import mau_da_mo
from baocao.models import BaoCao, PhanLoi
from tochuc.ban_do import BanDo


def keep_ban_nhap(*, bao_cao: BaoCao, thoi_ky: ThoiKy, ban_do: BanDo | None, by) -> None:
    """Write down the drafts that nobody has touched, for good: the report is being handed in."""
    parts = {part.muc: part for part in PhanLoi.objects.filter(bao_cao=bao_cao)}
    drafts = lap_tren(bao_cao, thoi_ky, ban_do)
    for muc in mau_da_mo(bao_cao).muc:
        draft = drafts[muc]
        part = parts.get(muc)
        if not is_theo_so(part) or (part is None and not draft.loi):
            continue
        part = part or PhanLoi(bao_cao=bao_cao, muc=muc, sua_boi=by)
        part.noi_dung, part.ban_nhap = draft.loi, ghi_lai(draft.doan)
        part.save()
