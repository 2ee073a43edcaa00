"""The base of all domain errors. How they are shown lives in foundation.answers."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One link of the chain by which a rule refused: does it hold, in words, and where it stands."""

    passed: bool
    sentence: str
    article_ref: str = ""


class Problem(Exception):
    """Something a person did, asked or sent that cannot go on, in words that help.

    `sentence` says what happened, `remedy` what to do now; `field` names the input, `article` the
    covenant article that refuses, `steps` the chain of reasons. The class carries a stable `code`, the
    HTTP `status`, the `page` that shows it when that is not the one of its status, and whether who raises it
    has journalled the refusal (`is_recorded`).
    Source: RFC 9457.
    """

    code: ClassVar[str] = "problem"
    status: ClassVar[int] = 400
    page: ClassVar[str] = ""
    is_recorded: ClassVar[bool] = False

    def __init__(
        self,
        sentence: str,
        *,
        remedy: str = "",
        field: str = "",
        article: str = "",
        steps: tuple[Reason, ...] = (),
    ) -> None:
        super().__init__(sentence)
        self.steps = steps
        self.sentence = sentence
        self.remedy = remedy
        self.field = field
        self.article = article


class Invalid(Problem):
    """Input that does not fit; `field` names the place, `errors` every further one as (place, sentence)."""

    code = "invalid"
    status = 422

    def __init__(
        self,
        sentence: str,
        *,
        errors: tuple[tuple[str, str], ...] = (),
        remedy: str = "",
        field: str = "",
        article: str = "",
    ) -> None:
        super().__init__(sentence, remedy=remedy, field=field, article=article)
        self.errors = errors


class Refused(Problem):
    """A rule was applied: no blame, no leak. Names the article or the link of the chain that breaks."""

    code = "refused"
    status = 403
    page = "errors/refused.html"


class NotFound(Problem):
    """It does not exist for this reader. The same answer for what is hidden and for what is not there."""

    code = "not_found"
    status = 404


class SignInNeeded(Problem):
    """Nobody is signed in, or not strongly or freshly enough."""

    code = "sign_in_needed"
    status = 401


class Unavailable(Problem):
    """A part without which nothing may be shown or saved is away."""

    code = "unavailable"
    status = 503
