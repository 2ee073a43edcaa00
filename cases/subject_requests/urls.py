"""Addresses of requests of persons concerned."""

from django.urls import path

from cases.subject_requests.views import erasures, requests, sheets

_ONE = "verzoeken/<uuid:uid>/"
_SHEET = f"{_ONE}beslisblad/"

urlpatterns = [
    path("verzoeken/", requests.overview, name="subject_requests"),
    path("verzoeken/nieuw/", requests.receive, name="subject_receive"),
    path("verzoeken/register/", sheets.register, name="subject_register"),
    path("verzoeken/wissen/<uuid:sheet>/", erasures.erasure, name="subject_erasure"),
    path(_ONE, requests.request_page, name="subject_request"),
    path(f"{_ONE}identiteit/", requests.identify, name="subject_identify"),
    path(f"{_ONE}verlengen/", requests.extend, name="subject_extend"),
    path(f"{_ONE}weigeren/", requests.refuse, name="subject_refuse"),
    path(f"{_ONE}pakket/", requests.pack, name="subject_pack"),
    path(f"{_ONE}pakket/maken/", requests.order, name="subject_pack_order"),
    path(f"{_ONE}pakket/<str:kind>/", requests.fetch, name="subject_pack_fetch"),
    path(f"{_ONE}uitgereikt/", requests.hand_out, name="subject_hand_out"),
    path(_SHEET, sheets.sheet, name="subject_sheet"),
    path(f"{_SHEET}persoon/<uuid:case>/<uuid:subject>/", sheets.place, name="subject_place"),
    path(f"{_SHEET}bijdrage/<uuid:contribution>/", sheets.decide, name="subject_decide"),
    path(f"{_SHEET}rest/", sheets.give_rest, name="subject_give_rest"),
    path(f"{_SHEET}inzagen/", sheets.lookups, name="subject_lookups"),
    path(f"{_SHEET}vastzetten/<uuid:contribution>/", sheets.hold, name="subject_hold"),
    path(f"{_SHEET}vrijgeven/<uuid:hold>/", sheets.lift, name="subject_lift"),
    path(f"{_SHEET}wissen/", erasures.propose, name="subject_erasure_propose"),
    path(f"{_SHEET}wissen/stop/", erasures.stop, name="subject_erasure_stop"),
    path(f"{_SHEET}afronden/", sheets.close, name="subject_close"),
    path(f"{_SHEET}heropenen/", sheets.reopen, name="subject_reopen"),
]
