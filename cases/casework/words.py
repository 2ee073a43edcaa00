"""Words of casework that no covenant speaks of: sorts of statement, reliability, ways of taking part."""

from django.utils.translation import gettext_lazy as _

STATEMENT_KINDS = [("fact", _("Feit")), ("opinion", _("Oordeel")), ("hearsay", _("Van horen zeggen"))]
RELIABILITY = [
    (1, _("1 · vastgesteld of met stukken")),
    (2, _("2 · betrouwbaar")),
    (3, _("3 · onzeker")),
    (4, _("4 · niet te beoordelen")),
]
MODES = {"live": _("Leest mee in de casus"), "extract": _("Krijgt verstrekkingen op maat")}
_KINDS, _GRADES = dict(STATEMENT_KINDS), dict(RELIABILITY)


def confidence(kind: str, reliability: int | None) -> str:
    """Sort of statement and reliability in one line; "" for what nobody graded."""
    if not kind or reliability is None:
        return ""
    return f"{_KINDS.get(kind, kind)} · {str(_GRADES.get(reliability, reliability)).split('· ')[-1]}"
