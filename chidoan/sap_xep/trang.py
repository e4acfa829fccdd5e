"""What the pages of a reorganisation say: lineage, what came or would come of it, its steps."""

from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from chidoan.models import BuocSapXep, DongSapXep, SapXep
from core.periods import today
from core.text import natural_sort_key
from core.text.display import so as show_number
from doanvien.models import DoanVien
from tochuc.models import DiaBan, DonVi
from tochuc.permissions import Quyen

from . import ke_hoach as kh

_DONE = {BuocSapXep.Loai.TRA_LAI: "undo-2", BuocSapXep.Loai.HOAN_TAC: "undo-2"}


def ve_cay(rows: list[dict]) -> list[dict]:
    """Lines of lineage as drawn: what was before on the left, what came of it on the right."""
    drawn = []
    for loai, group in groupby(rows, key=lambda row: row["loai"]):
        lines = list(group)
        if loai in (DongSapXep.Loai.SAP_NHAP.label, DongSapXep.Loai.BO_CAP.label):
            drawn += _theo(lines, "sau", "truoc", loai)
        elif loai == DongSapXep.Loai.CHIA_TACH.label:
            drawn += _theo(lines, "truoc", "sau", loai)
        else:
            drawn += [_ve(loai, [line], [line]) for line in lines]
    return drawn


def _theo(lines: list[dict], key: str, other: str, loai: str):
    for _, group in groupby(lines, key=lambda line: line[key]):
        same = list(group)
        total = {**same[0], "so_nguoi": sum(line["so_nguoi"] for line in same)}
        yield _ve(loai, *((same, [total]) if other == "truoc" else ([total], same)))


def _ve(loai: str, before: list[dict], after: list[dict]) -> dict:
    return {
        "loai": loai,
        "truoc": [_o(line["truoc"], line["so_nguoi"]) for line in before if line["truoc"]],
        "sau": [_o(line["sau"], line["so_nguoi"]) for line in after if line["sau"]],
    }


def _o(ten: str, so_nguoi: int) -> dict:
    return {"ten": ten, "note": f"{show_number(so_nguoi)} đoàn viên" if so_nguoi else ""}


def dong_da_ghi(sap_xep: SapXep) -> list[dict]:
    """The lines that were written when it was applied."""
    return [
        {
            "loai": line.get_loai_display(),
            "truoc": line.ten_truoc,
            "sau": line.ten_sau,
            "so_nguoi": line.so_nguoi,
        }
        for line in sap_xep.dong.all()
    ]


def kpis(seen: dict) -> list[dict]:
    """What one wants to know first; nothing of what does not happen."""
    people = seen["tong_truoc"] or seen["tong_sau"]
    moved = seen.get("so_doi_cho", 0)
    found = [
        _kpi("Đoàn viên trước", seen["tong_truoc"]) if people else None,
        _kpi("Đoàn viên sau", seen["tong_sau"], bad=seen["tong_truoc"] != seen["tong_sau"])
        if people
        else None,
        _kpi("Đơn vị kết thúc", seen["so_ket_thuc"]) if seen["so_ket_thuc"] else None,
        _kpi("Đơn vị đổi cấp trên", moved) if moved else None,
        _kpi("Chưa có bí thư", len(seen["trong"]), bad=bool(seen["trong"]))
        if people or seen["trong"]
        else None,
    ]
    return [row for row in found if row]


def _kpi(label: str, number: int, *, bad: bool = False) -> dict:
    return {"label": label, "value": show_number(number), "bad": bad}


def cac_buoc(sap_xep: SapXep) -> list[dict]:
    """The timeline, newest first."""
    rows = list(sap_xep.buoc.select_related("boi").order_by("-pk"))
    return [
        {
            "title": row.get_loai_display(),
            "lines": [line for line in (str(row.boi or "Phần mềm tự làm"), row.ly_do) if line],
            "when": f"{timezone.localtime(row.luc):%H:%M %d/%m/%Y}",
            "state": "done",
            "icon": _DONE.get(row.loai, "check"),
        }
        for row in rows
    ]


def viec_trong_dot(sap_xep: SapXep, units: dict[int, DonVi]) -> list[dict]:
    """The changes of a draft, to be done over, taken out again or gone on with. One query."""
    words = dict(kh.TEN_LOAI)
    names = {pk: str(unit) for pk, unit in units.items()}
    above = {unit.path[: -DonVi.steplen] for unit in units.values()}
    above = dict(DonVi.objects.filter(path__in=above).values_list("path", "pk"))
    found = []
    for order, item in enumerate(kh.doc(sap_xep.ke_hoach)):
        before = ", ".join(names.get(pk, "?") for pk in item.don_vi[:8])
        more = f" và {len(item.don_vi) - 8} đơn vị khác" if len(item.don_vi) > 8 else ""
        after = ", ".join(dich.ten or names.get(dich.don_vi, "?") for dich in item.dich)
        after = after or item.ten or names.get(item.cap_tren, "")
        found.append(
            {
                "so": order,
                "url": _lam_lai_url(sap_xep, order, item, units, above),
                "ten": words[item.loai],
                "truoc": before + more,
                "sau": after,
                "chia": item.loai == kh.CHIA_TACH,
                "so_chon": len(item.nguoi),
            }
        )
    return found


def _lam_lai_url(sap_xep: SapXep, order: int, item: kh.ThayDoi, units, above) -> str:
    """The form of the change, inside the unit in which it was drafted."""
    named = [pk for pk in item.don_vi if pk in units]
    trong = above.get(units[named[0]].path[: -DonVi.steplen]) if named else item.dich[0].cap_tren
    query = {"dot": sap_xep.pk, "thay": order, "ban": sap_xep.version, "trong": trong}
    return f"{reverse('chidoan:sap_xep_soan', args=[item.loai])}?{urlencode(query)}"


def don_vi_trong_dot(sap_xep: SapXep) -> set[int]:
    return {pk for item in kh.doc(sap_xep.ke_hoach) for pk in item.nhac_toi}


def quyen_cua(user, sap_xep: SapXep) -> dict[str, bool]:
    """What this person may do with it now."""
    drafts = user.may(Quyen.DE_NGHI_SAP_XEP, sap_xep.don_vi)
    decides = user.may(Quyen.QUYET_SAP_XEP, sap_xep.don_vi)
    is_open = sap_xep.is_nhap or sap_xep.is_cho_duyet
    return {
        "may_edit": drafts and sap_xep.is_nhap,
        "may_submit": drafts and sap_xep.is_nhap and not decides,
        "may_approve": decides and is_open,
        "may_return": decides and (sap_xep.is_cho_duyet or sap_xep.is_cho_hieu_luc),
        "may_discard": (drafts and sap_xep.is_nhap) or (decides and sap_xep.is_cho_duyet),
        "may_revert": decides and sap_xep.is_da_ap_dung,
        "may_apply": decides and sap_xep.is_cho_hieu_luc and sap_xep.hieu_luc <= today(),
    }


def cua_don_vi(unit: DonVi):
    """Who is given a place when a unit is split: its members, or a ward's branches."""
    if unit.is_chi_doan:
        return DoanVien.objects.dang_sinh_hoat().filter(chi_doan=unit)
    return DonVi.objects.truc_thuoc(unit, today()).order_by("khoa_sap_xep")


def dia_ban_cua(unit: DonVi, day: date) -> list[DiaBan]:
    """The areas that a branch looks after on the day; a ward's go along with their branches."""
    if not unit.is_chi_doan:
        return []
    areas = DiaBan.objects.cua(unit).tai_ngay(day)
    return sorted(areas, key=lambda area: natural_sort_key(area.ten))
