"""Addresses of cards."""

from django.urls import path

from programmes.learning import views

urlpatterns = [
    path("lessen/", views.lessons, name="lessons"),
    path("lessen/nieuw/", views.lesson_new, name="lesson_new"),
    path("lessen/inlezen/", views.lesson_import, name="lesson_import"),
    path("lessen/<uuid:uid>/", views.lesson, name="lesson"),
    path("lessen/<uuid:uid>/wijzig/", views.lesson_edit, name="lesson_edit"),
    path("lessen/<uuid:uid>/nagekeken/", views.lesson_review, name="lesson_review"),
    path("lessen/<uuid:uid>/publiceer/", views.lesson_publish, name="lesson_publish"),
    path("lessen/<uuid:uid>/neem-over/", views.lesson_copy, name="lesson_copy"),
    path("lessen/<uuid:uid>/bestand", views.lesson_file, name="lesson_file"),
]
