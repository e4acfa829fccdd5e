from django import forms

from tudưong.models import HoSo, LeTrao
from tudưong.services.le_trao import cho_trao

from .chung import NgayField


class LeTraoForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    ngay = NgayField("Ngày trao", help_text="Ví dụ 03/02/2027.")

    class Meta:
        model = LeTrao
        fields = ["ten", "ngay", "dia_diem"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.fields["ten"].help_text = "Ví dụ Lễ trao danh sách đoàn viên ưu tú dịp 3/2."


class _HoSoField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, ho_so):
        return (
            f"{ho_so.doan_vien.ho_ten}, {ho_so.chi_doan}, {ho_so.ten_chi_bo or 'chưa ghi chi bộ'}"
        )


class ChonHoSoForm(forms.Form):
    ho_so = _HoSoField(
        label="Hồ sơ đã có nghị quyết, chờ gửi cấp ủy",
        queryset=HoSo.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, le_trao, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ho_so"].queryset = cho_trao(le_trao)
        self.fields["ho_so"].initial = list(le_trao.dong.values_list("ho_so_id", flat=True))
        if not self.fields["ho_so"].queryset:
            self.fields[
                "ho_so"
            ].help_text = "Chưa có hồ sơ nào. Hồ sơ vào đây khi Ban Chấp hành đã ra nghị quyết."
