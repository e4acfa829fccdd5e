from django import forms

from chidoan.models import BaoCaoThang


class BaoCaoThangForm(forms.ModelForm):
    """What a branch says beside the figures of its month."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = BaoCaoThang
        fields = ["ngay", "danh_gia", "phuong_huong", "kien_nghi", "co_doan_phi"]
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("danh_gia", "phuong_huong", "kien_nghi")
        }
        help_texts = {
            "ngay": "Số liệu tính đến ngày này, hoặc đến hết tháng.",
            "danh_gia": "Mỗi dòng là một đoạn của báo cáo.",
            "co_doan_phi": "Chỉ ghi tổng số, không ghi tên.",
        }

    def __init__(self, *args, sees_dues: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        if not sees_dues:
            del self.fields["co_doan_phi"]

    def clean_version(self):
        return self.cleaned_data["version"] or 0


class HuyVanBanForm(forms.Form):
    ly_do = forms.CharField(
        label="Lý do hủy",
        max_length=200,
        help_text="Văn bản và số vẫn ở trong sổ, có ghi đã hủy. Lập lại sẽ lấy số mới.",
    )
