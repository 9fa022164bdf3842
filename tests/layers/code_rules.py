# SPDX-License-Identifier: MIT
"""Finds what the project's own code does not hold: a `catch (...)`, a `default:` over one of its enumerations, another
spelling of WebSocket in a name."""
import awaits

# What the labels of a switch may begin with beside its `default:`: values of other libraries, and numbers by name.
FOREIGN_LABELS = {"std", "boost", "beast_http", "status"}


def catch_alls(tokens):
    """Lines."""
    texts = [token.text for token in tokens]
    wanted = ["catch", "(", ".", ".", ".", ")"]
    return [tokens[i].line for i in range(len(texts)) if texts[i:i + len(wanted)] == wanted]


class Switch:
    def __init__(self):
        self.default_line, self.enumerator = None, None

    def take_label(self, label):
        """`label`: what stands between `case` and its colon."""
        if "::" in label and label[0] not in FOREIGN_LABELS:
            self.enumerator = "".join(label)


def open_switches(tokens):
    """Yields (line, a label) for each switch that has both a label of an enumeration and a `default:`."""
    braces, awaited, depth = [], False, 0  # braces: a Switch, or None for any other block
    for i, token in enumerate(tokens):
        following = tokens[i + 1].text if i + 1 < len(tokens) else ""
        if token.text == "switch":
            awaited, depth = True, 0
        elif token.text in "()" and awaited:
            depth += 1 if token.text == "(" else -1
        elif token.text == "{":
            braces.append(Switch() if awaited and depth == 0 else None)
            awaited = awaited and depth != 0
        elif token.text == "}" and braces:
            switch = braces.pop()
            if switch and switch.default_line and switch.enumerator:
                yield switch.default_line, switch.enumerator
        elif token.text in ("case", "default"):
            switch = next((each for each in reversed(braces) if each), None)
            if switch and token.text == "default" and following == ":":
                switch.default_line = token.line
            elif switch and token.text == "case":
                texts = [each.text for each in tokens[i + 1:i + 20]]
                switch.take_label(texts[:texts.index(":")] if ":" in texts else texts)


def misspelt_names(tokens):
    """Yields (line, name). `websocket` alone is the name that programs write: a verb, a header and a folder."""
    for token in tokens:
        if token.kind == "word" and "websocket" in token.text.replace("W", "w") and token.text != "websocket":
            yield token.line, token.text


def faults(text, may_catch_all):
    """Yields (line, fault)."""
    tokens = awaits.tokens_of(text)
    if not may_catch_all:
        for line in catch_alls(tokens):
            yield line, ("catch (...) is for the borders that docs/architecture.md lists: name the type, let an object of "
                         "detail::Undo clean up, or add the file to tests/layers/catch_all.txt")
    for line, label in open_switches(tokens):
        yield line, f"a default beside {label} hides enumerators that are new: name all of them"
    for line, name in misspelt_names(tokens):
        yield line, f"{name} is spelt WebSocket in types and web_socket elsewhere"
