from django.apps import AppConfig


class Questionnaires(AppConfig):
    name = "endocsea.questionnaires"
    label = "questionnaires"
    default_auto_field = "django.db.models.BigAutoField"
