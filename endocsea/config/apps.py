from django.apps import AppConfig


class Config(AppConfig):
    name = "endocsea.config"
    label = "config"
    default_auto_field = "django.db.models.BigAutoField"
