# SPDX-License-Identifier: MIT
"""Reads the declarations of the public headers, except those in `detail`, with their doc comments.

This is not a complete C++ parser. It expects headers that are formatted by clang-format and have simple public
declarations. It recognises namespaces, classes, enumerations, aliases, variables and functions, and copies their text.
"""
import dataclasses
import re

TOKEN = re.compile(r"""
    (?P<trail>///<[^\n]*)
  | (?P<doc>///[^\n]*)
  | (?P<note>//[^\n]*)
  | (?P<directive>\#(?:[^\n]*\\\n)*[^\n]*)
  | (?P<raw>R"\((?:.|\n)*?\)")
  | (?P<string>"(?:\\.|[^"\\])*")
  | (?P<char>'(?:\\.|[^'\\])')
  | (?P<number>\d(?:'?[\w.])*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<op>::|->|<=>|\.\.\.|&&|\|\||<<|[=!<>]=|.)
""", re.VERBOSE)
OPENING, CLOSING = "([{", ")]}"
# The doc comments of public members that only other parts of the library use begin like this.
INTERNAL = re.compile(r"For the (codec|router|connection|server|framework|library)|Implemented by ")
INTERNAL_SECTION = re.compile(r"// --- .*(for the library|Service)")  # heads a group of such members


@dataclasses.dataclass
class Token:
    kind: str
    text: str
    start: int
    line: int


@dataclasses.dataclass
class Declaration:
    """A declaration in a header. `kind`: class, enum, alias, variable, function, enumerator."""
    kind: str
    name: str
    text: str                 # as in the header, but on one line and without the body
    doc: str
    namespace: str            # "serval::openapi"; of members "serval::App", with the name of their class
    header: str               # "serval/http/request.hpp"
    line: int
    type: str = ""            # only of variables and aliases
    default: str | None = None  # the initialiser of a variable, or None
    template: str = ""
    is_struct: bool = False
    members: list = dataclasses.field(default_factory=list)
    first_line: int = 0
    line_end: int = 0
    continues: bool = False   # no empty line and no comment separate it from the previous declaration
    is_internal: bool = False  # only the library uses it
    is_shown: bool = True     # it is public, programs use it, and it is not deleted
    is_deleted: bool = False

    @property
    def is_aggregate(self):
        """Whether it is a struct with data members."""
        return self.kind == "class" and self.is_struct and bool(self.fields)

    @property
    def fields(self):
        return [m for m in self.members if m.kind == "variable" and not m.text.startswith(("static ", "inline "))]


def tokens_of(text):
    found, at, line = [], 0, 1
    while at < len(text):
        if text[at].isspace():
            line += text[at] == "\n"
            at += 1
            continue
        match = TOKEN.match(text, at)
        found.append(Token(match.lastgroup, match[0], at, line))
        line += match[0].count("\n")
        at = match.end()
    return [token for token in found if token.kind != "directive"]


class Reader:
    """Walks the tokens of one header."""

    def __init__(self, text, header):
        self.text, self.header = text, header
        self.tokens = tokens_of(text)
        self.at = 0
        self.found = []

    def peek(self, ahead=0):
        index = self.at + ahead
        return self.tokens[index] if index < len(self.tokens) else Token("end", "", len(self.text), 0)

    def take(self):
        token = self.peek()
        self.at += 1
        return token

    def skip_balanced(self):
        """Skips from an opening bracket past its closing bracket."""
        depth = 0
        while self.peek().kind != "end":
            token = self.take()
            if token.kind == "op":
                depth += (token.text in OPENING) - (token.text in CLOSING)
            if depth == 0:
                return

    def skip_angles(self):
        """Skips from `<` past its `>`."""
        depth = 0
        while self.peek().kind != "end":
            if self.peek().text in OPENING and self.peek().kind == "op":
                self.skip_balanced()
                continue
            token = self.take()
            depth += (token.text == "<") - (token.text == ">")
            if depth == 0:
                return

    def source(self, first, last):
        """Returns the text of the tokens first..last-1 on one line, without comments."""
        parts, end = [], None
        for token in self.tokens[first:last]:
            if token.kind in ("doc", "trail", "note"):
                continue
            if end is not None and token.start > end:
                parts.append(" ")
            parts.append(token.text)
            end = token.start + len(token.text)
        return "".join(parts).strip()

    def read(self):
        self.scope("", self.found, None)
        for found in self.found:
            found.members = [member for member in found.members if member.is_shown]
        return [found for found in self.found if found.is_shown and found.name != "to_json"]

    def scope(self, namespace, into, class_name):
        """Appends the declarations up to the closing brace to `into`; `is_shown` tells the public ones of a class."""
        public, internal, doc, previous = True, False, [], None
        if class_name and class_name.startswith("class "):
            public = False
        while self.peek().kind != "end":
            token = self.peek()
            if token.text == "}" and token.kind == "op":
                return
            if token.kind == "doc":
                doc.append(self.take().text[3:].removeprefix(" "))
                continue
            if token.kind == "trail":
                self.trailing(into)
                continue
            if token.kind == "note":
                internal = internal or bool(INTERNAL_SECTION.match(token.text))
                self.take()
                continue
            if token.text in ("public", "private", "protected") and self.peek(1).text == ":":
                public, internal = token.text == "public", False
                self.at += 2
                doc = []
                continue
            found = self.declaration(namespace)
            if found is not None:
                found.doc = "\n".join(doc)
                # Declarations that no empty line separates share the comment of the first one.
                found.continues = not doc and previous is not None and found.first_line == previous.line_end + 1
                found.is_internal = internal or bool(INTERNAL.match(found.doc)) or \
                    (found.continues and previous.is_internal)
                found.is_shown = public and not found.is_internal and not found.is_deleted
                previous = found
                into.append(found)
            doc = []

    def trailing(self, into):
        line, words = self.peek().line, []
        while self.peek().kind == "trail":
            words.append(self.take().text[4:].strip())
        if into and into[-1].line_end == line:
            into[-1].doc = " ".join(filter(None, [into[-1].doc, *words]))

    def declaration(self, namespace):
        """Reads the next declaration; returns None for one that the reference does not show."""
        line = self.peek().line
        found = self.next_declaration(namespace)
        if found is not None:
            found.first_line = line
            found.line_end = self.tokens[self.at - 1].line
        return found

    def next_declaration(self, namespace):
        first = self.at
        token = self.peek()
        if token.text == ";":
            self.take()
            return None
        if token.text == "namespace":
            return self.enter_namespace(namespace)
        template = self.template_head()
        token = self.peek()
        if token.text == "extern" and self.peek(1).text == "template" or token.text in ("friend", "static_assert"):
            self.to_semicolon()
            return None
        if token.text in ("class", "struct", "enum"):
            return self.type_declaration(namespace, template, first)
        if token.text == "using":
            return self.alias(namespace, template)
        return self.function_or_variable(namespace, template)

    def enter_namespace(self, namespace):
        self.take()
        name = []
        while self.peek().text != "{":
            name.append(self.take().text)
        inner = "".join(name)
        if inner == "" or "detail" in inner.split("::") or inner.split("::")[0] in ("spdlog", "boost", "std"):
            self.skip_balanced()
            return None
        self.take()
        self.scope(f"{namespace}::{inner}" if namespace else inner, self.found, None)
        self.take()
        return None

    def template_head(self):
        """Reads `template <...>` and the requires clause after it; returns the former, or an empty text."""
        if self.peek().text != "template":
            return ""
        first = self.at
        self.take()
        self.skip_angles()
        head = self.source(first, self.at)
        if self.peek().text == "requires":
            self.take()
            if self.peek().text == "(":
                self.skip_balanced()
            else:
                while True:  # Concept<T> && Other<T>
                    while self.peek().text != "<" and self.peek().kind != "end":
                        self.take()
                    self.skip_angles()
                    if self.peek().text not in ("&&", "||"):
                        break
                    self.take()
        return head

    def to_semicolon(self):
        while self.peek().kind != "end" and self.peek().text != ";":
            if self.peek().kind == "op" and self.peek().text in OPENING:
                self.skip_balanced()
                if self.peek().text != ";" and self.tokens[self.at - 1].text == "}":
                    return  # a friend that is defined here ends without a semicolon
            else:
                self.take()
        self.take()

    def type_declaration(self, namespace, template, first):
        line = self.peek().line
        kind = self.take().text
        if kind == "enum" and self.peek().text in ("class", "struct"):
            self.take()
        while self.peek().text == "[":
            self.skip_balanced()
        head = self.at
        while self.peek().text not in ("{", ";") and self.peek().kind != "end":
            if self.peek().text == "<":
                self.skip_angles()
            else:
                self.take()
        heading = self.source(head, self.at)
        name = re.match(r"[\w:]*", heading)[0]
        if self.peek().text == ";":
            self.take()
            return None
        self.take()
        found = Declaration("enum" if kind == "enum" else "class", name, f"{kind} {heading}", "", namespace,
                            self.header, line, template=template, is_struct=kind == "struct")
        if kind == "enum":
            self.enumerators(found)
        else:
            self.scope(f"{namespace}::{name}", found.members, f"{kind} {name}")
        self.take()
        if self.peek().text != ";":  # the declaration also declares a variable of the type
            self.to_semicolon()
        else:
            self.take()
        is_specialisation = template == "template <>" or re.match(r"[\w:]+\s*<", heading)
        return None if is_specialisation else found

    def enumerators(self, found):
        doc = []
        while self.peek().text != "}" or self.peek().kind != "op":
            token = self.take()
            if token.kind == "doc":
                doc.append(token.text[3:].removeprefix(" "))
            elif token.kind == "trail" and found.members:
                found.members[-1].doc = " ".join(filter(None, [found.members[-1].doc, token.text[4:].strip()]))
            elif token.kind == "word":
                found.members.append(Declaration("enumerator", token.text, token.text, "\n".join(doc),
                                                 found.namespace, self.header, token.line))
                doc = []
                while self.peek().text not in (",", "}") and self.peek().kind not in ("doc", "trail"):
                    self.take()

    def alias(self, namespace, template):
        first, line = self.at, self.peek().line
        self.to_semicolon()
        text = self.source(first, self.at - 1)
        match = re.match(r"using (\w+) = (.*)", text)
        if not match:
            return None
        return Declaration("alias", match[1], text, "", namespace, self.header, line, type=match[2], template=template)

    def function_or_variable(self, namespace, template):
        first, line = self.at, self.peek().line
        is_function, end, initialiser = False, None, None
        while self.peek().kind != "end" and self.peek().text != ";":
            token, before = self.peek(), self.tokens[self.at - 1] if self.at else None
            if token.kind == "op" and token.text == "<" and before.start + len(before.text) == token.start and \
                    before.text != "operator":
                self.skip_angles()
            elif token.text == "(" and token.kind == "op":
                is_function = is_function or initialiser is None
                self.skip_balanced()
            elif token.text == "=" and token.kind == "op" and before.text != "operator":
                if initialiser is None and not is_function:
                    initialiser = self.at
                end = end or self.at
                self.take()
            elif token.text == ":" and is_function:
                end = self.at
                self.initialiser_list()
                break
            elif token.text == "{" and token.kind == "op":
                end = end or self.at
                self.skip_balanced()
                if is_function:
                    break
                initialiser = end if initialiser is None else initialiser
            else:
                self.take()
        last = self.at
        if self.peek().text == ";":
            self.take()
        text = self.source(first, end or last)
        found = Declaration("function" if is_function else "variable", "", text, "", namespace, self.header, line,
                            template=template)
        found.is_deleted = bool(re.search(r"= delete$", self.source(first, last)))
        return self.named(found, None if initialiser is None else self.source(initialiser, last))

    def initialiser_list(self):
        """Skips `: a(1), b{2} {}`, including the body."""
        while self.peek().kind != "end":
            if self.peek().text == "{" and self.tokens[self.at - 1].text in (")", "}"):
                self.skip_balanced()
                return
            if self.peek().kind == "op" and self.peek().text in OPENING:
                self.skip_balanced()
            else:
                self.take()

    @staticmethod
    def named(found, initialiser):
        if found.kind == "function":
            match = re.search(r"(operator\s*(?:\(\)|[^\s(\w]+|[\w:&* ]+?)|~?\w+)\(", found.text)
            found.name = match[1] if match else found.text
            is_guide = re.match(r"\w+\(.*\) ?-> ?\w+<", found.text)
            return None if is_guide else found
        match = re.match(r"(.*?)\s*(\w+)(\[\w*\])?$", found.text)
        if not match or not match[1] or match[1] == "requires":
            return None
        found.type, found.name = match[1], match[2]
        found.default = initialiser.removeprefix("=").strip() if initialiser else None
        return found


def read_header(path, include):
    """Returns the declarations of one header; `include` is the folder of headers."""
    return Reader(path.read_text(), str(path.relative_to(include))).read()


def includes_of(path):
    return re.findall(r"^#include <(serval/[^>]+)>", path.read_text(), re.MULTILINE)
