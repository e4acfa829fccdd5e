"""Lists in another layout: kept until their columns are chosen, and remembered per ward."""

import json
import zlib
from base64 import b64decode, b64encode

from django.db import transaction

from core.errors import RuleError
from doanvien.models import AnhXaCot, DotNhap
from tochuc.audit import record
from tochuc.ma_hoa import decrypt, encrypt
from tochuc.models import DonVi

from .branches import Branches
from .danh_sach import DanhSach, chi_doan_by_name, judge_list
from .doan_cot import MUC_CHON, BangLa, find_table, layout_of, missing
from .results import Tell, say_nothing
from .workbook import Cell, Row, Sheet


def pack(sheets: list[Sheet]) -> str:
    """The sheets as text to be kept, encrypted: they hold people's data."""
    plain = [
        [sheet.name, sheet.refused, [[row.number, row.hidden, _cells(row)] for row in sheet.rows]]
        for sheet in sheets
    ]
    packed = zlib.compress(json.dumps(plain, ensure_ascii=False).encode())
    return encrypt(b64encode(packed).decode())


def _cells(row: Row) -> list[list]:
    return [[column, cell.kind, cell.value] for column, cell in row.cells.items()]


def unpack(text: str) -> list[Sheet]:
    plain = json.loads(zlib.decompress(b64decode(decrypt(text))))
    return [
        Sheet(name, [Row(n, hidden, _by_column(cells)) for n, hidden, cells in rows], refused)
        for name, refused, rows in plain
    ]


def _by_column(cells: list[list]) -> dict[int, Cell]:
    return {column: Cell(kind, value) for column, kind, value in cells}


def table_of(sheets: list[Sheet], don_vi: DonVi, so_dong: int | None = None) -> BangLa | None:
    is_branch = Branches(chi_doan_by_name(don_vi)).find
    return find_table(sheets, is_branch=is_branch, so_dong=so_dong)


def remembered(bang: BangLa, don_vi: DonVi) -> dict[str, int]:
    """The columns that the ward chose for this very header before; {} for a new one."""
    known = AnhXaCot.objects.filter(don_vi=don_vi, van_tay=bang.van_tay).first()
    return {name: column for name, column in known.cot.items() if name in MUC_CHON} if known else {}


@transaction.atomic
def remember(*, bang: BangLa, cot: dict[str, int], don_vi: DonVi, by) -> AnhXaCot:
    known, _ = AnhXaCot.objects.update_or_create(
        don_vi=don_vi, van_tay=bang.van_tay, defaults={"cot": cot, "boi": by}
    )
    record(by=by, hanh_dong="anh_xa_cot.save", target=known, muc=sorted(cot))
    return known


def judge_foreign(
    *,
    sheets: list[Sheet],
    bang: BangLa,
    cot: dict[str, int],
    sha256: str,
    don_vi: DonVi,
    ca_tep: str,
    tell: Tell = say_nothing,
) -> DanhSach:
    """The rows of a list with the columns that were chosen for it."""
    layout = layout_of(bang, cot, chi_doan=ca_tep)
    found = judge_list(layout=layout, sheets=sheets, sha256=sha256, don_vi=don_vi, tell=tell)
    lacking = missing(cot, chi_doan=ca_tep)
    if lacking:
        found.luu_y.insert(0, f"Tệp không có cột: {', '.join(lacking)}. Dòng thiếu sẽ không nhận.")
    return found


def sheets_of(dot_nhap: DotNhap) -> list[Sheet]:
    if not dot_nhap.bang_ma_hoa:
        raise RuleError("Tệp này không còn giữ các cột. Chọn lại tệp.")
    return unpack(dot_nhap.bang_ma_hoa)
