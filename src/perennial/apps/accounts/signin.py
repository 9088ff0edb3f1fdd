"""allauth's forms in our words: one label for one thing, no placeholders, one sentence on passwords."""

from typing import Any

from allauth.account import forms as theirs
from django import forms

PASSWORD = "At least 10 characters, and not one that many people use."  # noqa: S105  a hint, no password
LABELS = {
    "login": "E-mail address",
    "email": "E-mail address",
    "oldpassword": "Present password",
    "password": "Password",
}
CHOSEN = {"password1": "Password", "password2": "The same password once more"}


class Plain(forms.Form):
    """Gives every field its label and takes the placeholders away."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name) or CHOSEN.get(name) or field.label
            if name == "password1":
                field.help_text = PASSWORD


class SignInForm(Plain, theirs.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """E-mail and password."""


class SignUpForm(Plain, theirs.SignupForm):  # type: ignore[misc]  # allauth ships no types
    """Name, e-mail and password."""


class ChangePasswordForm(Plain, theirs.ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    """The present password, and the new one twice."""


class SetPasswordForm(Plain, theirs.SetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """A password for an account that has none."""


class ResetPasswordForm(Plain, theirs.ResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """Where to send the link."""


class ResetPasswordKeyForm(Plain, theirs.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth ships no types
    """The new password twice."""


class ReauthenticateForm(Plain, theirs.ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The password, once more."""


class AddEmailForm(Plain, theirs.AddEmailForm):  # type: ignore[misc]  # allauth ships no types
    """The new address."""
