"""Addresses of the area `credits`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.credits.pages.add import add
from perennial.apps.credits.pages.confirm import confirm
from perennial.apps.credits.pages.correct import correct
from perennial.apps.credits.pages.entry import entry, restore, show_proof, withdraw
from perennial.apps.credits.pages.proof import proof
from perennial.apps.credits.pages.proposal import proposal, proposal_file, skip, unskip
from perennial.apps.credits.pages.record import record
from perennial.apps.credits.pages.shoebox import shoebox, shoebox_clear, shoebox_file, shoebox_read

app_name = "credits"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", record, name="record"),
    path("add", add, name="add"),
    path("<int:pk>", entry, name="entry"),
    path("<int:pk>/correct", correct, name="correct"),
    path("<int:pk>/withdraw", withdraw, name="withdraw"),
    path("<int:pk>/restore", restore, name="restore"),
    path("<int:pk>/proofs", show_proof, name="show_proof"),
    path("proofs/<int:pk>", proof, name="proof"),
    path("shoebox/", shoebox, name="shoebox"),
    path("shoebox/file", shoebox_file, name="shoebox_file"),
    path("shoebox/read", shoebox_read, name="shoebox_read"),
    path("shoebox/clear", shoebox_clear, name="shoebox_clear"),
    path("shoebox/confirm", confirm, name="confirm"),
    path("shoebox/<int:pk>", proposal, name="proposal"),
    path("shoebox/<int:pk>/file", proposal_file, name="proposal_file"),
    path("shoebox/<int:pk>/skip", skip, name="skip"),
    path("shoebox/<int:pk>/back", unskip, name="unskip"),
]
