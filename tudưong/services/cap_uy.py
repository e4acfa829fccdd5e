"""The case with the Party cell: sent, decided, asked about, answered.

The Union may ask again, courteously; it never decides for the Party cell, and no answer
moves a case by itself: a person of the ward chooses the next step.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from core.errors import RuleError
from doanvien.services import update_doan_vien
from tochuc.quy_dinh import gia_tri
from tudưong import quy_trinh
from tudưong.models import BuocHoSo, ChatVan, HoSo
from tudưong.models.ho_so import TrangThaiHoSo, ten_rieng_chi_bo
from tudưong.thang import add_months, full_months

Loai = BuocHoSo.Loai
BO_SUNG, KET_NAP, KHONG_KET_NAP = Loai.CAP_UY_BO_SUNG, Loai.KET_NAP, Loai.KHONG_KET_NAP
KET_QUA = (BO_SUNG, KET_NAP, KHONG_KET_NAP)

_BUOC_TIEP = {
    ChatVan.BuocTiep.CHO: Loai.CHO_TIEP,
    ChatVan.BuocTiep.BOI_DUONG: Loai.BOI_DUONG,
    ChatVan.BuocTiep.GUI_LAI: Loai.GUI_LAI,
    ChatVan.BuocTiep.DONG: Loai.DONG,
}


@transaction.atomic
def send(
    *, ho_so: HoSo, ngay: date, by, chi_bo: str = "", so_van_ban: str = "", y_kien="", version=None
) -> HoSo:
    """Hand the case over to the Party cell, for the first time or with what it asked for."""
    current = quy_trinh.begin(ho_so=ho_so, loai=Loai.GUI, by=by, version=version)
    quy_trinh.check_ngay(current, ngay)
    chi_bo = ten_rieng_chi_bo(chi_bo) or current.chi_bo
    if not chi_bo:
        raise RuleError("Ghi chi bộ nhận hồ sơ.", field="chi_bo")
    quy_trinh.take(
        ho_so=current,
        loai=Loai.GUI,
        ngay=ngay,
        by=by,
        changes={"chi_bo": chi_bo, "ngay_gui": ngay},
        so_van_ban=so_van_ban,
        y_kien=y_kien,
    )
    return current


@transaction.atomic
def record_outcome(
    *,
    ho_so: HoSo,
    ket_qua: str,
    ngay: date,
    by,
    so_van_ban: str = "",
    ly_do: str = "",
    version=None,
) -> HoSo:
    """Record what the Party cell decided: more papers, admitted, or not admitted.

    Admission needs the decision's number and a member of full 18 years on that day; it goes
    into the member's record. The others need the grounds.
    """
    if ket_qua not in KET_QUA:
        raise RuleError("Chọn kết quả xem xét.", field="ket_qua")
    current = quy_trinh.begin(ho_so=ho_so, loai=ket_qua, by=by, version=version)
    quy_trinh.check_ngay(current, ngay)
    changes = None
    if ket_qua == KET_NAP:
        _check_admission(current, ngay, so_van_ban)
        changes = {"ngay_ket_nap": ngay}
    elif not ly_do.strip():
        raise RuleError("Ghi lý do hoặc nội dung cần bổ sung mà cấp ủy nêu.", field="ly_do")
    quy_trinh.take(
        ho_so=current,
        loai=ket_qua,
        ngay=ngay,
        by=by,
        changes=changes,
        so_van_ban=so_van_ban.strip(),
        ly_do=ly_do.strip(),
    )
    if ket_qua == KET_NAP:
        update_doan_vien(
            doan_vien=current.doan_vien,
            version=current.doan_vien.version,
            changes={"ngay_vao_dang": ngay},
            by=by,
        )
    return current


@transaction.atomic
def record_chinh_thuc(*, ho_so: HoSo, ngay: date, so_van_ban: str, by, version=None) -> HoSo:
    """Record that the Party recognised the member as official; it goes into his record.

    Refused without the decision's number, and before the probation (a dated setting) is over.
    """
    current = quy_trinh.begin(ho_so=ho_so, loai=Loai.CHINH_THUC, by=by, version=version)
    quy_trinh.check_ngay(current, ngay)
    if not so_van_ban.strip():
        raise RuleError("Ghi số quyết định công nhận.", field="so_van_ban")
    het_du_bi = probation_until(current)
    if ngay < het_du_bi:
        raise RuleError(f"Thời gian dự bị đến ngày {het_du_bi:%d/%m/%Y}.", field="ngay")
    quy_trinh.take(
        ho_so=current,
        loai=Loai.CHINH_THUC,
        ngay=ngay,
        by=by,
        changes={"ngay_chinh_thuc": ngay},
        so_van_ban=so_van_ban.strip(),
    )
    update_doan_vien(
        doan_vien=current.doan_vien,
        version=current.doan_vien.version,
        changes={"ngay_dang_chinh_thuc": ngay},
        by=by,
    )
    return current


def probation_until(ho_so: HoSo) -> date:
    """The day on which the probation of an admitted member is over."""
    thang = gia_tri("thoi_gian_du_bi", ngay=ho_so.ngay_ket_nap, don_vi=ho_so.don_vi)
    return add_months(ho_so.ngay_ket_nap, int(thang))


@transaction.atomic
def open_chat_van(
    *, ho_so: HoSo, ngay: date, by, han_tra_loi: date | None = None, version=None
) -> ChatVan:
    """Ask the Party cell for its result, after a refusal or after the term of silence.

    A second letter may follow when the day asked for has passed without an answer. Refused
    before that.
    """
    current = quy_trinh.begin(ho_so=ho_so, loai=Loai.CONG_VAN, by=by, version=version)
    quy_trinh.check_ngay(current, ngay)
    truoc = current.chat_van.order_by("lan_thu").last()
    _check_silence(current, truoc, ngay)
    han_tra_loi = han_tra_loi or default_han_tra_loi(current, ngay)
    if han_tra_loi <= ngay:
        raise RuleError("Ngày đề nghị trả lời phải sau ngày công văn.", field="han_tra_loi")
    chat_van = _letter(current, truoc, ngay, han_tra_loi, by)
    chat_van.save()
    quy_trinh.take(ho_so=current, loai=Loai.CONG_VAN, ngay=ngay, by=by)
    return chat_van


def draft_chat_van(*, ho_so: HoSo, ngay: date, by) -> ChatVan:
    """The letter as it would be written on that day, to be read before it is; nothing is saved."""
    truoc = ho_so.chat_van.order_by("lan_thu").last()
    letter = _letter(ho_so, truoc, ngay, default_han_tra_loi(ho_so, ngay), by)
    letter.ghi_luc = timezone.now()
    return letter


@transaction.atomic
def answer_chat_van(
    *, chat_van: ChatVan, ngay: date, loai: str, noi_dung: str, by, version=None
) -> ChatVan:
    """Record the Party cell's answer to the latest letter; the ward then chooses what follows."""
    current = quy_trinh.begin(ho_so=chat_van.ho_so, loai=Loai.TRA_LOI, by=by, version=version)
    latest = current.chat_van.select_for_update().order_by("lan_thu").last()
    if latest.pk != chat_van.pk:
        raise RuleError("Đã có công văn sau công văn này. Trả lời công văn mới nhất.")
    quy_trinh.check_ngay(current, ngay)
    if loai not in ChatVan.TraLoi.values:
        raise RuleError("Chọn nội dung trả lời.", field="tra_loi_loai")
    if not noi_dung.strip():
        raise RuleError("Ghi ý kiến của cấp ủy.", field="tra_loi_noi_dung")
    latest.tra_loi_ngay, latest.tra_loi_loai = ngay, loai
    latest.tra_loi_noi_dung, latest.tra_loi_boi = noi_dung.strip(), by
    latest.save(update_fields=["tra_loi_ngay", "tra_loi_loai", "tra_loi_noi_dung", "tra_loi_boi"])
    quy_trinh.take(
        ho_so=current,
        loai=Loai.TRA_LOI,
        ngay=ngay,
        by=by,
        y_kien=f"{latest.get_tra_loi_loai_display()}. {latest.tra_loi_noi_dung}",
    )
    return latest


@transaction.atomic
def choose_next_step(
    *, chat_van: ChatVan, buoc_tiep: str, ngay: date, by, y_kien: str = "", version=None
) -> HoSo:
    """After an answer: wait on, keep cultivating, send again, or close the case.

    An answer "đã kết nạp" is followed by recording the admission instead.
    """
    if buoc_tiep not in ChatVan.BuocTiep.values:
        raise RuleError("Chọn bước tiếp theo.", field="buoc_tiep")
    loai = _BUOC_TIEP[buoc_tiep]
    current = quy_trinh.begin(ho_so=chat_van.ho_so, loai=loai, by=by, version=version)
    if current.trang_thai != TrangThaiHoSo.DA_TRA_LOI:
        raise RuleError("Chưa có trả lời của cấp ủy.")
    latest = current.chat_van.select_for_update().order_by("lan_thu").last()
    if latest.tra_loi_loai == ChatVan.TraLoi.DA_KET_NAP:
        raise RuleError("Cấp ủy trả lời đã kết nạp. Ghi quyết định và ngày kết nạp.")
    quy_trinh.check_ngay(current, ngay)
    latest.buoc_tiep = buoc_tiep
    latest.save(update_fields=["buoc_tiep"])
    changes = {"ngay_gui": ngay} if loai == Loai.GUI_LAI else None
    quy_trinh.take(ho_so=current, loai=loai, ngay=ngay, by=by, changes=changes, y_kien=y_kien)
    return current


def silence_until(ho_so: HoSo) -> date:
    """The day from which the ward may ask about a case that lies with the Party cell."""
    so_ngay = gia_tri("han_cap_uy_tra_loi", ngay=ho_so.ngay_buoc, don_vi=ho_so.don_vi)
    return ho_so.ngay_buoc + timedelta(days=int(so_ngay))


def default_han_tra_loi(ho_so: HoSo, ngay: date) -> date:
    so_ngay = gia_tri("han_tra_loi_cong_van", ngay=ngay, don_vi=ho_so.don_vi)
    return ngay + timedelta(days=int(so_ngay))


def _letter(ho_so: HoSo, truoc: ChatVan | None, ngay: date, han_tra_loi: date, by) -> ChatVan:
    return ChatVan(
        ho_so=ho_so,
        lan_thu=truoc.lan_thu + 1 if truoc else 1,
        ngay=ngay,
        so_ngay_cho=(ngay - ho_so.ngay_gui).days,
        han_tra_loi=han_tra_loi,
        ghi_boi=by,
    )


def _check_silence(ho_so: HoSo, truoc: ChatVan | None, ngay: date) -> None:
    if ho_so.trang_thai == TrangThaiHoSo.DA_GUI and ngay < silence_until(ho_so):
        raise RuleError(
            f"Chưa hết thời hạn chờ. Có thể gửi công văn từ ngày {silence_until(ho_so):%d/%m/%Y}.",
            field="ngay",
        )
    if ho_so.trang_thai == TrangThaiHoSo.CHAT_VAN and truoc and ngay <= truoc.han_tra_loi:
        raise RuleError(
            f"Công văn trước đề nghị trả lời trước {truoc.han_tra_loi:%d/%m/%Y}, chưa hết hạn.",
            field="ngay",
        )


def _check_admission(ho_so: HoSo, ngay: date, so_van_ban: str) -> None:
    if not so_van_ban.strip():
        raise RuleError("Ghi số quyết định kết nạp.", field="so_van_ban")
    tuoi = int(gia_tri("tuoi_vao_dang", ngay=ngay, don_vi=ho_so.don_vi))
    if full_months(ho_so.doan_vien.ngay_sinh, ngay) < tuoi * 12:
        du = add_months(ho_so.doan_vien.ngay_sinh, tuoi * 12)
        raise RuleError(
            f"{ho_so.doan_vien} chưa đủ {tuoi} tuổi vào ngày này, đủ từ ngày {du:%d/%m/%Y}.",
            field="ngay",
        )
