"""A meeting is judged on the device as the server judges it: same verdict, same sentence."""

import json
import random

import pytest
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import QueryDict

from chidoan.models import BuoiSinhHoat
from chidoan.ngoai_tuyen.luat import rules_of
from chidoan.services.kiem_tra import check_buoi, check_hoan_thanh
from chidoan.trang_buoi import TrangBuoi
from core.errors import RuleError
from core.text.form_errors import field_errors
from tests.chidoan.buoi_data import NGAY, post_data
from tests.factories import make_buoi, make_doan_vien, make_nghi_quyet

SCRIPT = settings.BASE_DIR / "static" / "js" / "luat_buoi.js"
DAYS = (
    *("15/09/2026", "15/09/2026", "1/9/26", "15-09-2026", "2026-09-15", "15092026", "31/02/2026"),
    *("2026", "", " ", "mai", "01/01/2020", "31/12/2099", "29/02/2024", "29/02/2023", "00/09/2026"),
    *(" 15/09/2026 ", "31/9/2026", "15/13/2026", "2026-9-5", "1112026", "15/09/1968", "1/1/69"),
)
HOURS = (
    "19:30",
    "19:30",
    "7:05",
    "19.30",
    "19h30",
    "19H30",
    "24:00",
    "19:60",
    "bảy giờ",
    "",
    "20:15:30",
)
NUMBERS = ("", "", "0", "2", "3", "3", "4", "12", "-1", "hai", "3.0", "3,5", " 3 ", "99999", "1_0")
WORDS = (
    "",
    " ",
    "Dọn vệ sinh",
    "Dọn vệ sinh",
    "Ngõ “Sáng – xanh”",
    "ă" * 160,
    "ă" * 161,
    "x" * 301,
)
STATES = ("co_mat", "co_mat", "co_mat", "muon", "vang", "vang_co_ly_do")
CASES = 200


@pytest.fixture
def branch(chi_doan):
    """Three members, a founding day, two open resolutions of an earlier meeting."""
    people = [make_doan_vien(chi_doan=chi_doan) for _ in range(3)]
    before = make_buoi(chi_doan=chi_doan, ngay=NGAY.replace(month=8), chu_tri=people[0])
    for text in ("Thu gom rác", "Thăm thầy cô"):
        make_nghi_quyet(buoi=before, phu_trach=people[0], noi_dung=text)
    type(chi_doan).objects.filter(pk=chi_doan.pk).update(
        thanh_lap=NGAY.replace(year=2024, month=1), ket_thuc=NGAY.replace(year=2098)
    )
    chi_doan.refresh_from_db()
    return chi_doan


def make_case(chance: random.Random, branch, earlier) -> dict[str, str]:
    """A form as a tired secretary may leave it: mostly right, wrong in a few places."""
    data = {key: str(value) for key, value in post_data(branch).items()}
    people = [key[3:] for key in data if key.startswith("dd-")]
    someone = [*people, *people, "", "999999"]
    for pk in earlier:
        data[f"kq-{pk}-trang_thai"], data[f"kq-{pk}-ket_qua"] = "dang_lam", ""
    data |= {"bq-TOTAL_FORMS": "2", "bq-INITIAL_FORMS": "0"}
    changes = {
        "ngay": DAYS,
        "bat_dau": HOURS,
        "ket_thuc": HOURS,
        "chu_tri": someone,
        "thu_ky": someone,
        **dict.fromkeys(("dia_diem", "chu_diem", "dai_bieu", "noi_dung", "hoat_dong_kem"), WORDS),
        **{f"dd-{pk}": STATES for pk in people},
        **{f"kq-{pk}-trang_thai": ("xong", "thoi", "dang_lam") for pk in earlier},
        **{f"kq-{pk}-ket_qua": WORDS for pk in earlier},
    }
    for row in "01":
        changes |= {f"nq-{row}-noi_dung": WORDS, f"nq-{row}-phu_trach": someone}
        changes |= {f"nq-{row}-han": (*DAYS, "30/12/2098"), f"bq-{row}-noi_dung": WORDS}
        votes = ("co_quyen", "co_mat", "tan_thanh", "khong_tan_thanh", "khong_hop_le")
        changes |= {f"bq-{row}-{name}": NUMBERS for name in votes}
        changes |= {f"bq-{row}-hinh_thuc": ("gio_tay", "phieu_kin", "", "hai tay")}
    data = dict.fromkeys(changes, "") | data  # in the order of the page
    for name in chance.sample(sorted(changes), chance.randint(0, 7)):
        data[name] = chance.choice(changes[name])
    return data


def verdict(branch, data) -> list[list[str]]:
    """What the page says: field and sentence, in its order."""
    sent = QueryDict(mutable=True)
    sent.update(data)
    page = TrangBuoi(chi_doan=branch, ngay=NGAY, data=sent)
    if page.is_valid():
        buoi = BuoiSinhHoat(chi_doan=branch)
        noi_dung = page.noi_dung()
        try:
            check_buoi(
                buoi=buoi, noi_dung=noi_dung, roster=set(noi_dung.diem_danh), hoan_thanh=True
            )
            check_hoan_thanh(buoi=buoi, noi_dung=noi_dung)
        except RuleError as error:
            page.add_error(error)
    assert not page.form.non_field_errors()
    return [[field.html_name, text] for field in page.truong_loi for text in field_errors(field)]


def test_device_and_server_judge_alike(desk, branch):
    chance = random.Random(4)
    earlier = [form.nghi_quyet.pk for form in TrangBuoi(chi_doan=branch, ngay=NGAY).ket_qua]
    cases = [make_case(chance, branch, earlier) for _ in range(CASES)]
    expected = [verdict(branch, case) for case in cases]
    rules = rules_of(TrangBuoi(chi_doan=branch, ngay=NGAY))
    desk.goto("about:blank")
    desk.evaluate(SCRIPT.read_text("utf-8"))

    said = desk.evaluate(
        """([rules, cases]) => cases.map((one) => LuatBuoi.check(rules, new Map(one))
          .map((error) => [error.truong, error.cau]))""",
        [json.loads(json.dumps(rules, cls=DjangoJSONEncoder)), [list(c.items()) for c in cases]],
    )

    wrong = [
        (case, here, there)
        for case, here, there in zip(cases, said, expected, strict=True)
        if here != there
    ]
    assert wrong[:3] == []
    kinds = {text for errors in expected for _, text in errors}
    assert sum(not errors for errors in expected) > CASES / 20
    assert len(kinds) > 40
