"""Forms of inspection: plan, visit, finding, recommendation, conclusion, answer."""

from django import forms
from django.utils.text import capfirst

from chidoan.models import ChuongTrinhKiemTra, CuocKiemTra, KetQuaKiemTra
from chidoan.sua_dong import SuaDongForm
from core.periods import KyBaoCao, today
from tochuc.forms.don_vi import DonViChoiceField
from tochuc.loc import NhieuField
from tochuc.models import DonVi

VI_DU_NGAY = "Ví dụ 05/02/2026."
GOI_Y = (
    "Công tác phát triển đoàn viên",
    "Việc thực hiện chế độ sinh hoạt chi đoàn",
    "Việc thu, nộp và sử dụng đoàn phí",
    "Công tác quản lý hồ sơ, sổ sách chi đoàn",
    "Việc thực hiện Điều lệ Đoàn, nghị quyết, chỉ thị của Đoàn cấp trên",
)
"""Themes that a ward's programme usually has; anything else may be typed."""


def cac_ky(nam: int) -> list[tuple[str, str]]:
    """Quarters and months of a year, as choices."""
    quarters = [KyBaoCao(nam, quy=quy) for quy in range(1, 5)]
    return [(ky.code, capfirst(ky.ten)) for ky in (*quarters, *KyBaoCao(nam).months)]


def don_vi_duoi(don_vi: DonVi):
    """Whom a unit may inspect: those right below it that exist today."""
    units = DonVi.objects.under(don_vi).dang_hoat_dong(today())
    return units.filter(depth=don_vi.depth + 1).order_by("path")


class KeHoachForm(forms.Form):
    """What is planned of an inspection; the units are chosen by the forms below."""

    hinh_thuc = forms.ChoiceField(
        label="Hình thức",
        choices=CuocKiemTra.HinhThuc.choices,
        initial=CuocKiemTra.HinhThuc.KIEM_TRA,
        widget=forms.RadioSelect,
    )
    chuyen_de = forms.CharField(
        label="Nội dung, chuyên đề",
        max_length=200,
        help_text="Ví dụ: công tác phát triển đoàn viên; việc thu, nộp đoàn phí.",
        widget=forms.TextInput(attrs={"list": "goi-y-chuyen-de"}),
    )
    ky = forms.TypedChoiceField(label="Thời gian dự kiến", coerce=KyBaoCao.parse)

    def __init__(self, *args, nam: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ky"].choices = cac_ky(nam)
        if "ky" not in self.initial:
            now = KyBaoCao.quarter_of(today())
            self.initial["ky"] = (now if now.nam == nam else KyBaoCao(nam, quy=1)).code


class CuocForm(KeHoachForm):
    """One inspection outside the programme."""

    doi_tuong = DonViChoiceField(
        label="Đơn vị được kiểm tra", queryset=DonVi.objects.none(), is_flat=True
    )

    field_order = ["doi_tuong", "hinh_thuc", "chuyen_de", "ky"]

    def __init__(self, *args, don_vi: DonVi, **kwargs):
        super().__init__(*args, nam=today().year, **kwargs)
        self.fields["doi_tuong"].queryset = don_vi_duoi(don_vi)


class NhieuDonViForm(KeHoachForm):
    """A theme of the programme, and all units in which it is inspected."""

    doi_tuong = NhieuField(
        label="Các đơn vị được kiểm tra",
        queryset=DonVi.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một đơn vị."},
    )

    def __init__(self, *args, don_vi: DonVi, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["doi_tuong"].queryset = don_vi_duoi(don_vi)


class SuaKeHoachForm(KeHoachForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class TienHanhForm(forms.ModelForm):
    """The visit: when, who, and the time that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    ngay = forms.DateField(label="Ngày tiến hành", help_text=VI_DU_NGAY)
    tu_ngay = forms.DateField(label="Mốc kiểm tra từ ngày", help_text=VI_DU_NGAY)
    den_ngay = forms.DateField(label="Đến ngày", help_text="Không sau ngày tiến hành.")
    truong_doan = forms.CharField(
        label="Trưởng đoàn",
        max_length=100,
        widget=forms.TextInput(attrs={"autocapitalize": "words", "spellcheck": "false"}),
    )

    class Meta:
        model = CuocKiemTra
        fields = [
            *("ngay", "tu_ngay", "den_ngay", "dia_diem"),
            *("truong_doan", "chuc_vu_truong", "thanh_vien", "dai_dien"),
        ]
        labels = {
            "chuc_vu_truong": "Chức vụ của trưởng đoàn",
            "thanh_vien": "Thành viên đoàn",
            "dai_dien": "Đại diện đơn vị cùng làm việc",
        }
        help_texts = {
            "thanh_vien": "Mỗi người một dòng, ví dụ: Lê Văn An, Ủy viên Ban Chấp hành.",
            "dai_dien": "Mỗi người một dòng.",
        }
        widgets = {
            "thanh_vien": forms.Textarea(attrs={"rows": 3}),
            "dai_dien": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version


class KetQuaForm(SuaDongForm):
    loai = forms.ChoiceField(
        label="Loại", choices=KetQuaKiemTra.Loai.choices, widget=forms.RadioSelect
    )
    noi_dung = forms.CharField(
        label="Nội dung", max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    so_lieu = forms.CharField(
        label="Số liệu, căn cứ",
        max_length=600,
        required=False,
        help_text="Hạn chế, vi phạm phải có số liệu hoặc căn cứ.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    TRUONG = ("loai", "noi_dung", "so_lieu")


class KienNghiForm(SuaDongForm):
    noi_dung = forms.CharField(
        label="Đề nghị đơn vị làm gì",
        max_length=600,
        help_text="Một việc một kiến nghị, để trả lời và xác nhận từng việc.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    han = forms.DateField(label="Hạn khắc phục", help_text=VI_DU_NGAY)
    TRUONG = ("noi_dung", "han")


class KetLuanForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    ngay = forms.DateField(label="Ngày kết luận", help_text="Là ngày của văn bản.")
    ket_luan = forms.CharField(
        label="Kết luận",
        max_length=3000,
        help_text="Đánh giá chung, nguyên nhân, trách nhiệm. Mỗi ý một dòng.",
        widget=forms.Textarea(attrs={"rows": 7}),
    )


class LyDoForm(forms.Form):
    ly_do = forms.CharField(label="Lý do", max_length=300)


class TraLoiForm(forms.Form):
    noi_dung = forms.CharField(
        label="Đã làm gì, kết quả",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    ngay = forms.DateField(label="Ngày làm xong", initial=today, help_text=VI_DU_NGAY)


class YeuCauTiepForm(forms.Form):
    y_kien = forms.CharField(label="Còn phải làm gì", max_length=300)


class ChuongTrinhForm(forms.ModelForm):
    ngay = forms.DateField(label="Ngày ban hành", required=False, help_text=VI_DU_NGAY)
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ChuongTrinhKiemTra
        fields = ["so_van_ban", "ngay", "ghi_chu"]
        labels = {"so_van_ban": "Số văn bản"}
        help_texts = {"so_van_ban": "Ví dụ 02-CTr/ĐTN. Chưa ban hành thì bỏ trống."}
        widgets = {"ghi_chu": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version


class ChuongTrinhMoiForm(ChuongTrinhForm):
    version = None
    nam = forms.IntegerField(label="Năm", widget=forms.TextInput(attrs={"class": "w-nam"}))

    field_order = ["nam", "so_van_ban", "ngay", "ghi_chu"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nam"].initial = today().year

    def clean_nam(self):
        """This year's programme, the last one's to catch up, or the next one's."""
        nam = self.cleaned_data["nam"]
        if not today().year - 1 <= nam <= today().year + 1:
            raise forms.ValidationError(f"Chọn năm từ {today().year - 1} đến {today().year + 1}.")
        return nam


class KhoangXemForm(forms.Form):
    """The span of the prepared figures."""

    tu = forms.DateField(label="Từ ngày")
    den = forms.DateField(label="Đến ngày")

    def clean(self):
        tu, den = self.cleaned_data.get("tu"), self.cleaned_data.get("den")
        if tu and den and (den < tu or den > today() or (den - tu).days > DAI_NHAT):
            self.add_error("den", "Chọn khoảng không quá ba năm, đến hôm nay trở về trước.")
        return self.cleaned_data


DAI_NHAT = 3 * 366
