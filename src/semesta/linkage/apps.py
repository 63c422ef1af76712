"""Registers the stage with Django."""

from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "semesta.linkage"
    label = "linkage"
