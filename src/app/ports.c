/* SPDX-License-Identifier: Apache-2.0 */
/* Looks for free ports by binding them and letting go. Another program may take one in
 * between: then the start says so. */
#include "app/inside.h"

#ifndef _WIN32
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

#include "app/ports.h"

#ifndef _WIN32
bool port_is_free(const char *address, int port)
{
	int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (s < 0) return false;
	int yes = 1;
	(void)setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	struct sockaddr_in in = { .sin_family = AF_INET,
		                  .sin_port = htons((uint16_t)port) };
	if (inet_pton(AF_INET, address, &in.sin_addr) != 1)
		in.sin_addr.s_addr = htonl(INADDR_ANY);
	struct sockaddr at;
	memcpy(&at, &in, sizeof(at));
	bool is_free = bind(s, &at, sizeof(in)) == 0;
	is_free = is_free && listen(s, 1) == 0;
	close(s);
	return is_free;
}
#endif

void ports_choose(struct config *config)
{
	int port = 80;
	if (!port_is_free(config->listen, port)) {
		port = 8080;
		while (port < 8180 && !port_is_free(config->listen, port)) port++;
	}
	int content = 8081;
	while (content < 8280 &&
	       (content == port || !port_is_free(config->listen, content)))
		content++;
	config->port = port;
	config->content_port = content;
}
