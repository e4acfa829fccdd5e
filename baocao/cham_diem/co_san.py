"""The sets that ship: data files, each with its source, kept as issued rows of no unit."""

import json
from datetime import date
from pathlib import Path

from baocao.models import BoTieuChi, TieuChi

from .bo import ghi_cay, luat_theo_bam
from .luat import bam, doc_luat, ghi_luat

THU_MUC = Path(__file__).parent / "bo_co_san"
_CHUNG = ("ma", "phien_ban", "ten", "doi_tuong", "kieu", "can_cu", "dia_chi", "mo_ta")


def doc_tep() -> list[dict]:
    return [json.loads(path.read_text("utf-8")) for path in sorted(THU_MUC.glob("*.json"))]


def ship_sets(*, apps=None, using: str = "default", **_) -> None:
    """After migrating: add what is not there yet. A version that was shipped stays as it was, also
    where its file says something else now: what changes is shipped as the next version.

    On the way to an older state of the tables nothing is added; emptied tables (no `apps`) are
    those of this code.
    """
    if apps and not _is_bang_hien_nay(apps):
        return
    known = {
        (ma, phien_ban): mark
        for ma, phien_ban, mark in BoTieuChi.objects.using(using)
        .filter(don_vi__isnull=True)
        .values_list("ma", "phien_ban", "ban_bam")
        .order_by()
    }
    for data in doc_tep():
        mark = known.get((data["ma"], data["phien_ban"])) or _add(data, using).ban_bam
        luat_theo_bam(mark)


def _add(data: dict, using: str) -> BoTieuChi:
    luat = doc_luat(data)
    quy_tac = ghi_luat(luat)
    bo = BoTieuChi.objects.using(using).create(
        **{name: data.get(name, "") for name in _CHUNG},
        tu_ngay=_day(data.get("tu_ngay")),
        den_ngay=_day(data.get("den_ngay")),
        trang_thai=BoTieuChi.TrangThai.BAN_HANH,
        quy_tac=quy_tac,
        ban_bam=bam(quy_tac),
    )
    ghi_cay(bo, luat)
    return bo


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _is_bang_hien_nay(apps) -> bool:
    """Whether the tables are those of this code."""
    try:
        models = [apps.get_model("baocao", name) for name in ("BoTieuChi", "TieuChi")]
    except LookupError:
        return False
    return all(
        {field.name for field in then._meta.get_fields() if field.concrete}
        == {field.name for field in now._meta.get_fields() if field.concrete}
        for then, now in zip(models, (BoTieuChi, TieuChi), strict=True)
    )
