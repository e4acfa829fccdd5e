"""Forms of proposals and decisions."""

from django import forms

from chidoan.models import DeNghiKhen
from core.periods import today
from doanvien.forms import chi_doan_to_edit, not_later
from doanvien.khen_thuong.forms import NguoiField
from doanvien.models import DoanVien, KhenThuong
from tochuc.forms.don_vi import DonViChoiceField
from tochuc.loc import NhieuField
from tochuc.models import DonVi
from tochuc.permissions import Quyen

from .quy_trinh import ly_do_khong_khen

DIP = (
    "Kỷ niệm ngày thành lập Đoàn 26/3",
    "Tổng kết công tác Đoàn và phong trào thanh thiếu nhi",
    "Chiến dịch Thanh niên tình nguyện hè",
    "Tháng Thanh niên",
    "Hội thi Bí thư chi đoàn giỏi",
    "Đột xuất",
)


class DipInput(forms.TextInput):
    """A box with the usual occasions to choose from."""

    def __init__(self):
        super().__init__(attrs={"list": "dip-khen", "autocomplete": "off"})


class TapTheField(NhieuField):
    def label_from_instance(self, obj):
        return obj.ten_day_du


class _NoiDungForm(forms.Form):
    hinh_thuc = forms.ChoiceField(
        label="Hình thức", choices=KhenThuong.HinhThuc, initial=KhenThuong.HinhThuc.GIAY_KHEN
    )
    ten_hinh_thuc = forms.CharField(
        label="Tên danh hiệu, giải thưởng",
        max_length=80,
        required=False,
        help_text="Chỉ ghi khi có tên riêng, ví dụ: Giải thưởng Lý Tự Trọng.",
    )
    dip = forms.CharField(label="Dịp khen", max_length=120, widget=DipInput())
    thanh_tich = forms.CharField(
        label="Tóm tắt thành tích",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Việc đã làm, kết quả bằng con số nếu có.",
    )
    ngay = forms.DateField(label="Ngày đề nghị")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ngay"].initial = today()

    def clean_ngay(self):
        return not_later(self.cleaned_data["ngay"], "Ngày đề nghị")


class CaNhanForm(_NoiDungForm):
    doan_vien = NguoiField(
        label="Đồng chí được đề nghị",
        queryset=DoanVien.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, user, don_vi, chi_doan=None, chon=(), **kwargs):
        """`chi_doan` shortens the list of names, which stands last: of a ward it is long; `chon`
        are people asked for: ticked, first."""
        super().__init__(*args, **kwargs)
        people = DoanVien.objects.permitted_to(user, Quyen.SUA_DOAN_VIEN).under(don_vi)
        self.fields["doan_vien"].queryset = people.de_chon(chon, chi_doan).co_chi_doan()
        self.fields["doan_vien"].initial = chon
        self.order_fields([*(name for name in self.fields if name != "doan_vien"), "doan_vien"])


class ChonChiDoanForm(forms.Form):
    """Whose members a ward chooses from."""

    don_vi = forms.IntegerField(widget=forms.HiddenInput)
    chi_doan = DonViChoiceField(
        label="Chi đoàn", queryset=DonVi.objects.none(), required=False, empty_label="Mọi chi đoàn"
    )

    def __init__(self, *args, user, don_vi, **kwargs):
        super().__init__(*args, initial={"don_vi": don_vi.pk}, **kwargs)
        self.fields["chi_doan"].queryset = chi_doan_to_edit(user).under(don_vi)


class TapTheForm(_NoiDungForm):
    tap_the = TapTheField(
        label="Tập thể được đề nghị",
        queryset=DonVi.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, user, don_vi, **kwargs):
        super().__init__(*args, **kwargs)
        units = DonVi.objects.permitted_to(user, Quyen.SUA_DOAN_VIEN).under(don_vi)
        self.fields["tap_the"].queryset = units.dang_hoat_dong(today()).order_by("path")
        self.order_fields(["tap_the"])


class BuocForm(forms.Form):
    """A step: its day and a note, which some steps demand as the reason."""

    ngay = forms.DateField(label="Ngày")
    noi_dung = forms.CharField(label="Ghi chú", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, de_nghi, can_ly_do=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ngay"].initial = today()
        self.fields["version"].initial = de_nghi.version
        if can_ly_do:
            self.fields["noi_dung"].required = True
            self.fields["noi_dung"].label = "Lý do"


class GuiLaiForm(BuocForm):
    thanh_tich = forms.CharField(
        label="Tóm tắt thành tích", max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args, de_nghi, **kwargs):
        super().__init__(*args, de_nghi=de_nghi, **kwargs)
        self.fields["thanh_tich"].initial = de_nghi.thanh_tich
        self.fields["noi_dung"].label = "Đã bổ sung gì"


class DeNghiField(NhieuField):
    def label_from_instance(self, obj):
        whose = f"{obj.ten}, {obj.don_vi.ten}" if not obj.is_tap_the else obj.ten
        gone = ly_do_khong_khen(obj, today())
        return f"{whose}: {obj.hinh_thuc_bang_chu}, {obj.dip}{f'. {gone}' if gone else ''}"


class QuyetDinhForm(forms.Form):
    de_nghi = DeNghiField(
        label="Đề nghị được khen",
        queryset=DeNghiKhen.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Một quyết định chỉ có một hình thức khen.",
    )
    ve_viec = forms.CharField(
        label="Thành tích chung",
        max_length=200,
        help_text="Ví dụ: Đã có thành tích xuất sắc trong công tác Đoàn và phong trào thanh "
        "thiếu nhi năm 2026.",
    )
    ngay = forms.DateField(label="Ngày quyết định")

    def __init__(self, *args, don_vi, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["de_nghi"].queryset = DeNghiKhen.objects.cho_quyet_dinh(don_vi).cho_trang()
        self.fields["ngay"].initial = today()

    def clean_ngay(self):
        return not_later(self.cleaned_data["ngay"], "Ngày quyết định")


class KhenTapTheForm(forms.Form):
    don_vi = DonViChoiceField(label="Tập thể", queryset=DonVi.objects.none())
    cap = forms.ChoiceField(label="Cấp khen", choices=KhenThuong.Cap)
    hinh_thuc = forms.ChoiceField(
        label="Hình thức", choices=KhenThuong.HinhThuc, initial=KhenThuong.HinhThuc.GIAY_KHEN
    )
    noi_dung = forms.CharField(label="Nội dung, thành tích", max_length=300)
    ngay = forms.DateField(label="Ngày quyết định")
    so_quyet_dinh = forms.CharField(label="Số quyết định", required=False, max_length=60)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = DonVi.objects.permitted_to(user, Quyen.SUA_DOAN_VIEN).dang_hoat_dong(today())
        self.fields["don_vi"].queryset = units.order_by("path")
        self.fields["ngay"].initial = today()

    def clean_ngay(self):
        return not_later(self.cleaned_data["ngay"], "Ngày quyết định")


class LyDoForm(forms.Form):
    ly_do = forms.CharField(label="Lý do", max_length=200)
