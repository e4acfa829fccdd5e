"""Forms of a transfer: the request, each signature, a refusal, the sending again."""

import re
from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Field, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from core.periods import today
from doanvien.forms import ThemDoanVienForm, chi_doan_to_edit
from doanvien.ly_lich import SECTIONS, field_names
from doanvien.models import ChuyenSinhHoat, DoanVien, NhanXetCuTru
from tochuc.forms.don_vi import DonViChoiceField
from tochuc.loc import NhieuField
from tochuc.models import DonVi, KhoiChiDoan
from tochuc.models.don_vi import goi_ten

from .doan_phi import DoanPhiKhiChuyen
from .khach import GiayDen
from .services import NoiDen

TRONG_PHUONG, CO_SO_KHAC, NOI_KHAC = "trong", "co_so", "noi_khac"
NOI = [
    (TRONG_PHUONG, "Chi đoàn khác cùng Đoàn cơ sở"),
    (CO_SO_KHAC, "Đoàn cơ sở khác có trong danh sách"),
    (NOI_KHAC, "Nơi khác, không có trong danh sách"),
]

CAN_CHO_NOI = {TRONG_PHUONG: "chi_doan_den", CO_SO_KHAC: "phuong_den", NOI_KHAC: "noi_den"}
"""The box that must be filled in for each choice."""


class ThangField(forms.CharField):
    """A month typed as mm/yyyy; its first day."""

    default_error = "Ghi tháng và năm, ví dụ 10/2026."

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "w-ngay", "maxlength": 7}))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return f"{value:%m/%Y}" if isinstance(value, date) else value

    def to_python(self, value):
        if isinstance(value, date):  # of a field that nobody may change
            return value
        text = super().to_python(value)
        if not text:
            return None
        match = re.fullmatch(r"(0?[1-9]|1[0-2])[/-](\d{4})", text)
        if not match or not 1931 <= int(match[2]) <= 2100:
            raise ValidationError(self.default_error)
        return date(int(match[2]), int(match[1]), 1)


class CoSoField(forms.ModelChoiceField):
    """Every Đoàn cơ sở there is, each with the unit above it: one may move anywhere."""

    def label_from_instance(self, obj):
        above = f" – {goi_ten(obj.cap_tren_loai, obj.cap_tren_ten)}" if obj.cap_tren_ten else ""
        return f"{obj.ten_day_du}{above}"


class ChiDoanField(forms.ModelChoiceField):
    """The branches of one Đoàn cơ sở, which all stand on one level."""

    def label_from_instance(self, obj):
        return obj.ten_day_du


class NoiDenForm(forms.Form):
    """Where somebody goes; shared by the request, the batch and the sending again."""

    noi = forms.ChoiceField(label="Chuyển đến", choices=NOI, widget=forms.RadioSelect)
    chi_doan_den = ChiDoanField(
        label="Chi đoàn",
        queryset=DonVi.objects.none(),
        empty_label="Chọn chi đoàn",
        required=False,
    )
    phuong_den = CoSoField(
        label="Đoàn cơ sở",
        queryset=DonVi.objects.none(),
        empty_label="Chọn Đoàn cơ sở",
        required=False,
    )
    noi_den = forms.CharField(
        label="Đoàn cơ sở",
        max_length=110,
        required=False,
        help_text="Ví dụ: Đoàn phường Hòa An, thành phố Cần Thơ.",
    )
    ten_chi_doan_den = forms.CharField(label="Chi đoàn, nếu biết", max_length=120, required=False)

    def __init__(self, *args, chi_doan_di, **kwargs):
        super().__init__(*args, **kwargs)
        day = today()
        phuong = chi_doan_di.cap_tren
        self.phuong = phuong
        self.fields["noi"].initial = TRONG_PHUONG
        self.fields["chi_doan_den"].queryset = branches_of(phuong).exclude(pk=chi_doan_di.pk)
        others = DonVi.objects.co_so().dang_hoat_dong(day).with_ten_tai(day)
        self.fields["phuong_den"].queryset = others.exclude(pk=phuong.pk)
        self.fields["ngay"].initial = day
        for name in CAN_CHO_NOI.values():
            self.fields[name].can_khi_chon = True

    def clean(self):
        data = super().clean()
        name = CAN_CHO_NOI.get(data.get("noi"))
        if name and name not in self.errors and not data.get(name):
            self.add_error(name, f"{'Ghi' if name == 'noi_den' else 'Chọn'} nơi đến.")
        return data

    def clean_ngay(self):
        day = self.cleaned_data["ngay"]
        if day > today():
            raise ValidationError(f"Ngày {day:%d/%m/%Y} ở sau hôm nay. Xem lại ngày.")
        return day

    def build_noi_den(self) -> NoiDen:
        """What was chosen; what stands in the boxes of another choice is left alone."""
        data = self.cleaned_data
        if data["noi"] == TRONG_PHUONG:
            return NoiDen(phuong=self.phuong, chi_doan=data["chi_doan_den"])
        if data["noi"] == CO_SO_KHAC:
            return NoiDen(phuong=data["phuong_den"], ten_chi_doan=data["ten_chi_doan_den"])
        return NoiDen(ten_phuong=data["noi_den"], ten_chi_doan=data["ten_chi_doan_den"])

    @staticmethod
    def noi_den_layout():
        return (
            "noi",
            Div("chi_doan_den", css_class="only-trong"),
            Div("phuong_den", css_class="only-co-so"),
            Div("noi_den", css_class="only-noi-khac"),
            Div("ten_chi_doan_den", css_class="only-ngoai"),
        )


class ChuyenForm(NoiDenForm):
    loai = forms.ChoiceField(
        label="Hình thức",
        choices=ChuyenSinhHoat.Loai,
        widget=forms.RadioSelect,
        initial=ChuyenSinhHoat.Loai.CHINH_THUC,
    )
    ngay = forms.DateField(label="Ngày đề nghị")
    den_ngay = forms.DateField(
        label="Đến hết ngày",
        required=False,
        help_text="Cần với sinh hoạt tạm thời. Gia hạn được sau này.",
    )
    ly_do = forms.CharField(
        label="Lý do", max_length=200, required=False, help_text="Ví dụ: đổi nơi ở, đi học."
    )
    nhan_xet = forms.CharField(
        label="Nhận xét của chi đoàn",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Như ghi trong sổ đoàn viên: ưu điểm, khuyết điểm.",
    )
    dong_phi_den = ThangField(
        label="Đã đóng đoàn phí hết tháng", required=False, help_text="Ví dụ 10/2026."
    )
    ly_do_no = forms.CharField(label="Nếu chưa đóng đủ, ghi lý do", max_length=200, required=False)

    def __init__(self, *args, doan_phi: DoanPhiKhiChuyen, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["den_ngay"].can_khi_chon = True
        show_book(self, doan_phi)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def _layout(self):
        return Layout(
            Fieldset("Cách chuyển", "loai", css_class="section"),
            Fieldset("Nơi đến", *self.noi_den_layout(), css_class="section"),
            Fieldset(
                "Thời gian, lý do",
                Row(Column("ngay"), Column(Field("den_ngay"), css_class="only-co-han")),
                "ly_do",
                *(["nhan_xet"] if "nhan_xet" in self.fields else []),
                css_class="section",
            ),
            Fieldset("Đoàn phí", "dong_phi_den", "ly_do_no", css_class="section only-chinh-thuc"),
        )

    def build(self) -> dict:
        """The arguments of the service."""
        names = (
            "loai",
            "ngay",
            "den_ngay",
            "ly_do",
            "nhan_xet",
            "dong_phi_den",
            "ly_do_no",
        )
        known = {name: self.cleaned_data[name] for name in names if name in self.fields}
        return known | {"noi_den": self.build_noi_den()}


class NguoiField(NhieuField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj):
        return f"{obj.ho_ten}, sinh {obj.ngay_sinh.year}"


class ChuyenNhieuForm(ChuyenForm):
    """Many members of one branch, one destination and one day."""

    doan_vien = NguoiField(label="Đoàn viên", queryset=DoanVien.objects.none())

    def __init__(self, *args, chi_doan_di, **kwargs):
        kwargs["doan_phi"] = DoanPhiKhiChuyen()
        super().__init__(*args, chi_doan_di=chi_doan_di, **kwargs)
        self.fields[
            "dong_phi_den"
        ].help_text = "Chi đoàn có sổ thu đoàn phí thì để trống: lấy theo sổ của từng đồng chí."
        self.fields["doan_vien"].queryset = DoanVien.objects.chua_chuyen(chi_doan_di)
        del self.fields["nhan_xet"]
        people = Fieldset("Ai chuyển", "doan_vien", css_class="section")
        self.helper.layout = Layout(people, *self._layout())

    def build(self) -> dict:
        return super().build() | {"doan_vien": self.cleaned_data["doan_vien"]}


class BuocForm(forms.Form):
    """A step: its day, and the state of the transfer that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    ngay = forms.DateField(label="Ngày")

    def __init__(self, *args, chuyen, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = chuyen.version
        self.fields["ngay"].initial = today()


class KyForm(BuocForm):
    """A ward's signature; the branch is asked for where the ward chooses it."""

    chi_doan_den = ChiDoanField(
        label="Chi đoàn tiếp nhận", queryset=DonVi.objects.none(), empty_label="Chọn chi đoàn"
    )

    def __init__(self, *args, chuyen, **kwargs):
        super().__init__(*args, chuyen=chuyen, **kwargs)
        if chuyen.phuong_den is None or not (chuyen.is_noi_bo or chuyen.ngay_gioi_thieu):
            del self.fields["chi_doan_den"]
            return
        field = self.fields["chi_doan_den"]
        field.queryset = branches_of(chuyen.phuong_den).exclude(pk=chuyen.chi_doan_di_id)
        if chuyen.loai == ChuyenSinhHoat.Loai.NOI_CU_TRU:
            field.queryset = field.queryset.filter(khoi=KhoiChiDoan.DAN_CU)
            field.help_text = "Chỉ chi đoàn địa bàn dân cư nhận đoàn viên nơi cư trú."
        field.initial = chuyen.chi_doan_den_id
        if chuyen.ten_chi_doan_den:
            field.help_text = f"Giấy ghi: {chuyen.ten_chi_doan_den}."
        self.order_fields(["version", "chi_doan_den", "ngay"])


class LyDoForm(BuocForm):
    ly_do = forms.CharField(label="Lý do", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    field_order = ("version", "ly_do", "ngay")


class GuiLaiForm(NoiDenForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    ngay = forms.DateField(label="Ngày gửi lại")
    ly_do = forms.CharField(label="Đã sửa những gì", max_length=300, required=False)
    dong_phi_den = ThangField(
        label="Đã đóng đoàn phí hết tháng", required=False, help_text="Ví dụ 10/2026."
    )
    ly_do_no = forms.CharField(label="Nếu chưa đóng đủ, ghi lý do", max_length=200, required=False)

    def __init__(self, *args, chuyen, doan_phi: DoanPhiKhiChuyen, **kwargs):
        super().__init__(*args, chi_doan_di=chuyen.chi_doan_di, **kwargs)
        self.fields["version"].initial = chuyen.version
        for name in ("chi_doan_den", "phuong_den"):
            self.fields[name].initial = getattr(chuyen, f"{name}_id")
        for name in ("noi_den", "ten_chi_doan_den", "dong_phi_den", "ly_do_no"):
            self.fields[name].initial = getattr(chuyen, name)
        show_book(self, doan_phi)
        self.fields["noi"].initial = noi_of(chuyen)
        sections = [Fieldset("Nơi đến", *self.noi_den_layout(), css_class="section")]
        if chuyen.loai == ChuyenSinhHoat.Loai.CHINH_THUC:
            dues = Fieldset("Đoàn phí", "dong_phi_den", "ly_do_no", css_class="section")
            sections.append(dues)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "version",
            *sections,
            Fieldset("Gửi lại", "ngay", "ly_do", css_class="section"),
        )

    def build(self) -> dict:
        names = ("version", "ngay", "ly_do", "dong_phi_den", "ly_do_no")
        return {name: self.cleaned_data[name] for name in names} | {"noi_den": self.build_noi_den()}


def show_book(form: forms.Form, doan_phi: DoanPhiKhiChuyen) -> None:
    """Where the branch keeps its book of dues, the book says the month; nobody types it."""
    field = form.fields["dong_phi_den"]
    field.can_khi_chon = True
    if doan_phi.co_so:
        field.disabled, field.initial = True, doan_phi.dong_den
        field.help_text = "Theo sổ thu của chi đoàn."


def branches_of(phuong: DonVi):
    return DonVi.objects.under(phuong).chi_doan().dang_hoat_dong(today())


def noi_of(chuyen: ChuyenSinhHoat) -> str:
    if chuyen.is_ra_ngoai:
        return NOI_KHAC
    return TRONG_PHUONG if chuyen.is_noi_bo else CO_SO_KHAC


class GiayDenFields(forms.Form):
    """The slip that somebody brings from outside."""

    noi_di = forms.CharField(
        label="Nơi giới thiệu đến",
        max_length=200,
        help_text="Ví dụ: Chi đoàn Khu phố 3, Đoàn phường Hòa An, thành phố Cần Thơ.",
    )
    so_giay = forms.CharField(label="Số giấy giới thiệu", max_length=40, required=False)
    ngay_giay = forms.DateField(label="Ngày giấy giới thiệu", required=False)
    dong_phi_den = ThangField(
        label="Đã đóng đoàn phí hết tháng", required=False, help_text="Ví dụ 10/2026."
    )

    GIAY = ("noi_di", ("so_giay", "ngay_giay"), "dong_phi_den")

    def build_giay(self) -> GiayDen:
        names = ("noi_di", "so_giay", "ngay_giay", "dong_phi_den")
        return GiayDen(**{name: self.cleaned_data[name] for name in names})


class TimNguoiForm(forms.Form):
    """Whom to look for before somebody is entered anew."""

    ho_ten = forms.CharField(
        label="Họ và tên",
        max_length=120,
        widget=forms.TextInput(attrs={"autocapitalize": "words", "spellcheck": "false"}),
    )
    ngay_sinh = forms.DateField(label="Ngày sinh")


class TuNgoaiForm(GiayDenFields, ThemDoanVienForm):
    """A new person with the slip he brings."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["ly_do"]
        slip = ("Giấy giới thiệu", self.GIAY)
        first = ("Chi đoàn", (("chi_doan", "tu_ngay"),))
        self.helper.layout = Layout(*self._fieldsets((slip, first, *SECTIONS)))


class NhanLaiForm(GiayDenFields):
    """Somebody of the register who comes back."""

    chi_doan = DonViChoiceField(
        label="Chi đoàn", queryset=DonVi.objects.none(), empty_label="Chọn chi đoàn"
    )
    tu_ngay = forms.DateField(label="Sinh hoạt từ ngày")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chi_doan"].queryset = chi_doan_to_edit(user)
        self.fields["tu_ngay"].initial = today()


class NguoiCuTruForm(ThemDoanVienForm):
    """A participant whose official branch is outside the system: who he is and how to reach him.

    The rest of his record is kept where he is a member.
    """

    SECTIONS = (
        ("Nơi cư trú", ("don_vi_goc", "chi_doan", ("tu_ngay", "den_ngay"))),
        ("Họ tên", ("ho_ten", "gioi_tinh", ("ngay_sinh", "ngay_vao_doan"))),
        ("Liên hệ", ("cccd", "dien_thoai", "noi_o", ("nghe_nghiep", "noi_cong_tac"))),
    )

    don_vi_goc = forms.CharField(
        label="Chi đoàn chính thức",
        max_length=200,
        help_text="Ví dụ: Chi đoàn Trường THPT Vị Thanh.",
    )
    den_ngay = forms.DateField(label="Đến hết ngày", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        residential = self.fields["chi_doan"].queryset.filter(khoi=KhoiChiDoan.DAN_CU)
        self.fields["chi_doan"].queryset = residential
        self.fields["chi_doan"].label = "Chi đoàn nơi cư trú"
        self.fields["tu_ngay"].label = "Tham gia từ ngày"
        asked = {name for _, rows in self.SECTIONS for name in field_names(rows)}
        for name in set(self.fields) - asked:
            del self.fields[name]
        self.helper.layout = Layout(*self._fieldsets(self.SECTIONS))

    def build(self):
        self.cleaned_data["nguoi_gioi_thieu"] = None
        doan_vien = super().build()
        doan_vien.don_vi_goc = self.cleaned_data["don_vi_goc"]
        return doan_vien


class HanForm(forms.Form):
    den_ngay = forms.DateField(
        label="Đến hết ngày",
        help_text="Ngày sau hạn cũ là gia hạn; ngày trước hạn là kết thúc sớm.",
    )


class NhanXetCuTruForm(forms.Form):
    nam = forms.IntegerField(label="Năm", widget=forms.TextInput(attrs={"class": "w-nam"}))
    muc = forms.ChoiceField(
        label="Mức tham gia", choices=NhanXetCuTru.Muc, widget=forms.RadioSelect
    )
    nhan_xet = forms.CharField(
        label="Nhận xét", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
