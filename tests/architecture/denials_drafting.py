"""Who is the wrong reader at each route of drafts of covenants."""

from collections.abc import Callable

from tests.agreements.drafting.world import some_draft, some_remark
from tests.architecture.denial import Denial, Url, bearer, fixed
from tests.invariants.world import World


def _of_a_draft(path: str) -> Url:
    """An address about a draft in consultation, that the municipality holds and the police would sign."""

    def url(world: World) -> str:
        remark = some_remark() if "{remark}" in path else ""
        return path.format(uid=some_draft().uid, remark=remark)

    return url


_API = "/api/v1/covenants/drafts"
_READS = {
    "draft_detail": "/{uid}",
    "draft_articles": "/{uid}/articles",
    "draft_choices": "/{uid}/choices",
    "draft_revisions": "/{uid}/revisions",
    "draft_revision": "/{uid}/revisions/1",
    "draft_findings": "/{uid}/findings",
    "draft_remarks": "/{uid}/remarks",
}
_EDIT = '{"base_revision": 1, "edit": {"operation": "remove_rule", "number": "6.3"}}'
_ANSWER = '{"code": "no_dpia", "message": "iets", "text": "zo bedoeld"}'
_WRITES = {
    "draft_save_text": ("PUT", "/{uid}/text", '{"text": "weg ermee", "base_revision": 1}'),
    "draft_edit": ("POST", "/{uid}/operations", _EDIT),
    "draft_set_parties": ("PUT", "/{uid}/parties", '{"parties": {}}'),
    "draft_answer_finding": ("POST", "/{uid}/findings/answers", _ANSWER),
    "draft_resolve_remark": ("POST", "/{uid}/remarks/{remark}/answer", '{"answer": "gedaan"}'),
    "draft_step": ("POST", "/{uid}/steps", '{"step": "drop", "reason": "niet van mij"}'),
}
_WORDS = {
    "draft_remark": ("POST", "/{uid}/remarks", '{"text": "van een vreemde"}'),
    "draft_reopen_remark": ("POST", "/{uid}/remarks/{remark}/reopening", ""),
}
_START = '{"template": "youth_group", "code": "A-1", "title": "van een ander"}'
# A school that would not sign it, and a police officer whose work is not in covenants.
_STRANGERS = ("karin", "ruben")


def _token(persona: str) -> Callable[[World], dict[str, str]]:
    return bearer(persona, "pga_youth")


def _api() -> list[Denial]:
    found = [
        Denial(route="api:draft_list", url=fixed(_API)),
        Denial(route="api:draft_templates", url=fixed(f"{_API}/templates")),
        Denial(route="api:draft_start", url=fixed(_API), method="POST", body=_START),
    ]
    for who in ("carla", "ruben"):
        starting = Denial(route="api:draft_start", url=fixed(_API), method="POST", body=_START, headers=_token(who))
        found.append(starting)
    asked = {name: ("GET", path, "") for name, path in _READS.items()} | _WRITES | _WORDS
    for name, (method, path, body) in asked.items():
        url = _of_a_draft(f"{_API}{path}")
        # A party that reads and remarks still does not hold the pen.
        wrong = (*_STRANGERS, "hilde") if name in _WRITES else _STRANGERS
        found.append(Denial(route=f"api:{name}", url=url, method=method, body=body))
        found += [Denial(route=f"api:{name}", url=url, method=method, body=body, headers=_token(who)) for who in wrong]
    return found


_FORM = "application/x-www-form-urlencoded"
_PAGES = "/convenanten/concepten"
# Reading a draft: who is no reader of it.
_READ_PAGES = {
    "draft": "/",
    "draft_yaml": "/yaml/",
    "draft_revision": "/tekst/1/",
    "draft_findings": "/bevindingen/",
    "draft_remarks": "/opmerkingen/",
    "draft_course": "/voortgang/",
    "draft_step": "/voortgang/drop/",
}
# The forms in which it is changed: those, and a party that only reads.
_PEN_PAGES = {
    "draft_head": "/aanhef/",
    "draft_set_add": "/set/",
    "draft_set": "/set/picture/",
    "draft_set_remove": "/set/picture/verwijder/",
    "draft_purpose_add": "/doel/",
    "draft_purpose_remove": "/doel/4.1/verwijder/",
    "draft_article_add": "/artikel/",
    "draft_article": "/artikel/6/",
    "draft_article_remove": "/artikel/6/verwijder/",
    "draft_rule_add": "/artikel/6/regel/",
    "draft_rule": "/regel/6.1/",
    "draft_rule_remove": "/regel/6.1/verwijder/",
    "draft_parties_text": "/voortgang/partijen/tekst/",
}
_SENT_PAGES = {
    "draft_yaml": ("/yaml/", "text=weg&base_revision=1"),
    "draft_parties": ("/voortgang/partijen/", "partij_POL-MD=controller"),
    "draft_step": ("/voortgang/drop/", "reason=niet+van+mij"),
    "draft_finding_answer": ("/bevindingen/antwoord/", 'finding=["a","6","b"]&text=zo+bedoeld'),
    "draft_remark_answer": ("/opmerkingen/{remark}/antwoord/", "answer=gedaan"),
    "draft_article_remove": ("/artikel/6/verwijder/", "base_revision=1"),
    "draft_rule": ("/regel/6.1/", "base_revision=1&toon=zin"),
}
_ANYBODYS_WORDS = {
    "draft_remarks": ("/opmerkingen/", "text=van+een+vreemde"),
    "draft_remark_reopen": ("/opmerkingen/{remark}/heropen/", ""),
}


def _pages() -> list[Denial]:
    found = [Denial(route="draft_list", url=fixed(f"{_PAGES}/"))]
    for who in (None, "carla", "ruben"):
        found.append(Denial(route="draft_new", url=fixed(f"{_PAGES}/nieuw/"), wrong=who))
    for pages, wrong in ((_READ_PAGES, _STRANGERS), (_PEN_PAGES, (*_STRANGERS, "hilde"))):
        for name, path in pages.items():
            url = _of_a_draft(f"{_PAGES}/{{uid}}{path}")
            found += [Denial(route=name, url=url, wrong=who) for who in (None, *wrong)]
    for sent, wrong in ((_SENT_PAGES, (*_STRANGERS, "hilde")), (_ANYBODYS_WORDS, _STRANGERS)):
        for name, (path, body) in sent.items():
            url = _of_a_draft(f"{_PAGES}/{{uid}}{path}")
            found += [
                Denial(route=name, url=url, wrong=who, method="POST", body=body, content_type=_FORM)
                for who in (None, *wrong)
            ]
    return found


DENIALS: list[Denial] = [*_api(), *_pages()]
PUBLIC: dict[str, str] = {}
