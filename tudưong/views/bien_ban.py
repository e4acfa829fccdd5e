"""The minutes of a vote: one page on which branch or ward writes what the tallies do not say."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect

from core.form_page import run_form, sent
from tochuc.permissions import Quyen, require_quyen, who_may
from tudưong import services
from tudưong.forms.giay_to import BienBanForm
from tudưong.giay_to.bang import BANG, last_vote
from tudưong.giay_to.bien_ban import missing_bien_ban
from tudưong.services import bien_ban as hop

from .chung import get_ho_so


@require_quyen(Quyen.XEM_HO_SO)
def bien_ban_chi_doan(request, pk):
    return _page(request, pk, "bien-ban-chi-doan", hop.CUA_CHI_DOAN)


@require_quyen(Quyen.XEM_HO_SO)
def bien_ban_bch(request, pk):
    return _page(request, pk, "bien-ban-bch", hop.CUA_BCH)


def _page(request, pk, ma, loai):
    ho_so = get_ho_so(request, pk)
    kind = BANG[ma]
    if not kind.may_write(ho_so, request.user):
        raise PermissionDenied(who_may(Quyen.LAP_HO_SO))
    buoc = last_vote(ho_so, *loai)
    if buoc is None:
        raise Http404
    row = hop.find_bien_ban(buoc)
    if row.is_khoa and request.method != "POST":
        messages.info(request, "Biên bản đã ban hành, không sửa được nữa.")
        return redirect(ho_so)
    form = BienBanForm(sent(request), instance=row)

    def save(data):
        changes = {name: data[name] for name in BienBanForm.Meta.fields}
        return services.save_bien_ban(
            buoc=buoc, version=data["version"], changes=changes, by=request.user
        )

    return run_form(
        request,
        form=form,
        save=save,
        done="Đã lưu biên bản. Xem bản in trước khi ban hành.",
        back=ho_so.get_absolute_url(),
        template="tuduong/bien_ban.html",
        title=f"Biên bản họp ngày {row.ngay:%d/%m/%Y}",
        subtitle=str(row.don_vi),
        verb="Lưu biên bản",
        phieu=hop.cac_phieu(buoc, row),
        thieu=", ".join(missing_bien_ban(row)),
    )
