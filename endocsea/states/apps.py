from django.apps import AppConfig


class States(AppConfig):
    name = "endocsea.states"
    label = "states"
    default_auto_field = "django.db.models.BigAutoField"
