"""What is due in a case now: one sentence and the actions open to this person."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from core.text import lowfirst
from core.text.display import NBSP, ngay

from .models import BuocHoSo, ChatVan, HoSo
from .models.ho_so import TrangThaiHoSo as T
from .quy_trinh import may_take, vi_sao_nguoi_khac
from .services.cap_uy import probation_until, silence_until
from .services.ho_so import da_doi_noi, missing_nhan_xet, truong_sua_duoc
from .theo_nguoi import bo_phieu_lai, noi_voi
from .trang_ho_so import last_of

Loai = BuocHoSo.Loai


@dataclass(frozen=True)
class HanhDong:
    """An action: the first one shown is the page's blue button."""

    label: str
    url: str
    icon: str = ""


@dataclass
class CanLam:
    """The panel "what is due": what it is, who holds it, and what this person may do."""

    tieu_de: str
    noi_dung: str
    pill: tuple[str, str, str] | None = None
    hanh_dong: list[HanhDong] = field(default_factory=list)
    luu_y: str = ""  # why somebody else takes the step that is due
    theo_nguoi: str = ""  # where the member is, when not where the case is
    ban_thao_url: str = ""  # the letter as it would go out, where one may be written now


def can_lam(
    ho_so: HoSo, buoc: list[BuocHoSo], letter: ChatVan | None, *, user, day: date
) -> CanLam:
    """What is due, by where the case stands; actions the person has no right to are left out."""
    panel = PANELS[ho_so.trang_thai](ho_so, buoc, letter, day)
    if _CONG_VAN in panel.hanh_dong and may_take(Loai.CONG_VAN, ho_so, user):
        panel.ban_thao_url = reverse("tuduong:cong_van_draft", args=[ho_so.pk])
    panel.theo_nguoi = noi_voi(ho_so, day)
    if da_doi_noi(ho_so):
        rest = [] if bo_phieu_lai(ho_so) else panel.hanh_dong
        panel.hanh_dong = [*rest, _CHUYEN]
    open_now = [action for action in panel.hanh_dong if _is_open(action[0], ho_so, user)]
    reasons = {action: vi_sao_nguoi_khac(action[0], ho_so, user, buoc) for action in open_now}
    panel.luu_y = next(iter(reasons.values()), "")
    panel.hanh_dong = [
        HanhDong(label, reverse(f"tuduong:{name}", args=[ho_so.pk]), icon)
        for (_, label, name, icon), reason in reasons.items()
        if not reason
    ]
    return panel


def _is_open(loai: str, ho_so: HoSo, user) -> bool:
    return may_take(loai, ho_so, user) if loai else "pham_chat" in truong_sua_duoc(ho_so, user)


_NHAN_XET = ("", "Ghi nhận xét", "ho_so_nhan_xet", "pencil-line")
_BIEU_QUYET = (Loai.DE_NGHI, "Ghi biểu quyết của chi đoàn", "ho_so_propose", "vote")
_TRA_LAI = (Loai.TRA_LAI, "Trả lại chi đoàn", "ho_so_send_back", "undo-2")
_KET_QUA = (Loai.KHONG_KET_NAP, "Ghi kết quả xem xét", "ho_so_outcome", "file-check")
_CHUYEN = (Loai.CHUYEN, "Chuyển hồ sơ theo đoàn viên", "ho_so_move", "arrow-right-left")
_CHINH_THUC = (Loai.CHINH_THUC, "Ghi công nhận chính thức", "ho_so_official", "file-check")
_CONG_VAN = (
    Loai.CONG_VAN,
    "Soạn công văn hỏi kết quả",
    "chat_van_open",
    "mail-question-mark",
)


def _cho_chi_doan(ho_so, buoc, letter, day) -> CanLam:
    thieu = missing_nhan_xet(ho_so)
    if thieu:
        return CanLam(
            "Chi đoàn ghi nhận xét",
            f"Còn trống: {', '.join(thieu)}. Có đủ nhận xét thì chi đoàn họp biểu quyết.",
            hanh_dong=[_NHAN_XET],
        )
    return CanLam(
        "Chi đoàn họp, bỏ phiếu kín",
        f"Cần đủ tỷ lệ tán thành trên tổng số đoàn viên của {ho_so.chi_doan}, không phải trên số "
        "có mặt.",
        hanh_dong=[_BIEU_QUYET, _NHAN_XET],
    )


def _tra_lai(ho_so, buoc, letter, day) -> CanLam:
    step = last_of(buoc, Loai.TRA_LAI)
    return CanLam(
        "Phường đề nghị bổ sung",
        step.ly_do,
        ("bad", "undo-2", f"Trả lại ngày {ngay(step.ngay)}"),
        [
            (Loai.BO_SUNG, "Đã bổ sung, gửi lại phường", "ho_so_supplement", "send"),
            _NHAN_XET,
            (Loai.DE_NGHI, "Biểu quyết lại", "ho_so_propose", "vote"),
        ],
    )


def _cho_tham_tra(ho_so, buoc, letter, day) -> CanLam:
    return CanLam(
        "Phường thẩm tra đề nghị của chi đoàn",
        "Đọc nhận xét, biên bản và kết quả phiếu. Người ghi biểu quyết không tự thẩm tra.",
        hanh_dong=[
            (Loai.THAM_TRA, "Đồng ý, trình Ban Chấp hành", "ho_so_review", "check"),
            _TRA_LAI,
        ],
    )


def _cho_bch(ho_so, buoc, letter, day) -> CanLam:
    return CanLam(
        "Ban Chấp hành họp, ra nghị quyết",
        "Tỷ lệ tính trên tổng số ủy viên Ban Chấp hành tại ngày họp. Phiếu không tán thành cần "
        "có lý do.",
        hanh_dong=[
            (Loai.NGHI_QUYET, "Ghi kết quả biểu quyết", "ho_so_resolve", "vote"),
            _TRA_LAI,
        ],
    )


def _cho_gui(ho_so, buoc, letter, day) -> CanLam:
    return CanLam(
        "Gửi hồ sơ cho cấp ủy",
        "In bộ hồ sơ, ký, đóng dấu rồi giao cho chi bộ. Ghi ngày giao để tính thời gian chờ.",
        hanh_dong=[(Loai.GUI, "Ghi đã gửi cấp ủy", "ho_so_send", "send")],
    )


def _da_gui(ho_so, buoc, letter, day) -> CanLam:
    moc = silence_until(ho_so)
    qua = (day - moc).days
    text = f"{ho_so.ten_chi_bo} nhận hồ sơ ngày {ngay(ho_so.ngay_gui)}, chưa có ý kiến trả lời."
    if qua < 0:
        return CanLam(
            "Chờ cấp ủy xem xét",
            f"{text} Từ ngày {ngay(moc)} Ban Chấp hành có thể gửi công văn hỏi kết quả.",
            hanh_dong=[_KET_QUA],
        )
    return CanLam(
        "Theo dõi, hỏi kết quả",
        f"{text} Ban Chấp hành có thể gửi công văn đề nghị cho biết kết quả xem xét.",
        ("bad", "clock", f"Quá {qua}{NBSP}ngày so với mốc chờ"),
        [_CONG_VAN, _KET_QUA],
    )


def _can_bo_sung(ho_so, buoc, letter, day) -> CanLam:
    step = last_of(buoc, Loai.CAP_UY_BO_SUNG)
    return CanLam(
        "Cấp ủy đề nghị bổ sung hồ sơ",
        step.ly_do,
        ("bad", "undo-2", ngay(step.ngay)),
        [(Loai.GUI, "Ghi đã gửi bổ sung", "ho_so_send", "send")],
    )


def _khong_ket_nap(ho_so, buoc, letter, day) -> CanLam:
    step = last_of(buoc, Loai.KHONG_KET_NAP)
    return CanLam(
        "Cấp ủy chưa kết nạp",
        f"{_het_cau(step.ly_do)} Đoàn có quyền hỏi lại bằng công văn, hoặc tiếp tục bồi dưỡng "
        "đoàn viên.",
        ("bad", "circle-alert", ngay(step.ngay)),
        [
            _CONG_VAN,
            (Loai.BOI_DUONG, "Tiếp tục bồi dưỡng, dừng hồ sơ", "ho_so_close", "sprout"),
        ],
    )


def _het_cau(text: str) -> str:
    """A typed reason that another sentence follows."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", ";", "…")) else f"{text}."


def _chat_van(ho_so, buoc, letter, day) -> CanLam:
    qua = (day - letter.han_tra_loi).days
    so = letter.van_ban.so_ky_hieu if letter.van_ban else f"lần {letter.lan_thu}"
    late = qua > 0
    pill = ("bad", "clock", f"Quá hạn trả lời {qua}{NBSP}ngày") if late else None
    return CanLam(
        f"Đã gửi công văn {so} ngày {ngay(letter.ngay)}",
        f"Đề nghị cấp ủy trả lời trước ngày {ngay(letter.han_tra_loi)}.",
        pill or ("warn", "hourglass", f"Còn {-qua}{NBSP}ngày"),
        [
            (Loai.TRA_LOI, "Ghi trả lời của cấp ủy", "chat_van_answer", "mail"),
            _KET_QUA,
            *([_CONG_VAN] if late else []),
        ],
    )


def _da_tra_loi(ho_so, buoc, letter, day) -> CanLam:
    admitted = letter.tra_loi_loai == ChatVan.TraLoi.DA_KET_NAP
    action = (
        (Loai.KET_NAP, "Ghi quyết định kết nạp", "ho_so_outcome", "file-check")
        if admitted
        else (Loai.CHO_TIEP, "Chọn bước tiếp theo", "chat_van_next", "arrow-right")
    )
    answer = letter.get_tra_loi_loai_display()
    return CanLam(
        f"Cấp ủy trả lời: {lowfirst(answer)}",
        letter.tra_loi_noi_dung,
        ("info", "mail", ngay(letter.tra_loi_ngay)),
        [action],
    )


def _ket_nap(ho_so, buoc, letter, day) -> CanLam:
    step = last_of(buoc, Loai.KET_NAP)
    so = f" theo quyết định số {step.so_van_ban}" if step.so_van_ban else ""
    het = probation_until(ho_so)
    ended = het <= day
    return CanLam(
        "Hết thời gian dự bị" if ended else "Đã được kết nạp vào Đảng",
        f"Kết nạp ngày {ngay(ho_so.ngay_ket_nap)}{so}. Thời gian dự bị đến ngày {ngay(het)}."
        + (" Khi có quyết định công nhận, ghi số và ngày." if ended else ""),
        ("ok", "circle-check", "Đã kết nạp"),
        [_CHINH_THUC] if ended else [],
    )


def _chinh_thuc(ho_so, buoc, letter, day) -> CanLam:
    return CanLam(
        "Đã được công nhận đảng viên chính thức",
        f"Kết nạp ngày {ngay(ho_so.ngay_ket_nap)}, chính thức ngày {ngay(ho_so.ngay_chinh_thuc)}.",
        ("ok", "circle-check", "Đảng viên chính thức"),
    )


def _ket_thuc(ho_so, buoc, letter, day) -> CanLam:
    step = buoc[-1] if buoc else None
    reason = (step.ly_do or step.y_kien) if step else ""
    return CanLam(
        ho_so.get_trang_thai_display(),
        reason or "Hồ sơ đã kết thúc. Có thể mở hồ sơ mới khi đủ điều kiện.",
    )


PANELS = {
    T.CHO_CHI_DOAN: _cho_chi_doan,
    T.TRA_LAI: _tra_lai,
    T.CHO_THAM_TRA: _cho_tham_tra,
    T.CHO_BCH: _cho_bch,
    T.CHO_GUI: _cho_gui,
    T.DA_GUI: _da_gui,
    T.CAN_BO_SUNG: _can_bo_sung,
    T.KHONG_KET_NAP: _khong_ket_nap,
    T.CHAT_VAN: _chat_van,
    T.DA_TRA_LOI: _da_tra_loi,
    T.KET_NAP: _ket_nap,
    T.CHINH_THUC: _chinh_thuc,
    T.BOI_DUONG: _ket_thuc,
    T.DONG: _ket_thuc,
}
