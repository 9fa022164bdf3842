# SPDX-License-Identifier: MIT
"""Writes the pages of docs/reference from the declarations in the headers."""
import dataclasses
import re

from reference import defaults

# The names of structs of options, which share one page.
OPTIONS = re.compile(r"(Options|Limits|Timeouts|Config)$")
# Headers for the library and its extensions. Programs include none of them.
NOT_FOR_PROGRAMS = re.compile(
    r"serval/(routing/|docs_ui/|handler/(?!background|stopping|web_socket_channel|middleware|make_middleware|finished|outcome|pool|per_loop|span)|http/target|"
    r"base/(source_location|json_escape)|schema/arg\.)")


@dataclasses.dataclass
class Page:
    file: str
    title: str
    intro: str
    headers: str  # a pattern; the first page whose pattern matches a header shows it
    names_first: bool = False  # whether functions and names come before classes


PAGES = [
    Page("options.md", "Options", "Every struct of options: its members in their order, their defaults, units and the "
         "meaning of 0. All of them are aggregates for designated initialisers, so members are named in this order: "
         "`{.title = \"Shop\", .debug = true}`. Members that are left out keep their defaults.", "$^"),
    Page("rules.md", "Rules", "Rules follow the type of a parameter, `Query<int, \"limit\", ge(1), le(100)>`, or "
         "of a member, `Field<double, gt(0)>`. Their order does not matter. [Validation](../tutorial/04_validation.md) "
         "shows them at work, [types](../types.md) lists the types.", r"schema/(rule|validated_by)\."),
    Page("testing.md", "Testing", "The test client, which needs no socket. "
         "[Testing](../tutorial/09_testing.md) shows it at work.", r"testing/"),
    Page("parameters.md", "Parameters, dependencies, state", "The arguments of handlers besides models. "
         "[Path and query](../tutorial/02_path_and_query.md) and [dependencies](../tutorial/15_dependencies.md) show "
         "them at work, [threads and lifetimes](../threads_and_lifetimes.md) tells how long each is valid.",
         r"params/(parameter|argument|depends|dependency|state|blocking|upload)|handler/(stopping|outcome)", names_first=True),
    Page("websockets.md", "WebSockets", "[WebSockets](../tutorial/20_websockets.md) shows them at work.",
         r"websocket/|handler/web_socket|http/web_socket"),
    Page("middleware.md", "Middleware, pools", "Middleware and its arguments, compression, stores, threads for "
         "blocking work, objects for each event loop, and spans. [Middleware](../tutorial/32_middleware.md) shows it at work.",
         r"middleware/|store/|handler/(middleware|make_middleware|finished|pool|per_loop|span)|compression/|http/(body_encoder|unavailable)"),
    Page("security.md", "Security schemes", "Credentials of requests as dependencies, scopes, comparison of secrets. "
         "[Security schemes](../tutorial/35_security.md) shows them at work.", r"security/|params/security_scopes"),
    Page("settings.md", "Settings", "The settings of a program. [Settings](../tutorial/37_settings.md) shows them at work.",
         r"settings/"),
    Page("auth.md", "Tokens, passwords, sessions", "Signed tokens, refresh tokens, keys, hashes of passwords, sessions. "
         "[Tokens and passwords](../tutorial/40_jwt_and_passwords.md), [refresh tokens](../tutorial/46_refresh_tokens.md) "
         "and [sessions](../tutorial/41_sessions.md) show them at work.", r"auth/"),
    Page("templates.md", "Templates", "Pages from templates. [Larger applications](../tutorial/43_pages.md) shows them at work.",
         r"templates/"),
    Page("handlers.md", "Handlers", "Return types with a status, streams in both directions, background work. "
         "[Threads and lifetimes](../threads_and_lifetimes.md) tells how long each object is valid and "
         "where it may be used.", r"params/(?!json_response)|handler/|base/task"),
    Page("values.md", "Values, models, JSON", "The types of members and parameters besides those of the "
         "standard library, the types for declaring models, and JSON without a request. "
         "`Field`, `Default` and the parameters of handlers behave like the value that they hold; `value()` and `*` give "
         "it. [Types](../types.md) tells what each type accepts and refuses, and how code makes and reads it.",
         r"(json|types)/|schema/(?!errors)"),
    Page("messages.md", "Requests, responses, errors", "The parts of requests and responses, and errors.",
         r"http/|schema/errors|params/json_response"),
    Page("application.md", "Application and server", "Applications, routers and servers.", ""),
]
LABELS = "Errors(?: also)?|Lifetime|Thread safety|REQUIRES|Source|Shape|Note"
NOTE = "<!-- Made by scripts/generate-reference from the comments in include/serval. Change those and run it again. -->"


def is_options(declaration):
    return declaration.is_aggregate and bool(OPTIONS.search(declaration.name))


def page_of(declaration):
    if is_options(declaration):
        return PAGES[0]
    return next(page for page in PAGES if re.search(page.headers, declaration.header))


def escape(text):
    """Escapes Markdown's markup in a text, except in `code`."""
    parts = re.split(r"(``.+?``|`[^`]*`)", text)
    for i in range(0, len(parts), 2):
        parts[i] = re.sub(r"([<*\[\]]|\b_|_\b)", lambda m: {"<": "&lt;"}.get(m[1], "\\" + m[1]), parts[i])
    return "".join(parts)


def paragraphs(doc):
    """Returns the text of a comment as Markdown lines: joins wrapped lines and keeps fenced code."""
    lines, code = [], False
    for line in doc.split("\n"):
        if line.startswith("```"):
            code = not code
            lines.append(line if not code else "```text")
        elif code:
            lines.append(line)
        elif not line.strip():
            lines.append("")
        elif lines and lines[-1] and not lines[-1].startswith("```"):
            lines[-1] += " " + line.strip()
        else:
            lines.append(line.strip())
    out, code = [], False
    for line in lines:
        code = not code if line.startswith("```") else code
        out.append(line if code or line.startswith("```") else labelled(escape(line)))
    return out


def labelled(text):
    """Makes the labels of comments ("Errors:") bold."""
    return re.sub(rf"(^|(?<=[.:)`] ))({LABELS}):", r"**\2:**", text)


def cell(doc):
    text = " ".join(paragraphs(doc))
    return text[:1].upper() + text[1:] if re.match(r"[a-z]\w* |[a-z]\w*$", text) else text


def code(text):
    return f"``{text}``" if "`" in text else f"`{text}`"


def in_table(text):
    return text.replace("|", "\\|")


def signature(declaration):
    """Returns a declaration without the words that do not matter to a caller."""
    text = re.sub(r"\[\[nodiscard\]\] |\bconstexpr |\binline | noexcept\b| override\b|\bvirtual ", "", declaration.text)
    text = re.sub(r"(, )?SourceLocation where = SourceLocation::current\(\)", "", text)
    text = text.replace("detail::Task<", "Task<")  # it is in detail only so that headers need no Asio
    text = re.sub(r"(, )?detail::CallSite at = detail::CallSite\(SourceLocation::current\(\)\)", "", text)
    if declaration.template and "detail::" not in declaration.template:
        text = f"{declaration.template} {text}"
    return text


def is_special(member, class_name):
    """Returns whether a member needs no entry: it copies, moves or destroys, or marks a template to specialise."""
    if member.name == "not_specialised":
        return True
    if member.doc or member.kind != "function":
        return False
    copies = rf"(?:constexpr |explicit )*{class_name}\((?:(?:const )?{class_name}\s*&&?(?: \w+)?)?\)"
    return member.name.startswith("~") or member.name == "operator=" or bool(re.match(copies, member.text))


def table(declaration):
    rows = ["| member | type | default | meaning |", "|---|---|---|---|"]
    for field in declaration.fields:
        default = defaults.shown(field.type, field.name, field.default)
        rows.append("| " + " | ".join(in_table(part) for part in (
            code(field.name), code(field.type), default, cell(field.doc))) + " |")
    return rows


def values(declaration):
    return [f"- `{member.name}`" + (f": {cell(member.doc)}" if member.doc else "") for member in declaration.members]


def member_list(declaration):
    lines, seen = [], set()
    fields = [] if not declaration.is_aggregate else declaration.fields
    for member in declaration.members:
        if member in fields or is_special(member, declaration.name) or "detail::" in signature(member):
            continue
        text = signature(member) if member.kind in ("function", "alias") else member.text
        if member.kind == "variable" and member.default:
            text += f" = {member.default}"
        if text in seen:
            continue
        seen.add(text)
        lines.append(f"- {code(text)}")
        if member.doc:
            lines += [f"  {line}".rstrip() for line in ["", *paragraphs(member.doc), ""]]
        if member.kind in ("class", "enum") and member.members:
            inner = values(member) if member.kind == "enum" else \
                member_list(member) + [f"- {code(f.text)}{': ' + cell(f.doc) if f.doc else ''}" for f in member.fields
                                       if member.is_aggregate]
            lines += [f"  {line}".rstrip() for line in inner]
    return collapse(lines)


def collapse(lines):
    """Removes repeated empty lines, and those at both ends."""
    out = []
    for line in lines:
        if line or (out and out[-1]):
            out.append(line)
    while out and not out[-1]:
        out.pop()
    return out


def qualified(declaration):
    inner = declaration.namespace.removeprefix("serval").removeprefix("::")
    return f"{inner}::{declaration.name}" if inner else declaration.name


def type_section(declaration, umbrella):
    head = f"{declaration.template} {declaration.text}".strip()
    lines = [f"## {qualified(declaration)}", "", f"{code(head)} in `<{umbrella(declaration.header)}>`", ""]
    lines += [*paragraphs(declaration.doc), ""]
    if declaration.kind == "enum":
        lines += values(declaration)
    elif declaration.is_aggregate:
        lines += table(declaration)
    if declaration.kind == "class" and (rest := member_list(declaration)):
        lines += ["", *rest]
    return lines


def free_section(declarations, umbrella):
    """Lists functions, constants and aliases that are not members of classes."""
    lines = []
    for found in declarations:
        text = signature(found)
        if found.kind == "variable" and found.default and "detail::" not in found.default:
            text += f" = {found.default}"
        if "detail::" in text and found.kind == "alias":
            parameters = ", ".join(names_in(found.template))
            text = f"{found.name}<{parameters}>" if parameters else f"using {found.name}"
        elif "detail::" in text:
            text = re.sub(r"\bdetail::(\w+ ?::)*", "", text) if found.kind == "function" else found.name
        lines.append(f"- {code(qualify(found, text))} in `<{umbrella(found.header)}>`")
        if found.doc:
            lines += [f"  {line}".rstrip() for line in ["", *paragraphs(found.doc), ""]]
    return collapse(lines)


def names_in(template):
    """Returns the names of template parameters, `Args...` for a pack."""
    parameters = template.removeprefix("template <").removesuffix(">").split(", ")
    return [re.sub(r"^[\w:]+(\.\.\.)? (\w+)$", r"\2\1", parameter) for parameter in parameters]


def qualify(found, text):
    inner = found.namespace.removeprefix("serval").removeprefix("::")
    return text if not inner else text.replace(f"{found.name}(", f"{inner}::{found.name}(", 1)


def argument_names(function):
    """Returns the names of a function's arguments; the name of `const char (&text)[N]` is `text`."""
    return re.findall(r"(\w+)(?=[,)])", re.sub(r"\(&(\w+)\)\[N\]", r"\1", function.text.partition("(")[2]))


def rules_table(declarations):
    rows = ["| rule | meaning |", "|---|---|"]
    for found in filter(lambda rule: rule.doc, declarations):
        shown = qualified(found) + ("<f>" if found.template and found.kind == "variable" else "")
        if found.kind == "function":
            shown += f"({', '.join(argument_names(found))})"
        rows.append(f"| {in_table(code(shown))} | {in_table(cell(found.doc))} |")
    return rows


def page_text(page, declarations, umbrella):
    lines = [f"# {page.title}", "", NOTE, "", page.intro, ""]
    if page.file == "rules.md":
        lines += rules_table([d for d in declarations if d.kind in ("function", "variable")])
        return "\n".join(lines) + "\n"
    types = [d for d in declarations if d.kind in ("class", "enum")]
    free = [d for d in declarations if d.kind not in ("class", "enum")]
    names = ["## Functions and names", "", *free_section(free, umbrella), ""] if free else []
    if len(types) > 1:
        lines += [", ".join(f"[{qualified(d)}](#{anchor(d)})" for d in types) +
                  (", [functions and names](#functions-and-names)" if free else ""), ""]
    sections = [line for found in types for line in [*type_section(found, umbrella), ""]]
    lines += names + sections if page.names_first else sections + names
    return "\n".join(collapse(lines)) + "\n"


def anchor(declaration):
    return re.sub(r"[^\w\- ]", "", qualified(declaration).lower()).replace(" ", "-")


def pages(declarations, umbrella):
    """Returns the text of each page by its file name, including `README.md`, which lists the pages."""
    shown = [d for d in declarations if not NOT_FOR_PROGRAMS.match(d.header)]
    texts = {page.file: page_text(page, [d for d in shown if page_of(d) is page], umbrella) for page in PAGES}
    index = ["# Reference", "", NOTE, "", "All public names, generated from the comments in the headers.", ""]
    for page in PAGES:
        names = [qualified(d) for d in shown if page_of(d) is page and d.kind in ("class", "enum")]
        index.append(f"- [{page.title}]({page.file})" + (": " + ", ".join(f"`{n}`" for n in names) if names else ""))
    texts["README.md"] = "\n".join(index) + "\n"
    return texts
