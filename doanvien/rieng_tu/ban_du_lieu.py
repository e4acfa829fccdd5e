"""Everything that is held about one person, as a file he can read: HTML, Excel, JSON, papers.

The tables come from `quan_he`; of other people nothing goes in: neither who wrote a line, nor
whoever else a row names.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import models
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import capfirst

from core.text.display import gio, show
from core.xlsx import Sheet, write_workbook
from doanvien.models import DoanVien
from doanvien.models.con_nguoi import ConNguoi
from tochuc.ma_hoa import decrypt
from tochuc.models import DonVi, NguoiDung, NhatKy, VanBan
from tochuc.nhat_ky import hanh_dong_bang_chu

from .nhan import NHAN
from .quan_he import Bang, Nguoi, bang_lien_quan, bang_ten, has_namesake, rows_by_name

MA_HOA = "_ma_hoa"
KHOA_KY_THUAT = frozenset(
    {
        "khoa_sap_xep",
        "khoa_tim",
        "cccd_bam",
        "cccd_cuoi",
        "version",
        "tai_version",
        "ma_gui",
        "client_id",
    }
)
"""Made out of other fields or for the machine: sort and search keys, hash and tail of the
citizen id, numbers of versions and of sent forms."""
NGUOI_KHAC = "(người khác)"
VIEC_CHUNG = frozenset({"chi_doan", "ngay_vao_doan", "ngay_don"})
"""Of another person's record: where and when he had a part in it, nothing about the other."""


@dataclass(frozen=True)
class Phan:
    """One table of the file: its words, its columns and its rows, every cell as text."""

    ma: str
    ten: str
    cot: list[str]
    dong: list[list[str]]

    @property
    def mot_dong(self) -> list[tuple[str, str]]:
        """A single row reads better as lines: its filled cells with their labels."""
        if len(self.dong) != 1:
            return []
        return [(name, text) for name, text in zip(self.cot, self.dong[0], strict=True) if text]


def ban_du_lieu(nguoi: Nguoi) -> bytes:
    """The archive: ban-du-lieu.html, .xlsx and .json, and the papers and files about him."""
    parts = list(cac_phan(nguoi))
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("ban-du-lieu.html", _html(nguoi, parts))
        archive.writestr("ban-du-lieu.xlsx", write_workbook(_sheets(parts)))
        archive.writestr("ban-du-lieu.json", _json(parts))
        for name, data in (*_papers(nguoi), *_files(nguoi)):
            archive.writestr(name, data)
    return content.getvalue()


def cac_phan(nguoi: Nguoi) -> Iterator[Phan]:
    """Every table with rows of his; the record itself first, who did what to it last."""
    yield _phan(type(nguoi), [nguoi], nguoi)
    for bang in bang_lien_quan(type(nguoi)):
        rows = list(bang.rows(nguoi))
        if rows:
            yield _phan(bang.model, rows, nguoi, vai=_vai(bang))
    yield from _ghi_theo_ten(nguoi)
    if lines := list(_audit(nguoi)):
        yield Phan("nhat_ky", "Việc đã làm với lý lịch", ["Lúc", "Việc"], lines)


def rows_of(nguoi: Nguoi) -> Iterator[tuple[Bang, list]]:
    """The rows that are his, by table."""
    for bang in bang_lien_quan(type(nguoi)):
        if bang.cua_nguoi and (rows := list(bang.rows(nguoi))):
            yield bang, rows


def papers_of(nguoi: Nguoi):
    """Issued papers about the person or about a row that is his; of those that tell of others too
    what he has signed and what stands."""
    about = Q(doi_tuong_loai=nguoi._meta.label_lower, doi_tuong_id=nguoi.pk)
    for bang, rows in rows_of(nguoi):
        if getattr(bang.model, "giay_chung", False):
            signed = [row for row in rows if row.da_ky_boi(nguoi)]
            about |= _of(bang, signed) & Q(huy_luc__isnull=True)
        else:
            about |= _of(bang, rows)
    return VanBan.objects.filter(about).order_by("ngay", "pk")


def _of(bang: Bang, rows: list) -> Q:
    return Q(doi_tuong_loai=bang.label, doi_tuong_id__in=[row.pk for row in rows])


def _ghi_theo_ten(nguoi: Nguoi) -> Iterator[Phan]:
    """Rows that bear a member's name and no key; an applicant's name proves less."""
    if not isinstance(nguoi, DoanVien) or has_namesake(nguoi):
        return
    for model, field in bang_ten():
        if rows := list(rows_by_name(model, field, nguoi)):
            yield _phan(model, rows, nguoi, vai="ghi theo họ tên")


def _phan(model, rows: Iterable, nguoi: Nguoi, vai: str = "") -> Phan:
    fields = list(_fields(model, only_facts=vai.startswith("là")))
    ten = str(model._meta.verbose_name)
    ten = capfirst(ten) + (f" ({vai})" if vai else "")
    cells = [[_value(row, field, nguoi) for field in fields] for row in rows]
    return Phan(model._meta.label_lower, ten, [_label(field) for field in fields], cells)


def _vai(bang: Bang) -> str:
    """In which part somebody stands in a matter of others; nothing for a row of his own."""
    if bang.cua_nguoi:
        return ""
    field = bang.model._meta.get_field(bang.path)
    return f"là {str(field.verbose_name).lower()}"


def _fields(model, *, only_facts: bool) -> Iterator[models.Field]:
    """What of a row is about the person; in a matter of others only dates, units and codes."""
    for field in model._meta.concrete_fields:
        if field.primary_key or field.name in KHOA_KY_THUAT or _is_technical(field):
            continue
        if only_facts and not _is_fact(model, field):
            continue
        yield field


def _is_technical(field) -> bool:
    is_other = field.is_relation and field.related_model in (NguoiDung, DoanVien)
    is_bytes = isinstance(field, models.BinaryField)
    hashed = field.name in ("sha256", "hash", "dau", "dau_vet") or field.name.endswith("_hash")
    return is_bytes or hashed or (is_other and field.related_model is NguoiDung)


def _is_fact(model, field) -> bool:
    if issubclass(model, ConNguoi):
        return field.name in VIEC_CHUNG
    if field.is_relation:
        return field.related_model is DonVi
    return bool(field.flatchoices) or isinstance(field, models.DateField)


def _label(field) -> str:
    """The field in words; one that has none is called after what it points at."""
    text = str(field.verbose_name)
    if text == field.name.replace("_", " "):
        text = NHAN.get(field.name) or str(field.related_model._meta.verbose_name)
    return capfirst(text)


def _value(row, field, nguoi: Nguoi) -> str:
    if field.related_model is DoanVien:
        pk = getattr(row, field.attname)
        is_own = isinstance(nguoi, DoanVien) and pk == nguoi.pk
        return "" if pk is None else "chính đồng chí" if is_own else NGUOI_KHAC
    if field.is_relation:
        target = getattr(row, field.name)
        if target is None:
            return ""
        return str(target) if isinstance(target, DonVi) else f"số {target.pk}"
    if field.name.endswith(MA_HOA):
        return decrypt(getattr(row, field.name))
    if field.flatchoices:
        return str(getattr(row, f"get_{field.name}_display")())
    value = field.value_from_object(row)
    if field.name.startswith("nam") and isinstance(value, int):
        return str(value)
    if isinstance(field, models.JSONField) and value:
        return json.dumps(value, ensure_ascii=False, default=str)
    return show(value) if value not in (None, "", []) else ""


def _audit(nguoi: Nguoi) -> Iterator[list[str]]:
    lines = NhatKy.objects.filter(doi_tuong_loai=nguoi._meta.label_lower, doi_tuong_id=nguoi.pk)
    for line in lines.order_by("so"):
        yield [gio(line.luc), hanh_dong_bang_chu(line.hanh_dong)]


def _html(nguoi: Nguoi, parts: list[Phan]) -> str:
    context = {"nguoi": nguoi, "parts": parts, "luc": timezone.localtime()}
    return render_to_string("doanvien/ban_du_lieu.html", context)


def _sheets(parts: list[Phan]) -> Iterator[Sheet]:
    for so, part in enumerate(parts, start=1):
        yield Sheet(f"{so:02d} {part.ten}", part.cot, part.dong)


def _json(parts: list[Phan]) -> str:
    data = [
        {"bang": part.ma, "ten": part.ten, "dong": [_named(part.cot, row) for row in part.dong]}
        for part in parts
    ]
    return json.dumps(data, ensure_ascii=False, indent=1)


def _named(labels: list[str], row: list[str]) -> dict[str, str]:
    return dict(zip(labels, row, strict=True))


def _papers(nguoi: Nguoi) -> Iterator[tuple[str, bytes]]:
    for van_ban in papers_of(nguoi):
        so = van_ban.so_ky_hieu.replace("/", "-") or van_ban.loai
        yield f"van-ban/{van_ban.pk}-{so}-{van_ban.phien_ban}.pdf", bytes(van_ban.tep)


def _files(nguoi: Nguoi) -> Iterator[tuple[str, bytes]]:
    own = [(type(nguoi), [nguoi]), *((bang.model, rows) for bang, rows in rows_of(nguoi))]
    for model, rows in own:
        if hasattr(model, "ten_tep"):
            yield from ((f"tep/{row.ten_tep}", bytes(row.tep)) for row in rows)
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield from (_file(row, field) for row in rows if getattr(row, field.name))


def _file(row, field) -> tuple[str, bytes]:
    stored = getattr(row, field.name)
    with stored.open("rb") as stream:
        return f"tep/{row.pk}-{stored.name.rsplit('/', 1)[-1]}", stream.read()
