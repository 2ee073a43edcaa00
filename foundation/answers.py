"""Turns a Problem into what its asker can read: a page or a problem document (RFC 9457). Nowhere else."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from foundation.errors import Invalid, Problem

TEMPLATES = {
    401: "errors/401.html",
    403: "errors/refused.html",
    404: "errors/404.html",
    503: "errors/503.html",
}


def problem_document(problem: Problem) -> dict[str, Any]:
    """The members of an RFC 9457 problem document; `article`, `remedy`, `field` and `errors` when there are."""
    document: dict[str, Any] = {
        "type": f"urn:verbond:problem:{problem.code}",
        "title": problem.code,
        "status": problem.status,
        "detail": problem.sentence,
    }
    for name in ("remedy", "field", "article"):
        if value := getattr(problem, name):
            document[name] = str(value)
    if isinstance(problem, Invalid) and problem.errors:
        document["errors"] = [{"field": place, "detail": str(sentence)} for place, sentence in problem.errors]
    document["detail"] = str(document["detail"])
    return document


def as_json(problem: Problem) -> JsonResponse:
    """The problem document as a response."""
    response = JsonResponse(problem_document(problem), status=problem.status)
    response["Content-Type"] = "application/problem+json"
    response["Cache-Control"] = "no-store"
    return response


def as_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The page of a problem: what happened, the article that refuses, what to do now."""
    template = TEMPLATES.get(problem.status, "errors/400.html")
    response = render(request, template, {"problem": problem}, status=problem.status)
    response["Cache-Control"] = "no-store"
    return response
