"""Two documents side by side: what is written differently, and which rights differ. Data only, no sentences.

The text is compared in difference_text.py, rights are decided in difference_rights.py and put together in
difference_fold.py. How many facts a change touches is for cases.
"""

from dataclasses import asdict, dataclass
from typing import Any

from agreements.policy.catalogue import Catalogue
from agreements.policy.difference_fold import RightChange, folded
from agreements.policy.difference_rights import changes
from agreements.policy.difference_text import ArticleChange, KeyChange, RuleChange, articles, heading
from agreements.policy.lint_subject import parties_of
from agreements.policy.schema import CovenantDocument
from agreements.policy.vocabulary import CASE_KINDS, PHASES, ROLES

__all__ = ["ArticleChange", "Difference", "KeyChange", "RightChange", "RuleChange", "difference"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """heading: keys outside the articles. articles: all of both, also those that are the same."""

    heading: tuple[KeyChange, ...]
    articles: tuple[ArticleChange, ...]
    rights: tuple[RightChange, ...]

    @property
    def gained(self) -> tuple[RightChange, ...]:
        return tuple(item for item in self.rights if item.gained)

    @property
    def lost(self) -> tuple[RightChange, ...]:
        return tuple(item for item in self.rights if not item.gained)

    def data(self) -> dict[str, Any]:
        """As plain values for JSON; each right also says whether it is gained, and its conditions in short."""
        found = asdict(self)
        for plain, right in zip(found["rights"], self.rights, strict=True):
            plain |= {"gained": right.gained, "conditions": right.conditions, "ends_with": right.ends_with}
        return found


def difference(
    before: CovenantDocument, after: CovenantDocument, catalogue: Catalogue, *, only_held: bool = True
) -> Difference:
    """What `after` says and gives differently from `before`.

    only_held: leave out rights over fields that the source, by the catalogue, does not have.
    Rights are those of one reader in one role, for facts given under the document, as if both were in force
    and every party had acceded; own facts are left out.
    """
    return Difference(
        heading=heading(before, after),
        articles=articles(before, after),
        rights=folded(changes(before, after, catalogue, only_held=only_held), _ranks(before, after, catalogue)),
    )


def _ranks(before: CovenantDocument, after: CovenantDocument, catalogue: Catalogue) -> dict[str, int]:
    """The place of every word: catalogue order for fields, that of the documents for parties and purposes."""
    words = (
        *(item.code for item in catalogue.fields), *ROLES, *PHASES, *CASE_KINDS,
        *after.purposes.values(), *before.purposes.values(), *parties_of(after), *parties_of(before),
    )  # fmt: skip
    return {word: place for place, word in enumerate(dict.fromkeys(words))}
