"""What people do with an edited list: compare it, tick, and write only what is ticked."""

import json
from dataclasses import asdict
from functools import cache

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import RuleError, StaleError
from core.periods import today
from core.text import clean
from doanvien.models import DoanVien, DongDoiChieu, DotDoiChieu, QuaTrinh
from doanvien.services import create_doan_vien, update_doan_vien
from doanvien.tuoi import read_tuoi_ket_nap
from tochuc.audit import record
from tochuc.ma_hoa import decrypt, encrypt
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.quy_dinh import gia_tri_theo_ngay

from .danh_gia import CA_DONG, DongSo, Luat, judge_rows, open_marks, typed_ids
from .doc import Bang, read_bang
from .muc_sua import MUC, NGUON, as_field, stored
from .so_sanh import DOI, TU_CHOI, XUNG_DOT, O, compare, refused

BATCH = 500
MAX_ROWS = 2_000
QUA_NHIEU = "Mỗi lần đối chiếu nhiều nhất 2.000 đồng chí. Lọc theo chi đoàn rồi tải."
SO_LAI = "Bấm «So lại với sổ» rồi xem lại."
COUNTS = ("so_chon", "so_doi", "so_xung_dot", "so_tu_choi")
DA_GHI = "Tệp này đã ghi vào sổ."


def preview_doi_chieu(*, content: bytes, ten_tep: str, by) -> DotDoiChieu:
    """Compare an edited list with the register and keep what differs; no member is written.

    Rows are found by their marks among the people whom `by` may edit: a mark of somebody
    else opens nothing. `WorkbookRefused` for a file that is none of ours.
    """
    bang = read_bang(content)
    rows = compare_with_register(bang, by)
    if not rows:
        raise RuleError("Tệp không có dòng nào. Tải lại tệp rồi sửa.")
    if len(rows) > MAX_ROWS:
        raise RuleError(QUA_NHIEU)
    return _store(rows, bang, ten_tep, by)


def compare_with_register(bang: Bang, by) -> list[DongSo]:
    marks = open_marks(bang)
    return judge_rows(bang, marks, _luat(bang, marks, by))


def _luat(bang: Bang, marks: dict, by) -> Luat:
    wanted = {mark.pk for mark in marks.values() if mark}
    own = DoanVien.objects.permitted_to(by, Quyen.SUA_DOAN_VIEN).co_chi_doan()
    own = own.prefetch_related("nguon")
    units = DonVi.objects.permitted_to(by, Quyen.SUA_DOAN_VIEN).chi_doan()
    branches = {unit.ten_day_du: unit for unit in units.dang_hoat_dong(today())}
    has = DoanVien.objects.filter(cccd_bam__in=typed_ids(bang))
    namesakes = DoanVien.objects.dang_sinh_hoat().filter(chi_doan__in=branches.values())
    return Luat(
        nguoi={nguoi.pk: nguoi for nguoi in own.filter(pk__in=wanted)},
        duoc_doc=cache(lambda unit: by.may(Quyen.XEM_NHAY_CAM, unit)),
        chi_doan=branches,
        da_co=dict(has.values_list("cccd_bam", "pk")),
        trung_ten=_namesakes(namesakes) if len(marks) < _count(bang) else set(),
        tuoi=_tuoi(),
        homnay=today(),
    )


def _count(bang: Bang) -> int:
    return sum(1 for _ in bang.rows)


def _namesakes(people) -> set:
    return set(people.values_list("chi_doan", "khoa_tim", "ngay_sinh"))


def _tuoi():
    setting = cache(lambda unit: gia_tri_theo_ngay("tuoi_ket_nap_toi_thieu", don_vi=unit))
    return lambda unit, day: read_tuoi_ket_nap(setting(unit)(day))


@transaction.atomic
def _store(rows: list[DongSo], bang: Bang, ten_tep: str, by) -> DotDoiChieu:
    notes = [f"Không đọc cột lạ: {', '.join(bang.la)}."] if bang.la else []
    dot = DotDoiChieu.objects.create(
        don_vi=_unit_of(by), ten_tep=clean(ten_tep)[-200:], luu_y=notes, tao_boi=by
    )
    DongDoiChieu.objects.bulk_create([_to_dong(row, dot) for row in rows], batch_size=BATCH)
    record(by=by, hanh_dong="doi_chieu.preview", target=dot, so_dong=len(rows))
    return dot


def _unit_of(by) -> DonVi:
    """The unit at which `by` edits records: who edits there too may go on with the file."""
    return next(pc.don_vi for pc in by.phan_cong_hom_nay if Quyen.SUA_DOAN_VIEN in pc.quyen)


def _to_dong(row: DongSo, dot: DotDoiChieu) -> DongDoiChieu:
    kept = {"o": [asdict(o) for o in row.o]}
    if row.is_moi:
        kept |= {"moi": row.moi, "chi_doan": row.chi_doan.pk if row.chi_doan else None}
    return DongDoiChieu(
        dot=dot,
        row=row.row,
        loai=_loai(row),
        ho_ten=row.ho_ten[:120],
        doan_vien=row.doan_vien,
        version=row.doan_vien.version if row.doan_vien else 0,
        o_ma_hoa=encrypt(json.dumps(kept, ensure_ascii=False)) if row.o or row.is_moi else "",
        chon=row.chon,
        so_chon=len(row.chon),
        so_doi=row.count(DOI),
        so_xung_dot=row.count(XUNG_DOT),
        so_tu_choi=row.count(TU_CHOI),
    )


def _loai(row: DongSo) -> str:
    loai = DongDoiChieu.Loai
    if row.is_moi:
        return loai.TU_CHOI if row.o else loai.MOI
    if row.is_tu_choi:
        return loai.TU_CHOI
    return loai.CO_DOI if row.o else loai.KHONG_DOI


def kept_of(dong: DongDoiChieu) -> dict:
    """The cells that differ, and for a new person all that the file says."""
    return json.loads(decrypt(dong.o_ma_hoa)) if dong.o_ma_hoa else {"o": []}


def cells_of(dong: DongDoiChieu) -> list[O]:
    return [O(**o) for o in kept_of(dong)["o"]]


def choosable(dong: DongDoiChieu) -> list[str]:
    """What may be ticked in a row."""
    if dong.loai == DongDoiChieu.Loai.MOI:
        return [CA_DONG]
    if dong.loai != DongDoiChieu.Loai.CO_DOI:
        return []
    return [o.ten for o in cells_of(dong) if o.loai != TU_CHOI]


@transaction.atomic
def choose_doi_chieu(*, dot: DotDoiChieu, chon: dict[int, list[str]], by) -> DotDoiChieu:
    """Keep the ticks of these rows (by their number in the file); others stay as they are."""
    dot = _lock(dot)
    rows = list(dot.dong.filter(row__in=chon))
    for dong in rows:
        wanted = set(chon[dong.row])
        dong.chon = [name for name in choosable(dong) if name in wanted]
        dong.so_chon = len(dong.chon)
    DongDoiChieu.objects.bulk_update(rows, ["chon", "so_chon"], batch_size=BATCH)
    return dot


@transaction.atomic
def compare_again(*, dot: DotDoiChieu, by) -> DotDoiChieu:
    """Compare the kept cells with the register as it stands now.

    Ticks stay where the cell still is a plain change; a cell that clashes now loses its tick.
    """
    dot = _lock(dot)
    rows = list(dot.dong.filter(loai=DongDoiChieu.Loai.CO_DOI))
    own = DoanVien.objects.permitted_to(by, Quyen.SUA_DOAN_VIEN).prefetch_related("nguon")
    people = own.in_bulk([dong.doan_vien_id for dong in rows if dong.doan_vien_id])
    for dong in rows:
        _renew(dong, people.get(dong.doan_vien_id))
    names = ["loai", "version", "o_ma_hoa", "chon", *COUNTS]
    DongDoiChieu.objects.bulk_update(rows, names, batch_size=BATCH)
    record(by=by, hanh_dong="doi_chieu.again", target=dot, so_dong=len(rows))
    return dot


def _renew(dong: DongDoiChieu, doan_vien: DoanVien | None) -> None:
    if doan_vien is None:
        o = [refused(CA_DONG, "Đồng chí này không còn trong sổ mà đồng chí được sửa.")]
    else:
        o = [new for old in cells_of(dong) if (new := _compared(old, doan_vien))]
    row = DongSo(dong.row, doan_vien, dong.ho_ten, o)
    plain = {cell.ten for cell in o if cell.loai == DOI}
    new = _to_dong(row, dong.dot)
    for name in ("loai", "version", "o_ma_hoa", *COUNTS):
        setattr(dong, name, getattr(new, name))
    dong.chon = [name for name in dong.chon if name in plain]
    dong.so_chon = len(dong.chon)


def _compared(old: O, doan_vien: DoanVien) -> O | None:
    if old.loai == TU_CHOI:
        return old
    return compare(old.ten, truoc=old.truoc, trong_so=stored(doan_vien, old.ten), moi=old.moi)


@transaction.atomic
def discard_doi_chieu(*, dot: DotDoiChieu, by) -> None:
    """Drop a comparison that was not written, with everything kept of it."""
    dot = _lock(dot)
    record(by=by, hanh_dong="doi_chieu.discard", target=dot)
    dot.delete()


def confirm_doi_chieu(*, dot: DotDoiChieu, so_o: int, so_moi: int, by) -> DotDoiChieu:
    """Write what is ticked, in one transaction; nothing else of the file goes in.

    Refused when the counts are not those that were seen, when somebody has saved one of the
    records meanwhile, and when a record with the ticked cells alone would contradict itself.
    """
    try:
        with transaction.atomic():
            return _confirm(dot, so_o, so_moi, by)
    except IntegrityError as error:
        raise RuleError(f"Các ô đã chọn mâu thuẫn với sổ, chưa ghi gì. {SO_LAI}") from error


def _confirm(dot: DotDoiChieu, so_o: int, so_moi: int, by) -> DotDoiChieu:
    dot = _lock(dot)
    rows = list(dot.dong.duoc_chon())
    added = [dong for dong in rows if dong.loai == DongDoiChieu.Loai.MOI]
    changed = [dong for dong in rows if dong.loai == DongDoiChieu.Loai.CO_DOI]
    cells = sum(dong.so_chon for dong in changed)
    if (cells, len(added)) != (so_o, so_moi):
        raise RuleError("Lựa chọn vừa thay đổi. Xem lại trước khi ghi.")
    if not rows:
        raise RuleError("Chưa chọn ô nào để ghi.")
    own = DoanVien.objects.permitted_to(by, Quyen.SUA_DOAN_VIEN)
    people = {
        nguoi.pk: nguoi for nguoi in own.filter(pk__in=[dong.doan_vien_id for dong in changed])
    }
    for dong in changed:
        _write(dong, people.get(dong.doan_vien_id), by)
    for dong in added:
        dong.doan_vien = _add(dong, by)
    dot.dong.update(o_ma_hoa="")
    DongDoiChieu.objects.bulk_update(added, ["doan_vien"], batch_size=BATCH)
    dot.trang_thai = DotDoiChieu.TrangThai.DA_GHI
    dot.ghi_luc, dot.ghi_boi = timezone.now(), by
    dot.save(update_fields=["trang_thai", "ghi_luc", "ghi_boi"])
    record(
        by=by,
        hanh_dong="doi_chieu.confirm",
        target=dot,
        so_nguoi=len(changed),
        so_o=cells,
        them_moi=len(added),
    )
    return dot


def _lock(dot: DotDoiChieu) -> DotDoiChieu:
    current = (
        DotDoiChieu.objects.select_for_update(of=("self",))
        .select_related("don_vi")
        .filter(pk=dot.pk)
        .first()
    )
    if current is None:
        raise RuleError("Lần đối chiếu này đã bị bỏ. Chọn lại tệp.")
    if current.is_da_ghi:
        raise RuleError(DA_GHI)
    return current


def _write(dong: DongDoiChieu, doan_vien: DoanVien | None, by) -> None:
    if doan_vien is None:
        raise RuleError(f"Dòng {dong.row}: đồng chí này không còn trong sổ được sửa. {SO_LAI}")
    changes = {o.ten: as_field(MUC[o.ten], o.moi) for o in cells_of(dong) if o.ten in dong.chon}
    try:
        update_doan_vien(doan_vien=doan_vien, version=dong.version, changes=changes, by=by)
    except StaleError as stale:
        raise RuleError(f"Dòng {dong.row}: {dong.ho_ten} vừa có người sửa. {SO_LAI}") from stale
    except RuleError as refusal:
        raise RuleError(f"Dòng {dong.row}: {refusal}") from refusal


def _add(dong: DongDoiChieu, by) -> DoanVien:
    kept = kept_of(dong)
    units = DonVi.objects.permitted_to(by, Quyen.SUA_DOAN_VIEN).chi_doan()
    chi_doan = units.filter(pk=kept["chi_doan"]).first()
    if chi_doan is None:
        raise RuleError(f"Dòng {dong.row}: chi đoàn không còn. {SO_LAI}")
    values = {name: as_field(MUC[name], value) for name, value in kept["moi"].items()}
    ho_ten, cccd, nguon = values.pop("ho_ten"), values.pop("cccd", ""), values.pop(NGUON, ())
    doan_vien = DoanVien(chi_doan=chi_doan, **values)
    doan_vien.set_ho_ten(ho_ten)
    doan_vien.set_cccd(cccd)
    try:
        return create_doan_vien(
            doan_vien=doan_vien,
            tu_ngay=today(),
            ly_do=QuaTrinh.LyDoBatDau.VAO_SO,
            by=by,
            nguon=nguon,
        )
    except RuleError as refusal:
        raise RuleError(f"Dòng {dong.row}: {refusal}") from refusal
