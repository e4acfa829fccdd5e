"""Commands of the operator: the matrix of rights, the audit chain, the first account."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tochuc.audit import find_faults, mark_of_head, record, seal
from tochuc.models import ChuoiNhatKy, DonVi, NguoiDung, NhatKy
from tochuc.permissions import Quyen, VaiTro
from tochuc.thong_ke import refresh_statistics

GOLDEN = Path(__file__).parent.parent / "golden" / "permissions.txt"
PASSWORD = "trang sang ngoai hien"


def output_of(name, *args, **options):
    out = StringIO()
    call_command(name, *args, stdout=out, **options)
    return out.getvalue()


def test_the_matrix_of_rights_is_the_agreed_one():
    assert output_of("permissions") == GOLDEN.read_text()


def test_the_matrix_as_json_holds_every_role_and_right():
    rows = json.loads(output_of("permissions", "--json"))

    assert [row["vai_tro"] for row in rows] == VaiTro.values
    assert set().union(*(row["quyen"] for row in rows)) == set(Quyen)
    assert all(row["cap"] for row in rows)


@pytest.mark.django_db
def test_only_postgresql_is_told_to_look_at_its_tables():
    with CaptureQueriesContext(connection) as queries:
        refresh_statistics()

    expected = ["ANALYZE"] if connection.vendor == "postgresql" else []
    assert [query["sql"] for query in queries] == expected


def test_verify_audit_passes_a_whole_chain(phuong):
    last = NhatKy.objects.first()

    assert output_of("verify_audit").splitlines() == [
        f"Nhật ký nguyên vẹn, {NhatKy.objects.count()} dòng.",
        f"Dấu của dòng cuối: {last.so}:{last.hash}",
    ]


def test_a_chain_that_was_sealed_anew_no_longer_has_the_kept_mark(phuong):
    kept = mark_of_head()
    record(by=None, hanh_dong="thu.ghi", target=phuong)
    assert "nguyên vẹn" in output_of("verify_audit", "--mark", kept)

    forged = NhatKy.objects.get(so=kept.partition(":")[0])
    following = NhatKy.objects.get(so=forged.so + 1)
    forged.dia_chi = "10.0.0.9"
    following.hash_truoc = forged.hash = seal(forged)
    following.hash = seal(following)
    for line in (forged, following):
        line.save()
    ChuoiNhatKy.objects.update(hash_cuoi=following.hash)

    assert list(find_faults()) == []
    assert [fault.partition(":")[0] for fault in find_faults(kept)] == [
        f"Chuỗi không còn dấu {forged.so}"
    ]


def test_verify_audit_names_the_fault_and_fails(phuong, capsys):
    record(by=None, hanh_dong="thu.ghi", target=phuong)
    NhatKy.objects.filter(hanh_dong="thu.ghi").update(dia_chi="10.0.0.9")
    errors = StringIO()

    with pytest.raises(SystemExit) as exit_:
        call_command("verify_audit", stderr=errors)

    assert exit_.value.code == 1
    assert "đã bị sửa" in errors.getvalue()


def create_operator(monkeypatch, password=PASSWORD, **options):
    monkeypatch.setenv("OPERATOR_PASSWORD", password)
    options = {"ho_ten": "Tô Nhật Quang", "ma": "nghe-an", "ten": "Nghệ An", **options}
    return output_of("create_operator", "quan.tri", **options)


def test_the_first_operator_comes_with_the_first_unit(db, monkeypatch):
    create_operator(monkeypatch)

    operator = NguoiDung.objects.get(username="quan.tri")
    assert operator.check_password(PASSWORD)
    assert operator.may(Quyen.VAN_HANH, DonVi.objects.get(ma="nghe-an"))
    assert operator.is_staff


def test_the_password_is_read_from_standard_input(db, monkeypatch):
    monkeypatch.delenv("OPERATOR_PASSWORD", raising=False)
    monkeypatch.setattr("sys.stdin", StringIO(f"{PASSWORD}\n"))

    output_of("create_operator", "quan.tri", ho_ten="Quang", ma="nghe-an", ten="Nghệ An")

    assert NguoiDung.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(
    ("options", "words"), [({"password": "ngan"}, "quá ngắn"), ({"ten": None}, "Chưa có đơn vị")]
)
def test_a_refused_operator_leaves_nothing(db, monkeypatch, options, words):
    with pytest.raises(CommandError, match=words):
        create_operator(monkeypatch, **options)

    assert not NguoiDung.objects.exists()
    assert not DonVi.objects.exists()
