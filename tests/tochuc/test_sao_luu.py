"""A backup holds everything, and comes back whole or not at all."""

import gzip
import json
import stat
import tarfile
from io import BytesIO, StringIO

import pytest
from cryptography.fernet import Fernet
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection

from doanvien.models import DoanVien
from tests.factories import make_doan_vien
from tochuc.audit import find_faults
from tochuc.models import NguoiDung, NhatKy
from tochuc.sao_luu import create_backup

CCCD = "092204001234"
OTHER_ENGINE = {"sqlite": "postgresql", "postgresql": "sqlite"}


@pytest.fixture
def archive(transactional_db, settings, tmp_path, bi_thu, client_of, chi_doan):
    """A backup of one member, one account that is signed in, and one stored file."""
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "files" / "anh").mkdir(parents=True)
    (tmp_path / "files" / "anh" / "1.jpg").write_bytes(b"anh")
    make_doan_vien(chi_doan=chi_doan, ho_ten="Nguyễn Thị Thùy Dương", cccd=CCCD)
    client_of(bi_thu)
    create_backup(tmp_path / "a.tar.gz")
    return tmp_path / "a.tar.gz"


def restore(path, **options):
    out = StringIO()
    call_command("restore", path, stdout=out, **options)
    return out.getvalue()


def refusal_of(path, **options):
    """Why the archive is not put back; nothing was changed by the try."""
    before = (DoanVien.objects.count(), NhatKy.objects.count(), Session.objects.count())
    with pytest.raises(CommandError) as refused:
        restore(path, **options)
    after = (DoanVien.objects.count(), NhatKy.objects.count(), Session.objects.count())
    assert after == before
    return str(refused.value)


def rewrite(path, change):
    """The same archive with other parts: `change` gets and gives {name: content}."""
    with tarfile.open(path) as tar:
        parts = {member.name: tar.extractfile(member).read() for member in tar}
    with tarfile.open(path, "w:gz") as tar:
        for name, content in change(parts).items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, BytesIO(content))


def with_manifest(**fields):
    def change(parts):
        manifest = json.loads(parts["manifest.json"]) | fields
        return {**parts, "manifest.json": json.dumps(manifest).encode()}

    return change


def test_what_was_saved_comes_back_in_place_of_what_is_there(archive, settings, chi_doan):
    DoanVien.objects.update(ho_ten="Đã Đổi", cccd_ma_hoa="")
    make_doan_vien(chi_doan=chi_doan, ho_ten="Người Đến Sau")
    NguoiDung.objects.update(ho_ten="Đã Đổi")
    (settings.MEDIA_ROOT / "anh" / "1.jpg").write_bytes(b"hong")

    said = restore(archive, replace=True)

    member = DoanVien.objects.get()
    assert (member.ho_ten, member.cccd) == ("Nguyễn Thị Thùy Dương", CCCD)
    assert NguoiDung.objects.get().ho_ten == "Lê Minh Duy"
    assert (settings.MEDIA_ROOT / "anh" / "1.jpg").read_bytes() == b"anh"
    assert "1 tệp" in said


def test_a_restored_product_asks_everybody_to_sign_in_and_remembers_what_was_done(archive):
    assert Session.objects.exists()

    restore(archive, replace=True)

    assert not Session.objects.exists()
    assert list(NhatKy.objects.order_by("so").values_list("hanh_dong", flat=True))[-2:] == [
        "sao_luu.create",
        "sao_luu.restore",
    ]
    assert list(find_faults()) == []


def test_a_database_in_use_is_not_replaced_by_accident(archive):
    assert "--replace" in refusal_of(archive)


def test_an_archive_is_for_its_owner_alone_and_is_never_overwritten(archive):
    content = archive.read_bytes()

    with pytest.raises(CommandError, match="không bị ghi đè"):
        call_command("backup", archive)

    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert archive.read_bytes() == content
    assert [path.name for path in archive.parent.iterdir() if path.name.startswith(".")] == []


def test_a_backup_says_how_much_it_holds(archive, tmp_path):
    out = StringIO()

    call_command("backup", tmp_path / "b.tar.gz", stdout=out)

    assert "và 1 tệp vào" in out.getvalue()
    with tarfile.open(tmp_path / "b.tar.gz") as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
    assert manifest["tables"]["doanvien_doanvien"] == 1
    assert manifest["tables"]["tochuc_nhatky"] == NhatKy.objects.count()


def test_a_backup_in_a_folder_that_is_not_there_is_refused(transactional_db, tmp_path):
    with pytest.raises(CommandError, match="Không ghi được"):
        call_command("backup", tmp_path / "khong-co" / "a.tar.gz")


@pytest.mark.same_on_both
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda parts: {**parts, "database": parts["database"] + b"x"}, "hỏng ở phần «database»"),
        (lambda parts: {**parts, "la.txt": b"x"}, "hỏng ở phần «la.txt»"),
        (lambda parts: {**parts, "../la.txt": b"x"}, "phần lạ «../la.txt»"),
        (lambda parts: {"database": parts["database"]}, "không phải bản sao lưu"),
        (
            lambda parts: {name: parts[name] for name in ("manifest.json", "database")},
            "thiếu phần «files/anh/1.jpg»",
        ),
        (with_manifest(parts={"../../etc/x": ""}), "phần lạ «../../etc/x»"),
        (with_manifest(format=2), "phiên bản khác"),
        (with_manifest(extra=1), "Không đọc được"),
        (with_manifest(engine=OTHER_ENGINE[connection.vendor]), "DATABASE_URL"),
        (with_manifest(migrations=["tochuc.9999_sau_nay"]), "phiên bản mới hơn"),
    ],
)
def test_an_archive_that_does_not_fit_is_refused(archive, change, reason):
    rewrite(archive, change)

    assert reason in refusal_of(archive, replace=True)


@pytest.mark.same_on_both
@pytest.mark.parametrize(
    "spoil",
    [lambda content: b"khong phai", lambda content: b"", lambda content: content[:-100]],
)
def test_a_file_that_is_no_whole_archive_is_refused(archive, spoil):
    archive.write_bytes(spoil(archive.read_bytes()))

    assert refusal_of(archive, replace=True)


def test_a_gzip_of_something_else_is_refused(archive):
    archive.write_bytes(gzip.compress(b"khong phai tar"))

    assert refusal_of(archive, replace=True)


@pytest.mark.same_on_both
@pytest.mark.parametrize(
    ("name", "value"), [("HASH_KEY", "khoa khac"), ("FIELD_KEYS", [Fernet.generate_key().decode()])]
)
def test_other_keys_than_those_of_the_backup_are_refused(archive, settings, name, value):
    setattr(settings, name, value)

    assert "khóa cũ" in refusal_of(archive, replace=True)
