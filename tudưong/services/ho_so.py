"""The case inside the Union: from the branch's vote to the ward committee's resolution."""

from datetime import date

from django.db import transaction
from django.db.models import F

from chidoan.models import ChucVu
from core.errors import RuleError, StaleError
from core.periods import today
from doanvien.models import DoanVien, QuaTrinh
from tochuc.audit import record
from tochuc.bieu_quyet import Phieu, at_least, check_phieu, more_than
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.quy_dinh import gia_tri, ty_le
from tochuc.van_ban import take_number
from tudưong import quy_trinh
from tudưong.danh_muc import checklist
from tudưong.models import BuocHoSo, GiayTo, HoSo
from tudưong.models.ho_so import O_CHI_DOAN, ten_rieng_chi_bo
from tudưong.quyen import GHI_HO_SO, check_one_of

from .giay_to import mark_signed, take_back
from .nguoi import check_chua_vao_dang
from .nhan_thuc import fill_chung_nhan

Loai = BuocHoSo.Loai
NHAN_XET = ("pham_chat", "dao_duc", "nang_luc", "quan_he", "khuyet_diem")
NOI_NHAN = ("chi_bo", "co_chi_uy")
CUA_BIEU_QUYET = (GiayTo.Loai.NQ_CHI_DOAN, GiayTo.Loai.BB_CHI_DOAN)
"""Papers that the branch's vote brings."""


@transaction.atomic
def open_ho_so(*, doan_vien: DoanVien, by, **fields) -> HoSo:
    """Open a case for a member of one's branch, with its checklist of papers.

    Refused when the member has left, is a Party member, or has an open case. `fields` may
    hold what is known already: the remarks, `chi_bo`, `co_chi_uy`, `du_kien`.
    """
    doan_vien = (
        DoanVien.objects.select_for_update(of=("self",))
        .select_related("chi_doan")
        .get(pk=doan_vien.pk)
    )
    chi_doan = doan_vien.chi_doan
    check_one_of(by, GHI_HO_SO, chi_doan)
    check_chua_vao_dang(doan_vien)
    _check_chua_mo(doan_vien)
    phuong, ngay = chi_doan.cap_tren, today()
    ho_so = HoSo.objects.create(
        ma=_take_ma(phuong, ngay.year),
        doan_vien=doan_vien,
        chi_doan=chi_doan,
        don_vi=phuong,
        ngay_mo=ngay,
        ngay_buoc=ngay,
        mo_boi=by,
        **fields,
    )
    GiayTo.objects.bulk_create(checklist(ho_so))
    fill_chung_nhan(ho_so)
    record(by=by, hanh_dong="ho_so.open", target=ho_so, ma=ho_so.ma)
    return ho_so


def _check_chua_mo(doan_vien: DoanVien) -> None:
    """One open case for one person, wherever it is; the refusal says where."""
    found = HoSo.objects.dang_mo().select_related("chi_doan", "don_vi")
    found = found.filter(doan_vien=doan_vien).first()
    if found is None:
        return
    words = f"{doan_vien} đang có một hồ sơ chưa xong"
    if found.chi_doan_id == doan_vien.chi_doan_id:
        raise RuleError(f"{words}.", field="doan_vien")
    raise RuleError(
        f"{words} ở {found.chi_doan}, {found.don_vi}. Nhờ {found.don_vi} chuyển hồ sơ theo đoàn "
        "viên hoặc theo dõi tiếp ở đó.",
        field="doan_vien",
    )


def _take_ma(phuong: DonVi, nam: int) -> str:
    """The next code of the ward that none of its cases has: some came with units that merged."""
    while True:
        ma = ma_ho_so(nam, take_number(don_vi=phuong, loai="HS", nam=nam))
        if not HoSo.objects.filter(don_vi=phuong, ma=ma).exists():
            return ma


@transaction.atomic
def update_nhan_xet(*, ho_so: HoSo, version: int, changes: dict, by) -> HoSo:
    """Write the remarks, the Party cell's name, the day on which it is to decide.

    The remarks stand from the branch's vote on: what the ward reviews and its committee
    resolves on is what the branch voted on. `version` is the one the form showed; StaleError
    when somebody has saved meanwhile.
    """
    current = (
        HoSo.objects.select_for_update(of=("self",)).select_related("chi_doan").get(pk=ho_so.pk)
    )
    if current.version != version:
        raise StaleError("Có người vừa sửa hồ sơ này. Xem lại trước khi lưu.", current=current)
    changes = {**changes, "chi_bo": ten_rieng_chi_bo(changes.get("chi_bo", current.chi_bo))}
    changes = {name: value for name, value in changes.items() if getattr(current, name) != value}
    if not changes:
        return current
    if not changes.keys() <= set(truong_sua_duoc(current, by)):
        raise RuleError(vi_sao_khoa(current) or "Nhận xét do chi đoàn hoặc Đoàn cơ sở ghi.")
    for field, value in changes.items():
        setattr(current, field, value)
    current.version = F("version") + 1
    current.save(update_fields=[*changes, "version"])
    current.refresh_from_db(fields=["version"])
    record(by=by, hanh_dong="ho_so.update", target=current, truong=sorted(changes))
    return current


@transaction.atomic
def propose(
    *, ho_so: HoSo, ngay: date, phieu: Phieu, by, ly_do: str = "", y_kien: str = "", version=None
) -> HoSo:
    """Record the branch meeting's vote; enough of **all** members send the case to the ward.

    Below the threshold the case ends and the member keeps being cultivated. Refused: a
    tally that cannot be, a case without the remarks that the ward is to review. The ward may
    enter it for the branch; the step then says so. A second vote makes a resolution of its
    own: the paper of the first one is void.
    """
    current = quy_trinh.begin(ho_so=ho_so, loai=Loai.DE_NGHI, by=by, version=version)
    _check_noi_sinh_hoat(current, current.chi_doan)
    _check_ngay_hop(current, ngay)
    thieu = missing_nhan_xet(current)
    if thieu:
        raise RuleError(f"Hồ sơ còn thiếu nhận xét: {', '.join(thieu)}. Ghi trước khi biểu quyết.")
    tong = so_doan_vien(current.chi_doan, ngay)
    check_phieu(phieu, co_quyen=tong, ai="đoàn viên")
    nguong = gia_tri("nguong_chi_doan_de_nghi", ngay=ngay, don_vi=current.don_vi)
    dat = at_least(phieu.tan_thanh, tong, ty_le(nguong))
    take_back(current, CUA_BIEU_QUYET, ly_do="Chi đoàn biểu quyết lại.", by=by)
    quy_trinh.take(
        ho_so=current,
        loai=Loai.DE_NGHI if dat else Loai.KHONG_DE_NGHI,
        ngay=ngay,
        by=by,
        ly_do=ly_do,
        y_kien=y_kien,
        **_tally(phieu, tong),
    )
    if dat:
        mark_signed(current, CUA_BIEU_QUYET, ngay)
    return current


@transaction.atomic
def supplement(*, ho_so: HoSo, ngay: date, y_kien: str, by, version=None) -> HoSo:
    """Send a returned case to the ward again, saying what was added; the vote stands."""
    current = quy_trinh.begin(ho_so=ho_so, loai=Loai.BO_SUNG, by=by, version=version)
    quy_trinh.check_ngay(current, ngay)
    if not y_kien.strip():
        raise RuleError("Ghi chi đoàn đã bổ sung những gì.", field="y_kien")
    quy_trinh.take(ho_so=current, loai=Loai.BO_SUNG, ngay=ngay, by=by, y_kien=y_kien.strip())
    return current


@transaction.atomic
def review(*, ho_so: HoSo, ngay: date, by, y_kien: str = "", version=None) -> HoSo:
    """The ward agrees with the branch's proposal. Never the person who recorded the vote."""
    return _review(ho_so, Loai.THAM_TRA, ngay, by, version, y_kien=y_kien)


@transaction.atomic
def send_back(*, ho_so: HoSo, ngay: date, ly_do: str, by, version=None) -> HoSo:
    """The ward returns the case to the branch, with the reason."""
    if not ly_do.strip():
        raise RuleError("Ghi lý do trả lại để chi đoàn biết cần bổ sung gì.", field="ly_do")
    return _review(ho_so, Loai.TRA_LAI, ngay, by, version, ly_do=ly_do.strip())


@transaction.atomic
def resolve(
    *, ho_so: HoSo, ngay: date, phieu: Phieu, by, ly_do: str = "", ngay_van_ban=None, version=None
) -> HoSo:
    """Record the ward committee's vote (4-KNĐ); more than the threshold of **all** members refers.

    The base is every committee member of that day, leaders included. A vote against needs
    its reason. Below the threshold the case ends and cultivation goes on. Who recorded the
    branch's vote leaves it to somebody else who may sign, where there is one.
    """
    current = quy_trinh.begin(ho_so=ho_so, loai=Loai.NGHI_QUYET, by=by, version=version)
    quy_trinh.check_hai_nguoi(current, Loai.NGHI_QUYET, by=by)
    _check_noi_sinh_hoat(current, current.don_vi)
    ngay_van_ban = ngay_van_ban or ngay
    quy_trinh.check_ngay(current, ngay)
    quy_trinh.check_ngay(current, ngay_van_ban, field="ngay_van_ban", sau=ngay)
    tong = so_uy_vien(current.don_vi, ngay)
    check_phieu(phieu, co_quyen=tong, ai="ủy viên Ban Chấp hành")
    if phieu.khong_tan_thanh and not ly_do.strip():
        raise RuleError("Có phiếu không tán thành: ghi lý do nêu trên phiếu.", field="ly_do")
    nguong = gia_tri("nguong_bch_gioi_thieu", ngay=ngay, don_vi=current.don_vi)
    dat = more_than(phieu.tan_thanh, tong, ty_le(nguong))
    quy_trinh.take(
        ho_so=current,
        loai=Loai.NGHI_QUYET if dat else Loai.KHONG_THONG_QUA,
        ngay=ngay,
        by=by,
        changes={"ngay_gioi_thieu": ngay_van_ban, "ngay_buoc": ngay_van_ban} if dat else None,
        ly_do=ly_do.strip(),
        ngay_van_ban=ngay_van_ban,
        **_tally(phieu, tong),
    )
    if dat:
        mark_signed(current, [GiayTo.Loai.NQ_BCH, GiayTo.Loai.BB_BCH], ngay_van_ban)
    return current


@transaction.atomic
def move_ho_so(*, ho_so: HoSo, ngay: date, by, y_kien: str = "", version=None) -> HoSo:
    """Let a case go along with the member who moved, before the committee has resolved.

    His new branch begins with its own vote; what the old one made is void. Under another ward
    the case gets a code of that ward, which names the Party cell anew. Refused while the member
    is where the case is.
    """
    current = quy_trinh.begin(ho_so=ho_so, loai=Loai.CHUYEN, by=by, version=version)
    quy_trinh.check_ngay(current, ngay)
    if not da_doi_noi(current):
        raise RuleError("Đoàn viên không sinh hoạt chính thức ở chi đoàn nào khác.")
    den, di = current.doan_vien.chi_doan, current.chi_doan
    phuong = den.cap_tren
    changes = {"chi_doan": den}
    if phuong != current.don_vi:
        changes |= {"don_vi": phuong, "ma": _take_ma(phuong, ngay.year), "chi_bo": ""}
        record(by=by, hanh_dong="ho_so.chuyen_di", target=current, ma=current.ma)
    take_back(current, CUA_BIEU_QUYET, ly_do="Hồ sơ chuyển theo đoàn viên.", by=by)
    words = f"Từ {di} đến {den}. {y_kien.strip()}".strip()
    quy_trinh.take(ho_so=current, loai=Loai.CHUYEN, ngay=ngay, by=by, changes=changes, y_kien=words)
    for line in checklist(current):
        current.giay_to.filter(loai=line.loai).update(nguoi_ky=line.nguoi_ky)
    return current


@transaction.atomic
def close_ho_so(
    *, ho_so: HoSo, ngay: date, ly_do: str, by, tiep_tuc: bool = True, version=None
) -> HoSo:
    """End a case that goes no further: back to cultivation, or closed; the reason is kept."""
    loai = Loai.BOI_DUONG if tiep_tuc else Loai.DONG
    current = quy_trinh.begin(ho_so=ho_so, loai=loai, by=by, version=version)
    if current.trang_thai == HoSo.TrangThai.DA_TRA_LOI:
        raise RuleError("Cấp ủy đã trả lời công văn. Chọn bước tiếp theo ở công văn đó.")
    quy_trinh.check_ngay(current, ngay)
    if not ly_do.strip():
        raise RuleError("Ghi lý do dừng hồ sơ.", field="ly_do")
    quy_trinh.take(ho_so=current, loai=loai, ngay=ngay, by=by, ly_do=ly_do.strip())
    return current


def so_doan_vien(chi_doan: DonVi, ngay: date) -> int:
    """All members entitled to vote in the branch on that day: those of the official roster."""
    return QuaTrinh.objects.chinh_thuc().tai_ngay(ngay).filter(chi_doan=chi_doan).count()


def so_uy_vien(don_vi: DonVi, ngay: date) -> int:
    """All members of the ward's committee on that day, leaders included."""
    return ChucVu.objects.filter(don_vi=don_vi).uy_vien_bch().tai_ngay(ngay).count()


def missing_nhan_xet(ho_so: HoSo) -> list[str]:
    """The names of the remarks that are still empty; a shortcoming is never empty."""
    return [
        str(ho_so._meta.get_field(field).verbose_name)
        for field in NHAN_XET
        if not getattr(ho_so, field).strip()
    ]


def truong_sua_duoc(ho_so: HoSo, by) -> tuple[str, ...]:
    """Which columns of the case this person may still write.

    The remarks only while the case lies with the branch, by it or for it. Who receives the case
    is the ward's until its committee has resolved, or while nobody is named: nothing can be printed
    without. The day expected is, until the case ends.
    """
    if not ho_so.is_dang_mo:
        return ()
    o_chi_doan = ho_so.trang_thai in O_CHI_DOAN
    if by.may(Quyen.LAP_HO_SO, ho_so.chi_doan):
        nhan_xet = NHAN_XET if o_chi_doan else ()
        noi_nhan = () if ho_so.ngay_gioi_thieu and ho_so.chi_bo else NOI_NHAN
        return (*nhan_xet, *noi_nhan, "du_kien")
    if o_chi_doan and by.may(Quyen.DE_NGHI_HO_SO, ho_so.chi_doan):
        return (*NHAN_XET, *NOI_NHAN, "du_kien")
    return ()


def vi_sao_khoa(ho_so: HoSo) -> str:
    """Why the remarks stand as they are, and what to do to change them; "" while they may."""
    if not ho_so.is_dang_mo:
        return "Hồ sơ đã kết thúc, nhận xét không sửa nữa."
    if ho_so.ngay_gioi_thieu:
        return "Ban Chấp hành đã ra nghị quyết trên nhận xét này, nên không sửa nữa."
    if ho_so.trang_thai in O_CHI_DOAN:
        return ""
    return (
        "Chi đoàn đã biểu quyết trên nhận xét này, nên nhận xét giữ nguyên. Muốn sửa, phường trả "
        "lại hồ sơ cho chi đoàn; nghị quyết đã ban hành sẽ có bản mới thay bản cũ."
    )


def ma_ho_so(nam: int, so: int) -> str:
    return f"HS-{nam}-{so:02d}"


def da_doi_noi(ho_so: HoSo) -> bool:
    """Whether the member is of another branch now than the one whose case it is."""
    doan_vien = ho_so.doan_vien
    return doan_vien.is_dang_sinh_hoat and doan_vien.chi_doan_id != ho_so.chi_doan_id


def _check_noi_sinh_hoat(ho_so: HoSo, trong: DonVi) -> None:
    """Nobody votes on who has become a member elsewhere: the case goes along first."""
    if da_doi_noi(ho_so) and not ho_so.doan_vien.chi_doan.path.startswith(trong.path):
        raise RuleError(
            f"{ho_so.doan_vien} nay sinh hoạt ở {ho_so.doan_vien.chi_doan}. Chuyển hồ sơ theo đoàn "
            "viên trước khi làm bước này."
        )


def _check_ngay_hop(ho_so: HoSo, ngay: date) -> None:
    """The branch may have met before the case was opened; a second vote follows the return."""
    if ho_so.trang_thai == HoSo.TrangThai.TRA_LAI:
        quy_trinh.check_ngay(ho_so, ngay)
    if ngay > today():
        raise RuleError(f"Ngày {ngay:%d/%m/%Y} chưa đến. Ghi ngày đã họp.", field="ngay")
    if ngay <= ho_so.doan_vien.ngay_vao_doan:
        raise RuleError("Ngày họp phải sau ngày vào Đoàn.", field="ngay")


def _review(ho_so: HoSo, loai: str, ngay: date, by, version, **fields) -> HoSo:
    current = quy_trinh.begin(ho_so=ho_so, loai=loai, by=by, version=version)
    quy_trinh.check_hai_nguoi(current, loai, by=by)
    if loai == Loai.THAM_TRA:
        _check_noi_sinh_hoat(current, current.don_vi)
    quy_trinh.check_ngay(current, ngay)
    quy_trinh.take(ho_so=current, loai=loai, ngay=ngay, by=by, **fields)
    return current


def _tally(phieu: Phieu, tong: int) -> dict:
    return {
        "co_quyen": tong,
        "co_mat": phieu.co_mat,
        "tan_thanh": phieu.tan_thanh,
        "khong_tan_thanh": phieu.khong_tan_thanh,
        "khong_hop_le": phieu.khong_hop_le,
    }
