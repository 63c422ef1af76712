"""Registers the stage with Django."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "semesta.registry"
    label = "registry"
