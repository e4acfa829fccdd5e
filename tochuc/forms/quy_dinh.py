from django import forms

from core.periods import today
from tochuc.gia_tri import lua_chon_bang_chu
from tochuc.models import DonVi
from tochuc.permissions import Quyen

from .don_vi import DonViChoiceField

HELP = {
    "so_nguyen": "Số nguyên, ví dụ 30.",
    "ty_le": "Một phân số, ví dụ 2/3.",
    "chu": "",
}


class QuyDinhForm(forms.Form):
    gia_tri = forms.CharField(label="Giá trị", max_length=60)
    tu_ngay = forms.DateField(label="Áp dụng từ ngày", help_text="Ví dụ 05/02/2026.")
    don_vi = DonViChoiceField(
        label="Áp dụng cho",
        queryset=DonVi.objects.none(),
        help_text="Đơn vị này và mọi đơn vị bên dưới.",
    )
    can_cu = forms.CharField(
        label="Căn cứ", max_length=200, help_text="Số, ngày và nơi ban hành văn bản."
    )

    def __init__(self, *args, khoa, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = DonVi.objects.permitted_to(user, Quyen.SUA_QUY_DINH).tren_chi_doan()
        self.fields["don_vi"].queryset = units
        self.fields["don_vi"].initial = units.first()
        self.fields["tu_ngay"].initial = today()
        if khoa.lua_chon:
            choices = lua_chon_bang_chu(khoa)
            self.fields["gia_tri"] = forms.ChoiceField(
                label="Giá trị", choices=choices, widget=forms.RadioSelect
            )
        else:
            self.fields["gia_tri"].label = _label(khoa)
            self.fields["gia_tri"].help_text = HELP[khoa.kieu]


def _label(khoa):
    return f"Giá trị ({khoa.don_vi_tinh})" if khoa.don_vi_tinh else "Giá trị"
