/* SPDX-License-Identifier: Apache-2.0 */
/* needs: support/zip_maker.c */
/* Any bytes as the manifest of a zip with a few files. What comes out is a tree that holds
 * together: preorder, ids once, titles, addresses of nothing but address signs, files that
 * are there; and findings that can be told as JSON. */
#include "fuzz/fuzz.h"
#include "package/package.h"
#include "support/zip_maker.h"

static void check_address(str href)
{
	check(href.n > 0 && !str_starts(href, S("javascript:")));
	for (size_t i = 0; i < href.n; i++)
		check(href.p[i] > ' ' && href.p[i] < 0x7f &&
		      !strchr("\"<>\\^`{|}", href.p[i]));
}

static void check_links(const struct manifest *m)
{
	size_t linked = 1; /* the root */
	for (size_t i = 0; i < m->n; i++) {
		int previous = (int)i;
		for (int k = m->activity[i].first_child; k >= 0;) {
			check(k > previous && (size_t)k < m->n);
			check(m->activity[k].parent == (int)i);
			previous = k;
			k = m->activity[k].next_sibling;
			linked++;
		}
	}
	check(linked == m->n && m->activity[0].parent == -1);
}

static void check_activities(const struct manifest *m, const struct archive *a)
{
	bool any = false;
	for (size_t i = 0; i < m->n; i++) {
		const struct activity *one = &m->activity[i];
		check(one->id.n > 0 && one->title.n > 0);
		for (size_t k = 0; k < i && k < 50; k++)
			check(!str_is(m->activity[k].id, one->id));
		if (one->href.p) check_address(one->href);
		if (one->file.p) check(one->href.p && archive_find(a, one->file));
		check((one->kind == ACTIVITY_CLUSTER) == (one->href.p == NULL));
		any |= one->href.p != NULL;
	}
	check(any);
}

static void check_findings(const struct manifest *m)
{
	struct buf b;
	buf_init(&b, 4 << 20);
	json_write_list(&b, &finding_shape,
	                (struct json_list){ m->finding, m->n_findings });
	check(!b.over && m->n_findings > 0 && m->n_findings <= 50);
	check(json_valid(buf_as_str(&b)));
	buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct zip_maker z;
	zip_begin(&z);
	zip_add(&z, (struct zip_entry){ .name = "c/imsmanifest.xml",
	                                .content = { (const char *)bytes, n } });
	zip_add(&z,
	        (struct zip_entry){ .name = "c/a.html", .content = S("LMSInitialize") });
	zip_add(&z, (struct zip_entry){ .name = "c/dir\\B c.html" });
	zip_add(&z, (struct zip_entry){ .name = "c/\xe3\xe0\xae\xaa.html" });
	zip_add(&z, (struct zip_entry){ .name = "c/_\xa0\xab\xa0.swf" });
	str zip = zip_done(&z, (struct zip_end){ 0 });
	struct archive *a = NULL;
	check(archive_open_bytes(zip.p, zip.n, NULL, &a) == ERR_OK);
	struct arena *arena = arena_open(64 << 20);
	struct manifest m;
	enum err err = manifest_read(a, arena, &m);
	check(err == ERR_OK || (err == ERR_REFUSED && err_last()->reason));
	if (!err) {
		check_links(&m);
		check_activities(&m, a);
		check_findings(&m);
	}
	arena_close(arena);
	archive_close(a);
	zip_free(&z);
	return 0;
}
