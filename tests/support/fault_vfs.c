/* SPDX-License-Identifier: Apache-2.0 */
#include "support/fault_vfs.h"

#include <assert.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SECTOR 512
#define FILES 16

struct bytes {
	char *p;
	size_t n;
};

/* A file as the disk surely has it, and, after a power cut, as it was in the cache. */
struct image {
	char path[512];
	bool there;
	struct bytes synced, cached;
};

/* The file of the VFS behind this one follows in memory. */
struct fault_file {
	sqlite3_file base;
	struct image *image; /* NULL while nobody watches */
};

static struct {
	pthread_mutex_t lock;
	int left; /* operations until the fault; 0 = none */
	int code;
	bool for_good, happened, watching, dark;
	struct image images[FILES];
} fault = { .lock = PTHREAD_MUTEX_INITIALIZER };
static atomic_int slow_us;
static atomic_long syncs;

static sqlite3_file *inner(sqlite3_file *f)
{
	return (sqlite3_file *)((struct fault_file *)f + 1);
}

static sqlite3_vfs *system_vfs(sqlite3_vfs *v)
{
	return v->pAppData;
}

/* ---- power ---- */

static struct bytes whole(sqlite3_file *f)
{
	sqlite3_int64 size = 0;
	f->pMethods->xFileSize(f, &size);
	struct bytes b = { malloc((size_t)size + 1), (size_t)size };
	f->pMethods->xRead(f, b.p, (int)size, 0);
	return b;
}

static struct bytes whole_path(const char *path)
{
	struct bytes b = { 0 };
	FILE *f = fopen(path, "rb");
	if (!f) return b;
	fseek(f, 0, SEEK_END);
	b.n = (size_t)ftell(f);
	rewind(f);
	b.p = malloc(b.n + 1);
	b.n = fread(b.p, 1, b.n, f);
	fclose(f);
	return b;
}

/* What a file holds when it is first seen the disk surely has. */
static struct image *image_of(const char *path)
{
	struct image *free_one = NULL;
	for (struct image *i = fault.images; i < fault.images + FILES; i++) {
		if (i->there && !strcmp(i->path, path)) return i;
		if (!i->there && !free_one) free_one = i;
	}
	assert(free_one);
	*free_one = (struct image){ .there = true, .synced = whole_path(path) };
	snprintf(free_one->path, sizeof free_one->path, "%s", path);
	return free_one;
}

static void image_drop(struct image *i)
{
	free(i->synced.p);
	free(i->cached.p);
	*i = (struct image){ 0 };
}

static void power_cut(void)
{
	fault.dark = true;
	for (struct image *i = fault.images; i < fault.images + FILES; i++)
		if (i->there) i->cached = whole_path(i->path);
}

/* Each sector that differs is the old one or the new one. */
static void write_mixture(struct image *i, uint64_t *dice)
{
	FILE *f = fopen(i->path, "wb");
	assert(f);
	*dice = *dice * 6364136223846793005u + 1442695040888963407u;
	size_t size = *dice >> 63 ? i->synced.n : i->cached.n;
	for (size_t at = 0; at < size; at += SECTOR) {
		*dice = *dice * 6364136223846793005u + 1442695040888963407u;
		const struct bytes *from = *dice >> 63 ? &i->synced : &i->cached;
		char sector[SECTOR] = { 0 };
		if (at < from->n) {
			size_t n = from->n - at < SECTOR ? from->n - at : SECTOR;
			memcpy(sector, from->p + at, n);
		}
		fwrite(sector, 1, size - at < SECTOR ? size - at : SECTOR, f);
	}
	fclose(f);
}

void disk_power_back(unsigned seed)
{
	uint64_t dice = seed;
	for (struct image *i = fault.images; i < fault.images + FILES; i++) {
		if (!i->there) continue;
		if (fault.dark) {
			write_mixture(i, &dice);
			char shm[600];
			snprintf(shm, sizeof shm, "%.511s-shm", i->path);
			unlink(shm); /* memory, not disk */
		}
		image_drop(i);
	}
	fault.watching = fault.dark = false;
}

/* ---- faults ---- */

void disk_breaks_at(int n, int code, bool for_good)
{
	pthread_mutex_lock(&fault.lock);
	fault.left = n;
	fault.code = code;
	fault.for_good = for_good;
	fault.happened = false;
	if (n && code == FAULT_POWER) fault.watching = true;
	pthread_mutex_unlock(&fault.lock);
}

bool disk_broke(void)
{
	pthread_mutex_lock(&fault.lock);
	bool happened = fault.happened;
	pthread_mutex_unlock(&fault.lock);
	return happened;
}

/* The code of this operation; with the lock held. */
static int breaks(void)
{
	if (fault.dark) return SQLITE_IOERR;
	if (fault.happened && fault.for_good) return fault.code;
	if (!fault.left || --fault.left) return SQLITE_OK;
	fault.happened = true;
	if (fault.code != FAULT_POWER) return fault.code;
	power_cut();
	return SQLITE_IOERR;
}

/* ---- files ---- */

static int file_close(sqlite3_file *f)
{
	return inner(f)->pMethods->xClose(inner(f));
}

static int file_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
	return inner(f)->pMethods->xRead(inner(f), p, n, at);
}

/* A write that breaks has written a part, as a full disk does. */
static int file_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	pthread_mutex_lock(&fault.lock);
	int code = breaks();
	if (!code)
		code = inner(f)->pMethods->xWrite(inner(f), p, n, at);
	else if (!fault.dark)
		inner(f)->pMethods->xWrite(inner(f), p, n / 2, at);
	pthread_mutex_unlock(&fault.lock);
	return code;
}

static int file_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	pthread_mutex_lock(&fault.lock);
	int code = breaks();
	if (!code) code = inner(f)->pMethods->xTruncate(inner(f), size);
	pthread_mutex_unlock(&fault.lock);
	return code;
}

static int file_sync(sqlite3_file *f, int flags)
{
	pthread_mutex_lock(&fault.lock);
	int code = breaks();
	struct image *i = ((struct fault_file *)f)->image;
	if (!code && fault.watching && i) {
		free(i->synced.p);
		i->synced = whole(inner(f));
	}
	pthread_mutex_unlock(&fault.lock);
	if (code) return code;
	syncs++;
	int us = slow_us;
	if (us < 0) return SQLITE_OK;
	if (us) {
		struct timespec t = { us / 1000000, us % 1000000 * 1000L };
		nanosleep(&t, NULL);
	}
	return inner(f)->pMethods->xSync(inner(f), flags);
}

static int file_size(sqlite3_file *f, sqlite3_int64 *size)
{
	return inner(f)->pMethods->xFileSize(inner(f), size);
}

static int file_lock(sqlite3_file *f, int level)
{
	return inner(f)->pMethods->xLock(inner(f), level);
}

static int file_unlock(sqlite3_file *f, int level)
{
	return inner(f)->pMethods->xUnlock(inner(f), level);
}

static int file_reserved(sqlite3_file *f, int *out)
{
	return inner(f)->pMethods->xCheckReservedLock(inner(f), out);
}

static int file_control(sqlite3_file *f, int op, void *arg)
{
	return inner(f)->pMethods->xFileControl(inner(f), op, arg);
}

static int file_sector(sqlite3_file *f)
{
	return inner(f)->pMethods->xSectorSize(inner(f));
}

static int file_traits(sqlite3_file *f)
{
	return inner(f)->pMethods->xDeviceCharacteristics(inner(f));
}

static int file_shm_map(sqlite3_file *f, int page, int size, int extend,
                        void volatile **out)
{
	return inner(f)->pMethods->xShmMap(inner(f), page, size, extend, out);
}

static int file_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
	return inner(f)->pMethods->xShmLock(inner(f), offset, n, flags);
}

static void file_shm_barrier(sqlite3_file *f)
{
	inner(f)->pMethods->xShmBarrier(inner(f));
}

static int file_shm_unmap(sqlite3_file *f, int drop)
{
	return inner(f)->pMethods->xShmUnmap(inner(f), drop);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = file_close,
	.xRead = file_read,
	.xWrite = file_write,
	.xTruncate = file_truncate,
	.xSync = file_sync,
	.xFileSize = file_size,
	.xLock = file_lock,
	.xUnlock = file_unlock,
	.xCheckReservedLock = file_reserved,
	.xFileControl = file_control,
	.xSectorSize = file_sector,
	.xDeviceCharacteristics = file_traits,
	.xShmMap = file_shm_map,
	.xShmLock = file_shm_lock,
	.xShmBarrier = file_shm_barrier,
	.xShmUnmap = file_shm_unmap,
};

/* ---- the VFS ---- */

static int vfs_open(sqlite3_vfs *v, const char *path, sqlite3_file *f, int flags, int *out)
{
	struct fault_file *file = (struct fault_file *)f;
	file->base.pMethods = NULL;
	file->image = NULL;
	int code = system_vfs(v)->xOpen(system_vfs(v), path, inner(f), flags, out);
	if (inner(f)->pMethods) f->pMethods = &methods;
	if (code || !path) return code;
	pthread_mutex_lock(&fault.lock);
	if (fault.watching && !fault.dark) file->image = image_of(path);
	pthread_mutex_unlock(&fault.lock);
	return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *v, const char *path, int sync_folder)
{
	pthread_mutex_lock(&fault.lock);
	int code = fault.dark ? SQLITE_IOERR_DELETE : SQLITE_OK;
	if (!code) code = system_vfs(v)->xDelete(system_vfs(v), path, sync_folder);
	if (!code && fault.watching) image_drop(image_of(path));
	pthread_mutex_unlock(&fault.lock);
	return code;
}

static int vfs_access(sqlite3_vfs *v, const char *path, int flags, int *out)
{
	return system_vfs(v)->xAccess(system_vfs(v), path, flags, out);
}

static int vfs_full_path(sqlite3_vfs *v, const char *path, int n, char *out)
{
	return system_vfs(v)->xFullPathname(system_vfs(v), path, n, out);
}

void fault_vfs_register(bool as_default)
{
	static sqlite3_vfs vfs;
	if (!vfs.zName) {
		sqlite3_vfs *below = sqlite3_vfs_find(NULL);
		vfs = *below;
		vfs.zName = FAULT_VFS;
		vfs.pNext = NULL;
		vfs.pAppData = below;
		vfs.szOsFile = (int)sizeof(struct fault_file) + below->szOsFile;
		vfs.xOpen = vfs_open;
		vfs.xDelete = vfs_delete;
		vfs.xAccess = vfs_access;
		vfs.xFullPathname = vfs_full_path;
	}
	sqlite3_vfs_register(&vfs, as_default);
}

void disk_slow_sync(int us)
{
	slow_us = us;
}

long disk_syncs(void)
{
	return syncs;
}
