from django import forms

from core.periods import today
from doanvien.forms import not_later
from doanvien.models import CanCuXoaTen, QuaTrinh

LD = QuaTrinh.LyDoKetThuc


class KetThucSinhHoatForm(forms.Form):
    """Why and when somebody leaves; a branch alone proposes removal, which the ward decides."""

    LY_DO = (
        (LD.TRUONG_THANH, "Đã trưởng thành Đoàn theo quyết định trên giấy"),
        (LD.XOA_TEN, "Xóa tên trong danh sách đoàn viên"),
        (LD.TU_TRAN, "Từ trần"),
    )
    ly_do = forms.ChoiceField(label="Lý do", choices=LY_DO, widget=forms.RadioSelect)
    can_cu = forms.ChoiceField(
        label="Căn cứ xóa tên",
        required=False,
        choices=[("", "Không xóa tên"), *CanCuXoaTen.choices],
        help_text="Chỉ chọn khi xóa tên.",
    )
    den_ngay = forms.DateField(label="Sinh hoạt đến hết ngày")
    so_quyet_dinh = forms.CharField(
        label="Số quyết định",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "w-sdt"}),
    )
    ghi_chu = forms.CharField(
        label="Ghi chú, ý kiến chi đoàn",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, may_decide, **kwargs):
        super().__init__(*args, **kwargs)
        self.may_decide = may_decide
        self.fields["den_ngay"].initial = today()
        if not may_decide:
            labels = dict(self.LY_DO)
            labels[LD.XOA_TEN] = "Đề nghị Đoàn cơ sở xóa tên trong danh sách đoàn viên"
            self.fields["ly_do"].choices = list(labels.items())

    def clean_den_ngay(self):
        return not_later(self.cleaned_data["den_ngay"], "Ngày kết thúc")

    def clean(self):
        data = super().clean()
        if data.get("ly_do") != LD.XOA_TEN:
            data["can_cu"] = ""
            return data
        if not data.get("can_cu"):
            self.add_error("can_cu", "Chọn căn cứ xóa tên.")
        if self.may_decide and not data.get("so_quyet_dinh"):
            self.add_error("so_quyet_dinh", "Ghi số quyết định xóa tên.")
        if not self.may_decide and not data.get("ghi_chu"):
            self.add_error("ghi_chu", "Ghi ý kiến chi đoàn, ví dụ đã nhắc những lần nào.")
        return data

    @property
    def is_de_nghi(self) -> bool:
        """Whether this is a proposal only."""
        return self.cleaned_data["ly_do"] == LD.XOA_TEN and not self.may_decide


class QuyetDinhXoaTenForm(forms.Form):
    dong_y = forms.ChoiceField(
        label="Quyết định",
        choices=[("1", "Xóa tên theo đề nghị của chi đoàn"), ("0", "Không xóa tên")],
        widget=forms.RadioSelect,
    )
    ngay = forms.DateField(label="Ngày quyết định")
    so_quyet_dinh = forms.CharField(
        label="Số quyết định",
        required=False,
        max_length=40,
        help_text="Bắt buộc khi xóa tên.",
        widget=forms.TextInput(attrs={"class": "w-sdt"}),
    )
    tra_loi = forms.CharField(
        label="Trả lời chi đoàn",
        required=False,
        max_length=300,
        help_text="Bắt buộc khi không xóa tên.",
        widget=forms.Textarea(attrs={"rows": 2}),
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
