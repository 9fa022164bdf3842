// SPDX-License-Identifier: MIT
#include "app/command_arguments.hpp"

#include <algorithm>
#include <set>
#include <variant>

#include <serval/http/url.hpp>
#include <serval/schema/json_schema.hpp>

#include "app/help_line.hpp"
#include "base/edit_distance.hpp"
#include "schema/type_parts.hpp"

namespace serval::detail {

namespace {

std::span<const Member> members_of(const Type* options) {
  if (options == nullptr) return {};
  return {options->model->members, options->model->member_count};
}

/// "dry_run" is written as --dry-run.
std::string option_name(std::string_view member) {
  std::string name(member);
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

bool is_bool(const Member& member) { return without_optional(*member.type).kind == Kind::boolean; }

bool is_list(const Member& member) {
  const Kind kind = without_optional(*member.type).kind;
  return kind == Kind::list || kind == Kind::set;
}

class ArgumentReader {
 public:
  ArgumentReader(const Type* options, std::span<const std::string_view> arguments)
      : members_(members_of(options)), arguments_(arguments) {}

  CommandArguments read() {
    while (next_ < arguments_.size() && read_.error.empty() && !read_.show_help) read_argument();
    return std::move(read_);
  }

 private:
  void read_argument() {
    const std::string_view argument = arguments_[next_++];
    const std::size_t equals = argument.find('=');
    const std::string_view name = argument.substr(0, equals);
    if (!name.starts_with("--")) {
      read_.error = "unexpected argument \"" + std::string(argument) + "\": options begin with --";
      return;
    }
    if (const Member* member = find(name.substr(2))) return read_option(*member, argument, equals);
    if (name == "--help") {
      read_.show_help = true;
      return;
    }
    const Member* denied = name.starts_with("--no-") ? find(name.substr(5)) : nullptr;
    if (denied != nullptr && is_bool(*denied) && equals == std::string_view::npos) return add(*denied, "false");
    read_.error = "unknown option " + std::string(name) + advice_for(name);
  }

  void read_option(const Member& member, std::string_view argument, std::size_t equals) {
    if (equals != std::string_view::npos) return add(member, argument.substr(equals + 1));
    if (is_bool(member)) return add(member, "true");
    if (next_ == arguments_.size()) {
      read_.error = std::string(argument) + " needs a value";
      return;
    }
    const std::string_view value = arguments_[next_];
    if (is_option(value)) {
      read_.error = std::string(argument) + " needs a value; write " + std::string(argument) + "=" +
                    std::string(value) + " if you mean that text";
      return;
    }
    ++next_;
    add(member, value);
  }

  /// Whether an argument sets an option of this command.
  [[nodiscard]] bool is_option(std::string_view argument) const {
    const std::string_view name = argument.substr(0, argument.find('='));
    if (!name.starts_with("--")) return false;
    return name == "--help" || find(name.substr(2)) != nullptr ||
           (name.starts_with("--no-") && find(name.substr(5)) != nullptr);
  }

  void add(const Member& member, std::string_view value) {
    const bool is_repeated = std::find(seen_.begin(), seen_.end(), &member) != seen_.end();
    if (is_repeated && !is_list(member)) {
      read_.error = "--" + option_name(member.wire) + " is given twice";
      return;
    }
    seen_.push_back(&member);
    if (!read_.query.empty()) read_.query += '&';
    read_.query.append(http::percent_encode(member.wire)).append("=").append(http::percent_encode(value));
  }

  [[nodiscard]] const Member* find(std::string_view name) const {
    const auto found = std::find_if(members_.begin(), members_.end(),
                                    [&](const Member& member) { return option_name(member.wire) == name; });
    return found != members_.end() ? &*found : nullptr;
  }

  [[nodiscard]] std::string advice_for(std::string_view name) const {
    std::string nearest;
    std::size_t least = 3;
    for (const Member& member : members_) {
      const std::string known = "--" + option_name(member.wire);
      const std::size_t distance = edit_distance(name, known);
      if (distance >= least) continue;
      least = distance;
      nearest = known;
    }
    return nearest.empty() ? "" : "; do you mean " + nearest + "?";
  }

  const std::span<const Member> members_;
  const std::span<const std::string_view> arguments_;
  CommandArguments read_;
  std::vector<const Member*> seen_;
  std::size_t next_ = 0;
};

/// The name of an option's value in the help.
std::string value_name(const Type& declared) {
  const Type& type = without_optional(declared);
  if (type.kind == Kind::boolean) return {};
  if (type.kind == Kind::integer) return " N";
  if (type.kind == Kind::number) return " NUMBER";
  const bool is_repeated = type.kind == Kind::list || type.kind == Kind::set;
  return is_repeated ? value_name(*type.element) + "..." : " TEXT";
}

/// The schema that a reference within `document` leads to.
const json& resolved(const json& document, const json& schema) {
  const auto reference = schema.find("$ref");
  if (reference == schema.end()) return schema;
  return document.at(json::json_pointer(reference->get<std::string>().substr(1)));
}

std::string text_of(const json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

/// The description, the values that are allowed and the default, as in the document.
std::string option_text(const json& document, const Member& member, bool is_required) {
  const json& own = resolved(document, document).at("properties").at(std::string(member.wire));
  const json& schema = resolved(document, own);
  std::string notes;
  const auto note = [&](const std::string& more) { notes += (notes.empty() ? "" : "; ") + more; };
  if (is_list(member)) note("may be repeated");
  if (const auto allowed = schema.find("enum"); allowed != schema.end()) {
    std::string list;
    for (const json& value : *allowed) list += (list.empty() ? "" : ", ") + text_of(value);
    note("one of " + list);
  }
  const auto value = own.find("default");
  if (value != own.end() && !value->is_null() && !value->empty()) note("default " + text_of(*value));
  if (is_required) note("required");
  std::string text = own.value("description", std::string());
  if (!notes.empty()) text += (text.empty() ? "(" : " (") + notes + ")";
  return text;
}

}  // namespace

CommandArguments parse_command_arguments(const Type* options, std::span<const std::string_view> arguments) {
  return ArgumentReader(options, arguments).read();
}

std::string ambiguous_option(const Type* options) {
  std::set<std::string> names{"help"};
  for (const Member& member : members_of(options)) {
    std::string name = option_name(member.wire);
    if (!names.insert(name).second) return name;
    if (is_bool(member) && !names.insert("no-" + name).second) return "no-" + name;
  }
  return {};
}

std::string option_faults(const ValidationError& error) {
  std::string text;
  for (const schema::Issue& issue : error.issues()) {
    if (!text.empty()) text += "; ";
    // The location begins with "query".
    if (issue.loc.size() > 1) {
      if (const auto* member = std::get_if<std::string>(&issue.loc[1])) text += "--" + option_name(*member) + ": ";
    }
    text += issue.msg;
  }
  return text;
}

std::string command_help(std::string_view program, const OwnCommand& command) {
  std::string out = "Usage: " + std::string(program) + ' ' + command.name + " [options]\n\n";
  if (!command.options.help.empty()) out += command.options.help + "\n\n";
  out += "Options:\n";
  const Type* options = command.command->options();
  const json document = options != nullptr ? schema_document(*options, schema::SchemaMode::input) : json::object();
  const json required = resolved(document, document).value("required", json::array());
  for (const Member& member : members_of(options)) {
    std::string left = "  --" + option_name(member.wire);
    if (is_bool(member)) left += ", --no-" + option_name(member.wire);
    const bool is_required = std::find(required.begin(), required.end(), json(member.wire)) != required.end();
    out += help_line(left + value_name(*member.type), option_text(document, member, is_required));
  }
  return out + help_line("  --help", "print this text and exit");
}

}  // namespace serval::detail
