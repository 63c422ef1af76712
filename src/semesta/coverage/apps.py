"""Registers the stage with Django."""

from django.apps import AppConfig


class CoverageConfig(AppConfig):
    name = "semesta.coverage"
    label = "coverage"
