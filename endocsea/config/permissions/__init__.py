"""Who gets what at which address: a table asked of the policies, never typed by hand.

Each row is a page or a deed, each column a chair: a visitor, somebody without a role, and one person per role.
Roles that are held for a state hold it for one of two, so that a row can tell the own state from another. A test
visits every address from every chair and compares. ``python -m endocsea.config.manage permissions`` prints the
page ``docs/reference/permissions.md``.
"""

from .printed import page, routes, rows
from .table import OTHER, OWN, PUBLIC, Gets, chairs

__all__ = ["OTHER", "OWN", "PUBLIC", "Gets", "chairs", "page", "routes", "rows"]
