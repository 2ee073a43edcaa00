"""The kinds of export that this floor makes by itself: the formats of the log."""

from django.utils.translation import gettext_lazy as _

from audit.exports import ldv, nen7513, siem
from audit.exports.kinds import Kind, enter
from audit.exports.rows import steps, total

_HEAD, _BETWEEN, _TAIL = b"[\n", b",\n", b"\n]\n"
"""What stands around the pieces of a JSON array."""
_OF_ONE = _("Van één organisatie. Zonder namen: personen staan erin met een pseudoniem, lezers niet.")
_NAMES = _("Met namen van lezers en kenmerken van personen, voor zover die niet gewist zijn.")
_PSEUDONYMS = _("Alleen pseudoniemen, voor beveiligingstoezicht.")


def enter_formats() -> None:
    """Enter them; called once, from AppConfig.ready."""
    enter(Kind(
        code="ldv_otlp", label=_("Logboek Dataverwerkingen 1.0.0, OTLP/JSON"), note=_OF_ONE,
        media="application/x-ndjson", extension="ndjson", total=total, step=steps(ldv.as_otlp), of_one_agency=True,
    ))  # fmt: skip
    enter(Kind(
        code="ldv_json", label=_("Logboek Dataverwerkingen 1.0.0, JSON"), note=_OF_ONE,
        media="application/json", extension="json", total=total, step=steps(ldv.as_json), of_one_agency=True,
        head=_HEAD, between=_BETWEEN, tail=_TAIL,
    ))  # fmt: skip
    enter(Kind(
        code="nen7513_csv", label=_("NEN 7513, CSV"), note=_NAMES, media="text/csv; charset=utf-8",
        extension="csv", total=total, step=steps(nen7513.as_csv, opens=True), head=nen7513.head(),
    ))  # fmt: skip
    enter(Kind(
        code="nen7513_json", label=_("NEN 7513, JSON"), note=_NAMES, media="application/json", extension="json",
        total=total, step=steps(nen7513.as_json, opens=True), head=_HEAD, between=_BETWEEN, tail=_TAIL,
    ))  # fmt: skip
    enter(Kind(
        code="cef", label=_("SIEM, CEF"), note=_PSEUDONYMS, media="text/plain; charset=utf-8", extension="cef",
        total=total, step=steps(siem.as_cef),
    ))  # fmt: skip
    enter(Kind(
        code="syslog", label=_("SIEM, syslog (RFC 5424)"), note=_PSEUDONYMS, media="text/plain; charset=utf-8",
        extension="log", total=total, step=steps(siem.as_syslog),
    ))  # fmt: skip
