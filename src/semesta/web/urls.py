"""Addresses of the pages, by task."""

from django.urls import path  # noqa: F401

urlpatterns: list = []
