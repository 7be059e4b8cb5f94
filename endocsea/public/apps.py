from django.apps import AppConfig


class Public(AppConfig):
    name = "endocsea.public"
    label = "public"
    default_auto_field = "django.db.models.BigAutoField"
