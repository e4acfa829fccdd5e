from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from core.errors import RuleError
from core.periods import check_year, today
from doanvien.models import DotXepLoai, PhieuXepLoai
from tochuc.loc import NhieuField

from .quyet_dinh import PhieuBch
from .services import check_nghi

MAX_PHIEU = 999


class NgayField(forms.DateField):
    """A typed day with its example."""

    def __init__(self, label, **kwargs):
        kwargs.setdefault("help_text", "Ví dụ 15/11/2026.")
        super().__init__(
            label=label,
            validators=[check_year],
            widget=forms.DateInput(attrs={"class": "w-ngay", "inputmode": "numeric"}),
            **kwargs,
        )


class SoPhieuField(forms.IntegerField):
    """A number of people or ballots."""

    def __init__(self, label, **kwargs):
        widget = forms.TextInput(attrs={"class": "w-so", "inputmode": "numeric"})
        kwargs = {"min_value": 0, "max_value": MAX_PHIEU, "widget": widget, **kwargs}
        super().__init__(label=label, **kwargs)


class MoDotForm(forms.Form):
    nam = forms.IntegerField(
        label="Xếp loại năm",
        validators=[MinValueValidator(2019), MaxValueValidator(2100)],
        error_messages={"invalid": "Ghi năm bằng bốn chữ số, ví dụ 2026."},
        widget=forms.TextInput(attrs={"class": "w-nam", "inputmode": "numeric"}),
    )
    ngay_hop = NgayField(
        "Ngày hội nghị chi đoàn",
        help_text="Danh sách xếp loại lấy theo ngày này; đổi được sau.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nam"].initial = today().year
        self.fields["ngay_hop"].initial = today()


class NgayHopForm(forms.Form):
    ngay_hop = NgayField("Ngày hội nghị chi đoàn")


class PhieuForm(forms.ModelForm):
    """One member's sheet. `hoi_cu_tru` and `is_moi` show what concerns him alone."""

    nghi_tu = NgayField("Nghỉ từ ngày", required=False)
    nghi_den = NgayField("Đến hết ngày", required=False)

    class Meta:
        model = PhieuXepLoai
        fields = [
            "tu_xep",
            "tu_nhan_xet",
            "uu_diem",
            "khuyet_diem",
            "nhiem_vu",
            "nguoi_nhan_xet",
            "noi_cu_tru",
            "nghi_vi",
            "nghi_tu",
            "nghi_den",
            "don_vi_cu",
            "muc_don_vi_cu",
            "nhan_xet_don_vi_cu",
        ]
        widgets = {
            name: forms.Textarea(attrs={"rows": 2})
            for name in ("tu_nhan_xet", "uu_diem", "khuyet_diem", "nhan_xet_don_vi_cu")
        }
        help_texts = {
            "nghi_vi": "Để trống nếu không nghỉ dài ngày. Thai sản, đi xa ngắn ngày: không tính "
            "các buổi trong thời gian nghỉ. Ốm dài ngày: không xếp tốt trở lên.",
        }

    def __init__(self, *args, hoi_cu_tru, is_moi, duoc_xep, **kwargs):
        super().__init__(*args, **kwargs)
        self.mark_required = True
        if not hoi_cu_tru:
            del self.fields["noi_cu_tru"]
        if not is_moi:
            for name in ("don_vi_cu", "muc_don_vi_cu", "nhan_xet_don_vi_cu"):
                del self.fields[name]
        if not duoc_xep and not is_moi:
            for name in ("tu_xep", "nhiem_vu", "nguoi_nhan_xet"):
                del self.fields[name]
        for name in ("tu_xep", "nhiem_vu", "noi_cu_tru", "nghi_vi", "muc_don_vi_cu"):
            if name in self.fields:
                self.fields[name].choices = [("", "Chưa ghi"), *self._choices(name)]

    def clean(self):
        """Before the constraint of the database, which cannot say which day is wrong."""
        data = super().clean()
        if not self.errors:
            try:
                check_nghi(data["nghi_vi"], data["nghi_tu"], data["nghi_den"])
            except RuleError as refusal:
                self.add_error(refusal.field, str(refusal))
        return data

    def changes(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.changed_data}

    @staticmethod
    def _choices(name):
        return PhieuXepLoai._meta.get_field(name).flatchoices


class LyDoForm(forms.Form):
    ly_do = forms.CharField(
        label="Lý do",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Chi đoàn đọc được lý do này.",
    )


class DotChoiceField(NhieuField):
    def label_from_instance(self, dot):
        return f"{dot.chi_doan.ten} ({dot.so_xep}/{dot.so_nguoi})"


class HuyForm(LyDoForm):
    lam_lai = DotChoiceField(
        label="Chi đoàn phải làm lại",
        queryset=DotXepLoai.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Các chi đoàn khác giữ kết quả đã gửi, chờ quyết định mới.",
    )

    def __init__(self, *args, dot, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lam_lai"].queryset = dot


class QuyetDinhForm(forms.Form):
    dot = DotChoiceField(
        label="Chi đoàn đã gửi kết quả",
        queryset=DotXepLoai.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Trong ngoặc: số đồng chí được xếp loại trên số đoàn viên.",
    )
    ngay_hop = NgayField("Ngày họp Ban Chấp hành Đoàn phường")
    bien_ban_so = forms.CharField(
        label="Số biên bản",
        max_length=60,
        required=False,
        help_text="Ví dụ 21-BB/ĐTN. Để trống thì in chỗ chấm.",
    )
    co_mat = SoPhieuField("Ủy viên có mặt")
    tan_thanh = SoPhieuField("Ủy viên tán thành")
    khong_tan_thanh = SoPhieuField("Ủy viên không tán thành", initial=0)
    khong_hop_le = SoPhieuField("Phiếu không hợp lệ", initial=0)
    ngay = NgayField("Ngày quyết định")
    huong_dan_so = forms.CharField(
        label="Số hướng dẫn của cấp trên",
        max_length=60,
        required=False,
        help_text="Ví dụ 10-HD/TĐTN-TCKT. Để trống thì in chỗ chấm.",
    )
    huong_dan_ngay = NgayField("Ngày hướng dẫn", required=False)

    def __init__(self, *args, dot, so_uy_vien, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dot"].queryset = dot
        self.fields["dot"].initial = [row.pk for row in dot]
        self.fields["ngay"].initial = self.fields["ngay_hop"].initial = today()
        self.fields["co_mat"].help_text = f"Tổng số {so_uy_vien} ủy viên; quá nửa phải tán thành."

    def values(self) -> dict:
        """What the service takes."""
        data = dict(self.cleaned_data)
        votes = ("co_mat", "tan_thanh", "khong_tan_thanh", "khong_hop_le")
        phieu = PhieuBch(**{name: data.pop(name) for name in votes})
        return {**data, "dot": list(data["dot"]), "phieu": phieu}
