// SPDX-License-Identifier: MIT
#include "dev/pages.hpp"

namespace serval::detail {

const std::string_view dev_script = R"js((() => {
  "use strict";
  const script = document.currentScript;
  const url = script.src.replace(/\/client\.js$/, "");
  const key = "serval-dev";
  let overlay = null;

  const hide = () => { if (overlay) overlay.remove(); overlay = null; };
  const show = (text) => {
    hide();
    overlay = document.createElement("div");
    overlay.id = "serval-dev-overlay";
    const root = overlay.attachShadow({ mode: "open" });
    const panel = document.createElement("div");
    panel.style.cssText = "position:fixed;inset:0;z-index:2147483647;background:rgba(20,20,24,.94);color:#eee;" +
      "font:14px/1.5 ui-monospace,monospace;padding:2rem;overflow:auto;white-space:pre-wrap";
    const [title, ...lines] = text.split("\n");
    const heading = document.createElement("div");
    heading.style.cssText = "color:#ff7b72;font-size:18px";
    heading.textContent = title;
    const message = document.createElement("div");
    message.textContent = lines.join("\n");
    const close = document.createElement("button");
    close.textContent = "Hide (Esc)";
    close.style.cssText = "margin-top:1.5rem;font:inherit;padding:.3rem 1rem";
    close.onclick = hide;
    panel.append(heading, message, close);
    root.append(panel);
    document.documentElement.append(overlay);
  };
  addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  const follow = () => {
    const events = new EventSource(url);
    events.onmessage = (event) => {
      const state = JSON.parse(event.data);
      if (state.generation !== script.dataset.generation) {
        events.close();
        // A page from a cache would reload for ever.
        if (sessionStorage.getItem(key) === state.generation) return;
        sessionStorage.setItem(key, state.generation);
        return location.reload();
      }
      if (state.error) show(state.error); else hide();
    };
    events.onerror = () => { events.close(); setTimeout(follow, 150); };
  };
  follow();
})();
)js";

}  // namespace serval::detail
