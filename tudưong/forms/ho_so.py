from django import forms
from django.db.models import Exists, OuterRef

from doanvien.models import DoanVien
from tochuc.bieu_quyet import Phieu
from tochuc.permissions import Quyen
from tudưong.models import GiayTo, HoSo
from tudưong.services.giay_to import DA_BAN_HANH

from .chung import BuocForm, NgayField, NoiDungField
from .to import DoanVienField


class MoHoSoForm(forms.Form):
    doan_vien = DoanVienField(
        label="Đoàn viên",
        queryset=DoanVien.objects.none(),
        empty_label="Chọn đoàn viên",
        help_text="Đoàn viên đang sinh hoạt, chưa vào Đảng, chưa có hồ sơ đang mở.",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        quyen = Quyen.LAP_HO_SO if user.has_quyen(Quyen.LAP_HO_SO) else Quyen.DE_NGHI_HO_SO
        people = DoanVien.objects.permitted_to(user, quyen).dang_sinh_hoat()
        # one whose case is still elsewhere may be chosen: the refusal says where it is
        open_case = HoSo.objects.dang_mo().filter(
            doan_vien=OuterRef("pk"), chi_doan=OuterRef("chi_doan")
        )
        self.fields["doan_vien"].queryset = people.filter(
            ~Exists(open_case), ngay_vao_dang__isnull=True
        ).select_related("chi_doan")


class NhanXetForm(forms.ModelForm):
    """The remarks and whom the case goes to; of them only what is still this person's to write."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    du_kien = NgayField("Dự kiến cấp ủy xét ngày", required=False)

    class Meta:
        model = HoSo
        fields = [
            "pham_chat",
            "dao_duc",
            "nang_luc",
            "quan_he",
            "khuyet_diem",
            "chi_bo",
            "co_chi_uy",
            "du_kien",
        ]
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("pham_chat", "dao_duc", "nang_luc", "quan_he", "khuyet_diem")
        }

    def __init__(self, *args, truong, **kwargs):
        super().__init__(*args, **kwargs)
        self.mark_required = True  # each may wait for the next save; the vote asks for all
        self.fields["version"].initial = self.instance.version
        self.fields["khuyet_diem"].help_text = "Nghị quyết phải nêu khuyết điểm."
        for name in self.Meta.fields:
            if name not in truong:
                del self.fields[name]


class BieuQuyetForm(BuocForm):
    """The tally of a secret ballot: numbers, never names."""

    co_mat = forms.IntegerField(label="Có mặt", min_value=0, max_value=999)
    tan_thanh = forms.IntegerField(label="Tán thành", min_value=0, max_value=999)
    khong_tan_thanh = forms.IntegerField(
        label="Không tán thành", min_value=0, max_value=999, initial=0
    )
    khong_hop_le = forms.IntegerField(
        label="Phiếu không hợp lệ", min_value=0, max_value=999, initial=0
    )
    ly_do = NoiDungField(
        "Lý do không tán thành",
        rows=2,
        required=False,
        help_text="Ghi như nêu trên phiếu, không ghi tên người bỏ phiếu.",
    )

    def phieu(self) -> Phieu:
        data = self.cleaned_data
        return Phieu(
            co_mat=data["co_mat"],
            tan_thanh=data["tan_thanh"],
            khong_tan_thanh=data["khong_tan_thanh"],
            khong_hop_le=data["khong_hop_le"],
        )


class ChiDoanBieuQuyetForm(BieuQuyetForm):
    y_kien = NoiDungField("Ghi chú", rows=2, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ngay"].label = "Ngày chi đoàn họp"


class NghiQuyetForm(BieuQuyetForm):
    ngay_van_ban = NgayField(
        "Ngày nghị quyết", required=False, help_text="Để trống nếu cùng ngày họp."
    )
    field_order = ["version", "ngay", "ngay_van_ban"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ngay"].label = "Ngày Ban Chấp hành họp"
        ly_do = self.fields["ly_do"]
        ly_do.help_text = f"Cần có khi có phiếu không tán thành. {ly_do.help_text}"


class LyDoForm(BuocForm):
    ly_do = NoiDungField("Lý do")


class YKienBuocForm(BuocForm):
    y_kien = NoiDungField("Ý kiến", required=False)


class BoSungForm(BuocForm):
    y_kien = NoiDungField("Đã bổ sung")


class DungHoSoForm(LyDoForm):
    tiep_tuc = forms.TypedChoiceField(
        label="Sau đó",
        choices=[("1", "Tiếp tục bồi dưỡng"), ("0", "Đóng hẳn hồ sơ")],
        coerce=lambda value: value == "1",
        initial="1",
        widget=forms.RadioSelect,
    )


class GiayToForm(forms.ModelForm):
    ngay = NgayField("Ngày của giấy tờ", required=False)

    class Meta:
        model = GiayTo
        fields = ["tinh_trang", "so", "ngay", "ghi_chu"]
        widgets = {"tinh_trang": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.van_ban_id:
            for name in DA_BAN_HANH:
                del self.fields[name]
