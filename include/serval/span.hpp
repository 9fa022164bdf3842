// SPDX-License-Identifier: MIT
// The program's own spans, for tracers: `Span span(request, "price");`.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/handler/span.hpp>
