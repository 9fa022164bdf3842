# SPDX-License-Identifier: MIT
"""Finds objects that g++ 12 destroys twice if they are created in a full expression with a co_await:

- a lambda that captures by copy (except `this`) or by initialiser; `*this` is a copy, too;
- an aggregate created by `Type{...}`, as a temporary or a variable, or by `Type(...)` if the checked sources define Type.

Types that are known to have constructors are safe and not reported, nor are numbers and durations, whose destruction does
nothing.

Lists without a type, as in `f({1, name})`, are not found, because this check does not know which type they create. If it is
an aggregate and its members have destructors, g++ 12 compiles the code without a warning and destroys the members twice:
create the aggregate in a statement before.
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

# A `{` after one of these words begins a block, not a value.
BLOCK_WORDS = {"else", "do", "try", "const", "override", "final", "noexcept", "mutable", "volatile", "extern", "consteval",
               "constexpr", "namespace", "struct", "class", "union", "enum"}
# The words before the name of a declaration that has a block.
TYPE_HEADS = {"namespace", "struct", "class", "union", "enum", "concept"}
NOT_A_TYPE = {"return", "co_return", "co_await", "co_yield", "throw", "new", "case", "goto", "delete"} | BLOCK_WORDS

# The destruction of these types does nothing.
TRIVIAL = {"int", "bool", "char", "long", "short", "unsigned", "signed", "float", "double", "auto", "size_t", "ptrdiff_t",
           "nanoseconds", "microseconds", "milliseconds", "seconds", "minutes", "hours", "days", "byte", "uint8_t",
           "uint16_t", "uint32_t", "uint64_t", "int8_t", "int16_t", "int32_t", "int64_t"}
# Namespaces whose classes have constructors, and the exceptions.
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
    """The tokens and groups between two brackets. `is_block`: they are statements, not an expression."""

    def __init__(self, opening, line):
        self.opening, self.line, self.parts, self.is_block = opening, line, [], False


def text_of(part):
    return part.opening if isinstance(part, Group) else part.text


def is_word(part):
    return isinstance(part, Token) and part.kind == "word"


def is_group(part, opening):
    return isinstance(part, Group) and part.opening == opening


def is_lambda_head(parts, index):
    """Returns whether the [ ] at index introduces a lambda: nothing before it can be indexed."""
    if not is_group(parts[index], "["):
        return False
    if index == 0:
        return True
    before = parts[index - 1]
    if isinstance(before, Group):
        return before.opening == "{" and before.is_block
    return before.text in NOT_A_TYPE or before.kind == "sign" and before.text != ">"


def type_start(parts, end):
    """Returns the index at which the type name before index `end` begins, or `end` if there is none."""
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
    """Returns whether a { after these parts begins statements or members, not a value."""
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
    """Returns (the part that ends the statement before the last one, the parts of the last statement)."""
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
    """Returns the name of the type that the { } at index creates, as a list of texts; it is empty for a list without a type."""
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
    """The names of classes that the sources define, without their namespaces."""
    with_constructor: frozenset = frozenset()
    aggregates: frozenset = frozenset()


def words_of(name):
    """Returns the identifiers in the name of a type, without its template arguments."""
    end = name.index("<") if "<" in name else len(name)
    return [text for text in name[:end] if text != "::"]


def is_dangerous_list(name, types):
    """Returns whether `name{...}` may be an aggregate that is destroyed twice."""
    words = words_of(name)
    if not words or words[-1] in TRIVIAL or words[-1] in types.with_constructor:
        return False
    return not (words[0] in FOREIGN and words[-1] not in FOREIGN_AGGREGATES)


def is_dangerous_call(name, types):
    """Returns whether `name(...)` may be one: since C++20, parentheses can create an aggregate, too."""
    words = words_of(name)
    return bool(words) and words[-1] in types.aggregates and words[0] not in FOREIGN


def expression_parts(parts):
    """Yields (list of parts, index) for each token and group of an expression, except the statements of its lambdas."""
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
            yield part.line, ("a lambda that captures by copy in an expression with co_await: capture by reference, or "
                              "create it in a statement before")
        elif is_group(part, "{") and not part.is_block:
            name = made_type(around, index)
            if is_dangerous_list(name, types):
                yield part.line, f"{''.join(name)}{{...}} in an expression with co_await: create it in a statement before"
        elif is_group(part, "(") and part.parts:
            name = made_type(around, index)
            if is_dangerous_call(name, types):
                yield part.line, f"{''.join(name)}(...) in an expression with co_await: create it in a statement before"


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
    """Returns whether a block after these parts is the body of a lambda: before it is an introducer, and between them are
    only parts that may follow an introducer."""
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
    """Returns (line, text) for each fault in C++ source."""
    if "co_await" not in text:
        return []
    found = set()
    for block in all_blocks(tree_of(tokens_of(text))):
        found.update(faults_of_block(block, types))
    return sorted(found)


CLASS = re.compile(r"(?<!enum )\b(class|struct)\s+(\w+)(?:\s+final)?\s*(?::[^;{}()]*)?\{")


def types_of(texts):
    """Returns the classes that C++ sources define. If several classes share a name and one has a constructor, all count as
    having one."""
    with_constructor, without = set(), set()
    for text in texts:
        for name, is_struct, has_constructor in classes_in(text):
            if has_constructor:
                with_constructor.add(name)
            elif is_struct:  # the members of other classes are private
                without.add(name)
    return Types(frozenset(with_constructor), frozenset(without - with_constructor))


def classes_in(text):
    """Yields (name, whether it is a struct, whether it declares a constructor) for each class that C++ source defines."""
    for match in CLASS.finditer(text):
        end, depth = match.end(), 1
        while end < len(text) and depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        constructor = rf"(?:[;{{}}:]|\*/|\n|\bexplicit|\bconstexpr|\))\s*{match[2]}\s*\("
        has_constructor = re.search(constructor, text[match.end() - 1:end]) is not None
        yield match[2], match[1] == "struct", has_constructor


def code_of_markdown(text):
    """Returns the text with all lines outside of C++ blocks emptied, so that lines keep their numbers."""
    lines, is_code = [], False
    for line in text.splitlines():
        if line.lstrip().startswith("```"):
            is_code = not is_code and line.strip() in ("```cpp", "```c++")
            lines.append("")
        else:
            lines.append(line if is_code else "")
    return "\n".join(lines)
