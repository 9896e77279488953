/* SPDX-License-Identifier: Apache-2.0 */
#include "support/package_samples.h"

#include <stdio.h>
#include <stdlib.h>

#define COURSE(head, title, href)                                                     \
	head "<manifest identifier='M'"                                               \
	     " xmlns='http://www.imsproject.org/xsd/imscp_rootv1p1p2'"                \
	     " xmlns:adlcp='http://www.adlnet.org/xsd/adlcp_rootv1p2'>"               \
	     "<metadata><schemaversion>1.2</schemaversion></metadata>"                \
	     "<organizations default='O'><organization identifier='O'><title>" title  \
	     "</title><item identifier='I' identifierref='R'><title>1</title></item>" \
	     "</organization></organizations><resources><resource identifier='R'"     \
	     " type='webcontent' adlcp:scormtype='sco' href='" href "'>"              \
	     "<file href='" href "'/></resource></resources></manifest>"
#define SIMPLE(title) COURSE("", title, "index.html")

static const char page[] =
	"<!doctype html><meta charset=utf-8><title>1</title><p id=p>1</p><script>"
	"var w=window,a=null;while(w&&!(a=w.API)&&w!==w.parent)w=w.parent;"
	"if(a){a.LMSInitialize('');a.LMSSetValue('cmi.core.lesson_status','completed');"
	"a.LMSFinish('')}</script>\n";

static void course(struct zip_maker *z, const char *manifest)
{
	zip_text(z, "imsmanifest.xml", manifest);
	zip_text(z, "index.html", page);
}

static struct zip_end plain(struct zip_maker *z)
{
	(void)z;
	return (struct zip_end){ 0 };
}

/* ---- hostile ---- */

static struct zip_end slip(struct zip_maker *z)
{
	course(z, SIMPLE("slip"));
	zip_text(z, "a/../../../slipped.txt", "out");
	return plain(z);
}

static struct zip_end absolute(struct zip_maker *z)
{
	course(z, SIMPLE("absolute"));
	zip_text(z, "/tmp/slipped.txt", "out");
	return plain(z);
}

static struct zip_end symlink_to_root(struct zip_maker *z)
{
	course(z, SIMPLE("link"));
	zip_add(z,
	        (struct zip_entry){ .name = "etc", .content = S("/etc"), .mode = 0120777 });
	return plain(z);
}

static struct zip_end encrypted(struct zip_maker *z)
{
	course(z, SIMPLE("encrypted"));
	zip_add(z, (struct zip_entry){
			   .name = "x", .content = S("0123456789ab"), .flags = 1 });
	return plain(z);
}

static struct zip_end duplicate(struct zip_maker *z)
{
	course(z, SIMPLE("duplicate"));
	zip_text(z, "index.html", "another");
	return plain(z);
}

static struct zip_end overlap(struct zip_maker *z)
{
	course(z, SIMPLE("overlap"));
	size_t at = z->file.n;
	zip_add(z, (struct zip_entry){ .name = "a", .content = S("once") });
	zip_add(z, (struct zip_entry){ .name = "a", .content = S("once"), .offset = at });
	return plain(z);
}

static struct zip_end bomb(struct zip_maker *z)
{
	course(z, SIMPLE("bomb"));
	for (int i = 0; i < 10; i++) { /* ten times a gigabyte in five bytes */
		char name[16];
		snprintf(name, sizeof name, "%d.bin", i);
		zip_add(z, (struct zip_entry){ .name = name,
		                               .content = S("xyz"),
		                               .deflated = true,
		                               .size = 1 << 30 });
	}
	return plain(z);
}

/* 100 MiB that say they are 100 bytes. */
static struct zip_end quiet_bomb(struct zip_maker *z)
{
	enum { REAL = 100 << 20 };
	char *zeros = calloc(1, REAL);
	if (!zeros) abort();
	course(z, SIMPLE("quiet bomb"));
	zip_add(z, (struct zip_entry){ .name = "a",
	                               .content = { zeros, REAL },
	                               .deflated = true,
	                               .size = 100 });
	free(zeros);
	return plain(z);
}

static struct zip_end million(struct zip_maker *z)
{
	course(z, SIMPLE("million"));
	for (int i = 0; i < 1000000; i++) {
		char name[16];
		snprintf(name, sizeof name, "%x", i);
		zip_add(z, (struct zip_entry){ .name = name });
	}
	return (struct zip_end){ .zip64 = true };
}

static struct zip_end cut(struct zip_maker *z)
{
	course(z, SIMPLE("cut"));
	return (struct zip_end){ .entries = 3 };
}

static struct zip_end damaged(struct zip_maker *z)
{
	course(z, SIMPLE("damaged"));
	zip_add(z, (struct zip_entry){ .name = "a", .content = S("x"), .crc = 1 });
	return plain(z);
}

static struct zip_end laughs(struct zip_maker *z)
{
	course(z,
	       "<!DOCTYPE m [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
	       "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;'>"
	       "<!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;&e;'>"
	       "<!ENTITY g '&f;&f;&f;&f;&f;&f;&f;&f;'><!ENTITY h '&g;&g;&g;&g;&g;&g;&g;'>"
	       "<!ENTITY i '&h;&h;&h;&h;&h;&h;&h;&h;'>]><manifest>&i;</manifest>");
	return plain(z);
}

/* ---- quirky ---- */

static struct zip_end good(struct zip_maker *z)
{
	course(z, SIMPLE("good"));
	return plain(z);
}

static struct zip_end zip64(struct zip_maker *z)
{
	zip_add(z, (struct zip_entry){ .name = "imsmanifest.xml",
	                               .content = S(SIMPLE("zip64")),
	                               .zip64 = true });
	zip_add(z, (struct zip_entry){ .name = "index.html",
	                               .content = str_of(page),
	                               .deflated = true,
	                               .zip64 = true });
	return (struct zip_end){ .zip64 = true };
}

static struct zip_end folder(struct zip_maker *z)
{
	zip_text(z, "Курс/imsmanifest.xml", SIMPLE("folder"));
	zip_text(z, "Курс/index.html", page);
	return plain(z);
}

static struct zip_end marked(struct zip_maker *z)
{
	course(z, COURSE("\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?>", "Белгі",
	                 "index.html"));
	return plain(z);
}

static struct zip_end cp1251(struct zip_maker *z)
{
	course(z, COURSE("<?xml version='1.0' encoding='utf-8'?>", "\xca\xf3\xf0\xf1",
	                 "index.html"));
	return plain(z);
}

static struct zip_end backslash(struct zip_maker *z)
{
	zip_text(z, "imsmanifest.xml", COURSE("", "backslash", "dir\\index.html"));
	zip_text(z, "dir\\index.html", page);
	return plain(z);
}

static struct zip_end other_case(struct zip_maker *z)
{
	zip_text(z, "imsmanifest.xml", COURSE("", "case", "INDEX.HTM"));
	zip_text(z, "Index.htm", page);
	return plain(z);
}

/* урок.html as Windows Explorer packs it. */
static struct zip_end cp866(struct zip_maker *z)
{
	zip_text(z, "imsmanifest.xml", COURSE("", "cp866", "урок.html"));
	zip_add(z, (struct zip_entry){ .name = "\xe3\xe0\xae\xaa.html",
	                               .content = str_of(page),
	                               .deflated = true });
	return plain(z);
}

static struct zip_end lost_letters(struct zip_maker *z)
{
	zip_text(z, "imsmanifest.xml", COURSE("", "letters", "Сабақ.html"));
	zip_text(z, "Саба_.html", page);
	return plain(z);
}

static struct zip_end bare(struct zip_maker *z)
{
	course(z,
	       "<manifest><resources><resource href='index.html'/></resources></manifest>");
	return plain(z);
}

static struct zip_end absent(struct zip_maker *z)
{
	course(z, "<manifest identifier='M'><organizations><organization identifier='O'>"
	          "<title>absent</title><item identifier='I' identifierref='R'/>"
	          "<item identifier='J' identifierref='Q'/></organization></organizations>"
	          "<resources><resource identifier='R' scormtype='sco' href='index.html'/>"
	          "<resource identifier='Q' scormtype='sco' href='gone.html'/></resources>"
	          "</manifest>");
	return plain(z);
}

static struct zip_end internet(struct zip_maker *z)
{
	course(z, COURSE("", "internet", "https://example.kz/course.html"));
	return plain(z);
}

const struct package_sample package_samples[] = {
	{ "slip", slip, "zip-slip" },
	{ "absolute", absolute, "zip-slip" },
	{ "link", symlink_to_root, "zip-link" },
	{ "encrypted", encrypted, "zip-encrypted" },
	{ "duplicate", duplicate, "zip-duplicate" },
	{ "overlap", overlap, "zip-bomb" },
	{ "bomb", bomb, "zip-bomb" },
	{ "quiet-bomb", quiet_bomb, "zip-bomb" },
	{ "million", million, "zip-too-many" },
	{ "cut", cut, "zip-damaged" },
	{ "damaged", damaged, "zip-damaged" },
	{ "laughs", laughs, "manifest-nothing-to-launch" },
	{ "good", good, "read-as" },
	{ "zip64", zip64, "read-as" },
	{ "folder", folder, "manifest-one-folder-down" },
	{ "marked", marked, "read-as" },
	{ "cp1251", cp1251, "manifest-encoding" },
	{ "backslash", backslash, "href-backslash" },
	{ "case", other_case, "href-case" },
	{ "cp866", cp866, "names-encoding" },
	{ "letters", lost_letters, "href-letters" },
	{ "bare", bare, "organization-absent" },
	{ "absent", absent, "launch-absent" },
	{ "internet", internet, "launch-external" },
	{ NULL, NULL, NULL },
};
