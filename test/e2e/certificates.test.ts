/** A deployment over TLS: only the system's store says which certificates count, and the user's own is shown to nobody. */
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CertificateAuthority, makeCertificateAuthority } from '../support/certificates';
import { type CertificateStore, makeCertificateStore } from '../support/certificateStore';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';

describe.runIf(process.platform === 'linux')('a certificate', () => {
  let deployment: JitsiDeployment;
  let trusted: CertificateAuthority;
  let unknown: CertificateAuthority;
  let store: CertificateStore;
  let door: Server;
  let desktop: DesktopApp;
  /** For each connection that got through: whether the client showed who it is. */
  const shown: boolean[] = [];

  beforeAll(async () => {
    [deployment, trusted, unknown, store] = await Promise.all([
      startDeployment({ tokenRequired: false }),
      makeCertificateAuthority(),
      makeCertificateAuthority(),
      makeCertificateStore(),
    ]);
    await store.trust(trusted.file);
    await store.addIdentity(await trusted.issue({ names: 'DNS:ana.example.com' }));
    const inside = Number(new URL(deployment.url).port);
    // As a hostile server would, it asks the client for a certificate.
    door = createServer(
      { ...(await unknown.issue()), requestCert: true, rejectUnauthorized: false },
      (socket) => {
        shown.push(Object.keys(socket.getPeerCertificate()).length > 0);
        const through = connect(inside, '127.0.0.1');
        socket.on('error', () => through.destroy());
        through.on('error', () => socket.destroy());
        socket.pipe(through).pipe(socket);
      },
    );
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    const { port } = door.address() as AddressInfo;
    desktop = await startDesktop({ env: { ...store.env, PARLEY_FREE_URL: `https://127.0.0.1:${port}` } });
    await desktop.freeSwitch.click();
    await desktop.button('Use free Jitsi').click();
  });
  afterAll(async () => {
    await desktop.close();
    await deployment.stop();
    door.close();
    await Promise.all([trusted.remove(), unknown.remove(), store.remove()]);
  });

  it.each([
    ['of an authority that the system does not know', () => unknown.issue()],
    ['that has expired', () => trusted.issue({ expired: true })],
    ['of another host', () => trusted.issue({ names: 'DNS:other.example.com' })],
  ])('%s is refused, and the words say so', async (_what, issue) => {
    door.setSecureContext(await issue());
    shown.length = 0;
    await desktop.button('Start voice call').click();
    await desktop.alert.getByText(/certificate/).waitFor();
    expect(shown).toEqual([]);
    expect(deployment.requests).toEqual([]);
  });

  it("of an authority in the system's store is taken; the user's own is not shown, though the server asks", async () => {
    door.setSecureContext(await trusted.issue());
    await desktop.button('Start voice call').click();
    const page = await desktop.meeting();
    await page.getByText('Stand-in meeting page').waitFor();
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.every((was) => !was)).toBe(true);
    expect(desktop.output).toContain('certificate.not-shown');
    await desktop.button('Cancel').click();
    await desktop.ready();
  });
});
