/* SPDX-License-Identifier: Apache-2.0 */
/* TLS for a server that has its own certificate. The only file that knows OpenSSL.
 *
 * Debian's CivetWeb looks for a function that OpenSSL 3 has no longer, so it cannot speak
 * TLS itself. Instead, recv() and send() of a worker's thread go through here, as poll()
 * goes through slow.h (docs/decisions/0010-tls.md): CivetWeb reads and writes plain bytes
 * and knows nothing of it. Linux only.
 *
 * The files are looked at again, at most once a second, when somebody connects: a
 * certificate that was renewed is served to the next connection, and those that are open go
 * on as they are. A pair that does not fit (the new certificate is there, its key not yet)
 * is told to the log once, and the old one stays. */
#pragma once

#include "base/err.h"

struct tls;
/* PEM files: a certificate with those that lead to its root, and its key without a
 * password. Copied. ERR_INVALID with a sentence that names the file. */
fallible tls_open(const char *certificate, const char *key, struct tls **out);
void tls_close(struct tls *); /* takes NULL */

/* This thread is a worker whose connections speak TLS; NULL: they do not. */
void tls_sit(struct tls *);
/* It has a new connection, it is about to close it. Nothing in a thread that speaks plain.
 */
void tls_begin(void);
void tls_end(void);
/* Whether bytes of this socket lie decrypted already: poll() would wait for them in vain.
 */
bool tls_pending(int fd);
