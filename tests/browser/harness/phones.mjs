/** Simulated phones: requests without a browser, each from an address of its own, as on the network of a room. */
import http from 'node:http';

/** A phone with its own address and cookie. */
export class Phone {
  /** `number` is from 0 to 250. */
  constructor(server, number) {
    Object.assign(this, { server, address: `127.0.1.${number + 2}`, cookie: '' });
  }

  /** A request, as a browser sends it to an address without TLS. A form is an object, or `{ type, bytes }`. */
  ask(method, path, form) {
    const body = form?.bytes ?? Buffer.from(form ? new URLSearchParams(form).toString() : '');
    const host = `127.0.0.1:${this.server.port}`;
    const headers = { host, 'accept-language': 'fr', 'content-length': body.length };
    if (method === 'POST') Object.assign(headers, { origin: `http://${host}`, 'content-type': form?.type ?? 'application/x-www-form-urlencoded' });
    if (this.cookie) headers.cookie = this.cookie;
    return new Promise((resolve, reject) => {
      const request = http.request({ host: '127.0.0.1', port: this.server.port, localAddress: this.address, path, method, headers, agent: false }, response => {
        const parts = [];
        response.on('data', part => parts.push(part));
        response.on('end', () => {
          const cookie = response.headers['set-cookie']?.[0]?.split(';')[0];
          if (cookie) this.cookie = cookie;
          resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(parts).toString() });
        });
      });
      request.once('error', reject);
      request.end(body);
    });
  }

  /** A request that must answer with `status`. */
  async expect(status, method, path, form) {
    const answer = await this.ask(method, path, form);
    if (answer.status !== status) throw new Error(`${this.address}: ${method} ${path} answers ${answer.status}, not ${status}: ${answer.text.slice(0, 200)}`);
    return answer;
  }

  /** Sends a component as the form of "My apps" does, and hands it in. */
  async handIn(bytes) {
    const head = '--limit\r\ncontent-disposition: form-data; name="component"; filename="app.wasm"\r\n\r\n';
    const form = { type: 'multipart/form-data; boundary=limit', bytes: Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--limit--\r\n')]) };
    const kept = await this.expect(303, 'POST', '/developer/apps', form);
    await this.expect(303, 'POST', `${kept.headers.location}/submit`, {});
  }
}
