"""Registers the stage with Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "semesta.access"
    label = "access"
