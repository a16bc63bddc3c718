/**
 * What no page may do, whoever opened it: guards on the app, that hold for web contents and sessions to come. Electron
 * decides in favour of the page where nobody listens to these.
 */
import { app, type Session } from 'electron';
import { log } from '../log';

/** Must run before the app is ready. */
export function guardEveryPage(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-attach-webview', (event) => event.preventDefault());
    // Without a listener Electron gives the page the first device in reach.
    contents.on('select-bluetooth-device', (event, _devices, choose) => {
      event.preventDefault();
      choose('');
    });
  });
  // Without a listener Electron shows the first certificate of the store, and so who the user is, to any server that asks.
  app.on('select-client-certificate', (event, _contents, host, _certificates, choose) => {
    event.preventDefault();
    // A host with its port, though Electron's documents call it a URL (measured on 25).
    log.warn('certificate.not-shown', { host });
    choose();
  });
  app.on('session-created', refuseDownloads);
}

function refuseDownloads(made: Session): void {
  made.on('will-download', (event) => event.preventDefault());
}
