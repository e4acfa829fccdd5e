"""What a meeting's page says, as plain values: sent, stored, and how the two differ."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, time
from typing import Any

from doanvien.models import GopDoanVien

from .models import BieuQuyet, BuoiSinhHoat, DiemDanh, NghiQuyet, PhienBanBuoi


@dataclass(frozen=True, kw_only=True)
class Dong:
    """One person on the roll."""

    trang_thai: str = DiemDanh.TrangThai.CO_MAT
    ly_do: str = ""

    @property
    def is_du_hop(self) -> bool:
        return self.trang_thai in DiemDanh.DU_HOP


@dataclass(frozen=True, kw_only=True)
class KetQua:
    """What became of a resolution of an earlier meeting."""

    trang_thai: str = NghiQuyet.TrangThai.DANG_LAM
    ket_qua: str = ""

    @property
    def is_ket_thuc(self) -> bool:
        return self.trang_thai != NghiQuyet.TrangThai.DANG_LAM


@dataclass(frozen=True, kw_only=True)
class NghiQuyetMoi:
    """A resolution of this meeting; `pk` when it is on record already."""

    noi_dung: str
    phu_trach_id: int
    han: date
    pk: int | None = None


@dataclass(frozen=True, kw_only=True)
class Phieu:
    """The tally of one vote: entitled ≥ present ≥ for + against + invalid."""

    noi_dung: str
    hinh_thuc: str = BieuQuyet.HinhThuc.GIO_TAY
    co_quyen: int
    co_mat: int
    tan_thanh: int
    khong_tan_thanh: int = 0
    khong_hop_le: int = 0

    @property
    def tong(self) -> int:
        return self.tan_thanh + self.khong_tan_thanh + self.khong_hop_le

    @property
    def y_kien_khac(self) -> int:
        """Present, and neither for, against nor invalid."""
        return self.co_mat - self.tong


@dataclass(frozen=True, kw_only=True)
class NoiDungBuoi:
    """A whole meeting. `diem_danh` by member, `ket_qua` by earlier resolution.

    `ban_nhap` holds what a draft says of resolutions and votes, as typed; a finished meeting
    has none.
    """

    loai: str
    ngay: date
    bat_dau: time
    ket_thuc: time | None = None
    dia_diem: str = ""
    chu_tri_id: int | None = None
    thu_ky_id: int | None = None
    dai_bieu: str = ""
    chu_diem: str = ""
    noi_dung: str = ""
    y_kien: str = ""
    ket_luan: str = ""
    hoat_dong_kem: str = ""
    diem_danh: dict[int, Dong] = field(default_factory=dict)
    ket_qua: dict[int, KetQua] = field(default_factory=dict)
    nghi_quyet: tuple[NghiQuyetMoi, ...] = ()
    bieu_quyet: tuple[Phieu, ...] = ()
    cung_hop: tuple[int, ...] = ()  # other branches of a joint meeting, in the order of keys
    ban_nhap: dict[str, Any] = field(default_factory=dict)

    @property
    def nguoi(self) -> set[int]:
        """Everybody it names."""
        named = {self.chu_tri_id, self.thu_ky_id, *(row.phu_trach_id for row in self.nghi_quyet)}
        return {*self.diem_danh, *named} - {None}

    @property
    def so_du_hop(self) -> int:
        return sum(row.is_du_hop for row in self.diem_danh.values())


_RIENG = {"diem_danh", "ket_qua", "nghi_quyet", "bieu_quyet", "cung_hop"}
TRUONG = tuple(item.name for item in fields(NoiDungBuoi) if item.name not in _RIENG)
"""Fields that stand on the meeting's own row."""


def read_noi_dung(buoi: BuoiSinhHoat) -> NoiDungBuoi:
    """The meeting as it is stored. Three queries, one more of a joint meeting; a draft keeps votes
    as typed."""
    resolutions = list(NghiQuyet.objects.cua_buoi(buoi).order_by("pk"))
    return NoiDungBuoi(
        **{name: getattr(buoi, name) for name in TRUONG},
        diem_danh={row.doan_vien_id: read_dong(row) for row in buoi.diem_danh.order_by()},
        ket_qua={
            row.pk: KetQua(trang_thai=row.trang_thai, ket_qua=row.ket_qua)
            for row in resolutions
            if row.ket_thuc_tai_id == buoi.pk
        },
        nghi_quyet=tuple(
            NghiQuyetMoi(
                noi_dung=row.noi_dung, phu_trach_id=row.phu_trach_id, han=row.han, pk=row.pk
            )
            for row in resolutions
            if row.buoi_id == buoi.pk
        ),
        bieu_quyet=() if buoi.is_nhap else tuple(read_phieu(buoi)),
        cung_hop=read_cung_hop(buoi),
    )


def read_cung_hop(buoi: BuoiSinhHoat) -> tuple[int, ...]:
    """The other branches of a joint meeting."""
    if buoi.loai != BuoiSinhHoat.Loai.LIEN_CHI_DOAN:
        return ()
    return tuple(buoi.cung_hop.order_by("chi_doan").values_list("chi_doan", flat=True))


def read_dong(row: DiemDanh) -> Dong:
    return Dong(trang_thai=row.trang_thai, ly_do=row.ly_do)


def read_phieu(buoi: BuoiSinhHoat) -> list[Phieu]:
    """The votes of a meeting in their order. One query."""
    names = [item.name for item in fields(Phieu)]
    return [Phieu(**row) for row in buoi.bieu_quyet.order_by("thu_tu", "pk").values(*names)]


def dump(noi_dung: NoiDungBuoi) -> dict[str, Any]:
    """Plain values for a kept version; people and resolutions stand in it by key."""
    plain = asdict(noi_dung)
    for name, value in plain.items():
        if isinstance(value, date | time):
            plain[name] = value.isoformat()
    for name in ("diem_danh", "ket_qua"):
        plain[name] = {str(pk): row for pk, row in plain[name].items()}
    plain["nghi_quyet"] = [row | {"han": row["han"].isoformat()} for row in plain["nghi_quyet"]]
    for name in ("bieu_quyet", "cung_hop"):
        plain[name] = list(plain[name])
    return plain


def load(plain: dict[str, Any]) -> NoiDungBuoi:
    """What `dump` has written, read again."""
    values = dict(plain)
    values["ngay"] = date.fromisoformat(values["ngay"])
    for name in ("bat_dau", "ket_thuc"):
        values[name] = time.fromisoformat(values[name]) if values[name] else None
    values["diem_danh"] = {int(pk): Dong(**row) for pk, row in values["diem_danh"].items()}
    values["ket_qua"] = {int(pk): KetQua(**row) for pk, row in values["ket_qua"].items()}
    values["nghi_quyet"] = tuple(
        NghiQuyetMoi(**row | {"han": date.fromisoformat(row["han"])})
        for row in values["nghi_quyet"]
    )
    values["bieu_quyet"] = tuple(Phieu(**row) for row in values["bieu_quyet"])
    values["cung_hop"] = tuple(values["cung_hop"])
    return NoiDungBuoi(**values)


def read_ban(ban: PhienBanBuoi) -> NoiDungBuoi:
    """What a kept version says. One query."""
    return read_cac_ban([ban])[0]


def read_cac_ban(rows: Sequence[PhienBanBuoi]) -> list[NoiDungBuoi]:
    """What kept versions say, people under the records that they have now. One query, none of
    rows `with_co_gop` of before any merge."""
    told = [load(row.noi_dung) for row in rows]
    if not any(getattr(row, "co_gop", True) for row in rows):
        return told
    went = GopDoanVien.objects.da_gop({pk for said in told for pk in said.nguoi})
    return [doi_nguoi(said, went) for said in told]


def doi_nguoi(said: NoiDungBuoi, went: Mapping[int, int]) -> NoiDungBuoi:
    """The same with other numbers for people whose records were made one with another's.

    Of two lines on the roll for one person the better stays, as in the roll itself.
    """
    if not said.nguoi & went.keys():
        return said
    roll: dict[int, Dong] = {}
    for pk, row in said.diem_danh.items():
        now = went.get(pk, pk)
        roll[now] = min(roll.get(now, row), row, key=lambda row: _HANG.index(row.trang_thai))
    return replace(
        said,
        diem_danh=roll,
        chu_tri_id=went.get(said.chu_tri_id, said.chu_tri_id),
        thu_ky_id=went.get(said.thu_ky_id, said.thu_ky_id),
        nghi_quyet=tuple(
            replace(row, phu_trach_id=went.get(row.phu_trach_id, row.phu_trach_id))
            for row in said.nghi_quyet
        ),
    )


_HANG = DiemDanh.TrangThai.values
"""States on the roll, the better first."""


def is_same(one: NoiDungBuoi, other: NoiDungBuoi) -> bool:
    """Whether both say the same, so that a form sent twice is known as one."""
    return _plain(one) == _plain(other)


def changed_fields(before: NoiDungBuoi, after: NoiDungBuoi) -> list[str]:
    """Names of the meeting's own fields that differ, of its votes and of those it is joint with."""
    names = (*TRUONG, "bieu_quyet", "cung_hop")
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def changed_rows(before: NoiDungBuoi, after: NoiDungBuoi) -> dict[str, list[str]]:
    """Members whose state on the roll differs: {id: [before, after]}; reasons stay private."""
    people = sorted({*before.diem_danh, *after.diem_danh})
    pairs = {pk: [_state(before, pk), _state(after, pk)] for pk in people}
    return {str(pk): pair for pk, pair in pairs.items() if pair[0] != pair[1]}


def _state(noi_dung: NoiDungBuoi, pk: int) -> str:
    row = noi_dung.diem_danh.get(pk)
    return str(row.trang_thai) if row else ""


def _plain(noi_dung: NoiDungBuoi) -> tuple:
    """Comparable form: resolutions without their keys, results only where one was given."""
    return (
        {name: getattr(noi_dung, name) for name in TRUONG},
        noi_dung.diem_danh,
        {pk: row for pk, row in noi_dung.ket_qua.items() if row.is_ket_thuc},
        sorted((row.noi_dung, row.phu_trach_id, row.han) for row in noi_dung.nghi_quyet),
        noi_dung.bieu_quyet,
        noi_dung.cung_hop,
    )
