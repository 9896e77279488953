// SPDX-License-Identifier: Apache-2.0
// Every reply of a test run is held against what GET /api says of its route, and in the end every route must have
// been asked for.

const errorShape = {
  name: 'Error',
  fields: [
    { name: 'error', kind: 'text', required: true },
    { name: 'reason', kind: 'text', required: false },
    { name: 'request', kind: 'int', required: true },
    { name: 'retry_after', kind: 'int', required: false },
  ],
};

export class Shapes {
  // Of a site and of a hub. What sites send to a hub is signed bytes: tests/crash plays it.
  constructor(site, hub) {
    this.shapes = new Map([...site.shapes, ...hub.shapes].map((s) => [s.name, s]));
    this.routes = [...site.routes, ...hub.routes.filter((r) => r.path !== '/healthz' && !r.path.startsWith('/sync/'))].map((r) => ({ ...r, pattern: new RegExp('^' + r.path.replace(/[.]/g, '\\.').replace(/\{[a-z]+\}/g, '[^/]+') + '$') }));
    this.asked = new Set();
    this.wrong = [];
  }

  route(method, origin, path) {
    const bare = path.split('?')[0];
    return this.routes.find((r) => r.method === (method === 'HEAD' ? 'GET' : method) && (r.origin === origin || r.origin === 'both') && r.pattern.test(bare));
  }

  // Throws when the reply is not what its route promises.
  check(method, origin, path, rs) {
    const route = this.route(method, origin, path);
    if (route && rs.status < 400) this.asked.add(`${route.method} ${route.path}`);
    const json = /^application\/json/.test(rs.headers['content-type'] ?? '');
    const where = `${method} ${path} → ${rs.status}`;
    if (method === 'HEAD' || rs.status === 304 || rs.status === 204) {
      if (rs.bytes.length) throw new Error(`${where}: a body where there is none`);
    } else if (rs.status >= 400) {
      if (!json) return;
      if (rs.status === 422 && ['ImportReport', 'HubCourse'].includes(route?.gives)) this.fits(rs.json, this.shapes.get(route.gives), where);
      else this.fits(rs.json, errorShape, where);
    } else if (route?.gives && !/[?&]as=(csv|xlsx)/.test(path)) {
      if (!json) throw new Error(`${where}: no JSON`);
      const shape = this.shapes.get(route.gives);
      if (!route.gives_list) return this.fits(rs.json, shape, where);
      if (!Array.isArray(rs.json)) throw new Error(`${where}: no list`);
      rs.json.forEach((one, i) => this.fits(one, shape, `${where}[${i}]`));
    }
  }

  fits(value, shape, where) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new Error(`${where}: no ${shape.name}`);
    const known = new Map(shape.fields.map((f) => [f.name, f]));
    for (const name of Object.keys(value)) {
      if (!known.has(name)) throw new Error(`${where}: ${shape.name} has no ${name}`);
    }
    for (const f of shape.fields) {
      const v = value[f.name];
      if (v === undefined) {
        if (f.required) throw new Error(`${where}: ${shape.name}.${f.name} is missing`);
      } else if (!this.kind(v, f, `${where} ${shape.name}.${f.name}`)) {
        throw new Error(`${where}: ${shape.name}.${f.name} is no ${f.kind}: ${JSON.stringify(v).slice(0, 80)}`);
      }
    }
  }

  kind(v, f, where) {
    switch (f.kind) {
      case 'text': return typeof v === 'string';
      case 'int': return Number.isInteger(v);
      case 'real': return typeof v === 'number';
      case 'bool': return typeof v === 'boolean';
      case 'raw': return true;
      case 'texts': return Array.isArray(v) && v.every((x) => typeof x === 'string');
      case 'object': this.fits(v, this.shapes.get(f.of), where); return true;
      case 'list':
        if (!Array.isArray(v)) return false;
        v.forEach((x, i) => this.fits(x, this.shapes.get(f.of), `${where}[${i}]`));
        return true;
      default: throw new Error(`${where}: unknown kind ${f.kind}`);
    }
  }

  missed() {
    return this.routes.map((r) => `${r.method} ${r.path}`).filter((r) => !this.asked.has(r));
  }
}
