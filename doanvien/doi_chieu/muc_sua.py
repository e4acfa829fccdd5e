"""The columns of the list that is edited elsewhere: how each is written, read and shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.utils.text import capfirst

from core.text import clean, lowfirst
from core.text.display import ngay
from doanvien import danh_muc
from doanvien.ly_lich import CHON_TRONG_MAU, NHAY_CAM, SECTIONS, field_names
from doanvien.models import DoanVien
from doanvien.nhap import values
from doanvien.nhap.code_lists import find_label, suggest_label
from doanvien.nhap.columns import LABELS
from doanvien.nhap.rows import CODE_LISTS, SPOKEN_LABELS
from doanvien.nhap.values import BadValue, Entry

STT, CHI_DOAN, DAU = "STT", "Chi đoàn", "Dấu của dòng (không sửa)"
GIOI_TINH = {
    DoanVien.GioiTinh.NAM: "Nam",
    DoanVien.GioiTinh.NU: "Nữ",
    DoanVien.GioiTinh.CHUA_RO: "",
}
SO_DOAN = dict(DoanVien.SoDoan.choices)
NGUON = "nguon"
BAT_BUOC = ("ho_ten", "ngay_sinh", "ngay_vao_doan", "dan_toc", "ton_giao", "chuc_vu")
"""An empty cell cannot take these away."""
CHO_NGUOI_MOI = NHAY_CAM[:2]
"""Whoever enters a person writes these once, even without the right to read them."""
KHONG_SAU_HOM_NAY = ("ngay_sinh", "ngay_vao_doan")


@dataclass(frozen=True)
class Muc:
    """One column: a field of the record, its label, and what an entry of it means."""

    ten: str
    nhan: str
    read: Callable[[Entry], Any]

    @property
    def is_ngay(self) -> bool:
        return self.read is values.read_date


def read_gioi_tinh(entry: Entry) -> str:
    words = {label.lower(): code for code, label in GIOI_TINH.items() if label} | {"nu": "nu"}
    text = entry.text.lower()
    if text and text not in words:
        raise BadValue(f"Giới tính «{entry.text}» chưa rõ. Ghi Nam hoặc Nữ ở ô {entry.address}.")
    return str(words.get(text, DoanVien.GioiTinh.CHUA_RO))


def read_listed(entry: Entry, *, labels: tuple[str, ...]) -> str:
    """A value of a code list; another one is refused with the nearest."""
    text = entry.text
    label = find_label(text, labels)
    if text and not label:
        near = suggest_label(text, labels)
        hint = f"Nếu là «{near}», sửa" if near else "Sửa"
        raise BadValue(f"{entry.label} «{text}» không có trong danh mục. {hint} ô {entry.address}.")
    return label


def read_nguon(entry: Entry) -> str:
    """Sources of cadres as their labels with semicolons between."""
    codes, rest = danh_muc.read_nguon(entry.text)
    if rest:
        raise BadValue(
            f"{entry.label} «{rest}» không có trong danh mục. Ghi vào cột «Nguồn cán bộ khác», "
            f"hoặc sửa ô {entry.address}."
        )
    return nguon_text(codes)


def nguon_text(codes: Iterable[str]) -> str:
    wanted = set(codes)
    return "; ".join(label for code, label in danh_muc.NGUON_CAN_BO.items() if code in wanted)


def read_so_doan(entry: Entry) -> str:
    label = read_listed(entry, labels=tuple(DoanVien.SoDoan.labels))
    return next((code for code, text in DoanVien.SoDoan.choices if text == label), "")


def read_flag(entry: Entry) -> bool:
    return bool(values.read_flag(entry))


READERS: dict[str, Callable[[Entry], Any]] = {
    "ho_ten": values.read_name,
    "gioi_tinh": read_gioi_tinh,
    "dan_toc": values.read_dan_toc,
    "cccd": values.read_cccd,
    "email": values.read_email,
    "dien_thoai": values.read_phone,
    NGUON: read_nguon,
    "so_doan": read_so_doan,
    **{name: partial(read_listed, labels=labels) for name, labels in CODE_LISTS.items()},
}


def _muc(name: str) -> Muc:
    if name == "cccd":
        return Muc(name, LABELS[name][0], READERS[name])
    if name == NGUON:
        return Muc(name, "Nguồn cán bộ", READERS[name])
    field = DoanVien._meta.get_field(name)
    kind = field.get_internal_type()
    nhan = SPOKEN_LABELS.get(name) or LABELS.get(name, [""])[0] or str(field.verbose_name)
    default = {"DateField": values.read_date, "BooleanField": read_flag}.get(
        kind, partial(values.read_text, limit=field.max_length or 0)
    )
    return Muc(name, capfirst(nhan), READERS.get(name, default))


MUC = {
    name: _muc(name)
    for _, rows in SECTIONS
    for name in field_names(rows)
    if name not in CHON_TRONG_MAU
}
"""Every field of the record that people type, in the order of its form."""
THEO_NHAN = {muc.nhan: muc for muc in MUC.values()}


def columns_for(*, is_readable: bool) -> list[Muc]:
    """The columns of a download; sensitive ones only for who may read them.

    Ethnic group and religion always have a column, for people who are new.
    """
    hidden = () if is_readable else set(NHAY_CAM) - set(CHO_NGUOI_MOI)
    return [muc for name, muc in MUC.items() if name not in hidden]


def stored(doan_vien: DoanVien, name: str) -> Any:
    """What the record says, as JSON keeps it; of the citizen id only its end."""
    if name == NGUON:
        return nguon_text(row.ma for row in doan_vien.nguon.all())
    value = doan_vien.cccd_che if name == "cccd" else getattr(doan_vien, name)
    return plain(value)


def plain(value: Any) -> Any:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else value


def typed(muc: Muc, value: Any) -> Any:
    """A kept value as the cell of the workbook."""
    if muc.is_ngay:
        return date.fromisoformat(value) if value else None
    if muc.ten == "gioi_tinh":
        return GIOI_TINH.get(value, "")
    if muc.ten == "so_doan":
        return SO_DOAN.get(value, "")
    if isinstance(value, bool):
        return "x" if value else ""
    return value


def shown(muc: Muc, value: Any) -> str:
    """A kept value as people read it on the page."""
    if muc.ten == "cccd" and value:
        return f"•••• {value[-4:]}"
    written = typed(muc, value)
    return ngay(written) if isinstance(written, date) else str(written or "")


def is_as_written(muc: Muc, entry: Entry, value: Any) -> bool:
    """Whether the cell still holds what the download wrote there."""
    written = typed(muc, value)
    text = written.isoformat() if isinstance(written, date) else clean(str(written or ""))
    return entry.cell.kind not in ("f", "e") and clean(entry.cell.value) == text


def read(muc: Muc, entry: Entry, *, today: date) -> Any:
    """The cell as a value to keep; BadValue says what is wrong and how to mend it."""
    if not clean(entry.cell.value):
        if muc.ten in BAT_BUOC:
            label = lowfirst(muc.nhan)
            raise BadValue(f"Không để trống {label}. Điền ở ô {entry.address}.")
        return {"gioi_tinh": DoanVien.GioiTinh.CHUA_RO.value}.get(
            muc.ten, False if muc.read is read_flag else ""
        )
    value = muc.read(entry)
    if muc.ten in KHONG_SAU_HOM_NAY and value > today:
        raise BadValue(f"{muc.nhan} {ngay(value)} ở sau hôm nay. Xem lại ô {entry.address}.")
    return plain(value)


def as_field(muc: Muc, value: Any) -> Any:
    """A kept value as the record's field takes it."""
    if muc.is_ngay:
        return date.fromisoformat(value) if value else None
    return danh_muc.read_nguon(value)[0] if muc.ten == NGUON else value
