from django.apps import AppConfig


class Quarantine(AppConfig):
    name = "endocsea.quarantine"
    label = "quarantine"
    default_auto_field = "django.db.models.BigAutoField"
