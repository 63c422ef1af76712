"""Registers the stage with Django."""

from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    name = "semesta.enrolment"
    label = "enrolment"
