"""A photo as a device keeps it, with the meeting it belongs to."""

from django import forms

from chidoan.anh.forms import AnhForm


class AnhCuaBuoiForm(AnhForm):
    """`client_id` is the photo's own; `cua` the id that the device gave the meeting, `buoi` the
    meeting's key where another one was chosen for it."""

    client_id = forms.UUIDField()
    cua = forms.UUIDField()
    buoi = forms.IntegerField(min_value=1, required=False)

    def buoi_can_tim(self) -> dict:
        """By what the meeting is found."""
        data = self.cleaned_data
        return {"pk": data["buoi"]} if data["buoi"] else {"client_id": data["cua"]}

    def anh(self) -> dict:
        """The photo, as `add_anh` takes it."""
        sent = self.gui_mot()
        return {"tep": sent.tep, "client_id": sent.client_id, "loai": self.cleaned_data["loai"]}
