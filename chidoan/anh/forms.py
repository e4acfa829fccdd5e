import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms

from chidoan.models import Anh

from .gioi_han import MAX_TEP_BYTES, MIME


@dataclass(frozen=True)
class AnhGui:
    """One file as it was sent; its name is only said back to who sent it."""

    ten: str
    tep: bytes
    client_id: uuid.UUID


class NhieuTepInput(forms.FileInput):
    allow_multiple_selected = True


class NhieuTepField(forms.FileField):
    """Several files; gives the list of them."""

    widget = NhieuTepInput

    def clean(self, data, initial=None):
        files = (data if isinstance(data, list | tuple) else [data]) or [None]
        cleaned = [super(NhieuTepField, self).clean(file, initial) for file in files]
        return [file for file in cleaned if file]


class AnhForm(forms.Form):
    """Photos as a page or a device sends them; `client_id` is that of one photo, or of a form."""

    tep = NhieuTepField(
        label="Ảnh",
        widget=NhieuTepInput(attrs={"accept": MIME}),
        error_messages={"required": "Chọn ít nhất một ảnh."},
        allow_empty_file=True,  # of several, each is judged by itself
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput(), required=False)
    loai = forms.ChoiceField(choices=Anh.Loai, widget=forms.HiddenInput(), required=False)
    chu_thich = forms.CharField(max_length=200, widget=forms.HiddenInput(), required=False)

    def clean_loai(self):
        return self.cleaned_data["loai"] or Anh.Loai.ANH

    def gui(self) -> Iterator[AnhGui]:
        """Each file with an id that stays the same when the same form is sent again; one at a time
        is held in memory."""
        given = self.cleaned_data["client_id"] or uuid.uuid4()
        return (_of_form(given, file) for file in self.cleaned_data["tep"])

    def gui_mot(self) -> AnhGui:
        """The one photo of a device, under the id that the device gave it."""
        file = self.cleaned_data["tep"][0]
        return AnhGui(file.name, _bytes_of(file), self.cleaned_data["client_id"] or uuid.uuid4())


def _of_form(form_id: uuid.UUID, file) -> AnhGui:
    content = _bytes_of(file)
    return AnhGui(file.name, content, uuid.uuid5(form_id, hashlib.sha256(content).hexdigest()))


def _bytes_of(file) -> bytes:
    """No more than is needed to see that it is too much."""
    return file.read(MAX_TEP_BYTES + 1)


class ChuThichForm(forms.Form):
    chu_thich = forms.CharField(label="Chú thích", max_length=200, required=False)
