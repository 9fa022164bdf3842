# SPDX-License-Identifier: MIT
"""Formats the default values of options for readers: `{10'000}` milliseconds become 10 s, `16 * 1024` bytes 16 KiB."""
import re

MILLISECONDS = {"nanoseconds": 1e-6, "microseconds": 1e-3, "milliseconds": 1, "seconds": 1000, "minutes": 60_000,
                "hours": 3_600_000}
NUMBER = re.compile(r"(?:std::)?(?:u?int(?:8|16|32|64)?(?:_t)?|size_t|double|float|unsigned|long)$")
STATED = re.compile(
    r"\bDefault(?: is|:)? ?(?:of )?(off|no limit|\d[\d ]*(?:\.\d+)?)(?: ?(ms|s|min|h|KiB|MiB|GiB|bytes))?\b")
FACTORS = {"s": 1000, "ms": 1, "min": 60_000, "h": 3_600_000, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}


def bare_type(type_name):
    """Returns the type without a std::optional around it."""
    match = re.fullmatch(r"std::optional<(.*)>", type_name)
    return match[1] if match else type_name


def is_duration(type_name):
    return bare_type(type_name).removeprefix("std::chrono::") in MILLISECONDS


def is_number(type_name):
    return bool(NUMBER.match(bare_type(type_name)))


def value_of(type_name, initialiser):
    """Returns the value of an initialiser (of durations in milliseconds), or None if it is not a number."""
    if initialiser is None or type_name.startswith("std::optional") or \
            not (is_duration(type_name) or is_number(type_name)):
        return None
    text = initialiser.strip("{}").replace("'", "")
    text = re.sub(r"(?:std::)?\w+_t\{(\d+)\}", r"\1", text)
    if not re.fullmatch(r"[-\d.]+(?:\s*[*+]\s*[\d.]+)*", text):
        return None
    value = eval(text)  # the pattern admits only digits, points, -, * and +
    return value * MILLISECONDS[type_name.removeprefix("std::chrono::")] if is_duration(type_name) else value


def grouped(number):
    return f"{number:,}".replace(",", " ") if number >= 10_000 else str(number)


def shown(type_name, name, initialiser):
    """Returns the default as the page shows it: as code or in words."""
    value = value_of(type_name, initialiser)
    if value is not None and is_duration(type_name):
        return f"{value / 1000:g} s" if value >= 1000 and value % 100 == 0 else f"{value:g} ms" if value else "0"
    if value is not None and is_binary(name, initialiser, value):
        unit = "MiB" if value % 1024**2 == 0 else "KiB"
        return f"{value // FACTORS[unit]} {unit}"
    if value is not None:
        return grouped(value)
    if initialiser in (None, "{}"):
        return empty_value(type_name, initialiser)
    return f"`{initialiser}`"


def is_binary(name, initialiser, value):
    """Returns whether the value is a number of bytes that is best shown in KiB or MiB."""
    counts_bytes = "bytes" in name or re.search(r"\* *1024|1024 *\*", initialiser)
    return bool(counts_bytes) and value > 0 and value % 1024 == 0


def empty_value(type_name, initialiser):
    """Returns a word for the value of a member without an initialiser or with `{}`."""
    if type_name.startswith("std::optional"):
        return "not set"
    if re.match(r"std::(shared_ptr|unique_ptr)|.*\*$", type_name):
        return "null"
    if type_name.startswith("std::function"):
        return "none"
    if re.match(r"std::(string|string_view|vector|map|set)", type_name):
        return "empty"
    return "" if initialiser is None else "`{}`"


def stated_in(doc):
    """Returns the default that a comment states (durations in milliseconds, sizes in bytes), or None."""
    match = STATED.search(doc)
    if not match:
        return None
    if match[1] in ("off", "no limit"):
        return 0
    return float(match[1].replace(" ", "")) * FACTORS.get(match[2], 1)
