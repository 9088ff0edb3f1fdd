"""A person signs up, goes through the account, adds a passkey, and signs in with it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import PASSWORD, is_in, sign_in, sign_up

pytestmark = pytest.mark.journey
PAGES = (
    "/account/",
    "/account/tokens/",
    "/account/email/",
    "/account/password/change/",
    "/account/2fa/",
    "/account/logout/",
)
OPEN_PAGES = ("/account/login/", "/account/signup/", "/account/password/reset/", "/style", "/no-such-page")


def test_the_account_is_accessible(open_page: Callable[..., Page], assert_accessible: Callable[[Page], None]) -> None:
    page = open_page()
    for path in OPEN_PAGES:
        page.goto(path)
        assert_accessible(page)
    sign_in(page)
    for path in PAGES:
        page.goto(path)
        assert_accessible(page)


def test_someone_new_signs_up_without_javascript_and_chooses_the_dark(open_page: Callable[..., Page]) -> None:
    page = open_page(script=False)
    sign_up(page, "Kim@Example.org", "  Kim   Sample ")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="As the device").click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", re.compile("."))


def test_a_passkey_opens_the_account_without_a_password(open_page: Callable[..., Page]) -> None:
    page = open_page()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_up(page, "pat@example.org", "Pat Sample")
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto("/account/")
    expect(page.get_by_text("1 passkey", exact=True)).to_be_visible()
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    is_in(page, "Pat Sample")
