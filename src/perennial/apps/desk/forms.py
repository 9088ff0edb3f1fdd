"""What is entered to open a desk and to begin a course."""

from django import forms


class OpenForm(forms.Form):
    """A provider as it shall stand on certificates."""

    name = forms.CharField(label="Name of the provider", max_length=200, help_text="As it shall stand on certificates.")
    address = forms.CharField(
        label="Postal address", max_length=300, required=False, help_text="Some approval bodies ask for it on certificates."
    )


class TitleForm(forms.Form):
    """A new course."""

    title = forms.CharField(label="Title of the course", max_length=90, help_text="You can change it until you publish, and after.")
