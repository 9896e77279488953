/* SPDX-License-Identifier: Apache-2.0 */
/* needs: support/fault_vfs.c */
/* The whole program on a disk whose every sync takes SLOW_SYNC_US longer, as on a laptop's
 * hard disk or an SD card. Takes the program's own commands. */
#include <sqlite3.h>
#include <stdlib.h>

#include "cli/cli.h"
#include "support/fault_vfs.h"

int main(int argc, char **argv)
{
	const char *us = getenv("SLOW_SYNC_US");
	/* As the store would: once a VFS is registered it comes too late. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1);
	fault_vfs_register(true);
	disk_slow_sync(us ? (int)strtol(us, NULL, 10) : 0);
	return cli_run(argc, argv);
}
