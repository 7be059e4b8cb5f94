from django.apps import AppConfig


class People(AppConfig):
    name = "endocsea.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
