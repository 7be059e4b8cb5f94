from django.apps import AppConfig


class Standards(AppConfig):
    name = "endocsea.standards"
    label = "standards"
    default_auto_field = "django.db.models.BigAutoField"
