"""Evidence behind a score or an objection: added and taken away by the unit itself."""

import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import transaction

from baocao.dot_cham import quy_trinh
from baocao.dot_cham.quyen import check, may_tu_cham
from baocao.models import DiemTieuChi, DongCham, DotCham, MinhChung, YKien
from chidoan.anh.tep import read_anh
from core.errors import RuleError
from doanvien.nhap_thay import is_nhap_thay
from tochuc.audit import record
from tochuc.permissions import Quyen

from .chung import lock_dong

MAX_TEP = 10 * 1024 * 1024
SO_MINH_CHUNG = 10
TEN_DAI = MinhChung._meta.get_field("ten").max_length
_PDF = b"%PDF"
Loai = MinhChung.Loai


@dataclass(frozen=True)
class Gui:
    """What was sent: exactly one of a file, a meeting, an activity, a link."""

    ten: str = ""
    tep: bytes | None = None
    buoi: object = None
    hoat_dong: object = None
    url: str = ""


def add_minh_chung(*, cua: DiemTieuChi | YKien, gui: Gui, by) -> MinhChung:
    """Keep a piece of evidence; a photo is drawn anew before anything is locked.

    Refused once the unit no longer writes, for a file that is neither PDF nor a sane picture,
    for a link that is not https, for a meeting or an activity of another unit or outside the
    period, and beyond ten pieces.
    """
    row = _read(gui)
    return _keep(cua, row, by)


@transaction.atomic
def delete_minh_chung(*, minh_chung: MinhChung, by) -> None:
    """Take a piece of evidence away, as long as the unit writes."""
    dong = _lock(minh_chung.tieu_chi or minh_chung.y_kien, by)
    row = MinhChung.objects.defer("tep").filter(pk=minh_chung.pk).first()
    if row:
        record(by=by, hanh_dong="minh_chung.delete", target=dong, loai=row.loai)
        row.delete()


@transaction.atomic
def _keep(cua: DiemTieuChi | YKien, row: MinhChung, by) -> MinhChung:
    dong = _lock(cua, by)
    _check_cua_don_vi(dong, row)
    if cua.minh_chung.count() >= SO_MINH_CHUNG:
        raise RuleError(f"Mỗi mục nhận {SO_MINH_CHUNG} minh chứng. Bỏ bớt rồi thêm.")
    row.dong, row.them_boi = dong, by
    row.tieu_chi, row.y_kien = (cua, None) if isinstance(cua, DiemTieuChi) else (None, cua)
    row.save()
    record(
        by=by,
        hanh_dong="minh_chung.add",
        target=dong,
        loai=row.loai,
        nhap_thay=is_nhap_thay(by, dong.don_vi_id),
    )
    return row


def _lock(cua: DiemTieuChi | YKien, by) -> DongCham:
    if isinstance(cua, DiemTieuChi):
        dong = lock_dong(cua.dong, quy_trinh.GHI_TU_CHAM, viec="thêm, bớt minh chứng")
    else:
        bang = {DotCham.TrangThai.CONG_BO: tuple(DongCham.TrangThai)}
        dong = lock_dong(cua.dong, bang, viec="thêm, bớt minh chứng")
        if not YKien.objects.get(pk=cua.pk).is_cho:
            raise RuleError("Ý kiến đã được trả lời, minh chứng giữ nguyên.")
    check(by is None or may_tu_cham(by, dong), Quyen.TU_CHAM_DIEM)
    return dong


def _read(gui: Gui) -> MinhChung:
    if gui.tep is not None:
        return _tep(gui)
    if gui.buoi:
        return MinhChung(loai=Loai.BUOI, ten=_ten(gui.buoi), buoi=gui.buoi)
    if gui.hoat_dong:
        return MinhChung(loai=Loai.HOAT_DONG, ten=_ten(gui.hoat_dong), hoat_dong=gui.hoat_dong)
    url = _https(gui.url)
    return MinhChung(loai=Loai.LIEN_KET, ten=(gui.ten or url)[:TEN_DAI], url=url)


def _tep(gui: Gui) -> MinhChung:
    if len(gui.tep) > MAX_TEP:
        raise RuleError("Tệp nặng hơn 10 MB. Chụp lại nhỏ hơn hoặc nén tệp PDF.", field="tep")
    is_pdf = gui.tep.startswith(_PDF)
    content = gui.tep if is_pdf else _anh(gui.tep)
    return MinhChung(
        loai=Loai.PDF if is_pdf else Loai.ANH,
        ten=gui.ten[:TEN_DAI],
        tep=content,
        bam=hashlib.sha256(content).hexdigest(),
        so_byte=len(content),
    )


def _anh(content: bytes) -> bytes:
    """The picture drawn anew; who sent none hears what else is taken."""
    try:
        return read_anh(content).tep
    except RuleError as refusal:
        raise RuleError(f"{refusal} Tệp PDF cũng được.", field="tep") from refusal


def _https(url: str) -> str:
    parts = urlsplit(url.strip())
    if parts.scheme != "https" or not parts.netloc:
        raise RuleError("Dán liên kết bắt đầu bằng https://", field="url")
    return url.strip()


def _ten(viec) -> str:
    return f"{viec}"[:TEN_DAI]


def _check_cua_don_vi(dong: DongCham, row: MinhChung) -> None:
    """A meeting or an activity of the unit itself (of a ward: also below it), of the period."""
    thing = row.buoi or row.hoat_dong
    if thing is None:
        return
    unit = thing.chi_doan if row.buoi else thing.don_vi
    first, last = (thing.ngay, thing.ngay) if row.buoi else (thing.tu_ngay, thing.den_ngay)
    ky = dong.dot.ky_bao_cao
    in_ky = first <= ky.end and last >= ky.start
    if not unit.path.startswith(dong.don_vi.path) or not in_ky:
        raise RuleError("Chọn buổi, hoạt động của đơn vị mình trong kỳ chấm.")
