"""`./run bench ho-so [100]`: what dossiers cost, in time and memory.

(a) One dossier of five pages and more through our code, against WeasyPrint alone on the same
HTML. (b) So many dossiers laid out by two printers, against one after the other. (c) A whole batch
of them with its numbers, audit and joint file, against the button of each case; and the memory of
the process that does the batch, while it goes on. All are ratios within one run: what else the
machine does touches both sides.
"""

import os
import resource
import statistics
import sys
import tempfile
import time
import uuid
from datetime import date
from io import BytesIO
from pathlib import Path

TI_LE_MOT = 1.15
TI_LE_HAI = 1.7
PHANG = 1.15
"""Limits: how much dearer than WeasyPrint, how much quicker two lay out, how much memory grows."""
ROUNDS = 9
NGAY = date(2026, 6, 14)
REMARK = "Gương mẫu chấp hành chủ trương của Đảng, gần gũi, trung thực, hoàn thành tốt nhiệm vụ. "


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATA_DIR": folder,
            "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/bench.sqlite3",
            "DJANGO_SETTINGS_MODULE": "bench.settings",
        }
        import django  # noqa: PLC0415 -- after the settings are named

        django.setup()
        by, cases = build(2 * count)
        single, quicker = one_dossier(cases[0]), laid_out(cases[:count])
        grown = batches(by, cases[:count], cases[count:])
    if single > TI_LE_MOT or quicker < TI_LE_HAI or grown > PHANG:
        sys.exit("Quá giới hạn.")


def build(count: int):
    """A ward with a secretary, and so many cases that its committee has resolved."""
    from django.core.management import call_command  # noqa: PLC0415

    from tochuc.models import NguoiDung  # noqa: PLC0415
    from tochuc.permissions import VaiTro  # noqa: PLC0415
    from tochuc.services import assign_role, create_don_vi  # noqa: PLC0415
    from tudưong.models import HoSo  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    units = (("tinh", "tinh"), ("co_so", "phuong"), ("chi_doan", "chi_doan"))
    unit = None
    for cap, loai in units:
        unit = create_don_vi(cap=cap, loai=loai, ten="Đo", ma=cap, cap_tren=unit, by=None)
    by = NguoiDung.objects.create_user("do", "mot-mat-khau-rat-dai", ho_ten="Người Đo")
    phuong = unit.cap_tren
    assign_role(nguoi_dung=by, don_vi=phuong, vai_tro=VaiTro.BI_THU_PHUONG, tu_ngay=NGAY, by=None)
    for number in range(count):
        a_case(number, unit, phuong, by)
    return by, list(HoSo.objects.select_related("doan_vien", "chi_doan", "don_vi").order_by("pk"))


def a_case(number: int, chi_doan, phuong, by) -> None:
    from doanvien.models import DoanVien  # noqa: PLC0415
    from tudưong.danh_muc import checklist  # noqa: PLC0415
    from tudưong.models import BuocHoSo, GiayTo, HoSo  # noqa: PLC0415

    person = DoanVien(
        chi_doan=chi_doan, ngay_sinh=date(2000, 1, 1), ngay_vao_doan=date(2016, 3, 26)
    )
    person.set_ho_ten(f"Nguyễn Thị Đo Thử {number}")
    person.save()
    remarks = ("pham_chat", "dao_duc", "nang_luc", "quan_he", "khuyet_diem")
    ho_so = HoSo.objects.create(
        ma=f"DO-{number}",
        doan_vien=person,
        chi_doan=chi_doan,
        don_vi=phuong,
        chi_bo="Khu vực 1",
        trang_thai=HoSo.TrangThai.CHO_GUI,
        ngay_mo=NGAY,
        ngay_buoc=NGAY,
        ngay_gioi_thieu=NGAY,
        **dict.fromkeys(remarks, REMARK * 4),
    )
    GiayTo.objects.bulk_create(checklist(ho_so))
    tally = {"co_quyen": 15, "co_mat": 13, "tan_thanh": 13}
    none = {"khong_tan_thanh": 0, "khong_hop_le": 0}
    votes = ((BuocHoSo.Loai.DE_NGHI, "cho_tham_tra"), (BuocHoSo.Loai.NGHI_QUYET, "cho_gui"))
    for thu_tu, (loai, den) in enumerate(votes, start=1):
        BuocHoSo.objects.create(
            ho_so=ho_so,
            thu_tu=thu_tu,
            loai=loai,
            den_trang_thai=den,
            ngay=NGAY,
            boi=by,
            **tally,
            **none,
        )


# ---- (a) -----------------------------------------------------------------------------------


def one_dossier(ho_so) -> float:
    """Our time for each second of WeasyPrint's, round by round; the median."""
    from pypdf import PdfReader  # noqa: PLC0415

    from core.pdf import layout, render  # noqa: PLC0415
    from tudưong.giay_to.bo_ho_so import bo_ho_so  # noqa: PLC0415

    booklet = bo_ho_so(ho_so, nhay_cam=True)
    laid_out, usual = [], layout.lay_out
    render.lay_out = lambda html, sheet: laid_out.append((html, sheet)) or usual(html, sheet)
    pages = len(PdfReader(BytesIO(booklet.pdf())).pages)
    render.lay_out = usual
    kept = {html: sheet for html, sheet in laid_out if "size-13" not in html}
    ratios = [cpu(booklet.pdf) / cpu(lambda: bare(kept)) for _ in range(ROUNDS)]
    ratio = statistics.median(ratios)
    print(f"Một bộ {pages} trang: {ratio:.2f} lần WeasyPrint trên cùng HTML (tối đa {TI_LE_MOT})")
    return ratio


def bare(documents: dict) -> None:
    """The same HTML by WeasyPrint alone."""
    from core.pdf.layout import _rules, engine, paper_fetcher  # noqa: PLC0415

    weasyprint, fonts, css = engine()
    made = []
    for html, sheet in documents.items():
        source = weasyprint.HTML(string=html, url_fetcher=paper_fetcher(), base_url="asset:")
        rules = weasyprint.CSS(string=_rules(html, sheet), url_fetcher=paper_fetcher())
        made.append(source.render(stylesheets=[css, rules], font_config=fonts))
    made[0].copy([page for one in made for page in one.pages]).write_pdf(pdf_variant="pdf/ua-1")


def cpu(action) -> float:
    begun = time.process_time()
    action()
    return time.process_time() - begun


# ---- (b) -----------------------------------------------------------------------------------


def laid_out(cases: list) -> float:
    """How many times quicker two printers are than one process, from declared to bytes."""
    from core.pdf.pool import Printers  # noqa: PLC0415
    from tudưong.giay_to.bo_ho_so import bo_ho_so  # noqa: PLC0415

    booklets = [bo_ho_so(ho_so, nhay_cam=True) for ho_so in cases]
    alone, _ = measured(lambda: [booklet.pdf() for booklet in booklets])
    with Printers(2) as printers:
        for warm in [printers.submit(booklets[0]) for _ in range(2)]:
            warm.result()
        files = lambda: [printers.submit(booklet) for booklet in booklets]  # noqa: E731
        together, _ = measured(lambda: [file.result() for file in files()])
    print(
        f"Dàn trang {len(booklets)} bộ: {alone:.0f} s lần lượt, {together:.0f} s với hai tiến "
        f"trình: nhanh {alone / together:.2f} lần (ít nhất {TI_LE_HAI})"
    )
    return alone / together


# ---- (c) -----------------------------------------------------------------------------------


def batches(by, serial: list, parallel: list) -> float:
    """A whole batch against one case after the other; how much the memory of its process grows."""
    took_alone, used_alone = measured(lambda: one_by_one(by, serial))
    memory = []
    took, used = measured(lambda: batch(by, parallel, memory))
    tenth = max(1, len(memory) // 10)
    before, after = max(memory[tenth : 2 * tenth]), max(memory[-tenth:])
    print(
        f"Cả đợt {len(serial)} bộ, có cấp số: {took_alone:.0f} s bằng nút của từng hồ sơ, "
        f"{took:.0f} s khi in hàng loạt: nhanh {took_alone / took:.2f} lần; "
        f"CPU {used_alone:.0f} và {used:.0f} s"
    )
    print(f"Bộ nhớ của tiến trình: {before} MB sau phần đầu, {after} MB sau bộ cuối")
    return after / before


def measured(action) -> tuple[float, float]:
    """Seconds, and seconds of CPU of all processes."""
    begun, used = time.perf_counter(), all_cpu()
    action()
    return time.perf_counter() - begun, all_cpu() - used


def one_by_one(by, cases: list) -> None:
    """As somebody would print them who has only the button of one case."""
    from core.pdf.joined import Joined  # noqa: PLC0415
    from tudưong.giay_to.phat_hanh import issue_bo_ho_so  # noqa: PLC0415

    Joined([bytes(issue_bo_ho_so(ho_so=ho_so, by=by).tep) for ho_so in cases]).pdf()


def batch(by, cases: list, memory: list[int]) -> None:
    """The job of a batch with two printers; `memory` gets the MB of this process at each case."""
    from django.conf import settings  # noqa: PLC0415

    from tochuc.models import CongViec  # noqa: PLC0415
    from tochuc.viec_nen import Job  # noqa: PLC0415
    from tudưong.in_hang_loat.viec import in_dot  # noqa: PLC0415
    from tudưong.models import DongIn, DotIn  # noqa: PLC0415

    settings.PRINTERS = 2
    don_vi = cases[0].don_vi
    dot = DotIn.objects.create(don_vi=don_vi, nguoi=by, ma_gui=uuid.uuid4())
    DongIn.objects.bulk_create(
        DongIn(dot=dot, ho_so=ho_so, thu_tu=number) for number, ho_so in enumerate(cases, start=1)
    )

    class Watched(Job):
        def progress(self, *args):
            memory.append(resident())
            super().progress(*args)

    job = Watched(CongViec.objects.create(don_vi=don_vi, nguoi=by, ten="Đo", viec="bench"))
    in_dot(job, dot=dot.pk)
    if dot.dong.con_lai().exists():
        raise SystemExit("Có bộ chưa in được.")


def resident() -> int:
    """MB of this process in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024**2


def all_cpu() -> float:
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
