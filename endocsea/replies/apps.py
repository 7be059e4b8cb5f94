from django.apps import AppConfig


class Replies(AppConfig):
    name = "endocsea.replies"
    label = "replies"
    default_auto_field = "django.db.models.BigAutoField"
