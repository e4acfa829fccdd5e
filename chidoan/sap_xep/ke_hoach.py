"""Kế hoạch sắp xếp: what is to be done with which units, as data; no database here.

{"thay_doi": [{"loai": "sap_nhap", "don_vi": [3, 4], "dich": [{"ten": "…", …}]}, …]}
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

LAP_MOI, GIAI_THE, DOI_TEN, CHUYEN = "lap_moi", "giai_the", "doi_ten", "chuyen"
SAP_NHAP, CHIA_TACH, BO_CAP = "sap_nhap", "chia_tach", "bo_cap"
CAC_LOAI = (LAP_MOI, GIAI_THE, DOI_TEN, CHUYEN, SAP_NHAP, CHIA_TACH, BO_CAP)
TEN_LOAI = (
    (SAP_NHAP, "Sáp nhập"),
    (CHIA_TACH, "Chia, tách"),
    (LAP_MOI, "Lập mới"),
    (GIAI_THE, "Giải thể"),
    (DOI_TEN, "Đổi tên"),
    (CHUYEN, "Chuyển về cấp trên khác"),
    (BO_CAP, "Kết thúc cấp huyện"),
)
CO_DICH = (LAP_MOI, SAP_NHAP, CHIA_TACH)
DOI_CHO = (CHUYEN, SAP_NHAP, CHIA_TACH, BO_CAP)
"""What hangs below their units goes along."""
MOT_LAN = (DOI_TEN, CHUYEN)
"""What a unit can be told once a day: two of one day would depend on their order."""
_CAP = {
    "chi_doan": "chi_doan",
    **dict.fromkeys(("xa", "phuong", "thi_tran", "dac_khu"), "co_so"),
    **dict.fromkeys(("huyen", "quan", "thi_xa"), "huyen"),
    "tinh": "tinh",
}


def cap_cua(loai: str, cap_tren: str = "") -> str:
    """The level of a kind of unit; a city may be below a province, or beside it."""
    if loai == "thanh_pho":
        return "huyen" if cap_tren == "tinh" else "tinh"
    return _CAP.get(loai, "")


@dataclass(frozen=True)
class Dich:
    """Where something goes: a unit that exists, or one that begins on the day.

    `bi_thu` is the member who holds the office of secretary from that day, `tai_khoan` the
    account that works for the unit.
    """

    don_vi: int | None = None
    ten: str = ""
    loai: str = ""
    khoi: str = ""
    cap_tren: int | None = None
    bi_thu: int | None = None
    tai_khoan: int | None = None

    @property
    def is_moi(self) -> bool:
        return self.don_vi is None


@dataclass(frozen=True)
class ThayDoi:
    """One change: of which units, into what; `nguoi` is the target of each member of a split
    (for a ward: of each branch), `dia_ban` that of each of its areas, by its place in `dich`."""

    loai: str
    don_vi: tuple[int, ...] = ()
    dich: tuple[Dich, ...] = ()
    ten: str = ""
    cap_tren: int | None = None
    nguoi: dict[int, int] = field(default_factory=dict)
    dia_ban: dict[int, int] = field(default_factory=dict)

    @property
    def ket_thuc(self) -> tuple[int, ...]:
        """Units that end by it."""
        if self.loai in (SAP_NHAP, GIAI_THE, BO_CAP):
            return self.don_vi
        if self.loai == CHIA_TACH and not set(self.don_vi) & {dich.don_vi for dich in self.dich}:
            return self.don_vi
        return ()

    @property
    def nhac_toi(self) -> set[int]:
        """All units that exist and that it names."""
        named = {*self.don_vi, self.cap_tren}
        for dich in self.dich:
            named |= {dich.don_vi, dich.cap_tren}
        return named - {None}


def doc(ke_hoach: dict) -> list[ThayDoi]:
    """The changes of a plan as it was kept."""
    return [
        ThayDoi(
            loai=item["loai"],
            don_vi=tuple(item.get("don_vi", ())),
            dich=tuple(Dich(**dich) for dich in item.get("dich", ())),
            ten=item.get("ten", ""),
            cap_tren=item.get("cap_tren"),
            nguoi={int(pk): so for pk, so in item.get("nguoi", {}).items()},
            dia_ban={int(pk): so for pk, so in item.get("dia_ban", {}).items()},
        )
        for item in ke_hoach.get("thay_doi", ())
    ]


def viet(thay_doi: list[ThayDoi]) -> dict:
    """The plan as it is kept; empty parts are left out."""
    return {"thay_doi": [_viet(item) for item in thay_doi]}


def _viet(item: ThayDoi) -> dict:
    parts = {
        "loai": item.loai,
        "don_vi": list(item.don_vi),
        "dich": [{key: value for key, value in vars(dich).items() if value} for dich in item.dich],
        "ten": item.ten,
        "cap_tren": item.cap_tren,
        "nguoi": {str(pk): so for pk, so in sorted(item.nguoi.items())},
        "dia_ban": {str(pk): so for pk, so in sorted(item.dia_ban.items())},
    }
    return {key: value for key, value in parts.items() if value}


def giu_noi_den(moi: ThayDoi, cu: ThayDoi) -> ThayDoi:
    """A split that was done over keeps the places that were chosen: the same unit into as many."""
    if (moi.don_vi, len(moi.dich)) != (cu.don_vi, len(cu.dich)):
        return moi
    return replace(moi, nguoi=cu.nguoi, dia_ban=cu.dia_ban)


def bam(ke_hoach: dict, hieu_luc: date, so_quyet_dinh: str, ngay_quyet_dinh: date | None) -> str:
    """What identifies the plan that somebody has seen, with its day and decision."""
    parts = [ke_hoach, hieu_luc, so_quyet_dinh, ngay_quyet_dinh]
    text = json.dumps(parts, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def soat(thay_doi: list[ThayDoi]) -> list[str]:
    """What is wrong with a plan by itself, in sentences; nothing when it can be tried."""
    if not thay_doi:
        return ["Chọn ít nhất một việc sắp xếp."]
    wrong = [sentence for item in thay_doi for sentence in _soat_mot(item)]
    ended = Counter(pk for item in thay_doi for pk in item.ket_thuc)
    if any(times > 1 for times in ended.values()):
        wrong.append("Một đơn vị chỉ kết thúc một lần trong đợt. Bỏ bớt việc trùng.")
    named = Counter((item.loai, pk) for item in thay_doi for pk in item.don_vi)
    if any(times > 1 for (loai, _), times in named.items() if loai in MOT_LAN):
        wrong.append("Một đơn vị chỉ đổi tên, chuyển một lần trong đợt. Bỏ bớt việc trùng.")
    kept = {pk for item in thay_doi for pk in item.nhac_toi if pk not in item.ket_thuc}
    if kept & set(ended):
        wrong.append("Đơn vị kết thúc trong đợt này thì không nhận đơn vị hay đoàn viên khác.")
    return wrong


def _soat_mot(item: ThayDoi):
    new = [dich for dich in item.dich if dich.is_moi]
    if any(not dich.ten or not dich.loai or not dich.cap_tren for dich in new):
        yield "Ghi tên, loại và cấp trên của đơn vị mới."
    if item.loai == LAP_MOI and not (len(item.dich) == 1 and new):
        yield "Ghi tên đơn vị lập mới."
    if item.loai != LAP_MOI and not item.don_vi:
        yield "Chọn đơn vị."
    if item.loai == SAP_NHAP:
        yield from _soat_sap_nhap(item)
    if item.loai == CHIA_TACH:
        yield from _soat_chia_tach(item)
    if item.loai == DOI_TEN and not item.ten:
        yield "Ghi tên mới."
    if item.loai == CHUYEN and not item.cap_tren:
        yield "Chọn đơn vị cấp trên mới."


def _soat_sap_nhap(item: ThayDoi):
    if len(item.dich) != 1:
        yield "Sáp nhập vào một đơn vị."
    elif item.dich[0].is_moi and len(item.don_vi) < 2:
        yield "Chọn ít nhất hai đơn vị để sáp nhập thành một đơn vị mới."
    elif item.dich[0].don_vi in item.don_vi:
        yield "Đơn vị nhận sáp nhập đang nằm trong các đơn vị kết thúc. Bỏ chọn đơn vị ấy."
    if len(set(item.don_vi)) != len(item.don_vi):
        yield "Một đơn vị chỉ chọn một lần."


def _soat_chia_tach(item: ThayDoi):
    if len(item.don_vi) != 1:
        yield "Mỗi lần chia, tách một đơn vị."
    if len(item.dich) < 2:
        yield "Chia, tách thành ít nhất hai đơn vị."
    if any(not 0 <= so < len(item.dich) for so in (*item.nguoi.values(), *item.dia_ban.values())):
        yield "Chọn nơi đến cho từng đồng chí."
    used = [dich.don_vi for dich in item.dich if dich.don_vi]
    if len(set(used)) != len(used):
        yield "Các nơi đến phải khác nhau."
