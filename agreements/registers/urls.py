"""Addresses of registers that follow from covenants."""

from django.urls import path

from agreements.registers import views

urlpatterns = [
    path("verwerkingsregister/", views.register, name="register"),
    path("verwerkingsregister/pdf/", views.register_pdf, name="register_pdf"),
    path("openbaar/convenanten/", views.covenants, name="public_covenants"),
    path("openbaar/convenanten/<str:code>/", views.covenant, name="public_covenant"),
]
