/* SPDX-License-Identifier: Apache-2.0 */
#include "http/tls.h"

#include "base/file.h"
#include "base/log.h"
#include "base/time.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#ifdef __linux__
#include <poll.h>
#include <sys/socket.h>
#endif

#define LOOK_MS 1000

/* What a file looks like from outside: another one when any of it differs. */
struct seen {
	int64_t inode, size, changed_s, changed_ns;
};

struct tls {
	char certificate[FILE_PATH], key[FILE_PATH];
	pthread_mutex_t lock; /* over all below */
	SSL_CTX *pair;        /* of the files as they are; connections hold it too */
	struct seen seen[2];
	_Atomic int64_t looked_at;
};

/* ---- the files ---- */

static struct seen look(const char *path)
{
	struct stat s;
	if (stat(path, &s) != 0) return (struct seen){ 0 };
	return (struct seen){ (int64_t)s.st_ino, (int64_t)s.st_size,
		              (int64_t)s.st_mtim.tv_sec, (int64_t)s.st_mtim.tv_nsec };
}

/* Looks at both files; whether either is another than before. */
static bool has_changed(struct tls *tls)
{
	struct seen now[2] = { look(tls->certificate), look(tls->key) };
	bool changed = memcmp(now, tls->seen, sizeof now) != 0;
	memcpy(tls->seen, now, sizeof now);
	return changed;
}

/* A key with a password would be asked for on the terminal. */
static int no_password(char *out, int size, int writes, void *context)
{
	(void)out, (void)size, (void)writes, (void)context;
	return 0;
}

static fallible fill(const struct tls *tls, SSL_CTX *pair)
{
	SSL_CTX_set_default_passwd_cb(pair, no_password);
	if (SSL_CTX_use_certificate_chain_file(pair, tls->certificate) != 1)
		return FAIL(ERR_INVALID, "%s: no certificate that can be read (PEM)",
		            tls->certificate);
	if (SSL_CTX_use_PrivateKey_file(pair, tls->key, SSL_FILETYPE_PEM) == 1)
		return ERR_OK;
	bool other = ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_VALUES_MISMATCH;
	if (other)
		return FAIL(ERR_INVALID, "%s is not the key of the certificate in %s",
		            tls->key, tls->certificate);
	return FAIL(ERR_INVALID,
	            "%s: no private key that can be read (PEM, without a password)",
	            tls->key);
}

static fallible load(const struct tls *tls, SSL_CTX **out)
{
	SSL_CTX *pair = SSL_CTX_new(TLS_server_method());
	if (!pair) abort();
	SSL_CTX_set_min_proto_version(pair, TLS1_2_VERSION);
	SSL_CTX_set_options(pair, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
	                                  SSL_OP_IGNORE_UNEXPECTED_EOF);
	SSL_CTX_set_mode(pair, SSL_MODE_ENABLE_PARTIAL_WRITE |
	                               SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
	                               SSL_MODE_RELEASE_BUFFERS);
	ERR_clear_error();
	enum err e = fill(tls, pair);
	ERR_clear_error();
	if (e) {
		SSL_CTX_free(pair);
		return e;
	}
	const ASN1_TIME *end = X509_get0_notAfter(SSL_CTX_get0_certificate(pair));
	if (X509_cmp_current_time(end) < 0)
		log_warn("http.certificate-ended", "file=%s", tls->certificate);
	*out = pair;
	return ERR_OK;
}

/* With the lock held. */
static void load_again(struct tls *tls)
{
	SSL_CTX *pair;
	if (!has_changed(tls)) return;
	if (load(tls, &pair)) {
		log_warn("http.certificate-kept", "%s", err_last()->sentence);
		return;
	}
	SSL_CTX_free(tls->pair);
	tls->pair = pair;
	log_info("http.certificate-new", "file=%s", tls->certificate);
}

/* ---- opening ---- */

enum err tls_open(const char *certificate, const char *key, struct tls **out)
{
#ifndef __linux__
	return FAIL(ERR_INVALID, "TLS is spoken on Linux only; put a proxy in front");
#endif
	if (strlen(certificate) >= FILE_PATH || strlen(key) >= FILE_PATH)
		return FAIL(ERR_TOO_LARGE, "a path is too long");
	struct tls *tls = calloc(1, sizeof *tls);
	if (!tls) abort();
	snprintf(tls->certificate, FILE_PATH, "%s", certificate);
	snprintf(tls->key, FILE_PATH, "%s", key);
	has_changed(tls);
	enum err e = load(tls, &tls->pair);
	if (e) {
		free(tls);
		return e;
	}
	pthread_mutex_init(&tls->lock, NULL);
	*out = tls;
	return ERR_OK;
}

void tls_close(struct tls *tls)
{
	if (!tls) return;
	SSL_CTX_free(tls->pair);
	pthread_mutex_destroy(&tls->lock);
	free(tls);
}

/* ---- a worker's connection ---- */

static _Thread_local struct {
	struct tls *tls; /* NULL: this thread speaks plain */
	bool open;       /* a connection is there; its socket is told by the first recv */
	bool shaken;     /* the handshake is done */
	int fd;
	SSL *ssl;
} my;

void tls_sit(struct tls *tls)
{
	my.tls = tls;
}

void tls_begin(void)
{
	my.open = my.tls != NULL;
	my.shaken = false;
	my.fd = -1;
}

void tls_end(void)
{
	if (my.ssl && my.shaken) SSL_shutdown(my.ssl); /* one try, without waiting */
	SSL_free(my.ssl);
	my.ssl = NULL;
	my.open = false;
	ERR_clear_error();
}

bool tls_pending(int fd)
{
	return my.ssl && my.fd == fd && SSL_pending(my.ssl) > 0;
}

#ifdef __linux__

static SSL *talk(struct tls *tls, int fd)
{
	int64_t now = time_mono_ms(), last = atomic_load(&tls->looked_at);
	bool look_again = now - last >= LOOK_MS &&
	                  atomic_compare_exchange_strong(&tls->looked_at, &last, now);
	pthread_mutex_lock(&tls->lock);
	if (look_again) load_again(tls);
	SSL *ssl = SSL_new(tls->pair); /* holds the pair from now on */
	pthread_mutex_unlock(&tls->lock);
	if (!ssl || SSL_set_fd(ssl, fd) != 1) abort();
	return ssl;
}

/* Somebody typed http:// before the port of https. */
static void answer_plain(int fd)
{
	static const char text[] = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n"
				   "Content-Type: text/plain\r\nContent-Length: 33\r\n\r\n"
				   "This port speaks HTTPS, not HTTP\n";
	if (sendto(fd, text, sizeof text - 1, MSG_NOSIGNAL, NULL, 0) < 0) return;
}

/* Whether to try once more what gave `result`: waits for the socket, as long as the guard
 * of slow clients lets it. */
static bool wait_on(int result)
{
	int why = SSL_get_error(my.ssl, result);
	struct pollfd fd = { .fd = my.fd };
	if (why == SSL_ERROR_WANT_READ) fd.events = POLLIN;
	if (why == SSL_ERROR_WANT_WRITE) fd.events = POLLOUT;
	return fd.events && poll(&fd, 1, -1) > 0;
}

static bool shake(void)
{
	if (!my.ssl) my.ssl = talk(my.tls, my.fd);
	for (int done = 0; !my.shaken;) {
		ERR_clear_error();
		done = SSL_accept(my.ssl);
		my.shaken = done == 1;
		if (my.shaken || wait_on(done)) continue;
		if (ERR_GET_REASON(ERR_peek_error()) == SSL_R_HTTP_REQUEST)
			answer_plain(my.fd);
		ERR_clear_error();
		return false;
	}
	return true;
}

static ssize_t broken(void)
{
	errno = ECONNRESET;
	return -1;
}

static ssize_t tls_recv(void *out, size_t n)
{
	size_t got;
	if (!shake()) return broken();
	for (;;) {
		ERR_clear_error();
		int done = SSL_read_ex(my.ssl, out, n, &got);
		if (done == 1) return (ssize_t)got;
		if (SSL_get_error(my.ssl, done) == SSL_ERROR_ZERO_RETURN) return 0;
		if (!wait_on(done)) return broken();
	}
}

static ssize_t tls_send(const void *bytes, size_t n)
{
	size_t put;
	if (!shake()) return broken();
	for (;;) {
		ERR_clear_error();
		int done = SSL_write_ex(my.ssl, bytes, n, &put);
		if (done == 1) return (ssize_t)put;
		if (!wait_on(done)) return broken();
	}
}

/* Whether this is the connection of a worker that speaks TLS. */
static bool is_mine(int fd)
{
	if (!my.open) return false;
	if (my.fd < 0) my.fd = fd;
	return my.fd == fd;
}

/* In front of libc's, for the whole program, as slow.c's poll is: other threads and other
 * sockets get what they asked for. */
ssize_t recv_sealed(int fd, void *out, size_t n, int flags) __asm__("recv");
ssize_t send_sealed(int fd, const void *bytes, size_t n, int flags) __asm__("send");

ssize_t recv_sealed(int fd, void *out, size_t n, int flags)
{
	return is_mine(fd) ? tls_recv(out, n) : recvfrom(fd, out, n, flags, NULL, NULL);
}

ssize_t send_sealed(int fd, const void *bytes, size_t n, int flags)
{
	return is_mine(fd) ? tls_send(bytes, n) : sendto(fd, bytes, n, flags, NULL, 0);
}

#endif
