"""What begins, ends, mends and strikes out a term of office. Each is one transaction."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, ProtectedError, Q

from chidoan.models import ChucVu
from chidoan.sua_dong import check_chua_doi
from core.errors import RuleError
from core.periods import today
from core.text import clean, clean_name
from core.text.display import ngay as show_ngay
from doanvien.models import DoanVien, QuaTrinh
from tochuc.audit import record
from tochuc.bieu_quyet import Phieu
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri

from .quy_tac import check_cach, check_di_xa, check_tam_quyen
from .tai_khoan import TaiKhoan, end_account, give_account, resume_account

ChucDanh = ChucVu.ChucDanh
LANH_DAO = ChucVu.LANH_DAO
SAP_THOI = timedelta(days=366)
"""How far ahead a beginning or an end may be written: further is a slip of the pen."""


@dataclass(frozen=True, kw_only=True)
class CachGiu:
    """How an office was filled: elected with which vote, or appointed; by which decision."""

    cach: str = ""
    tam_quyen: str = ""
    han_nhiem_ky: date | None = None
    phieu: Phieu | None = None
    co_quyen: int | None = None
    so_quyet_dinh: str = ""
    ngay_quyet_dinh: date | None = None
    ly_do_di_xa: str = ""

    def columns(self) -> dict:
        """The row's columns about the vote and the decision."""
        names = ("co_mat", "tan_thanh", "khong_tan_thanh", "khong_hop_le")
        vote = {name: getattr(self.phieu, name, None) for name in names}
        return {
            "cach": self.cach,
            "tam_quyen": self.tam_quyen,
            "han_nhiem_ky": self.han_nhiem_ky,
            "co_quyen": self.co_quyen if self.phieu else None,
            **vote,
            "so_quyet_dinh": clean(self.so_quyet_dinh),
            "ngay_quyet_dinh": self.ngay_quyet_dinh,
        }


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
    giu: CachGiu | None = None,
    tai_khoan: TaiKhoan | None = None,
) -> ChucVu:
    """Begin a term of office. `ho_ten` alone for somebody who is not on the register.

    Refused: a second secretary in the same time; two offices of one person in one unit, save
    a deputy who acts for the secretary; a member who works away, as a leader and without a
    reason; an acting term without an end or over the set months; a vote that cannot be or was
    not enough; in a branch, a standing committee, or a committee at all under the set number
    of members (33-HD 2019: nine), or somebody from another ward.
    """
    giu = giu or CachGiu()
    DonVi.objects.select_for_update(of=("self",)).get(pk=don_vi.pk)
    ho_ten = doan_vien.ho_ten if doan_vien else clean_name(ho_ten)
    if not ho_ten:
        raise RuleError("Chọn đoàn viên giữ chức vụ.", field="doan_vien")
    if den_ngay and den_ngay < tu_ngay:
        raise RuleError("Ngày kết thúc phải từ ngày bắt đầu trở đi.", field="den_ngay")
    co_bch = not don_vi.is_chi_doan or has_bch(don_vi, tu_ngay)
    if don_vi.is_chi_doan:
        _check_chi_doan(don_vi, chuc_danh, doan_vien, tu_ngay, co_bch=co_bch)
    _check_giu(don_vi, chuc_danh, tu_ngay, den_ngay, giu)
    ly_do = check_di_xa(
        doan_vien=doan_vien, chuc_danh=chuc_danh, ngay=tu_ngay, ly_do=giu.ly_do_di_xa
    )
    chuc_vu = ChucVu(
        don_vi=don_vi,
        doan_vien=doan_vien,
        ho_ten=ho_ten,
        chuc_danh=chuc_danh,
        tu_ngay=tu_ngay,
        den_ngay=den_ngay,
        ly_do_di_xa=ly_do,
        ly_do_vang=ly_do,
        vang_tu=doan_vien.di_xa_tu if ly_do else None,
        **giu.columns(),
    )
    kiem_nhiem = _check_others(chuc_vu)
    chuc_vu.trong_bch = (trong_bch is None or trong_bch) and co_bch and not kiem_nhiem
    chuc_vu.save()
    _copy_to_register(chuc_vu)
    record(by=by, hanh_dong="chuc_vu.add", target=chuc_vu, chuc_danh=chuc_danh, tu_ngay=tu_ngay)
    if tai_khoan:
        give_account(chuc_vu=chuc_vu, tai_khoan=tai_khoan, by=by)
    return chuc_vu


@transaction.atomic
def end_chuc_vu(
    *, chuc_vu: ChucVu, den_ngay: date, by, ly_do: str = "", ket_thuc: str = ""
) -> ChucVu:
    """Let a term end with `den_ngay`; coaching that hangs on it, and the account that it
    carries, end the same day.

    Refused when it has ended already, for a later day than one that stands, a day before its
    beginning or more than a year ahead, and "another reason" without words.
    """
    chuc_vu = _locked(chuc_vu)
    if chuc_vu.den_ngay and (chuc_vu.den_ngay < today() or den_ngay > chuc_vu.den_ngay):
        raise RuleError(f"Nhiệm kỳ này đã kết thúc ngày {show_ngay(chuc_vu.den_ngay)}.")
    if den_ngay < chuc_vu.tu_ngay:
        raise RuleError(
            f"Nhiệm kỳ bắt đầu ngày {show_ngay(chuc_vu.tu_ngay)}. Chọn ngày kết thúc từ đó.",
            field="den_ngay",
        )
    if den_ngay > today() + SAP_THOI:
        raise RuleError("Ngày thôi giữ chức không quá một năm tới. Xem lại năm.", field="den_ngay")
    if ket_thuc == ChucVu.KetThuc.KHAC and not clean(ly_do):
        raise RuleError("Ghi rõ lý do.", field="ly_do")
    chuc_vu.den_ngay, chuc_vu.ly_do_ket_thuc = den_ngay, clean(ly_do)
    chuc_vu.ket_thuc = ket_thuc
    chuc_vu.save(update_fields=["den_ngay", "ly_do_ket_thuc", "ket_thuc"])
    chuc_vu.phu_trach.filter(den_ngay__isnull=True, tu_ngay__gt=den_ngay).delete()
    chuc_vu.phu_trach.filter(den_ngay__isnull=True).update(den_ngay=den_ngay)
    _copy_to_register(chuc_vu)
    words = chuc_vu.ly_do_cong_khai or "Thôi giữ chức vụ"
    end_account(chuc_vu=chuc_vu, den_ngay=den_ngay, ly_do=words, by=by)
    told = {} if chuc_vu.is_kin else {"ket_thuc": ket_thuc}
    record(by=by, hanh_dong="chuc_vu.end", target=chuc_vu, den_ngay=den_ngay, **told)
    return chuc_vu


@transaction.atomic
def update_chuc_vu(
    *,
    chuc_vu: ChucVu,
    tu_ngay: date,
    den_ngay: date | None,
    giu: CachGiu,
    by,
    version: str | None = None,
) -> ChucVu:
    """Mend what was typed of a term: its days, how it was filled, its decision.

    Who holds which office stays; a wrong name is struck out and written anew. Refused as a new
    term would be, and for an ended one that would go on: that is `reopen_chuc_vu`. `version` is
    the one the form showed: StaleError when somebody has mended it since.
    """
    chuc_vu = _locked(chuc_vu)
    check_chua_doi(chuc_vu, version)
    if den_ngay and den_ngay < tu_ngay:
        raise RuleError("Ngày kết thúc phải từ ngày bắt đầu trở đi.", field="den_ngay")
    if chuc_vu.den_ngay is None and den_ngay and not giu.tam_quyen:
        raise RuleError("Kết thúc nhiệm kỳ ở nút «Kết thúc», kèm lý do.", field="den_ngay")
    if chuc_vu.ket_thuc and chuc_vu.den_ngay < today() and (not den_ngay or den_ngay >= today()):
        raise RuleError(
            "Nhiệm kỳ này đã kết thúc, có lý do. Ghi kết thúc nhầm thì bấm «Mở lại» ở trang "
            "nhiệm kỳ.",
            field="den_ngay",
        )
    _check_giu(chuc_vu.don_vi, chuc_vu.chuc_danh, tu_ngay, den_ngay, giu)
    truoc = chuc_vu.den_ngay
    chuc_vu.tu_ngay, chuc_vu.den_ngay = tu_ngay, den_ngay
    for name, value in giu.columns().items():
        setattr(chuc_vu, name, value)
    if chuc_vu.is_bi_thu or chuc_vu.chuc_danh == ChucDanh.PHO_BI_THU:
        chuc_vu.ly_do_di_xa = clean(giu.ly_do_di_xa) or chuc_vu.ly_do_di_xa
    _check_others(chuc_vu)
    chuc_vu.save()
    _copy_to_register(chuc_vu)
    if den_ngay:
        end_account(chuc_vu=chuc_vu, den_ngay=den_ngay, ly_do="Sửa nhiệm kỳ", by=by)
    role = chuc_vu.phan_cong
    if role and truoc and role.den_ngay == truoc and (den_ngay is None or den_ngay > truoc):
        resume_account(chuc_vu=chuc_vu, by=by)
    record(by=by, hanh_dong="chuc_vu.update", target=chuc_vu, tu_ngay=tu_ngay, den_ngay=den_ngay)
    return chuc_vu


@transaction.atomic
def reopen_chuc_vu(*, chuc_vu: ChucVu, by) -> ChucVu:
    """Take back an end that was recorded by mistake; the account holds its role again.

    Refused when somebody else holds the office since, and for an acting term, which has an
    end by its nature: that one's days are mended.
    """
    chuc_vu = _locked(chuc_vu)
    if chuc_vu.den_ngay is None:
        raise RuleError("Nhiệm kỳ này chưa kết thúc.")
    if chuc_vu.tam_quyen:
        raise RuleError("Quyền, lâm thời luôn có hạn. Sửa ngày kết thúc của nhiệm kỳ.")
    if getattr(chuc_vu, "ban_giao", None):
        raise RuleError("Nhiệm kỳ này đã lập biên bản bàn giao, không mở lại được.")
    chuc_vu.den_ngay, chuc_vu.ket_thuc, chuc_vu.ly_do_ket_thuc = None, "", ""
    _check_others(chuc_vu)
    chuc_vu.save(update_fields=["den_ngay", "ket_thuc", "ly_do_ket_thuc"])
    _copy_to_register(chuc_vu)
    record(by=by, hanh_dong="chuc_vu.reopen", target=chuc_vu)
    resume_account(chuc_vu=chuc_vu, by=by)
    return chuc_vu


@transaction.atomic
def delete_chuc_vu(*, chuc_vu: ChucVu, by) -> None:
    """Strike out a term that was written by mistake; its account loses the role at once.

    Refused when coaching, a hand-over or other work hangs on it: such a term was held.
    """
    chuc_vu = _locked(chuc_vu)
    if chuc_vu.phu_trach.exists() or chuc_vu.da_gap.exists():
        raise RuleError("Đã có việc gắn với nhiệm kỳ này. Kết thúc nhiệm kỳ thay vì xóa.")
    record(
        by=by,
        hanh_dong="chuc_vu.delete",
        target=chuc_vu,
        chuc_danh=chuc_vu.chuc_danh,
        tu_ngay=chuc_vu.tu_ngay,
    )
    end_account(chuc_vu=chuc_vu, den_ngay=date.min, ly_do="Ghi nhầm chức vụ", by=by)
    person, don_vi = chuc_vu.doan_vien, chuc_vu.don_vi
    try:
        with transaction.atomic():
            chuc_vu.delete()
    except ProtectedError as error:
        raise RuleError(
            "Đã có việc gắn với nhiệm kỳ này. Kết thúc nhiệm kỳ thay vì xóa."
        ) from error
    _copy_to_register(ChucVu(don_vi=don_vi, doan_vien=person))


@transaction.atomic
def explain_di_xa(*, chuc_vu: ChucVu, ly_do: str, by) -> ChucVu:
    """Say why a secretary who is marked away goes on; it holds for this time away."""
    chuc_vu = _locked(chuc_vu)
    if chuc_vu.doan_vien is None or not chuc_vu.doan_vien.is_di_lam_xa(today()):
        raise RuleError("Đồng chí này không ghi đi làm xa.")
    if not clean(ly_do):
        raise RuleError("Ghi lý do vẫn giữ chức.", field="ly_do")
    chuc_vu.vang_tu, chuc_vu.ly_do_vang = chuc_vu.doan_vien.di_xa_tu, clean(ly_do)
    chuc_vu.save(update_fields=["vang_tu", "ly_do_vang"])
    record(by=by, hanh_dong="chuc_vu.di_xa", target=chuc_vu)
    return chuc_vu


@transaction.atomic
def set_account(*, chuc_vu: ChucVu, tai_khoan: TaiKhoan, by) -> ChucVu:
    """Let an office that is held, or will be, carry an account."""
    chuc_vu = _locked(chuc_vu)
    give_account(chuc_vu=chuc_vu, tai_khoan=tai_khoan, by=by)
    return chuc_vu


def has_bch(chi_doan: DonVi, day: date) -> bool:
    """Whether a branch has members enough on `day` to elect a committee."""
    members = QuaTrinh.objects.chinh_thuc().tai_ngay(day).filter(chi_doan=chi_doan).count()
    return members >= gia_tri("nguong_bch_chi_doan", ngay=day, don_vi=chi_doan)


def _locked(chuc_vu: ChucVu) -> ChucVu:
    """The row as it stands now, its unit locked first as a new term locks it."""
    DonVi.objects.select_for_update(of=("self",)).get(pk=chuc_vu.don_vi_id)
    rows = ChucVu.objects.select_for_update(of=("self",)).select_related(
        "don_vi", "doan_vien", "phan_cong__nguoi_dung", "phan_cong__don_vi"
    )
    return rows.get(pk=chuc_vu.pk)


def _check_giu(don_vi: DonVi, chuc_danh: str, tu_ngay, den_ngay, giu: CachGiu) -> None:
    check_cach(
        cach=giu.cach,
        phieu=giu.phieu,
        co_quyen=giu.co_quyen,
        so_quyet_dinh=clean(giu.so_quyet_dinh),
        ngay_quyet_dinh=giu.ngay_quyet_dinh,
        nguong=gia_tri("nguong_bau_cu", ngay=tu_ngay, don_vi=don_vi) if giu.phieu else "1/2",
    )
    if tu_ngay > today() + SAP_THOI:
        raise RuleError("Ngày bắt đầu không quá một năm tới. Xem lại năm.", field="tu_ngay")
    if giu.han_nhiem_ky and giu.han_nhiem_ky < tu_ngay:
        raise RuleError("Nhiệm kỳ phải hết sau ngày bắt đầu.", field="han_nhiem_ky")
    if giu.tam_quyen:
        months = gia_tri("tam_quyen_toi_da", ngay=tu_ngay, don_vi=don_vi)
        check_tam_quyen(chuc_danh=chuc_danh, tu_ngay=tu_ngay, den_ngay=den_ngay, so_thang=months)


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


def _check_others(chuc_vu: ChucVu) -> bool:
    """Refuse a second secretary and a second office of the person.

    True when the person, a deputy, acts for the secretary and stays deputy.
    """
    others = ChucVu.objects.cua(chuc_vu.don_vi).exclude(pk=chuc_vu.pk)
    others = others.giao_voi(chuc_vu.tu_ngay, chuc_vu.den_ngay)
    current = others.bi_thu().first()
    if chuc_vu.is_bi_thu and current:
        begins = "sẽ giữ" if current.tu_ngay > today() else "đang giữ"
        raise RuleError(
            f"Đồng chí {current.ho_ten} {begins} chức Bí thư từ {show_ngay(current.tu_ngay)}. "
            "Kết thúc nhiệm kỳ đó trước.",
            field="chuc_danh",
        )
    if chuc_vu.doan_vien is None:
        return False
    held = others.filter(doan_vien=chuc_vu.doan_vien).first()
    is_acting = chuc_vu.is_bi_thu and chuc_vu.tam_quyen
    if held and not (is_acting and held.chuc_danh == ChucDanh.PHO_BI_THU):
        raise RuleError(
            f"Đồng chí {chuc_vu.ho_ten} đang giữ một chức vụ tại {chuc_vu.don_vi}.",
            field="doan_vien",
        )
    return held is not None


def follow_register(day: date) -> int:
    """Let the member list follow offices that began or ended by the calendar in the last days;
    returns how many names changed. Doing it twice does it once."""
    since = day - timedelta(days=7)
    turned = Q(tu_ngay__range=(since, day)) | Q(den_ngay__range=(since, day - timedelta(days=1)))
    rows = ChucVu.objects.cua_chi_doan().filter(turned, doan_vien__chi_doan=F("don_vi"))
    return sum(_copy_to_register(row, day) for row in rows.select_related("doan_vien"))


def _copy_to_register(chuc_vu: ChucVu, day: date | None = None) -> bool:
    """The column "chức vụ trong chi đoàn" of the member list follows the own branch's offices;
    whether it changed."""
    person = chuc_vu.doan_vien
    if person is None or person.chi_doan_id != chuc_vu.don_vi_id:
        return False
    terms = ChucVu.objects.filter(doan_vien=person, don_vi=chuc_vu.don_vi_id).tai_ngay(
        day or today()
    )
    held = terms.order_by("tu_ngay").last()
    text = held.get_chuc_danh_display() if held else "Đoàn viên"
    return bool(DoanVien.objects.filter(pk=person.pk).exclude(chuc_vu=text).update(chuc_vu=text))
