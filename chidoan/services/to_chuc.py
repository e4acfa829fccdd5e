"""Offices with terms, coaching, and the themes of the year."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from chidoan.models import ChucVu, ChuDiem, PhuTrach
from core.errors import RuleError
from core.periods import today
from core.text import clean, clean_name
from core.text.display import ngay as show_ngay
from doanvien.models import DoanVien, QuaTrinh
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri

ChucDanh = ChucVu.ChucDanh
LANH_DAO = (ChucDanh.BI_THU, ChucDanh.PHO_BI_THU)


@transaction.atomic
def add_chuc_vu(
    *,
    don_vi: DonVi,
    chuc_danh: str,
    tu_ngay: date,
    by,
    doan_vien: DoanVien | None = None,
    ho_ten: str = "",
    den_ngay: date | None = None,
    trong_bch: bool | None = None,
) -> ChucVu:
    """Begin a term of office. `ho_ten` alone for somebody who is not on the register.

    Refused: a second secretary in the same time; two offices of one person in one unit; in a
    branch, a standing committee, or a committee at all under the set number of members
    (33-HD 2019: nine), or somebody from another ward.
    """
    DonVi.objects.select_for_update(of=("self",)).get(pk=don_vi.pk)
    ho_ten = doan_vien.ho_ten if doan_vien else clean_name(ho_ten)
    if not ho_ten:
        raise RuleError("Chọn đoàn viên giữ chức vụ.", field="doan_vien")
    if den_ngay and den_ngay < tu_ngay:
        raise RuleError("Ngày kết thúc phải từ ngày bắt đầu trở đi.", field="den_ngay")
    co_bch = not don_vi.is_chi_doan or has_bch(don_vi, tu_ngay)
    if don_vi.is_chi_doan:
        _check_chi_doan(don_vi, chuc_danh, doan_vien, tu_ngay, co_bch=co_bch)
    others = _overlapping(don_vi, tu_ngay, den_ngay)
    current = others.filter(chuc_danh=ChucDanh.BI_THU).first()
    if chuc_danh == ChucDanh.BI_THU and current:
        raise RuleError(
            f"Đồng chí {current.ho_ten} đang giữ chức Bí thư từ {show_ngay(current.tu_ngay)}. "
            "Kết thúc nhiệm kỳ đó trước.",
            field="chuc_danh",
        )
    if doan_vien and others.filter(doan_vien=doan_vien).exists():
        raise RuleError(f"Đồng chí {ho_ten} đang giữ một chức vụ tại {don_vi}.", field="doan_vien")
    chuc_vu = ChucVu.objects.create(
        don_vi=don_vi,
        doan_vien=doan_vien,
        ho_ten=ho_ten,
        chuc_danh=chuc_danh,
        tu_ngay=tu_ngay,
        den_ngay=den_ngay,
        trong_bch=co_bch if trong_bch is None else trong_bch and co_bch,
    )
    _copy_to_register(chuc_vu)
    record(by=by, hanh_dong="chuc_vu.add", target=chuc_vu, chuc_danh=chuc_danh, tu_ngay=tu_ngay)
    return chuc_vu


@transaction.atomic
def end_chuc_vu(*, chuc_vu: ChucVu, den_ngay: date, ly_do: str, by) -> ChucVu:
    """Let a term end with `den_ngay`; coaching that hangs on it ends the same day.

    Refused when it has ended already or the day lies before its beginning.
    """
    chuc_vu = ChucVu.objects.select_for_update(of=("self",)).get(pk=chuc_vu.pk)
    if chuc_vu.den_ngay:
        raise RuleError(f"Nhiệm kỳ này đã kết thúc ngày {show_ngay(chuc_vu.den_ngay)}.")
    if den_ngay < chuc_vu.tu_ngay:
        raise RuleError(
            f"Nhiệm kỳ bắt đầu ngày {show_ngay(chuc_vu.tu_ngay)}. Chọn ngày kết thúc từ đó.",
            field="den_ngay",
        )
    chuc_vu.den_ngay, chuc_vu.ly_do_ket_thuc = den_ngay, clean(ly_do)
    chuc_vu.save(update_fields=["den_ngay", "ly_do_ket_thuc"])
    chuc_vu.phu_trach.filter(den_ngay__isnull=True, tu_ngay__gt=den_ngay).delete()
    chuc_vu.phu_trach.filter(den_ngay__isnull=True).update(den_ngay=den_ngay)
    _copy_to_register(chuc_vu)
    record(by=by, hanh_dong="chuc_vu.end", target=chuc_vu, den_ngay=den_ngay)
    return chuc_vu


@transaction.atomic
def assign_phu_trach(*, chi_doan: DonVi, chuc_vu: ChucVu, tu_ngay: date, by) -> PhuTrach:
    """Put a committee member of the ward in charge of a branch; the one before him ends.

    Refused for an office of another unit than those above the branch, or one that is not
    held on that day.
    """
    DonVi.objects.select_for_update(of=("self",)).get(pk=chi_doan.pk)
    above = chi_doan.path.startswith(chuc_vu.don_vi.path) and chuc_vu.don_vi_id != chi_doan.pk
    if not above:
        raise RuleError("Chọn ủy viên của Đoàn cấp trên trực tiếp.", field="chuc_vu")
    if not ChucVu.objects.tai_ngay(tu_ngay).filter(pk=chuc_vu.pk).exists():
        raise RuleError(
            f"Đồng chí {chuc_vu.ho_ten} không giữ chức vụ vào ngày {show_ngay(tu_ngay)}.",
            field="tu_ngay",
        )
    current = PhuTrach.objects.filter(chi_doan=chi_doan, den_ngay__isnull=True).first()
    if current and current.chuc_vu_id == chuc_vu.pk:
        raise RuleError(f"Đồng chí {chuc_vu.ho_ten} đang phụ trách chi đoàn này.", field="chuc_vu")
    if current:
        _end_phu_trach(current, tu_ngay - timedelta(days=1))
    phu_trach = PhuTrach.objects.create(chi_doan=chi_doan, chuc_vu=chuc_vu, tu_ngay=tu_ngay)
    record(by=by, hanh_dong="phu_trach.assign", target=phu_trach, tu_ngay=tu_ngay)
    return phu_trach


@transaction.atomic
def end_phu_trach(*, phu_trach: PhuTrach, den_ngay: date, by) -> None:
    """Nobody coaches the branch after `den_ngay`."""
    phu_trach = PhuTrach.objects.select_for_update(of=("self",)).get(pk=phu_trach.pk)
    if phu_trach.den_ngay:
        raise RuleError("Phân công này đã kết thúc.")
    record(by=by, hanh_dong="phu_trach.end", target=phu_trach, den_ngay=den_ngay)
    _end_phu_trach(phu_trach, den_ngay)


@transaction.atomic
def set_chu_diem(*, don_vi: DonVi, nam: int, chu_diem: dict[int, str], by) -> None:
    """Set a year's themes, month by month; an empty one is taken away."""
    texts = {month: clean(text) for month, text in chu_diem.items()}
    rows = [ChuDiem(don_vi=don_vi, nam=nam, thang=m, ten=text) for m, text in texts.items() if text]
    ChuDiem.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["don_vi", "nam", "thang"],
        update_fields=["ten"],
    )
    empty = [month for month, text in texts.items() if not text]
    ChuDiem.objects.filter(don_vi=don_vi, nam=nam, thang__in=empty).delete()
    record(by=by, hanh_dong="chu_diem.set", target=don_vi, nam=nam, thang=sorted(texts))


def has_bch(chi_doan: DonVi, day: date) -> bool:
    """Whether a branch has members enough on `day` to elect a committee."""
    members = QuaTrinh.objects.chinh_thuc().tai_ngay(day).filter(chi_doan=chi_doan).count()
    return members >= gia_tri("nguong_bch_chi_doan", ngay=day, don_vi=chi_doan)


def _check_chi_doan(don_vi, chuc_danh, doan_vien, ngay, *, co_bch) -> None:
    if chuc_danh == ChucDanh.UY_VIEN_BTV:
        raise RuleError("Chi đoàn không có Ban Thường vụ.", field="chuc_danh")
    if chuc_danh not in LANH_DAO and not co_bch:
        raise RuleError(
            f"{don_vi} chưa đủ đoàn viên để bầu Ban Chấp hành; chỉ có Bí thư, Phó Bí thư.",
            field="chuc_danh",
        )
    if doan_vien is None:
        raise RuleError("Chọn đoàn viên giữ chức vụ.", field="doan_vien")
    periods = QuaTrinh.objects.chinh_thuc().tai_ngay(ngay).filter(doan_vien=doan_vien)
    if not periods.under(don_vi.cap_tren).exists():
        raise RuleError(
            f"Đồng chí {doan_vien.ho_ten} không sinh hoạt tại {don_vi.cap_tren} "
            f"vào ngày {show_ngay(ngay)}.",
            field="doan_vien",
        )


def _overlapping(don_vi: DonVi, tu_ngay: date, den_ngay: date | None):
    rows = ChucVu.objects.filter(don_vi=don_vi).filter(
        Q(den_ngay__isnull=True) | Q(den_ngay__gte=tu_ngay)
    )
    return rows.filter(tu_ngay__lte=den_ngay) if den_ngay else rows


def _end_phu_trach(phu_trach: PhuTrach, den_ngay: date) -> None:
    """An assignment that never ran a day leaves no row."""
    if den_ngay < phu_trach.tu_ngay:
        phu_trach.delete()
        return
    phu_trach.den_ngay = den_ngay
    phu_trach.save(update_fields=["den_ngay"])


def _copy_to_register(chuc_vu: ChucVu) -> None:
    """The column "chức vụ trong chi đoàn" of the member list follows the own branch's offices."""
    person = chuc_vu.doan_vien
    if person is None or person.chi_doan_id != chuc_vu.don_vi_id:
        return
    terms = ChucVu.objects.filter(doan_vien=person, don_vi=chuc_vu.don_vi).tai_ngay(today())
    held = terms.order_by("tu_ngay").last()
    text = held.get_chuc_danh_display() if held else "Đoàn viên"
    DoanVien.objects.filter(pk=person.pk).update(chuc_vu=text)
