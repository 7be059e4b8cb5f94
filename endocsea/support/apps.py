from django.apps import AppConfig


class Support(AppConfig):
    name = "endocsea.support"
    label = "support"
    default_auto_field = "django.db.models.BigAutoField"
