"""`python -m bench.fuzz_nhap [files] [seed]`: damaged member lists through the real preview.

Each file is the sample list or a small one with bytes flipped, parts cut, XML damaged, cells
swapped, retyped, merged or filled with odd values, headers moved. For each the preview either
refuses in a sentence or keeps rows; nothing else may happen, and no member may be written.
"""

import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from io import BytesIO
from zipfile import ZipFile

ODD = (
    "=1+1", "+84912345678", "-", "@", "1e308", "NaN", "0" * 40, "9" * 400, "\u202eabc", "Ưu\u031b",
    "31/02/2001", "1/1/0001", "2001", "12/2001", "", " ", "_x000D_", "a\nb\tc", "\ufeff", "TRUE",
    "#REF!", "12:30", "2024-02-30", "😀" * 50, "x" * 32_000, "<b>&amp;", "' OR 1=1 --", "Nam", "Nữ",
)  # fmt: skip
NUMBERS = (0, -1, 1, 59, 60, 60.5, 2958466, 1e15, 1e300, -1e300, 0.1, 38055, 93204000001)
REAL_PROCESS_EVERY = 50


def setup(folder: str) -> None:
    os.environ |= {
        "DATA_DIR": folder,
        "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/fuzz.sqlite3",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
    }
    import django  # noqa: PLC0415 -- after the settings are named

    django.setup()


def flip_bytes(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice([1, 3, 30])):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randrange(1, 2000) :]


def damage_part(content: bytes, chance: random.Random) -> bytes:
    """One part of the package with its text damaged, repacked so that it opens."""
    source, target = ZipFile(BytesIO(content)), BytesIO()
    chosen = chance.choice([name for name in source.namelist() if name.endswith(".xml")])
    with ZipFile(target, "w") as package:
        for name in source.namelist():
            part = source.read(name)
            package.writestr(name, _damage_text(part, chance) if name == chosen else part)
    return target.getvalue()


def _damage_text(part: bytes, chance: random.Random) -> bytes:
    swaps = (
        (b"<v>", b"<v>-"), (b't="n"', b't="s"'), (b't="inlineStr"', b't="e"'), (b"<row ", b"<rov "),
        (b's="3"', b's="99"'), (b'r="', b'r="Z'), (b"</c>", b""), (b"<is>", b"<is><is>"),
        (b"<sheet ", b"<sheet><sheet "), (b"<c ", b'<c t="b" '), (b"<v>", b"<f>A1</f><v>"),
        (b"Ho", b"\xff\xfe"), (b"sheetData", b"SheetData"), (b"<t>", b'<t xml:space="x">&#0;'),
    )  # fmt: skip
    old, new = chance.choice(swaps)
    places = part.count(old)
    if not places:
        return flip_bytes(part, chance) if part else part
    return part.replace(old, new, chance.choice([1, max(1, places // 2), places]))


def edit_cells(content: bytes, chance: random.Random) -> bytes:
    """Cells swapped, retyped, filled with odd values, merged; rows and columns moved."""
    from openpyxl import load_workbook  # noqa: PLC0415

    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    for _ in range(chance.choice([1, 5, 40])):
        row, column = chance.randint(1, sheet.max_row), chance.randint(1, sheet.max_column)
        _edit(sheet, sheet.cell(row, column), chance)
    move = chance.choice([None, None, sheet.insert_rows, sheet.delete_rows, sheet.insert_cols])
    if move:
        move(chance.randint(1, 8), chance.randint(1, 2))
    if chance.random() < 0.3:
        column = chance.randint(1, sheet.max_column - 1)
        sheet.merge_cells(start_row=8, start_column=column, end_row=8, end_column=column + 1)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def _edit(sheet, cell, chance: random.Random) -> None:
    kind = chance.randrange(4)
    if kind == 0:
        cell.value = chance.choice([*ODD, *NUMBERS])
    elif kind == 1:
        other = sheet.cell(chance.randint(1, sheet.max_row), cell.column)
        cell.value, other.value = other.value, cell.value
    elif kind == 2:
        cell.value = None if cell.value is None else str(cell.value)
    else:
        cell.number_format = chance.choice(["DD/MM/YYYY", "mm/yyyy", "0.00", "@", "[h]:mm"])


DAMAGES = (flip_bytes, cut, damage_part, damage_part, edit_cells, edit_cells, edit_cells)


def mutate(content: bytes, chance: random.Random) -> bytes:
    changed = chance.choice(DAMAGES)(content, chance)
    if chance.random() < 0.2:
        try:
            changed = chance.choice(DAMAGES)(changed, chance)
        except Exception:  # the first damage went too deep for the second
            return flip_bytes(changed, chance) if changed else b"PK"
    return changed


def in_process(reader, content: bytes) -> dict:
    """The reader's answer without its process: fifty times as many files in the same time."""
    from doanvien.nhap.reader import answer  # noqa: PLC0415

    return json.loads(json.dumps(answer(content)))


def try_one(content: bytes, ward) -> str:
    """What came of it; an exception that no page would answer goes through."""
    from core.errors import RuleError  # noqa: PLC0415
    from doanvien.models import DoanVien  # noqa: PLC0415
    from doanvien.nhap.services import preview_nhap  # noqa: PLC0415

    try:
        dot = preview_nhap(content=content, ten_tep="hong.xlsx", don_vi=ward, by=None)
    except RuleError as refusal:
        return f"refused: {str(refusal)[:48]}"
    finally:
        if DoanVien.objects.exists():
            raise SystemExit("A preview has written a member.")
    return "chosen" if dot.trang_thai == "cho_cot" else "previewed"


def run(files: int, seed: int, samples: list[bytes], ward) -> tuple[Counter, list]:
    from doanvien.nhap import workbook  # noqa: PLC0415

    real, outcomes, failures = workbook._run, Counter(), []  # noqa: SLF001
    for number in range(files):
        chance = random.Random(f"{seed}-{number}")  # noqa: S311
        content = mutate(chance.choice(samples), chance)
        workbook._run = real if number % REAL_PROCESS_EVERY == 0 else in_process  # noqa: SLF001
        try:
            outcomes[try_one(content, ward)] += 1
        except Exception as error:
            failures.append((number, repr(error)[:200]))
        if number % 200 == 199:
            print(f"{number + 1} files, {len(failures)} failures", flush=True)
    workbook._run = real  # noqa: SLF001
    return outcomes, failures


def main(files: int, seed: int) -> None:
    from bench import nhap  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        setup(folder)
        branches = [f"Chi đoàn Khu vực {n}" for n in range(1, 4)]
        ward = nhap.make_ward(branches)[0]
        start = time.perf_counter()
        outcomes, failures = run(files, seed, [nhap.make_file(12, branches)], ward)
        for words, count in outcomes.most_common(25):
            print(f"{count:6}  {words}")
        print(f"{files} files in {time.perf_counter() - start:.0f} s, {len(failures)} failures")
        for failure in failures[:20]:
            print(*failure)
        sys.exit(bool(failures))


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 2000,
        int(sys.argv[2]) if len(sys.argv) > 2 else 1,
    )
