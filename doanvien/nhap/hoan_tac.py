"""Takes an import back while nothing new hangs on its people: created ones go, changed ones
get back what they had."""

import json
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import models, transaction
from django.utils import timezone

from core.errors import RuleError
from core.periods import today
from doanvien.models import DoanVien, DongNhap, DotNhap, QuaTrinh
from doanvien.services import date_books
from tochuc.audit import record
from tochuc.ma_hoa import decrypt, encrypt
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri

HAN = "nhap_hoan_tac_ngay"
BATCH = 500
NAMED = 3
OF_THE_IMPORT = (QuaTrinh, DongNhap)
"""What the import itself hangs on a person."""


def keep_before(row: DongNhap, member: DoanVien, changes: Iterable[str]) -> None:
    """Keep, encrypted, what the row is about to change in a record."""
    kept = {name: _plain(getattr(member, name)) for name in changes}
    row.truoc_ma_hoa = encrypt(json.dumps({"version": member.version + 1, "truoc": kept}))


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value


def last_day(dot_nhap: DotNhap) -> date:
    """The last day on which the import can be taken back."""
    day = timezone.localdate(dot_nhap.nhap_luc)
    return day + timedelta(days=gia_tri(HAN, ngay=day, don_vi=dot_nhap.don_vi))


def is_open(dot_nhap: DotNhap) -> bool:
    return dot_nhap.is_da_nhap and today() <= last_day(dot_nhap)


@transaction.atomic
def undo_nhap(*, dot_nhap: DotNhap, so_nguoi: int, by) -> DotNhap:
    """Take the import back as a whole, or not at all.

    Refused after the days that the setting gives, when somebody of it was edited since, and
    when anything of another kind (roll, dues, case, transfer, rating …) hangs on a person who
    would go. `so_nguoi` is how many would go as it was shown.
    """
    dot_nhap = (
        DotNhap.objects.select_for_update(of=("self",)).select_related("don_vi").get(pk=dot_nhap.pk)
    )
    if not dot_nhap.is_da_nhap:
        raise RuleError("Danh sách này chưa được nhập, hoặc đã hoàn tác.")
    if not is_open(dot_nhap):
        raise RuleError(f"Chỉ hoàn tác được đến hết ngày {last_day(dot_nhap):%d/%m/%Y}.")
    created = list(dot_nhap.dong.them_moi().with_nguoi())
    updated = list(dot_nhap.dong.da_cap_nhat().with_nguoi())
    people = [row.doan_vien for row in created if row.doan_vien]
    if len(people) != so_nguoi:
        raise RuleError(f"Số đồng chí sẽ bỏ nay là {len(people)}, không phải {so_nguoi}. Xem lại.")
    refused = reasons(people, updated)
    if refused:
        raise RuleError(" ".join(refused))
    chi_doan = {nguoi.chi_doan_id for nguoi in people}
    _restore(updated)
    _remove(people, chi_doan)
    dot_nhap.trang_thai = DotNhap.TrangThai.HOAN_TAC
    dot_nhap.hoan_tac_luc, dot_nhap.hoan_tac_boi = timezone.now(), by
    dot_nhap.save(update_fields=["trang_thai", "hoan_tac_luc", "hoan_tac_boi"])
    dot_nhap.dong.update(truoc_ma_hoa="")
    record(
        by=by,
        hanh_dong="dot_nhap.undo",
        target=dot_nhap,
        so_nguoi=len(people),
        cap_nhat=len(updated),
    )
    return dot_nhap


def reasons(people: list[DoanVien], updated: list[DongNhap]) -> list[str]:
    """Why the import stays: sentences that name the people, few of them; none when it may go."""
    found = []
    touched = [nguoi for nguoi in people if nguoi.version != 1]
    touched += [row.doan_vien for row in _last_rows(updated) if _is_touched(row)]
    if touched:
        found.append(f"{_named(touched)} đã được sửa sau khi nhập.")
    by_pk = {nguoi.pk: nguoi for nguoi in people}
    for word, pks in _hanging(by_pk):
        found.append(f"{_named([by_pk[pk] for pk in pks])} đã có {word}.")
    return [f"Không hoàn tác được: {sentence}" for sentence in found[:1]] + found[1:]


def _named(people: list[DoanVien]) -> str:
    names = ", ".join(str(nguoi) for nguoi in people[:NAMED])
    more = len(people) - NAMED
    return f"{names} và {more} đồng chí nữa" if more > 0 else names


def _hanging(by_pk: dict[int, DoanVien]):
    """(kind of row, people on whom one hangs) for everything that the import did not make."""
    pks = list(by_pk)
    for relation in DoanVien._meta.related_objects:
        if relation.related_model in OF_THE_IMPORT or relation.many_to_many:
            continue
        holders = _holders(relation, pks)
        if holders:
            yield str(relation.related_model._meta.verbose_name), holders
    periods = QuaTrinh.objects.filter(doan_vien__in=pks).order_by()
    counted = periods.values_list("doan_vien").annotate(so=models.Count("pk"))
    moved = [pk for pk, count in counted if count > 1]
    ended = periods.filter(den_ngay__isnull=False).values_list("doan_vien", flat=True)
    if holders := sorted({*moved, *ended}):
        yield "quá trình sinh hoạt mới", holders


def _holders(relation, pks: list[int]) -> list[int]:
    name = relation.field.name
    rows = relation.related_model.objects.filter(**{f"{name}__in": pks}).order_by()
    return sorted(set(rows.values_list(relation.field.attname, flat=True)))


def _last_rows(updated: list[DongNhap]) -> list[DongNhap]:
    """Of several rows about one person the last: it left the record as the import did."""
    return list({row.doan_vien_id: row for row in updated if row.truoc_ma_hoa}.values())


def _is_touched(row: DongNhap) -> bool:
    return row.doan_vien is not None and row.doan_vien.version != _kept(row)["version"]


def _kept(row: DongNhap) -> dict:
    return json.loads(decrypt(row.truoc_ma_hoa))


def _restore(updated: list[DongNhap]) -> None:
    """Write back what stood in the records, the last row of a person first."""
    for row in reversed(updated):
        if not row.truoc_ma_hoa:
            continue
        member = DoanVien.objects.select_for_update(of=("self",)).get(pk=row.doan_vien_id)
        values = _kept(row)["truoc"]
        if "ho_ten" in values:
            member.set_ho_ten(values.pop("ho_ten"))
        for name, value in values.items():
            setattr(member, name, DoanVien._meta.get_field(name).to_python(value))
        if "huong_luong" in values:
            member.huong_luong_tu = None
        member.version += 1
        member.save()


def _remove(people: list[DoanVien], chi_doan: set[int]) -> None:
    pks = [nguoi.pk for nguoi in people]
    for start in range(0, len(pks), BATCH):
        part = pks[start : start + BATCH]
        QuaTrinh.objects.filter(doan_vien__in=part).delete()
        DoanVien.objects.filter(pk__in=part).delete()
    kept = set(
        QuaTrinh.objects.chinh_thuc()
        .filter(chi_doan__in=chi_doan)
        .values_list("chi_doan", flat=True)
    )
    DonVi.objects.filter(pk__in=chi_doan - kept).update(so_lieu_tu=None)
    date_books(kept)
