"""Forms of initiatives."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from chidoan.models import KetQuaCamKet, MoHinh, NhatKyMoHinh
from core.periods import check_year, today
from doanvien.forms import MucGap

from .mau_cam_ket import CHUONG_TRINH
from .services import ThanhVien


class MoHinhForm(forms.ModelForm):
    """What an initiative is; the commitments are chosen when it is launched and changed later on
    their own page."""

    chuong_trinh = forms.MultipleChoiceField(
        label="Cam kết có sẵn",
        choices=[(ct.ma, ct.ten) for ct in CHUONG_TRINH.values()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Lập xong sửa được từng đầu mục ở trang Cam kết.",
    )

    class Meta:
        model = MoHinh
        fields = [
            *("ten", "loai", "boi_canh", "muc_tieu", "diem", "tu_ngay", "sinh_hoat"),
            *("noi_ra_mat", "van_ban"),
        ]
        labels = {
            "ten": "Tên mô hình",
            "loai": "Loại",
            "boi_canh": "Vì sao cần làm",
            "muc_tieu": "Mục tiêu",
            "diem": "Chi đoàn làm điểm",
            "tu_ngay": "Ngày ra mắt",
            "sinh_hoat": "Nếp làm việc",
            "noi_ra_mat": "Nơi ra mắt",
            "van_ban": "Kế hoạch, quyết định",
        }
        help_texts = {
            "boi_canh": "Tình hình, tồn tại mà mô hình nhằm giải quyết.",
            "diem": "Thêm chi đoàn khác thì bấm «Nhân rộng» ở trang mô hình.",
            "sinh_hoat": "Ví dụ: hằng quý",
            "van_ban": "Số, ngày văn bản.",
        }
        widgets = {
            "boi_canh": forms.Textarea(attrs={"rows": 4}),
            "muc_tieu": forms.Textarea(attrs={"rows": 4}),
            "loai": forms.RadioSelect,
        }

    def __init__(self, *args, chi_doan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["diem"].queryset = chi_doan
        self.fields["diem"].empty_label = "Cả Đoàn cơ sở, không chọn điểm"
        self.fields["sinh_hoat"].required = False
        extra = () if self.instance.pk else ("chuong_trinh",)
        if self.instance.pk:
            del self.fields["chuong_trinh"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            *("ten", "loai", "boi_canh", "muc_tieu", "diem", *extra),
            Row(Column("tu_ngay"), Column("sinh_hoat")),
            MucGap("Lễ ra mắt, văn bản", "noi_ra_mat", "van_ban", css_class="section"),
        )

    def clean_tu_ngay(self):
        ngay = self.cleaned_data["tu_ngay"]
        check_year(ngay)
        return ngay


class ThanhVienForm(forms.Form):
    ho_ten = forms.CharField(
        label="Họ và tên",
        max_length=120,
        required=False,
        widget=forms.TextInput(
            attrs={"autocapitalize": "words", "spellcheck": "false", "list": "goi-y-to"}
        ),
    )
    chuc_vu = forms.CharField(label="Chức vụ", max_length=120, required=False)
    nhiem_vu = forms.CharField(label="Trách nhiệm", max_length=300, required=False)
    la_to_truong = forms.BooleanField(label="Tổ trưởng", required=False)
    mark_required = True

    def clean(self):
        data = super().clean()
        if not data.get("ho_ten") and (data.get("nhiem_vu") or data.get("la_to_truong")):
            self.add_error("ho_ten", "Ghi họ và tên.")
        return data


class BaseThanhVienFormSet(forms.BaseFormSet):
    @property
    def thanh_vien(self) -> list[ThanhVien]:
        rows = (form.cleaned_data for form in self)
        return [ThanhVien(**row) for row in rows if row.get("ho_ten")]


ThanhVienFormSet = forms.formset_factory(
    ThanhVienForm, formset=BaseThanhVienFormSet, extra=3, max_num=30, absolute_max=30
)


class KetLuanForm(forms.Form):
    ket_luan = forms.ChoiceField(
        label="Kết luận", choices=MoHinh.KetLuan.choices, widget=forms.RadioSelect
    )
    ngay = forms.DateField(label="Ngày kết luận", initial=today)
    ly_do = forms.CharField(
        label="Lý do, căn cứ",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Số liệu trước và sau, ý kiến của chi đoàn làm điểm, của cấp ủy.",
    )


class NhomForm(forms.Form):
    """A group of commitments with its checks, one field each and some empty ones."""

    ten = forms.CharField(label="Tên nhóm", max_length=200)
    DONG_MOI = 3

    def __init__(self, *args, muc=(), is_dem: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.muc = [] if is_dem else [*((row.pk, row.noi_dung) for row in muc)]
        fresh = 0 if is_dem else max(self.DONG_MOI, 4 - len(self.muc))
        self.names = [(pk, f"muc_{pk}", text) for pk, text in self.muc]
        self.names += [(None, f"moi_{so}", "") for so in range(fresh)]
        for so, (pk, name, text) in enumerate(self.names, 1):
            self.fields[name] = forms.CharField(
                label=f"Đầu mục {so}" if pk else "Đầu mục mới",
                max_length=300,
                required=False,
                initial=text,
            )

    def cac_muc(self) -> list[tuple[int | None, str]]:
        return [(pk, self.cleaned_data[name]) for pk, name, _ in self.names]


class TichForm(forms.Form):
    """The ticks of a quarter: read by the keys of the checks that were shown."""

    MUC_DO = KetQuaCamKet.MucDo

    def __init__(self, data=None, *, keys=(), **kwargs):
        super().__init__(data, **kwargs)
        for pk in keys:
            self.fields[f"m-{pk}"] = forms.ChoiceField(
                choices=[("", ""), *self.MUC_DO.choices], required=False
            )
            self.fields[f"g-{pk}"] = forms.CharField(max_length=300, required=False)
        self.keys = keys

    def ket_qua(self) -> dict[int, tuple[str, str]]:
        data = self.cleaned_data
        return {pk: (data[f"m-{pk}"], data[f"g-{pk}"]) for pk in self.keys}


class NhatKyForm(forms.ModelForm):
    """A line of the log: a minute on a phone."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = NhatKyMoHinh
        fields = ["viec", "ngay", "nguoi_lam", "ket_qua"]
        labels = {"viec": "Việc đã làm", "nguoi_lam": "Ai làm", "ket_qua": "Kết quả"}
        widgets = {"ket_qua": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"viec": "Ví dụ: Thăm gia đình 3 đoàn viên mới"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version if self.instance.pk else 0
        if not self.instance.pk:
            self.initial.setdefault("ngay", today())

    def clean_version(self):
        return self.cleaned_data["version"] or 0


class NhanRongForm(forms.Form):
    """To which branch of one's own ward an initiative is taken, and from when."""

    diem = forms.ModelChoiceField(
        label="Chi đoàn thực hiện", queryset=None, empty_label="Chọn chi đoàn"
    )
    tu_ngay = forms.DateField(label="Ngày bắt đầu", initial=today)
    giu_to = forms.BooleanField(label="Giữ nguyên tổ thực hiện", required=False, initial=True)

    def __init__(self, *args, chi_doan, cung_don_vi: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["diem"].queryset = chi_doan
        if not cung_don_vi:
            del self.fields["giu_to"]

    def clean_tu_ngay(self):
        ngay = self.cleaned_data["tu_ngay"]
        check_year(ngay)
        return ngay


class DeNghiForm(forms.Form):
    """Which wards an office offers an initiative to."""

    don_vi = forms.ModelMultipleChoiceField(
        label="Đơn vị",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một đơn vị."},
    )
    loi_nhan = forms.CharField(
        label="Lời nhắn",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Vì sao nên làm, kết quả nơi làm điểm.",
    )

    def __init__(self, *args, don_vi, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["don_vi"].queryset = don_vi


class ChuaNhanForm(forms.Form):
    tra_loi = forms.CharField(
        label="Lý do chưa nhận", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
