"""Takes values out of sealed facts through a mask, for cases.disclosure.disclose and the door of the search index.

import-linter refuses another importer; `_CALLERS` refuses a caller that got here otherwise.
"""

import json
import sys
from typing import Any

from agreements.policy.catalogue import Catalogue
from cases.records.sealed import SealBroken, SealedFacts, is_module, text_of

_CALLERS = ("cases.disclosure.disclose", "cases.disclosure.indexing")
"""indexing gives bags of words to the builder of the search index and to nobody else; its docstring says why."""


def open_facts(
    sealed: SealedFacts, mask: int, *, catalogue: Catalogue, with_reason: bool = False
) -> tuple[dict[str, Any], dict[str, str], str]:
    """The facts of `sealed` whose bit is in `mask`, what is disputed about those, and the reason if asked.

    Returns (field code → value, field code → the words of the person concerned, reason or "").
    A field outside the mask is never copied. Raises SealBroken when called from elsewhere.
    """
    if not is_module(sys._getframe(1).f_globals, *_CALLERS):
        raise SealBroken(f"Only {_CALLERS[0]} opens sealed facts.")
    if not mask:
        return {}, {}, ""
    content = json.loads(text_of(sealed))
    by_code = catalogue.by_code
    facts = {
        code: value for code, value in content["facts"].items() if code in by_code and mask >> by_code[code].bit & 1
    }
    contested = {code: words for code, words in content.get("contested", {}).items() if code in facts}
    return facts, contested, content.get("reason", "") if with_reason else ""
