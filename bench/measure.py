"""Fill one database and measure its pages; run by `bench.__main__` in a process of its own."""

import statistics
import sys
import time

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


def main(members: int, rounds: int) -> None:
    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    tinh = generate(members=members, months=THANG, homnay=today())
    filled = time.perf_counter() - start
    phuong = DonVi.objects.co_so().under(tinh).first()
    chi_doan = DonVi.objects.chi_doan().under(phuong).first()
    tren = account("tren", (VaiTro.VAN_PHONG_CAP_TREN, tinh), (VaiTro.QUAN_TRI, tinh))
    bi_thu = account("bi.thu", (VaiTro.BI_THU_CHI_DOAN, chi_doan))
    phuong_client = account("phuong", (VaiTro.BI_THU_PHUONG, phuong))
    nam = today().year
    admin = "/quan-tri/doanvien/doanvien/"
    one = DoanVien.objects.filter(chi_doan=chi_doan).order_by("pk").first().pk
    form = f"/sinh-hoat/ghi/?chi_doan={chi_doan.pk}"
    pages = [
        ("Members, whole province, 50 rows", tren, "/doan-vien/", "/san/doan-vien/", admin),
        ("Members, one ward", phuong_client, "/doan-vien/", "/san/doan-vien/", None),
        (
            "One member, seen from the province",
            tren,
            f"/doan-vien/{one}/",
            f"/san/mot-doan-vien/?pk={one}",
            f"{admin}{one}/change/",
        ),
        (
            "One member, seen from the branch",
            bi_thu,
            f"/doan-vien/{one}/",
            f"/san/mot-doan-vien/?pk={one}",
            None,
        ),
        ("Meeting form, 15 members", bi_thu, form, f"/san/sinh-hoat/?chi_doan={chi_doan.pk}", None),
        (
            "What the form asks of earlier rolls",
            bi_thu,
            f"/do/lan-truoc/?chi_doan={chi_doan.pk}",
            f"/san/lan-truoc/?chi_doan={chi_doan.pk}",
            None,
        ),
        (
            "A branch's year of meetings",
            bi_thu,
            f"/sinh-hoat/?nam={nam}",
            f"/san/nam/?nam={nam}&chi_doan={chi_doan.pk}",
            None,
        ),
        (
            "A ward's year, branch by month",
            phuong_client,
            f"/sinh-hoat/lich-phuong/?nam={nam}",
            f"/san/lich-phuong/?nam={nam}",
            None,
        ),
        ("Branches, whole province, 50 rows", tren, "/chi-doan/", "/san/chi-doan/", None),
        (
            "Ranking of a ward's branches",
            phuong_client,
            f"/xep-hang/?ky={nam}",
            f"/san/xep-hang/?ky={nam}",
            None,
        ),
        (
            "Ranking of the whole province",
            tren,
            f"/xep-hang/?ky={nam}",
            f"/san/xep-hang/?ky={nam}",
            None,
        ),
    ]
    print(f"\n{members:,} members, {THANG} months of meetings (filled in {filled:.0f} s)")
    print(f"{'page':36} {'ms':>8} {'statements':>11} {'/ admin':>8} {'/ floor':>8}")
    for name, client, url, floor_url, admin_url in pages:
        page, floor, *admin = compare(client, [url, floor_url, *filter(None, [admin_url])], rounds)
        against_admin = f"{admin[0]:.2f}" if admin else "–"
        count = statements(client, url)
        print(f"{name:36} {page:8.1f} {count:11} {against_admin:>8} {floor:8.2f}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
