"""The closed sets of words a covenant may use. Conditions have their own bits, in conditions.py."""

ANY = "*"
"""In a list of senders or recipients: everybody. Never used for fields, purposes, phases or roles."""

AGENCY_TYPES = (
    "POL", "OM", "GEM", "BGM", "RVK", "DJI", "GGD", "RCL", "VT", "JB", "GGZ", "SOC",
    "OND", "WON", "JW", "HLT", "SHN", "BLD", "ZVH",
)  # fmt: skip
CAPACITIES = ("controller", "participant", "third_party", "bureau")
ROLES = (
    "professional", "case_director", "chair", "signatory", "legal_counsel", "privacy_officer",
    "contact_point",
    "rac", "agency_admin", "street", "team_lead",
)  # fmt: skip
PHASES = ("signal", "triage", "meeting", "plan", "monitoring", "aftercare")
CASE_KINDS = ("person", "family", "area")
OBLIGATIONS = (
    "log", "notify_source", "secrecy", "watermark", "no_export", "feedback_yearly", "inform_subject",
)  # fmt: skip
THIRD_PARTY = "third_party"
BUREAU = "bureau"
THIRD_PARTY_MODES = ("extract", "none", "live")


def type_of(token: str) -> str:
    """The agency type a token names: `POL` for `POL`, `POL` for the agency code `POL-MD`, "" if none."""
    head = token.split("-", 1)[0]
    return head if head in AGENCY_TYPES else ""
