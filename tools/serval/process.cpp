// SPDX-License-Identifier: MIT
#include "process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <system_error>

#include "surroundings.hpp"

extern "C" {
#include <sys/pidfd.h>  // of glibc 2.36 is for C alone
}

namespace serval::tool {

namespace asio = boost::asio;

namespace {

constexpr int inherited_listener = 3;  // where systemd's protocol begins
constexpr int not_found = 127;

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

/// What the child needs, made before the fork: afterwards only calls that are safe in a signal handler are allowed.
class Image {
 public:
  explicit Image(const Command& command) : words_(command.words), folder_(command.folder) {
    if (words_[0].find('/') == std::string::npos) {
      if (std::string found = find_program(words_[0]); !found.empty()) words_[0] = std::move(found);
    }
    for (char** each = environ; *each != nullptr; ++each) {
      if (!is_replaced(command, *each)) variables_.emplace_back(*each);
    }
    for (const auto& [name, value] : command.environment) variables_.push_back(name + "=" + value);
    if (command.listener >= 0) {
      variables_.emplace_back("LISTEN_FDS=1");
      variables_.emplace_back("LISTEN_FDNAMES=http");
      variables_.emplace_back("LISTEN_PID=0000000000");  // written by the child
    }
    for (std::string& word : words_) argv_.push_back(word.data());
    for (std::string& variable : variables_) envp_.push_back(variable.data());
    argv_.push_back(nullptr);
    envp_.push_back(nullptr);
  }

  /// Runs in the child. Returns only if there is no such program.
  void execute(bool has_listener) noexcept {
    if (has_listener) {
      std::string& pid = variables_.back();
      const std::to_chars_result end =
          std::to_chars(pid.data() + sizeof("LISTEN_PID=") - 1, pid.data() + pid.size(), ::getpid());
      *end.ptr = '\0';
    }
    if (!folder_.empty() && ::chdir(folder_.c_str()) != 0) return;
    ::execve(argv_[0], argv_.data(), envp_.data());
  }

 private:
  /// Whether the tool's own variable is replaced.
  static bool is_replaced(const Command& command, std::string_view variable) {
    const std::string_view name = variable.substr(0, variable.find('='));
    if (name.starts_with("LISTEN_") || name == "NOTIFY_SOCKET") return true;  // of the tool itself
    const bool is_address = name == "SERVAL_HOST" || name == "SERVAL_PORT" || name == "SERVAL_LISTEN";
    if (command.listener >= 0 && is_address) return true;  // the program serves on the socket that it gets
    for (const auto& [other, value] : command.environment) {
      if (other == name) return true;
    }
    return false;
  }

  std::vector<std::string> words_;
  std::string folder_;
  std::vector<std::string> variables_;
  std::vector<char*> argv_, envp_;
};

/// Copies of descriptors beyond those that the child sets up.
int moved_up(int descriptor) noexcept { return descriptor < 0 ? -1 : ::fcntl(descriptor, F_DUPFD_CLOEXEC, 16); }

[[noreturn]] void become(Image& image, const Command& command, int output) noexcept {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  const int errors = moved_up(output), listener = moved_up(command.listener), connection = moved_up(command.connection);
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(errors, STDERR_FILENO);
  if (!command.shows_output) ::dup2(errors, STDOUT_FILENO);
  if (listener >= 0) ::dup2(listener, inherited_listener);
  if (connection >= 0) ::dup2(connection, inherited_connection);
  image.execute(listener >= 0);
  constexpr std::string_view message = "cannot be started\n";
  static_cast<void>(!::write(STDERR_FILENO, message.data(), message.size()));
  ::_exit(not_found);
}

int code_of(int status) noexcept {
  constexpr int by_signal = 128;
  return WIFSIGNALED(status) ? by_signal + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

Process::Process(const asio::any_io_executor& executor, const Command& command) : output_(executor), end_(executor) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("pipe");
  output_.assign(ends[0]);
  Image image(command);
  id_ = ::fork();
  if (id_ == 0) become(image, command, ends[1]);
  ::close(ends[1]);
  if (id_ < 0) fail("fork");
  ::setpgid(id_, id_);  // whichever of the two processes comes first
  const int end = ::pidfd_open(id_, 0);
  if (end < 0) {
    signal(SIGKILL);
    fail("pidfd_open");
  }
  end_.assign(end);
}

Process::~Process() {
  if (has_ended_ || id_ <= 0) return;
  signal(SIGKILL);
  ::waitpid(id_, nullptr, 0);
}

/// Never ends: the end of the output is not the end of the process.
Task<void> Process::read(const std::function<void(std::string_view)>& on_output) {
  std::string bytes(16 * 1024, '\0');
  boost::system::error_code fault;
  while (!fault) {
    const std::size_t size =
        co_await output_.async_read_some(asio::buffer(bytes), asio::redirect_error(asio::use_awaitable, fault));
    if (size != 0) on_output(std::string_view(bytes).substr(0, size));
  }
  asio::steady_timer never(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
  co_await never.async_wait(asio::use_awaitable);
}

Task<void> Process::wait() { co_await end_.async_wait(asio::posix::stream_descriptor::wait_read, asio::use_awaitable); }

Task<int> Process::end(std::function<void(std::string_view)> on_output) {
  using namespace asio::experimental::awaitable_operators;
  static_cast<void>(co_await (wait() || read(on_output)));
  int status = 0;
  ::waitpid(id_, &status, 0);
  has_ended_ = true;
  output_.non_blocking(true);
  std::string bytes(16 * 1024, '\0');
  boost::system::error_code fault;
  for (std::size_t size = output_.read_some(asio::buffer(bytes), fault); size != 0;
       size = output_.read_some(asio::buffer(bytes), fault))
    on_output(std::string_view(bytes).substr(0, size));
  co_return code_of(status);
}

void Process::signal(int number) noexcept {
  if (!has_ended_ && id_ > 0) ::kill(-id_, number);
}

namespace {

void add_to(std::string& output, std::string_view bytes) { output += bytes; }

}  // namespace

Task<Ended> run(Command command) {
  Process process(co_await asio::this_coro::executor, command);
  Ended ended;
  std::function<void(std::string_view)> add = std::bind_front(&add_to, std::ref(ended.output));
  ended.code = co_await process.end(std::move(add));
  co_return ended;
}

Ended run_now(const Command& command) { return finish(run(command)); }

std::string find_program(const std::string& name) {
  const std::string path = variable("PATH");
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const std::string candidate = std::string(rest.substr(0, end)) + "/" + name;
    std::error_code ignored;
    if (end != 0 && std::filesystem::is_regular_file(candidate, ignored) && ::access(candidate.c_str(), X_OK) == 0)
      return candidate;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return {};
}

}  // namespace serval::tool
