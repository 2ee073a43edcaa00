"""Which agencies and roles there are, and who can hold what. Pure: no tables, no requests."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from foundation.errors import Invalid


class AgencyType(TextChoices):
    """The kinds of partner. Source: WGS art. 2.27; OND, WON, JW, HLT, SHN and BLD are not named there.

    BLD is a partner of the RIEC (WGS art. 2.18) and of who seizes; of cases it is no source.
    """

    POL = "POL", _("Politie")
    OM = "OM", _("Openbaar Ministerie")
    GEM = "GEM", _("Gemeente")
    BGM = "BGM", _("Burgemeester")
    RVK = "RVK", _("Raad voor de Kinderbescherming")
    DJI = "DJI", _("Dienst Justitiële Inrichtingen")
    GGD = "GGD", _("GGD")
    RCL = "RCL", _("Reclassering")
    VT = "VT", _("Veilig Thuis")
    JB = "JB", _("Jeugdbescherming")
    GGZ = "GGZ", _("Geestelijke gezondheidszorg")
    SOC = "SOC", _("Sociaal team")
    OND = "OND", _("Onderwijs")
    WON = "WON", _("Woningcorporatie")
    JW = "JW", _("Jongerenwerk")
    HLT = "HLT", _("Halt")
    SHN = "SHN", _("Slachtofferhulp")
    BLD = "BLD", _("Belastingdienst")
    ZVH = "ZVH", _("Zorg- en Veiligheidshuis")


class Role(TextChoices):
    """What somebody is at an agency. Which fields a role may read, only a covenant says."""

    PROFESSIONAL = "professional", _("Professional")
    CASE_DIRECTOR = "case_director", _("Procesregisseur")
    CHAIR = "chair", _("Voorzitter")
    SIGNATORY = "signatory", _("Tekenbevoegde")
    LEGAL_COUNSEL = "legal_counsel", _("Jurist")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")
    CONTACT_POINT = "contact_point", _("Contactpunt")
    RAC = "rac", _("Lid rechtmatigheidscommissie")
    AGENCY_ADMIN = "agency_admin", _("Beheerder van de organisatie")
    STREET = "street", _("Lid straatteam")
    TEAM_LEAD = "team_lead", _("Teamleider")


CONTROLLER_TYPES = frozenset(
    {
        AgencyType.POL,
        AgencyType.OM,
        AgencyType.GEM,
        AgencyType.BGM,
        AgencyType.RVK,
        AgencyType.DJI,
        AgencyType.GGD,
    }
)
"""Joint controllers. Source: WGS art. 2.27(1) and (3)."""

BUREAU_TYPES = frozenset({AgencyType.ZVH})
"""Staff of a controller that runs the process; no legal person of its own, owner of no content."""

HOLDERS: dict[str, frozenset[str]] = {
    Role.PROFESSIONAL: frozenset(AgencyType.values),
    Role.CASE_DIRECTOR: BUREAU_TYPES,
    Role.CHAIR: BUREAU_TYPES | CONTROLLER_TYPES,
    Role.SIGNATORY: frozenset(AgencyType.values),
    Role.LEGAL_COUNSEL: frozenset(AgencyType.values),
    Role.PRIVACY_OFFICER: frozenset(AgencyType.values),
    Role.CONTACT_POINT: frozenset({AgencyType.GEM, AgencyType.BGM}),
    Role.RAC: frozenset(AgencyType.values),
    Role.AGENCY_ADMIN: frozenset(AgencyType.values),
    Role.STREET: frozenset({AgencyType.POL, AgencyType.GEM, AgencyType.JW, AgencyType.SOC}),
    Role.TEAM_LEAD: frozenset(AgencyType.values),
}
"""Which types of agency can have somebody in a role; `tests` hold it to be complete."""


def roles_of_type(agency_type: str) -> tuple[str, ...]:
    """The roles an agency of this type can give, in the order of `Role`."""
    return tuple(role for role in Role.values if agency_type in HOLDERS[role])


def check_roles(roles: Iterable[str], *, agency_type: str) -> tuple[str, ...]:
    """`roles` in their fixed order, each once.

    Raises:
        Invalid: none given, one unknown, or one that an agency of this type cannot give.
    """
    asked = set(roles)
    if not asked:
        raise Invalid(str(_("Kies ten minste één rol.")), field="roles")
    possible = roles_of_type(agency_type)
    for role in sorted(asked):
        if role not in possible:
            raise Invalid(
                str(_("De rol “%(role)s” bestaat niet bij dit soort organisatie.") % {"role": role}),
                remedy=str(_("Kies een rol uit de lijst.")),
                field="roles",
            )
    return tuple(role for role in possible if role in asked)
