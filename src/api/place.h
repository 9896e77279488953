/* SPDX-License-Identifier: Apache-2.0 */
/* The addresses of room.h as they go over the wire, each with its QR code. */
#pragma once

#include "api/api.h"

/* A list of struct room_address. `path` goes behind each: "/j/123456", "" for the bare
 * addresses. */
fallible place_addresses(struct request *, str path, struct json_list *out);
