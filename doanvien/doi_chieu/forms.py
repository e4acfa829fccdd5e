from django import forms

from doanvien.nhap.limits import MAX_FILE_BYTES


class TepDoiChieuForm(forms.Form):
    tep = forms.FileField(
        label="Tệp đã sửa",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": "Tệp rỗng. Chọn lại tệp đã sửa."},
    )

    def clean_tep(self):
        tep = self.cleaned_data["tep"]
        if tep.size > MAX_FILE_BYTES:
            raise forms.ValidationError("Tệp nặng hơn 10 MB. Tải lại theo từng chi đoàn rồi sửa.")
        return tep


class DemForm(forms.Form):
    """The counts that stood on the button."""

    so_o = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    so_moi = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


def read_ticks(data, rows: list[int]) -> dict[int, list[str]]:
    """Which cells of these rows are ticked: each tick is sent as `o=<row>:<field>`."""
    ticked: dict[int, list[str]] = {row: [] for row in rows}
    for text in data.getlist("o"):
        row, _, name = text.partition(":")
        if row.isascii() and row.isdigit() and len(row) < 9 and int(row) in ticked:
            ticked[int(row)].append(name)
    return ticked
