"""A plan that waits: Phường I wants to merge its two smallest residential branches."""

import uuid
from datetime import date, timedelta

from chidoan.sap_xep import ke_hoach as kh
from chidoan.sap_xep import services
from core.periods import KyBaoCao
from tochuc.models import DonVi

from .khung import slug

NHO = ("Khu vực 8", "Khu vực 10")
TEN_MOI = "Liên khu vực 8 – 10"


def plan_of_phuong_1(units: dict[str, DonVi], *, homnay: date, by) -> None:
    """Drafted, tried and handed in; Thành đoàn Vị Thanh has not answered yet."""
    phuong = units["phuong-1"]
    small = [units[f"phuong-1-{slug(ten)}"].pk for ten in NHO]
    target = kh.Dich(ten=TEN_MOI, loai="chi_doan", cap_tren=phuong.pk)
    draft = services.create_sap_xep(
        plan=[kh.ThayDoi(kh.SAP_NHAP, tuple(small), (target,))],
        hieu_luc=KyBaoCao.month_of(homnay).end + timedelta(days=1),
        ma_gui=uuid.uuid5(uuid.NAMESPACE_URL, "phuong-1-8-10"),
        by=by,
    )
    services.submit(sap_xep=draft, by=by)
