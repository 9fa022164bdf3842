#include "app.hpp"

#include <serval/middleware.hpp>

#include "item_routes.hpp"
#include "item_store.hpp"

using namespace serval;

void set_up(App& app, const Settings& settings) {
  app.use(RequestId());
  app.use(SecurityHeaders());
  app.provide(ItemStore(static_cast<std::size_t>(settings.max_items.value())));
  app.include(item_routes());
  app.get("/health", {.include_in_schema = false})([] { return json{{"status", "ok"}}; });
}
