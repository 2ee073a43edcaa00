"""Addresses of the board."""

from django.urls import path

from realtime.board import views

urlpatterns = [path("straat/<uuid:uid>/bord/", views.channel_board, name="channel_board")]
