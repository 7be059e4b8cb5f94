from django.apps import AppConfig


class Profiles(AppConfig):
    name = "endocsea.profiles"
    label = "profiles"
    default_auto_field = "django.db.models.BigAutoField"
