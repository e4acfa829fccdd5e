"""Secretaries and deputies with what a ward wants to know of them at a glance."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Cast

from chidoan.models import (
    ChucVu,
    CuCanBo,
    PhuCap,
    PhuTrach,
    QuyHoach,
    ThamHoi,
    XepLoaiCanBo,
)
from chidoan.models.chuc_vu import ChucVuQuerySet
from chidoan.models.quy_hoach import ViTri
from chidoan.tap_huan.queries import with_lop_da_du
from core.periods import KyBaoCao
from core.text import fold
from doanvien.models import DoanVien, KhenThuong, NguonCanBo
from tochuc.models import CapDonVi, DonVi
from tochuc.permissions import Quyen
from tochuc.scoping import in_force


class CanBoQuerySet(ChucVuQuerySet):
    """Offices of secretary and deputy of branches: a person in office is a row."""

    quyen_xem = Quyen.XEM_CAN_BO

    def dang_chuc(self, day: date):
        leaders = Q(chuc_danh__in=ViTri.values, don_vi__cap=CapDonVi.CHI_DOAN)
        return self.filter(leaders & in_force(day)).order_by("don_vi__path", "chuc_danh", "pk")

    def trong_list(self, day: date, user):
        """Each person once a branch, with his sources, who coaches the branch, allowance and last
        rating; `kiem_pho`: whether he is the deputy as well."""
        return (
            with_lop_da_du(self.moi_nguoi_mot_lan(day), day.year)
            .select_related("don_vi", "doan_vien__chi_doan")
            .prefetch_related(Prefetch("doan_vien__nguon", NguonCanBo.objects.order_by("pk")))
            .annotate(
                kiem_pho=Exists(_deputies(day)),
                ten_phu_trach=_one(_coaches(day), "chuc_vu__ho_ten"),
                phu_cap_thang=_one(_allowances(day), "so_tien", BigIntegerField()),
                xep_loai_nam=_one(_ratings(day), "nam"),
                xep_loai_muc=_one(_ratings(day), "muc"),
            )
            .with_mo_duoc(user)
        )

    def with_mo_duoc(self, user):
        """Annotate `mo_duoc`: whether `user` may open the profile; a guest is another branch's."""
        own = DoanVien.objects.permitted_to(user, Quyen.XEM_CAN_BO)
        return self.annotate(mo_duoc=Exists(own.filter(pk=OuterRef("doan_vien"))))

    def with_xep_loai(self, nam: int):
        """Annotate what is recorded of the year: level, self-review, decision, remark."""
        rows = XepLoaiCanBo.objects.cua_nam(nam).filter(
            doan_vien=OuterRef("doan_vien"),
            don_vi=OuterRef("don_vi"),
            chuc_danh=OuterRef("chuc_danh"),
        )
        return self.select_related("don_vi", "doan_vien__chi_doan").annotate(
            xl_muc=_one(rows, "muc"),
            xl_kiem_diem=_one(rows, "tu_kiem_diem"),
            xl_ngay=_one(rows, "ngay"),
            xl_so=_one(rows, "so_quyet_dinh"),
            xl_nhan_xet=_one(rows, "nhan_xet"),
        )

    def tim(self, text: str):
        return self.filter(
            Q(doan_vien__khoa_tim__contains=fold(text)) | Q(don_vi__khoa_tim__contains=fold(text))
        )

    def theo_nguon(self, ma: str):
        return self.filter(
            Exists(NguonCanBo.objects.filter(doan_vien=OuterRef("doan_vien"), ma=ma))
        )

    def giu_chuc(self, chuc_danh: str):
        """Of a list read `trong_list`: secretaries or deputies, who is both among either."""
        is_both = Q(kiem_pho=True) if chuc_danh == ViTri.PHO_BI_THU else Q()
        return self.filter(Q(chuc_danh=chuc_danh) | is_both)

    def di_xa(self, day: date):
        return self.filter(Exists(DoanVien.objects.di_lam_xa(day).filter(pk=OuterRef("doan_vien"))))

    def co_lop(self, has: bool):
        """Who had a class in the year of the list, or who had none."""
        return self.filter(so_lop__gt=0) if has else self.filter(so_lop=0)

    def chua_co_phu_trach(self):
        return self.filter(ten_phu_trach__isnull=True)

    def co_phu_cap(self):
        return self.filter(phu_cap_thang__isnull=False)

    def chua_phu_cap(self):
        return self.filter(phu_cap_thang__isnull=True)

    def co_trong_so(self):
        """Those of people on the register."""
        return self.filter(doan_vien__isnull=False)

    def tinh_trang_xep_loai(self, ma: str):
        """Of a list read `with_xep_loai`: who is rated, who waits, who has handed in nothing."""
        if ma == "da_xep":
            return self.filter(xl_ngay__isnull=False)
        waiting = self.filter(xl_ngay__isnull=True)
        return waiting.filter(xl_kiem_diem__isnull=ma == "chua")


CAN_BO = CanBoQuerySet(ChucVu)


@dataclass(frozen=True)
class ViecKhac:
    """One line of what else is on record of a cadre, whatever table it stands in."""

    loai: str
    ma: str
    ten: str
    ngay: date
    den: date | None


def viec_khac(doan_vien: DoanVien, user) -> list[ViecKhac]:
    """Awards, postings, gifts and, for who sees the plan, succession; newest first. One query."""
    planned = QuyHoach.objects.visible_to(user)
    parts = (
        _lines(KhenThuong.objects, doan_vien, "khen", "hinh_thuc", "noi_dung", "ngay"),
        _lines(planned, doan_vien, "qh", "chuc_danh", "don_vi__ten", "ngay", "ngay_dua_ra"),
        _lines(CuCanBo.objects, doan_vien, "cu", "vai_tro", "don_vi__ten", "tu_ngay", "den_ngay"),
        _lines(ThamHoi.objects, doan_vien, "tham_hoi", "dip", "qua", "ngay"),
    )
    first, *rest = parts
    found = [ViecKhac(*row) for row in first.union(*rest, all=True)]
    return sorted(found, key=lambda row: row.ngay, reverse=True)


def _lines(rows, doan_vien, loai: str, ma: str, ten: str, ngay: str, den: str = ""):
    end = F(den) if den else Cast(Value(None), DateField())
    return (
        rows.filter(doan_vien=doan_vien)
        .order_by()
        .annotate(
            _loai=Value(loai, CharField()),
            _ma=Cast(F(ma), CharField(max_length=20)),
            _ten=Cast(F(ten), CharField(max_length=300)),
            _ngay=F(ngay),
            _den=end,
        )
        .values_list("_loai", "_ma", "_ten", "_ngay", "_den")
    )


def cac_nhiem_ky(doan_vien: DoanVien, day: date) -> list[ChucVu]:
    """Every office of a person, newest first, each with who coaches its branch. One query."""
    rows = ChucVu.objects.filter(doan_vien=doan_vien).select_related("don_vi")
    rows = rows.annotate(ten_phu_trach=_one(_coaches(day), "chuc_vu__ho_ten"))
    return list(rows.order_by("-tu_ngay", "-pk"))


def don_vi_da_giu_chuc(doan_vien: DoanVien, user):
    """The branches at which a person holds or held an office, the last one first; of those whose
    cadres the reader looks after."""
    terms = ChucVu.objects.filter(doan_vien=doan_vien, don_vi=OuterRef("pk"))
    since = Subquery(terms.order_by("-tu_ngay").values("tu_ngay")[:1])
    branches = DonVi.objects.permitted_to(user, Quyen.QUAN_LY_CAN_BO).chi_doan()
    branches = branches.filter(Exists(terms))
    return branches.annotate(giu_tu=since).order_by("-giu_tu", "path")


def phu_cap_trong(rows, ky: KyBaoCao):
    """Allowances that may come to something in a period."""
    return rows.trong_list().giao_voi(ky.start, ky.end)


def nguoi_cua(rows: Iterable[ChucVu]) -> list[DoanVien]:
    """The people of these offices, each once."""
    return list({row.doan_vien_id: row.doan_vien for row in rows if row.doan_vien}.values())


def _one(rows, field: str, output=None):
    return Subquery(rows.values(field)[:1], output_field=output)


def _deputies(day: date):
    """The deputy's office that whoever is in the outer row holds at the same branch."""
    rows = ChucVu.objects.tai_ngay(day).filter(chuc_danh=ViTri.PHO_BI_THU)
    return rows.filter(don_vi=OuterRef("don_vi"), doan_vien=OuterRef("doan_vien"))


def _coaches(day: date):
    return PhuTrach.objects.tai_ngay(day).filter(chi_doan=OuterRef("don_vi"))


def _allowances(day: date):
    rows = PhuCap.objects.hang_thang().tai_ngay(day)
    return rows.filter(doan_vien=OuterRef("doan_vien")).order_by("-tu_ngay")


def _ratings(day: date):
    rows = XepLoaiCanBo.objects.da_xep().filter(ngay__lte=day)
    return rows.filter(doan_vien=OuterRef("doan_vien")).order_by("-nam", "chuc_danh")
