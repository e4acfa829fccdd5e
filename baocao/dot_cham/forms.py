"""Forms of a round: opened, scored, verified, objected to, answered."""

from datetime import timedelta
from functools import reduce
from operator import or_

from django import forms
from django.utils.text import capfirst

from baocao.cham_diem.luat import BoLuat, LuatTieuChi
from baocao.models import BoTieuChi, DiemTieuChi, DotCham, YKien
from chidoan.anh.gioi_han import MIME
from chidoan.models import BuoiSinhHoat, HoatDong
from core.periods import KyBaoCao, today
from core.text.display import ngay, show

from .quy_tac import COT_LOI, cac_muc

_DAI = {"rows": 3}
_NHAN_TEP = f"application/pdf,{MIME}"
_LIEN_KET = {"invalid": "Dán nguyên liên kết, bắt đầu bằng https://"}


class MoDotForm(forms.Form):
    """A round to open: by which set, for which period, until when."""

    bo = forms.ModelChoiceField(BoTieuChi.objects.none(), label="Bộ tiêu chí", empty_label=None)
    ky = forms.ChoiceField(label="Kỳ chấm")
    ten = forms.CharField(
        label="Tên đợt", max_length=160, required=False, help_text="Để trống thì tự đặt theo kỳ."
    )
    han_tu_cham = forms.DateField(
        label="Tự chấm đến hết ngày", widget=forms.DateInput(attrs={"class": "w-ngay"})
    )
    han_tham_dinh = forms.DateField(
        label="Thẩm định đến hết ngày", widget=forms.DateInput(attrs={"class": "w-ngay"})
    )

    def __init__(self, *args, don_vi, **kwargs):
        super().__init__(*args, **kwargs)
        usable = BoTieuChi.objects.dung_cho(don_vi)
        days = {KyBaoCao.parse(code).end for code, _ in _cac_ky()}
        rows = reduce(or_, (usable.hieu_luc(day) for day in days))
        if don_vi.is_co_so:
            rows = rows.filter(doi_tuong=DotCham.DoiTuong.CHI_DOAN)
        self.fields["bo"].queryset = rows.select_related("don_vi")
        self.fields["bo"].label_from_instance = _ten_bo
        self.fields["ky"].choices = _cac_ky()
        self.initial.setdefault("han_tu_cham", ngay(today() + timedelta(days=10)))
        self.initial.setdefault("han_tham_dinh", ngay(today() + timedelta(days=20)))

    def clean_ky(self):
        return KyBaoCao.parse(self.cleaned_data["ky"])


def _ten_bo(bo: BoTieuChi) -> str:
    return f"{bo} ({bo.get_doi_tuong_display()}; {bo.can_cu})"


def _cac_ky() -> list[tuple[str, str]]:
    """This year, its quarters that have begun, the last of the year before, and that year."""
    year = KyBaoCao.year_of(today())
    quarters = [KyBaoCao(year.nam, quy=quy) for quy in (4, 3, 2, 1)]
    begun = [ky for ky in quarters if ky.start <= today()]
    before = (KyBaoCao(year.nam - 1, quy=4), year.previous)
    return [(ky.code, capfirst(ky.ten)) for ky in (year, *begun, *before)]


class HanForm(forms.Form):
    """Other due days for an unfinished round."""

    han_tu_cham = forms.DateField(
        label="Tự chấm đến hết ngày", widget=forms.DateInput(attrs={"class": "w-ngay"})
    )
    han_tham_dinh = forms.DateField(
        label="Thẩm định đến hết ngày", widget=forms.DateInput(attrs={"class": "w-ngay"})
    )


class BuocForm(forms.Form):
    """A step; with words where it needs them."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    loi = forms.CharField(label="Lý do", widget=forms.Textarea(attrs=_DAI), max_length=500)

    def __init__(self, *args, can_loi: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not can_loi:
            del self.fields["loi"]


class DiemForm(forms.Form):
    """Points or a level of one criterion, with a sentence."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    loi = forms.CharField(max_length=500, required=False)

    def __init__(self, *args, bo: BoLuat, luat: LuatTieuChi, buoc: str, nhan: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.buoc = buoc
        self.fields["loi"].label = nhan
        value = o_gia_tri(bo, luat)
        self.fields = {"version": self.fields["version"], **value, "loi": self.fields["loi"]}

    @property
    def gia_tri(self) -> dict:
        return {"diem": self.cleaned_data.get("diem"), "muc": self.cleaned_data.get("muc", "")}

    def stored(self, diem: DiemTieuChi, name: str):
        """What somebody else has written meanwhile."""
        points, level = diem.cap(self.buoc)
        return {"diem": points, "muc": level, "loi": getattr(diem, COT_LOI[self.buoc])}[name]


def o_gia_tri(bo: BoLuat, luat: LuatTieuChi, *, required: bool = True) -> dict[str, forms.Field]:
    """The box for points, or the choice of a level."""
    if not bo.is_diem:
        choices = [("", "Chọn mức"), *cac_muc(bo, luat)]
        return {"muc": forms.ChoiceField(label="Mức", choices=choices, required=required)}
    least, most = luat.diem_toi_thieu, luat.diem_toi_da
    return {
        "diem": forms.DecimalField(
            label="Điểm",
            max_digits=7,
            decimal_places=2,
            localize=True,
            required=required,
            help_text=f"Từ {show(least.normalize() + 0)} đến {show(most.normalize() + 0)}.",
            widget=forms.TextInput(attrs={"class": "w-so", "inputmode": "decimal"}),
        )
    }


class MinhChungForm(forms.Form):
    """Evidence of one criterion: a file, a meeting, an activity, or a link; one is enough."""

    tep = forms.FileField(
        label="Ảnh hoặc tệp PDF",
        required=False,
        help_text="JPG, PNG hoặc PDF, tối đa 10 MB.",
        widget=forms.FileInput(attrs={"accept": _NHAN_TEP}),
    )
    buoi = forms.ModelChoiceField(
        BuoiSinhHoat.objects.none(), label="Buổi sinh hoạt", required=False
    )
    hoat_dong = forms.ModelChoiceField(HoatDong.objects.none(), label="Hoạt động", required=False)
    url = forms.URLField(
        label="Liên kết",
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text="Bắt đầu bằng https://",
        error_messages=_LIEN_KET,
    )

    def __init__(self, *args, dong, **kwargs):
        super().__init__(*args, **kwargs)
        ky = dong.dot.ky_bao_cao
        meetings = BuoiSinhHoat.objects.under(dong.don_vi).da_hop()
        meetings = meetings.filter(ngay__range=(ky.start, ky.end)).order_by("-ngay")
        things = HoatDong.objects.under(dong.don_vi)
        things = things.filter(tu_ngay__lte=ky.end, den_ngay__gte=ky.start).order_by("-tu_ngay")
        self.fields["buoi"].queryset = meetings.select_related("chi_doan")
        self.fields["hoat_dong"].queryset = things.select_related("don_vi")

    def clean(self):
        data = super().clean()
        given = [name for name in ("tep", "buoi", "hoat_dong", "url") if data.get(name)]
        if not self.errors and not given:
            raise forms.ValidationError(
                "Chọn một minh chứng: tệp, buổi sinh hoạt, hoạt động hoặc liên kết."
            )
        if not self.errors and len(given) > 1:
            raise forms.ValidationError(
                "Mỗi lần thêm một minh chứng: giữ một ô, bỏ trống các ô kia rồi thêm tiếp lần sau."
            )
        return data


class YKienForm(forms.Form):
    """An objection to a criterion or to the whole."""

    ma = forms.ChoiceField(label="Về tiêu chí", required=False)
    noi_dung = forms.CharField(
        label="Ý kiến", widget=forms.Textarea(attrs={"rows": 4}), max_length=1000
    )
    tep = forms.FileField(
        label="Minh chứng",
        required=False,
        help_text="JPG, PNG hoặc PDF, tối đa 10 MB.",
        widget=forms.FileInput(attrs={"accept": _NHAN_TEP}),
    )
    lien_ket = forms.URLField(
        label="Liên kết minh chứng",
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages=_LIEN_KET,
    )

    def __init__(self, *args, bo: BoLuat, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ma"].choices = [
            ("", "Toàn bộ kết quả"),
            *((luat.ma, luat.ten) for luat in bo.la),
        ]


class TraLoiForm(forms.Form):
    """The answer to an objection."""

    ket_qua = forms.ChoiceField(
        label="Kết quả",
        choices=YKien.KetQua.choices[1:],
        widget=forms.RadioSelect,
    )
    loi = forms.CharField(
        label="Trả lời đơn vị", widget=forms.Textarea(attrs={"rows": 4}), max_length=1000
    )

    def __init__(self, *args, bo: BoLuat, ma: str, **kwargs):
        super().__init__(*args, **kwargs)
        if not ma:
            choices = [("", "Chọn tiêu chí"), *((luat.ma, luat.ten) for luat in bo.la)]
            self.fields["ma"] = forms.ChoiceField(
                label="Tiêu chí được sửa điểm", choices=choices, required=False
            )
        self.fields |= _o_moi(bo, ma)


def _o_moi(bo: BoLuat, ma: str) -> dict[str, forms.Field]:
    """The new value, asked when the objection is upheld."""
    if bo.is_diem:
        field = forms.DecimalField(
            label="Điểm mới, nếu chấp nhận",
            max_digits=7,
            decimal_places=2,
            localize=True,
            required=False,
            widget=forms.TextInput(attrs={"class": "w-so", "inputmode": "decimal"}),
        )
        return {"diem": field}
    levels = cac_muc(bo, bo.lay(ma)) if ma else [(muc, bo.ten_muc(muc)) for muc in bo.cac_muc]
    choices = [("", "Chọn mức"), *levels]
    label = "Mức mới, nếu chấp nhận"
    return {"muc": forms.ChoiceField(label=label, choices=choices, required=False)}


class KiemPhieuForm(forms.Form):
    """The tally of a secret vote."""

    ngay = forms.DateField(label="Ngày bỏ phiếu", widget=forms.DateInput(attrs={"class": "w-ngay"}))
    tong_so = forms.IntegerField(
        label="Số người được bỏ phiếu", min_value=1, widget=forms.TextInput(attrs={"class": "w-so"})
    )
    co_mat = forms.IntegerField(
        label="Số người có mặt", min_value=1, widget=forms.TextInput(attrs={"class": "w-so"})
    )

    def __init__(self, *args, bo: BoLuat, **kwargs):
        super().__init__(*args, **kwargs)
        self.cac_muc = bo.cac_muc
        for muc in bo.cac_muc:
            self.fields[f"phieu_{muc}"] = _o_phieu(bo.ten_muc(muc))
        self.fields["hong"] = _o_phieu("Không hợp lệ")

    @property
    def phieu(self) -> dict[str, int]:
        return {muc: self.cleaned_data[f"phieu_{muc}"] or 0 for muc in self.cac_muc}


def _o_phieu(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        required=False,
        widget=forms.TextInput(attrs={"class": "w-so", "inputmode": "numeric"}),
    )
