// SPDX-License-Identifier: MIT
// Commands of a program, run by `App::run` as `main` does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <serval/base/wait.hpp>
#include <serval/pool.hpp>
#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

namespace serval::detail::command_test {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Steps = std::vector<std::string>;

/// What a program did.
struct Ran {
  int code = -1;
  std::string out, err, log;
};

Ran run(App& app, std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "shop");
  std::ostringstream log;
  const auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(log);
  ServerOptions options;
  options.logger = std::make_shared<spdlog::logger>("test", sink);
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  Ran ran;
  ran.code = app.run(static_cast<int>(arguments.size()), arguments.data(), options);
  ran.out = ::testing::internal::GetCapturedStdout();
  ran.err = ::testing::internal::GetCapturedStderr();
  ran.log = log.str();
  return ran;
}

template <class Function>
std::string error_of(Function function) {
  try {
    function();
  } catch (const SetupError& error) {
    return error.what();
  }
  return "no error";
}

enum class Size { small, large };

struct Seed {
  Default<int> rows = 100;
  Field<Default<std::string>, schema::description("Where the rows come from")> source = "random";
  Default<bool> dry_run = false;
  Default<std::vector<std::string>> tag;
  Default<Size> size = Size::small;
  std::optional<double> ratio;
};

struct Table {
  Steps rows;
};

Task<int> seed(Seed options, State<Table> table) {
  table->rows.push_back(std::to_string(options.rows) + ' ' + *options.source + (options.dry_run ? " dry" : ""));
  for (const std::string& tag : *options.tag) table->rows.push_back(tag);
  co_return 7;
}

App& with_seed(App& app) {
  app.provide(Table{});
  app.command<seed>("seed", {.help = "Fill the tables"});
  return app;
}

TEST(Command, IsCalledWithItsOptionsAndReturnsTheExitCode) {
  App app;
  Table& table = app.provide(Table{});
  app.command<seed>("seed");
  EXPECT_EQ(run(app, {"seed", "--rows", "3", "--source=file", "--dry-run", "--tag", "a", "--tag=b"}).code, 7);
  EXPECT_THAT(table.rows, ElementsAre("3 file dry", "a", "b"));
}

TEST(Command, HasDefaultsAndNegatedFlags) {
  App app;
  Table& table = app.provide(Table{});
  app.command<seed>("seed");
  EXPECT_EQ(run(app, {"seed", "--no-dry-run"}).code, 7);
  EXPECT_THAT(table.rows, ElementsAre("100 random"));
}

TEST(Command, RefusesWrongOptionsBeforeAnythingStarts) {
  const std::pair<std::vector<const char*>, const char*> cases[] = {
      {{"seed", "--rows", "many"}, "shop seed: --rows: Input should be a valid integer"},
      {{"seed", "--rows", "--dry-run"}, "--rows needs a value; write --rows=--dry-run if you mean that text"},
      {{"seed", "--source", "--no-dry-run"}, "--source needs a value"},
      {{"seed", "--size=huge", "--ratio=x"}, "; --ratio: "},
      {{"seed", "--row", "3"}, "shop seed: unknown option --row; do you mean --rows?"},
      {{"seed", "--rows"}, "--rows needs a value"},
      {{"seed", "--rows=1", "--rows=2"}, "--rows is given twice"},
      {{"seed", "--no-rows"}, "unknown option --no-rows"},
      {{"seed", "now"}, "unexpected argument \"now\""},
      {{"sed"}, "shop: unknown command \"sed\"; do you mean seed?"},
      {{"--port", "1", "seed"}, "unknown option seed: it is a command, which must be the first argument"},
      {{"other"}, "shop: unknown command \"other\""},
  };
  App app;
  with_seed(app);
  int starts = 0;
  app.on_start([&] { ++starts; });
  for (const auto& [arguments, message] : cases) {
    const Ran ran = run(app, arguments);
    EXPECT_EQ(ran.code, 2) << message;
    EXPECT_THAT(ran.err, HasSubstr(message));
  }
  EXPECT_EQ(starts, 0);
}

TEST(Command, WithoutOptionsTakesNone) {
  App app;
  app.command("plain", [] {});
  EXPECT_EQ(run(app, {"plain"}).code, 0);
  EXPECT_EQ(run(app, {"plain", "--x=1"}).code, 2);
}

struct Named {
  std::string name;  // required
};

TEST(Command, NamesAnOptionThatIsMissing) {
  App app;
  app.command("greet", [](const Named&) { return 0; });
  const Ran ran = run(app, {"greet"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("shop greet: --name: Field required"));
}

TEST(Command, IsListedInTheHelpOfTheProgram) {
  App app;
  EXPECT_THAT(run(app, {"--help"}).out, HasSubstr("Usage: shop [options]\n"));
  with_seed(app);
  const std::string help = run(app, {"--help"}).out;
  EXPECT_THAT(help, HasSubstr("Usage: shop [command] [options]\n"));
  EXPECT_THAT(help, HasSubstr("  seed                                  Fill the tables\n"));
}

TEST(Command, HasAHelpOfItsOwn) {
  App app;
  with_seed(app);
  const Ran ran = run(app, {"seed", "--help"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out,
            "Usage: shop seed [options]\n"
            "\n"
            "Fill the tables\n"
            "\n"
            "Options:\n"
            "  --rows N                              (default 100)\n"
            "  --source TEXT                         Where the rows come from (default random)\n"
            "  --dry-run, --no-dry-run               (default false)\n"
            "  --tag TEXT...                         (may be repeated)\n"
            "  --size TEXT                           (one of small, large; default small)\n"
            "  --ratio NUMBER\n"
            "  --help                                print this text and exit\n");
}

TEST(Command, RunsBetweenStartAndStopWithoutServices) {
  Steps steps;
  App app;
  app.on_start([&] { steps.push_back("start"); });
  app.on_stop([&] { steps.push_back("stop"); });
  app.every(std::chrono::hours(1), [&] { steps.push_back("every"); }, {.run_at_start = true});
  app.command("work", [&] { steps.push_back("work"); });
  EXPECT_EQ(run(app, {"work"}).code, 0);
  EXPECT_THAT(steps, ElementsAre("start", "work", "stop"));
}

TEST(Command, IsNotCalledIfTheStartFails) {
  App app;
  app.on_start([] { throw std::runtime_error("no database"); });
  app.command("work", [] { ADD_FAILURE(); });
  const Ran ran = run(app, {"work"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.log, HasSubstr("start failed: no database"));
}

TEST(Command, LogsItsException) {
  App app;
  int stops = 0;
  app.on_stop([&] { ++stops; });
  app.command("work", []() -> Task<void> {
    throw std::runtime_error("the disk is full");
    co_return;
  });
  const Ran ran = run(app, {"work"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.log, HasSubstr("command work: the disk is full"));
  EXPECT_EQ(stops, 1);
}

TEST(Command, HasNoExitCodeThatWouldBeCutToSuccess) {
  App app;
  app.command("work", [] { return 256; });
  const Ran ran = run(app, {"work"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.log, HasSubstr("command work returned 256, which is no exit code"));
}

struct Transaction {
  std::shared_ptr<Steps> steps;
  void finish(const Outcome& outcome) const {
    steps->push_back(outcome.what == Outcome::What::success ? "commit" : "roll back");
    if (steps->front() == "full") throw std::runtime_error("cannot commit");
  }
};
struct Log {
  std::shared_ptr<Steps> steps = std::make_shared<Steps>();
};
Transaction transaction(State<Log> log) { return {log->steps}; }
Task<Transaction> later_transaction(State<Log> log) { co_return Transaction{log->steps}; }

TEST(Command, EndsTheValuesOfItsDependencies) {
  App app;
  const std::shared_ptr<Steps> steps = app.provide(Log{}).steps;
  app.command("good", [](Depends<transaction, until_answer>) {});
  app.command("late", [](Depends<later_transaction, until_answer>) -> Task<void> { co_return; });
  app.command("bad", [](Depends<transaction, until_answer>) { throw std::runtime_error("no"); });
  EXPECT_EQ(run(app, {"good"}).code, 0);
  EXPECT_EQ(run(app, {"late"}).code, 0);
  EXPECT_EQ(run(app, {"bad"}).code, 1);
  EXPECT_THAT(*steps, ElementsAre("commit", "commit", "roll back"));
}

TEST(Command, FailsIfAValueCannotEnd) {
  App app;
  app.provide(Log{}).steps->push_back("full");
  app.command("good", [](Depends<transaction, until_answer>) {});
  const Ran ran = run(app, {"good"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.log, HasSubstr("command good: cannot commit"));
}

int five() { return 5; }

TEST(Command, UsesReplacedDependencies) {
  App app;
  app.command("work", [](Depends<five> number) { return *number; });
  EXPECT_EQ(run(app, {"work"}).code, 5);
  app.override_dependency<five>([] { return 6; });
  EXPECT_EQ(run(app, {"work"}).code, 6);
}

Result<int> refused() { return HttpError(403, "not on Sundays"); }

TEST(Command, EndsWithTheErrorThatADependencyReturns) {
  App app;
  app.command("work", [](Depends<refused>) { ADD_FAILURE(); });
  const Ran ran = run(app, {"work"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.log, HasSubstr("not on Sundays"));
}

Task<int> nine() { co_return 9; }

TEST(Command, ThatIsNoCoroutineMayBlock) {
  App app;
  app.command("work", [] { return wait(nine()); });
  EXPECT_EQ(run(app, {"work"}).code, 9);
}

TEST(Command, ThatIsACoroutineMayUseAPool) {
  App app;
  app.provide<Pool>(std::make_shared<Pool>(PoolOptions{.threads = 1}));
  app.command("work", [](State<Pool> pool) -> Task<int> { co_return co_await pool->run([] { return 4; }); });
  EXPECT_EQ(run(app, {"work"}).code, 4);
}

Task<void> wait_for_ever() {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor,
                                  boost::asio::steady_timer::time_point::max());
  std::raise(SIGTERM);
  co_await timer.async_wait(boost::asio::use_awaitable);
}

TEST(Command, IsCancelledByASignal) {
  App app;
  int stops = 0;
  app.on_stop([&] { ++stops; });
  app.command<wait_for_ever>("work");
  const Ran ran = run(app, {"work"});
  EXPECT_EQ(ran.code, 128 + SIGTERM);
  EXPECT_THAT(ran.log, HasSubstr("signal 15: the command was told to stop; a second signal ends the program at once"));
  EXPECT_EQ(stops, 1);
}

TEST(Command, ThatIsNoCoroutineIsToldToStop) {
  App app;
  app.command("work", [](const Stopping& stopping) {
    std::raise(SIGINT);
    while (!stopping.is_requested()) std::this_thread::yield();
    return 3;
  });
  EXPECT_EQ(run(app, {"work"}).code, 3);
}

TEST(Command, IsNotCalledAfterASignalDuringTheStart) {
  App app;
  app.on_start([](Stopping stopping) -> Task<void> {
    std::raise(SIGINT);
    co_await stopping.wait();
  });
  app.command("work", [] { ADD_FAILURE(); });
  EXPECT_EQ(run(app, {"work"}).code, 128 + SIGINT);
}

Task<void> fail_to_save(Stopping stopping) {
  std::raise(SIGTERM);
  try {
    co_await stopping.wait();
  } catch (const std::exception&) {
    // It may come by cancellation, too.
  }
  throw std::runtime_error("cannot save the rest");
}

TEST(Command, LogsAnExceptionAfterASignal) {
  App app;
  app.command<fail_to_save>("work");
  const Ran ran = run(app, {"work"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.log, HasSubstr("command work: cannot save the rest"));
}

Task<int> with_a_stranger(std::vector<int>& seen) {
  const auto executor = co_await boost::asio::this_coro::executor;
  boost::asio::post(executor, [] { throw std::runtime_error("stranger"); });
  boost::asio::steady_timer timer(executor, boost::asio::steady_timer::time_point::max());
  try {
    co_await timer.async_wait(boost::asio::use_awaitable);
  } catch (const std::exception&) {
    seen.push_back(1);
  }
  co_return 0;
}

TEST(Command, HasEndedBeforeTheExceptionOfOtherWorkIsReported) {
  App app;
  std::vector<int> seen;
  app.command("work", [&seen]() -> Task<int> { return with_a_stranger(seen); });
  const Ran ran = run(app, {"work"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.log, HasSubstr("command work: stranger"));
  EXPECT_THAT(seen, ElementsAre(1));
}

struct Ended {
  std::shared_ptr<Steps> steps;
  void finish(const Outcome&) const { steps->push_back("finish"); }
};
Ended ended(State<Log> log, BackgroundTasks& background) {
  background.add([steps = log->steps] { steps->push_back("background"); });
  return {log->steps};
}

TEST(Command, RunsBackgroundWorkAfterTheValuesHaveEnded) {
  App app;
  const std::shared_ptr<Steps> steps = app.provide(Log{}).steps;
  app.command("work", [steps](Depends<ended>) { steps->push_back("run"); });
  EXPECT_EQ(run(app, {"work"}).code, 0);
  EXPECT_THAT(*steps, ElementsAre("run", "finish", "background"));
}

TEST(Command, ReportsAValidationErrorOfTheStartAsSuch) {
  App app;
  app.on_start([] {
    throw ValidationError(
        {{.type = "missing", .loc = {"config", "port"}, .msg = "Field required", .input = {}, .ctx = {}}});
  });
  app.command("work", [](const Seed&) {});
  const Ran ran = run(app, {"work"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.err, IsEmpty());
}

std::string of_header(Header<std::string, "x-token"> token) { return *token; }
std::string of_request(const Request& request) { return std::string(request.raw_path()); }

TEST(Command, RefusesDependenciesThatReadTheRequest) {
  App app;
  EXPECT_THAT(error_of([&] { app.command("work", [](Depends<of_header>) {}); }),
              HasSubstr("command \"work\": a dependency reads \"x-token\" from the request, but a command has none"));
  EXPECT_THAT(error_of([&] { app.command("work", [](const Seed&, Depends<of_header>) {}); }),
              HasSubstr("reads \"x-token\""));
  EXPECT_THAT(error_of([&] { app.command("work", [](Depends<of_request>) {}); }),
              HasSubstr("command \"work\": a dependency takes the request"));
}

TEST(Command, RefusesReplacementsThatReadTheRequest) {
  App app;
  app.command("work", [](Depends<five> number) { return *number; });
  app.override_dependency<five>([](const Request&) { return 6; });
  const Ran ran = run(app, {"work"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.log, HasSubstr("command \"work\": a dependency takes the request"));
}

struct HelpMe {
  Default<std::string> help = "";
};
struct Twins {
  Default<bool> dry_run = false;
  Field<Default<bool>, alias("dry-run")> other = false;
};
struct Denied {
  Default<bool> x = false;
  Default<int> no_x = 0;
};

TEST(Command, RefusesOptionsWithTwoMeanings) {
  App app;
  EXPECT_THAT(error_of([&] { app.command("work", [](const HelpMe&) {}); }),
              HasSubstr("command \"work\": the option --help has two meanings"));
  EXPECT_THAT(error_of([&] { app.command("work", [](const Twins&) {}); }), HasSubstr("--dry-run has two meanings"));
  EXPECT_THAT(error_of([&] { app.command("work", [](const Denied&) {}); }), HasSubstr("--no-x has two meanings"));
}

TEST(Command, RefusesBadNamesAndTwins) {
  App app;
  app.command("work", [] {});
  EXPECT_THAT(error_of([&] { app.command("work", [] {}); }), HasSubstr("another command has this name"));
  for (const char* name : {"", "--work", "Work", "a b"})
    EXPECT_THAT(error_of([&] { app.command(name, [] {}); }), HasSubstr("a name has the characters")) << name;
}

TEST(Command, RefusesAStateThatNobodyProvides) {
  App app;
  app.command("work", [](State<Table>) { ADD_FAILURE(); });
  const Ran ran = run(app, {"work"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.log,
              AllOf(HasSubstr("command \"work\": the function takes State<"), HasSubstr("command_test::Table>")));
}

}  // namespace serval::detail::command_test
