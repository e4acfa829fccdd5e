"""Judges each row of a file that came back: whose it is, what differs, what cannot be taken."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from core.text import fold
from doanvien.ly_lich import NHAY_CAM
from doanvien.models import DoanVien
from doanvien.nhap.branches import Branches
from doanvien.nhap.values import BadValue, Entry
from doanvien.nhap.workbook import Row
from doanvien.tuoi import TuoiKetNap
from tochuc.ma_hoa import lookup_hash
from tochuc.models import DonVi

from .dau import Dau, open_mark
from .doc import Bang
from .muc_sua import MUC, Muc, is_as_written, read, shown, stored
from .so_sanh import DOI, TU_CHOI, XUNG_DOT, O, compare, refused

CA_DONG = "ca_dong"
"""The name of a finding about a row as a whole, and the choice to enter a new person."""
PHAI_CO = ("ho_ten", "ngay_sinh", "ngay_vao_doan", "dan_toc")
NHAN_RIENG = {CA_DONG: "Cả dòng", "chi_doan": "Chi đoàn"}
LECH_COT = (
    "Dòng này đổi cả họ tên và ngày sinh: có thể đã sắp xếp mà không chọn cột ẩn. "
    "Không ghi; tải lại tệp rồi sửa."
)


@dataclass(frozen=True)
class Luat:
    """Luật: what the register lends to the judgement."""

    nguoi: dict[int, DoanVien]
    duoc_doc: Callable[[DonVi], bool]
    chi_doan: dict[str, DonVi]
    da_co: dict[str, int]
    trung_ten: set[tuple[int, str, date]]
    tuoi: Callable[[DonVi, date], TuoiKetNap]
    homnay: date


@dataclass
class DongSo:
    """Dòng so: what was found in one row of the file."""

    row: int
    doan_vien: DoanVien | None = None
    ho_ten: str = ""
    o: list[O] = field(default_factory=list)
    is_moi: bool = False
    moi: dict = field(default_factory=dict)
    chi_doan: DonVi | None = None

    def count(self, loai: str) -> int:
        return sum(o.loai == loai for o in self.o)

    @property
    def is_tu_choi(self) -> bool:
        return any(o.ten == CA_DONG and o.loai == TU_CHOI for o in self.o)

    @property
    def chon(self) -> list[str]:
        """What is ticked at first: changes, never conflicts; a new person without a fault."""
        if self.is_moi:
            return [] if self.o else [CA_DONG]
        return [] if self.is_tu_choi else [o.ten for o in self.o if o.loai == DOI]


def open_marks(bang: Bang) -> dict[int, Dau | None]:
    """The mark of each row that has one, by the row's number."""
    return {row.number: open_mark(text) for row in bang.rows if (text := bang.dau(row))}


def typed_ids(bang: Bang) -> list[str]:
    """Citizen ids that stand in the file in full, as the register looks them up."""
    found = []
    for row in bang.rows if "cccd" in bang.cot else ():
        value = _try(MUC["cccd"], bang.entry(row, MUC["cccd"]))
        found += [lookup_hash(value)] if value else []
    return found


def judge_rows(bang: Bang, marks: dict[int, Dau | None], luat: Luat) -> list[DongSo]:
    seen: dict[int, int] = {}
    ids: dict[str, int] = {}
    found = []
    for row in bang.rows:
        dong = _judge(bang, row, marks, luat, seen)
        _check_cccd(dong, luat, ids)
        found.append(dong)
    return found


def _judge(bang, row, marks, luat, seen) -> DongSo:
    if row.number not in marks:
        return _new(bang, row, luat)
    mark = marks[row.number]
    if mark is None:
        return _whole(bang, row, "Cột dấu của dòng bị sửa. Tải lại tệp rồi sửa.")
    doan_vien = luat.nguoi.get(mark.pk)
    if doan_vien is None:
        return _whole(bang, row, "Đồng chí này không có trong sổ mà đồng chí được sửa.")
    if mark.pk in seen:
        dau_tien = seen[mark.pk]
        return _whole(bang, row, f"Dòng này lặp lại dòng {dau_tien}. Người mới thì xóa cột ẩn.")
    seen[mark.pk] = row.number
    return _known(bang, row, mark, doan_vien, luat)


def _whole(bang: Bang, row: Row, vi_sao: str) -> DongSo:
    return DongSo(row.number, ho_ten=_name(bang, row), o=[refused(CA_DONG, vi_sao)])


def _name(bang: Bang, row: Row) -> str:
    return (
        (_try(MUC["ho_ten"], bang.entry(row, MUC["ho_ten"])) or "") if "ho_ten" in bang.cot else ""
    )


def _known(bang: Bang, row: Row, mark: Dau, doan_vien: DoanVien, luat: Luat) -> DongSo:
    dong = DongSo(row.number, doan_vien, doan_vien.ho_ten)
    may_read = luat.duoc_doc(doan_vien.chi_doan)
    for name in bang.cot:
        if name in NHAY_CAM and (name not in mark.truoc or not may_read):
            dong.o += _closed(MUC[name], bang.entry(row, MUC[name]), may_read=may_read)
        elif name in mark.truoc:
            o = _cell(MUC[name], bang.entry(row, MUC[name]), mark.truoc[name], doan_vien, luat)
            dong.o += [o] if o else []
    dong.o += _moved(bang, row, doan_vien, luat)
    _check_row(dong, luat)
    return dong


def _cell(muc: Muc, entry: Entry, truoc, doan_vien: DoanVien, luat: Luat) -> O | None:
    if is_as_written(muc, entry, truoc):
        return None
    trong_so = stored(doan_vien, muc.ten)
    if muc.ten == "cccd" and not entry.cell.value.strip():
        return None  # an empty cell leaves the number as it is
    try:
        moi = read(muc, entry, today=luat.homnay)
    except BadValue as bad:
        return refused(muc.ten, str(bad), trong_so=trong_so)
    if muc.ten == "cccd" and doan_vien.cccd_bam and lookup_hash(moi) == doan_vien.cccd_bam:
        return None
    return compare(muc.ten, truoc=truoc, trong_so=trong_so, moi=moi)


def _closed(muc: Muc, entry: Entry, *, may_read: bool) -> list[O]:
    """A sensitive cell whose value the bringer may not read: typed anew, it is refused."""
    if not entry.cell.value.strip():
        return []
    if may_read:
        vi_sao = f"{muc.nhan} không có lúc tải về. Tải tệp có mục nhạy cảm rồi sửa mục này."
    else:
        vi_sao = f"{muc.nhan} do Đoàn phường ghi. Để trống ô {entry.address}."
    return [refused(muc.ten, vi_sao)]


def _moved(bang: Bang, row: Row, doan_vien: DoanVien, luat: Luat) -> list[O]:
    entry = bang.chi_doan(row)
    if entry is None or not entry.cell.value.strip():
        return []
    found = Branches([doan_vien.chi_doan.ten_day_du]).find(entry.cell.value)
    if found:
        return []
    reason = "Đổi chi đoàn thì làm thủ tục chuyển sinh hoạt, không đổi trong tệp."
    return [refused("chi_doan", reason, trong_so=doan_vien.chi_doan.ten_day_du)]


def _check_row(dong: DongSo, luat: Luat) -> None:
    """What only the cells together can tell."""
    changed = {o.ten for o in dong.o if o.loai != TU_CHOI}
    if {"ho_ten", "ngay_sinh"} <= changed and not _alike(dong):
        dong.o.insert(0, refused(CA_DONG, LECH_COT))
        return
    after = {o.ten: o.moi for o in dong.o if o.loai != TU_CHOI}
    whole = {name: after.get(name, stored(dong.doan_vien, name)) for name in MUC}
    for name, vi_sao in contradictions(whole, dong.doan_vien.chi_doan, luat):
        dong.o = [
            refused(o.ten, vi_sao, trong_so=o.trong_so) if o.ten == name else o for o in dong.o
        ]


def _alike(dong: DongSo) -> bool:
    """Whether the new name is still the old one, written better."""
    name = next(o for o in dong.o if o.ten == "ho_ten")
    return fold(name.moi) == fold(name.truoc)


def contradictions(whole: dict, chi_doan: DonVi, luat: Luat):
    """(field, sentence) for dates that cannot stand together; each names the cells to mend."""
    born, admitted = whole["ngay_sinh"], whole["ngay_vao_doan"]
    if born and admitted:
        day = date.fromisoformat(admitted)
        tuoi = luat.tuoi(chi_doan, day)
        if day < tuoi.earliest(date.fromisoformat(born)):
            for name in ("ngay_sinh", "ngay_vao_doan"):
                yield name, f"Ngày vào Đoàn khi chưa đủ {tuoi}. Xem lại ngày sinh và ngày vào Đoàn."
    tu, den = whole.get("di_xa_tu"), whole.get("di_xa_den")
    if tu and den and den < tu:
        for name in ("di_xa_tu", "di_xa_den"):
            yield name, "Ngày dự kiến về phải sau ngày đi."
    if whole.get("di_xa_noi") and not tu:
        yield "di_xa_noi", "Ghi cả ngày bắt đầu đi làm xa."


def _new(bang: Bang, row: Row, luat: Luat) -> DongSo:
    dong = DongSo(row.number, ho_ten=_name(bang, row), is_moi=True)
    for name in bang.cot:
        muc, entry = MUC[name], bang.entry(row, MUC[name])
        if not entry.cell.value.strip() and name not in PHAI_CO:
            continue
        try:
            dong.moi[name] = read(muc, entry, today=luat.homnay)
        except BadValue as bad:
            dong.o.append(refused(name, str(bad)))
    missing = [MUC[name].nhan for name in PHAI_CO if name not in bang.cot]
    if missing:
        dong.o.append(refused(CA_DONG, f"Tệp thiếu cột {', '.join(missing)}."))
    dong.chi_doan = _branch(bang, row, luat, dong)
    _check_new(dong, luat)
    return dong


def _branch(bang: Bang, row: Row, luat: Luat, dong: DongSo) -> DonVi | None:
    entry = bang.chi_doan(row)
    text = entry.cell.value.strip() if entry else ""
    if not text and len(luat.chi_doan) == 1:
        return next(iter(luat.chi_doan.values()))
    found = luat.chi_doan.get(Branches(luat.chi_doan).find(text)) if text else None
    if found is None:
        where = f" ở ô {entry.address}" if entry else ""
        dong.o.append(refused("chi_doan", f"Ghi đúng tên chi đoàn cho người mới{where}."))
    return found


def _check_new(dong: DongSo, luat: Luat) -> None:
    if dong.o or dong.chi_doan is None:
        return
    whole = dict.fromkeys(MUC, "") | dong.moi
    dong.o += [refused(name, text) for name, text in contradictions(whole, dong.chi_doan, luat)]
    born = date.fromisoformat(dong.moi["ngay_sinh"])
    if (dong.chi_doan.pk, fold(dong.moi["ho_ten"]), born) in luat.trung_ten:
        text = f"{dong.chi_doan} đã có người cùng họ tên, ngày sinh. Xóa dòng này trong tệp."
        dong.o.append(refused(CA_DONG, text))


def _check_cccd(dong: DongSo, luat: Luat, ids: dict[str, int]) -> None:
    """A citizen id belongs to one person, in the register and in the file."""
    value = dong.moi.get("cccd") if dong.is_moi else _new_value(dong, "cccd")
    if not value:
        return
    key = lookup_hash(value)
    own = dong.doan_vien.pk if dong.doan_vien else None
    if luat.da_co.get(key, own) != own:
        vi_sao = "Số CCCD này đã có trong sổ của người khác. Kiểm tra lại số."
    elif key in ids:
        vi_sao = f"Số CCCD này trùng với dòng {ids[key]} trong tệp."
    else:
        ids[key] = dong.row
        return
    dong.o = [o for o in dong.o if o.ten != "cccd"] + [refused("cccd", vi_sao)]


def _new_value(dong: DongSo, name: str):
    return next((o.moi for o in dong.o if o.ten == name and o.loai in (DOI, XUNG_DOT)), "")


def _try(muc: Muc, entry: Entry):
    try:
        return muc.read(entry)
    except BadValue:
        return ""


def label_of(name: str) -> str:
    return NHAN_RIENG.get(name) or MUC[name].nhan


def shown_value(name: str, value) -> str:
    return shown(MUC[name], value) if name in MUC else str(value)
