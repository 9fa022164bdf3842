// SPDX-License-Identifier: MIT
// Streamed responses: `StreamWriter`, `JsonLines<T>`, `EventSender<T>`; streamed request bodies: `BodyStream`; and
// coroutines for both.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/params/body_stream.hpp>
#include <serval/params/stream.hpp>
#include <serval/task.hpp>
