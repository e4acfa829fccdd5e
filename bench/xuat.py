"""`python -m bench.xuat [10000 100000]`: how much memory the file of a long list takes.

Each size is written as the background work does it, in a process of its own, over a register that
`manage.py generate` made. The highest mark of memory before and while the file is written is told:
between the sizes it must stay flat.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time

SIZES = (10_000, 100_000)
FILES = ("xuat_danh_sach", "xuat_quoc_gia")


def main(sizes: tuple[int, ...]) -> None:
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            environment = {
                **os.environ,
                "DATA_DIR": folder,
                "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
                "DJANGO_SETTINGS_MODULE": "bench.settings",
            }
            for step in ("fill", *FILES):
                command = [sys.executable, "-m", "bench.xuat", step, str(size)]
                subprocess.run(command, env=environment, check=True)  # noqa: S603


def one(step: str, size: int) -> None:
    import django  # noqa: PLC0415 -- in the process of one step

    django.setup()
    if step == "fill":
        fill(size)
    else:
        write(step, size)


def fill(size: int) -> None:
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("generate", members=size, months=0)


def write(name: str, size: int) -> None:
    """Ask for the file as somebody of the province and do the work here and now."""
    from baocao.demo.tong_hop import MA  # noqa: PLC0415
    from core.periods import today  # noqa: PLC0415
    from doanvien.xuat import viec  # noqa: PLC0415
    from tochuc.models import CongViec, DonVi, NguoiDung  # noqa: PLC0415
    from tochuc.permissions import VaiTro  # noqa: PLC0415
    from tochuc.services import assign_role  # noqa: PLC0415
    from tochuc.viec_nen import Job  # noqa: PLC0415

    tinh = DonVi.objects.get(ma=MA)
    by = NguoiDung.objects.create_user(name, "mot-mat-khau-rat-dai", ho_ten="Người Đo")
    role = VaiTro.VAN_PHONG_CAP_TREN
    assign_role(nguoi_dung=by, don_vi=tinh, vai_tro=role, tu_ngay=today(), by=None)
    work = CongViec.objects.create(don_vi=tinh, nguoi=by, ten=name)
    job, function = Job(work), getattr(viec, name)
    arguments = {"xuat_danh_sach": {"is_contact": False}, "xuat_quoc_gia": {"day_du": True}}
    before, start = highest(), time.perf_counter()
    result = function(job, query="", **arguments[name])
    took, after = time.perf_counter() - start, highest()
    if f"{size:,}".replace(",", ".") not in result.thong_bao:
        raise SystemExit(f"{result.thong_bao} Not the {size} that were made.")
    megabytes = job.file(work.tep).stat().st_size / 1e6
    print(
        f"{name:15} {size:>8,} people  {took:6.1f} s  file {megabytes:5.1f} MB  "
        f"memory {before:.0f} → {after:.0f} MB (+{after - before:.0f})"
    )


def highest() -> float:
    """The highest mark of this process, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[1:2] and not sys.argv[1].isdecimal():
        one(sys.argv[1], int(sys.argv[2]))
    else:
        main(tuple(map(int, sys.argv[1:])) or SIZES)
