"""Registers the stage with Django."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "semesta.reports"
    label = "reports"
