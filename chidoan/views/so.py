"""The book of meetings: calendar, lists, one meeting, its minutes."""

from django.db.models import F, IntegerField, OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan import services
from chidoan.anh.queries import phan_anh
from chidoan.filters import BuoiFilter, DiemDanhFilter
from chidoan.giay_to import LOAI, issue_bien_ban, preview_bien_ban
from chidoan.hoat_dong.queries import hoat_dong_kem
from chidoan.lich_nam import years_of
from chidoan.models import BuoiSinhHoat, ChiDoan, DiemDanh, NghiQuyet, PhienBanBuoi
from chidoan.queries import cung_hop, ngay_xem
from chidoan.tables import BUOI_TABLE, DIEM_DANH_TABLE, trang_thai_buoi
from core.listing import asked_filters, list_page
from core.pdf import pdf_response
from core.text.numbers import file_name
from doanvien.nhap_thay import is_nhap_thay
from tochuc.audit import record
from tochuc.chon_ban_do import ban_do_cua_ky
from tochuc.loc import named_pk
from tochuc.models import NhatKy, VanBan
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from .buoi import BUOI


@require_quyen(Quyen.XEM_SINH_HOAT)
def buoi_list(request):
    roles = [r for r in request.user.phan_cong_hom_nay if Quyen.XEM_SINH_HOAT in r.quyen]
    if named := request.GET.get("lich"):
        pk, quyen = named_pk(named), Quyen.XEM_SINH_HOAT
        branch = get_visible_or_404(ChiDoan.objects, request.user, quyen=quyen, pk=pk)
        return _calendar(request, [branch])
    if all(role.don_vi.is_chi_doan for role in roles) and not request.GET.keys() - {"nam"}:
        return _calendar(request, [role.don_vi for role in roles])
    rows = BuoiSinhHoat.objects.visible_to(request.user).select_related("chi_doan")
    return list_page(
        request,
        queryset=rows.with_diem_danh(),
        filterset=BuoiFilter,
        table=BUOI_TABLE,
        title="Sinh hoạt chi đoàn",
        noun="buổi",
        template="chidoan/buoi_list.html",
        on_download=record_download("buoi.export"),
        extra={
            "may_log": request.user.has_quyen(Quyen.GHI_SINH_HOAT),
            **ban_do_cua_ky(request, Quyen.XEM_SINH_HOAT),
        },
    )


@require_quyen(Quyen.XEM_SINH_HOAT)
def diem_danh_list(request):
    """The rolls behind a rate: one row per person and meeting."""
    rows = DiemDanh.objects.visible_to(request.user).da_hop().sinh_hoat()
    return list_page(
        request,
        queryset=rows.select_related("doan_vien", "buoi__chi_doan").order_by(
            "-buoi__ngay", "buoi_id", "doan_vien__khoa_sap_xep", "pk"
        ),
        filterset=DiemDanhFilter,
        table=DIEM_DANH_TABLE,
        title="Điểm danh",
        noun="lượt",
        on_download=record_download("diem_danh.export"),
        extra=ban_do_cua_ky(request, Quyen.XEM_SINH_HOAT),
    )


@require_quyen(Quyen.XEM_SINH_HOAT)
def buoi_detail(request, pk):
    buoi = get_visible_or_404(BUOI.with_buoi_sau(), request.user, pk=pk)
    may_log = request.user.may(Quyen.GHI_SINH_HOAT, buoi.chi_doan)
    nhap_thay = is_nhap_thay(request.user, buoi.chi_doan_id)
    closed = services.cau_khoa(buoi, nhap_thay=nhap_thay)
    roll = list(buoi.diem_danh.select_related("doan_vien"))
    status = DiemDanh.TrangThai
    present = sum(row.trang_thai in DiemDanh.DU_HOP for row in roll)
    excused = sum(row.trang_thai == status.VANG_CO_LY_DO for row in roll)
    bien_ban = VanBan.objects.defer("tep").issued(buoi, LOAI)
    resolutions = list(NghiQuyet.objects.cua_buoi(buoi).select_related("phu_trach"))
    context = {
        "title": f"Sinh hoạt ngày {buoi.ngay:%d/%m/%Y}",
        "subtitle": f"{buoi.chi_doan} · {buoi.get_loai_display()}",
        "back": reverse("chidoan:buoi_list"),
        "buoi": buoi,
        "state": trang_thai_buoi(buoi),
        "roll": roll,
        "du_hop": present,
        "co_ly_do": excused,
        "so_danh_sach": len(roll),
        "phai_co": len(roll) - excused,
        "nghi_quyet": [row for row in resolutions if row.buoi_id == buoi.pk],
        "bieu_quyet": buoi.bieu_quyet.all(),
        "cung_hop": cung_hop(buoi),
        "ket_thuc_tai_day": [row for row in resolutions if row.ket_thuc_tai_id == buoi.pk],
        "hoat_dong": hoat_dong_kem(buoi),
        "lich_su": list(_history(buoi)),
        "bien_ban": bien_ban,
        "bien_ban_cu": bien_ban is not None and bien_ban.lap_luc < buoi.ghi_luc,
        "phan_anh": phan_anh(buoi, user=request.user),
        "may_edit": may_log,
        "da_khoa": closed if may_log else "",
    }
    return TemplateResponse(request, "chidoan/buoi_detail.html", context)


@require_quyen(Quyen.XEM_SINH_HOAT)
def buoi_pdf(request, pk):
    """The minutes; POST issues them (the right to log), GET shows them as they stand."""
    quyen = Quyen.GHI_SINH_HOAT if request.method == "POST" else None
    buoi = get_visible_or_404(BUOI, request.user, quyen=quyen, pk=pk)
    if buoi.is_nhap:
        context = {
            "title": "Chưa in được biên bản",
            "buoi": buoi,
            "back": buoi.get_absolute_url(),
        }
        return TemplateResponse(request, "chidoan/bien_ban_chua.html", context, status=409)
    if request.method == "POST":
        issue_bien_ban(buoi=buoi, by=request.user)
        return redirect("chidoan:buoi_pdf", pk=buoi.pk)
    record(by=request.user, hanh_dong="van_ban.print", target=buoi, loai=LOAI)
    van_ban = VanBan.objects.issued(buoi, LOAI)
    content = bytes(van_ban.tep) if van_ban else preview_bien_ban(buoi)
    so = van_ban.so_ky_hieu.replace("/", "-") if van_ban else f"{LOAI}-du-thao"
    return pdf_response(content, file_name(so, str(buoi.chi_doan), day=buoi.ngay))


def _calendar(request, units):
    """The year of the own branches, or of one that was named."""
    rows = ChiDoan.objects.filter(pk__in=[unit.pk for unit in units])
    named = request.GET.get("lich", "")
    text = request.GET.get("nam", "")
    day = ngay_xem(request.user)
    year = int(text) if text.isdecimal() and 1931 <= int(text) <= 2100 else day.year
    context = {
        "title": "Sinh hoạt",
        "nam": year,
        "nam_nay": day.year,
        "lich": years_of(list(rows.with_nhip()), year, day),
        "may_log": request.user.has_quyen(Quyen.GHI_SINH_HOAT),
        "cua": units[0] if named else None,
        "giu": f"lich={units[0].pk}&" if named else "",
        "back": units[0].get_absolute_url() if named else "",
    }
    return TemplateResponse(request, "chidoan/buoi_calendar.html", context)


def _history(buoi: BuoiSinhHoat):
    """Who wrote and changed it, newest first, as entries of a timeline."""
    words = {
        "buoi.hen": "Hẹn buổi sinh hoạt",
        "buoi.doi_hen": "Đổi lịch hẹn",
        "buoi.draft": "Lưu bản nháp",
        "buoi.finish": "Hoàn thành",
        "buoi.amend": "Sửa đổi",
        "buoi.invite": "Được mời họp chung",
        "van_ban.issue": "Lập văn bản",
    }
    lines = (
        NhatKy.objects.filter(doi_tuong_loai=buoi._meta.label_lower, doi_tuong_id=buoi.pk)
        .filter(hanh_dong__in=words)
        .annotate(ten=F("nguoi__ho_ten"), ly_do_sua=_reason(buoi))
        .order_by("-so")
    )
    for line in lines:
        yield {
            "title": words[line.hanh_dong],
            "lines": [*_said_why(line), *_changes(line.noi_dung)],
            "when": line.luc,
            "who": line.ten or "Lập sổ",
            "state": "done",
            "url": _version_before(buoi, line),
        }


def _said_why(line: NhatKy) -> list[str]:
    is_amended = line.hanh_dong == "buoi.amend" and line.ly_do_sua
    return [f"Lý do: {line.ly_do_sua}"] if is_amended else []


def _reason(buoi: BuoiSinhHoat) -> Subquery:
    """Why the version before a line's own was replaced; nothing where it was not kept."""
    kept = PhienBanBuoi.objects.annotate(thanh=F("so") + 1)
    version = Cast(KeyTextTransform("version", OuterRef("noi_dung")), IntegerField())
    return Subquery(kept.filter(buoi=buoi.pk, thanh=version).values("ly_do")[:1])


def _version_before(buoi: BuoiSinhHoat, line: NhatKy) -> str:
    """The page of what an amendment replaced."""
    if line.hanh_dong != "buoi.amend" or line.ly_do_sua is None:
        return ""
    return reverse("chidoan:phien_ban", args=[buoi.pk, line.noi_dung["version"] - 1])


def _changes(noi_dung: dict) -> list[str]:
    """What an audit line says, in the words of the page."""
    labels = {field.attname: field.verbose_name for field in BuoiSinhHoat._meta.concrete_fields}
    labels |= {"bieu_quyet": "biểu quyết", "cung_hop": "các chi đoàn cùng họp"}
    names = [str(labels[name]) for name in noi_dung.get("truong", []) if name != "ban_nhap"]
    said = [f"Đổi {', '.join(names)}"] if names else []
    if noi_dung.get("diem_danh"):
        said.append(f"Điểm danh lại {len(noi_dung['diem_danh'])} đồng chí")
    if noi_dung.get("nhap_thay"):
        said.append("Phường nhập thay")
    if noi_dung.get("ghi_muon"):
        said.append("Ghi muộn")
    if noi_dung.get("so"):
        said.append(f"Số {noi_dung['so']}, bản {noi_dung['phien_ban']}")
    return said


def record_download(hanh_dong: str):
    """What a list's Excel file writes into the audit: how many rows, by which filters."""

    def on_download(request, rows: int) -> None:
        record(
            by=request.user,
            hanh_dong=hanh_dong,
            don_vi=request.user.phan_cong_chinh.don_vi,
            so_dong=rows,
            loc=asked_filters(request),
        )

    return on_download
