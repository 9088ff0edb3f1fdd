"""Addresses of the area `credits`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.credits.pages.add import add
from perennial.apps.credits.pages.correct import correct
from perennial.apps.credits.pages.entry import entry, restore, show_proof, withdraw
from perennial.apps.credits.pages.proof import proof
from perennial.apps.credits.pages.record import record

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
]
