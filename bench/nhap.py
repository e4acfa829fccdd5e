"""`python -m bench.nhap [rows]`: the import against the bare cost of its file and its rows.

The floor reads the same workbook with openpyxl (read-only) and inserts the same people and their
periods in bulk, without a rule, a preview, an encryption or a trace. The import is the whole of it:
judged, previewed, confirmed. Rounds alternate; seconds of CPU stand beside those of the wall.
"""

import os
import sys
import tempfile
import time
from datetime import date, timedelta
from io import BytesIO
from statistics import median

ROWS = 5_000
LIMIT = 2.5
ROUNDS = 3


def setup(folder: str) -> None:
    os.environ |= {
        "DATA_DIR": folder,
        "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/bench.sqlite3",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
    }
    import django  # noqa: PLC0415 -- after the settings are named

    django.setup()


def make_file(rows: int, branches: list[str]) -> bytes:
    """A list in the layout of the national export, written as people's programs write it."""
    from openpyxl import Workbook  # noqa: PLC0415

    from doanvien.nhap.columns import LABELS  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet("DSDV")
    labels = {name: words[0] for name, words in LABELS.items()}
    sheet.append([])
    sheet.append(["DANH SÁCH ĐOÀN VIÊN"])
    sheet.append([labels[name] if name != "ngay_sinh_nam" else "Ngày sinh" for name in LABELS])
    sheet.append([{"ngay_sinh_nam": "Nam", "ngay_sinh_nu": "Nữ"}.get(name) for name in LABELS])
    for n in range(rows):
        cells = _member(n) | {"chi_doan": branches[n % len(branches)]}
        sheet.append([cells.get(name) for name in LABELS])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


HO = ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh"]
DEM = ["Văn", "Thị", "Ngọc", "Minh"]
TEN = ["An", "Bình", "Châu", "Dũng", "Đạt"]


def _member(n: int) -> dict:
    """The cells of the n-th person."""
    from doanvien.nhap.code_lists import DAN_TOC, NGHE_NGHIEP, TRINH_DO_CHUYEN_MON  # noqa: PLC0415

    born = date(1996, 1, 1) + timedelta(days=n % 4000)
    century = 2 if born.year > 1999 else 0
    dan_toc = sorted(DAN_TOC.values())
    return {
        "stt": n + 1,
        "ho_ten": f"{HO[n % 5]} {DEM[n % 4]} {TEN[n // 5 % 5]}",
        "ngay_sinh_nam" if n % 2 else "ngay_sinh_nu": born,
        "dan_toc": dan_toc[n % len(dan_toc)],
        "ton_giao": "Không",
        "que_quan": "Phường I, TP Vị Thanh, Hậu Giang",
        "thuong_tru": f"Khu vực {n % 9}, Phường I",
        "cccd": f"093{century + (n % 2 == 0)}{born:%y}{n:06d}",
        "cccd_ngay_cap": date(2022, 5, 1),
        "cccd_noi_cap": "Cục CSQLHC về TTXH",
        "van_hoa": "12/12",
        "chuyen_mon": TRINH_DO_CHUYEN_MON[n % 7],
        "ly_luan": "Chưa có",
        "ngay_vao_doan": born + timedelta(days=16 * 366),
        "so_nghi_quyet": f"{n % 90}-NQ/ĐTN",
        "so_the": f"{n:010d}",
        "nghe_nghiep": NGHE_NGHIEP[n % 6],
        "chuc_vu": "Đoàn viên",
        "hoi": "Hội LHTN Việt Nam",
        "dien_thoai": f"09{n:08d}",
    }


def make_ward(branches: list[str]):
    from django.core.management import call_command  # noqa: PLC0415

    from tochuc.services import create_don_vi  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    huyen = create_don_vi(cap="huyen", loai="huyen", ten="Đo", ma="do", cap_tren=None, by=None)
    wards = []
    for n in range(2):
        ward = create_don_vi(
            cap="co_so", loai="phuong", ten=f"Đo {n}", ma=f"do-{n}", cap_tren=huyen, by=None
        )
        for name in branches:
            create_don_vi(
                cap="chi_doan", loai="chi_doan", ten=name.removeprefix("Chi đoàn "),
                ma=f"do-{n}-{branches.index(name)}", cap_tren=ward, khoi="dan_cu", by=None,
            )  # fmt: skip
        wards.append(ward)
    return wards


class Clock:
    """Seconds by the wall, and of this process and its reader alone: a busy machine adds none."""

    def __enter__(self):
        self.before = self._now()
        return self

    def __exit__(self, *error):
        self.wall, self.cpu = (
            now - then for now, then in zip(self._now(), self.before, strict=True)
        )

    def _now(self) -> tuple[float, float]:
        return time.perf_counter(), sum(os.times()[:4])


def floor(content: bytes, ward) -> dict[str, Clock]:
    """Read the file, insert the people and their periods; as plainly as the tools allow."""
    from django.db import transaction  # noqa: PLC0415
    from openpyxl import load_workbook  # noqa: PLC0415

    from doanvien.models import DoanVien, QuaTrinh  # noqa: PLC0415
    from tochuc.models import DonVi  # noqa: PLC0415

    with Clock() as read:
        sheet = load_workbook(BytesIO(content), read_only=True)["DSDV"]
        rows = [row for row in sheet.iter_rows(values_only=True) if row and isinstance(row[0], int)]
    branch = DonVi.objects.chi_doan().under(ward).first()
    with Clock() as insert:
        people = [
            DoanVien(
                chi_doan=branch, ho_ten=row[1], khoa_sap_xep=row[1], khoa_tim=row[1],
                ngay_sinh=row[3] or row[4], dan_toc=row[5], ton_giao=row[6], que_quan=row[7],
                thuong_tru=row[8], cccd_cuoi=row[9][-4:], cccd_ngay_cap=row[10],
                cccd_noi_cap=row[11], van_hoa=row[12], chuyen_mon=row[13], ly_luan=row[14],
                ngay_vao_doan=row[17], so_nghi_quyet=row[18], so_the=row[19], nghe_nghiep=row[21],
                chuc_vu=row[27], hoi=row[28], dien_thoai=row[31],
            )
            for row in rows
        ]  # fmt: skip
        with transaction.atomic():
            people = DoanVien.objects.bulk_create(people, batch_size=500)
            QuaTrinh.objects.bulk_create(
                [
                    QuaTrinh(doan_vien=nguoi, chi_doan=branch, tu_ngay=date(2025, 1, 1),
                             ly_do_bat_dau="vao_so")
                    for nguoi in people
                ],
                batch_size=500,
            )  # fmt: skip
    empty()
    return {"read": read, "insert": insert}


def whole_import(content: bytes, ward) -> dict[str, Clock]:
    from doanvien.nhap.services import confirm_nhap, preview_nhap  # noqa: PLC0415

    with Clock() as preview:
        dot = preview_nhap(content=content, ten_tep="do.xlsx", don_vi=ward, by=None)
    created = dot.dong.them_moi().count()
    with Clock() as confirm:
        confirm_nhap(dot_nhap=dot, expected_count=created, by=None)
    empty()
    return {"preview": preview, "confirm": confirm}


def empty() -> None:
    """As before the round: every round starts from an empty register."""
    from doanvien.models import DoanVien, DotNhap, QuaTrinh  # noqa: PLC0415

    DotNhap.objects.all().delete()
    QuaTrinh.objects.all().delete()
    DoanVien.objects.all().delete()


def show(what: str, parts: dict[str, Clock]) -> tuple[float, float]:
    wall, cpu = (sum(getattr(part, kind) for part in parts.values()) for kind in ("wall", "cpu"))
    detail = ", ".join(f"{name} {part.wall:.2f}/{part.cpu:.2f}" for name, part in parts.items())
    print(f"  {what:7} {wall:6.2f} s  {cpu:6.2f} s CPU  ({detail})")
    return wall, cpu


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        setup(folder)
        branches = [f"Chi đoàn Khu vực {n}" for n in range(1, 18)]
        wards = make_ward(branches)
        content = make_file(rows, branches)
        print(f"{rows:,} rows, {len(content) / 1e6:.1f} MB")
        ratios = []
        for number in range(ROUNDS):
            print(f"round {number + 1}, load {os.getloadavg()[0]:.1f}")
            bare = show("floor", floor(content, wards[0]))
            whole = show("import", whole_import(content, wards[1]))
            ratios.append([mine / least for mine, least in zip(whole, bare, strict=True)])
            print(f"  ratio   {ratios[-1][0]:6.2f}    {ratios[-1][1]:6.2f} CPU")
        wall, cpu = (median(kind) for kind in zip(*ratios, strict=True))
        print(f"median ratio {wall:.2f}, of CPU {cpu:.2f} (limit {LIMIT})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
