// SPDX-License-Identifier: MIT
// Declares arguments and responses that have separate headers. If a program forgets such a header, the compiler shows
// the line here that names it.
#pragma once

#include <type_traits>

#include <serval/json/json.hpp>
#include <serval/schema/arg.hpp>

namespace serval {

class StreamWriter;  // include <serval/stream.hpp>
template <class T = json>
class JsonLines;  // include <serval/stream.hpp>
template <class T = json>
class EventSender;  // include <serval/stream.hpp>
class BodyStream;   // include <serval/stream.hpp>
class Blocking;     // include <serval/pool.hpp>
class WebSocket;    // include <serval/websocket.hpp>
template <class In, class Out = In>
class WebSocketOf;      // include <serval/websocket.hpp>
class UploadFile;       // include <serval/files.hpp>
class FileResponse;     // include <serval/files.hpp>
struct SecurityScopes;  // include <serval/security.hpp>
template <auto FunctionNotType, detail::Arg... Scopes>
class Security;  // include <serval/security.hpp>

namespace detail {

template <class T>
concept IncompleteClass = std::is_class_v<T> && !requires {
  sizeof(T);
};

/// A value that looks like a handler or a dependency, where none is expected.
template <class F>
concept LooksCallable = std::is_function_v<std::remove_pointer_t<std::remove_cvref_t<F>>> || requires {
  &std::remove_cvref_t<F>::operator();
};

/// Gives a clear compile error if the type of an argument or a return value is only declared.
template <class T>
constexpr bool require_complete() {
  static_assert(!IncompleteClass<T>,
                "serval: this type is only declared; include its header: <serval/stream.hpp> for StreamWriter, "
                "JsonLines, EventSender and BodyStream, <serval/websocket.hpp> for WebSocket and WebSocketOf, "
                "<serval/files.hpp> for UploadFile and FileResponse, <serval/security.hpp> for Security and "
                "SecurityScopes, <serval/pool.hpp> for Blocking, <serval/task.hpp> for Task");
  return true;
}

}  // namespace detail
}  // namespace serval
