"""Who is the wrong reader at each route of cases.breakglass and of the reviews in audit.reviews."""

from uuid import UUID

from tests.architecture.denial import Denial, bearer, fixed

_NONE = UUID(int=7)
_PAGE, _API = "/casus/MW-2/noodtoegang/", "/api/v1/cases/MW-2/break-glass"
_REVIEW, _REVIEWS_API = f"/privacy/noodtoegang/{_NONE}/", "/api/v1/oversight/reviews"
_JUDGED = '{"verdict": "justified", "words": "Het was echt nodig."}'
_PROFESSIONAL = bearer("sanne", "pga_adult")

DENIALS: list[Denial] = [
    Denial(route="case_break_glass", url=fixed(_PAGE)),
    Denial(route="case_break_glass", url=fixed(_PAGE), wrong="hanneke"),
    # A privacy officer reads no cases, in danger or out of it.
    Denial(route="case_break_glass", url=fixed(_PAGE), wrong="dirk"),
    Denial(route="case_break_glass", url=fixed(_PAGE), wrong="hanneke", method="POST"),
    Denial(route="break_glass_end", url=fixed(f"{_PAGE}{_NONE}/beeindig/"), method="POST"),
    Denial(route="break_glass_end", url=fixed(f"{_PAGE}{_NONE}/beeindig/"), method="POST", wrong="sanne"),
    Denial(route="api:case_break_glass", url=fixed(_API)),
    Denial(route="api:case_break_glass", url=fixed(_API), headers=bearer("hanneke", "pga_adult")),
    Denial(route="reviews", url=fixed("/privacy/noodtoegang/")),
    Denial(route="reviews", url=fixed("/privacy/noodtoegang/"), wrong="sanne"),
    Denial(route="review", url=fixed(_REVIEW)),
    Denial(route="review", url=fixed(_REVIEW), wrong="sanne"),
    Denial(route="review", url=fixed(_REVIEW), wrong="dirk"),
    Denial(route="api:review_list", url=fixed(_REVIEWS_API)),
    Denial(route="api:review_list", url=fixed(_REVIEWS_API), headers=_PROFESSIONAL),
    Denial(route="api:review_detail", url=fixed(f"{_REVIEWS_API}/{_NONE}")),
    Denial(route="api:review_detail", url=fixed(f"{_REVIEWS_API}/{_NONE}"), headers=_PROFESSIONAL),
    Denial(route="api:review_judge", url=fixed(f"{_REVIEWS_API}/{_NONE}/judgement"), method="POST", body=_JUDGED),
    Denial(
        route="api:review_judge", url=fixed(f"{_REVIEWS_API}/{_NONE}/judgement"), method="POST", body=_JUDGED,
        headers=_PROFESSIONAL,
    ),
]  # fmt: skip
PUBLIC: dict[str, str] = {}
