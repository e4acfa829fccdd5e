"""`manage.py import_members FILE.xlsx --unit CODE`: a member list into a ward's register."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.errors import RuleError
from doanvien.nhap.danh_sach import DanhSach, find_imported, read_danh_sach
from doanvien.nhap.results import CREATE, RowResult
from doanvien.nhap.services import confirm_nhap, store_preview
from tochuc.models import DonVi

REFUSED = 2
SHOWN = ("ho_ten", "ngay_sinh", "gioi_tinh", "cccd", "dien_thoai", "chi_doan", "chuc_vu")
"""What the JSON answer tells of a new member."""
ACTIONS = {"create": "thêm mới", "reject": "không nhận", "duplicate": "trùng"}


class Command(BaseCommand):
    help = (
        "Enter a member list (.xlsx, layout of the national export) into a ward's register. "
        "Every row without fault is written, all in one transaction; a second run writes nothing. "
        "Exit status 2: the file or the unit is refused."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the workbook")
        parser.add_argument("--unit", required=True, help="code of the ward, e.g. phuong-mau")
        parser.add_argument("--dry-run", action="store_true", help="judge the rows, write nothing")
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")

    def handle(self, *, file: Path, unit: str, dry_run: bool, **options):
        try:
            report = import_list(read_file(file), file.name, find_unit(unit), dry_run=dry_run)
        except RuleError as refusal:
            self.refuse(str(refusal), as_json=options["json"])
        self.show(report, as_json=options["json"])

    def refuse(self, sentence: str, *, as_json: bool):
        if as_json:
            self.stdout.write(json.dumps({"refused": sentence}, ensure_ascii=False))
        raise CommandError(sentence, returncode=REFUSED)

    def show(self, report: dict, *, as_json: bool):
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
            return
        for note in report["notes"]:
            self.stdout.write(f"Lưu ý: {note}")
        for entry in report["results"]:
            if entry["action"] != CREATE:
                action = ACTIONS[entry["action"]]
                self.stdout.write(f"Dòng {entry['row']}: {action}. {entry['message']}")
        counts = ", ".join(f"{n} {ACTIONS[action]}" for action, n in report["count"].items())
        self.stdout.write(f"{report['rows']} dòng: {counts}. {outcome(report)}")


def read_file(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise RuleError(f"Không có tệp {file}. Xem lại đường dẫn.") from error
    except OSError as error:
        raise RuleError(f"Không đọc được tệp {file} ({error.strerror}).") from error


def find_unit(code: str) -> DonVi:
    don_vi = DonVi.objects.filter(ma=code).first()
    if don_vi is None:
        raise RuleError(f"Không có đơn vị mang mã «{code}».")
    return don_vi


def import_list(content: bytes, name: str, don_vi: DonVi, *, dry_run: bool) -> dict:
    """Judge the list and, unless told otherwise or already done, write its new members."""
    danh_sach = read_danh_sach(content=content, don_vi=don_vi)
    already = find_imported(don_vi=don_vi, sha256=danh_sach.sha256) is not None
    written = 0
    if danh_sach.count[CREATE] and not dry_run and not already:
        written = write_list(danh_sach, name, don_vi)
    return list_report(
        danh_sach,
        unit=don_vi.ma,
        file=name,
        dry_run=dry_run,
        already_imported=already,
        written=written,
    )


@transaction.atomic
def write_list(danh_sach: DanhSach, name: str, don_vi: DonVi) -> int:
    dot_nhap = store_preview(danh_sach=danh_sach, ten_tep=name, don_vi=don_vi, by=None)
    count = danh_sach.count[CREATE]
    confirm_nhap(dot_nhap=dot_nhap, expected_count=count, by=None)
    return count


def outcome(report: dict) -> str:
    if report["already_imported"]:
        return "Tệp này đã được nhập trước đây."
    if report["dry_run"]:
        return "Chưa ghi gì vào sổ."
    return f"Đã ghi {report['written']} đồng chí vào sổ."


def list_report(danh_sach: DanhSach, **facts: Any) -> dict:
    """Counts, notes about the file, and one entry for each data row."""
    return {
        **facts,
        "rows": len(danh_sach.results),
        "count": danh_sach.count,
        "notes": danh_sach.luu_y,
        "results": [row_report(result) for result in danh_sach.results],
    }


def row_report(result: RowResult) -> dict:
    entry: dict[str, Any] = {"row": result.row, "action": result.action}
    if result.action == CREATE:
        entry |= {name: _plain(result.values.get(name)) for name in SHOWN}
    else:
        entry |= {"field": result.field, "message": result.message}
        entry["errors"] = [
            {"field": fault.field, "message": fault.message, "suggestion": fault.suggestion}
            for fault in result.faults
        ]
    if result.of_row:
        entry["of_row"] = result.of_row
    if result.warnings:
        entry["warnings"] = [fault.message for fault in result.warnings]
    return entry


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
