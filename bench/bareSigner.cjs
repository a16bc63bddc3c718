// @ts-check
/**
 * The least that signs over HTTP on Node.js: it reads a request's JSON, signs as many bytes as a room token has, and
 * answers with as many as the lobby does. No caller, no schema, no limit, no log, no invite. The lobby is measured against it.
 *
 * Arguments: the port, and the file of an RSA key in PEM.
 */
const { Buffer } = require('node:buffer');
const { createPrivateKey, sign } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { createServer } = require('node:http');
const process = require('node:process');

const [port, keyFile] = process.argv.slice(2);
const key = createPrivateKey(readFileSync(keyFile ?? ''));
/** Header and claims of a room token of the lobby's, bytes. */
const SIGNED = Buffer.alloc(600, 'a');
/** The rest of the lobby's answer: addresses, the invite, dates. */
const REST = 'a'.repeat(800);

// It is stopped for seconds while `openssl speed` is measured: its connections must outlive that, as the lobby's do.
createServer({ keepAliveTimeout: 72_000 }, (request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    if (request.method !== 'POST') return void response.end();
    const { displayName } = JSON.parse(body);
    sign('RSA-SHA256', SIGNED, key, (error, signature) => {
      if (error !== null) throw error;
      const token = `${SIGNED.toString()}.${signature.toString('base64url')}`;
      const text = JSON.stringify({ displayName, token, rest: REST });
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': text.length });
      response.end(text);
    });
  });
}).listen(Number(port), '127.0.0.1');
