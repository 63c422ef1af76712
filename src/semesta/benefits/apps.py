"""Registers the stage with Django."""

from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "semesta.benefits"
    label = "benefits"
