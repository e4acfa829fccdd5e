"""The answer to a meeting that a device has kept and sends now: taken, refused, or two versions."""

from collections.abc import Callable

from django.http import JsonResponse
from django.urls import reverse
from django.utils.text import capfirst

from chidoan import services
from chidoan.models import BuoiSinhHoat
from core.errors import RuleError, StaleError
from core.text.form_errors import field_errors

NGUOI = "X-Hop-Cho"
"""Header of what the outbox sends: the account that wrote it. It asks for this answer."""
CHUA_RO, MO = "chua_ro", "mo"
"""Sent beside the form: a draft was sent and nothing heard of it; the meeting's page opens next."""
CON_NGUYEN = "Nội dung đồng chí ghi vẫn còn nguyên."


def is_sent_by_device(request) -> bool:
    return request.method == "POST" and NGUOI in request.headers


def answer_device(request, page, save: Callable, saved: Callable) -> JsonResponse:
    """Save as the page's own button does, and say in data what came of it.

    Never under another's name: who is signed in must be who wrote it.
    """
    if request.headers[NGUOI] != str(request.user.pk):
        return _answer("khac_nguoi")
    if not page.is_valid():
        return _refused(page)
    try:
        buoi = _save(request, page, save)
    except StaleError as error:
        return _two_versions(error.current, _who_saved(request, error.current))
    except RuleError as error:
        twin = _same_day(page) if error.field == "ngay" else None
        if twin:
            return _two_versions(twin, _who_logged(request, twin), doi_ngay=True)
        page.add_error(error)
        return _refused(page)
    url = saved(request, buoi).url if request.POST.get(MO) else buoi.get_absolute_url()
    return _answer("da_ghi", url=url)


def _save(request, page, save: Callable) -> BuoiSinhHoat:
    """The page saves its draft by itself; when the last time was not heard of, the version that
    is one ahead is the sender's own, and what comes now takes its place."""
    try:
        return save()
    except StaleError as error:
        if not _is_own_unheard(request, error.current):
            raise
        return services.update_buoi(
            buoi=error.current,
            version=error.current.version,
            noi_dung=page.noi_dung(),
            hoan_thanh=page.hoan_thanh,
            by=request.user,
        )


def _is_own_unheard(request, current: BuoiSinhHoat) -> bool:
    sent = request.POST.get("version", "0")
    return (
        bool(request.POST.get(CHUA_RO))
        and current.is_nhap
        and current.ghi_boi_id == request.user.pk
        and current.client_id.hex == request.POST.get("client_id", "").replace("-", "")
        and sent == str(current.version - 1)
    )


def _same_day(page) -> BuoiSinhHoat | None:
    """The finished meeting of the same kind on the same day. One query."""
    data = page.form.cleaned_data
    buoi = page.buoi or BuoiSinhHoat(chi_doan=page.chi_doan)
    same = BuoiSinhHoat.objects.trung(buoi, ngay=data["ngay"], loai=data["loai"])
    return same.select_related("ghi_boi").first()


def _who_logged(request, buoi: BuoiSinhHoat) -> str:
    return f"Ngày họp trùng với buổi {_who(request, buoi)} đã ghi. {CON_NGUYEN}"


def _who_saved(request, buoi: BuoiSinhHoat) -> str:
    who = _who(request, buoi)
    return f"{capfirst(who)} đã lưu buổi này sau khi trang được mở. {CON_NGUYEN}"


def _who(request, buoi: BuoiSinhHoat) -> str:
    if buoi.ghi_boi_id == request.user.pk:
        return "chính tài khoản này"
    return f"đồng chí {buoi.ghi_boi.ho_ten}" if buoi.ghi_boi else "người khác"


def _two_versions(buoi: BuoiSinhHoat, text: str, *, doi_ngay: bool = False) -> JsonResponse:
    url = reverse("chidoan:buoi_update", args=[buoi.pk])
    return _answer("hai_ban", cau=[text], so_voi=url, doi_ngay=doi_ngay)


def _refused(page) -> JsonResponse:
    return _answer("tu_choi", cau=list(sentences(page)))


def sentences(page):
    """Every refusal of the page, in its order, as the page itself says it."""
    yield from page.form.non_field_errors()
    yield from page.nghi_quyet.non_form_errors()
    for field in page.truong_loi:
        yield from field_errors(field)


def _answer(ket_qua: str, **parts) -> JsonResponse:
    return JsonResponse({"ket_qua": ket_qua, **parts})
