"""Feature flags that change with a deploy. Standard library only; run with Python 3.11.

Where the program starts, `given` being a mapping of variables to values:

    flags = read_flags(given, warn=logger.warning)  # settings.model_dump() or vars(env) of the settings module
    if flags.is_on(Flag.BETA_FEATURES): ...

In a test of the pipeline, so that no flag outlives its day:

    assert expired_flags() == []
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Optional


@dataclass(frozen=True)
class FlagSpec:
    variable: str
    default: bool  # behaviour of today: what happens when the variable is empty
    owner: str
    expires: date  # after this day the flag and the code that lost go
    reason: str


class Flag(Enum):
    """Every flag there is."""

    BETA_FEATURES = FlagSpec("ENABLE_BETA_FEATURES", default=False, owner="name a person", expires=date(2027, 3, 31), reason="say what it switches")


def expired_flags(today: Optional[date] = None) -> list[str]:
    """Names of the flags whose last day is over."""
    return [flag.name for flag in Flag if flag.value.expires < (today or date.today())]


class Flags:
    def __init__(self, values: Mapping[Flag, bool]) -> None:
        self._values = dict(values)

    def is_on(self, flag: Flag) -> bool:
        if not isinstance(flag, Flag):
            raise LookupError(f"Unknown feature flag {flag!r}, expected one of {', '.join(Flag.__members__)}.")
        return self._values[flag]


def read_flags(given: Mapping[str, object], *, warn: Callable[[str], object], today: Optional[date] = None) -> Flags:
    """Reads every flag once. Raises ValueError with the names of all flags that are not true or false."""
    known = {True: True, False: False, "true": True, "false": False}
    values: dict[Flag, bool] = {}
    problems: list[str] = []
    for flag in Flag:
        variable = flag.value.variable
        value = given.get(variable)
        # A variable that nobody reads would leave the flag off for ever, and nothing would say so.
        if variable not in given:
            problems.append(f"{flag.name}: the settings module does not read {variable}.")
        elif value is None or value == "":
            values[flag] = flag.value.default
        elif isinstance(value, (bool, str)) and value in known:
            values[flag] = known[value]
        else:
            problems.append(f"{flag.name}: {variable} is neither true nor false.")
    if problems:
        raise ValueError("Feature flags: " + " ".join(problems))
    for name in expired_flags(today):
        warn(f"Feature flag {name} is past its last day: remove it and the code it switches off.")
    return Flags(values)
