"""Forms of advice."""

from django import forms

from chidoan.models import ThamMuu
from chidoan.truong_so import TienField
from core.periods import today
from tochuc.models import DonVi, VanBan

VI_DU_NGAY = "Ví dụ 05/02/2026."


class VanBanField(forms.ModelChoiceField):
    """Numbered papers that the unit has issued, the newest first."""

    def label_from_instance(self, obj):
        return f"{obj.so_ky_hieu} ngày {obj.ngay:%d/%m/%Y} – {obj.tieu_de}"


class ThamMuuForm(forms.ModelForm):
    ngay = forms.DateField(label="Ngày gửi", help_text=VI_DU_NGAY)
    van_ban = VanBanField(
        label="Văn bản đã ban hành ở đây",
        queryset=VanBan.objects.none(),
        required=False,
        empty_label="Không có trong sổ văn bản",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ThamMuu
        fields = ["noi_dung", "noi_nhan", "ten_noi_nhan", "ngay", "so_van_ban", "van_ban"]
        labels = {"noi_nhan": "Gửi", "ten_noi_nhan": "Tên nơi nhận"}
        help_texts = {
            "noi_dung": "Ví dụ: cấp kinh phí hoạt động hè; bố trí nhà văn hóa làm nơi sinh hoạt.",
            "ten_noi_nhan": "Ví dụ: Đảng ủy phường I. Cơ quan khác thì phải ghi.",
            "so_van_ban": "Ví dụ 12-TTr/ĐTN. Chọn văn bản bên dưới thì không cần ghi.",
        }
        widgets = {"noi_dung": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, don_vi: DonVi, **kwargs):
        super().__init__(*args, **kwargs)
        papers = VanBan.objects.cua_don_vi(don_vi)
        self.fields["van_ban"].queryset = papers
        self.fields["version"].initial = self.instance.version
        if not self.instance.pk:
            self.fields["ngay"].initial = today()

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class KetQuaForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    ket_qua = forms.ChoiceField(
        label="Kết quả", choices=ThamMuu.KetQua.choices, widget=forms.RadioSelect
    )
    ngay_tra_loi = forms.DateField(label="Ngày trả lời", required=False, help_text=VI_DU_NGAY)
    so_tra_loi = forms.CharField(label="Số văn bản trả lời", max_length=40, required=False)
    kinh_phi = TienField(label="Kinh phí được cấp (đồng)", required=False)
    chu_truong = forms.CharField(
        label="Chủ trương, điều kiện được tạo",
        max_length=300,
        required=False,
        help_text="Ví dụ: giao Đoàn phường quản lý sân thể thao khu vực 3.",
    )
    ly_do = forms.CharField(
        label="Ý kiến của nơi nhận", max_length=300, required=False, help_text="Nếu có."
    )

    def clean_version(self):
        return self.cleaned_data["version"] or 0

    def stored(self, current, name: str):
        return getattr(current, name)
