"""Where the peer answers."""

from django.urls import path

from bench.peer.views import CaseView, PrefetchedCaseView

urlpatterns = [
    path("api/has_perm/cases/<number>", CaseView.as_view()),
    path("api/prefetch/cases/<number>", PrefetchedCaseView.as_view()),
]
