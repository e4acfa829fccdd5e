from django import forms

from core.periods import today
from tudưong.models import BuocHoSo, ChatVan
from tudưong.services.cap_uy import default_han_tra_loi

from .chung import BuocForm, NgayField, NoiDungField


class GuiForm(BuocForm):
    chi_bo = forms.CharField(
        label="Chi bộ nhận", max_length=120, help_text="Tên riêng, ví dụ Khu vực 3."
    )
    so_van_ban = forms.CharField(label="Số công văn gửi", max_length=60, required=False)
    y_kien = forms.CharField(
        label="Cách giao", max_length=200, required=False, help_text="Ví dụ: giao tận tay."
    )

    def __init__(self, *args, ho_so, **kwargs):
        super().__init__(*args, ho_so=ho_so, **kwargs)
        self.fields["chi_bo"].initial = ho_so.chi_bo
        self.fields["ngay"].label = "Ngày gửi"


class KetQuaForm(BuocForm):
    mark_required = True  # what else is needed follows from the outcome, and its help says so

    ket_qua = forms.ChoiceField(
        label="Kết quả xem xét",
        choices=[
            (BuocHoSo.Loai.KET_NAP, "Đã kết nạp"),
            (BuocHoSo.Loai.KHONG_KET_NAP, "Chưa kết nạp"),
            (BuocHoSo.Loai.CAP_UY_BO_SUNG, "Đề nghị bổ sung hồ sơ"),
        ],
        widget=forms.RadioSelect,
    )
    so_van_ban = forms.CharField(
        label="Số quyết định kết nạp",
        max_length=60,
        required=False,
        help_text="Cần có khi đã kết nạp.",
    )
    ly_do = NoiDungField(
        "Lý do, nội dung cần bổ sung",
        required=False,
        help_text="Cần có khi chưa kết nạp hoặc đề nghị bổ sung.",
    )
    field_order = ["version", "ket_qua", "ngay"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ngay"].label = "Ngày có kết quả"


class ChinhThucForm(BuocForm):
    so_van_ban = forms.CharField(label="Số quyết định công nhận", max_length=60)
    field_order = ["version", "so_van_ban", "ngay"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ngay"].label = "Ngày công nhận chính thức"


class CongVanForm(BuocForm):
    han_tra_loi = NgayField("Đề nghị trả lời trước ngày")

    def __init__(self, *args, ho_so, **kwargs):
        super().__init__(*args, ho_so=ho_so, **kwargs)
        self.fields["ngay"].label = "Ngày công văn"
        self.fields["han_tra_loi"].initial = default_han_tra_loi(ho_so, today())


class TraLoiForm(BuocForm):
    tra_loi_loai = forms.ChoiceField(
        label="Nội dung trả lời", choices=ChatVan.TraLoi, widget=forms.RadioSelect
    )
    tra_loi_noi_dung = NoiDungField("Ý kiến của cấp ủy")
    field_order = ["version", "tra_loi_loai", "tra_loi_noi_dung"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ngay"].label = "Ngày trả lời"


class BuocTiepForm(BuocForm):
    buoc_tiep = forms.ChoiceField(
        label="Bước tiếp theo", choices=ChatVan.BuocTiep, widget=forms.RadioSelect
    )
    y_kien = NoiDungField("Ghi chú", rows=2, required=False)
    field_order = ["version", "buoc_tiep"]
