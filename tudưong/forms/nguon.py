"""Forms of proposals, sympathisers and the class about the Party."""

from django import forms

from core.periods import today
from doanvien.khen_thuong.forms import NguoiField
from doanvien.models import DoanVien
from tochuc.bieu_quyet import Phieu
from tochuc.permissions import Quyen
from tudưong import ung_vien
from tudưong.models import BoiDuongNhanThuc

from .chung import NgayField, NoiDungField
from .to import DoanVienField


class _NguoiForm(forms.Form):
    """One member, from whom the page names."""

    doan_vien = DoanVienField(
        label="Đoàn viên", queryset=DoanVien.objects.none(), empty_label="Chọn đoàn viên"
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["doan_vien"].queryset = people


class DeXuatForm(_NguoiForm):
    """The ward's committee puts somebody forward."""

    ngay = NgayField("Ngày Ban Chấp hành họp", initial=today)
    ly_do = NoiDungField("Lý do đề xuất", max_length=300, rows=2)

    def __init__(self, *args, user, **kwargs):
        people = ung_vien.de_xuat_duoc(user, Quyen.QUAN_LY_TU_DUONG)
        super().__init__(*args, people=people, **kwargs)


class ChiDoanDeXuatForm(_NguoiForm):
    """A branch's proposal: the tally in numbers, never names."""

    ngay = NgayField("Ngày chi đoàn họp", initial=today)
    co_mat = forms.IntegerField(label="Có mặt", min_value=0, max_value=999)
    tan_thanh = forms.IntegerField(label="Tán thành", min_value=0, max_value=999)
    khong_tan_thanh = forms.IntegerField(
        label="Không tán thành", min_value=0, max_value=999, initial=0
    )
    khong_hop_le = forms.IntegerField(
        label="Phiếu không hợp lệ", min_value=0, max_value=999, initial=0
    )
    ly_do = NoiDungField(
        "Lý do đề xuất",
        max_length=300,
        rows=2,
        help_text="Ưu điểm nổi bật, việc đã làm tốt.",
    )

    def __init__(self, *args, user, **kwargs):
        people = ung_vien.de_xuat_duoc(user, Quyen.DE_NGHI_HO_SO)
        super().__init__(*args, people=people, **kwargs)

    def clean(self):
        """The four numbers as one tally."""
        data = super().clean()
        names = ("co_mat", "tan_thanh", "khong_tan_thanh", "khong_hop_le")
        if not self.errors:
            data["phieu"] = Phieu(**{name: data.pop(name) for name in names})
        return data


class NhanVaoToForm(_NguoiForm):
    """Whom to take into the group by one press."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, people=ung_vien.nguon_vao_to(user), **kwargs)


class LyDoTraLoiForm(forms.Form):
    ly_do = NoiDungField("Lý do", max_length=300, rows=2)


class CamTinhForm(_NguoiForm):
    ngay = NgayField("Ngày chi bộ xét", initial=today)
    noi = forms.CharField(label="Chi bộ xét", max_length=200, help_text="Ví dụ Chi bộ khu vực 1.")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, people=ung_vien.chua_cam_tinh(user), **kwargs)


class ThoiCamTinhForm(forms.Form):
    ngay = NgayField("Đưa ra ngày", initial=today)
    ly_do = NoiDungField("Lý do", max_length=300, rows=2)


class CuDiHocForm(forms.Form):
    lop = forms.CharField(
        label="Lớp", max_length=120, required=False, help_text="Ví dụ Khóa II năm 2026."
    )
    noi_hoc = forms.CharField(
        label="Nơi học", max_length=160, help_text="Ví dụ Trung tâm Chính trị thành phố."
    )
    tu_ngay = NgayField("Học từ ngày")
    den_ngay = NgayField("Đến ngày", required=False)
    doan_vien = NguoiField(
        label="Cử đi học",
        queryset=DoanVien.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Đồng chí trong tổ tu dưỡng, cảm tình Đảng hoặc đang có hồ sơ giới thiệu.",
    )

    def __init__(self, *args, user, chon=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["doan_vien"].queryset = ung_vien.cu_hoc_duoc(user)
        self.fields["doan_vien"].initial = chon


class ChungNhanForm(_NguoiForm):
    so_chung_nhan = forms.CharField(label="Số giấy chứng nhận", max_length=60)
    ngay_cap = NgayField("Ngày cấp", initial=today)
    noi_hoc = forms.CharField(label="Nơi cấp", max_length=160)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, people=ung_vien.co_chung_nhan_duoc(user), **kwargs)


class NhanThucForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    tu_ngay = NgayField("Học từ ngày", required=False)
    den_ngay = NgayField("Đến ngày", required=False)
    ngay_cap = NgayField("Ngày cấp giấy chứng nhận", required=False)

    class Meta:
        model = BoiDuongNhanThuc
        fields = [
            "trang_thai",
            "so_chung_nhan",
            "ngay_cap",
            "lop",
            "noi_hoc",
            "tu_ngay",
            "den_ngay",
            "ghi_chu",
        ]
        widgets = {"trang_thai": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.fields["so_chung_nhan"].help_text = "Cần có khi được cấp giấy chứng nhận."
