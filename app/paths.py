"""Where things lie on this PC when nobody says otherwise."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

PROGRAM = "soansinh"
HOME_VARIABLE = "SOANSINH_HOME"


def default_home() -> Path:
    """The folder of the office's store: SOANSINH_HOME, else the user's data folder."""
    named = os.environ.get(HOME_VARIABLE)
    if named:
        return Path(named).expanduser()
    return Path(platformdirs.user_data_dir(PROGRAM, appauthor=False))
