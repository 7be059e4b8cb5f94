from django.apps import AppConfig


class Reports(AppConfig):
    name = "endocsea.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"
