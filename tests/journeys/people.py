"""How people of the journeys come in: signing up and signing in, as the pages ask it."""

from playwright.sync_api import Page, expect

from perennial.apps.accounts import samples

DANA, ROBIN = samples.PEOPLE
PASSWORD = "a meadow in the morning"


def is_in(page: Page, name: str) -> None:
    """The page shows that the person of this name is signed in."""
    expect(page.get_by_role("banner").get_by_role("link", name=name)).to_be_visible()


def sign_in(page: Page, person: tuple[str, str] = DANA, password: str = samples.PASSWORD) -> None:
    """Sign in as (e-mail address, name); a sample person if none is named."""
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(person[0])
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    is_in(page, person[1])


def sign_up(page: Page, email: str, name: str) -> None:
    """Make an account with PASSWORD, so that a journey has a person of its own."""
    page.goto("/account/signup/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign up").click()
    is_in(page, " ".join(name.split()))
