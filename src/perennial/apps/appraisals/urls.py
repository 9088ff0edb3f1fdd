"""Addresses of the area `appraisals`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.appraisals.pages import appraisal, appraisals, clients, form, gym, item, new, pair, question, shared, sharing

app_name = "appraisals"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", appraisals.appraisals, name="appraisals"),
    path("new/", new.new, name="new"),
    path("forms/<slug:design>/", form.form, name="form"),
    path("gym/", gym.gym, name="gym"),
    path("gym/question/", question.question, name="question"),
    path("shared/<str:token>/", shared.shared, name="shared"),
    path("pairs/join/<str:token>/", pair.join, name="join"),
    path("pairs/<int:pk>/", pair.pair, name="pair"),
    path("<int:pk>/", appraisal.appraisal, name="appraisal"),
    path("<int:pk>/next/", item.next_item, name="next"),
    path("<int:pk>/items/<slug:item>/", item.question, name="item"),
    path("<int:pk>/finish/", appraisal.finish, name="finish"),
    path("<int:pk>/correct/", appraisal.correct, name="correct"),
    path("<int:pk>/pair/", appraisal.pair, name="start_pair"),
    path("<int:pk>/clients/", clients.clients, name="clients"),
    path("<int:pk>/sharing/", sharing.sharing, name="sharing"),
    path("<int:pk>/sharing/<int:share>/end/", sharing.end, name="end_share"),
]
