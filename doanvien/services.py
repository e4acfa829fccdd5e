"""What changes a member's record. Each function is one action and one transaction."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Min

from core.errors import RuleError, StaleError
from core.periods import today
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri

from .khi_roi import let_go
from .models import CanCuXoaTen, DoanVien, NguonCanBo, QuaTrinh, XepLoai
from .tuoi import read_tuoi_ket_nap

_BATCH = 500
_KET_THUC = ["den_ngay", "ly_do_ket_thuc", "so_quyet_dinh", "can_cu", "ghi_chu_ket_thuc"]


@transaction.atomic
def create_doan_vien(
    *, doan_vien: DoanVien, tu_ngay: date, ly_do: str, by, nguon: Iterable[str] = ()
) -> DoanVien:
    """Enter one person into a branch's register, with the official period that begins.

    `doan_vien` is unsaved, its `chi_doan` chosen and its name set by `set_ho_ten`. Refused
    when the citizen id is on file, when somebody of the branch bears the name and the birth
    date (a form sent twice), when the branch does not exist on that day, when the person was
    admitted below the age in force then, and when the period does not fit the admission.
    """
    DonVi.objects.select_for_update(no_key=True).get(pk=doan_vien.chi_doan_id)
    check_cccd(doan_vien)
    _check_trung_ten(doan_vien)
    check_chi_doan(doan_vien.chi_doan, tu_ngay)
    _check_tuoi_ket_nap(doan_vien)
    _check_tu_ngay(doan_vien, tu_ngay, ly_do)
    doan_vien.save(force_insert=True)
    QuaTrinh.objects.create(
        doan_vien=doan_vien, chi_doan=doan_vien.chi_doan, tu_ngay=tu_ngay, ly_do_bat_dau=ly_do
    )
    if nguon:
        set_nguon(doan_vien, nguon)
    date_books({doan_vien.chi_doan_id})
    record(by=by, hanh_dong="doan_vien.create", target=doan_vien)
    return doan_vien


@transaction.atomic
def create_many(
    *, rows: Iterable[tuple[DoanVien, date, str]], don_vi: DonVi, by, hanh_dong: str
) -> list[DoanVien]:
    """Enter many people in one transaction: (unsaved member, first day, why it begins).

    One audit line for all of them. The database refuses a citizen id that is on file.
    """
    rows = list(rows)
    people = DoanVien.objects.bulk_create([row[0] for row in rows], batch_size=_BATCH)
    QuaTrinh.objects.bulk_create(
        [
            QuaTrinh(doan_vien=nguoi, chi_doan=nguoi.chi_doan, tu_ngay=ngay, ly_do_bat_dau=ly_do)
            for nguoi, (_, ngay, ly_do) in zip(people, rows, strict=True)
        ],
        batch_size=_BATCH,
    )
    date_books({nguoi.chi_doan_id for nguoi in people})
    record(by=by, hanh_dong=hanh_dong, target=don_vi, so_nguoi=len(people))
    return people


@transaction.atomic
def update_doan_vien(*, doan_vien: DoanVien, version: int, changes: dict, by) -> DoanVien:
    """Change the record's own fields; its branch and state follow from the periods alone.

    `version` is the one the form showed; StaleError when somebody has saved meanwhile. Dates
    that are changed must still allow the admission.
    """
    current = DoanVien.objects.select_for_update(of=("self",)).get(pk=doan_vien.pk)
    if current.version != version:
        raise StaleError("Có người vừa sửa bản ghi này. Xem lại trước khi lưu.", current=current)
    cccd = changes.pop("cccd", None)
    ho_ten = changes.pop("ho_ten", None)
    nguon = changes.pop("nguon", None)
    if ho_ten is not None:
        current.set_ho_ten(ho_ten)
    if cccd is not None:
        current.set_cccd(cccd)
        check_cccd(current)
    dates, luong = (current.ngay_sinh, current.ngay_vao_doan), current.huong_luong
    for field, value in changes.items():
        setattr(current, field, value)
    if luong != current.huong_luong:  # months before are owed at the old rate
        current.huong_luong_tu = today().replace(day=1)
    if dates != (current.ngay_sinh, current.ngay_vao_doan):
        _check_tuoi_ket_nap(current)
    current.version += 1
    current.save()
    if nguon is not None:
        set_nguon(current, nguon)
    given = {"cccd": cccd, "nguon_can_bo": nguon}
    fields = sorted({*changes, *(name for name, value in given.items() if value is not None)})
    record(by=by, hanh_dong="doan_vien.update", target=current, truong=fields)
    return current


@transaction.atomic
def begin_membership(
    *, doan_vien: DoanVien, chi_doan: DonVi, tu_ngay: date, ly_do: str, by
) -> QuaTrinh:
    """Take somebody of the register into a branch: the official period opens that day.

    Refused while another official period is open or reaches into the new one, for who died,
    and when the branch does not exist on that day.
    """
    person = DoanVien.objects.select_for_update(of=("self",)).get(pk=doan_vien.pk)
    if person.trang_thai == DoanVien.TrangThai.TU_TRAN:
        raise RuleError(f"{person} đã từ trần.")
    check_chi_doan(chi_doan, tu_ngay)
    periods = QuaTrinh.objects.chinh_thuc().filter(doan_vien=person).select_related("chi_doan")
    last = periods.exclude(den_ngay__lt=tu_ngay).first()
    if last and last.den_ngay is None:
        raise RuleError(
            f"{person} đang sinh hoạt chính thức ở {last.chi_doan} từ {last.tu_ngay:%d/%m/%Y}. "
            "Kết thúc ở đó trước, hoặc làm thủ tục chuyển sinh hoạt.",
            field="chi_doan",
        )
    if last:
        raise RuleError(
            f"Đến hết ngày {last.den_ngay:%d/%m/%Y} đồng chí này còn ở {last.chi_doan}. "
            "Chọn ngày sau đó.",
            field="tu_ngay",
        )
    period = QuaTrinh.objects.create(
        doan_vien=person, chi_doan=chi_doan, tu_ngay=tu_ngay, ly_do_bat_dau=ly_do
    )
    date_books({chi_doan.pk})
    person.chi_doan, person.trang_thai = chi_doan, DoanVien.TrangThai.DANG_SINH_HOAT
    person.version += 1
    person.save(update_fields=["chi_doan", "trang_thai", "version", "sua_luc"])
    record(by=by, hanh_dong="doan_vien.begin", target=person, tu_ngay=tu_ngay, ly_do=ly_do)
    return period


@transaction.atomic
def end_membership(
    *,
    doan_vien: DoanVien,
    den_ngay: date,
    ly_do: str,
    by,
    so_quyet_dinh: str = "",
    can_cu: str = "",
    ghi_chu: str = "",
) -> QuaTrinh:
    """Close the open official period; the person stays in the register and findable.

    `ly_do` is one that is also a state of the person afterwards; removal from the roll names
    its grounds (`can_cu`, a CanCuXoaTen). Refused when no official period is open or the day
    lies before its beginning.
    """
    if ly_do not in set(DoanVien.TrangThai.values) & set(QuaTrinh.LyDoKetThuc.values):
        raise RuleError("Chọn lý do thôi sinh hoạt.", field="ly_do")
    if ly_do == DoanVien.TrangThai.XOA_TEN and can_cu not in CanCuXoaTen.values:
        raise RuleError("Chọn căn cứ xóa tên.", field="can_cu")
    period = (
        QuaTrinh.objects.select_for_update()
        .chinh_thuc()
        .filter(doan_vien=doan_vien, den_ngay__isnull=True)
        .first()
    )
    if period is None:
        raise RuleError(f"{doan_vien} không còn sinh hoạt chính thức ở chi đoàn nào.")
    if den_ngay < period.tu_ngay:
        raise RuleError("Ngày kết thúc phải từ ngày bắt đầu trở đi.", field="den_ngay")
    period.den_ngay, period.ly_do_ket_thuc = den_ngay, ly_do
    period.so_quyet_dinh, period.ghi_chu_ket_thuc = so_quyet_dinh.strip(), ghi_chu.strip()
    period.can_cu = can_cu if ly_do == DoanVien.TrangThai.XOA_TEN else ""
    period.save(update_fields=_KET_THUC)
    DoanVien.objects.filter(pk=doan_vien.pk).update(trang_thai=ly_do)
    let_go({doan_vien.pk: den_ngay}, ly_do=ly_do, by=by)
    record(by=by, hanh_dong="doan_vien.end", target=doan_vien, ly_do=ly_do, den_ngay=den_ngay)
    return period


@transaction.atomic
def end_many(
    *,
    rows: Iterable[tuple[DoanVien, date]],
    ly_do: str,
    don_vi: DonVi,
    by,
    hanh_dong: str,
    so_quyet_dinh: str = "",
) -> int:
    """Close the open official periods of many people for one reason: (member, last day).

    One audit line for all. Refused when somebody among them has no open period.
    """
    ngay_cua = {doan_vien.pk: den_ngay for doan_vien, den_ngay in rows}
    periods = list(
        QuaTrinh.objects.select_for_update()
        .chinh_thuc()
        .filter(doan_vien__in=ngay_cua, den_ngay__isnull=True)
    )
    if len(periods) != len(ngay_cua):
        raise RuleError("Có đồng chí không còn sinh hoạt chính thức ở chi đoàn nào.")
    for period in periods:
        period.den_ngay, period.ly_do_ket_thuc = ngay_cua[period.doan_vien_id], ly_do
        period.so_quyet_dinh = so_quyet_dinh
    QuaTrinh.objects.bulk_update(periods, _KET_THUC, batch_size=_BATCH)
    DoanVien.objects.filter(pk__in=ngay_cua).update(trang_thai=ly_do)
    let_go(ngay_cua, ly_do=ly_do, by=by)
    record(by=by, hanh_dong=hanh_dong, target=don_vi, so_nguoi=len(periods), ly_do=ly_do)
    return len(periods)


@transaction.atomic
def reopen_membership(*, doan_vien: DoanVien, ly_do: str, by) -> QuaTrinh:
    """Take back an ending that was recorded by mistake; the period is open as before.

    Refused without a reason, for who is a member, and when a later period or the next step
    of a transfer hangs on the ending.
    """
    person = DoanVien.objects.select_for_update(of=("self",)).get(pk=doan_vien.pk)
    periods = QuaTrinh.objects.select_for_update(of=("self",)).chinh_thuc()
    period = periods.filter(doan_vien=person).select_related("chi_doan").first()
    if period is None or period.den_ngay is None:
        raise RuleError(f"{person} đang sinh hoạt, không có gì để sửa.")
    if not ly_do.strip():
        raise RuleError("Ghi lý do sửa.", field="ly_do")
    if period.tiep_theo.exists():
        raise RuleError(f"{person} đã được tiếp nhận ở nơi khác. Làm thủ tục chuyển về.")
    note = f"Ghi nhầm «{period.get_ly_do_ket_thuc_display()}», đã sửa: {ly_do.strip()}"
    period.den_ngay, period.ly_do_ket_thuc, period.can_cu = None, "", ""
    period.so_quyet_dinh, period.ghi_chu_ket_thuc = "", note[:300]
    period.save(update_fields=_KET_THUC)
    person.chi_doan, person.trang_thai = period.chi_doan, DoanVien.TrangThai.DANG_SINH_HOAT
    person.version += 1
    person.save(update_fields=["chi_doan", "trang_thai", "version", "sua_luc"])
    record(by=by, hanh_dong="doan_vien.reopen", target=person, tu_ngay=period.tu_ngay)
    return period


@transaction.atomic
def record_xep_loai(*, rows: Iterable[XepLoai], don_vi: DonVi, by) -> list[XepLoai]:
    """Enter the yearly ratings a unit has decided on; one audit line for all.

    Party members are not rated as members of the Union (33-HD/TWĐTN-BTC 2019): refused. The
    database refuses a second rating of a person for the same year.
    """
    rows = list(rows)
    for row in rows:
        vao_dang = row.doan_vien.ngay_vao_dang
        if vao_dang and vao_dang.year < row.nam:
            raise RuleError(f"{row.doan_vien} là đảng viên, không xếp loại đoàn viên.")
    XepLoai.objects.bulk_create(rows, batch_size=_BATCH)
    record(by=by, hanh_dong="xep_loai.record", target=don_vi, so_nguoi=len(rows))
    return rows


def set_nguon(doan_vien: DoanVien, nguon: Iterable[str]) -> None:
    """Let the person's talent sources be exactly these."""
    wanted, rows = set(nguon), doan_vien.nguon.all()
    rows.exclude(ma__in=wanted).delete()
    missing = wanted - set(rows.values_list("ma", flat=True))
    NguonCanBo.objects.bulk_create(
        [NguonCanBo(doan_vien=doan_vien, ma=ma) for ma in sorted(missing)]
    )


@transaction.atomic
def remove_xep_loai(*, doan_vien: Iterable[int], nam: int, don_vi: DonVi, by) -> int:
    """Take a year's ratings out of the book again: the decision they rest on was cancelled."""
    rows = XepLoai.objects.filter(doan_vien__in=list(doan_vien), nam=nam)
    so_nguoi, _ = rows.delete()
    record(by=by, hanh_dong="xep_loai.remove", target=don_vi, nam=nam, so_nguoi=so_nguoi)
    return so_nguoi


def date_books(chi_doan: set[int]) -> None:
    """Keep the day from which each branch's members are on record: nothing is missing before."""
    periods = QuaTrinh.objects.chinh_thuc().filter(chi_doan__in=chi_doan).order_by()
    for pk, first in periods.values_list("chi_doan").annotate(Min("tu_ngay")):
        DonVi.objects.filter(pk=pk).exclude(so_lieu_tu=first).update(so_lieu_tu=first)


def check_cccd(doan_vien: DoanVien) -> None:
    """Refuse a citizen id that somebody else has: that would be a second membership."""
    if not doan_vien.cccd_bam:
        return
    same = DoanVien.objects.filter(cccd_bam=doan_vien.cccd_bam).exclude(pk=doan_vien.pk)
    if same.exists():
        raise RuleError(
            "Số CCCD này đã có trong sổ, mỗi người chỉ sinh hoạt chính thức ở một chi đoàn. "
            "Tìm đồng chí ấy trong danh sách; nếu ở đơn vị khác, làm thủ tục chuyển sinh hoạt.",
            field="cccd",
        )


def _check_trung_ten(doan_vien: DoanVien) -> None:
    """Refuse a namesake of the same day in the branch, unless two citizen ids tell them apart."""
    same = DoanVien.objects.dang_sinh_hoat().filter(
        chi_doan=doan_vien.chi_doan, khoa_tim=doan_vien.khoa_tim, ngay_sinh=doan_vien.ngay_sinh
    )
    if doan_vien.cccd_bam:
        same = same.filter(cccd_bam="")
    if same.exists():
        raise RuleError(
            f"{doan_vien.chi_doan} đã có {doan_vien}, sinh ngày {doan_vien.ngay_sinh:%d/%m/%Y}. "
            "Nếu là người khác, ghi số CCCD của cả hai đồng chí.",
            field="ho_ten",
        )


def _check_tuoi_ket_nap(doan_vien: DoanVien) -> None:
    admitted, born = doan_vien.ngay_vao_doan, doan_vien.ngay_sinh
    setting = gia_tri("tuoi_ket_nap_toi_thieu", ngay=admitted, don_vi=doan_vien.chi_doan)
    age = read_tuoi_ket_nap(setting)
    if admitted < age.earliest(born):
        raise RuleError(
            f"Ngày vào Đoàn {admitted:%d/%m/%Y} khi mới {doan_vien.tuoi(admitted)} tuổi; "
            f"kết nạp từ đủ {age}. Xem lại ngày vào Đoàn và ngày sinh.",
            field="ngay_vao_doan",
        )


def _check_tu_ngay(doan_vien: DoanVien, tu_ngay: date, ly_do: str) -> None:
    """Nobody belongs before being admitted; who is admitted here belongs from that very day.

    Admissions are counted by that day: an old member entered as one would swell the figures.
    """
    admitted = doan_vien.ngay_vao_doan
    if tu_ngay < admitted:
        raise RuleError(
            f"Ngày {tu_ngay:%d/%m/%Y} trước ngày vào Đoàn {admitted:%d/%m/%Y}. Xem lại hai ngày.",
            field="tu_ngay",
        )
    if ly_do == QuaTrinh.LyDoBatDau.KET_NAP and tu_ngay != admitted:
        raise RuleError(
            f"Kết nạp thì sinh hoạt từ ngày vào Đoàn, {admitted:%d/%m/%Y}. Sửa ngày này; nếu "
            "đồng chí vào Đoàn từ trước, chọn «Chuyển đến» hoặc «Có sẵn khi lập sổ».",
            field="tu_ngay",
        )


def check_chi_doan(chi_doan: DonVi, ngay: date) -> None:
    """Refuse a unit that is no branch, or a branch that does not exist on that day.

    The branch is read again under a lock: nobody comes into it while it is being merged.
    """
    chi_doan = DonVi.objects.select_for_update(of=("self",), no_key=True).get(pk=chi_doan.pk)
    if not chi_doan.is_chi_doan:
        raise RuleError(f"{chi_doan} không phải là chi đoàn.", field="chi_doan")
    if chi_doan.ket_thuc and chi_doan.ket_thuc < ngay:
        raise RuleError(f"{chi_doan} đã kết thúc hoạt động.", field="chi_doan")
    if chi_doan.thanh_lap and ngay < chi_doan.thanh_lap:
        raise RuleError(
            f"{chi_doan} thành lập ngày {chi_doan.thanh_lap:%d/%m/%Y}. Chọn ngày từ đó trở đi.",
            field="tu_ngay",
        )
