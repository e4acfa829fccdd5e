from django import forms


class DonViChoiceField(forms.ModelChoiceField):
    """Units in the order of the tree, each level set in a little; no query per unit."""

    def label_from_instance(self, obj):
        return "\u00a0\u00a0\u00a0" * (obj.depth - 1) + obj.ten_day_du
