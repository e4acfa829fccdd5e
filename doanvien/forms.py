"""Forms of the register."""

import re
import unicodedata

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from core.periods import today
from core.text import clean, clean_name, fold
from tochuc.forms.don_vi import DonViChoiceField
from tochuc.models import DonVi
from tochuc.permissions import Quyen

from . import danh_muc
from .ly_lich import MUC_GAP, NHAY_CAM, SECTIONS, TU_DIEN, field_names
from .models import DoanVien, QuaTrinh

CHOICES = {
    "dan_toc": sorted(danh_muc.DAN_TOC.values(), key=lambda ten: (ten != "Kinh", fold(ten))),
    "ton_giao": danh_muc.TON_GIAO.values(),
    "van_hoa": danh_muc.TRINH_DO_VAN_HOA,
    "chuyen_mon": danh_muc.TRINH_DO_CHUYEN_MON,
    "ly_luan": danh_muc.TRINH_DO_LLCT,
    "tin_hoc": danh_muc.TIN_HOC,
    "ngoai_ngu": danh_muc.NGOAI_NGU,
    "nghe_nghiep": danh_muc.NGHE_NGHIEP,
    "hoi": danh_muc.HOI,
    "doi_tuong": danh_muc.DOI_TUONG,
    "chuc_vu": danh_muc.CHUC_VU.values(),
}


class DanhMucField(forms.ChoiceField):
    """A value of a code list; another writing of one is understood, a near one is suggested."""

    def __init__(self, *, labels, **kwargs):
        super().__init__(**kwargs)
        self.labels = tuple(labels)

    def to_python(self, value):
        text = clean(super().to_python(value))
        return danh_muc.find_label(text, self.labels) or text

    def validate(self, value):
        if value and not self.valid_value(value):
            raise ValidationError(f"«{value}» không có trong danh mục. {self.hint(value)}")
        super().validate(value)

    def hint(self, value) -> str:
        """What a value from elsewhere probably means."""
        suggest = danh_muc.suggest_label
        if "Kinh" in self.labels:
            near = danh_muc.suggest_dan_toc(value)
        else:
            near = suggest(value, self.labels)
        return f"Chọn «{near}» nếu đúng vậy." if near else "Chọn giá trị gần đúng nhất."


class MucGap(Fieldset):
    """A section that is folded up until it is asked for, or something in it must be mended."""

    template = "doan/layout/fold.html"

    def render(self, form, *args, **kwargs):
        fields = [form[pointer.name] for pointer in self.get_field_names()]
        self.is_open = any(field.errors for field in fields)
        facts = [field for field in fields if not isinstance(field.field, forms.BooleanField)]
        self.so_muc = len(facts)
        self.da_ghi = sum(bool(field.value()) for field in facts)
        return super().render(form, *args, **kwargs)


class DoanVienForm(forms.ModelForm):
    """The record of one person; `readable` are the sensitive fields that the reader may see."""

    mark_required = True
    ho_ten = forms.CharField(
        label="Họ và tên",
        max_length=120,
        widget=forms.TextInput(attrs={"autocapitalize": "words", "spellcheck": "false"}),
    )
    cccd = forms.CharField(
        label="Số CCCD",
        required=False,
        max_length=20,
        help_text="12 chữ số, hoặc 9 chữ số với CMND cũ. Được mã hóa khi lưu.",
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-sdt"}
        ),
    )

    dien_thoai = forms.CharField(
        label="Điện thoại",
        required=False,
        max_length=16,
        widget=forms.TextInput(attrs={"inputmode": "tel", "class": "w-sdt"}),
    )

    nguoi_gioi_thieu = forms.CharField(
        label="Người giới thiệu vào Đoàn",
        required=False,
        max_length=120,
        help_text="Họ tên đoàn viên có trong sổ; trùng tên thì ghi thêm năm sinh, ví dụ "
        "Lê Minh Duy 1998.",
        widget=forms.TextInput(attrs={"autocapitalize": "words", "spellcheck": "false"}),
    )
    nguon = forms.MultipleChoiceField(
        label="Nguồn cán bộ",
        required=False,
        choices=list(danh_muc.NGUON_CAN_BO.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = DoanVien
        fields = [name for _, rows in SECTIONS for name in field_names(rows) if name not in TU_DIEN]

    def __init__(self, *args, user, readable, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        for name in set(NHAY_CAM) - set(readable):
            del self.fields[name]
        for name, labels in CHOICES.items():
            if name in self.fields:
                self.fields[name] = self._choice(name, labels)
        self.fields["so_doan"].choices = [("", "Chưa ghi"), *DoanVien.SoDoan.choices]
        self.fields["gioi_tinh"].widget = forms.RadioSelect(choices=DoanVien.GioiTinh.choices)
        if self.instance.cccd_cuoi:
            self.fields[
                "cccd"
            ].help_text = (
                f"Đang lưu số kết thúc bằng {self.instance.cccd_cuoi}. Để trống nếu không đổi."
            )
        if self.instance.pk:
            self.fields["nguon"].initial = [row.ma for row in self.instance.nguon.all()]
            if self.instance.nguoi_gioi_thieu_id:
                self.fields["nguoi_gioi_thieu"].initial = ten_nam(self.instance.nguoi_gioi_thieu)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*self._fieldsets(SECTIONS))

    def _fieldsets(self, sections):
        for legend, rows in sections:
            shown = list(self._rows(rows))
            if shown:
                kind = MucGap if legend in MUC_GAP else Fieldset
                yield kind(legend, *shown, css_class="section")

    def _rows(self, rows):
        """Fields that stand side by side, and those that stand alone; hidden ones left out."""
        for row in rows:
            names = [name for name in field_names([row]) if name in self.fields]
            if len(names) > 1:
                yield Row(*(Column(name) for name in names))
            else:
                yield from names

    def _choice(self, name, labels):
        """A list of the office's words; a value from elsewhere stays choosable, with a hint."""
        old = self.fields[name]
        known = list(labels)
        current = getattr(self.instance, name)
        required = old.required and bool(current or not self.instance.pk)
        empty = [] if required else [("", "Chưa ghi")]
        field = DanhMucField(labels=known, label=old.label, required=required, initial=old.initial)
        if current and current not in known:
            field.help_text = f"Đang ghi «{current}», không có trong danh mục. " + field.hint(
                current
            )
            known.append(current)
        field.choices = [*empty, *((label, label) for label in known)]
        return field

    def clean_ho_ten(self):
        ho_ten = clean_name(self.cleaned_data["ho_ten"])
        if not re.search(r"\w", ho_ten):
            raise ValidationError("Ghi họ và tên.")
        return ho_ten

    def clean_cccd(self):
        typed = unicodedata.normalize("NFKC", self.cleaned_data["cccd"])
        number = re.sub(r"[\s.]", "", typed)
        if number and not re.fullmatch(r"[0-9]+", number):
            raise ValidationError(
                f"Số CCCD «{number}» có ký tự không phải chữ số. Gõ lại 12 chữ số."
            )
        if number and len(number) not in {9, 12}:
            raise ValidationError(
                f"Số CCCD «{number}» có {len(number)} chữ số, cần 12 (hoặc 9 với CMND cũ)."
            )
        return number

    def clean_dien_thoai(self):
        return re.sub(r"[ .\-]", "", self.cleaned_data["dien_thoai"])

    def clean_nguoi_gioi_thieu(self):
        """The member of the register whom the typed name means."""
        text = clean(self.cleaned_data["nguoi_gioi_thieu"])
        match = re.fullmatch(r"(.*\D)((?:19|20)\d\d)?", text)
        if not match:
            return None
        old = self.instance.nguoi_gioi_thieu if self.instance.pk else None
        if old and text == ten_nam(old):
            return old  # may have left the units that the reader sees
        found = DoanVien.objects.visible_to(self.user).ten_va_nam(match[1], match[2])
        people = list(found.exclude(pk=self.instance.pk)[:4])
        if len(people) == 1:
            return people[0]
        if not people:
            raise ValidationError(f"Không có đồng chí «{text}» trong sổ. Xem lại họ tên.")
        choices = ", ".join(ten_nam(person) for person in people)
        raise ValidationError(f"Có nhiều đồng chí tên này: {choices}. Ghi thêm năm sinh.")

    def clean_ngay_sinh(self):
        return not_later(self.cleaned_data["ngay_sinh"], "Ngày sinh")

    def clean_ngay_vao_doan(self):
        return not_later(self.cleaned_data["ngay_vao_doan"], "Ngày vào Đoàn")

    def clean(self):
        data = super().clean()
        born, admitted = data.get("ngay_sinh"), data.get("ngay_vao_doan")
        if born and admitted and admitted <= born:
            self.add_error("ngay_vao_doan", "Ngày vào Đoàn phải sau ngày sinh.")
        tu, den = data.get("di_xa_tu"), data.get("di_xa_den")
        if data.get("di_xa_noi") and not tu and "di_xa_tu" not in self.errors:
            self.add_error("di_xa_tu", "Ghi ngày bắt đầu đi làm xa.")
        if tu and den and den < tu:
            self.add_error("di_xa_den", "Ngày dự kiến về phải sau ngày đi.")
        return data

    def changes(self):
        """What the form would change, by field; an empty citizen id means: leave it."""
        changed = {name: self.cleaned_data[name] for name in self.changed_data}
        return {name: value for name, value in changed.items() if name in self.fields}


class ThemDoanVienForm(DoanVienForm):
    chi_doan = DonViChoiceField(
        label="Chi đoàn",
        queryset=DonVi.objects.none(),
        empty_label="Chọn chi đoàn",
        is_flat=True,
    )
    ly_do = forms.ChoiceField(
        label="Vào sổ vì",
        choices=[
            (QuaTrinh.LyDoBatDau.KET_NAP, "Kết nạp"),
            (QuaTrinh.LyDoBatDau.CHUYEN_DEN, "Chuyển đến"),
            (QuaTrinh.LyDoBatDau.VAO_SO, "Có sẵn khi lập sổ"),
        ],
        help_text="Đơn xin vào Đoàn mới thì ghi ở mục Kết nạp: phường chuẩn y xong, đồng chí tự "
        "vào sổ.",
    )
    tu_ngay = forms.DateField(label="Sinh hoạt tại chi đoàn từ ngày")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["chi_doan"].queryset = chi_doan_to_edit(user)
        only = _only(self.fields["chi_doan"].queryset)
        self.fields["chi_doan"].initial = only
        if only and self.data.get("chi_doan", str(only.pk)) == str(only.pk):
            self.fields["chi_doan"].widget = forms.HiddenInput()
        self.fields["tu_ngay"].initial = today()
        self.order_fields(["chi_doan", "ly_do", "tu_ngay"])
        first = (str(only or "Chi đoàn"), ("chi_doan", ("ly_do", "tu_ngay")))
        self.helper.layout = Layout(*self._fieldsets((first, *SECTIONS)))

    def clean_tu_ngay(self):
        return not_later(self.cleaned_data["tu_ngay"], "Ngày sinh hoạt")

    def build(self):
        """The unsaved person with everything that the form says."""
        doan_vien = self.save(commit=False)
        doan_vien.chi_doan = self.cleaned_data["chi_doan"]
        doan_vien.set_ho_ten(self.cleaned_data["ho_ten"])
        doan_vien.set_cccd(self.cleaned_data["cccd"])
        doan_vien.nguoi_gioi_thieu = self.cleaned_data["nguoi_gioi_thieu"]
        return doan_vien


class SuaDoanVienForm(DoanVienForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.helper.layout = Layout("version", *self._fieldsets(SECTIONS))

    def changes(self):
        changed = super().changes()
        changed.pop("version", None)
        return changed

    def stored(self, current, name):
        """What of a field is shown of the record as it is stored now."""
        if name == "cccd":
            return current.cccd_che
        if name == "nguon":
            return [row.ma for row in current.nguon.all()]
        return getattr(current, name)


class TiepNhanForm(forms.Form):
    chi_doan = DonViChoiceField(
        label="Chi đoàn",
        queryset=DonVi.objects.none(),
        empty_label="Chọn chi đoàn",
        is_flat=True,
    )
    ly_do = forms.ChoiceField(
        label="Vào sổ vì",
        choices=[
            (QuaTrinh.LyDoBatDau.CHUYEN_DEN, "Chuyển đến"),
            (QuaTrinh.LyDoBatDau.VAO_SO, "Có sẵn khi lập sổ"),
            (QuaTrinh.LyDoBatDau.KET_NAP, "Kết nạp lại"),
        ],
    )
    tu_ngay = forms.DateField(label="Sinh hoạt từ ngày")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chi_doan"].queryset = chi_doan_to_edit(user)
        self.fields["tu_ngay"].initial = today()

    def clean_tu_ngay(self):
        return not_later(self.cleaned_data["tu_ngay"], "Ngày sinh hoạt")


def ten_nam(doan_vien) -> str:
    """A name with the year of birth, as namesakes are told apart."""
    return f"{doan_vien} {doan_vien.ngay_sinh.year}"


def chi_doan_to_edit(user):
    """Branches into whose register the person may write."""
    units = DonVi.objects.permitted_to(user, Quyen.SUA_DOAN_VIEN).chi_doan()
    return units.dang_hoat_dong(today())


def _only(queryset):
    rows = list(queryset[:2])
    return rows[0] if len(rows) == 1 else None


def not_later(day, label):
    if day > today():
        raise ValidationError(f"{label} {day:%d/%m/%Y} ở sau hôm nay. Xem lại năm.")
    return day
