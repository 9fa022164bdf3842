# SPDX-License-Identifier: MIT
"""Checks that the doc comments contain what the reference needs."""
from reference import defaults
from reference.pages import NOT_FOR_PROGRAMS, is_options


def violations(declarations):
    """Yields a line for each comment that is missing or incomplete."""
    for found in declarations:
        if NOT_FOR_PROGRAMS.match(found.header):
            continue
        if found.kind in ("class", "enum") and not found.doc:
            yield f"include/{found.header}:{found.line}: {found.name} has no doc comment"
        if found.is_aggregate and not is_options(found):
            for field in found.fields:
                if not field.doc and field.name != "value":  # the type of `value` in Ok, Created, ... explains it
                    yield f"include/{field.header}:{field.line}: {found.name}::{field.name} has no doc comment"
        if is_options(found):
            for field in found.fields:
                for fault in faults_of(field, found.doc):
                    yield f"include/{field.header}:{field.line}: {found.name}::{field.name} {fault}"


def faults_of(field, struct_doc):
    if not field.doc:
        yield "has no doc comment"
        return
    counts = (defaults.is_duration(field.type) or defaults.is_number(field.type)) and field.name != "status"
    if counts and "0" not in defaults.STATED.sub("", field.doc) and "0" not in struct_doc and \
            not has_range(field.doc):
        yield "does not say what 0 means"
    value, stated = defaults.value_of(field.type, field.default), defaults.stated_in(field.doc)
    if value is not None and stated is not None and value != stated:
        shown = defaults.shown(field.type, field.name, field.default)
        yield f"has the default {shown}, but its comment states another one"


def has_range(doc):
    """Returns whether the comment states a range, such as "1 (fast) to 9 (small)"."""
    return " to " in doc
