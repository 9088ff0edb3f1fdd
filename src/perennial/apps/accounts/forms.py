"""Forms of the account; the labels say what each answer is for."""

from django import forms

from perennial.apps.accounts.signup import NameField


class NameForm(forms.Form):
    """Asks for the name on certificates."""

    name = NameField()


class TokenForm(forms.Form):
    """Asks what a token is for."""

    name = forms.CharField(label="What is it for?", max_length=80, help_text="So that you know it again, for example “my spreadsheet”.")
