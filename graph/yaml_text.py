"""YAML texts of our own, read by the quickest safe loader there is."""

from typing import Any

import yaml

# libyaml reads ten times as fast as pure Python, and every first look at a name or a relation waits for it.
SAFE_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Any:  # noqa: ANN401  # whatever the text holds
    """Return what a YAML text holds, in plain types.

    Raises:
        yaml.YAMLError: It is no YAML.
    """
    return yaml.load(text, Loader=SAFE_LOADER)  # noqa: S506  # both are safe loaders
