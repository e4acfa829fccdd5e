"""A member with something sensitive in every such field, and what his edit form sends."""

from datetime import date

SENSITIVE = {
    "dan_toc": "Mnông",
    "ton_giao": "Công giáo",
    "ky_luat": "Khiển trách năm 2024",
    "ngay_cam_tinh": date(2024, 2, 3),
    "ngay_vao_dang": date(2025, 4, 5),
}
CANARIES = ["Mnông", "Công giáo", "Khiển trách năm 2024", "03/02/2024", "05/04/2025"]


def edit_data(client, doan_vien, **changes):
    """What the edit form would send back as it stands, with some fields changed."""
    form = client.get(f"/doan-vien/{doan_vien.pk}/sua/").context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, date):
            value = value.strftime("%d/%m/%Y")
        if value not in (None, False):
            data[bound.html_name] = value
    return data | changes


def reveal(client, doan_vien, **reason):
    """Give a reason, so that the masked fields of this person stand open."""
    url = f"/doan-vien/{doan_vien.pk}/xem-day-du/"
    return client.post(url, {"ly_do": "cap_nhat", **reason})
