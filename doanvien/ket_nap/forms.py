"""Forms of admissions: the application, and one small form for each step."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms

from core.periods import today
from core.text.form_errors import field_errors
from doanvien.forms import CHOICES, DoanVienForm, chi_doan_to_edit
from doanvien.models import DoanVien, KetNap
from tochuc.bieu_quyet import Phieu
from tochuc.forms.don_vi import DonViChoiceField
from tochuc.models import DonVi

VI_DU_NGAY = "Ví dụ 05/02/2026."
NHAY_CAM = ("dan_toc", "ton_giao")
MUC = (
    (
        "Người xin vào Đoàn",
        ("ho_ten", "gioi_tinh", ("ngay_sinh", "dien_thoai"), "cccd"),
    ),
    ("Đơn và giới thiệu", (("ngay_don", "ngay_hoc_dieu_le"), "nguoi_gioi_thieu")),
    ("Nếu không do đoàn viên giới thiệu", ("to_chuc_gioi_thieu",)),
    ("Quê quán, chỗ ở", ("que_quan", "thuong_tru", "noi_o")),
    (
        "Học vấn, nghề nghiệp",
        (("van_hoa", "chuyen_mon"), ("nghe_nghiep", "noi_cong_tac")),
    ),
    ("Dân tộc, tôn giáo", (NHAY_CAM,)),
    ("Ý kiến cấp ủy", ("can_y_kien_cap_uy", "ngay_y_kien_cap_uy")),
)
"""Heading and fields of each section; fields in one bracket stand side by side."""


class NguoiGioiThieuField(forms.ModelChoiceField):
    """Members of the branch, namesakes told apart by the year of birth."""

    def label_from_instance(self, obj):
        return f"{obj.ho_ten} ({obj.ngay_sinh.year})"


class ChonChiDoanForm(forms.Form):
    """For who works with several branches: which one the application is for."""

    chi_doan = DonViChoiceField(
        label="Chi đoàn",
        queryset=DonVi.objects.none(),
        empty_label="Chọn chi đoàn",
        help_text="Nơi làm việc chưa có tổ chức Đoàn thì chọn chi đoàn nơi cư trú.",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chi_doan"].queryset = chi_doan_to_edit(user)


class DonForm(forms.ModelForm):
    """The application of a person to a branch; `readable` are the sensitive fields shown."""

    mark_required = True
    ho_ten = DoanVienForm.base_fields["ho_ten"]
    cccd = DoanVienForm.base_fields["cccd"]
    dien_thoai = DoanVienForm.base_fields["dien_thoai"]
    nguoi_gioi_thieu = NguoiGioiThieuField(
        label="Đoàn viên giới thiệu",
        required=False,
        queryset=DoanVien.objects.none(),
        empty_label="Chọn đoàn viên của chi đoàn",
        help_text="Đã cùng sinh hoạt, công tác với người xin vào Đoàn.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = KetNap
        fields = [
            "ho_ten",
            "gioi_tinh",
            "ngay_sinh",
            "dien_thoai",
            "ngay_don",
            "ngay_hoc_dieu_le",
            "nguoi_gioi_thieu",
            "to_chuc_gioi_thieu",
            "que_quan",
            "thuong_tru",
            "noi_o",
            "van_hoa",
            "chuyen_mon",
            "nghe_nghiep",
            "noi_cong_tac",
            "dan_toc",
            "ton_giao",
            "can_y_kien_cap_uy",
            "ngay_y_kien_cap_uy",
        ]

    def __init__(self, *args, chi_doan, readable, **kwargs):
        super().__init__(*args, **kwargs)
        self.chi_doan = chi_doan
        for name in set(NHAY_CAM) - set(readable):
            del self.fields[name]
        for name in CHOICES.keys() & self.fields.keys():
            self.fields[name] = self._listed(name, list(CHOICES[name]))
        self.fields["gioi_tinh"].widget = forms.RadioSelect(choices=DoanVien.GioiTinh.choices)
        members = DoanVien.objects.dang_sinh_hoat().cua_don_vi([chi_doan.pk])
        self.fields["nguoi_gioi_thieu"].queryset = members
        self._words()
        self.fields["version"].initial = self.instance.version
        self.fields["ngay_don"].initial = self.instance.ngay_don or today()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("version", *self._fieldsets())

    clean_ho_ten = DoanVienForm.clean_ho_ten
    clean_cccd = DoanVienForm.clean_cccd
    clean_dien_thoai = DoanVienForm.clean_dien_thoai
    clean_ngay_sinh = DoanVienForm.clean_ngay_sinh

    def build(self) -> KetNap:
        """The unsaved case with everything that the form says."""
        ket_nap = self.save(commit=False)
        ket_nap.chi_doan = self.chi_doan
        ket_nap.set_ho_ten(self.cleaned_data["ho_ten"])
        ket_nap.set_cccd(self.cleaned_data["cccd"])
        return ket_nap

    def clean(self):
        data = super().clean()
        born, applied = data.get("ngay_sinh"), data.get("ngay_don")
        if born and applied and applied <= born:
            self.add_error("ngay_don", "Ngày làm đơn phải sau ngày sinh.")
        if data.get("ngay_y_kien_cap_uy") and not data.get("can_y_kien_cap_uy"):
            data["can_y_kien_cap_uy"] = True
        if applied and applied > today():
            self.add_error("ngay_don", "Ngày làm đơn ở sau hôm nay. Xem lại năm.")
        for name in ("ngay_hoc_dieu_le", "ngay_y_kien_cap_uy"):
            if data.get(name) and data[name] > today():
                self.add_error(name, "Ngày này chưa đến. Ghi sau khi đã có.")
        return data

    def changes(self) -> dict:
        """What the form would change, by field; an empty citizen id means: leave it."""
        changed = {name: self.cleaned_data[name] for name in self.changed_data}
        changed.pop("version", None)
        if self.cleaned_data["can_y_kien_cap_uy"] != self.initial.get("can_y_kien_cap_uy"):
            changed["can_y_kien_cap_uy"] = self.cleaned_data["can_y_kien_cap_uy"]
        return changed

    def _listed(self, name, labels):
        """A list of the office's words; a value from elsewhere stays choosable."""
        old, current = self.fields[name], getattr(self.instance, name)
        known = [*labels, *([current] if current and current not in labels else [])]
        empty = [] if old.required else [("", "Chưa ghi")]
        return forms.ChoiceField(
            label=old.label,
            required=old.required,
            initial=old.initial,
            choices=[*empty, *((label, label) for label in known)],
        )

    def _words(self):
        self.fields["cccd"].help_text = (
            f"Đang lưu số kết thúc bằng {self.instance.cccd_cuoi}. Để trống nếu không đổi."
            if self.instance.cccd_cuoi
            else "12 chữ số. Được mã hóa khi lưu; giúp biết ai đã là đoàn viên ở nơi khác."
        )
        self.fields["to_chuc_gioi_thieu"].help_text = "Ví dụ Chi đội 9A1, Chi hội khu vực 3."
        self.fields["ngay_hoc_dieu_le"].help_text = "Hoặc ngày dự lớp cảm tình Đoàn."
        cap_uy = self.fields["can_y_kien_cap_uy"]
        cap_uy.help_text = (
            "Đánh dấu khi theo hướng dẫn cần hỏi cấp ủy cùng cấp trước. Không ghi lý do ở đây."
        )

    def _fieldsets(self):
        for legend, rows in MUC:
            shown = list(self._rows(rows))
            if shown:
                yield Fieldset(legend, *shown, css_class="section")

    def _rows(self, rows):
        for row in rows:
            names = [row] if isinstance(row, str) else row
            names = [name for name in names if name in self.fields]
            if len(names) > 1:
                yield Row(*(Column(name) for name in names))
            else:
                yield from names


class BuocForm(forms.Form):
    """A step of a case: its day, and the state of the case that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    ngay = forms.DateField(label="Ngày", help_text=VI_DU_NGAY)

    def __init__(self, *args, ket_nap, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = ket_nap.version
        self.fields["ngay"].initial = today()


class XacNhanForm(forms.Form):
    """A step that asks for nothing but a yes."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, ket_nap, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = ket_nap.version


class LyDoForm(BuocForm):
    ly_do = forms.CharField(label="Lý do", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class GuiLaiForm(BuocForm):
    noi_dung = forms.CharField(
        label="Đã bổ sung", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class BieuQuyetForm(BuocForm):
    """The tally of the branch meeting: numbers, never names."""

    co_mat = forms.IntegerField(label="Có mặt", min_value=0, max_value=999)
    tan_thanh = forms.IntegerField(label="Tán thành", min_value=0, max_value=999)
    khong_tan_thanh = forms.IntegerField(
        label="Không tán thành", min_value=0, max_value=999, initial=0
    )
    khong_hop_le = forms.IntegerField(
        label="Phiếu không hợp lệ", min_value=0, max_value=999, initial=0
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ngay"].label = "Ngày chi đoàn họp"

    def phieu(self) -> Phieu:
        names = ("co_mat", "tan_thanh", "khong_tan_thanh", "khong_hop_le")
        return Phieu(**{name: self.cleaned_data[name] for name in names})


class ChonForm(forms.Form):
    """Cases ticked in a list, and the day that holds for all of them."""

    ngay = forms.DateField(label="Ngày", help_text=VI_DU_NGAY)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["ngay"].initial = today()

    def clean_ngay(self):
        ngay = self.cleaned_data["ngay"]
        if ngay > today():
            raise forms.ValidationError("Ngày này chưa đến. Ghi ngày thực tế.")
        return ngay

    @property
    def loi_ngay(self) -> str:
        """What is wrong with the day, as a page with a form says it; empty when nothing is."""
        return " ".join(field_errors(self["ngay"])) if "ngay" in self.errors else ""


class LeForm(ChonForm):
    noi = forms.CharField(label="Nơi tổ chức", max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ngay"].label = "Ngày lễ kết nạp"
