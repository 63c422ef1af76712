"""Registers the stage with Django."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "semesta.intake"
    label = "intake"
