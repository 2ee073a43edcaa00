"""The base of all domain errors. How they are shown lives in foundation.answers."""

from typing import ClassVar


class Problem(Exception):
    """Something a person did, asked or sent that cannot go on, in words that help.

    `sentence` says what happened, `remedy` what to do now; `field` names the input, `article` the
    covenant article that refuses. The class carries a stable `code` and the HTTP `status`.
    Source: RFC 9457.
    """

    code: ClassVar[str] = "problem"
    status: ClassVar[int] = 400

    def __init__(self, sentence: str, *, remedy: str = "", field: str = "", article: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy
        self.field = field
        self.article = article


class Invalid(Problem):
    """Input that does not fit; `field` names the place, `errors` every further one as (place, sentence)."""

    code = "invalid"
    status = 422

    def __init__(self, sentence: str, *, errors: tuple[tuple[str, str], ...] = (), **more: str) -> None:
        super().__init__(sentence, **more)
        self.errors = errors


class Refused(Problem):
    """A rule was applied: no blame, no leak. Names the article or the link of the chain that breaks."""

    code = "refused"
    status = 403


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
