"""`python -m bench.sap_xep [districts]`: a province's districts wound up, all in one decision.

Twelve districts, 120 wards, 3,000 branches and 100,000 members; then, to compare, 300 branches with
their 10,000 members merged by threes. Both have to keep the limits. Run it on PostgreSQL through
`python -m tests.postgres`. Says seconds of the preview, of the application and of undoing it, and
the most memory of the process.
"""

import os
import resource
import sys
import tempfile
import time
import uuid
from datetime import date

HUYEN, XA, CHI_DOAN, NGUOI = 12, 10, 25, 100_000
XUA = date(2010, 1, 1)
XEM_TRUOC, AP_DUNG = 5, 60
"""Limits in seconds."""


def setup(folder: str) -> None:
    os.environ |= {
        "DATA_DIR": folder,
        "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/bench.sqlite3",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
    }
    import django  # noqa: PLC0415 -- after the settings are named

    django.setup()


def build(districts: int):
    """The province with its districts, wards and branches, and the people in bulk."""
    from django.core.management import call_command  # noqa: PLC0415

    from tochuc.models import DonVi  # noqa: PLC0415
    from tochuc.services import create_don_vi, create_don_vi_many  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    numbers = iter(range(10**6))

    def units(cap, loai, above, count):
        rows = []
        for so in (next(numbers) for _ in range(count)):
            unit = DonVi(cap=cap, loai=loai, ma=f"do-{so}", thanh_lap=XUA)
            unit.set_ten(f"Đo {so}")
            rows.append(unit)
        return create_don_vi_many(rows=rows, cap_tren=above, by=None)

    tinh = create_don_vi(cap="tinh", loai="tinh", ten="Đo", ma="do", cap_tren=None, by=None)
    huyen = units("huyen", "huyen", tinh, districts)
    xa = [unit for above in huyen for unit in units("co_so", "xa", above, XA)]
    thon = [unit for above in xa for unit in units("chi_doan", "chi_doan", above, CHI_DOAN)]
    people(thon, NGUOI * districts // HUYEN)
    return huyen, thon


def people(branches, number: int) -> None:
    from doanvien.models import DoanVien, QuaTrinh  # noqa: PLC0415

    for start in range(0, number, 5000):
        rows = []
        for so in range(start, min(start + 5000, number)):
            person = DoanVien(
                chi_doan=branches[so % len(branches)],
                ngay_sinh=date(2000, 1, 1 + so % 28),
                dan_toc="Kinh",
                ngay_vao_doan=date(2018, 3, 26),
            )
            person.set_ho_ten(f"Đo Thử {so}")
            rows.append(person)
        made = DoanVien.objects.bulk_create(rows)
        QuaTrinh.objects.bulk_create(
            QuaTrinh(
                doan_vien=person,
                chi_doan_id=person.chi_doan_id,
                tu_ngay=person.ngay_vao_doan,
                ly_do_bat_dau=QuaTrinh.LyDoBatDau.KET_NAP,
            )
            for person in made
        )


def measure(name: str, plan) -> list[float]:
    """Draft, preview, apply and undo one plan; seconds of the last three."""
    from chidoan.models import SapXep  # noqa: PLC0415
    from chidoan.sap_xep import services  # noqa: PLC0415
    from core.periods import today  # noqa: PLC0415

    sap_xep = services.create_sap_xep(
        plan=plan,
        hieu_luc=today(),
        by=None,
        ma_gui=uuid.uuid4(),
        so_quyet_dinh="1-QĐ",
        ngay_quyet_dinh=today(),
    )
    SapXep.objects.filter(pk=sap_xep.pk).update(
        trang_thai=SapXep.TrangThai.CHO_HIEU_LUC, bam=services.bam_cua(sap_xep)
    )
    took, cpu = [], []
    for action in (
        lambda: services.look(sap_xep=sap_xep),
        lambda: services.apply(sap_xep=sap_xep, by=None),
        lambda: services.revert(sap_xep=sap_xep, ly_do="Đo", by=None),
    ):
        begun, used = time.perf_counter(), time.process_time()
        action()
        took.append(time.perf_counter() - begun)
        cpu.append(time.process_time() - used)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name}: xem trước {took[0]:.1f} s, áp dụng {took[1]:.1f} s, hoàn tác {took[2]:.1f} s, "
        f"bộ nhớ cao nhất {memory} MB (CPU {cpu[0]:.1f}, {cpu[1]:.1f}, {cpu[2]:.1f} s)"
    )
    return took


def main(districts: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        setup(folder)
        from chidoan.sap_xep import ke_hoach as kh  # noqa: PLC0415

        huyen, thon = build(districts)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{len(thon)} chi đoàn, bộ nhớ sau khi dựng {memory} MB")
        wound_up = kh.ThayDoi(kh.BO_CAP, tuple(unit.pk for unit in huyen))
        whole = measure(f"Bỏ {districts} huyện", [wound_up])
        triples = [thon[so : so + 3] for so in range(0, len(thon) // 10, 3)]
        merges = [
            kh.ThayDoi(
                kh.SAP_NHAP,
                tuple(unit.pk for unit in three),
                (kh.Dich(ten=f"Gộp {so}", loai="chi_doan", cap_tren=three[0].cap_tren.pk),),
            )
            for so, three in enumerate(triples)
            if len({unit.cap_tren.pk for unit in three}) == 1
        ]
        many = measure(f"Sáp nhập {len(merges)} lần ba chi đoàn", merges)
        if any(took[0] > XEM_TRUOC or took[1] > AP_DUNG for took in (whole, many)):
            sys.exit("Quá giới hạn.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else HUYEN)
