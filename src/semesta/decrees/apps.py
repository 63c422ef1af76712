"""Registers the stage with Django."""

from django.apps import AppConfig


class DecreesConfig(AppConfig):
    name = "semesta.decrees"
    label = "decrees"
