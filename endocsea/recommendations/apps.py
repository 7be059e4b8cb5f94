from django.apps import AppConfig


class Recommendations(AppConfig):
    name = "endocsea.recommendations"
    label = "recommendations"
    default_auto_field = "django.db.models.BigAutoField"
