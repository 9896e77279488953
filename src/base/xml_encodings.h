/* SPDX-License-Identifier: Apache-2.0 */
/* The one-byte encodings that course tools write, for xml.c. */
#pragma once

#include "base/base.h"

/* Our name of an encoding that a declaration calls `name` (ASCII case and common other
 * names are fine); NULL when it is none of ours. */
const char *xml_encoding_find(str name);
/* Fills `map` with the code point of each byte; `name` is one of ours. */
bool xml_encoding_map(const char *name, int map[256]);
