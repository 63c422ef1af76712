"""Registers the stage with Django."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "semesta.verification"
    label = "verification"
