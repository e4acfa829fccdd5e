"""What the pages of an import show: its views, its rows in words, its counts."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from core.text.display import NBSP, ngay, so
from doanvien.models import DongNhap, DotNhap

from .storage import raw_of, values_of

CAN_XEM, CAN_SUA, TRUNG, THEM_MOI = "can-xem", "can-sua", "trung", "them-moi"
TABS = (CAN_XEM, CAN_SUA, TRUNG, THEM_MOI)
PILLS = {
    DongNhap.HanhDong.CREATE: ("ok", "user-plus", "Sẽ nhập"),
    DongNhap.HanhDong.REJECT: ("bad", "ban", "Không nhận"),
    DongNhap.HanhDong.DUPLICATE: ("warn", "copy", "Trùng"),
}
ENTERED = ("ok", "circle-check", "Đã nhập")
UPDATED = ("ok", "circle-check", "Đã cập nhật")
LOOK = ("warn", "triangle-alert", "Sẽ nhập, nên xem")


@dataclass(frozen=True)
class Dong:
    """One row of a list as a person reads it."""

    dong: DongNhap
    ho_ten: str
    ngay_sinh: str
    chi_doan: str
    pill: tuple[str, str, str]
    url: str = ""

    @property
    def findings(self) -> list[dict]:
        return [*self.dong.loi, *self.dong.canh_bao]


def tabs(dot_nhap: DotNhap, chosen: str) -> list[dict]:
    """The views of an import, each with the number of rows it shows."""
    counted = {
        CAN_XEM: ("Cần xem", dot_nhap.so_can_xem),
        CAN_SUA: ("Cần sửa", dot_nhap.so_can_sua),
        TRUNG: ("Trùng", dot_nhap.so_trung),
        THEM_MOI: ("Đã nhập" if dot_nhap.is_da_nhap else "Thêm mới", dot_nhap.so_them),
    }
    return [
        {
            "label": f"{label} · {so(count)}".replace(" ", NBSP),
            "url": f"?xem={name}",
            "active": name == chosen,
        }
        for name, (label, count) in counted.items()
    ]


def chosen_tab(dot_nhap: DotNhap, name: str) -> str:
    """The view asked for; else the rows that need a look, or if there are none, all created."""
    if name in TABS:
        return name
    return CAN_XEM if dot_nhap.so_can_xem and not dot_nhap.is_da_nhap else THEM_MOI


def rows_of(dot_nhap: DotNhap, tab: str):
    """The rows of a view, in the order of the sheet."""
    rows = dot_nhap.dong.with_nguoi()
    views = (rows.can_xem, rows.can_sua, rows.trung, rows.them_moi)
    return dict(zip(TABS, views, strict=True))[tab]()


def show_dong(dong: DongNhap, *, is_da_nhap: bool) -> Dong:
    person, values, raw = dong.doan_vien, values_of(dong), raw_of(dong)
    if person:
        born, branch = ngay(person.ngay_sinh), person.chi_doan.ten
    else:
        born = values.get("ngay_sinh") or raw.get("ngay_sinh_nam") or raw.get("ngay_sinh_nu")
        branch = values.get("chi_doan") or raw.get("chi_doan", "")
    return Dong(
        dong,
        dong.ho_ten,
        ngay(born) if isinstance(born, date) else born or "",
        branch.removeprefix("Chi đoàn "),
        _pill(dong, is_da_nhap=is_da_nhap),
        person.get_absolute_url() if person else "",
    )


def _pill(dong: DongNhap, *, is_da_nhap: bool) -> tuple[str, str, str]:
    if is_da_nhap and dong.cap_nhat:
        return UPDATED
    if dong.hanh_dong != DongNhap.HanhDong.CREATE:
        return PILLS[dong.hanh_dong]
    if is_da_nhap:
        return ENTERED
    return LOOK if dong.canh_bao else PILLS[dong.hanh_dong]


def verb(dot_nhap: DotNhap) -> str:
    """What the button does: "Nhập 178, cập nhật 1"; "" when there is nothing to enter."""
    parts = []
    if dot_nhap.so_them:
        parts.append(f"nhập {so(dot_nhap.so_them)}")
    if dot_nhap.so_cap_nhat:
        parts.append(f"cập nhật {so(dot_nhap.so_cap_nhat)}")
    return ", ".join(parts).capitalize()


def left_out(dot_nhap: DotNhap) -> str:
    """What the button does not do: "Bỏ qua 2 dòng trùng, 24 dòng cần sửa."."""
    skipped = dot_nhap.so_trung - dot_nhap.so_cap_nhat
    counts = ((skipped, "dòng trùng"), (dot_nhap.so_can_sua, "dòng cần sửa"))
    parts = [f"{so(count)} {what}" for count, what in counts if count]
    return f"Bỏ qua {', '.join(parts)}." if parts else ""


def question(dot_nhap: DotNhap) -> str:
    return f"{verb(dot_nhap)} đồng chí vào sổ {dot_nhap.don_vi}?"


def consequences(dot_nhap: DotNhap, day: date) -> str:
    """What follows from a yes."""
    return (
        f"Mỗi đồng chí vào chi đoàn ghi trong tệp, tính sinh hoạt từ hôm nay, {ngay(day)}. "
        f"{left_out(dot_nhap)}"
    )


def undo_text(dot_nhap: DotNhap) -> str:
    """What goes and what returns when the import is taken back."""
    parts = []
    if dot_nhap.so_them:
        parts.append(f"Bỏ khỏi sổ {so(dot_nhap.so_them)} đồng chí đã thêm.")
    if dot_nhap.so_cap_nhat:
        parts.append(f"Trả lại {so(dot_nhap.so_cap_nhat)} lý lịch như trước khi cập nhật.")
    return " ".join([*parts, "Sau đó có thể nhập lại tệp này."])


def place_of(dong: DongNhap, tab: str, page: str) -> str:
    """The address of a row within the view it was seen in."""
    query = urlencode({name: value for name, value in (("xem", tab), ("page", page)) if value})
    return f"{dong.dot_nhap.get_absolute_url()}?{query}#dong-{dong.row}"
