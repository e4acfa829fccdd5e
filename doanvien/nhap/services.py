"""What people do with a member list: look at it first, choose, and enter it all at once."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import RuleError
from core.periods import today
from core.text import clean
from core.text.display import so
from doanvien.models import DoanVien, DongNhap, DotNhap, QuaTrinh
from doanvien.services import create_many, update_doan_vien
from tochuc.audit import record
from tochuc.models import DonVi

from . import anh_xa
from .columns import UnknownLayout, find_layout
from .danh_sach import (
    FIELDS,
    DanhSach,
    check_keeps_members,
    chi_doan_by_name,
    file_hash,
    find_imported,
    judge_list,
    told,
)
from .hoan_tac import keep_before
from .results import Tell, say_nothing
from .storage import to_dong, values_of
from .workbook import Sheet, read_workbook

BATCH = 500
LOOK_AGAIN = "Chọn lại tệp để xem lại trước khi nhập."
GIU = "Đang cất bản xem trước"
CHUAN_BI = "Đang chuẩn bị từng dòng"
GHI = "Đang ghi {} dòng một lượt: hoặc vào sổ đủ cả, hoặc không ghi gì."
LEAVE_OUT = "Chọn bỏ qua dòng này, hoặc sửa trong tệp rồi chọn lại."


class AlreadyImported(RuleError):  # noqa: N818 -- a state of the register
    """The very file is in already; `dot_nhap` is the import that wrote it."""

    def __init__(self, dot_nhap: DotNhap):
        when = timezone.localtime(dot_nhap.nhap_luc)
        super().__init__(f"Tệp này đã được nhập lúc {when:%H:%M ngày %d/%m/%Y}.")
        self.dot_nhap = dot_nhap


def preview_nhap(
    *, content: bytes, ten_tep: str, don_vi: DonVi, by, tell: Tell = say_nothing
) -> DotNhap:
    """Read a list and keep what would become of each row; no member is written.

    `AlreadyImported` for a file that is in; `WorkbookRefused` or RuleError for one that
    cannot be entered into this unit.
    """
    sha256 = file_hash(content)
    _check_not_imported(don_vi, sha256)
    check_keeps_members(don_vi)
    sheets = read_workbook(content)
    try:
        layout = find_layout(sheets)
    except UnknownLayout:
        return _preview_foreign(sheets, sha256, ten_tep, don_vi, by, tell)
    danh_sach = judge_list(layout=layout, sheets=sheets, sha256=sha256, don_vi=don_vi, tell=tell)
    tell(GIU, 0, 0)
    return store_preview(danh_sach=danh_sach, ten_tep=ten_tep, don_vi=don_vi, by=by)


def _preview_foreign(
    sheets: list[Sheet], sha256: str, ten_tep: str, don_vi: DonVi, by, tell: Tell
) -> DotNhap:
    """A list in another layout: judged with the columns chosen before, else kept until then."""
    bang = anh_xa.table_of(sheets, don_vi)
    if bang is None:
        raise UnknownLayout("Không thấy bảng nào trong tệp. Chép danh sách sang tệp mẫu rồi chọn.")
    known = anh_xa.remembered(bang, don_vi)
    found = DanhSach(sha256, bang.sheet.name, [], [])
    if known and ("chi_doan" in known):
        found = anh_xa.judge_foreign(
            sheets=sheets,
            bang=bang,
            cot=known,
            sha256=sha256,
            don_vi=don_vi,
            ca_tep="",
            tell=tell,
        )
        found.luu_y.append("Đã nhận cột như lần trước.")
    return store_preview(
        danh_sach=found, ten_tep=ten_tep, don_vi=don_vi, by=by, bang=anh_xa.pack(sheets)
    )


def map_nhap(
    *,
    dot_nhap: DotNhap,
    so_dong: int,
    cot: dict[str, int],
    ca_tep: str,
    by,
    tell: Tell = say_nothing,
) -> DotNhap:
    """Choose the columns of a list in another layout; the ward keeps the choice for the next one.

    `cot` maps fields to columns, `ca_tep` names one branch of the ward for the whole file.
    """
    dot_nhap = DotNhap.objects.select_related("don_vi").get(pk=dot_nhap.pk)
    _check_not_imported(dot_nhap.don_vi, dot_nhap.sha256)
    don_vi, sheets = dot_nhap.don_vi, anh_xa.sheets_of(dot_nhap)
    bang = anh_xa.table_of(sheets, don_vi, so_dong)
    if bang is None or not set(cot.values()) <= {column.so for column in bang.cot}:
        raise RuleError(f"Cột đã chọn không có trong tệp. {LOOK_AGAIN}")
    found = anh_xa.judge_foreign(
        sheets=sheets,
        bang=bang,
        cot=cot,
        sha256=dot_nhap.sha256,
        don_vi=don_vi,
        ca_tep=ca_tep,
        tell=tell,
    )
    tell(GIU, 0, 0)
    with transaction.atomic():
        anh_xa.remember(bang=bang, cot=cot, don_vi=don_vi, by=by)
        return store_preview(
            danh_sach=found,
            ten_tep=dot_nhap.ten_tep,
            don_vi=don_vi,
            by=by,
            bang=dot_nhap.bang_ma_hoa,
        )


@transaction.atomic
def store_preview(
    *, danh_sach: DanhSach, ten_tep: str, don_vi: DonVi, by, bang: str = ""
) -> DotNhap:
    """Keep a list that was read; `bang` are the packed sheets of one in another layout.

    Without a row to show, its columns are still to be chosen.
    An older look at the same file by this unit is renewed where it stands, so that who still
    has it open in another window may go on.
    """
    looks = DotNhap.objects.select_for_update().filter(
        don_vi=don_vi, sha256=danh_sach.sha256, trang_thai__in=DotNhap.CHUA_NHAP
    )
    dot_nhap = looks.first() or DotNhap(don_vi=don_vi, sha256=danh_sach.sha256)
    dot_nhap.ten_tep = clean(ten_tep)[-200:]
    dot_nhap.so_dong = len(danh_sach.results)
    dot_nhap.trang_tinh = clean(danh_sach.trang_tinh)[:40]
    dot_nhap.luu_y = danh_sach.luu_y
    dot_nhap.bang_ma_hoa = bang
    states = DotNhap.TrangThai
    dot_nhap.trang_thai = states.XEM_TRUOC if danh_sach.results else states.CHO_COT
    dot_nhap.tao_luc, dot_nhap.tao_boi = timezone.now(), by
    dot_nhap.save()
    dot_nhap.dong.all().delete()
    rows = [to_dong(result, dot_nhap) for result in danh_sach.results]
    DongNhap.objects.bulk_create(rows, batch_size=BATCH)
    record(by=by, hanh_dong="dot_nhap.preview", target=dot_nhap, **danh_sach.count)
    return dot_nhap


@transaction.atomic
def choose_nhap(*, dong: DongNhap, cap_nhat: bool, by) -> DongNhap:
    """Choose for a duplicate whether the list updates the record; skipping is the default.

    Refused for a row whose person is on file elsewhere, and after the list is entered.
    """
    dot_nhap = _lock(dong.dot_nhap)
    if cap_nhat and not dong.is_updatable:
        raise RuleError(f"Dòng {dong.row} không có bản ghi nào của đơn vị để cập nhật.")
    dong.cap_nhat = cap_nhat
    dong.save(update_fields=["cap_nhat"])
    record(by=by, hanh_dong="dot_nhap.choose", target=dot_nhap, dong=dong.row, cap_nhat=cap_nhat)
    return dong


@transaction.atomic
def discard_nhap(*, dot_nhap: DotNhap, by) -> None:
    """Drop a list that was looked at and not entered, with everything kept of it."""
    dot_nhap = _lock(dot_nhap)
    record(by=by, hanh_dong="dot_nhap.discard", target=dot_nhap)
    dot_nhap.delete()


def confirm_nhap(
    *,
    dot_nhap: DotNhap,
    expected_count: int,
    by,
    expected_updates: int = 0,
    tell: Tell = say_nothing,
) -> DotNhap:
    """Enter every row to be created, and the chosen updates, in one transaction.

    Each person gets an official period in the branch from today on: the list does not say
    since when he belongs there. Refused when the counts are not those the importer saw, when
    the file is already in, or when the register has changed since it was looked at.
    People are made ready row by row before anything is locked.
    """
    seen = _current(dot_nhap)
    rows = list(seen.dong.all())
    created = [row for row in rows if row.hanh_dong == DongNhap.HanhDong.CREATE]
    updated = [row for row in rows if row.cap_nhat]
    _check_counts(created, expected_count, "thêm mới")
    _check_counts(updated, expected_updates, "cập nhật")
    if not created and not updated:
        raise RuleError("Tệp này không có dòng nào để nhập.")
    branches = chi_doan_by_name(seen.don_vi)
    people = [_new_member(row, branches) for row in told(created, len(created), CHUAN_BI, tell)]
    tell(GHI.format(so(len(created) + len(updated))), 0, 0)
    try:
        with transaction.atomic():
            return _confirm(seen, created, people, updated, by)
    except IntegrityError as error:  # somebody else entered one of them this very moment
        raise RuleError(f"Sổ vừa có thay đổi khác. {LOOK_AGAIN}") from error


def _confirm(
    seen: DotNhap, created: list[DongNhap], people: list[DoanVien], updated: list[DongNhap], by
) -> DotNhap:
    dot_nhap = _lock(seen)
    chosen = set(dot_nhap.dong.da_cap_nhat().values_list("pk", flat=True))
    if dot_nhap.tao_luc != seen.tao_luc or chosen != {row.pk for row in updated}:
        raise RuleError(f"Danh sách vừa được xem lại hoặc chọn lại. {LOOK_AGAIN}")
    _create(dot_nhap, created, people, by)
    _update(dot_nhap, updated, {row.row: row.doan_vien for row in created}, by)
    _tie([*created, *updated])
    dot_nhap.trang_thai = DotNhap.TrangThai.DA_NHAP
    dot_nhap.nhap_luc, dot_nhap.nhap_boi = timezone.now(), by
    dot_nhap.bang_ma_hoa = ""
    dot_nhap.save(update_fields=["trang_thai", "nhap_luc", "nhap_boi", "bang_ma_hoa"])
    record(
        by=by,
        hanh_dong="dot_nhap.confirm",
        target=dot_nhap,
        them_moi=len(created),
        cap_nhat=len(updated),
        sha256=dot_nhap.sha256,
    )
    return dot_nhap


def _tie(rows: list[DongNhap]) -> None:
    """Let each row know its person and forget its values; quicker than one UPDATE for each."""
    for row in rows:
        row.gia_tri_ma_hoa = ""
    DongNhap.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["doan_vien", "gia_tri_ma_hoa", "truoc_ma_hoa"],
    )


def _lock(dot_nhap: DotNhap) -> DotNhap:
    """The import as it stands, locked; refused once it has been entered."""
    return _current(dot_nhap, DotNhap.objects.select_for_update(of=("self",)))


def _current(dot_nhap: DotNhap, rows=DotNhap.objects) -> DotNhap:
    current = rows.select_related("don_vi").filter(pk=dot_nhap.pk).first()
    if current is None:
        raise RuleError(f"Lần xem trước này đã bị bỏ. {LOOK_AGAIN}")
    _check_not_imported(current.don_vi, current.sha256)
    if not current.is_mo:
        raise RuleError(f"Lần nhập này đã hoàn tác. {LOOK_AGAIN}")
    return current


def _check_not_imported(don_vi: DonVi, sha256: str) -> None:
    earlier = find_imported(don_vi=don_vi, sha256=sha256)
    if earlier:
        raise AlreadyImported(earlier)


def _check_counts(rows: list[DongNhap], expected: int, what: str) -> None:
    if len(rows) != expected:
        raise RuleError(
            f"Số dòng {what} nay là {len(rows)}, không phải {expected}. Xem lại trước khi nhập."
        )


def _create(dot_nhap: DotNhap, rows: list[DongNhap], people: list[DoanVien], by) -> None:
    """Enter the people of these rows; each row then knows its person."""
    _check_branches(dot_nhap.don_vi, people)
    on_file = DoanVien.objects.filter(cccd_bam__in=[person.cccd_bam for person in people])
    taken = on_file.count()
    if taken:
        raise RuleError(f"Từ lúc xem trước, sổ đã có thêm {taken} đồng chí này. {LOOK_AGAIN}")
    entered = create_many(
        rows=[(person, today(), QuaTrinh.LyDoBatDau.VAO_SO) for person in people],
        don_vi=dot_nhap.don_vi,
        by=by,
        hanh_dong="doan_vien.import",
    )
    for row, person in zip(rows, entered, strict=True):
        row.doan_vien = person


def _check_branches(don_vi: DonVi, people: list[DoanVien]) -> None:
    """That every branch still is what it was when its people were made ready."""
    known = {branch.pk for branch in chi_doan_by_name(don_vi).values()}
    used = {person.chi_doan_id: person.chi_doan for person in people}
    for pk, branch in used.items():
        if pk not in known:
            raise RuleError(f"{branch.ten_day_du} vừa kết thúc. {LOOK_AGAIN}")


def _new_member(row: DongNhap, branches: dict[str, DonVi]) -> DoanVien:
    values = values_of(row)
    if values["chi_doan"] not in branches:
        raise RuleError(f"{values['chi_doan']} vừa đổi tên hoặc kết thúc. {LOOK_AGAIN}")
    branch = branches[values["chi_doan"]]
    member = DoanVien(**{"ton_giao": "", **_filled(values), "chi_doan": branch})
    member.set_ho_ten(values["ho_ten"])
    member.set_cccd(values["cccd"])
    return member


def _update(dot_nhap: DotNhap, rows: list[DongNhap], created: dict[int, DoanVien], by) -> None:
    """Let the chosen rows fill the records they repeat; branch and citizen id never change so."""
    own = DoanVien.objects.under(dot_nhap.don_vi)
    for row in rows:
        member = created.get(row.of_row) or own.filter(pk=row.trung_voi_id).first()
        if member is None:
            raise RuleError(f"Dòng {row.row}: đồng chí này không còn trong sổ. {LOOK_AGAIN}")
        row.doan_vien = _update_one(row, member, by)
        if row.of_row:
            created[row.of_row] = row.doan_vien


def _update_one(row: DongNhap, member: DoanVien, by) -> DoanVien:
    changes = _changes(row, member)
    if not row.of_row:  # who came in with this very list goes as a whole
        keep_before(row, member, changes)
    try:
        return update_doan_vien(doan_vien=member, version=member.version, changes=changes, by=by)
    except RuleError as refusal:
        raise RuleError(f"Dòng {row.row}: {refusal} {LEAVE_OUT}") from refusal


def _changes(row: DongNhap, member: DoanVien) -> dict:
    """What the row says; an empty cell says nothing."""
    changes = _filled(values_of(row))
    born = changes.get("ngay_sinh", member.ngay_sinh)
    if changes.get("ngay_vao_doan", member.ngay_vao_doan) <= born:
        raise RuleError(
            f"Dòng {row.row}: ngày sinh không trước ngày vào Đoàn trong sổ. {LEAVE_OUT}"
        )
    return changes


def _filled(values: dict) -> dict:
    return {name: values[name] for name in FIELDS if values.get(name) not in ("", None)}
