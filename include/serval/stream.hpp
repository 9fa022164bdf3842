// SPDX-License-Identifier: MIT
// Answers that are sent part by part: `StreamWriter`, `JsonLines<T>`, `EventSender<T>`, and coroutines to send them
// with.
#pragma once

#include <serval/params/stream.hpp>
#include <serval/task.hpp>
