"""The parts of the page on which a meeting is logged."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from chidoan.luat_buoi import CAU
from chidoan.models import BieuQuyet, BuoiSinhHoat, NghiQuyet

SELECTED = mark_safe(" selected")
NHIEU_PHIEU = 9999
"""More votes than any branch has; a draft may hold more than those present, but no nonsense."""

NHIEU_CHU = 10_000
"""More than any minutes hold; a paper of much more would keep everybody waiting."""


class NguoiSelect(forms.Select):
    """A select written in one go: Django's own renders a template for each of its options."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = str(value or "")
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((pk, SELECTED if str(pk) == chosen else "", label) for pk, label in self.choices),
        )
        flat = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", flat, options)


class NguoiField(forms.TypedChoiceField):
    """A member of the day's roster; its choices are set for the whole page at once."""

    widget = NguoiSelect

    def __init__(self, **kwargs):
        super().__init__(coerce=int, empty_value=None, **kwargs)


class BuoiForm(forms.Form):
    """What stands on the meeting's own row. `is_nhap` asks only for the day and the hour."""

    CAN_KHI_HOAN_THANH = ("dia_diem", "chu_tri", "thu_ky", "chu_diem")

    loai = forms.ChoiceField(label="Loại buổi", choices=BuoiSinhHoat.Loai.choices)
    ngay = forms.DateField(label="Ngày họp", help_text="Ví dụ 05/02/2026")
    bat_dau = forms.TimeField(
        label="Bắt đầu lúc",
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric"}),
    )
    ket_thuc = forms.TimeField(
        label="Kết thúc lúc",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric"}),
    )
    dia_diem = forms.CharField(label="Địa điểm", max_length=160)
    chu_tri = NguoiField(label="Chủ trì")
    thu_ky = NguoiField(label="Thư ký")
    dai_bieu = forms.CharField(label="Đại biểu", max_length=300, required=False)
    chu_diem = forms.CharField(label="Chủ điểm", max_length=200)
    noi_dung = forms.CharField(
        label="Ghi tóm tắt",
        max_length=NHIEU_CHU,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    y_kien = forms.CharField(
        label="Ý kiến thảo luận",
        max_length=NHIEU_CHU,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ket_luan = forms.CharField(
        label="Kết luận của chủ trì",
        max_length=NHIEU_CHU,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    hoat_dong_kem = forms.CharField(label="Hoạt động kèm theo", max_length=300, required=False)

    def __init__(self, *args, nguoi, is_nhap=False, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", "Chọn đoàn viên"), *nguoi]
        self.fields["chu_tri"].choices = choices
        self.fields["thu_ky"].choices = choices
        for name in self.CAN_KHI_HOAN_THANH:
            self.fields[name].required = not is_nhap

    @property
    def co_loi_dau(self) -> bool:
        """Whether a field that is folded away at the top has an error."""
        names = ("loai", "ngay", "bat_dau", "ket_thuc", "dia_diem", "chu_tri", "thu_ky", "dai_bieu")
        return any(name in self.errors for name in names)


class KetQuaForm(forms.Form):
    """What became of one resolution of an earlier meeting."""

    trang_thai = forms.ChoiceField(
        label="Tình trạng",
        choices=[
            (NghiQuyet.TrangThai.XONG, "Xong"),
            (NghiQuyet.TrangThai.DANG_LAM, "Đang làm"),
            (NghiQuyet.TrangThai.THOI, "Thôi làm"),
        ],
        initial=NghiQuyet.TrangThai.DANG_LAM,
    )
    ket_qua = forms.CharField(label="Kết quả", max_length=300, required=False)

    mark_required = True

    def __init__(self, *args, nghi_quyet: NghiQuyet, **kwargs):
        super().__init__(*args, prefix=f"kq-{nghi_quyet.pk}", **kwargs)
        self.nghi_quyet = nghi_quyet


class NghiQuyetForm(forms.Form):
    """One new resolution; a row without words is no resolution."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    noi_dung = forms.CharField(label="Việc", max_length=300, required=False)
    phu_trach = NguoiField(label="Người phụ trách", required=False)
    han = forms.DateField(label="Hạn", required=False, help_text="Ví dụ 05/02/2026")
    mark_required = True

    def __init__(self, *args, nguoi, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phu_trach"].choices = [("", "Chọn đoàn viên"), *nguoi]

    @property
    def is_trong(self) -> bool:
        return not self.cleaned_data.get("noi_dung")

    def clean(self):
        data = super().clean()
        if not data.get("noi_dung"):
            if data.get("phu_trach") and not self.errors:
                self.add_error("noi_dung", CAU["can_viec"])
            return data
        if not data.get("phu_trach") and "phu_trach" not in self.errors:
            self.add_error("phu_trach", CAU["can_nguoi"])
        if not data.get("han") and "han" not in self.errors:
            self.add_error("han", CAU["can_han"])
        return data


NghiQuyetFormSet = forms.formset_factory(NghiQuyetForm, extra=3, max_num=30, absolute_max=30)


class PhieuField(forms.IntegerField):
    """A number of votes; empty is not zero."""

    def __init__(self, label: str, **kwargs):
        super().__init__(
            label=label,
            required=False,
            min_value=0,
            max_value=NHIEU_PHIEU,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            **kwargs,
        )


class BieuQuyetForm(forms.Form):
    """The tally of one vote; a row without any figure is no vote.

    Who may vote and who was there are left empty as a rule: the roll tells.
    """

    noi_dung = forms.CharField(label="Biểu quyết việc gì", max_length=300, required=False)
    hinh_thuc = forms.ChoiceField(
        label="Hình thức", choices=BieuQuyet.HinhThuc.choices, required=False
    )
    co_quyen = PhieuField("Có quyền biểu quyết")
    co_mat = PhieuField("Có mặt")
    tan_thanh = PhieuField("Tán thành")
    khong_tan_thanh = PhieuField("Không tán thành")
    khong_hop_le = PhieuField("Không hợp lệ")
    mark_required = True

    PHIEU = ("tan_thanh", "khong_tan_thanh", "khong_hop_le")

    @property
    def is_trong(self) -> bool:
        return all(self.cleaned_data.get(name) is None for name in self.PHIEU)

    def clean(self):
        data = super().clean()
        if self.errors or self.is_trong:
            return data
        if data.get("tan_thanh") is None:
            self.add_error("tan_thanh", CAU["can_tan_thanh"])
        if not data.get("noi_dung"):
            self.add_error("noi_dung", CAU["can_viec_phieu"])
        return data


BieuQuyetFormSet = forms.formset_factory(BieuQuyetForm, extra=1, max_num=20, absolute_max=20)


class LyDoSuaForm(forms.Form):
    """Why a finished meeting is amended; the earlier version is kept beside it."""

    ly_do_sua = forms.CharField(
        label="Lý do sửa",
        max_length=300,
        required=False,
        help_text="Ví dụ: ghi nhầm đồng chí vắng. Bản trước khi sửa được giữ.",
    )
    mark_required = True


class CungHopForm(forms.Form):
    """The other branches of a joint meeting; each writes its own roll."""

    cung_hop = forms.TypedMultipleChoiceField(
        label="Các chi đoàn cùng họp",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Mỗi chi đoàn được một buổi nháp có sẵn nội dung, chỉ còn điểm danh của mình.",
    )
    mark_required = True

    def __init__(self, *args, chi_doan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cung_hop"].choices = chi_doan
