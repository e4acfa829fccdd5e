"""`import_members`: the list's expectation row by row, once, and clear refusals."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from doanvien.models import DoanVien, DotNhap
from doanvien.nhap.services import preview_nhap
from tests.doanvien.nhap_lists import make_workbook, member
from tests.factories import make_chi_doan, make_phuong

FILE = Path(__file__).parents[1] / "data" / "danh-sach-doan-vien.xlsx"
EXPECTED = json.loads(FILE.with_suffix(".expected.json").read_text(encoding="utf-8"))
SECOND_RUN = {"create": 0, "reject": 24, "duplicate": 180}


@pytest.fixture
def phuong_mau(db):
    """The ward with the branches of the sample list and no member."""
    phuong = make_phuong(ten="Mẫu", ma="phuong-mau")
    for name in EXPECTED["branches"]:
        make_chi_doan(phuong=phuong, ten=name.removeprefix("Chi đoàn "))
    return phuong


@pytest.fixture
def run(capsys):
    def run(*arguments, file=FILE):
        call_command("import_members", str(file), "--unit", "phuong-mau", "--json", *arguments)
        return json.loads(capsys.readouterr().out)

    return run


def as_expected(entry, expected):
    return {key: entry.get(key) for key in expected if key != "why"}


def test_outcome_equals_the_expectation_row_by_row(phuong_mau, run):
    report = run()

    assert (report["rows"], report["count"]) == (EXPECTED["rows"], EXPECTED["count"])
    pairs = list(zip(report["results"], EXPECTED["expected"], strict=True))
    wanted = [{k: v for k, v in row.items() if k != "why"} for _, row in pairs]
    assert [as_expected(entry, row) for entry, row in pairs] == wanted
    assert all(entry["message"] for entry in report["results"] if entry["action"] != "create")


def test_first_run_writes_each_created_row_and_no_other(phuong_mau, run):
    report = run()

    created = {row["cccd"] for row in EXPECTED["expected"] if row["action"] == "create"}
    assert {nguoi.cccd for nguoi in DoanVien.objects.all()} == created
    assert (report["written"], report["already_imported"]) == (178, False)


def test_second_run_writes_nothing_and_says_so(phuong_mau, run):
    run()

    report = run()

    assert (report["already_imported"], report["written"]) == (True, 0)
    assert report["count"] == SECOND_RUN
    assert DoanVien.objects.count() == 178


def test_dry_run_writes_nothing(phuong_mau, run):
    report = run("--dry-run")

    assert (report["dry_run"], report["written"], report["count"]) == (True, 0, EXPECTED["count"])
    assert not DoanVien.objects.exists()
    assert not DotNhap.objects.exists()


def test_page_comes_to_the_same_outcome(phuong_mau, run):
    report = run("--dry-run")

    dot_nhap = preview_nhap(
        content=FILE.read_bytes(), ten_tep=FILE.name, don_vi=phuong_mau, by=None
    )

    assert list(dot_nhap.dong.values_list("row", "hanh_dong", "field", "of_row")) == [
        (entry["row"], entry["action"], entry.get("field", ""), entry.get("of_row"))
        for entry in report["results"]
    ]


def test_list_in_which_everybody_is_on_file_writes_nothing(phuong_mau, run, tmp_path):
    run()
    file = tmp_path / "mot-nguoi.xlsx"
    known = DoanVien.objects.first()
    file.write_bytes(make_workbook(member(cccd=known.cccd)))

    report = run(file=file)

    assert report["count"] == {"create": 0, "reject": 0, "duplicate": 1}
    assert (report["already_imported"], report["written"]) == (False, 0)


def test_words_for_a_person_end_with_the_counts(phuong_mau, capsys):
    call_command("import_members", str(FILE), "--unit", "phuong-mau")

    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == (
        "204 dòng: 178 thêm mới, 24 không nhận, 2 trùng. Đã ghi 178 đồng chí vào sổ."
    )
    assert "Dòng 12: không nhận. Họ và tên là công thức. Gõ thẳng nội dung vào ô B12." in lines


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--unit", "khong-co"], "mang mã «khong-co»"),
        (["--unit", "khu-vuc-1"], "không phải"),
    ],
)
def test_unknown_unit_ends_with_status_2(phuong_mau, chi_doan, arguments, part):
    with pytest.raises(CommandError, match=part) as refused:
        call_command("import_members", str(FILE), *arguments)

    assert refused.value.returncode == 2


def test_missing_file_ends_with_status_2(phuong_mau, tmp_path):
    with pytest.raises(CommandError, match="Không có tệp") as refused:
        call_command("import_members", str(tmp_path / "x.xlsx"), "--unit", "phuong-mau")

    assert refused.value.returncode == 2


def test_refused_file_ends_with_status_2_and_json_alone(phuong_mau, tmp_path, capsys):
    file = tmp_path / "danh-sach.xlsx"
    file.write_text("STT;Họ và tên\n")

    with pytest.raises(CommandError) as refused:
        call_command("import_members", str(file), "--unit", "phuong-mau", "--json")

    assert refused.value.returncode == 2
    assert json.loads(capsys.readouterr().out) == {"refused": str(refused.value)}
    assert not DotNhap.objects.exists()
