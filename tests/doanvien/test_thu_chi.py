"""The cash book: typed entries, dues taken and handed over, and what is left."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from core.errors import RuleError
from core.periods import KyBaoCao, today
from doanvien.doan_phi import services as doan_phi
from doanvien.models import ThuChi
from doanvien.thu_chi.queries import so_thu_chi
from doanvien.thu_chi.services import add_thu_chi, strike_out
from tests.factories import make_doan_vien, make_phieu_thu

pytestmark = pytest.mark.django_db


def write(chi_doan, so_tien, loai="chi", ngay=date(2026, 3, 26), noi_dung="Mua hoa"):
    return add_thu_chi(
        don_vi=chi_doan, ngay=ngay, loai=loai, noi_dung=noi_dung, so_tien=so_tien, by=None
    )


def test_the_book_runs_from_year_to_year_with_dues_in_and_out(chi_doan):
    write(chi_doan, 200_000, "thu", date(2025, 12, 20), "Ủng hộ")
    member = make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 1, 1))
    make_phieu_thu(member, date(2026, 1, 1), date(2026, 2, 1), ngay=date(2026, 2, 10))
    write(chi_doan, 50_000)
    doan_phi.submit_nop(
        don_vi=chi_doan,
        ky=KyBaoCao(2026, thang=3),
        ngay=date(2026, 3, 30),
        chung_tu="01",
        ma_gui="7b4cf0c6-77c9-4a88-8e8a-0f4b6f5f2a10",
        by=None,
    )

    so = so_thu_chi(chi_doan, 2026)

    assert so.dau_ky == 200_000
    assert [(row.noi_dung, row.thu, row.chi, row.ton) for row in so.dong] == [
        ("Thu đoàn phí", 4_000, 0, 204_000),
        ("Mua hoa", 0, 50_000, 154_000),
        ("Nộp đoàn phí tháng\u00a03 năm\u00a02026", 0, 1_333, 152_667),
    ]
    assert so.cuoi_ky == so_thu_chi(chi_doan, 2027).dau_ky == 152_667


def test_an_entry_is_struck_out_once_and_stays(chi_doan):
    entry = write(chi_doan, 50_000)

    strike_out(thu_chi=entry, ly_do="Ghi nhầm số tiền", by=None)

    so = so_thu_chi(chi_doan, 2026)
    assert (so.dong, so.gach_bo) == ((), (entry,))
    assert ThuChi.objects.get().ly_do_huy == "Ghi nhầm số tiền"
    with pytest.raises(RuleError, match="đã được gạch bỏ"):
        strike_out(thu_chi=entry, ly_do="Nữa", by=None)


def test_a_form_sent_twice_is_written_once_and_no_day_to_come(chi_doan):
    assert write(chi_doan, 50_000) == write(chi_doan, 50_000)
    with pytest.raises(RuleError, match="hôm nay hoặc ngày đã qua"):
        write(chi_doan, 1_000, ngay=today() + timedelta(days=1))


def test_a_secretary_writes_and_reads_on_the_page(client, chi_doan, bi_thu):
    client.force_login(bi_thu)
    client.post(
        reverse("doanvien:thu_chi_create", args=[chi_doan.pk]),
        {
            "loai": "chi",
            "ngay": f"{today():%d/%m/%Y}",
            "noi_dung": "Nước uống",
            "so_tien": "45.000 đ",
        },
    )

    page = client.get(reverse("doanvien:thu_chi_list"), follow=True).content.decode()

    assert "Nước uống" in page
    assert "45.000\u00a0đ" in page


@pytest.mark.parametrize("so_tien", ["0", "1,5", "-3", "mười", ""])
def test_an_amount_is_whole_dong(client, chi_doan, bi_thu, so_tien):
    client.force_login(bi_thu)
    answer = client.post(
        reverse("doanvien:thu_chi_create", args=[chi_doan.pk]),
        {"loai": "chi", "ngay": f"{today():%d/%m/%Y}", "noi_dung": "Nước", "so_tien": so_tien},
    )

    assert answer.status_code == 200
    assert not ThuChi.objects.exists()


def test_the_ward_reads_its_branches_and_strangers_nothing(
    client, chi_doan, can_bo_phuong, phuong_khac
):
    client.force_login(can_bo_phuong)

    page = client.get(reverse("doanvien:thu_chi", args=[chi_doan.pk]))

    assert page.status_code == 200
    assert "Đơn vị khác" in page.content.decode()
    assert client.get(reverse("doanvien:thu_chi", args=[phuong_khac.pk])).status_code == 404
