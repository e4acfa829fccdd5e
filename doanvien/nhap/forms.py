from django import forms

from core.periods import today
from tochuc.models import DonVi
from tochuc.permissions import Quyen

from .doan_cot import MUC_CHON, NGAY_SINH
from .limits import MAX_FILE_BYTES


class NhapForm(forms.Form):
    don_vi = forms.ModelChoiceField(
        queryset=DonVi.objects.none(), label="Nhập vào sổ của", empty_label="Chọn đơn vị"
    )
    tep = forms.FileField(
        label="Tệp danh sách",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": "Tệp rỗng. Chọn lại tệp danh sách."},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        own = DonVi.objects.permitted_to(user, Quyen.NHAP_DOAN_VIEN).co_so().dang_hoat_dong(today())
        self.fields["don_vi"].queryset = own
        units = list(own[:2])
        if len(units) == 1:
            self.fields["don_vi"].widget = forms.HiddenInput()
            self.initial["don_vi"] = units[0]

    def clean_tep(self):
        tep = self.cleaned_data["tep"]
        if tep.size > MAX_FILE_BYTES:
            raise forms.ValidationError(
                "Tệp nặng hơn 10 MB. Tách danh sách thành nhiều tệp nhỏ hơn."
            )
        return tep


class CotForm(forms.Form):
    """Which field each column of a foreign list is; `bang` is the list as it was guessed."""

    so_dong = forms.TypedChoiceField(
        label="Dòng tiêu đề", choices=[(1, "Một dòng"), (2, "Hai dòng")], coerce=int
    )
    ca_tep = forms.ModelChoiceField(
        label="Chi đoàn của cả tệp",
        queryset=DonVi.objects.none(),
        required=False,
        empty_label="Theo cột chi đoàn hoặc dòng mục trong tệp",
        help_text="Chọn khi tệp chỉ có một chi đoàn và không có cột chi đoàn.",
    )

    def __init__(self, *args, bang, chi_doan, **kwargs):
        super().__init__(*args, **kwargs)
        self.bang = bang
        self.fields["ca_tep"].queryset = chi_doan
        choices = [("", "Không đọc cột này"), *MUC_CHON.items()]
        for cot in bang.cot:
            self.fields[f"cot_{cot.so}"] = forms.ChoiceField(
                label=f"Cột {cot.chu}: {cot.nhan or 'không có tên'}",
                choices=choices,
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    @property
    def columns(self):
        """Each column of the list with its select."""
        return [(cot, self[f"cot_{cot.so}"]) for cot in self.bang.cot]

    def clean(self):
        data = super().clean()
        chosen: dict[str, str] = {}
        for cot in self.bang.cot:
            name = data.get(f"cot_{cot.so}")
            if name and name in chosen:
                text = f"Cột {chosen[name]} cũng là «{MUC_CHON[name]}». Chỉ giữ một cột."
                self.add_error(f"cot_{cot.so}", text)
            elif name:
                chosen[name] = cot.chu
        if "ho_ten" not in chosen:
            raise forms.ValidationError("Chọn cột nào là họ và tên.")
        if NGAY_SINH in chosen and {"ngay_sinh_nam", "ngay_sinh_nu"} & set(chosen):
            raise forms.ValidationError("Chọn một cột ngày sinh, hoặc hai cột Nam và Nữ.")
        if len({"ngay_sinh_nam", "ngay_sinh_nu"} & set(chosen)) == 1:
            raise forms.ValidationError("Chọn cả hai cột ngày sinh Nam và Nữ.")
        return data

    @property
    def cot(self) -> dict[str, int]:
        chosen = ((self.cleaned_data.get(f"cot_{cot.so}"), cot.so) for cot in self.bang.cot)
        return {name: column for name, column in chosen if name}


class XacNhanForm(forms.Form):
    """The counts that the importer saw on the button."""

    so_them = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    so_cap_nhat = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class HoanTacForm(forms.Form):
    """How many people would go, as the question said."""

    so_nguoi = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class LuaChonForm(forms.Form):
    """What becomes of a duplicate, and the view it was seen in."""

    cap_nhat = forms.BooleanField(required=False)
    xem = forms.SlugField(required=False)
    page = forms.IntegerField(required=False, min_value=1)
