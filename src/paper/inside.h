/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this folder share. Nobody else includes it. */
#pragma once

#include "base/err.h"

/* Runs `run` in a thread of its own with 1 MiB of stack, for libraries that want more than
 * a worker of the server has, and waits for it. The error and its sentence come back. */
fallible on_large_stack(enum err (*run)(void *), void *arg);
