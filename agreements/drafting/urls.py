"""Addresses of drafts of covenants."""

from django.urls import path

from agreements.drafting import views, views_course, views_review, views_rules, views_text, views_words

_ALL = "convenanten/concepten/"
_ONE = f"{_ALL}<uuid:uid>/"

urlpatterns = [
    path(_ALL, views.draft_list, name="draft_list"),
    path(f"{_ALL}nieuw/", views.draft_new, name="draft_new"),
    path(_ONE, views.draft, name="draft"),
    path(f"{_ONE}yaml/", views_text.as_yaml, name="draft_yaml"),
    path(f"{_ONE}tekst/<int:number>/", views_text.revision, name="draft_revision"),
    path(f"{_ONE}aanhef/", views_words.head, name="draft_head"),
    path(f"{_ONE}set/", views_words.set_add, name="draft_set_add"),
    path(f"{_ONE}set/<str:name>/", views_words.set_change, name="draft_set"),
    path(f"{_ONE}set/<str:name>/verwijder/", views_words.set_remove, name="draft_set_remove"),
    path(f"{_ONE}doel/", views_words.purpose_add, name="draft_purpose_add"),
    path(f"{_ONE}doel/<str:number>/verwijder/", views_words.purpose_remove, name="draft_purpose_remove"),
    path(f"{_ONE}artikel/", views_rules.article_add, name="draft_article_add"),
    path(f"{_ONE}artikel/<str:number>/", views_rules.article, name="draft_article"),
    path(f"{_ONE}artikel/<str:number>/verwijder/", views_rules.article_remove, name="draft_article_remove"),
    path(f"{_ONE}artikel/<str:number>/regel/", views_rules.rule_add, name="draft_rule_add"),
    path(f"{_ONE}regel/<str:number>/", views_rules.rule, name="draft_rule"),
    path(f"{_ONE}regel/<str:number>/verwijder/", views_rules.rule_remove, name="draft_rule_remove"),
    path(f"{_ONE}bevindingen/", views_review.findings, name="draft_findings"),
    path(f"{_ONE}bevindingen/antwoord/", views_review.finding_answer, name="draft_finding_answer"),
    path(f"{_ONE}opmerkingen/", views_review.remarks, name="draft_remarks"),
    path(f"{_ONE}opmerkingen/<uuid:remark>/antwoord/", views_review.remark_answer, name="draft_remark_answer"),
    path(f"{_ONE}opmerkingen/<uuid:remark>/heropen/", views_review.remark_reopen, name="draft_remark_reopen"),
    path(f"{_ONE}voortgang/", views_course.course, name="draft_course"),
    path(f"{_ONE}voortgang/partijen/", views_course.parties, name="draft_parties"),
    path(f"{_ONE}voortgang/partijen/tekst/", views_course.parties_text, name="draft_parties_text"),
    path(f"{_ONE}voortgang/<str:step>/", views_course.step, name="draft_step"),
]
