"""Forms of livelihood."""

from django import forms

from chidoan.models import HoTro, MoHinhKinhTe, ToTietKiem
from chidoan.truong_so import SoField, TienField
from core.periods import today
from doanvien.models import DoanVien
from tochuc.models import DonVi

VI_DU_NGAY = "Ví dụ 05/02/2026."
TEN_NGUOI = {"autocapitalize": "words", "spellcheck": "false"}


class DoanVienField(forms.ModelChoiceField):
    """Present members of a unit and what is below it, by given name, with their branch."""

    def __init__(self, **kwargs):
        super().__init__(queryset=DoanVien.objects.none(), **kwargs)

    def offer(self, don_vi: DonVi, giu: int | None = None) -> None:
        """`giu` is who stands in the row already, wherever he is now."""
        rows = DoanVien.objects.under(don_vi).dang_sinh_hoat()
        rows |= DoanVien.objects.filter(pk=giu)
        self.queryset = rows.select_related("chi_doan").order_by("khoa_sap_xep", "pk")
        self.with_branch = not don_vi.is_chi_doan

    def label_from_instance(self, obj):
        return f"{obj.ho_ten} – {obj.chi_doan.ten}" if self.with_branch else obj.ho_ten


class ToTietKiemForm(forms.ModelForm):
    to_truong = DoanVienField(
        label="Tổ trưởng là đoàn viên", required=False, empty_label="Không phải đoàn viên"
    )
    tu_ngay = forms.DateField(label="Đoàn nhận ủy thác từ ngày", help_text=VI_DU_NGAY)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ToTietKiem
        fields = ["ten", "to_truong", "ten_to_truong", "tu_ngay", "ghi_chu"]
        labels = {"ten": "Tên tổ", "ten_to_truong": "Họ tên tổ trưởng"}
        help_texts = {
            "ten": "Ví dụ: Tổ TK&VV khu vực 3.",
            "ten_to_truong": "Chỉ ghi khi tổ trưởng không phải đoàn viên.",
        }
        widgets = {"ten_to_truong": forms.TextInput(attrs=TEN_NGUOI)}

    def __init__(self, *args, don_vi: DonVi, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_truong"].offer(don_vi, self.instance.to_truong_id)
        self.fields["version"].initial = self.instance.version

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class SuaToForm(ToTietKiemForm):
    den_ngay = forms.DateField(
        label="Thôi quản lý sau ngày", required=False, help_text="Đang quản lý thì bỏ trống."
    )

    class Meta(ToTietKiemForm.Meta):
        fields = [*ToTietKiemForm.Meta.fields, "den_ngay"]


class MoHinhKinhTeForm(forms.ModelForm):
    doan_vien = DoanVienField(label="Đoàn viên", empty_label="Chọn đoàn viên")
    thu_nhap = TienField(
        label="Thu nhập một năm (đồng)", required=False, help_text="Ví dụ 80.000.000."
    )
    lao_dong = SoField(label="Lao động thường xuyên (người)", required=False)
    tu_ngay = forms.DateField(label="Làm từ ngày", help_text=VI_DU_NGAY)
    den_ngay = forms.DateField(
        label="Thôi làm sau ngày", required=False, help_text="Chỉ ghi khi đã thôi."
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = MoHinhKinhTe
        fields = [
            *("doan_vien", "loai", "ten", "quy_mo", "dia_diem", "thu_nhap", "lao_dong"),
            *("tu_ngay", "trang_thai", "den_ngay"),
        ]
        labels = {"ten": "Tên mô hình"}
        help_texts = {
            "ten": "Ví dụ: nuôi lươn không bùn, vườn mãng cầu, tiệm sửa xe.",
            "quy_mo": "Ví dụ: 4 bể, 2.000 con; 3 công đất.",
        }

    def __init__(self, *args, don_vi: DonVi, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["doan_vien"].offer(don_vi, self.instance.doan_vien_id)
        self.fields["version"].initial = self.instance.version
        if self.instance.pk:
            self.fields["doan_vien"].disabled = True

    def values(self) -> dict:
        """What the services take; the member stays the one it was entered for."""
        left_out = {"doan_vien"} if self.instance.pk else set()
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name not in left_out}


class HoTroForm(forms.ModelForm):
    doan_vien = DoanVienField(
        label="Đoàn viên được giúp", required=False, empty_label="Không phải đoàn viên"
    )
    so_tien = TienField(label="Số tiền (đồng)", required=False, help_text="Vay vốn phải ghi.")
    ngay = forms.DateField(label="Ngày", help_text=VI_DU_NGAY)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = HoTro
        fields = ["loai", "ngay", "doan_vien", "ho_ten", "so_tien", "ket_qua"]
        labels = {"ho_ten": "Thanh niên, gia đình được giúp", "ket_qua": "Nội dung, kết quả"}
        help_texts = {
            "ho_ten": "Chỉ ghi khi không phải đoàn viên.",
            "ket_qua": "Ví dụ: vay nuôi bò qua tổ TK&VV; nhận việc ở xưởng may từ tháng 4. "
            "Không ghi bệnh tật, chuyện riêng.",
        }
        widgets = {"ho_ten": forms.TextInput(attrs=TEN_NGUOI)}

    def __init__(self, *args, don_vi: DonVi, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["doan_vien"].offer(don_vi, self.instance.doan_vien_id)
        self.fields["version"].initial = self.instance.version
        if not self.instance.pk:
            self.fields["ngay"].initial = today()

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
