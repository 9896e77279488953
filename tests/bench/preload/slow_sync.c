/* SPDX-License-Identifier: Apache-2.0 */
/* For programs whose disk is to look slow (PostgreSQL, beside the store on slow_disk.c):
 * every fsync and fdatasync takes SLOW_SYNC_US longer.
 *
 *     cc -shared -fPIC -o slow_sync.so slow_sync.c
 *     SLOW_SYNC_US=5000 LD_PRELOAD=./slow_sync.so postgres … */
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void wait_a_little(void)
{
	const char *us = getenv("SLOW_SYNC_US");
	long n = us ? strtol(us, NULL, 10) : 0;
	struct timespec t = { n / 1000000, n % 1000000 * 1000 };
	if (n > 0) nanosleep(&t, NULL);
}

int fsync(int fd)
{
	wait_a_little();
	return (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	wait_a_little();
	return (int)syscall(SYS_fdatasync, fd);
}
