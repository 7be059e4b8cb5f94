"""Print the page of permissions: ``python -m endocsea.config.manage permissions``."""

from typing import Any

from django.core.management.base import BaseCommand

from endocsea.config.permissions import page


class Command(BaseCommand):
    help = "Print docs/reference/permissions.md, asked of the policies."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(page(), ending="")
