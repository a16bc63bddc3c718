import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWebConfig } from '../../../../lobby/tools/doctor/webConfig';

const read = (text: string) => {
  const result = readWebConfig(text);
  if (!result.ok) throw new Error(result.fault);
  return result.config;
};

/** As jitsi-meet's Debian package writes it; nginx has filled in the parts for a tenant with nothing. */
const DEBIAN = `
/* eslint-disable comma-dangle, no-unused-vars, no-var, prefer-template, vars-on-top */
var subdomain = '';
if (subdomain) {
    subdomain = subdomain.substr(0, subdomain.length - 1).split('.').join('_').toLowerCase() + '.';
}
var subdir = '';
var enableJaaS = false;
var config = {
    // hosts: { domain: 'commented.example.com' },
    hosts: {
        domain: 'meet.example.com',
        // anonymousdomain: 'guest.example.com',
        muc: 'conference.' + subdomain + 'meet.example.com',
    },
    bosh: 'https://meet.example.com/' + subdir + 'http-bind',
    websocket: 'wss://meet.example.com/' + subdir + 'xmpp-websocket',
    testing: { codec: [ 'AV1' ], p2pTestMode: false },
    openBridgeChannel: function () { return 'websocket'; },
};
config.flags = { sourceNameSignaling: true };
`;

/** As docker-jitsi-meet writes it, read without nginx: the includes are still there. */
const DOCKER = `// Jitsi Meet configuration.
var config = {};
if (!config.hasOwnProperty('hosts')) config.hosts = {};
config.hosts.domain = 'meet.jitsi';
config.focusUserJid = 'focus@auth.meet.jitsi';
var subdir = '<!--# echo var="subdir" default="" -->';
var subdomain = '<!--# echo var="subdomain" default="" -->';
if (subdir.startsWith('<!--')) { subdir = ''; }
config.hosts.muc = \`muc.\${subdomain}meet.jitsi\`;
config.hosts.anonymousdomain = 'guest.meet.jitsi';
config['bosh'] = '/' + subdir + 'http-bind';
config.websocket = 'wss://meet.example.com/' + subdir + 'xmpp-websocket';
`;

describe('config.js', () => {
  it("is read from Debian's package", () => {
    expect(read(DEBIAN)).toEqual({
      domain: 'meet.example.com',
      muc: 'conference.meet.example.com',
      guestDomain: undefined,
      bosh: 'https://meet.example.com/http-bind',
      websocket: 'wss://meet.example.com/xmpp-websocket',
    });
  });

  it('is read from docker-jitsi-meet', () => {
    expect(read(DOCKER)).toEqual({
      domain: 'meet.jitsi',
      muc: 'muc.meet.jitsi',
      guestDomain: 'guest.meet.jitsi',
      bosh: '/http-bind',
      websocket: 'wss://meet.example.com/xmpp-websocket',
    });
  });

  it.each([
    ['<!doctype html><html></html>', 'no JavaScript'],
    ['var config = {', 'no JavaScript'],
    ['['.repeat(100_000), 'no JavaScript'],
    ['', 'no variable config'],
    ['var settings = {};', 'no variable config'],
    ['var config = 1;', 'no variable config'],
  ])('%.30s… is none', (text, fault) => {
    expect(readWebConfig(text)).toEqual({ ok: false, fault: expect.stringContaining(fault) as string });
  });

  it('is never run', () => {
    const text = `var config = { hosts: { domain: process.exit(3) } };
      config.__proto__.polluted = 'yes'; config.bosh = (() => { while (true); })();
      Object.prototype.polluted = 'yes';`;
    expect(read(text)).toMatchObject({ domain: undefined, bosh: undefined });
    expect({}).not.toHaveProperty('polluted');
  });

  it('is answered, whatever it is', () => {
    fc.assert(fc.property(fc.string(), (text) => void readWebConfig(text)));
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(readWebConfig(`var config = ${JSON.stringify({ hosts: value, bosh: value })};`).ok).toBe(true);
      }),
    );
  });
});
