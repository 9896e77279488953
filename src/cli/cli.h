/* SPDX-License-Identifier: Apache-2.0 */
/* The command line: commands from one table (cli.c), each a function that gives the exit
 * code. 0: done. 1: it failed, one line on stderr says why. 2: asked wrongly. */
#pragma once

#include "base/base.h"

/* `argv` as main gets it, in UTF-8. */
int cli_run(int argc, char **argv);
