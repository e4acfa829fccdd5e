from django import forms

from core.periods import today
from doanvien.forms import not_later
from doanvien.models import CanCuXoaTen, QuaTrinh

LD = QuaTrinh.LyDoKetThuc


class SoQuyetDinhField(forms.CharField):
    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"class": "w-sdt"})
        super().__init__(label="Số quyết định", max_length=40, widget=widget, **kwargs)


class GhiChuField(forms.CharField):
    def __init__(self, **kwargs):
        super().__init__(max_length=300, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)


class KetThucForm(forms.Form):
    """One way of leaving; each asks for what it needs alone. The last day is `den_ngay`."""

    ten_ngay = "Ngày kết thúc"
    is_de_nghi = False
    den_ngay = forms.DateField(label="Sinh hoạt đến hết ngày")

    def __init__(self, *args, may_decide, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["den_ngay"].initial = today()

    def clean_den_ngay(self):
        return not_later(self.cleaned_data["den_ngay"], self.ten_ngay)


class TrenGiayForm(KetThucForm):
    """Grown out by a decision on paper, written down as it is."""

    so_quyet_dinh = SoQuyetDinhField(required=False)


class TuTranForm(KetThucForm):
    ten_ngay = "Ngày mất"
    den_ngay = forms.DateField(label="Ngày mất")
    ghi_chu = GhiChuField(label="Ghi chú", required=False)


class XoaTenForm(KetThucForm):
    """Removal from the roll: the ward decides, a branch alone proposes."""

    can_cu = forms.ChoiceField(
        label="Căn cứ xóa tên", choices=CanCuXoaTen, widget=forms.RadioSelect
    )
    ghi_chu = GhiChuField(label="Ý kiến chi đoàn", help_text="Ví dụ đã gặp, đã nhắc những lần nào.")
    den_ngay = forms.DateField(label="Sinh hoạt đến hết ngày")
    so_quyet_dinh = SoQuyetDinhField()
    field_order = ["can_cu", "ghi_chu", "den_ngay", "so_quyet_dinh"]

    def __init__(self, *args, may_decide, **kwargs):
        super().__init__(*args, may_decide=may_decide, **kwargs)
        self.is_de_nghi = not may_decide
        if self.is_de_nghi:
            self.ten_ngay = self.fields["den_ngay"].label = "Ngày chi đoàn đề nghị"
            del self.fields["so_quyet_dinh"]
        else:
            self.fields["ghi_chu"].required = False


CAC_LOI = {LD.TRUONG_THANH: TrenGiayForm, LD.XOA_TEN: XoaTenForm, LD.TU_TRAN: TuTranForm}
"""The ways of leaving that are written down here, each with what it asks."""


class QuyetDinhXoaTenForm(forms.Form):
    mark_required = True
    dong_y = forms.ChoiceField(
        label="Quyết định",
        choices=[("1", "Xóa tên theo đề nghị của chi đoàn"), ("0", "Không xóa tên")],
        widget=forms.RadioSelect,
    )
    ngay = forms.DateField(label="Ngày quyết định")
    so_quyet_dinh = SoQuyetDinhField(required=False, help_text="Bắt buộc khi xóa tên.")
    tra_loi = GhiChuField(
        label="Trả lời chi đoàn", required=False, help_text="Bắt buộc khi không xóa tên."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ngay"].initial = today()

    def clean_dong_y(self):
        return self.cleaned_data["dong_y"] == "1"

    def clean_ngay(self):
        return not_later(self.cleaned_data["ngay"], "Ngày quyết định")


class SuaKetThucForm(forms.Form):
    ly_do = forms.CharField(
        label="Lý do sửa",
        max_length=200,
        help_text="Ví dụ: ghi nhầm sang đồng chí trùng tên.",
    )
