# SPDX-License-Identifier: MIT
"""Finds code that the project does not allow: a `catch (...)`, a `default:` in a switch over one of its enumerations, a
name that spells WebSocket differently."""
import awaits

# A switch with a `default:` may have labels that begin with these names: values of other libraries and named numbers.
FOREIGN_LABELS = {"std", "boost", "beast_http", "status"}


def catch_alls(tokens):
    """Returns the lines with a `catch (...)`."""
    texts = [token.text for token in tokens]
    wanted = ["catch", "(", ".", ".", ".", ")"]
    return [tokens[i].line for i in range(len(texts)) if texts[i:i + len(wanted)] == wanted]


class Switch:
    def __init__(self):
        self.default_line, self.enumerator = None, None

    def take_label(self, label):
        """`label`: the texts of the tokens between `case` and the colon."""
        if "::" in label and label[0] not in FOREIGN_LABELS:
            self.enumerator = "".join(label)


def open_switches(tokens):
    """Yields (line of the `default:`, an enumerator) for each switch that has both an enumerator and a `default:`."""
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
    """Yields (line, name). The name `websocket` is allowed, because programs use it: a function, a header and a folder."""
    for token in tokens:
        if token.kind == "word" and "websocket" in token.text.replace("W", "w") and token.text != "websocket":
            yield token.line, token.text


def faults(text, may_catch_all):
    """Yields (line, fault)."""
    tokens = awaits.tokens_of(text)
    if not may_catch_all:
        for line in catch_alls(tokens):
            yield line, ("catch (...) is allowed only where docs/architecture.md says so: name the type, let an object of "
                         "detail::Undo clean up, or add the file to tests/layers/catch_all.txt")
    for line, label in open_switches(tokens):
        yield line, f"a default beside {label} hides new enumerators from the compiler: name every enumerator instead"
    for line, name in misspelt_names(tokens):
        yield line, f"{name}: write WebSocket in types and web_socket elsewhere"
