"""The settings, with a data folder of the tests' own that goes when they end."""

import atexit
import os
import shutil
import tempfile

_FOLDER = tempfile.mkdtemp(prefix="endocsea-tests-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["ENDOCSEA_DATA"] = _FOLDER
for _part in ("log", "static"):
    os.makedirs(os.path.join(_FOLDER, _part))

from endocsea.config.settings import *  # noqa: E402, F403

PREVIEW = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
