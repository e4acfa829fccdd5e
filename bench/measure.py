"""Fill one database and measure its pages; run by `bench.__main__` in a process of its own."""

import statistics
import sys
import time
from typing import NamedTuple

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- needs the settings above
from django.db import connection, reset_queries  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from baocao.demo.tong_hop import generate  # noqa: E402
from core.periods import today  # noqa: E402
from doanvien.models import DoanVien  # noqa: E402
from tochuc.models import DonVi, NguoiDung  # noqa: E402
from tochuc.permissions import VaiTro  # noqa: E402
from tochuc.services import assign_role  # noqa: E402

THANG = 3


def account(name: str, *roles) -> Client:
    """A signed-in client that holds the given (role, unit) pairs."""
    user = NguoiDung.objects.create_user(name, "mot-mat-khau-rat-dai", ho_ten="Người Đo")
    for vai_tro, don_vi in roles:
        assign_role(nguoi_dung=user, don_vi=don_vi, vai_tro=vai_tro, tu_ngay=today(), by=None)
    client = Client()
    client.force_login(user)
    return client


def timed(client: Client, url: str) -> float:
    """Milliseconds of one answer; a page that fails stops the run."""
    start = time.perf_counter()
    response = client.get(url)
    elapsed = (time.perf_counter() - start) * 1000
    if response.status_code != 200:
        raise SystemExit(f"{url} answered {response.status_code}")
    return elapsed


def compare(client: Client, urls: list[str], rounds: int) -> list[float]:
    """The first address's median, then its ratio to each other one, round by round.

    The addresses are asked for in turn, so a machine that gets slower slows them all.
    """
    for url in urls:
        timed(client, url)
    times = [[timed(client, url) for url in urls] for _ in range(rounds)]
    ratios = [statistics.median(row[0] / row[i] for row in times) for i in range(1, len(urls))]
    return [statistics.median(row[0] for row in times), *ratios]


def statements(client: Client, url: str) -> int:
    reset_queries()
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


class Page(NamedTuple):
    """A page, the barest answer with the same rows, and the admin's page of them."""

    name: str
    client: Client
    url: str
    floor: str
    admin: str | None = None


def pages_of(tinh: DonVi) -> list[Page]:
    """What is measured: pages of a province, of its first ward and of that ward's first branch."""
    phuong = DonVi.objects.co_so().under(tinh).first()
    chi_doan = DonVi.objects.chi_doan().under(phuong).first()
    tren = account("tren", (VaiTro.VAN_PHONG_CAP_TREN, tinh), (VaiTro.QUAN_TRI, tinh))
    bi_thu = account("bi.thu", (VaiTro.BI_THU_CHI_DOAN, chi_doan))
    ward = account("phuong", (VaiTro.BI_THU_PHUONG, phuong))
    return [
        *_members(tren, ward, bi_thu, chi_doan),
        *_meetings(tren, ward, bi_thu, chi_doan),
        *_rankings(tren, ward),
    ]


def _members(tren, ward, bi_thu, chi_doan) -> list[Page]:
    admin = "/quan-tri/doanvien/doanvien/"
    one = DoanVien.objects.filter(chi_doan=chi_doan).order_by("pk").first().pk
    page, floor = f"/doan-vien/{one}/", f"/san/mot-doan-vien/?pk={one}"
    return [
        Page("Members, whole province, 50 rows", tren, "/doan-vien/", "/san/doan-vien/", admin),
        Page("Members, one ward", ward, "/doan-vien/", "/san/doan-vien/"),
        Page("One member, seen from the province", tren, page, floor, f"{admin}{one}/change/"),
        Page("One member, seen from the branch", bi_thu, page, floor),
    ]


def _meetings(tren, ward, bi_thu, chi_doan) -> list[Page]:
    nam, cd = today().year, f"chi_doan={chi_doan.pk}"
    return [
        Page("Meeting form, 15 members", bi_thu, f"/sinh-hoat/ghi/?{cd}", f"/san/sinh-hoat/?{cd}"),
        Page(
            "What the form asks of earlier rolls",
            bi_thu,
            f"/do/lan-truoc/?{cd}",
            f"/san/lan-truoc/?{cd}",
        ),
        Page(
            "A branch's year of meetings",
            bi_thu,
            f"/sinh-hoat/?nam={nam}",
            f"/san/nam/?nam={nam}&{cd}",
        ),
        Page(
            "A ward's year, branch by month",
            ward,
            f"/sinh-hoat/lich-phuong/?nam={nam}",
            f"/san/lich-phuong/?nam={nam}",
        ),
        Page("Branches, whole province, 50 rows", tren, "/chi-doan/", "/san/chi-doan/"),
    ]


def _rankings(tren, ward) -> list[Page]:
    nam = today().year
    page, floor = f"/xep-hang/?ky={nam}", f"/san/xep-hang/?ky={nam}"
    return [
        Page("Ranking of a ward's branches", ward, page, floor),
        Page("Ranking of the whole province", tren, page, floor),
    ]


def report(page: Page, rounds: int) -> None:
    urls = [page.url, page.floor, *filter(None, [page.admin])]
    elapsed, floor, *admin = compare(page.client, urls, rounds)
    against_admin = f"{admin[0]:.2f}" if admin else "–"
    count = statements(page.client, page.url)
    print(f"{page.name:36} {elapsed:8.1f} {count:11} {against_admin:>8} {floor:8.2f}", flush=True)


def main(members: int, rounds: int) -> None:
    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    tinh = generate(members=members, months=THANG, homnay=today())
    filled = time.perf_counter() - start
    print(f"\n{members:,} members, {THANG} months of meetings (filled in {filled:.0f} s)")
    print(f"{'page':36} {'ms':>8} {'statements':>11} {'/ admin':>8} {'/ floor':>8}")
    for page in pages_of(tinh):
        report(page, rounds)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
