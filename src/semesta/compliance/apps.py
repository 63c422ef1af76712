"""Registers the stage with Django."""

from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "semesta.compliance"
    label = "compliance"
