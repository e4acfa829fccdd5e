"""What a person has to do in cultivation and referral: this part of the home page."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery
from django.urls import reverse

from core.periods import KyBaoCao
from core.text.display import NBSP
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.quy_dinh import gia_tri_nhieu
from tochuc.viec import Viec, ViecDem, sort_viec

from .models import ChatVan, GiayTo, HoSo, KyDanhGia, ToTuDuong
from .models.ho_so import O_CHI_DOAN
from .models.ho_so import TrangThaiHoSo as T
from .services.ho_so import da_doi_noi
from .thang import add_months
from .viec_to import viec_trong_to

KHOA_VIEC = ("han_cap_uy_tra_loi", "thoi_gian_du_bi", "nhan_xet_du_bi_sau")
"""The settings that decide what is due, for a page to read with its own."""
KHOA_CAP_TREN = ("cong_van_bao_cap_tren",)
"""The same for the office above."""
_HAN_HOP = timedelta(days=10)  # the session is due ten days before the quarter ends
_HO_SO = "hồ sơ giới thiệu"


def viec_can_lam(user, day: date) -> list[Viec]:
    """Duties from the group, its sessions and the cases, overdue first.

    A branch: what its members in a group and its cases wait for; two queries. A ward: see
    `viec_cua_phuong`. The Party committee: what waits for its word; two queries. Nothing for
    others.
    """
    found: list[Viec] = []
    for role in user.phan_cong_hom_nay:
        if Quyen.QUAN_LY_TU_DUONG in role.quyen:
            found += viec_cua_phuong(role.don_vi, day, signs=Quyen.KY_HO_SO in role.quyen)
        elif Quyen.DE_NGHI_HO_SO in role.quyen:
            found += _of_branch(role.don_vi, day)
        elif Quyen.TRA_LOI_HO_SO in role.quyen:
            found += _of_cap_uy(user, day)
    return sort_viec(found)


def viec_cua_phuong(
    ward: DonVi, day: date, *, signs: bool, quy_dinh: Mapping | None = None
) -> list[Viec]:
    """Duties of a ward: the quarter's session, missing reviews, cases at its own steps, silence
    past the term, unanswered letters, papers that run out, probation that is over.

    `signs`: whether the person may sign. `quy_dinh` are the settings KHOA_VIEC if they are at
    hand. Two queries, one more for the settings.
    """
    quy_dinh = quy_dinh or gia_tri_nhieu([*KHOA_VIEC], ngay=day, don_vi=ward)
    han = timedelta(days=int(quy_dinh["han_cap_uy_tra_loi"]))
    du_bi = add_months(day, -int(quy_dinh["thoi_gian_du_bi"]))
    counts = _counts(ward, day, han, du_bi)
    return [*_sessions(ward, day), *_cases(counts, day, han, signs)]


def dem_cap_tren(don_vi: DonVi, day: date, quy_dinh: Mapping) -> list[ViecDem]:
    """What the office above is told: letters that stayed unanswered long past their day. The
    ward goes on with them; nobody decides here."""
    so_ngay = int(quy_dinh["cong_van_bao_cap_tren"])

    def viec(so: int, _han) -> Viec:
        url = f"{reverse('tuduong:chat_van_list')}?don_vi={don_vi.pk}&tinh_trang=im_lang"
        words = f"{so} công văn hỏi kết quả quá hạn hơn {so_ngay}{NBSP}ngày chưa được trả lời"
        note = "để nắm, Đoàn cơ sở tiếp tục hỏi"
        return _duty(words, url, "mail-question-mark", "Xem công văn", day, note, muc="warn")

    return [ViecDem(rows=ChatVan.objects.under(don_vi).im_lang(day, so_ngay), viec=viec)]


# ---- the ward ------------------------------------------------------------------------------


def _sessions(ward: DonVi, day: date) -> Iterator[Viec]:
    """Reviews missing in an open session, else this quarter's session that nobody called."""
    now = KyBaoCao.quarter_of(day)
    held = KyDanhGia.objects.filter(to=OuterRef("pk"), nam=now.nam, quy=now.quy)
    groups = ToTuDuong.objects.filter(don_vi=ward).tai_ngay(day).order_by("pk")
    mo = Q(ky_danh_gia__trang_thai=KyDanhGia.TrangThai.MO)
    for to in groups.annotate(
        is_held=Exists(held),
        ky_mo=Min("ky_danh_gia", filter=mo),
        ngay_mo=Min("ky_danh_gia__ngay", filter=mo),
        so_nguoi=Count("ky_danh_gia__danh_gia", filter=mo),
        so_da_xong=Count("ky_danh_gia__danh_gia", filter=mo & ~Q(ky_danh_gia__danh_gia__muc="")),
    ):
        if to.ky_mo:
            yield _reviews_duty(to, day)
        elif not to.is_held:
            yield _open_duty(to, now, day)


def _reviews_duty(to: ToTuDuong, day: date) -> Viec:
    left = to.so_nguoi - to.so_da_xong
    return Viec(
        tieu_de=f"Đánh giá {left} đồng chí trong tổ tu dưỡng" if left else "Kết thúc kỳ đánh giá",
        chi_tiet=f"đã đánh giá {to.so_da_xong}/{to.so_nguoi}",
        han=to.ngay_mo + _HAN_HOP,
        url=reverse("tuduong:ky_detail", args=[to.ky_mo]),
        icon="sprout",
        nut="Đánh giá tiếp" if left else "Kết thúc kỳ",
        so_phut=left * 5,
        muc="info",
        ngay=day,
    )


def _open_duty(to: ToTuDuong, ky: KyBaoCao, day: date) -> Viec:
    return Viec(
        tieu_de=f"Họp tổ tu dưỡng {ky.ten.partition(' năm')[0]}",
        chi_tiet=str(to),
        han=ky.end - _HAN_HOP,
        url=reverse("tuduong:ky_open", args=[to.pk]),
        icon="sprout",
        nut="Mở kỳ đánh giá",
        so_phut=1,
        ngay=day,
    )


def _counts(ward: DonVi, day: date, han: timedelta, du_bi: date) -> dict[str, dict]:
    """Cases that wait, by state: how many, since when, how many of them are late; one query."""
    cases = HoSo.objects.under(ward)
    letter = ChatVan.objects.qua_han(day).filter(ho_so=OuterRef("pk"))
    paper = GiayTo.objects.het_truoc_khi_xet(day).filter(ho_so=OuterRef("pk"))
    moved = Q(pk__in=cases.khac_noi().order_by().values("pk"))
    silent = Q(trang_thai=T.DA_GUI, ngay_buoc__lte=day - han)
    rows = (cases.dang_mo() | cases.het_du_bi(du_bi)).order_by().values("trang_thai")
    found = rows.annotate(
        so=Count("pk"),
        mot=Min("pk"),
        tu=Min("ngay_buoc"),
        im_lang=Count("pk", filter=silent),
        im_lang_mot=Min("pk", filter=silent),
        cong_van=Count("pk", filter=Exists(letter)),
        cong_van_mot=Min("pk", filter=Exists(letter)),
        giay_to=Count("pk", filter=Exists(paper)),
        giay_to_mot=Min("pk", filter=Exists(paper)),
        khac_noi=Count("pk", filter=moved),
        khac_noi_mot=Min("pk", filter=moved),
    )
    return {row["trang_thai"]: row for row in found}


def _cases(counts: dict[str, dict], day: date, han: timedelta, signs: bool) -> Iterator[Viec]:
    steps = [
        (T.CHO_THAM_TRA, f"Thẩm tra {{}} {_HO_SO}", "clipboard-check", "Thẩm tra"),
        (T.CHO_GUI, "Gửi cấp ủy {} hồ sơ", "send", "Ghi ngày gửi"),
        (T.CAN_BO_SUNG, "Bổ sung {} hồ sơ theo ý kiến cấp ủy", "undo-2", "Mở hồ sơ"),
        (T.KHONG_KET_NAP, "Có {} hồ sơ cấp ủy chưa kết nạp", "circle-alert", "Mở hồ sơ"),
        (
            T.KET_NAP,
            "Hết thời gian dự bị của {} đảng viên",
            "file-check",
            "Ghi công nhận chính thức",
        ),
        (T.DA_TRA_LOI, "Chọn bước tiếp cho {} hồ sơ đã có trả lời", "mail", "Mở hồ sơ"),
    ]
    if signs:
        steps.insert(1, (T.CHO_BCH, "Họp Ban Chấp hành xét {} hồ sơ", "vote", "Ghi nghị quyết"))
    for trang_thai, words, icon, nut in steps:
        row = counts.get(trang_thai)
        if row:
            waited = f"chờ lâu nhất {(day - row['tu']).days}{NBSP}ngày"
            query = "mo=het_du_bi" if trang_thai == T.KET_NAP else f"trang_thai={trang_thai}"
            url = _cases_url(row["so"], row["mot"], query)
            yield _duty(words.format(row["so"]), url, icon, nut, day, waited, 5 * row["so"])
    yield from _late(counts, day, han)


def _late(counts: dict[str, dict], day: date, han: timedelta) -> Iterator[Viec]:
    """Silence, unanswered letters, papers that run out: counted over all states."""
    sent = counts.get(T.DA_GUI)
    if sent and sent["im_lang"]:
        url = _cases_url(sent["im_lang"], sent["im_lang_mot"], "mo=qua_han")
        words = f"Hỏi kết quả {sent['im_lang']} hồ sơ cấp ủy chưa trả lời"
        waited = f"chờ lâu nhất {(day - sent['tu']).days}{NBSP}ngày"
        yield _duty(
            words, url, "mail-question-mark", "Soạn công văn", day, waited, han=sent["tu"] + han
        )
    asked = counts.get(T.CHAT_VAN)
    if asked and asked["cong_van"]:
        url = _cases_url(asked["cong_van"], asked["cong_van_mot"], f"trang_thai={T.CHAT_VAN}")
        words = f"{asked['cong_van']} công văn quá hạn chưa được trả lời"
        yield _duty(words, url, "mail-question-mark", "Xem hồ sơ", day, muc="warn")
    for name, words, icon in (
        ("giay_to", "{} hồ sơ có giấy tờ hết giá trị trước ngày xét", "file-text"),
        ("khac_noi", "{} hồ sơ của đoàn viên đã chuyển chi đoàn", "arrow-right-left"),
    ):
        so = sum(row[name] for row in counts.values())
        if so:
            one = min(row[f"{name}_mot"] for row in counts.values() if row[name])
            url = _cases_url(so, one, f"mo={name}")
            yield _duty(words.format(so), url, icon, "Xem hồ sơ", day, muc="warn")


def _duty(tieu_de, url, icon, nut, day, chi_tiet="", so_phut=0, *, muc="info", han=None) -> Viec:
    return Viec(
        tieu_de=tieu_de,
        chi_tiet=chi_tiet,
        url=url,
        icon=icon,
        nut=nut,
        so_phut=so_phut,
        muc=muc,
        han=han,
        ngay=day,
    )


def _cases_url(so: int, mot: int, query: str) -> str:
    """A single case is opened directly, several as a list."""
    if so == 1:
        return reverse("tuduong:ho_so_detail", args=[mot])
    return f"{reverse('tuduong:ho_so_list')}?{query}"


# ---- the branch and the Party committee -----------------------------------------------------


def _of_branch(branch: DonVi, day: date) -> Iterator[Viec]:
    """Cases that wait for the branch, papers that run out, what its members in a group wait for."""
    yield from _cases_of_branch(branch, day)
    yield from viec_trong_to(branch, day)


def _cases_of_branch(branch: DonVi, day: date) -> Iterator[Viec]:
    """One query: what waits for the branch, and the first paper of each case that runs out."""
    paper = GiayTo.objects.het_truoc_khi_xet(day).filter(ho_so=OuterRef("pk"))
    paper = paper.order_by("hieu_luc_den", "pk")
    cases = HoSo.objects.filter(chi_doan=branch).select_related("doan_vien")
    cases = cases.annotate(
        giay=Subquery(paper.values("ten")[:1]), giay_den=Subquery(paper.values("hieu_luc_den")[:1])
    )
    for ho_so in cases.filter(Q(trang_thai__in=O_CHI_DOAN) | Q(giay__isnull=False)):
        if ho_so.trang_thai in O_CHI_DOAN and not da_doi_noi(ho_so):
            yield _waits_for_branch(ho_so, day)
        if ho_so.giay:
            yield _runs_out(ho_so, day)


def _waits_for_branch(ho_so: HoSo, day: date) -> Viec:
    returned = ho_so.trang_thai == T.TRA_LAI
    return _duty(
        f"{'Bổ sung hồ sơ' if returned else 'Xét giới thiệu'} {ho_so.doan_vien}",
        ho_so.get_absolute_url(),
        "undo-2" if returned else "vote",
        "Mở hồ sơ",
        day,
        ho_so.get_trang_thai_display().lower(),
        5,
        muc="warn" if returned else "info",
    )


def _runs_out(ho_so: HoSo, day: date) -> Viec:
    return _duty(
        f"{ho_so.giay} của {ho_so.doan_vien} hết giá trị trước ngày xét",
        ho_so.get_absolute_url(),
        "file-text",
        "Mở hồ sơ",
        day,
        muc="warn",
        han=ho_so.giay_den,
    )


def _of_cap_uy(user, day: date) -> Iterator[Viec]:
    waiting = HoSo.objects.gui_cap_uy_cua(user).cho_cap_uy()
    letters = ChatVan.objects.chua_tra_loi().filter(ho_so__in=waiting).order_by("lan_thu")
    due = dict(letters.values_list("ho_so_id", "han_tra_loi"))
    for ho_so in waiting.select_related("doan_vien", "chi_doan").order_by("ngay_gui"):
        asked = ho_so.pk in due
        yield _duty(
            f"{'Trả lời công văn về' if asked else 'Xem xét hồ sơ'} {ho_so.doan_vien}",
            reverse("tuduong:cap_uy_detail", args=[ho_so.pk]),
            "mail-question-mark" if asked else "folder-clock",
            "Trả lời công văn" if asked else "Xem hồ sơ",
            day,
            _since(ho_so, day),
            muc="warn" if asked else "info",
            han=due.get(ho_so.pk),
        )


def _since(ho_so: HoSo, day: date) -> str:
    """Whose member it is, and how long the Party committee has had the case."""
    days = (day - ho_so.ngay_gui).days
    waited = f" · chờ {days}{NBSP}ngày" if days else ""
    return f"{ho_so.chi_doan} · gửi {ho_so.ngay_gui:%d/%m/%Y}{waited}"
