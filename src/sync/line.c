/* SPDX-License-Identifier: Apache-2.0 */
/* A slow line is fine as long as it moves: no limit on the whole transfer, but one on
 * standing still. */
#include "sync/line.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define PATH "/sync/v1/exchange"
#define CONNECT_S 30L
#define STILL_S 60L /* so long without STILL_BYTES a second, and it counts as broken */
#define STILL_BYTES 20L
#define URL_MOST 500

struct line {
	CURL *curl;
	struct curl_slist *headers;
	char url[URL_MOST + sizeof PATH];
	char said[CURL_ERROR_SIZE];
	struct buf *reply; /* of the request that runs */
	str request;
	const char *send; /* of it, what has not gone out yet */
	size_t left;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	atomic_bool hung_up;
};

static void start_curl(void)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT)) abort();
}

static bool is_url(const char *url)
{
	str s = str_of(url);
	if (s.n > URL_MOST) return false;
	size_t skip = str_starts(s, S("https://"))  ? 8
	              : str_starts(s, S("http://")) ? 7
	                                            : 0;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] == 0x7f || s.p[i] == '?' || s.p[i] == '#')
			return false;
	return skip && s.n > skip && s.p[skip] != '/';
}

static size_t take(char *bytes, size_t size, size_t n, void *arg)
{
	struct line *line = arg;
	buf_add(line->reply, bytes, size * n);
	return line->reply->over ? 0 : size * n;
}

static size_t give(char *out, size_t size, size_t n, void *arg)
{
	struct line *line = arg;
	size_t most = size * n < line->left ? size * n : line->left;
	memcpy(out, line->send, most);
	line->send += most;
	line->left -= most;
	return most;
}

/* A reused connection may turn out closed: libcurl then begins the request anew. */
static int again(void *arg, curl_off_t offset, int origin)
{
	struct line *line = arg;
	if (origin != SEEK_SET || offset < 0 || (size_t)offset > line->request.n)
		return CURL_SEEKFUNC_FAIL;
	line->send = line->request.p + offset;
	line->left = line->request.n - (size_t)offset;
	return CURL_SEEKFUNC_OK;
}

static int watch(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	(void)a, (void)b, (void)c, (void)d;
	struct line *line = arg;
	return atomic_load(&line->hung_up);
}

static void set_up(struct line *line)
{
	CURL *c = line->curl;
	curl_easy_setopt(c, CURLOPT_URL, line->url);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, CONNECT_S);
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, STILL_BYTES);
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, STILL_S);
	curl_easy_setopt(c, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, line->said);
	curl_easy_setopt(c, CURLOPT_USERAGENT, "kenes/" KENES_VERSION);
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, line->headers);
	curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(c, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(c, CURLOPT_READDATA, line);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, line);
	curl_easy_setopt(c, CURLOPT_SEEKFUNCTION, again);
	curl_easy_setopt(c, CURLOPT_SEEKDATA, line);
	curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, watch);
	curl_easy_setopt(c, CURLOPT_XFERINFODATA, line);
}

enum err line_open(const char *url, struct line **out)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	if (!is_url(url))
		return FAIL_WHY(ERR_INVALID, "bad-url",
		                "a centre's address is like https://hub.example.kz");
	pthread_once(&once, start_curl);
	struct line *line = calloc(1, sizeof *line);
	if (line) line->curl = curl_easy_init();
	if (!line || !line->curl) {
		free(line);
		return FAIL(ERR_BUSY, "no memory for a connection");
	}
	pthread_mutex_init(&line->lock, NULL);
	pthread_cond_init(&line->changed, NULL);
	size_t n = strlen(url);
	while (n && url[n - 1] == '/') n--;
	snprintf(line->url, sizeof line->url, "%.*s%s", (int)n, url, PATH);
	line->headers = curl_slist_append(NULL, "Content-Type: application/octet-stream");
	/* Waiting for "100 Continue" costs a round trip, which is seconds on a bad line. */
	line->headers = curl_slist_append(line->headers, "Expect:");
	set_up(line);
	*out = line;
	return ERR_OK;
}

void line_close(struct line *line)
{
	if (!line) return;
	curl_easy_cleanup(line->curl);
	curl_slist_free_all(line->headers);
	pthread_cond_destroy(&line->changed);
	pthread_mutex_destroy(&line->lock);
	free(line);
}

void line_hang_up(struct line *line)
{
	pthread_mutex_lock(&line->lock);
	atomic_store(&line->hung_up, true);
	pthread_cond_broadcast(&line->changed);
	pthread_mutex_unlock(&line->lock);
}

bool line_pause(struct line *line, int64_t ms)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	int64_t ns = until.tv_nsec + ms % 1000 * 1000000;
	until.tv_sec += ms / 1000 + ns / 1000000000;
	until.tv_nsec = ns % 1000000000;
	pthread_mutex_lock(&line->lock);
	int late = 0;
	while (!atomic_load(&line->hung_up) && !late)
		late = pthread_cond_timedwait(&line->changed, &line->lock, &until);
	pthread_mutex_unlock(&line->lock);
	return !atomic_load(&line->hung_up);
}

enum err line_say(struct line *line, str request, struct buf *reply, int *status_out,
                  int *wait_s_out)
{
	long status = 0;
	curl_off_t wait = 0;
	buf_reset(reply);
	line->reply = reply;
	line->request = request;
	line->send = request.p;
	line->left = request.n;
	line->said[0] = 0;
	curl_easy_setopt(line->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)request.n);
	CURLcode code = curl_easy_perform(line->curl);
	*wait_s_out = 0;
	if (code)
		return FAIL_WHY(ERR_BUSY, "no-line", "%.160s",
		                line->said[0] ? line->said : curl_easy_strerror(code));
	curl_easy_getinfo(line->curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(line->curl, CURLINFO_RETRY_AFTER, &wait);
	*status_out = (int)status;
	if (status == 429 || status == 503) {
		*wait_s_out = wait > 0 && wait < 86400 ? (int)wait : 0;
		return FAIL_WHY(ERR_BUSY, "later", "the centre is busy (%ld)", status);
	}
	return ERR_OK;
}
