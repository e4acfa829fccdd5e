"""What scoring rounds have for people to do: this part of the home pages, counted with the rest."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Substr
from django.urls import reverse

from baocao.models import DongCham, DotCham, QuyetDinhKetQua, XepLoaiDonVi, YKien
from core.text.display import NBSP
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem

T, D, Doi = DotCham.TrangThai, DongCham.TrangThai, DotCham.DoiTuong
TU_CHAM, THAM_DINH, XEM_LAI = "tu-cham", "tham-dinh", "xem-lai"
Y_KIEN, CHOT, QUYET_DINH = "y-kien", "chot", "quyet-dinh"


def dem_chi_doan(user, don_vi: DonVi, day: date) -> Iterator[ViecDem]:
    """The branch: its self-score."""
    if user.may(Quyen.TU_CHAM_DIEM, don_vi):
        rows = cho_tu_cham().filter(don_vi=don_vi)
        yield _viec(rows, "Tự chấm điểm chi đoàn", TU_CHAM, "Tự chấm", day, "dot__han_tu_cham")


def dem_tren(user, don_vi: DonVi, day: date) -> Iterator[ViecDem]:
    """A ward or an office above: its own self-score, units to verify, objections to answer, a
    result to close."""
    if don_vi.is_co_so and user.may_at(Quyen.TU_CHAM_DIEM, don_vi):
        rows = cho_tu_cham().filter(don_vi=don_vi)
        yield _viec(rows, "Tự chấm điểm Đoàn cơ sở", TU_CHAM, "Tự chấm", day, "dot__han_tu_cham")
    for doi_tuong, quyen in (
        (Doi.CHI_DOAN, Quyen.THAM_DINH_CHAM_DIEM),
        (Doi.CO_SO, Quyen.DUYET_CHAM_DIEM),
    ):
        if user.may_at(quyen, don_vi):
            rows = cho_tham_dinh().under(don_vi).filter(dot__doi_tuong=doi_tuong)
            words = "Thẩm định bản chấm của {} đơn vị"
            yield _viec(rows, words, THAM_DINH, "Thẩm định", day, "dot__han_tham_dinh")
    if not don_vi.is_co_so and user.may_at(Quyen.DUYET_CHAM_DIEM, don_vi):
        rows = cho_xem_lai().filter(dot__don_vi=don_vi)
        words = "Xem lại kết quả thẩm định của {} đơn vị"
        yield _viec(rows, words, XEM_LAI, "Xem lại", day, "dot__han_tham_dinh")
    if user.may_at(Quyen.TO_CHUC_CHAM_DIEM, don_vi):
        rows = YKien.objects.cho().filter(dong__dot__don_vi=don_vi, dong__dot__trang_thai=T.CONG_BO)
        yield _viec(rows, "Trả lời {} ý kiến về kết quả chấm", Y_KIEN, "Trả lời", day)
        rows = cho_chot(day).filter(don_vi=don_vi)
        yield _viec(rows, "Chốt kết quả {} đợt chấm", CHOT, "Chốt", day)
        rows = cho_quyet_dinh().filter(don_vi=don_vi)
        yield _viec(rows, "Ra quyết định cho {} đợt chấm", QUYET_DINH, "Ra quyết định", day)


def cho_tu_cham() -> QuerySet:
    """Lines that their unit has still to send."""
    first = Q(trang_thai__in=DongCham.O_DON_VI, dot__trang_thai=T.MO)
    returned = Q(trang_thai=D.TRA_LAI, dot__trang_thai=T.THAM_DINH)
    return DongCham.objects.filter(first | returned)


def cho_tham_dinh() -> QuerySet:
    """Lines without a verified result in rounds that are being verified."""
    states = (D.CHO_CHAM, D.DA_GUI)
    return DongCham.objects.filter(trang_thai__in=states, dot__trang_thai=T.THAM_DINH)


def cho_xem_lai() -> QuerySet:
    """Verified lines of branches that the office which holds the round has not looked at."""
    return DongCham.objects.filter(
        trang_thai=D.DA_THAM_DINH, dot__trang_thai=T.THAM_DINH, dot__doi_tuong=Doi.CHI_DOAN
    )


def cho_quyet_dinh() -> QuerySet:
    """Final results of a whole year that no decision has recognised yet, while none of their units
    has a level of that year from elsewhere."""
    decided = QuyetDinhKetQua.objects.con_hieu_luc().filter(dot=OuterRef("pk")).order_by()
    rated = XepLoaiDonVi.objects.filter(
        don_vi__dong_cham__dot=OuterRef("pk"),
        doi_tuong=OuterRef("doi_tuong"),
        nam=Cast(Substr(OuterRef("ky"), 1, 4), IntegerField()),
    ).order_by()
    rows = DotCham.objects.chung_cuoc().con_gia_tri().ca_nam()
    return rows.exclude(Exists(decided)).exclude(Exists(rated))


def cho_chot(day: date) -> QuerySet:
    """Published rounds whose window is over and in which nothing waits."""
    waiting = YKien.objects.cho().filter(dong__dot=OuterRef("pk")).order_by()
    rows = DotCham.objects.filter(trang_thai=T.CONG_BO, han_y_kien__lt=day)
    return rows.exclude(Exists(waiting))


def loc_viec(rows: QuerySet, viec: str, user, day: date) -> QuerySet:
    """Rounds of the list in which this waits for the person."""
    lines = {TU_CHAM: cho_tu_cham, THAM_DINH: cho_tham_dinh, XEM_LAI: cho_xem_lai}
    if viec in lines:
        own = lines[viec]().permitted_to(user, Quyen.XEM_XEP_HANG)
        return rows.filter(Exists(own.filter(dot=OuterRef("pk")).order_by()))
    if viec == Y_KIEN:
        return rows.filter(Exists(YKien.objects.cho().filter(dong__dot=OuterRef("pk")).order_by()))
    waiting = cho_quyet_dinh() if viec == QUYET_DINH else cho_chot(day)
    return rows.filter(pk__in=waiting.order_by().values("pk"))


def dong_can_tu_cham(user) -> list[DongCham]:
    """Lines of units at which this person holds a role that scores, due first."""
    units = [row.don_vi_id for row in user.phan_cong_hom_nay if Quyen.TU_CHAM_DIEM in row.quyen]
    rows = cho_tu_cham().filter(don_vi__in=units)
    return list(rows.order_by("dot__han_tu_cham", "pk")[:2])


def _viec(rows: QuerySet, words: str, loc: str, nut: str, day: date, han: str = "") -> ViecDem:
    def viec(so, due):
        return Viec(
            tieu_de=words.replace("{} ", f"{so}{NBSP}"),
            url=_dia_chi(loc),
            icon="list-checks",
            nut=nut,
            ngay=day,
            han=due,
            muc="info",
            so_phut=5 * so,
        )

    return ViecDem(rows=rows, viec=viec, han=han)


def _dia_chi(loc: str) -> str:
    """The list of what waits; for the self-score the form itself."""
    if loc == TU_CHAM:
        return reverse("baocao:tu_cham_tiep")
    return f"{reverse('baocao:dot_cham_list')}?viec={loc}"
