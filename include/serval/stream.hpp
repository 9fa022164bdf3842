// SPDX-License-Identifier: MIT
// Answers that are sent part by part: `StreamWriter`, `JsonLines<T>`, `EventSender<T>`; bodies that are read while they
// arrive: `BodyStream`; and the coroutines to do so with.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/params/body_stream.hpp>
#include <serval/params/stream.hpp>
#include <serval/task.hpp>
