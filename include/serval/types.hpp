// SPDX-License-Identifier: MIT
// The types beyond those of the standard library that parameters and members may have. `docs/types.md` lists all types.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/schema/literal.hpp>
#include <serval/schema/partial.hpp>
#include <serval/schema/secret.hpp>
#include <serval/types/bytes.hpp>
#include <serval/types/datetime.hpp>
#include <serval/types/decimal.hpp>
#include <serval/types/email.hpp>
#include <serval/types/ip_address.hpp>
#include <serval/types/url.hpp>
#include <serval/types/uuid.hpp>
