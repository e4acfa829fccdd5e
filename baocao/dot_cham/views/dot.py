"""The list of rounds, one of them, and its steps."""

from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from baocao.dot_cham import queries, quy_trinh, services
from baocao.dot_cham.forms import BuocForm, HanForm, MoDotForm
from baocao.dot_cham.ket_qua import seal, tep_hong
from baocao.dot_cham.quy_tac import luat_cua
from baocao.dot_cham.quyen import may_duyet, may_tham_dinh, may_to_chuc, may_tu_cham, may_xem_diem
from baocao.dot_cham.services.mo import LichCham
from baocao.dot_cham.tables import DOT_TABLE, DotChamFilter
from baocao.dot_cham.trang import cac_buoc, chang, nhan_dong, nhan_dot
from baocao.dot_cham.viec_nen import compute_or_start, open_or_start, trial_or_start
from baocao.models import BuocDotCham, DongCham, DotCham
from core.errors import RuleError
from core.form_page import run_form
from core.listing import Create, list_page
from core.text.display import ngay
from tochuc.models import CongViec
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may
from tochuc.tai_ve import recorded

XEM, TO_CHUC = Quyen.XEM_XEP_HANG, Quyen.TO_CHUC_CHAM_DIEM
LIST = "baocao:dot_cham_list"
L, T = BuocDotCham.Loai, DotCham.TrangThai
MOI_TRANG = 50
TIEN = (L.THAM_DINH, L.THU, L.CONG_BO, L.CHUNG_CUOC)
"""The way on; a step that something still waits for is not held out as the next one."""
DANG_LAM = "Đợt nhiều đơn vị nên làm ở nền. Trang này tự báo khi xong."
BUOC = {
    L.THAM_DINH: ("Bắt đầu thẩm định", services.start_tham_dinh, False),
    L.THU: ("Tính kết quả thử", trial_or_start, False),
    L.LUI: ("Quay lại thẩm định", services.back_dot, True),
    L.CONG_BO: ("Công bố nhận ý kiến", services.publish_dot, False),
    L.CHUNG_CUOC: ("Chốt chung cuộc", services.final_dot, False),
    L.HUY: ("Hủy đợt chấm", services.cancel_dot, True),
    L.DINH_CHINH: ("Mở đợt đính chính", services.correct_dot, True),
}
"""Each step: its words, what does it, and whether it needs a reason."""
HOI = {
    L.THAM_DINH: "Các đơn vị không sửa bản tự chấm được nữa, trừ bản được trả lại.",
    L.THU: "Cộng điểm và xếp hạng để cơ quan xem trước; đơn vị được chấm chưa thấy.",
    L.LUI: "Sửa điểm rồi tính lại.",
    L.CONG_BO: "Mọi đơn vị trong đợt thấy điểm và hạng, được gửi ý kiến trong thời gian quy định. "
    "Từ đây không hủy đợt được nữa.",
    L.CHUNG_CUOC: "Sau khi chốt không ai sửa được gì trong đợt này. Sai thì mở đợt đính chính.",
    L.HUY: "Đợt vẫn lưu để xem lại.",
    L.DINH_CHINH: "Đợt mới bắt đầu từ kết quả này, ở bước thẩm định: sửa những mục sai, các mục "
    "khác giữ nguyên. Đợt cũ giữ nguyên để xem.",
}


@require_quyen(XEM)
def dot_cham_list(request):
    return list_page(
        request,
        queryset=queries.dot_cho_trang().visible_to(request.user),
        filterset=DotChamFilter,
        table=DOT_TABLE,
        title="Đợt chấm điểm",
        noun="đợt",
        on_download=recorded("dot_cham.export"),
        create=Create("baocao:dot_cham_open", "Mở đợt chấm", may=request.user.has_quyen(TO_CHUC)),
        template="baocao/dot_cham/list.html",
        extra={"back": reverse("baocao:xep_hang")},
    )


@require_quyen(TO_CHUC)
def dot_cham_open(request):
    role = next(role for role in request.user.phan_cong_hom_nay if TO_CHUC in role.quyen)
    don_vi = role.don_vi
    return run_form(
        request,
        form=MoDotForm(request.POST or None, don_vi=don_vi),
        save=lambda data: _open(request, don_vi, data),
        done=lambda row: _xong(row, "Đã mở đợt chấm."),
        back=lambda row: row.get_absolute_url(),
        back_url=reverse(LIST),
        title="Mở đợt chấm điểm",
        subtitle=f"{don_vi} · danh sách đơn vị lấy theo hôm nay",
        verb="Mở đợt chấm",
        data_busy="Đang mở",
    )


def _open(request, don_vi, data: dict) -> DotCham | CongViec:
    lich = LichCham(data["han_tu_cham"], data["han_tham_dinh"], data["ten"])
    return open_or_start(don_vi=don_vi, bo=data["bo"], ky=data["ky"], lich=lich, by=request.user)


def _xong(row: DotCham | CongViec, words: str) -> str:
    """What is done, or that it is being done."""
    return DANG_LAM if isinstance(row, CongViec) else words


@require_quyen(XEM)
def dot_cham_detail(request, pk):
    """A round: where it stands, what is due, its units, its steps."""
    user = request.user
    dot = get_visible_or_404(queries.dot_cho_trang(), user, pk=pk)
    rows = DongCham.objects.visible_to(user).cua_dot(dot).select_related("don_vi")
    chosen = request.GET.get("loc", "")
    page = Paginator(queries.loc_dong(rows, chosen, dot), MOI_TRANG).get_page(
        request.GET.get("page")
    )
    lines = [_line(row, dot, user) for row in page]
    is_holder = may_to_chuc(user, dot)
    dem, dinh_chinh = queries.dem_dot(dot), queries.dot_dinh_chinh(dot)
    context = {
        "title": dot.ten,
        "subtitle": f"{dot.don_vi} · {dot.bo} · số liệu đến {ngay(dot.tinh_den)}",
        "back": reverse(LIST),
        "crumbs": [("Đợt chấm điểm", reverse(LIST)), (dot.ten, "")],
        "dot": dot,
        "state": nhan_dot(dot),
        "stages": chang(dot),
        "dem": dem,
        "options": _loc_options(dot, chosen),
        "page": page,
        "lines": lines,
        "la_diem": luat_cua(dot).is_diem,
        "thay_bang": queries.dot_thay(dot),
        "dinh_chinh": dinh_chinh,
        "dot_trung": queries.dot_trung(dot),
        "url_xep_hang": _url_xep_hang(dot),
        "hien_diem": any(line["hien"] for line in lines),
        "muc": _phan_bo(dot) if dot.is_cong_khai or is_holder else [],
        "entries": cac_buoc(queries.buoc_cua_dot(dot, user)),
        "buoc": _cac_nut(dot, dem, dinh_chinh) if is_holder else [],
        "is_holder": is_holder,
        "loi_nhac": _loi_nhac(rows, dot)
        if is_holder and dot.trang_thai == T.MO and dem["cho"]
        else "",
    }
    return TemplateResponse(request, "baocao/dot_cham/dot.html", context)


def _loc_options(dot: DotCham, chosen: str) -> list[dict]:
    before = (("chua-gui", "Chưa gửi"), ("da-gui", "Chờ thẩm định"), ("muon", "Gửi muộn"))
    after = (("y-kien", "Có ý kiến chờ trả lời"),)
    names = [("", "Tất cả"), *(after if dot.is_cong_khai else before)]
    return [
        {"label": label, "url": f"?loc={ma}" if ma else "?", "active": ma == chosen}
        for ma, label in names
    ]


def _line(row: DongCham, dot: DotCham, user) -> dict:
    row.dot = dot
    shown = may_xem_diem(user, row) and dot.co_ket_qua
    return {
        "dong": row,
        "nhan": nhan_dong(row),
        "hien": shown,
        "muc": luat_cua(dot).ten_muc(row.muc) if row.muc else "Chưa đủ dữ liệu",
        "viec": _viec_cua(row, dot, user),
    }


class ViecDong(NamedTuple):
    """What this person does with the line next; merely reading it needs no button on a phone."""

    ten: str
    url: str
    chi_xem: bool = False


def _viec_cua(row: DongCham, dot: DotCham, user) -> ViecDong:
    if quy_trinh.dong_co_the(row, quy_trinh.GHI_TU_CHAM) and may_tu_cham(user, row):
        words = "Tự chấm" if not may_tham_dinh(user, row) else "Nhập thay"
        return ViecDong(words, reverse("baocao:tu_cham", args=[row.pk]))
    if quy_trinh.dong_co_the(row, quy_trinh.GHI_THAM_DINH) and may_tham_dinh(user, row):
        return ViecDong("Thẩm định", reverse("baocao:tham_dinh", args=[row.pk]))
    if quy_trinh.dong_co_the(row, quy_trinh.GHI_DUYET) and may_duyet(user, dot):
        return ViecDong("Xem lại", reverse("baocao:tham_dinh", args=[row.pk]))
    return ViecDong("Xem", row.get_absolute_url(), chi_xem=True)


def _phan_bo(dot: DotCham) -> list[tuple[str, int]]:
    if not dot.co_ket_qua:
        return []
    luat, found = luat_cua(dot), dict(queries.dem_muc(dot))
    shown = [(luat.ten_muc(muc), found[muc]) for muc in luat.cac_muc if found.get(muc)]
    return [*shown, ("Chưa đủ dữ liệu", found[""])] if found.get("") else shown


def _cac_nut(dot: DotCham, dem: dict, dinh_chinh: DotCham | None) -> list[dict]:
    """The steps that may be taken from here, the way on first."""
    steps = [
        {
            "url": reverse("baocao:dot_cham_buoc", args=[dot.pk, loai]),
            "label": BUOC[loai][0],
            "primary": loai in TIEN and not quy_trinh.con_cho(dot, loai, dem),
        }
        for loai in quy_trinh.BUOC
        if quy_trinh.co_the(dot, loai)
    ]
    if dot.is_chung_cuoc and not dot.da_thay and not dinh_chinh:
        url = reverse("baocao:dot_cham_buoc", args=[dot.pk, L.DINH_CHINH])
        steps.append({"url": url, "label": BUOC[L.DINH_CHINH][0], "primary": False})
    return steps


def _loi_nhac(rows, dot: DotCham) -> str:
    """A text to pass on to units that have not sent, while they may."""
    if dot.trang_thai != T.MO:
        return ""
    listed = ", ".join(queries.ten_chua_gui(rows))
    return (
        f"{dot.ten}: còn chưa gửi bản tự chấm: {listed}. "
        f"Hạn đến hết ngày {ngay(dot.han_tu_cham)}. "
        "Các đồng chí vào mục Xếp hạng, Đợt chấm để chấm và gửi."
    )


@require_quyen(TO_CHUC)
def dot_cham_buoc(request, pk, loai):
    """A step of the round, on a page of its own."""
    if loai not in BUOC:
        raise Http404
    dot = _held(request, pk)
    verb, action, can_loi = BUOC[loai]
    form = BuocForm(request.POST or None, can_loi=can_loi, initial={"version": dot.version})
    return run_form(
        request,
        form=form,
        save=lambda data: _take(action, dot, loai, request.user, data),
        done=lambda row: _xong(row, f"{verb}: {row}."),
        back=lambda row: row.get_absolute_url(),
        back_url=dot.get_absolute_url(),
        template="core/confirm.html",
        title=f"{verb}: {dot}?",
        text=HOI[loai],
        warning=_luu_y(dot, loai),
        verb=verb,
        danger=loai in (L.HUY, L.CHUNG_CUOC),
    )


def _luu_y(dot: DotCham, loai: str) -> str:
    """What the person should know before publishing: tallies that the set asks for."""
    if loai != L.CONG_BO or not dot.is_muc:
        return ""
    without = queries.so_chua_bo_phieu(dot)
    return f"{without} đơn vị chưa ghi kết quả bỏ phiếu kín." if without else ""


def _take(action, dot: DotCham, loai: str, user, data: dict) -> DotCham | CongViec:
    data = dict(data)
    if loai == L.DINH_CHINH:
        data.pop("version")
    return action(dot=dot, by=user, **data)


@require_quyen(TO_CHUC)
def dot_cham_han(request, pk):
    dot = _held(request, pk)
    initial = {name: ngay(getattr(dot, name)) for name in ("han_tu_cham", "han_tham_dinh")}
    return run_form(
        request,
        form=HanForm(request.POST or None, initial=initial),
        save=lambda data: services.change_han(dot=dot, by=request.user, **data),
        done="Đã đổi hạn của đợt chấm.",
        back=dot.get_absolute_url(),
        title="Đổi hạn",
        subtitle=dot.ten,
        verb="Lưu hạn mới",
    )


@require_POST
@require_quyen(TO_CHUC)
def dot_cham_tinh(request, pk):
    """Compute the automatic part once more."""
    dot = _held(request, pk)
    try:
        work = compute_or_start(dot=dot, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect(dot)
    if work:
        return redirect(work)
    messages.success(request, "Đã tính lại phần tự động.")
    return redirect(dot)


@require_POST
@require_quyen(XEM)
def dot_cham_kiem_tra(request, pk):
    """Compute the hash of a final round and of its files once more, and say whether they are
    still the same."""
    dot = get_visible_or_404(DotCham.objects, request.user, pk=pk)
    if not dot.is_chung_cuoc:
        messages.error(request, "Đợt chưa chốt nên chưa có mã băm.")
    elif broken := tep_hong(dot):
        words = f"{broken} tệp minh chứng đã khác lúc chốt. Báo quản trị hệ thống."
        messages.error(request, words)
    elif seal(dot) == dot.ban_bam:
        words = "Mã băm khớp: kết quả và các tệp minh chứng đúng như lúc chốt."
        messages.success(request, words)
    else:
        words = "Mã băm không khớp: dữ liệu đã khác lúc chốt. Báo quản trị hệ thống."
        messages.error(request, words)
    return redirect(dot)


def _held(request, pk) -> DotCham:
    """A round that this person holds: 404 foreign, 403 another's."""
    dot = get_visible_or_404(queries.dot_cho_trang(), request.user, pk=pk)
    if not may_to_chuc(request.user, dot):
        raise PermissionDenied(who_may(TO_CHUC))
    return dot


def _url_xep_hang(dot: DotCham) -> str:
    """Its own ranking once it may be read, until then today's of the period."""
    asked = f"dot={dot.pk}" if dot.is_cong_khai else f"ky={dot.ky}"
    return f"{reverse('baocao:xep_hang')}?{asked}"
