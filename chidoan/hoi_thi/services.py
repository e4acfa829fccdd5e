"""What changes contests. Each function is one transaction, under a lock on the contest."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from chidoan.bang_ghi import dong_can_ghi
from chidoan.models import ChucVu, DiemThi, HoiThi, ThiSinh, VongThi
from chidoan.noi_cap import noi_cap
from chidoan.tap_huan.services import NguoiCu, moi_nguoi_mot_lan, nguoi_cu, nguoi_mang_ten
from chidoan.tap_huan.services.khoa import check_to_chuc
from core.errors import RuleError, StaleError
from core.periods import today
from core.text import clean, clean_name, name_sort_key
from core.text.display import so
from tochuc.audit import record
from tochuc.models import DonVi, VanBan
from tochuc.permissions import Quyen
from tochuc.van_ban import void

from .giay_to import DANH_SACH, issue_danh_sach

TO_CHUC = Quyen.TO_CHUC_BOI_DUONG
TrangThai = HoiThi.TrangThai
TRUONG = ("loai", "ten", "ngay", "dia_diem", "noi_dung")


@transaction.atomic
def create_hoi_thi(*, don_vi: DonVi, values: Mapping[str, Any], by) -> HoiThi:
    """Open a contest. Refused without a name, and for one of that name and day (sent twice)."""
    DonVi.objects.select_for_update(of=("self",), no_key=True).get(pk=don_vi.pk)
    check_to_chuc(don_vi, by)
    hoi_thi = HoiThi(don_vi=don_vi, tao_boi=by)
    _set(hoi_thi, values)
    same = HoiThi.objects.filter(don_vi=don_vi, ten=hoi_thi.ten, ngay=hoi_thi.ngay)
    if same.exclude(trang_thai=TrangThai.HUY).exists():
        raise RuleError("Hội thi này đã được ghi, cùng tên và cùng ngày.", field="ten")
    hoi_thi.save()
    record(by=by, hanh_dong="hoi_thi.create", target=hoi_thi, ngay=hoi_thi.ngay)
    return hoi_thi


@transaction.atomic
def update_hoi_thi(*, hoi_thi: HoiThi, version: int, values: Mapping[str, Any], by) -> HoiThi:
    """Change a contest; `version` is the one that was shown."""
    current = _lock(hoi_thi, by)
    if current.version != version:
        raise StaleError("Có người vừa sửa hội thi này. Xem lại trước khi lưu.", current=current)
    _set(current, values)
    current.version += 1
    current.save()
    record(by=by, hanh_dong="hoi_thi.update", target=current, truong=sorted(values))
    return current


@transaction.atomic
def add_vong(*, hoi_thi: HoiThi, ten: str, diem_toi_da: Decimal, by) -> VongThi:
    """Add a round at the end. Refused without a name and without points to win."""
    current = _lock(hoi_thi, by)
    if not (ten := clean(ten)):
        raise RuleError("Ghi tên vòng thi.", field="ten")
    if diem_toi_da <= 0:
        raise RuleError("Điểm tối đa phải lớn hơn 0.", field="diem_toi_da")
    last = current.vong.order_by("-thu_tu").first()
    vong = VongThi.objects.create(
        hoi_thi=current, thu_tu=last.thu_tu + 1 if last else 1, ten=ten, diem_toi_da=diem_toi_da
    )
    record(by=by, hanh_dong="hoi_thi.update", target=current, truong=["vong"])
    return vong


@transaction.atomic
def delete_vong(*, vong: VongThi, by) -> None:
    """Take away a round that nobody was marked in."""
    current = _lock(vong.hoi_thi, by)
    if vong.diem.exists():
        raise RuleError("Vòng này đã có điểm, không bỏ được. Xóa điểm trước.")
    record(by=by, hanh_dong="hoi_thi.update", target=current, truong=["vong"])
    vong.delete()


@transaction.atomic
def add_thi_sinh(
    *, hoi_thi: HoiThi, don_vi: DonVi, ho_ten: str, chuc_vu: str = "", ten_don_vi: str = "", by
) -> ThiSinh:
    """Add a contestant. A member of the unit who alone bears the name is the one.

    Refused for a unit elsewhere and for who takes part already.
    """
    current = _lock(hoi_thi, by)
    name = clean_name(ho_ten)
    if not name:
        raise RuleError("Ghi họ và tên thí sinh.", field="ho_ten")
    if not don_vi.path.startswith(current.don_vi.path):
        raise RuleError(f"{don_vi} không thuộc {current.don_vi}.", field="don_vi")
    person = nguoi_mang_ten(don_vi, name)
    unit = person.chi_doan if person else don_vi
    same = (
        current.thi_sinh.filter(doan_vien=person)
        if person
        else current.thi_sinh.filter(doan_vien__isnull=True, don_vi=unit, ho_ten=name)
    )
    if same.exists():
        raise RuleError(f"{name} đã có tên trong hội thi.", field="ho_ten")
    row = _thi_sinh(current, NguoiCu(unit, person, name, clean(chuc_vu)), clean(ten_don_vi))
    row.save()
    record(by=by, hanh_dong="hoi_thi.add", target=current, don_vi=unit)
    return row


@transaction.atomic
def add_thi_sinh_many(*, hoi_thi: HoiThi, chuc_vu: Iterable[ChucVu], by) -> list[ThiSinh]:
    """Add who holds these offices; who takes part already stays what he is.

    Refused for an office elsewhere.
    """
    current = _lock(hoi_thi, by)
    there = {ai_du_thi(row) for row in current.thi_sinh.all()}
    people = [nguoi_cu(term) for term in moi_nguoi_mot_lan(chuc_vu)]
    for one in people:
        if not one.don_vi.path.startswith(current.don_vi.path):
            raise RuleError(f"{one.ho_ten} không thuộc {current.don_vi}.", field="chuc_vu")
    rows = [_thi_sinh(current, one) for one in people if one.ai not in there]
    ThiSinh.objects.bulk_create(rows)
    record(by=by, hanh_dong="hoi_thi.add", target=current, so_nguoi=len(rows))
    return rows


def ai_du_thi(row: ThiSinh) -> tuple:
    """Who it is, as `NguoiCu.ai` says it."""
    return (row.doan_vien_id,) if row.doan_vien_id else (row.don_vi_id, row.ho_ten)


def _thi_sinh(hoi_thi: HoiThi, one: NguoiCu, ten_don_vi: str = "") -> ThiSinh:
    """Name, office and unit as they are on this day."""
    return ThiSinh(
        hoi_thi=hoi_thi,
        don_vi=one.don_vi,
        doan_vien=one.doan_vien,
        ho_ten=one.ho_ten,
        khoa_sap_xep=name_sort_key(one.ho_ten)[:255],
        ten_don_vi=(ten_don_vi or str(one.don_vi))[:160],
        chuc_vu=one.chuc_vu[:80],
    )


@transaction.atomic
def remove_thi_sinh(*, thi_sinh: ThiSinh, by) -> None:
    """Take a contestant off the list, the marks with him."""
    current = _lock(thi_sinh.hoi_thi, by)
    record(by=by, hanh_dong="hoi_thi.remove", target=current, don_vi=thi_sinh.don_vi)
    thi_sinh.delete()


@transaction.atomic
def record_ket_qua(
    *,
    hoi_thi: HoiThi,
    diem: Mapping[tuple[int, int], Decimal | None],
    giai: Mapping[int, tuple[str, str]],
    by,
    version: str | None = None,
) -> HoiThi:
    """Marks by contestant and round, and prizes (code, own name) by contestant.

    Who is not among them keeps his: he may have come after the page was opened. `version` is
    what the page carried (`bang_ghi`): StaleError when somebody has written another mark or
    prize since. Refused: a mark above what the round gives, for who takes no part.
    """
    current = _lock(hoi_thi, by)
    rounds = {vong.pk: vong for vong in current.vong.all()}
    people = {row.pk: row for row in current.thi_sinh.all()}
    stored = bang_ket_qua(people.values(), rounds, DiemThi.objects.of_hoi_thi(current))
    sent = dong_ket_qua(diem, giai)
    changed = set(dong_can_ghi(sent, version, stored))
    if set(sent) - set(stored):
        raise RuleError("Danh sách vừa thay đổi. Tải lại trang rồi ghi điểm.")
    marks = {key: value for key, value in diem.items() if ten_o_diem(*key) in changed}
    _write_marks(marks, people, rounds)
    prizes = {pk: value for pk, value in giai.items() if ten_o_giai(pk) in changed}
    for pk, value in prizes.items():
        people[pk].giai, people[pk].ten_giai = _giai(*value)
    ThiSinh.objects.bulk_update([people[pk] for pk in prizes], ["giai", "ten_giai"])
    record(by=by, hanh_dong="hoi_thi.judge", target=current, so_nguoi=len(giai))
    return current


def ten_o_diem(thi_sinh: int, vong: int) -> str:
    return f"d-{thi_sinh}-{vong}"


def ten_o_giai(thi_sinh: int) -> str:
    return f"giai-{thi_sinh}"


def dong_ket_qua(diem: Mapping, giai: Mapping) -> dict[str, tuple]:
    """Marks and prizes as lines of a grid: two judges may each fill their round at once."""
    marks = {ten_o_diem(*key): (value,) for key, value in diem.items()}
    return marks | {ten_o_giai(pk): _giai(*value) for pk, value in giai.items()}


def bang_ket_qua(people: Iterable[ThiSinh], rounds: Iterable[int], diem: Mapping):
    """The grid as it is stored; `rounds` are numbers, `diem` marks by contestant and round."""
    rounds, people = list(rounds), list(people)
    marks = {(row.pk, vong): diem.get((row.pk, vong)) for row in people for vong in rounds}
    return dong_ket_qua(marks, {row.pk: (row.giai, row.ten_giai) for row in people})


def _giai(code: str, name: str) -> tuple[str, str]:
    return code, clean(name) if code else ""


def _write_marks(diem: Mapping, people: Mapping, rounds: Mapping) -> None:
    for (person, vong), points in diem.items():
        top = rounds[vong].diem_toi_da
        if points is None:
            DiemThi.objects.filter(vong=vong, thi_sinh=person).delete()
        elif not 0 <= points <= top:
            raise RuleError(
                f"Điểm {rounds[vong]} của {people[person]} phải từ 0 đến {so(top)}.",
                field=ten_o_diem(person, vong),
            )
    DiemThi.objects.bulk_create(
        [
            DiemThi(vong_id=vong, thi_sinh_id=person, diem=points)
            for (person, vong), points in diem.items()
            if points is not None
        ],
        update_conflicts=True,
        unique_fields=["vong", "thi_sinh"],
        update_fields=["diem"],
    )


@transaction.atomic
def finish_hoi_thi(*, hoi_thi: HoiThi, by) -> HoiThi:
    """Publish the results; nothing changes after that. Refused before the day and without a
    prize."""
    current = _lock(hoi_thi, by)
    if current.ngay > today():
        raise RuleError(f"Hội thi ngày {current.ngay:%d/%m/%Y} chưa diễn ra.")
    if not current.thi_sinh.dat_giai().exists():
        raise RuleError("Chưa ghi giải nào. Ghi điểm, giải trước rồi công bố.")
    _move(current, TrangThai.XONG)
    record(by=by, hanh_dong="hoi_thi.finish", target=current)
    return current


@transaction.atomic
def issue_giai(*, hoi_thi: HoiThi, by) -> VanBan:
    """The list of winners gets its number; issued already, it stays what it is.

    Refused to an office above, which issues nothing in the unit's name (of one that has ended
    who answers for it does, in its own), and before the results are published.
    """
    current = HoiThi.objects.select_for_update(of=("self",)).co_don_vi().get(pk=hoi_thi.pk)
    check_to_chuc(noi_cap(current.don_vi, current.ngay).don_vi, by)
    if current.trang_thai != TrangThai.XONG:
        raise RuleError("Công bố kết quả trước, rồi mới cấp số danh sách.")
    return issue_danh_sach(hoi_thi=current, by=by)


@transaction.atomic
def reopen_hoi_thi(*, hoi_thi: HoiThi, ly_do: str, by) -> HoiThi:
    """Open published results to mend them, with a reason; an issued list becomes void."""
    current = HoiThi.objects.select_for_update(of=("self",)).co_don_vi().get(pk=hoi_thi.pk)
    check_to_chuc(current.don_vi, by)
    if current.trang_thai != TrangThai.XONG:
        raise RuleError("Hội thi này chưa công bố kết quả.")
    if not (ly_do := clean(ly_do)):
        raise RuleError("Ghi lý do mở lại.", field="ly_do")
    paper = VanBan.objects.issued(current, DANH_SACH)
    if paper:
        void(van_ban=paper, ly_do=ly_do, by=by)
    _move(current, TrangThai.CHUAN_BI)
    record(by=by, hanh_dong="hoi_thi.reopen", target=current)
    return current


@transaction.atomic
def cancel_hoi_thi(*, hoi_thi: HoiThi, ly_do: str, by) -> HoiThi:
    """Cancel a contest that is not held; it stays on record with the reason."""
    current = _lock(hoi_thi, by)
    if not (ly_do := clean(ly_do)):
        raise RuleError("Ghi lý do hủy hội thi.", field="ly_do")
    current.ly_do_huy = ly_do
    _move(current, TrangThai.HUY)
    record(by=by, hanh_dong="hoi_thi.cancel", target=current)
    return current


def _lock(hoi_thi: HoiThi, by) -> HoiThi:
    current = HoiThi.objects.select_for_update(of=("self",)).co_don_vi().get(pk=hoi_thi.pk)
    check_to_chuc(current.don_vi, by)
    if current.is_khoa:
        raise RuleError(f"Hội thi {current.get_trang_thai_display().lower()}, không sửa được nữa.")
    return current


def _set(hoi_thi: HoiThi, values: Mapping[str, Any]) -> None:
    for name in TRUONG:
        value = values.get(name, getattr(hoi_thi, name))
        setattr(hoi_thi, name, value.strip() if isinstance(value, str) else value)
    hoi_thi.set_ten(clean(hoi_thi.ten))
    if not hoi_thi.ten:
        raise RuleError("Ghi tên hội thi.", field="ten")
    _check_ngay(hoi_thi.ngay)


def _check_ngay(ngay: date) -> None:
    if (ngay - today()).days > 400:
        raise RuleError(f"Ngày {ngay:%d/%m/%Y} còn quá xa. Xem lại năm.", field="ngay")


def _move(hoi_thi: HoiThi, trang_thai: str) -> None:
    hoi_thi.trang_thai = trang_thai
    hoi_thi.version += 1
    hoi_thi.save(update_fields=["trang_thai", "ly_do_huy", "version"])
