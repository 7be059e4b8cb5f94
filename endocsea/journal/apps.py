from django.apps import AppConfig


class Journal(AppConfig):
    name = "endocsea.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
