"""What the form of a meeting sends."""

import uuid
from datetime import date

from chidoan.queries import danh_sach

NGAY = date(2026, 9, 15)


def post_data(chi_doan, *, ngay=NGAY, absent=None, resolutions=(), **changes):
    """A finished meeting of the roster of `ngay`, the first two in chair and at the minutes.

    `absent` maps members to "state" or "state:reason"; `resolutions` are (text, member, due).
    """
    people = list(danh_sach(chi_doan.pk, ngay))
    data = {
        "chi_doan": chi_doan.pk,
        "client_id": str(uuid.uuid4()),
        "ngay": f"{ngay:%d/%m/%Y}",
        "ngay_danh_sach": f"{ngay:%d/%m/%Y}",
        "bat_dau": "19:30",
        "loai": "dinh_ky",
        "dia_diem": "Nhà văn hóa",
        "chu_diem": "Tôn sư trọng đạo",
        "chu_tri": people[0].pk,
        "thu_ky": people[1].pk,
        "ly_do_sua": "Ghi nhầm",
        "nq-INITIAL_FORMS": 0,
        "nq-TOTAL_FORMS": max(3, len(resolutions)),
    }
    for person in people:
        state, _, reason = (absent or {}).get(person, "co_mat").partition(":")
        data[f"dd-{person.pk}"], data[f"ld-{person.pk}"] = state, reason
    for index, (text, member, due) in enumerate(resolutions):
        data[f"nq-{index}-noi_dung"], data[f"nq-{index}-han"] = text, due
        data[f"nq-{index}-phu_trach"] = member.pk if member else ""
    return data | changes


def ballot(**changes):
    """One vote on the form; `changes` name its fields."""
    row = {"noi_dung": "Thông qua kế hoạch", "tan_thanh": "1", **changes}
    sent = {f"bq-0-{name}": value for name, value in row.items()}
    return sent | {"bq-TOTAL_FORMS": 1, "bq-INITIAL_FORMS": 0}
