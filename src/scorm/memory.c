/* SPDX-License-Identifier: Apache-2.0 */
/* Memory handed out from the front of one block, 16 bytes at a time. */
#include "scorm/memory.h"

void *scorm_take_raw(struct scorm_memory *m, size_t size)
{
	size_t from = m->n + (16 - (uintptr_t)(m->p + m->n) % 16) % 16;
	if (m->over || from > m->room || size > m->room - from) {
		m->over = true;
		return NULL;
	}
	m->n = from + size;
	return m->p + from;
}

void *scorm_take(struct scorm_memory *m, size_t size)
{
	void *p = scorm_take_raw(m, size);
	return p ? memset(p, 0, size) : NULL;
}

str scorm_keep(struct scorm_memory *m, str s)
{
	if (!s.p) return STR_NONE;
	char *copy = scorm_take(m, s.n ? s.n : 1);
	if (!copy) return STR_NONE;
	if (s.n) memcpy(copy, s.p, s.n);
	return (str){ copy, s.n };
}
