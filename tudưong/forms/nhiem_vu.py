import uuid

from django import forms

from chidoan.anh.forms import AnhForm, NhieuTepField, NhieuTepInput
from chidoan.anh.gioi_han import MIME
from chidoan.sua_dong import SuaDongForm
from core.periods import today
from tudưong.ban_ghi import BanKetQua
from tudưong.models import NhiemVu, ThanhVienTo

from .chung import NgayField, NoiDungField


class ThanhVienField(forms.ModelMultipleChoiceField):
    """Members of a group, each with the branch."""

    def label_from_instance(self, obj):
        return f"{obj.doan_vien.ho_ten} · {obj.chi_doan}"


class NhiemVuForm(SuaDongForm):
    noi_dung = forms.CharField(
        label="Nhiệm vụ", max_length=300, help_text="Một việc cụ thể, làm xong là thấy được."
    )
    linh_vuc = forms.ChoiceField(
        label="Lĩnh vực", choices=NhiemVu.LinhVuc, widget=forms.RadioSelect
    )
    thuoc_do = forms.CharField(
        label="Thước đo",
        max_length=200,
        required=False,
        help_text="Ví dụ: 03 thanh niên được kết nạp.",
    )
    giao_ngay = NgayField("Giao ngày", initial=today)
    han = NgayField("Hạn")

    TRUONG = ("noi_dung", "linh_vuc", "thuoc_do", "giao_ngay", "han")


class GiaoNhieuForm(NhiemVuForm):
    """The same task for several members of a group."""

    thanh_vien = ThanhVienField(
        label="Giao cho",
        queryset=ThanhVienTo.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một đồng chí."},
    )
    field_order = ["thanh_vien"]

    def __init__(self, *args, to, **kwargs):
        super().__init__(*args, **kwargs)
        held = to.thanh_vien.chua_thoi().select_related("doan_vien", "chi_doan")
        self.fields["thanh_vien"].queryset = held


class TienDoForm(AnhForm):
    """How far a task is, with photos that come along."""

    ngay = NgayField("Ngày", initial=today)
    noi_dung = NoiDungField("Đã làm được", max_length=300, rows=2)
    tep = NhieuTepField(
        label="Ảnh",
        required=False,
        widget=NhieuTepInput(attrs={"accept": MIME}),
        allow_empty_file=True,
        help_text="Chọn được nhiều ảnh một lần, kiểu JPG hoặc PNG.",
    )
    loai = chu_thich = None
    field_order = ["ngay", "noi_dung", "tep"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client_id"].initial = uuid.uuid4

    def clean(self):
        """The photos bear the note's words."""
        self.cleaned_data["chu_thich"] = self.cleaned_data.get("noi_dung", "")[:200]
        return self.cleaned_data


class KetQuaNhiemVuForm(SuaDongForm):
    xep_muc = forms.ChoiceField(
        label="Mức độ",
        choices=[*NhiemVu.Muc.choices, ("", "Thôi giao nhiệm vụ này")],
        widget=forms.RadioSelect,
        required=False,
    )
    ket_qua = NoiDungField(
        "Kết quả", max_length=300, required=False, help_text="Thôi giao thì ghi lý do."
    )
    minh_chung = forms.CharField(
        label="Minh chứng",
        max_length=300,
        required=False,
        help_text="Ảnh, biên bản, xác nhận đang giữ ở đâu.",
    )

    TRUONG = ("xep_muc", "ket_qua", "minh_chung")

    def __init__(self, *args, dong: BanKetQua, **kwargs):
        super().__init__(*args, dong=dong, **kwargs)
        self.initial["xep_muc"] = dong.xep_muc or None  # no level is chosen beforehand
