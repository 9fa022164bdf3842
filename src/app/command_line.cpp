// SPDX-License-Identifier: MIT
#include "app/command_line.hpp"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <utility>

#include <serval/http/headers.hpp>

#include "app/help_line.hpp"
#include "app/listener_text.hpp"
#include "app/option_values.hpp"
#include "base/ascii.hpp"
#include "base/edit_distance.hpp"
#include "base/kubernetes.hpp"
#include "base/read_number.hpp"
#include "http/root_path.hpp"
#include "server/check_options.hpp"
#include "server/health_probe.hpp"

namespace serval::detail {

namespace {

enum class Takes : std::uint8_t { nothing, value, maybe_value, yes_or_no };

/// An option of the command line and, if it takes a value or yes and no, of the environment.
struct Option {
  std::string_view name;  // "host": --host, SERVAL_HOST; if it takes yes or no, also --no-host
  Takes takes;
  std::string_view value;  // the name of its value in the help
  std::string_view help;
  std::string_view note;                                     // the help's text after the current value
  std::string (*shown)(const CodeSettings& code);            // the value without the option; null: it has none
  bool (*apply)(CommandLine& line, std::string_view value);  // false: the value is invalid
  std::string_view rule{};                                   // the rule for the value; empty: the help has it
};

constexpr std::string_view yes_text = "true", no_text = "false";

template <class Bool>
bool read_yes_or_no(std::string_view text, Bool& out) {
  const auto is_one_of = [&](std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return http::iequals(word, text); });
  };
  const bool is_yes = is_one_of({yes_text, "1", "yes", "on"});
  if (!is_yes && !is_one_of({no_text, "0", "no", "off"})) return false;
  out = is_yes;
  return true;
}

/// A '/' at the end is removed: "/" means no prefix.
bool read_root_path(std::string_view text, std::optional<std::string>& out) {
  if (text.ends_with('/')) text.remove_suffix(1);
  out = text;
  return is_root_path(text);
}

std::string yes_or_no(bool value) { return value ? "yes" : "no"; }

constexpr Option command_line_options[] = {
    {"host", Takes::value, "ADDRESS", "address to listen on", "0.0.0.0 for all",
     [](const CodeSettings& code) { return code.server.host; },
     [](CommandLine& line, std::string_view value) {
       line.server.host = value;
       line.says_where = true;
       return !value.empty();
     }},
    {"port", Takes::value, "PORT", "TCP port", "0: any free one",
     [](const CodeSettings& code) { return std::to_string(code.server.port); },
     [](CommandLine& line, std::string_view value) {
       line.says_where = true;
       return read_number(value, line.server.port);
     }},
    {"listen", Takes::value, "ADDRESS",
     "HOST:PORT, unix:PATH or fd:NUMBER, instead of host and port; repeat it to listen at several places", "",
     [](const CodeSettings& code) { return listeners_text(code.server.listeners); },
     [](CommandLine& line, std::string_view value) {
       line.says_where = true;
       return read_listeners(value, line.listeners);
     }},
    {"threads", Takes::value, "N", "event loops, one per thread", "0: one per processor",
     [](const CodeSettings& code) { return std::to_string(code.server.threads); },
     [](CommandLine& line, std::string_view value) {
       return read_number(value, line.server.threads, max_event_loops);
     }},
    {"root-path", Takes::value, "PATH", "prefix under which a proxy serves the application, such as \"/api\"", "",
     [](const CodeSettings& code) { return code.root_path.empty() ? std::string("none") : code.root_path; },
     [](CommandLine& line, std::string_view value) { return read_root_path(value, line.root_path); }, root_path_rule},
    {"forwarded-allow-ips", Takes::value, "LIST",
     "proxies whose x-forwarded-for, -proto are believed: addresses, networks, unix: or *, separated by commas", "",
     [](const CodeSettings& code) { return code.trusted_proxies; },
     [](CommandLine& line, std::string_view value) { return read_trusted_proxies(value, line.trusted_proxies); }},
    {"log-level", Takes::value, "LEVEL", "trace, debug, info, warning, error, critical or off", "",
     [](const CodeSettings& code) { return code.log_level; },
     [](CommandLine& line, std::string_view value) {
       line.log_level = value;
       return is_log_level(value);
     }},
    {"access-log", Takes::yes_or_no, "", "log one line per request", "",
     [](const CodeSettings& code) { return yes_or_no(code.server.access_log.value_or(true)); },
     [](CommandLine& line, std::string_view value) {
       const bool is_read = read_yes_or_no(value, line.server.access_log);
       line.access_log = line.server.access_log;
       return is_read;
     }},
    {"backlog", Takes::value, "N", "largest number of connections that wait to be accepted", "",
     [](const CodeSettings& code) { return std::to_string(code.server.backlog); },
     [](CommandLine& line, std::string_view value) {
       return read_number(value, line.server.backlog) && line.server.backlog >= 0;
     }},
    {"max-connections", Takes::value, "N", "largest number of open connections", "0: no limit",
     [](const CodeSettings& code) { return std::to_string(code.server.max_connections); },
     [](CommandLine& line, std::string_view value) { return read_number(value, line.server.max_connections); }},
    {"max-body-bytes", Takes::value, "N", "largest body of a request, in bytes", "0: no limit",
     [](const CodeSettings& code) { return std::to_string(code.server.limits.max_body_bytes); },
     [](CommandLine& line, std::string_view value) { return read_number(value, line.server.limits.max_body_bytes); }},
    {"limit-in-flight", Takes::value, "N", "largest number of requests that wait in handlers; others get a 503",
     "0: no limit", [](const CodeSettings& code) { return std::to_string(code.server.max_requests_in_flight); },
     [](CommandLine& line, std::string_view value) { return read_number(value, line.server.max_requests_in_flight); }},
    {"cancel-on-half-close", Takes::yes_or_no, "", "a client that closes its sending side counts as gone", "",
     [](const CodeSettings& code) { return yes_or_no(code.server.cancel_on_half_close); },
     [](CommandLine& line, std::string_view value) { return read_yes_or_no(value, line.server.cancel_on_half_close); }},
    {"timeout-keep-alive", Takes::value, "SECONDS", "idle time between requests", "0: no limit",
     [](const CodeSettings& code) { return seconds_text(code.server.timeouts.keep_alive); },
     [](CommandLine& line, std::string_view value) { return read_seconds(value, line.server.timeouts.keep_alive); }},
    {"timeout-handler", Takes::value, "SECONDS", "longest time for a handler, then the client gets a 503",
     "0: no limit", [](const CodeSettings& code) { return seconds_text(code.server.timeouts.handler); },
     [](CommandLine& line, std::string_view value) { return read_seconds(value, line.server.timeouts.handler); }},
    {"stop-delay", Takes::value, "SECONDS", "time before the port closes after a stop signal", "",
     [](const CodeSettings& code) { return seconds_text(code.server.stop_delay); },
     [](CommandLine& line, std::string_view value) { return read_seconds(value, line.server.stop_delay); }},
    {"timeout-graceful-shutdown", Takes::value, "SECONDS", "time for open requests after a stop signal", "",
     [](const CodeSettings& code) { return seconds_text(code.server.stop_deadline); },
     [](CommandLine& line, std::string_view value) { return read_seconds(value, line.server.stop_deadline); }},
    {"server-header", Takes::yes_or_no, "", "send a server header with each response", "",
     [](const CodeSettings& code) { return yes_or_no(code.server.server_header); },
     [](CommandLine& line, std::string_view value) { return read_yes_or_no(value, line.server.server_header); }},
    {"date-header", Takes::yes_or_no, "", "send a date header with each response", "",
     [](const CodeSettings& code) { return yes_or_no(code.server.date_header); },
     [](CommandLine& line, std::string_view value) { return read_yes_or_no(value, line.server.date_header); }},
    {"openapi", Takes::maybe_value, "FILE", "write the OpenAPI document to FILE, or print it, and exit", "", nullptr,
     [](CommandLine& line, std::string_view value) {
       line.openapi_file = value;
       return line.show_openapi = true;
     }},
    {"check", Takes::value, "PATH",
     "send GET PATH to the running program, and exit with 0 if it answers 2xx, else with 1", "", nullptr,
     [](CommandLine& line, std::string_view value) {
       line.check_path = value;
       return is_health_target(value);
     },
     "must be a path, as /health, or http://HOST/PATH, and have no blanks"},
    {"middleware", Takes::nothing, "", "print the middleware in order and exit", "", nullptr,
     [](CommandLine& line, std::string_view) { return line.show_middleware = true; }},
    {"routes", Takes::nothing, "", "print all routes and exit", "", nullptr,
     [](CommandLine& line, std::string_view) { return line.show_routes = true; }},
    {"version", Takes::nothing, "", "print the version and exit", "", nullptr,
     [](CommandLine& line, std::string_view) { return line.show_version = true; }},
    {"help", Takes::nothing, "", "print this text and exit", "", nullptr,
     [](CommandLine& line, std::string_view) { return line.show_help = true; }},
};

bool is_in_environment(const Option& option) { return option.shown != nullptr; }

/// "SERVAL_MAX_BODY_BYTES".
std::string variable_of(const Option& option) {
  std::string name = "SERVAL_";
  for (const char letter : option.name) name += letter == '-' ? '_' : to_upper(letter);
  return name;
}

/// The variable of an option that is most similar to `name`; empty if none is within two edits.
std::string nearest_variable(std::string_view name) {
  std::string nearest;
  std::size_t least = 3;
  for (const Option& option : command_line_options) {
    if (!is_in_environment(option)) continue;
    const std::string known = variable_of(option);
    const std::size_t distance = edit_distance(name, known);
    if (distance >= least) continue;
    least = distance;
    nearest = known;
  }
  return nearest;
}

/// A sentence for each variable that belongs to no option.
std::vector<std::string> unknown_variables(const Environment& environment) {
  std::vector<std::string> sentences;
  for (const auto& [name, value] : environment) {
    if (value.empty() || is_of_kubernetes(name, value)) continue;
    const std::string nearest = nearest_variable(name);
    if (nearest == name) continue;
    sentences.push_back("the environment variable " + name + " is unknown" +
                        (nearest.empty() ? "" : "; do you mean " + nearest + "?"));
  }
  return sentences;
}

/// Null for an unknown one. `name` is as written, with its dashes.
const Option* find_option(std::string_view name, bool& is_negated) {
  if (!name.starts_with("--")) return nullptr;
  name.remove_prefix(2);
  const auto find = [](std::string_view wanted) {
    return std::find_if(std::begin(command_line_options), std::end(command_line_options),
                        [&](const Option& each) { return each.name == wanted; });
  };
  const auto* option = find(name);
  is_negated = option == std::end(command_line_options) && name.starts_with("no-");
  if (is_negated) option = find(name.substr(3));
  const bool fits = option != std::end(command_line_options) && (!is_negated || option->takes == Takes::yes_or_no);
  return fits ? option : nullptr;
}

/// "TCP port (8000; 0: any free one)".
std::string option_text(const Option& option, const CodeSettings& code) {
  std::string out(option.help);
  if (option.shown == nullptr) return out;
  const std::string shown = option.shown(code), note(option.note);
  if (note.empty()) return out + " (" + shown + ")";
  return out + " (" + (note.starts_with(shown + ":") ? note : shown + "; " + note) + ")";
}

/// Reads the arguments first and then the variables of the options that the arguments do not set: a variable that the
/// command line overrides may be invalid.
class CommandLineReader {
 public:
  CommandLineReader(const std::vector<std::string_view>& arguments, const CodeSettings& code)
      : arguments_(arguments), code_(code) {
    line_.server = code.server;
  }

  CommandLine read(const Environment& environment) {
    while (next_ < arguments_.size() && line_.error.empty()) read_argument();
    const bool has_address = is_set("host") || is_set("port");
    if (line_.error.empty() && has_address && is_set("listen"))
      line_.error = "--listen replaces --host and --port; give either --listen or the other two";
    ignores_listen_ = has_address;
    if (line_.error.empty() && !line_.show_help && !line_.show_version) {
      read_environment(environment);
      line_.warnings = unknown_variables(environment);
      if (line_.error.empty()) check_stop();
      if (line_.error.empty()) check_listeners();
      // Listeners from outside replace those of the program.
      if (line_.says_where) line_.server.listeners = std::move(line_.listeners);
    }
    return std::move(line_);
  }

 private:
  /// Whether an argument sets the option.
  [[nodiscard]] bool is_set(std::string_view name) const {
    return std::any_of(set_.begin(), set_.end(), [&](const Option* each) { return each->name == name; });
  }

  void apply(const Option& option, std::string_view name, std::string_view value) {
    if (!option.apply(line_, value)) refuse(option, name, value);
  }

  void refuse(const Option& option, std::string_view name, std::string_view value) {
    line_.error = "the value \"" + std::string(value) + "\" of " + std::string(name) + " is not valid: " +
                  (option.rule.empty() ? option_text(option, code_) : "it " + std::string(option.rule));
  }

  void read_environment(const Environment& environment) {
    for (const Option& option : command_line_options) {
      if (!is_in_environment(option) || is_set(option.name)) continue;
      if (ignores_listen_ && option.name == "listen") continue;
      const auto found = environment.find(variable_of(option));
      if (found == environment.end() || found->second.empty() || is_of_kubernetes(found->first, found->second))
        continue;
      apply(option, found->first, found->second);
      if (!line_.error.empty()) return;
    }
  }

  void check_listeners() {
    const std::string fault = fault_of(line_.listeners);
    if (!fault.empty()) line_.error = "the server cannot listen there (--listen, SERVAL_LISTEN): " + fault;
  }

  /// The server itself checks the values that the program sets.
  void check_stop() {
    const std::chrono::milliseconds delay = line_.server.stop_delay, deadline = line_.server.stop_deadline;
    if (delay == code_.server.stop_delay && deadline == code_.server.stop_deadline) return;
    if (delay.count() == 0 || delay < deadline) return;
    line_.error = "the stop delay (--stop-delay, SERVAL_STOP_DELAY: " + seconds_text(delay) +
                  " s) must be shorter than the time for the whole stop (--timeout-graceful-shutdown, "
                  "SERVAL_TIMEOUT_GRACEFUL_SHUTDOWN: " +
                  seconds_text(deadline) + " s)";
  }

  /// Reads the next argument and its value, and moves on.
  void read_argument() {
    const std::string_view argument = arguments_[next_++];
    const std::size_t equals = argument.find('=');
    const std::string_view name = argument.substr(0, equals);
    bool is_negated = false;
    const Option* option = find_option(name, is_negated);
    if (option == nullptr) {
      line_.error = "unknown option " + std::string(argument) + advice_for(name);
      return;
    }
    set_.push_back(option);
    if (equals == std::string_view::npos) {
      read_without_equals(*option, name, is_negated);
      return;
    }
    const std::string_view value = argument.substr(equals + 1);
    if (option->takes == Takes::nothing || is_negated)
      refuse(*option, name, value);
    else
      apply(*option, name, value);
  }

  /// Why the program does not answer an option that it could answer.
  [[nodiscard]] std::string advice_for(std::string_view name) const {
    for (const auto& [command, help] : code_.commands) {
      if (name == command)
        return ": it is a command, which must be the first argument; set options of the server in the environment";
    }
    for (const ProgramOption& each : code_.program_options) {
      if (name == "--" + std::string(each.name) && !each.advice.empty()) return ": " + std::string(each.advice);
    }
    return {};
  }

  void read_without_equals(const Option& option, std::string_view name, bool is_negated) {
    const bool is_last = next_ == arguments_.size();
    std::string_view value;
    if (option.takes == Takes::yes_or_no) {
      value = is_negated ? no_text : yes_text;
    } else if (option.takes == Takes::value) {
      if (is_last) {
        line_.error = std::string(name) + " needs a value: " + std::string(option.value);
        return;
      }
      value = arguments_[next_++];
    } else if (option.takes == Takes::maybe_value && !is_last && !arguments_[next_].starts_with("--")) {
      value = arguments_[next_++];
    }
    apply(option, name, value);
  }

  const std::vector<std::string_view>& arguments_;
  const CodeSettings& code_;
  CommandLine line_;
  std::vector<const Option*> set_;  // options that arguments set
  bool ignores_listen_ = false;     // ignores SERVAL_LISTEN, since an argument sets the listeners
  std::size_t next_ = 0;
};

std::string left_column(const Option& option) {
  std::string left = "  --" + std::string(option.name);
  if (option.takes == Takes::yes_or_no) left += ", --no-" + std::string(option.name);
  if (option.takes == Takes::value) left += " " + std::string(option.value);
  if (option.takes == Takes::maybe_value) left += " [" + std::string(option.value) + "]";
  return left;
}

}  // namespace

CommandLine parse_command_line(const std::vector<std::string_view>& arguments, const Environment& environment,
                               const CodeSettings& code) {
  return CommandLineReader(arguments, code).read(environment);
}

std::string command_line_help(std::string_view program, const CodeSettings& code) {
  std::string out = "Usage: " + std::string(program) + (code.commands.empty() ? "" : " [command]") +
                    " [options]\n\nServes the application over HTTP until SIGINT or SIGTERM.\n\n";
  if (!code.commands.empty()) out += "Commands, each with --help:\n";
  for (const auto& [name, help] : code.commands) out += help_line("  " + name, help);
  out += code.commands.empty() ? "Options:\n" : "\nOptions:\n";
  for (const Option& option : command_line_options) {
    out += help_line(left_column(option), option_text(option, code));
  }
  for (const ProgramOption& option : code.program_options) {
    if (option.advice.empty()) out += help_line("  --" + std::string(option.name), std::string(option.help));
  }
  out +=
      "\nAn option may also be set in the environment: SERVAL_PORT=80, SERVAL_ACCESS_LOG=no. The command line\n"
      "overrides the environment, and both override the settings of the program.\n";
  return out;
}

}  // namespace serval::detail
