/** A small site with the headers of the product, whose pages have one fault each. */
import http from 'node:http';

export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': POLICY,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** A page around a body. */
export function page(body, { lang = 'fr', head = '', title = 'Essai' } = {}) {
  return `<!DOCTYPE html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="icon" href="/icon.svg" type="image/svg+xml">${head}</head><body><main>${body}</main></body></html>`;
}

/** Files that pages may ask for. */
const FILES = {
  '/icon.svg': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  '/wide.css': ['text/css', 'div{inline-size:900px}'],
  '/narrow.css': ['text/css', 'div{inline-size:340px}'],
  '/pale.css': ['text/css', 'p{color:#aaa;background:#fff}'],
  '/says.js': ['text/javascript', 'console.log("hello")'],
  '/throws.js': ['text/javascript', 'throw new Error("broken")'],
  '/evals.js': ['text/javascript', 'try { eval("1") } catch {}'],
  '/asks.js': ['text/javascript', 'fetch("http://example.com/x").catch(() => {})'],
  '/asks-itself.js': ['text/javascript', 'fetch("/nowhere").catch(() => {})'],
  '/alerts.js': ['text/javascript', 'alert("hello")'],
};

/** Serves `pages`: path to `{ html, status, headers }`. Resolves to the server, with its `url`. */
export function serve(pages) {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const found = pages[pathname];
    const file = FILES[pathname];
    if (found) {
      response.writeHead(found.status ?? 200, { ...HEADERS, ...found.headers });
      response.end(found.html);
    } else if (file) {
      response.writeHead(200, { 'content-type': file[0] });
      response.end(file[1]);
    } else {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end('nothing here');
    }
  });
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => {
      server.url = `http://localhost:${server.address().port}`;
      resolve(server);
    });
  });
}
