/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a program could listen there now. */
#pragma once

#include "base/base.h"

bool port_is_free(const char *address, int port);
