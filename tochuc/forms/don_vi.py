from django import forms


class DonViChoiceField(forms.ModelChoiceField):
    """Units in the order of the tree, each level set in a little; no query per unit.

    Where all of them stand on one level (`is_flat`), none is set in.
    """

    def __init__(self, *args, is_flat: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_flat = is_flat

    def label_from_instance(self, obj):
        indent = "" if self.is_flat else "\u00a0\u00a0\u00a0" * (obj.depth - 1)
        return indent + obj.ten_day_du
