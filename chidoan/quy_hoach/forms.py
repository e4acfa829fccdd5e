"""Forms of the succession desk."""

from django import forms

from chidoan.models import CuCanBo, QuyHoach
from chidoan.models.quy_hoach import ViTri
from chidoan.sua_dong import SuaDongForm
from core.periods import today
from core.text.display import ngay as show_ngay
from doanvien.danh_muc import NGUON_CAN_BO
from doanvien.models import DoanVien, QuaTrinh
from tochuc.loc import NhieuField
from tochuc.models import DonVi

VI_DU_NGAY = "Ví dụ 05/02/2026."
NGUON = [("", "Chưa xác định"), *NGUON_CAN_BO.items()]
LY_DO_DI_XA = "Người đang đi làm xa không bố trí làm bí thư, phó bí thư; vẫn chọn thì ghi rõ lý do."


class NguoiField(forms.ModelChoiceField):
    """Members with their branch; who works away is pointed out."""

    def label_from_instance(self, obj):
        away = f" (đi làm xa từ {show_ngay(obj.di_xa_tu)})" if obj.is_di_lam_xa(today()) else ""
        return f"{obj.ho_ten}, {obj.chi_doan.ten}{away}"


def _reason_field():
    return forms.CharField(
        label="Lý do vẫn chọn người đi làm xa",
        max_length=200,
        required=False,
        help_text=LY_DO_DI_XA,
    )


class QuyHoachForm(forms.Form):
    don_vi = forms.ModelChoiceField(
        label="Cho chi đoàn", queryset=DonVi.objects.none(), empty_label="Chọn chi đoàn"
    )
    chuc_danh = forms.ChoiceField(
        label="Chức danh", choices=ViTri, widget=forms.RadioSelect, initial=ViTri.BI_THU
    )
    nguon = forms.ChoiceField(label="Nguồn", choices=NGUON, required=False)
    san_sang = forms.ChoiceField(
        label="Mức sẵn sàng",
        choices=QuyHoach.SanSang,
        widget=forms.RadioSelect,
        initial=QuyHoach.SanSang.NGAY,
    )
    ghi_chu = forms.CharField(
        label="Ghi chú", max_length=200, required=False, help_text="Cần bồi dưỡng gì, ai kèm."
    )
    ly_do_di_xa = _reason_field()

    def __init__(self, *args, chi_doan, doan_vien, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["don_vi"].queryset = chi_doan
        if not doan_vien.is_di_lam_xa(today()):
            del self.fields["ly_do_di_xa"]


class RaSoatForm(SuaDongForm):
    TRUONG = QuyHoach.TRUONG_RA_SOAT

    san_sang = forms.ChoiceField(
        label="Mức sẵn sàng", choices=QuyHoach.SanSang, widget=forms.RadioSelect
    )
    nguon = forms.ChoiceField(label="Nguồn", choices=NGUON, required=False)
    ghi_chu = forms.CharField(label="Ghi chú", max_length=300, required=False)


class DuaRaForm(forms.Form):
    ly_do = forms.CharField(
        label="Lý do",
        max_length=200,
        help_text="Ví dụ: đã giữ chức, đi làm xa, chuyển nơi ở, không còn nguyện vọng.",
    )


class UngVienField(NhieuField):
    def label_from_instance(self, obj):
        office = obj.get_chuc_danh_display()
        return f"{obj.doan_vien.ho_ten}: {office} {obj.don_vi.ten}"


class PheDuyetForm(forms.Form):
    quy_hoach = UngVienField(
        label="Đồng chí được phê duyệt",
        queryset=QuyHoach.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    can_cu = forms.CharField(
        label="Văn bản phê duyệt",
        max_length=200,
        help_text="Ví dụ: Thông báo 21-TB/ĐU của Đảng ủy phường.",
    )
    ngay = forms.DateField(label="Ngày phê duyệt", help_text=VI_DU_NGAY, initial=today)

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["quy_hoach"].queryset = rows
        self.fields["quy_hoach"].initial = rows


class DeNghiForm(forms.Form):
    doan_vien = NguoiField(
        label="Đồng chí được giới thiệu",
        queryset=DoanVien.objects.none(),
        empty_label="Chọn đồng chí",
    )
    chuc_danh = forms.ChoiceField(
        label="Để làm", choices=ViTri, widget=forms.RadioSelect, initial=ViTri.BI_THU
    )
    ly_do = forms.CharField(
        label="Vì sao giới thiệu",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Uy tín, khả năng tập hợp thanh niên, kết quả hội nghị chi đoàn.",
    )
    ly_do_di_xa = _reason_field()

    def __init__(self, *args, nguoi, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["doan_vien"].queryset = nguoi


class TraLoiForm(forms.Form):
    dong_y = forms.ChoiceField(
        label="Trả lời",
        choices=[("co", "Đồng ý"), ("khong", "Không đồng ý")],
        widget=forms.RadioSelect,
    )
    tra_loi = forms.CharField(
        label="Ý kiến",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Không đồng ý thì ghi lý do để chi đoàn biết.",
    )


class CuCanBoForm(forms.Form):
    doan_vien = NguoiField(
        label="Đồng chí được cử", queryset=DoanVien.objects.none(), empty_label="Chọn đồng chí"
    )
    don_vi = forms.ModelChoiceField(
        label="Về chi đoàn", queryset=DonVi.objects.none(), empty_label="Chọn chi đoàn"
    )
    vai_tro = forms.ChoiceField(label="Để làm", choices=CuCanBo.VaiTro, widget=forms.RadioSelect)
    tu_ngay = forms.DateField(label="Từ ngày", help_text=VI_DU_NGAY, initial=today)
    den_ngay = forms.DateField(label="Đến hết ngày", required=False)
    can_cu = forms.CharField(
        label="Văn bản cử", max_length=200, help_text="Ví dụ: Quyết định 08-QĐ/ĐTN ngày 05/02/2026."
    )
    loai = forms.ChoiceField(
        label="Tham gia sinh hoạt ở đó",
        choices=[
            (QuaTrinh.Loai.TAM_THOI.value, "Tạm thời, trong thời gian được cử"),
            (QuaTrinh.Loai.NOI_CU_TRU.value, "Nơi cư trú, vì đồng chí ở đó"),
        ],
        widget=forms.RadioSelect,
        initial=QuaTrinh.Loai.TAM_THOI,
        help_text="Đồng chí vẫn là đoàn viên chính thức của chi đoàn mình, chỉ tính một lần.",
    )

    def __init__(self, *args, nguoi, chi_doan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["doan_vien"].queryset = nguoi
        self.fields["don_vi"].queryset = chi_doan
        self.fields["vai_tro"].initial = CuCanBo.VaiTro.NGUON


class ThoiCuForm(forms.Form):
    den_ngay = forms.DateField(label="Đến hết ngày", help_text=VI_DU_NGAY, initial=today)
    ly_do = forms.CharField(label="Lý do", max_length=200, required=False)
