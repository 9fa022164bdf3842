// SPDX-License-Identifier: MIT
// Spans of one's own for tracers: `Span span(request, "price");`.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/handler/span.hpp>
