"""Opening a hand-over, both signatures, and what happens when a secretary changes."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from chidoan.chuc_vu.services import CachGiu, add_chuc_vu, end_chuc_vu
from chidoan.chuc_vu.tai_khoan import TaiKhoan
from chidoan.models import BanGiao, ChucVu, GapDoanVien
from chidoan.sua_dong import check_chua_doi
from core.errors import RuleError
from core.periods import today
from core.text import clean
from core.text.display import ngay as show_ngay
from doanvien.models import DoanVien
from tochuc.audit import record
from tochuc.models import DonVi, PhanCong, VanBan
from tochuc.van_ban import void

from .giay_to import LOAI, issue_bien_ban

SAP_BAN_GIAO = timedelta(days=92)
"""How far ahead a hand-over may be planned: further is a slip of the pen."""
BEN = ("giao", "nhan")
"""Who gives and who takes over."""


@dataclass(frozen=True, kw_only=True)
class NguoiThoi:
    """How the present secretary leaves; `phan_cong` is the role his account holds, when no
    office carries it yet."""

    den_ngay: date
    ket_thuc: str
    ly_do: str = ""
    phan_cong: PhanCong | None = None


@dataclass(frozen=True, kw_only=True)
class DoiBiThu:
    """What a change of secretary came to."""

    cu: ChucVu | None
    moi: ChucVu
    thoi_kiem: ChucVu | None
    ban_giao: BanGiao | None


def bi_thu_truoc(chi_doan: DonVi, day: date) -> ChucVu | None:
    """The secretary in office on `day`, else the last one before."""
    rows = ChucVu.objects.cua(chi_doan).bi_thu().filter(tu_ngay__lte=day)
    return rows.order_by("-tu_ngay").select_related("don_vi", "phan_cong__nguoi_dung").first()


@transaction.atomic
def change_secretary(
    *,
    chi_doan: DonVi,
    doan_vien: DoanVien,
    tu_ngay: date,
    giu: CachGiu,
    by,
    den_ngay: date | None = None,
    thoi: NguoiThoi | None = None,
    tai_khoan: TaiKhoan | None = None,
    lap_ban_giao: bool = True,
) -> DoiBiThu:
    """One secretary leaves and another comes: terms, accounts and the hand-over in one go.

    The old account holds its role to the end of the last day, the new one from the first.
    Who comes and held another office of the branch leaves it, unless he acts for the
    secretary. Refused as its parts are; nothing of it happens then.
    """
    DonVi.objects.select_for_update(of=("self",)).get(pk=chi_doan.pk)
    cu = bi_thu_truoc(chi_doan, today())
    if cu and (cu.den_ngay is None or cu.den_ngay >= today()):
        cu = _leave(cu, thoi, tu_ngay, by)
    kiem = None if giu.tam_quyen else _other_office(chi_doan, doan_vien, tu_ngay, by)
    moi = add_chuc_vu(
        don_vi=chi_doan,
        chuc_danh=ChucVu.ChucDanh.BI_THU,
        doan_vien=doan_vien,
        tu_ngay=tu_ngay,
        den_ngay=den_ngay,
        giu=giu,
        tai_khoan=tai_khoan,
        by=by,
    )
    return DoiBiThu(cu=cu, moi=moi, thoi_kiem=kiem, ban_giao=_hand_over(cu, moi, lap_ban_giao, by))


def preview_change(*, chi_doan: DonVi, by, **facts) -> DoiBiThu:
    """What a change would come to; everything is taken back. RuleError as the change itself."""
    with transaction.atomic():
        found = change_secretary(chi_doan=chi_doan, by=by, **facts)
        transaction.set_rollback(True)
    return found


@transaction.atomic
def open_ban_giao(
    *,
    chuc_vu_giao: ChucVu,
    by,
    chuc_vu_nhan: ChucVu | None = None,
    ngay: date | None = None,
    dia_diem: str = "",
    vat: str = "",
    dan_lai: str = "",
) -> BanGiao:
    """Begin a hand-over of a branch's secretary; refused for another office, or twice, or on a
    day before the term or far ahead."""
    DonVi.objects.select_for_update(of=("self",)).get(pk=chuc_vu_giao.don_vi_id)
    if not (chuc_vu_giao.is_bi_thu and chuc_vu_giao.don_vi.is_chi_doan):
        raise RuleError("Chỉ lập bàn giao cho bí thư chi đoàn.")
    if BanGiao.objects.filter(chuc_vu_giao=chuc_vu_giao).exists():
        raise RuleError(f"Đã lập bàn giao cho đồng chí {chuc_vu_giao.ho_ten}.")
    _check_ngay(chuc_vu_giao, ngay)
    ban_giao = BanGiao.objects.create(
        don_vi=chuc_vu_giao.don_vi,
        chuc_vu_giao=chuc_vu_giao,
        chuc_vu_nhan=chuc_vu_nhan,
        ngay=ngay or min(chuc_vu_giao.den_ngay or today(), today()),
        dia_diem=clean(dia_diem),
        vat=vat.strip(),
        dan_lai=dan_lai.strip(),
        tao_boi=by,
    )
    record(by=by, hanh_dong="ban_giao.create", target=ban_giao, ngay=ban_giao.ngay)
    return ban_giao


@transaction.atomic
def update_ban_giao(
    *,
    ban_giao: BanGiao,
    ngay: date,
    dia_diem: str,
    vat: str,
    dan_lai: str,
    by,
    version: str | None = None,
) -> BanGiao:
    """Write what goes along and what is to be remembered; refused once somebody has signed.

    `version` is the one the form showed: StaleError when somebody has written since.
    """
    ban_giao = _locked(ban_giao)
    _refuse_signed(ban_giao)
    check_chua_doi(ban_giao, version)
    _check_ngay(ban_giao.chuc_vu_giao, ngay)
    ban_giao.ngay, ban_giao.dia_diem = ngay, clean(dia_diem)
    ban_giao.vat, ban_giao.dan_lai = vat.strip(), dan_lai.strip()
    ban_giao.save(update_fields=["ngay", "dia_diem", "vat", "dan_lai"])
    record(by=by, hanh_dong="ban_giao.update", target=ban_giao, ngay=ngay)
    return ban_giao


@transaction.atomic
def sign_ban_giao(*, ban_giao: BanGiao, by) -> BanGiao:
    """Confirm with the own account what one gives or takes over.

    The first signature issues the paper: what both sign stands. Refused to everybody but the
    two, to the one who comes before his first day, and without somebody who takes over.
    """
    ban_giao = _locked(ban_giao)
    ben = ben_cua(ban_giao, by)
    if ben is None:
        raise RuleError("Bàn giao do chính bí thư cũ và bí thư mới xác nhận.")
    if ban_giao.is_xong:
        raise RuleError("Bàn giao này đã xong.")
    if getattr(ban_giao, f"{ben}_luc"):
        raise RuleError("Đồng chí đã xác nhận bàn giao này.")
    if ban_giao.chuc_vu_nhan is None:
        raise RuleError("Chưa có bí thư mới. Chờ phường ghi bí thư mới rồi xác nhận.")
    if ben == "nhan" and ban_giao.chuc_vu_nhan.tu_ngay > today():
        raise RuleError(
            f"Đồng chí giữ chức từ {show_ngay(ban_giao.chuc_vu_nhan.tu_ngay)}; xác nhận từ ngày đó."
        )
    if ban_giao.ngay > today():
        raise RuleError(f"Ngày bàn giao là {show_ngay(ban_giao.ngay)}; xác nhận từ ngày đó.")
    issue_once(ban_giao, by)
    setattr(ban_giao, f"{ben}_luc", timezone.now())
    setattr(ban_giao, f"{ben}_boi", by)
    ban_giao.save(update_fields=[f"{ben}_luc", f"{ben}_boi"])
    record(by=by, hanh_dong="ban_giao.sign", target=ban_giao)
    return ban_giao


@transaction.atomic
def record_giay(*, ban_giao: BanGiao, ngay: date, by) -> BanGiao:
    """Record that both signed on paper; the hand-over is over and its paper stands."""
    ban_giao = _locked(ban_giao)
    if ban_giao.is_xong:
        raise RuleError("Bàn giao này đã xong.")
    if ban_giao.chuc_vu_nhan is None:
        raise RuleError("Chưa có bí thư mới để nhận bàn giao. Ghi bí thư mới trước.")
    if ngay > today():
        raise RuleError("Ngày ký ở sau hôm nay. Xem lại ngày.", field="ngay")
    if ngay < ban_giao.ngay:
        raise RuleError(
            f"Ngày ký không trước ngày bàn giao {show_ngay(ban_giao.ngay)}.", field="ngay"
        )
    issue_once(ban_giao, by)
    ban_giao.giay_ngay, ban_giao.giay_boi = ngay, by
    ban_giao.save(update_fields=["giay_ngay", "giay_boi"])
    record(by=by, hanh_dong="ban_giao.giay", target=ban_giao, ngay=ngay)
    return ban_giao


@transaction.atomic
def reopen_ban_giao(*, ban_giao: BanGiao, ly_do: str, by) -> BanGiao:
    """Take back the one signature that stands, because something is to be mended.

    Its paper is declared void and the other party signs anew. Refused once both have signed.
    """
    ban_giao = _locked(ban_giao)
    if ban_giao.is_xong:
        raise RuleError("Cả hai bên đã ký; biên bản không sửa được nữa.")
    paper = VanBan.objects.issued(ban_giao, LOAI)
    if paper:
        void(van_ban=paper, ly_do=ly_do, by=by)
    names = ["giao_luc", "giao_boi", "nhan_luc", "nhan_boi"]
    for name in names:
        setattr(ban_giao, name, None)
    ban_giao.save(update_fields=names)
    record(by=by, hanh_dong="ban_giao.reopen", target=ban_giao)
    return ban_giao


@transaction.atomic
def delete_ban_giao(*, ban_giao: BanGiao, by) -> None:
    """Drop a hand-over that nobody has signed."""
    ban_giao = _locked(ban_giao)
    _refuse_signed(ban_giao)
    if VanBan.objects.issued(ban_giao, LOAI):
        raise RuleError("Biên bản đã in, có số. Ghi đã ký trên giấy, hoặc hủy văn bản trước.")
    record(by=by, hanh_dong="ban_giao.delete", target=ban_giao)
    ban_giao.delete()


@transaction.atomic
def save_da_gap(*, chuc_vu: ChucVu, them: set[int], bo: set[int], by) -> set[int]:
    """Whom the new secretary has called or met since the page was shown, and whose tick was
    taken away; who is in neither keeps what stands, also who has left the branch."""
    chuc_vu = ChucVu.objects.select_for_update(of=("self",)).get(pk=chuc_vu.pk)
    known = set(chuc_vu.da_gap.values_list("doan_vien_id", flat=True))
    met = (known | them) - bo
    chuc_vu.da_gap.filter(doan_vien__in=known - met).delete()
    GapDoanVien.objects.bulk_create(
        GapDoanVien(chuc_vu=chuc_vu, doan_vien_id=pk, ngay=today()) for pk in met - known
    )
    if known != met:
        record(by=by, hanh_dong="chuc_vu.gap", target=chuc_vu, so_nguoi=len(met))
    return met


def issue_once(ban_giao: BanGiao, by) -> VanBan:
    """The paper of the hand-over, issued when there is none yet: both sign one and the same."""
    return VanBan.objects.issued(ban_giao, LOAI) or issue_bien_ban(ban_giao=ban_giao, by=by)


def ben_cua(ban_giao: BanGiao, user) -> str | None:
    """Which of the two this account is: "giao", "nhan" or neither."""
    for ben in BEN:
        term = getattr(ban_giao, f"chuc_vu_{ben}")
        if term and term.phan_cong and user and term.phan_cong.nguoi_dung_id == user.pk:
            return ben
    return None


def ky_duoc(ban_giao: BanGiao, ben: str) -> bool:
    """Whether this party's account holds its role on a day on which it may sign.

    Rights move by date: who has left signs until the last day, and on paper after it.
    """
    term = getattr(ban_giao, f"chuc_vu_{ben}")
    role = term.phan_cong if term else None
    if role is None:
        return False
    first = max(today(), ban_giao.ngay, role.tu_ngay, term.tu_ngay)
    return role.den_ngay is None or role.den_ngay >= first


def _leave(cu: ChucVu, thoi: NguoiThoi | None, tu_ngay: date, by) -> ChucVu:
    """End the present term, its account along with it."""
    if thoi is None:
        raise RuleError(
            f"Đồng chí {cu.ho_ten} đang giữ chức Bí thư. Ghi ngày và lý do thôi giữ chức.",
            field="thoi_ngay",
        )
    if tu_ngay <= thoi.den_ngay:
        raise RuleError(
            "Bí thư mới bắt đầu từ ngày sau ngày bí thư cũ thôi giữ chức: sớm nhất "
            f"{show_ngay(thoi.den_ngay + timedelta(days=1))}.",
            field="tu_ngay",
        )
    if thoi.phan_cong and cu.phan_cong is None:
        cu.phan_cong = thoi.phan_cong
        cu.save(update_fields=["phan_cong"])
    try:
        return end_chuc_vu(
            chuc_vu=cu, den_ngay=thoi.den_ngay, ket_thuc=thoi.ket_thuc, ly_do=thoi.ly_do, by=by
        )
    except RuleError as refusal:
        fields = {"den_ngay": "thoi_ngay", "ly_do": "thoi_ly_do"}
        raise RuleError(str(refusal), field=fields.get(refusal.field, refusal.field)) from refusal


def _other_office(chi_doan: DonVi, doan_vien: DoanVien, tu_ngay: date, by) -> ChucVu | None:
    """End the office that the new secretary holds in the branch, with the day before."""
    rows = ChucVu.objects.cua(chi_doan).filter(doan_vien=doan_vien).chua_het(tu_ngay)
    held = rows.exclude(chuc_danh=ChucVu.ChucDanh.BI_THU).filter(tu_ngay__lt=tu_ngay).first()
    if held is None:
        return None
    return end_chuc_vu(
        chuc_vu=held,
        den_ngay=tu_ngay - timedelta(days=1),
        ket_thuc=ChucVu.KetThuc.KHAC,
        ly_do="Giữ chức Bí thư",
        by=by,
    )


def _hand_over(cu: ChucVu | None, moi: ChucVu, lap: bool, by) -> BanGiao | None:
    """The hand-over between the two: the one the leaving secretary has opened, or a new one."""
    if cu is None:
        return None
    opened = BanGiao.objects.filter(chuc_vu_giao=cu).first()
    if opened and opened.chuc_vu_nhan_id is None:
        opened.chuc_vu_nhan = moi
        opened.save(update_fields=["chuc_vu_nhan"])
        return opened
    if opened or not lap:
        return None
    return open_ban_giao(chuc_vu_giao=cu, chuc_vu_nhan=moi, by=by)


def _locked(ban_giao: BanGiao) -> BanGiao:
    DonVi.objects.select_for_update(of=("self",)).get(pk=ban_giao.don_vi_id)
    rows = BanGiao.objects.cho_trang().select_for_update(of=("self",))
    return rows.get(pk=ban_giao.pk)


def _check_ngay(giao: ChucVu, ngay: date | None) -> None:
    if ngay and ngay < giao.tu_ngay:
        raise RuleError(
            f"Đồng chí {giao.ho_ten} giữ chức từ {show_ngay(giao.tu_ngay)}; "
            "ngày bàn giao phải từ đó.",
            field="ngay",
        )
    if ngay and ngay > today() + SAP_BAN_GIAO:
        raise RuleError("Ngày bàn giao không quá ba tháng tới. Xem lại năm.", field="ngay")


def _refuse_signed(ban_giao: BanGiao) -> None:
    if ban_giao.da_ky:
        raise RuleError("Đã có người ký biên bản này. Phường thu lại chữ ký rồi mới sửa được.")
