"""Contests: contestants, marks, prizes, the list of winners."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from chidoan.hoi_thi import giay_to, services
from chidoan.models import DiemThi, HoiThi
from core.errors import RuleError
from core.periods import today
from tests.factories import (
    make_chi_doan,
    make_chuc_vu,
    make_doan_vien,
    make_hoi_thi,
    make_nguoi_dung,
    make_phuong,
    make_thi_sinh,
)
from tochuc.models import DonVi, VanBan
from tochuc.permissions import VaiTro


@pytest.fixture
def thi(db):
    """A contest of a ward with two contestants and one round."""
    branch = make_chi_doan()
    hoi_thi = make_hoi_thi(don_vi=branch.cap_tren)
    by = make_nguoi_dung(VaiTro.CAN_BO_PHUONG, branch.cap_tren)
    rows = [make_thi_sinh(hoi_thi=hoi_thi, don_vi=branch) for _ in range(2)]
    vong = services.add_vong(hoi_thi=hoi_thi, ten="Thi kiến thức", diem_toi_da=Decimal(20), by=by)
    return hoi_thi, rows, vong, by


def record(thi, points, prizes):
    hoi_thi, rows, vong, by = thi
    marks = {(row.pk, vong.pk): value for row, value in zip(rows, points, strict=True)}
    giai = {row.pk: (code, "") for row, code in zip(rows, prizes, strict=True)}
    return services.record_ket_qua(hoi_thi=hoi_thi, diem=marks, giai=giai, by=by)


def test_winners_are_listed_first_prize_first_with_their_points(thi):
    hoi_thi, rows, _, by = thi
    record(thi, [Decimal("15.5"), Decimal(18)], ["2_nhi", "1_nhat"])

    services.finish_hoi_thi(hoi_thi=hoi_thi, by=by)
    hoi_thi.refresh_from_db()
    paper = giay_to.issue_danh_sach(hoi_thi=hoi_thi, by=by)

    assert giay_to.dat_giai(hoi_thi) == [rows[1], rows[0]]
    assert [row.tong_diem for row in giay_to.dat_giai(hoi_thi)] == [18, Decimal("15.5")]
    assert paper.so_ky_hieu.startswith("01-DS/")
    services.reopen_hoi_thi(hoi_thi=hoi_thi, ly_do="Cộng nhầm", by=by)
    assert VanBan.objects.issued(hoi_thi, "DS") is None


def test_who_took_over_an_ended_unit_gives_the_list_of_winners_its_number(thi, client, monkeypatch):
    hoi_thi, _, _, by = thi
    record(thi, [Decimal("15.5"), Decimal(18)], ["2_nhi", "1_nhat"])
    services.finish_hoi_thi(hoi_thi=hoi_thi, by=by)
    old, new = hoi_thi.don_vi, make_phuong(ten="Mới")
    heir = make_nguoi_dung(VaiTro.CAN_BO_PHUONG, new)
    with pytest.raises(PermissionDenied):
        services.issue_giai(hoi_thi=hoi_thi, by=heir)
    DonVi.objects.filter(pk=old.pk).update(ket_thuc=today() - timedelta(days=1))
    DonVi.objects.move(DonVi.objects.get(pk=old.pk), new, pos="last-child")
    client.force_login(heir)
    page = client.get(hoi_thi.get_absolute_url())
    assert (page.context["may_run"], page.context["may_issue"]) == (False, True)

    client.post(reverse("chidoan:hoi_thi_giai", args=[hoi_thi.pk]))

    paper = VanBan.objects.issued(hoi_thi, "DS")
    assert (paper.don_vi, paper.ngay) == (new, today())
    current = HoiThi.objects.co_don_vi().get(pk=hoi_thi.pk)
    words = giay_to.danh_sach(current, []).title.trich_yeu.split()
    assert f"do {old} tổ chức" in " ".join(words)
    monkeypatch.setattr("chidoan.noi_cap.today", lambda: today() + timedelta(days=400))
    assert services.issue_giai(hoi_thi=hoi_thi, by=heir) == paper, "number and day stay"


def test_winners_are_proposed_for_an_award_in_one_step(thi, client):
    hoi_thi, rows, _, by = thi
    nguoi = make_doan_vien(chi_doan=rows[0].don_vi)
    make_thi_sinh(hoi_thi=hoi_thi, don_vi=nguoi.chi_doan, doan_vien=nguoi, giai="1_nhat")
    client.force_login(by)
    assert client.get(hoi_thi.get_absolute_url()).context["de_nghi_khen"] == ""
    services.finish_hoi_thi(hoi_thi=hoi_thi, by=by)

    url = client.get(hoi_thi.get_absolute_url()).context["de_nghi_khen"]

    assert client.get(url).context["form"]["doan_vien"].value() == [nguoi.pk]


def test_marks_stay_within_the_round_and_a_round_with_marks_stays(thi):
    with pytest.raises(RuleError, match="từ 0 đến 20"):
        record(thi, [Decimal(21), None], ["", ""])
    assert not DiemThi.objects.exists()

    record(thi, [Decimal(0), None], ["", ""])
    with pytest.raises(RuleError, match="đã có điểm"):
        services.delete_vong(vong=thi[2], by=thi[3])
    with pytest.raises(RuleError, match="Chưa ghi giải"):
        services.finish_hoi_thi(hoi_thi=thi[0], by=thi[3])


def test_who_came_after_the_page_was_opened_keeps_his_marks(thi):
    hoi_thi, rows, vong, by = thi
    record(thi, [Decimal(12), None], ["", ""])
    late = make_thi_sinh(hoi_thi=hoi_thi, don_vi=rows[0].don_vi)
    services.record_ket_qua(
        hoi_thi=hoi_thi, diem={(late.pk, vong.pk): Decimal(9)}, giai={late.pk: ("", "")}, by=by
    )

    record(thi, [Decimal(13), Decimal(7)], ["", ""])

    assert sorted(DiemThi.objects.values_list("diem", flat=True)) == [7, 9, 13]


def test_secretaries_are_ticked_and_nobody_twice(thi, client):
    hoi_thi, rows, _, by = thi
    branch = rows[0].don_vi
    held = make_doan_vien(chi_doan=branch)
    for office in ("bi_thu", "pho_bi_thu"):
        make_chuc_vu(don_vi=branch, chuc_danh=office, doan_vien=held, ho_ten=held.ho_ten)
    client.force_login(by)
    url = reverse("chidoan:hoi_thi_chon", args=[hoi_thi.pk])
    ((_, choices),) = client.get(url).context["form"].fields["chuc_vu"].choices

    client.post(url, {"chuc_vu": [value for value, _ in choices]})

    assert [row.chuc_vu for row in hoi_thi.thi_sinh.filter(doan_vien=held)] == ["Bí thư chi đoàn"]
    assert client.get(url).status_code == 302, "nobody is left to choose"


def test_a_contest_to_come_has_no_results_and_nobody_takes_part_twice(thi):
    hoi_thi, _, _, by = thi
    nguoi = make_doan_vien(chi_doan=make_chi_doan(phuong=hoi_thi.don_vi), ho_ten="Vi Thị Lan")
    fields = {"hoi_thi": hoi_thi, "don_vi": hoi_thi.don_vi, "by": by}
    assert services.add_thi_sinh(ho_ten="vi thị lan", **fields).doan_vien == nguoi
    with pytest.raises(RuleError, match="đã có tên"):
        services.add_thi_sinh(ho_ten="Vi Thị Lan", **fields)
    record(thi, [None, None], ["1_nhat", ""])
    HoiThi.objects.filter(pk=hoi_thi.pk).update(ngay=today() + timedelta(days=2))
    with pytest.raises(RuleError, match="chưa diễn ra"):
        services.finish_hoi_thi(hoi_thi=hoi_thi, by=by)


def test_a_branch_opens_the_results_and_the_office_above_changes_nothing(thi, client):
    hoi_thi, rows, _, by = thi
    record(thi, [None, None], ["1_nhat", ""])
    services.finish_hoi_thi(hoi_thi=hoi_thi, by=by)
    above = make_nguoi_dung(VaiTro.VAN_PHONG_CAP_TREN, hoi_thi.don_vi.cap_tren)
    with pytest.raises(PermissionDenied):
        services.reopen_hoi_thi(hoi_thi=hoi_thi, ly_do="Thử", by=above)
    client.force_login(above)
    giai = reverse("chidoan:hoi_thi_giai", args=[hoi_thi.pk])
    assert client.post(giai).status_code == 403
    assert VanBan.objects.issued(hoi_thi, "DS") is None
    client.force_login(by)
    assert client.post(giai).status_code == 302
    assert VanBan.objects.issued(hoi_thi, "DS").so_ky_hieu.startswith("01-DS/")
    client.force_login(make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, rows[0].don_vi))

    page = client.get(hoi_thi.get_absolute_url())
    paper = client.get(reverse("chidoan:hoi_thi_giai", args=[hoi_thi.pk]))

    assert "Giải Nhất" in page.text
    assert paper.content.startswith(b"%PDF")
    assert client.get(reverse("chidoan:hoi_thi_update", args=[hoi_thi.pk])).status_code == 403
    assert hoi_thi.ngay == date(2026, 9, 1)


def test_two_judges_fill_their_columns_and_are_told_when_they_meet(thi, client):
    hoi_thi, (one, two), vong, by = thi
    other = services.add_vong(hoi_thi=hoi_thi, ten="Tình huống", diem_toi_da=Decimal(30), by=by)
    client.force_login(by)
    url = reverse("chidoan:hoi_thi_ket_qua", args=[hoi_thi.pk])
    version = client.get(url).context["form"]["version"].value()
    record(thi, [Decimal(12), Decimal(14)], ["", ""])

    joined = client.post(url, {"version": version, f"d-{one.pk}-{other.pk}": "25"})
    late = client.post(url, {"version": version, f"d-{one.pk}-{vong.pk}": "19"})

    assert joined.status_code == 302
    assert late.status_code == 409
    assert [row["theirs"] for row in late.context["versions"]] == ["12"]
    assert DiemThi.objects.of_hoi_thi(hoi_thi) == {
        (one.pk, vong.pk): 12, (two.pk, vong.pk): 14, (one.pk, other.pk): 25,
    }  # fmt: skip
