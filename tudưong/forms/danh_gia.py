from django import forms

from chidoan.sua_dong import SuaDongForm
from core.periods import today
from tudưong.ban_ghi import BanYKien
from tudưong.models import DanhGia, NhiemVu

from .chung import NgayField, NoiDungField


class DanhGiaForm(forms.Form):
    """The review of one member: last quarter's points, tasks, remarks, level, verdict.

    Fields of points are `khac_phuc_<n>`; those of a task `muc_<id>`, `ket_qua_<id>` and
    `minh_chung_<id>`.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    ket_qua = NoiDungField("Kết quả đạt được", required=False)
    han_che = NoiDungField("Hạn chế", required=False)
    can_khac_phuc = NoiDungField(
        "Cần khắc phục", required=False, help_text="Mỗi dòng một điều. Quý sau mở ra kiểm lại."
    )
    han_khac_phuc = NgayField("Hạn khắc phục", required=False)
    muc = forms.ChoiceField(
        label="Mức đánh giá của quý",
        choices=DanhGia.Muc,
        widget=forms.RadioSelect,
        required=False,
    )
    ket_luan = forms.ChoiceField(
        label="Kết luận của tổ",
        choices=DanhGia.KetLuan,
        widget=forms.RadioSelect,
        required=False,
    )

    so_tan_thanh = forms.IntegerField(label="Tán thành", min_value=0, max_value=99, required=False)
    so_co_mat = forms.IntegerField(
        label="Có mặt biểu quyết", min_value=0, max_value=99, required=False
    )
    ly_do_tam_dung = forms.CharField(
        label="Lý do tạm dừng",
        max_length=300,
        required=False,
        help_text="Cần có khi kết luận là tạm dừng.",
    )

    FIELDS = (
        "ket_qua",
        "han_che",
        "can_khac_phuc",
        "han_khac_phuc",
        "muc",
        "so_tan_thanh",
        "so_co_mat",
        "ket_luan",
        "ly_do_tam_dung",
    )
    SO_VIEC_MOI = 2
    VIEC_MOI = ("noi_dung", "linh_vuc", "thuoc_do", "han")

    def __init__(self, *args, danh_gia, dieu_truoc, nhiem_vu, so_du_hop=None, **kwargs):
        initial = {field: getattr(danh_gia, field) for field in (*self.FIELDS, "version")}
        if danh_gia.so_co_mat is None:
            initial["so_co_mat"] = so_du_hop
        super().__init__(*args, initial=initial, **kwargs)
        self.mark_required = True  # nearly everything may wait for the next save
        self.fields["can_khac_phuc"].label = f"Cần khắc phục trong {danh_gia.ky.ky.next}"
        self.dieu_truoc, self.nhiem_vu = dieu_truoc, nhiem_vu
        for number, dieu in enumerate(dieu_truoc):
            self.fields[f"khac_phuc_{number}"] = forms.ChoiceField(
                label=dieu["dieu"],
                choices=DanhGia.KhacPhuc,
                initial=dieu["trang_thai"],
                widget=forms.RadioSelect,
                required=False,
            )
        for row in nhiem_vu:
            self._add_task(row)
        for number in range(self.SO_VIEC_MOI):
            self._add_next(number)

    def _add_task(self, row):
        self.fields[f"muc_{row.pk}"] = forms.ChoiceField(
            label=f"Kết quả: {row.noi_dung}",
            choices=[("", "Chọn kết quả"), *NhiemVu.Muc.choices],
            initial=row.xep_muc,
            required=False,
            widget=forms.Select(attrs={"class": "form-select", "aria-label": f"Mức độ: {row}"}),
        )
        for name, label, value in (
            ("ket_qua", "Đã làm được", row.ket_qua),
            ("minh_chung", "Minh chứng", row.minh_chung),
        ):
            box = {"class": "form-control", "aria-label": f"{label}: {row}"}
            self.fields[f"{name}_{row.pk}"] = forms.CharField(
                label=f"{label}: {row}",
                max_length=300,
                initial=value,
                required=False,
                widget=forms.TextInput(attrs=box),
            )

    def _add_next(self, number):
        """A task for the next quarter, if its words are written."""
        title = f"Nhiệm vụ quý sau {number + 1}"
        self.fields |= {
            f"moi_{number}_noi_dung": forms.CharField(label=title, max_length=300, required=False),
            f"moi_{number}_linh_vuc": forms.ChoiceField(
                label="Lĩnh vực",
                choices=[("", "Chọn lĩnh vực"), *NhiemVu.LinhVuc.choices],
                required=False,
            ),
            f"moi_{number}_thuoc_do": forms.CharField(
                label="Thước đo", max_length=200, required=False
            ),
            f"moi_{number}_han": NgayField("Hạn", required=False),
        }

    def clean(self):
        data = super().clean()
        for number in range(self.SO_VIEC_MOI):
            if data.get(f"moi_{number}_noi_dung"):
                for name, words in (("linh_vuc", "Chọn lĩnh vực."), ("han", "Ghi hạn.")):
                    field = f"moi_{number}_{name}"
                    if not data.get(field) and field not in self.errors:
                        self.add_error(field, words)
        return data

    def next_tasks(self):
        """The fields of each task for the next quarter."""
        return [
            [self[f"moi_{number}_{name}"] for name in self.VIEC_MOI]
            for number in range(self.SO_VIEC_MOI)
        ]

    def nhiem_vu_moi(self) -> list[dict]:
        """What is given for the next quarter."""
        data = self.cleaned_data
        rows = [
            {name: data[f"moi_{number}_{name}"] for name in self.VIEC_MOI}
            for number in range(self.SO_VIEC_MOI)
        ]
        return [row for row in rows if row["noi_dung"]]

    def points(self):
        """Each point of the quarter before, with its field."""
        return [(dieu, self[f"khac_phuc_{number}"]) for number, dieu in enumerate(self.dieu_truoc)]

    def tasks(self):
        """Each task, with its three fields."""
        return [
            (row, self[f"muc_{row.pk}"], self[f"ket_qua_{row.pk}"], self[f"minh_chung_{row.pk}"])
            for row in self.nhiem_vu
        ]

    def changes(self) -> dict:
        """What the service is to write into the review."""
        data = self.cleaned_data
        answers = [data[f"khac_phuc_{number}"] for number in range(len(self.dieu_truoc))]
        written = {field: data[field] for field in self.FIELDS}
        if written["so_tan_thanh"] is None:
            written["so_co_mat"] = None  # it is filled in beforehand
        return {**written, "khac_phuc": answers}

    def outcomes(self) -> dict:
        """What was chosen for each task: {task: fields of the service}; untouched ones are out."""
        data = self.cleaned_data
        found = {}
        for row in self.nhiem_vu:
            values = {
                "xep_muc": data[f"muc_{row.pk}"],
                "ket_qua": data[f"ket_qua_{row.pk}"],
                "minh_chung": data[f"minh_chung_{row.pk}"],
            }
            now = {"xep_muc": row.xep_muc, "ket_qua": row.ket_qua, "minh_chung": row.minh_chung}
            if values["xep_muc"] and values != now:
                found[row] = values
        return found


class YKienForm(SuaDongForm):
    y_kien = NoiDungField("Ý kiến của Ban Chấp hành chi đoàn")
    ngay = NgayField("Ngày")

    TRUONG = ("y_kien", "ngay")

    def __init__(self, *args, dong: BanYKien, **kwargs):
        super().__init__(*args, dong=dong, **kwargs)
        self.initial["ngay"] = dong.ngay or today()
