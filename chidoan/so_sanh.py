"""Two versions of one meeting side by side, in words."""

from dataclasses import dataclass
from typing import Any

from core.text.display import show
from doanvien.models import DoanVien

from .forms import BuoiForm
from .models import BieuQuyet, BuoiSinhHoat, ChiDoan, DiemDanh, NghiQuyet
from .noi_dung import NghiQuyetMoi, NoiDungBuoi, Phieu


@dataclass(frozen=True)
class KhacNhau:
    """One thing that differs: what it is called, what I have, what the other has."""

    nhan: str
    cua_toi: str
    ban_kia: str


def compare(mine: NoiDungBuoi, theirs: NoiDungBuoi) -> list[KhacNhau]:
    """What differs, in the order of the page. Two queries, for names."""
    people = {row.pk: row for row in _people(mine, theirs)}
    lines = [*_fields(mine, theirs, people), *_roll(mine, theirs, people)]
    lines += _results(mine, theirs)
    ours, other = (_resolutions(one.nghi_quyet, people) for one in (mine, theirs))
    if ours != other:
        lines.append(KhacNhau("Nghị quyết mới", ours or "Không có", other or "Không có"))
    ours, other = (_votes(one.bieu_quyet) for one in (mine, theirs))
    if ours != other:
        lines.append(KhacNhau("Biểu quyết", ours or "Không có", other or "Không có"))
    if mine.cung_hop != theirs.cung_hop:
        ours, other = (_branches(one.cung_hop) for one in (mine, theirs))
        lines.append(KhacNhau("Các chi đoàn cùng họp", ours or "Không có", other or "Không có"))
    ours, other = (_as_typed(one.ban_nhap) for one in (mine, theirs))
    if mine.ban_nhap and ours != other:
        lines.append(KhacNhau("Phần đang ghi", ours or "Không có", other or "Không có"))
    return lines


def _people(mine, theirs):
    wanted = {*mine.diem_danh, *theirs.diem_danh}
    for one in (mine, theirs):
        wanted |= {one.chu_tri_id, one.thu_ky_id, *(row.phu_trach_id for row in one.nghi_quyet)}
    return DoanVien.objects.filter(pk__in=wanted - {None}).order_by("khoa_sap_xep")


def _fields(mine, theirs, people):
    for name, field in BuoiForm.base_fields.items():
        attribute = f"{name}_id" if name in ("chu_tri", "thu_ky") else name
        ours, other = getattr(mine, attribute), getattr(theirs, attribute)
        if ours != other:
            yield KhacNhau(field.label, _words(name, ours, people), _words(name, other, people))


def _words(name: str, value: Any, people) -> str:
    if name in ("chu_tri", "thu_ky"):
        return str(people.get(value, "")) or "Chưa chọn"
    if name == "loai":
        return BuoiSinhHoat.Loai(value).label
    if hasattr(value, "minute"):
        return f"{value:%H:%M}"
    return show(value)


def _roll(mine, theirs, people):
    for pk, person in people.items():
        ours, other = mine.diem_danh.get(pk), theirs.diem_danh.get(pk)
        if ours != other:
            yield KhacNhau(f"Điểm danh {person}", _state(ours), _state(other))


def _state(row) -> str:
    if row is None:
        return "Không có trong danh sách"
    reason = f", {DiemDanh.LyDo(row.ly_do).label.lower()}" if row.ly_do else ""
    return f"{DiemDanh.TrangThai(row.trang_thai).label}{reason}"


def _results(mine, theirs):
    ours, other = (
        {pk: row for pk, row in one.ket_qua.items() if row.is_ket_thuc} for one in (mine, theirs)
    )
    differing = [pk for pk in {*ours, *other} if ours.get(pk) != other.get(pk)]
    for row in NghiQuyet.objects.filter(pk__in=differing):
        yield KhacNhau(
            f"Nghị quyết «{row.noi_dung}»", _result(ours.get(row.pk)), _result(other.get(row.pk))
        )


def _result(row) -> str:
    if row is None:
        return "Đang làm"
    return f"{NghiQuyet.TrangThai(row.trang_thai).label}: {row.ket_qua}"


def _resolutions(rows: tuple[NghiQuyetMoi, ...], people) -> str:
    lines = [
        f"{row.noi_dung} ({people.get(row.phu_trach_id, '')}, hạn {row.han:%d/%m/%Y})"
        for row in rows
    ]
    return "; ".join(sorted(lines))


def _votes(rows: tuple[Phieu, ...]) -> str:
    return "; ".join(
        f"{row.noi_dung}: tán thành {row.tan_thanh}/{row.co_mat}, không tán thành "
        f"{row.khong_tan_thanh}, không hợp lệ {row.khong_hop_le}, có quyền {row.co_quyen} "
        f"({BieuQuyet.HinhThuc(row.hinh_thuc).label.lower()})"
        for row in rows
    )


def _branches(keys: tuple[int, ...]) -> str:
    return ", ".join(ChiDoan.objects.filter(pk__in=keys).values_list("ten", flat=True))


def _as_typed(ban_nhap: dict[str, Any]) -> str:
    """The words about resolutions that a draft keeps: results, then new ones."""
    results = [row.get("ket_qua", "") for _, row in sorted(ban_nhap.get("ket_qua", {}).items())]
    rows = [
        ", hạn ".join(filter(None, (row.get("noi_dung"), row.get("han"))))
        for row in ban_nhap.get("nghi_quyet", [])
    ]
    votes = [row.get("noi_dung", "") for row in ban_nhap.get("bieu_quyet", [])]
    return "; ".join(filter(None, [*results, *rows, *votes]))
