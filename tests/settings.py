"""The settings, with a data folder of the tests' own that goes when they end."""

import atexit
import os
import shutil
import sys
import tempfile

_FOLDER = tempfile.mkdtemp(prefix="endocsea-tests-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["ENDOCSEA_DATA"] = _FOLDER
# the engine is compiled once for all tests and the servers that they start, and not in each one's data folder
os.environ.setdefault("NUMBA_CACHE_DIR", os.path.join(sys.prefix, "engine"))
for _part in ("log", "static"):
    os.makedirs(os.path.join(_FOLDER, _part))

from endocsea.config.settings import *  # noqa: E402, F403

PREVIEW = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
