"""Commitments: chosen from templates, changed, ticked by quarter."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from chidoan.bang_ghi import dong_can_ghi
from chidoan.mo_hinh.mau_cam_ket import CHUONG_TRINH
from chidoan.mo_hinh.queries import DongCamKet
from chidoan.mo_hinh.quy_tac import check_quy
from chidoan.models import KetQuaCamKet, MoHinh, MucCamKet, NhomCamKet
from chidoan.sua_dong import check_chua_doi
from core.errors import RuleError
from core.periods import KyBaoCao, today
from core.text import clean
from tochuc.audit import record

_CACH = NhomCamKet.Cach
Dau = tuple[str, str]
"""A level and the evidence."""


def add_chuong_trinh(mo_hinh: MoHinh, ma: str) -> None:
    """Write the groups and checks of a programme's template below an initiative."""
    start = mo_hinh.nhom_cam_ket.count()
    for so, mau in enumerate(CHUONG_TRINH[ma].nhom):
        nhom = NhomCamKet.objects.create(
            mo_hinh=mo_hinh,
            ten=mau.ten,
            chuong_trinh=ma,
            cach=_CACH.DAU_MUC if mau.muc else _CACH.MOT_CONG_MOT,
            thu_tu=start + so,
        )
        MucCamKet.objects.bulk_create(
            MucCamKet(nhom=nhom, noi_dung=text, thu_tu=thu_tu)
            for thu_tu, text in enumerate(mau.muc)
        )


@transaction.atomic
def choose_chuong_trinh(*, mo_hinh: MoHinh, ma: str, by) -> None:
    """Add a programme's commitments. Refused when it has them already."""
    mo_hinh = _lock(mo_hinh)
    if ma not in CHUONG_TRINH:
        raise RuleError("Chọn một chương trình trong danh sách.")
    if mo_hinh.nhom_cam_ket.filter(chuong_trinh=ma).exists():
        raise RuleError(f"Mô hình đã có cam kết «{CHUONG_TRINH[ma].ten}».")
    add_chuong_trinh(mo_hinh, ma)
    record(by=by, hanh_dong="cam_ket.choose", target=mo_hinh, ten=CHUONG_TRINH[ma].ten)


@transaction.atomic
def save_nhom(
    *,
    mo_hinh: MoHinh,
    nhom: NhomCamKet | None,
    ten: str,
    muc: Sequence[tuple[int | None, str]],
    version: str = "",
    by,
) -> NhomCamKet:
    """A group as it was written: its name, and its checks in their order with their keys.

    A check left out or emptied goes; one that was ticked before is only given up, so that its
    past stays. Refused without a name, or without any check. `version` is the one the form
    showed of a group that is changed: StaleError when somebody was faster.
    """
    mo_hinh = _lock(mo_hinh)
    if nhom is not None:
        nhom = _current(nhom, version)
    wanted = [(pk, clean(text)) for pk, text in muc if clean(text)]
    if not clean(ten):
        raise RuleError("Ghi tên nhóm cam kết.", field="ten")
    is_dem = nhom is not None and nhom.is_dem
    if not wanted and not is_dem:
        raise RuleError("Ghi ít nhất một đầu mục. Muốn bỏ cả nhóm, bấm «Bỏ nhóm».", field="muc")
    nhom = nhom or NhomCamKet(mo_hinh=mo_hinh, thu_tu=mo_hinh.nhom_cam_ket.count())
    nhom.ten = clean(ten)
    nhom.save()
    _write(nhom, [] if is_dem else wanted)
    record(by=by, hanh_dong="cam_ket.update", target=mo_hinh, so_dong=len(wanted))
    return nhom


def _current(nhom: NhomCamKet, version: str) -> NhomCamKet:
    row = NhomCamKet.objects.filter(pk=nhom.pk).first()
    if row is None:
        raise RuleError("Nhóm cam kết này vừa bị bỏ. Muốn giữ, thêm nhóm mới.")
    check_chua_doi(row, version, "nhóm này")
    return row


@transaction.atomic
def drop_nhom(*, nhom: NhomCamKet, by) -> None:
    """Take a group away. Refused once a check of it was ticked: its past would go with it."""
    mo_hinh = _lock(nhom.mo_hinh)
    if KetQuaCamKet.objects.filter(muc__nhom=nhom).exists():
        raise RuleError(
            "Nhóm này đã có kết quả các quý trước nên không bỏ được. Bấm Sửa rồi xóa trắng những "
            "đầu mục không dùng nữa; kết quả cũ vẫn giữ."
        )
    record(by=by, hanh_dong="cam_ket.delete", target=mo_hinh)
    nhom.delete()


@transaction.atomic
def record_cam_ket(
    *, mo_hinh: MoHinh, ky: KyBaoCao, ket_qua: Mapping[int, Dau], version: str | None = None, by
) -> int:
    """How far checks were kept in a quarter: for each its level and the evidence; "" takes it back.

    `version` is what the page carried (`bang_ghi`): StaleError when somebody has ticked one of
    them otherwise since. Refused on a check of another initiative, an unknown level, a quarter
    in which it did not run or that was reviewed already. Gives how many lines changed.
    """
    mo_hinh = _lock(mo_hinh)
    check_quy(mo_hinh.tu_ngay, mo_hinh.den_ngay, ky, today())
    if mo_hinh.danh_gia.filter(ky=ky.code).exists():
        raise RuleError(cau_da_danh_gia(ky))
    said = {row.muc_id: row for row in KetQuaCamKet.objects.cua(mo_hinh, ky)}
    rows = {muc.pk: DongCamKet(muc, said.get(muc.pk)) for muc in MucCamKet.objects.cua(mo_hinh)}
    if set(ket_qua) - set(rows):
        raise RuleError("Tải lại trang rồi đánh dấu lại.")
    changed = dong_can_ghi(bang_cam_ket(ket_qua), version, bang_da_ghi(rows))
    for pk in map(int, changed):
        _say(rows[pk], *ket_qua[pk], ky, by)
    if changed:
        record(by=by, hanh_dong="cam_ket.record", target=mo_hinh, ky=ky.code, so_dong=len(changed))
    return len(changed)


def bang_cam_ket(ket_qua: Mapping[int, Dau]) -> dict[str, Dau]:
    """Checks as lines of a grid (`bang_ghi`)."""
    return {str(pk): dau for pk, dau in ket_qua.items()}


def bang_da_ghi(rows: Mapping[int, DongCamKet]) -> dict[str, Dau]:
    """The lines as they are stored."""
    return bang_cam_ket({pk: (row.muc_do, row.ghi_chu) for pk, row in rows.items()})


def cau_da_danh_gia(ky: KyBaoCao) -> str:
    """Why the checks of a reviewed quarter are only read."""
    return (
        f"Đã đánh giá {ky.ten}, cam kết được giữ nguyên như lúc đánh giá. "
        "Muốn sửa thì Đoàn phường, xã xóa đánh giá của quý ấy trước."
    )


def _say(dong: DongCamKet, muc_do: str, ghi_chu: str, ky: KyBaoCao, by) -> None:
    """Store a line that differs from what stands."""
    if muc_do not in ("", *KetQuaCamKet.MucDo.values):
        raise RuleError("Tải lại trang rồi đánh dấu lại.")
    if muc_do:
        row = dong.ket_qua or KetQuaCamKet(muc=dong.muc, ky=ky.code)
        row.muc_do, row.ghi_chu, row.ghi_boi = muc_do, clean(ghi_chu), by
        row.save()
    elif clean(ghi_chu):
        raise RuleError(f"Chọn mức cho «{dong.muc.noi_dung}» rồi mới ghi minh chứng.")
    else:
        dong.ket_qua.delete()


def _write(nhom: NhomCamKet, wanted: Sequence[tuple[int | None, str]]) -> None:
    known = {row.pk: row for row in nhom.muc.all()}
    kept = {pk for pk, _ in wanted}
    for pk, row in known.items():
        if pk not in kept:
            _give_up(row)
    for thu_tu, (pk, text) in enumerate(wanted):
        row = known.get(pk) or MucCamKet(nhom=nhom)
        row.noi_dung, row.thu_tu, row.thoi = text, thu_tu, False
        row.save()


def _give_up(muc: MucCamKet) -> None:
    if muc.ket_qua.exists():
        muc.thoi = True
        muc.save(update_fields=["thoi"])
    else:
        muc.delete()


def _lock(mo_hinh: MoHinh) -> MoHinh:
    return MoHinh.objects.select_for_update(of=("self",)).get(pk=mo_hinh.pk)
