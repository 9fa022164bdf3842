# SPDX-License-Identifier: MIT
"""Finds what may not stand in a full expression with a co_await: g++ 12 destroys it twice there.

- a lambda that captures by copy or by initialiser, other than `this`; `*this` is a copy too;
- an aggregate made by `Type{...}`, as a temporary or as a variable, or by `Type(...)` where Type is one of the sources'.

Passed over are types that are known to have constructors (they are safe), and numbers and durations (there is nothing to
destroy).

Not found are lists without a type, as in `f({1, name})`: what those make is not known here. The compiler takes them, and
where they make an aggregate with members that are to be destroyed, these are destroyed twice: give it a name before.
"""
import re
from typing import NamedTuple

TOKEN = re.compile(r'''
    (?P<comment>//[^\n]*|/\*.*?\*/)
  | (?P<directive>^[ \t]*\#(?:[^\n\\]|\\.)*)
  | (?P<raw>(?:u8|[uUL])?R"(?P<mark>[^()\\\s]*)\(.*?\)(?P=mark)")
  | (?P<text>(?:u8|[uUL])?"(?:[^"\\\n]|\\.)*"\w*)
  | (?P<char>(?:u8|[uUL])?'(?:[^'\\\n]|\\.)+')
  | (?P<number>\.?\d(?:[\w.]|'(?=\w)|(?<=[eEpP])[+-])*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<sign>::|->|\[\[|[^\s\w])
''', re.VERBOSE | re.DOTALL | re.MULTILINE)

OPENING, CLOSING = {"(": ")", "[": "]", "[[": "]", "{": "}"}, {")", "]", "}"}

# Before a `{` they begin a block, not a value.
BLOCK_WORDS = {"else", "do", "try", "const", "override", "final", "noexcept", "mutable", "volatile", "extern", "consteval",
               "constexpr", "namespace", "struct", "class", "union", "enum"}
# What stands before a declaration's or a block's name.
TYPE_HEADS = {"namespace", "struct", "class", "union", "enum", "concept"}
NOT_A_TYPE = {"return", "co_return", "co_await", "co_yield", "throw", "new", "case", "goto", "delete"} | BLOCK_WORDS

# Nothing of theirs is to be destroyed.
TRIVIAL = {"int", "bool", "char", "long", "short", "unsigned", "signed", "float", "double", "auto", "size_t", "ptrdiff_t",
           "nanoseconds", "microseconds", "milliseconds", "seconds", "minutes", "hours", "days", "byte", "uint8_t",
           "uint16_t", "uint32_t", "uint64_t", "int8_t", "int16_t", "int32_t", "int64_t"}
# Namespaces whose classes have constructors, but for these.
FOREIGN, FOREIGN_AGGREGATES = {"std", "boost", "asio", "chrono", "nlohmann"}, {"array"}


class Token(NamedTuple):
    text: str
    line: int
    kind: str = "sign"  # a group of TOKEN


def tokens_of(text):
    found, line, at = [], 1, 0
    for match in TOKEN.finditer(text):
        line, at = line + text.count("\n", at, match.start()), match.start()
        if match.lastgroup not in ("comment", "directive"):
            found.append(Token(match[0], line, match.lastgroup))
    return found


class Group:
    """What stands between two brackets: tokens and groups. `is_block`: statements, not an expression."""

    def __init__(self, opening, line):
        self.opening, self.line, self.parts, self.is_block = opening, line, [], False


def text_of(part):
    return part.opening if isinstance(part, Group) else part.text


def is_word(part):
    return isinstance(part, Token) and part.kind == "word"


def is_group(part, opening):
    return isinstance(part, Group) and part.opening == opening


def is_lambda_head(parts, index):
    """Whether the [ ] at index introduces a lambda: nothing that could be indexed stands before it."""
    if not is_group(parts[index], "["):
        return False
    if index == 0:
        return True
    before = parts[index - 1]
    if isinstance(before, Group):
        return before.opening == "{" and before.is_block
    return before.text in NOT_A_TYPE or before.kind == "sign" and before.text != ">"


def type_start(parts, end):
    """Where the type name begins that ends before index `end`; `end` where there is none."""
    index = end
    while index > 0:
        before = parts[index - 1]
        if isinstance(before, Token) and before.text == ">":
            depth = 0
            while index > 0:
                index -= 1
                depth += {">": 1, "<": -1}.get(text_of(parts[index]), 0)
                if depth == 0:
                    break
            continue
        if not is_word(before) or before.text in NOT_A_TYPE:
            break
        index -= 1
        if index == 0 or text_of(parts[index - 1]) != "::":
            break
        index -= 1
    return index


def begins_block(parts, is_in_statements):
    """Whether a { behind these parts begins statements or members rather than a value."""
    if not parts:
        return is_in_statements
    last = parts[-1]
    if isinstance(last, Group):
        if last.opening == "[":
            return is_lambda_head(parts, len(parts) - 1)
        return last.opening == "(" or last.is_block or is_in_statements and statement_of(parts)[0] is None
    if last.text in {";", ":"} or last.text in BLOCK_WORDS:
        return is_in_statements or last.text in BLOCK_WORDS
    statement = [text_of(part) for part in statement_of(parts)[1]]
    if is_in_statements and any(head in statement[:3] for head in TYPE_HEADS):
        return True
    start = type_start(parts, len(parts))
    while start > 0 and (text_of(parts[start - 1]) in {"const", "&", "*", "typename"}):
        start -= 1
    return start > 0 and text_of(parts[start - 1]) == "->"


def statement_of(parts):
    """(what ends the statement before, the parts of the last statement)."""
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        if isinstance(part, Group) and part.is_block or isinstance(part, Token) and part.text == ";":
            return part, parts[index + 1:]
    return None, parts


def tree_of(tokens):
    root = Group("{", 1)
    root.is_block = True
    stack = [root]
    for token in tokens:
        if token.text in OPENING and token.kind == "sign":
            group = Group(token.text, token.line)
            if token.text == "{":
                group.is_block = begins_block(stack[-1].parts, stack[-1].is_block)
            stack[-1].parts.append(group)
            stack.append(group)
            if token.text == "[[":
                stack.append(Group("[", token.line))
        elif token.text in CLOSING and token.kind == "sign" and len(stack) > 1:
            stack.pop()
        else:
            stack[-1].parts.append(token)
    return root


def captures_by_copy(group):
    captures, current = [], []
    for part in group.parts:
        if text_of(part) == ",":
            captures.append(current)
            current = []
        else:
            current.append(part)
    for capture in [*captures, current]:
        texts = [text_of(part) for part in capture]
        if texts and texts[0] != "&" and texts != ["this"]:
            return True
    return False


def made_type(parts, index):
    """The name of the type that the { } at index makes a value of, as parts; none where it is a bare list."""
    start = type_start(parts, index)
    name = parts[start:index]
    if len(name) == 1 and start > 0:  # `Type name{`
        declared = type_start(parts, start)
        while declared == start and start > 0 and text_of(parts[start - 1]) in {"&", "*", "const"}:
            start -= 1
            declared = type_start(parts, start)
        if declared < start:
            name = parts[declared:start]
    return [text_of(part) for part in name]


class Types(NamedTuple):
    """Names of classes of the sources, without what they stand in."""
    with_constructor: frozenset = frozenset()
    aggregates: frozenset = frozenset()


def words_of(name):
    """The identifiers of a type's name, without its template's arguments."""
    end = name.index("<") if "<" in name else len(name)
    return [text for text in name[:end] if text != "::"]


def is_dangerous_list(name, types):
    """Whether `name{...}` may be an aggregate that is destroyed twice."""
    words = words_of(name)
    if not words or words[-1] in TRIVIAL or words[-1] in types.with_constructor:
        return False
    return not (words[0] in FOREIGN and words[-1] not in FOREIGN_AGGREGATES)


def is_dangerous_call(name, types):
    """Whether `name(...)` is one: since C++20 parentheses make an aggregate too."""
    words = words_of(name)
    return bool(words) and words[-1] in types.aggregates and words[0] not in FOREIGN


def expression_parts(parts):
    """The tokens and groups of an expression, without the statements of lambdas in it, each with its neighbours."""
    for index, part in enumerate(parts):
        yield parts, index
        if isinstance(part, Group) and not part.is_block and part.opening != "[[":
            yield from expression_parts(part.parts)


def faults_of_expression(parts, types):
    found = list(expression_parts(parts))
    if not any(isinstance(around[index], Token) and around[index].text == "co_await" for around, index in found):
        return
    for around, index in found:
        part = around[index]
        if is_lambda_head(around, index) and captures_by_copy(part):
            yield part.line, "a lambda that captures by copy in an expression with co_await: capture by reference or name it"
        elif is_group(part, "{") and not part.is_block:
            name = made_type(around, index)
            if is_dangerous_list(name, types):
                yield part.line, f"{''.join(name)}{{...}} in an expression with co_await: make it a statement before"
        elif is_group(part, "(") and part.parts:
            name = made_type(around, index)
            if is_dangerous_call(name, types):
                yield part.line, f"{''.join(name)}(...) in an expression with co_await: make it a statement before"


def faults_of_block(group, types):
    expression = []
    for part in [*group.parts, Token(";", 0)]:
        is_block = isinstance(part, Group) and part.is_block
        if is_lambda_body(expression) if is_block else text_of(part) != ";":
            expression.append(part)
        else:
            yield from faults_of_expression(expression, types)
            expression = []


def is_lambda_body(before):
    """Whether a block behind these parts is that of a lambda: an introducer stands before it, and only what may stand
    between the two."""
    index = len(before) - 1
    while index >= 0:
        if is_lambda_head(before, index):
            return True
        part = before[index]
        if isinstance(part, Group) and part.opening == "{" or text_of(part) in {";", ",", "="}:
            return False
        index -= 1
    return False


def all_blocks(group):
    if group.is_block:
        yield group
    for part in group.parts:
        if isinstance(part, Group):
            yield from all_blocks(part)


def faults(text, types=Types()):
    """(line, text) of each fault in C++ source."""
    if "co_await" not in text:
        return []
    found = set()
    for block in all_blocks(tree_of(tokens_of(text))):
        found.update(faults_of_block(block, types))
    return sorted(found)


CLASS = re.compile(r"(?<!enum )\b(class|struct)\s+(\w+)(?:\s+final)?\s*(?::[^;{}()]*)?\{")


def types_of(texts):
    """What C++ sources define. A class of several definitions has a constructor where one of them has."""
    with_constructor, without = set(), set()
    for text in texts:
        for name, is_struct, has_constructor in classes_in(text):
            if has_constructor:
                with_constructor.add(name)
            elif is_struct:  # the members of other classes are private
                without.add(name)
    return Types(frozenset(with_constructor), frozenset(without - with_constructor))


def classes_in(text):
    """(name, whether it is a struct, whether it declares a constructor) of each class that C++ source defines."""
    for match in CLASS.finditer(text):
        end, depth = match.end(), 1
        while end < len(text) and depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        constructor = rf"(?:[;{{}}:]|\*/|\n|\bexplicit|\bconstexpr|\))\s*{match[2]}\s*\("
        has_constructor = re.search(constructor, text[match.end() - 1:end]) is not None
        yield match[2], match[1] == "struct", has_constructor


def code_of_markdown(text):
    """The text with all but its C++ blocks blanked, so that lines keep their numbers."""
    lines, is_code = [], False
    for line in text.splitlines():
        if line.lstrip().startswith("```"):
            is_code = not is_code and line.strip() in ("```cpp", "```c++")
            lines.append("")
        else:
            lines.append(line if is_code else "")
    return "\n".join(lines)
