"""Registers the stage with Django."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "semesta.planning"
    label = "planning"
