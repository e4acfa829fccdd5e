"""Tombstones: who was erased stays erased when an older backup is put back.

They stand in the database and, one a line, in a file beside it that a restore does not touch.
`lay` and `ap_dung` are what a restore calls before and after (settings.GIU_QUA_KHOI_PHUC).
"""

import os
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from doanvien.models import BiaXoa, DoanVien, KetNap
from tochuc.audit import record
from tochuc.ma_hoa import lookup_hash
from tochuc.models import DonVi

from .an_danh import anonymise
from .quan_he import Nguoi

TEN_TEP = "bia-xoa.txt"


def dau_cua(nguoi: Nguoi) -> str:
    """The keyed mark of a member or an applicant: its row's number and when it was made."""
    return lookup_hash(f"{nguoi.ten_khoa}:{nguoi.pk}:{nguoi.tao_luc.timestamp():.6f}")


def dat_bia(nguoi: Nguoi, don_vi: DonVi) -> BiaXoa:
    """Set the tombstone; the file follows once the erasure is on the disk."""
    bia = BiaXoa.objects.create(don_vi=don_vi, so_doan_vien=nguoi.pk, dau=dau_cua(nguoi))
    transaction.on_commit(lambda: _write(lay()))
    return bia


def lay() -> set[tuple[int, str]]:
    """Every tombstone that is known here: those of the database and those of the file."""
    has_table = BiaXoa._meta.db_table in connection.introspection.table_names()
    return _of_file() | (_of_database() if has_table else set())


def ap_dung(kept: set[tuple[int, str]]) -> int:
    """Erase again who came back with an older backup; how many that were."""
    with transaction.atomic():
        missing = kept - _of_database()
        erased = sum(_erase_again(model, missing) for model in (DoanVien, KetNap))
        transaction.on_commit(lambda: _write(kept | _of_database()))
    return erased


def _erase_again(model: type[Nguoi], missing: set[tuple[int, str]]) -> int:
    """A row with the number of a tombstone but another mark is somebody else by now."""
    rows = model.objects.select_related("chi_doan").filter(pk__in=[pk for pk, _ in missing])
    back = [row for row in rows if (row.pk, dau_cua(row)) in missing]
    for row in back:
        phuong = row.chi_doan.cap_tren
        BiaXoa.objects.create(don_vi=phuong, so_doan_vien=row.pk, dau=dau_cua(row))
        anonymise(row)
        record(by=None, hanh_dong=f"{row.ten_khoa}.erase_again", target=row, don_vi=phuong)
    return len(back)


def _of_database() -> set[tuple[int, str]]:
    return set(BiaXoa.objects.values_list("so_doan_vien", "dau"))


def _of_file() -> set[tuple[int, str]]:
    path = _path()
    lines = path.read_text("ascii").split("\n") if path.exists() else []
    return {(int(pk), dau) for pk, _, dau in (line.partition(" ") for line in lines) if dau}


def _write(kept: set[tuple[int, str]]) -> None:
    """Replace the file at once, for its owner's eyes alone."""
    path = _path()
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.touch(mode=0o600, exist_ok=True)
    with unfinished.open("w", encoding="ascii") as file:
        file.write("".join(f"{pk} {dau}\n" for pk, dau in sorted(kept)))
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def _path() -> Path:
    return Path(settings.DATA_DIR, TEN_TEP)
