"""Turns a Problem into what its asker can read: a page or a problem document (RFC 9457). Nowhere else."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from foundation.errors import Invalid, Problem

PAGES = frozenset({400, 401, 403, 404, 503})


def problem_document(problem: Problem) -> dict[str, Any]:
    """The members of an RFC 9457 problem document; `article`, `remedy`, `steps`, `errors` when there are."""
    document: dict[str, Any] = {
        "type": f"urn:verbond:problem:{problem.code}",
        "title": problem.code,
        "status": problem.status,
        "detail": problem.sentence,
    }
    for name in ("remedy", "field", "article"):
        if value := getattr(problem, name):
            document[name] = str(value)
    if problem.steps:
        document["steps"] = [
            {"passed": step.passed, "sentence": str(step.sentence), "article": step.article_ref}
            for step in problem.steps
        ]
    if isinstance(problem, Invalid) and problem.errors:
        document["errors"] = [{"field": place, "detail": str(sentence)} for place, sentence in problem.errors]
    document["detail"] = str(document["detail"])
    return document


def as_json(problem: Problem) -> JsonResponse:
    """The problem document as a response."""
    response = JsonResponse(problem_document(problem), status=problem.status)
    response["Content-Type"] = "application/problem+json"
    response["Cache-Control"] = "no-store"
    if problem.status == 401:
        response["WWW-Authenticate"] = "Bearer"  # RFC 6750, section 3
    return response


def as_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The page of a problem: what happened, the article that refuses, what to do now."""
    template = problem.page or f"errors/{problem.status if problem.status in PAGES else 400}.html"
    context = {"problem": problem, "steps": problem.steps, "trace_id": getattr(request, "trace_id", "")}
    response = render(request, template, context, status=problem.status)
    response["Cache-Control"] = "no-store"
    return response
