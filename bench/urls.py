"""The product's addresses with the plain endpoints beside them."""

from django.urls import path

from bench.plain import plain_api
from deploy.urls import urlpatterns as product

urlpatterns = [path("api/plain/", plain_api.urls), *product]
