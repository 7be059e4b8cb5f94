from django.apps import AppConfig


class Workspace(AppConfig):
    name = "endocsea.workspace"
    label = "workspace"
