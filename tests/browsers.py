"""Finds a Chromium for the journeys: the one that Playwright installed, or the one that the system has."""

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SYSTEM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ASK = "The journeys need Chromium. On Debian or Ubuntu: apt-get install chromium; elsewhere: .venv/bin/playwright install chromium"


def found() -> str:
    """The path of a Chromium; empty where there is none."""
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if Path(own).exists():
        return own
    return next((path for name in SYSTEM if (path := shutil.which(name))), "")


def provide() -> str:
    """The path of a Chromium, which Playwright installs where there is none; empty where that fails."""
    if path := found():
        return path
    print("Installing Chromium for the journeys", flush=True)
    done = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, timeout=600)
    return found() if done.returncode == 0 else ""
