// SPDX-License-Identifier: Apache-2.0
// A bad line on loopback: a TCP proxy that cuts connections at random bytes, sends what it heard before once more (late,
// and in any order), and may be as slow as a village's modem.
import net from 'node:net';

const KEPT = 40, KEPT_BYTES = 400_000;

// roll() gives 0..1. `faults`: cut, again (probabilities per connection); bytesPerSecond (0: as fast as it goes).
export class Proxy {
  faults = { cut: 0, again: 0 };
  bytesPerSecond = 0;
  target = 0;
  up = 0; // bytes towards the hub
  #heard = [];
  #sockets = new Set();

  constructor(roll) { this.roll = roll; }

  async listen() {
    this.server = net.createServer((client) => this.#connect(client));
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.port = this.server.address().port;
  }

  end() {
    for (const s of this.#sockets) s.destroy();
    this.server.close();
  }

  #connect(client) {
    const hub = net.connect(this.target, '127.0.0.1');
    const cutAt = this.roll() < this.faults.cut ? Math.floor(Math.exp(this.roll() * 12)) : Infinity;
    const heard = [];
    let seen = 0;
    const end = () => {
      client.destroy();
      hub.destroy();
      this.#sockets.delete(client);
      this.#sockets.delete(hub);
    };
    for (const s of [client, hub]) {
      this.#sockets.add(s);
      s.on('error', end);
      s.on('close', end);
    }
    const pass = (from, to, upwards) => from.on('data', (data) => {
      if (seen + data.length >= cutAt) {
        to.write(data.subarray(0, cutAt - seen), end);
        return;
      }
      seen += data.length;
      if (upwards) {
        this.up += data.length;
        heard.push(data);
      }
      this.#forward(from, to, data);
    });
    pass(client, hub, true);
    pass(hub, client, false);
    client.on('close', () => this.#keep(Buffer.concat(heard)));
  }

  // At a limited speed the next piece waits until this one would have been through.
  #forward(from, to, data) {
    if (!this.bytesPerSecond) {
      if (!to.write(data)) {
        from.pause();
        to.once('drain', () => from.resume());
      }
      return;
    }
    from.pause();
    this.#trickle(to, data, 0, () => from.resume());
  }

  // As a modem does: a little at a time, at its speed.
  #trickle(to, data, at, done) {
    if (at >= data.length || to.destroyed) return done();
    const piece = data.subarray(at, at + 512);
    setTimeout(() => {
      to.write(piece);
      this.#trickle(to, data, at + piece.length, done);
    }, piece.length * 1000 / this.bytesPerSecond);
  }

  #keep(bytes) {
    if (!bytes.length || bytes.length > KEPT_BYTES) return;
    this.#heard[Math.floor(this.roll() * KEPT)] = bytes;
    if (this.roll() < this.faults.again) this.sayAgain();
  }

  // What somebody said some time ago, once more.
  sayAgain() {
    const some = this.#heard.filter(Boolean);
    if (!some.length) return;
    const hub = net.connect(this.target, '127.0.0.1', () => hub.write(some[Math.floor(this.roll() * some.length)]));
    this.#sockets.add(hub);
    hub.on('error', () => {});
    hub.on('data', () => hub.destroy());
    hub.on('close', () => this.#sockets.delete(hub));
  }
}
