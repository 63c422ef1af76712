"""Registers the stage with Django."""

from django.apps import AppConfig


class EligibilityConfig(AppConfig):
    name = "semesta.eligibility"
    label = "eligibility"
