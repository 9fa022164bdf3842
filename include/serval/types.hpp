// SPDX-License-Identifier: MIT
// The types beyond those of the standard library that parameters and members may have. `docs/types.md` lists all.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/schema/bytes.hpp>
#include <serval/schema/datetime.hpp>
#include <serval/schema/decimal.hpp>
#include <serval/schema/email.hpp>
#include <serval/schema/ip_address.hpp>
#include <serval/schema/literal.hpp>
#include <serval/schema/partial.hpp>
#include <serval/schema/secret.hpp>
#include <serval/schema/url.hpp>
#include <serval/schema/uuid.hpp>
