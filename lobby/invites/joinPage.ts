import { DISPLAY_NAME_MAX } from '../../shared/limits';
import type { RoomName } from '../../shared/roomName';
import { Markup, html } from './html';
import { JOIN_STYLE } from './joinStyle';
import { JOIN_WORDS, LANGUAGES, type Language, secondsWords, timeWords } from './joinWords';

/** What is wrong with the name that was sent. */
export type NameFault = 'nameMissing' | 'nameTooLong';

/** An invite that leads into a room now. */
export interface Invitation {
  room: RoomName;
  /** `parley://join?…`: opens the app. */
  appLink: string;
  /** Host of the deployment. */
  host: string;
  /** The name that was sent and is not good enough. */
  refused: { name: string; fault: NameFault } | undefined;
}

/** Why none does. `unread`: what was sent is no form of this page. */
export type InviteFault =
  | { kind: 'expired' | 'invalid' | 'unread' | 'down' }
  | { kind: 'notYetOpen'; opensAt: Date }
  | { kind: 'tooMany'; /** Seconds. */ wait: number };

/** The page of an invite: open it in the app, or give a name and go on in the browser. */
export function invitationPage(language: Language, { room, appLink, host, refused }: Invitation): string {
  const words = JOIN_WORDS[language];
  return page(
    language,
    words.invited,
    html`<p class="muted">${words.room} <strong>${room}</strong></p>
      <a class="action primary" href="${appLink}">${words.openInParley}</a>
      <p class="muted">${words.notInstalled}</p>
      <form method="post">
        <label for="name">${words.yourName}</label>
        <input
          id="name"
          name="displayName"
          value="${refused?.name}"
          maxlength="${String(DISPLAY_NAME_MAX)}"
          required
          autocomplete="name"
          ${refused !== undefined && html`autofocus aria-invalid="true" aria-describedby="name-error"`}
        />
        ${refused !== undefined && html`<p class="error" id="name-error">${words[refused.fault]}</p>`}
        <button class="action" type="submit">${words.joinInBrowser}</button>
        <p class="muted">${words.placeOfCall(host)}</p>
      </form>`,
  );
}

/** The page of an invite that leads nowhere: why, and what to do. */
export function inviteFaultPage(language: Language, fault: InviteFault, now: Date): string {
  const words = JOIN_WORDS[language];
  return page(language, words[fault.kind], html`<p>${advice(language, fault, now)}</p>`);
}

function advice(language: Language, fault: InviteFault, now: Date): string {
  const words = JOIN_WORDS[language];
  switch (fault.kind) {
    case 'notYetOpen': {
      const { time, left } = timeWords(language, fault.opensAt, now);
      return words.notYetOpenAdvice(time, left);
    }
    case 'tooMany':
      return words.tooManyAdvice(secondsWords(language, fault.wait));
    default:
      return words[`${fault.kind}Advice`];
  }
}

function page(language: Language, heading: string, content: Markup): string {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${heading} – Parley</title>
        ${new Markup(`<style>${JOIN_STYLE}</style>`)}
      </head>
      <body>
        <main>
          <p class="brand">Parley</p>
          <h1>${heading}</h1>
          ${content}
        </main>
        <nav aria-label="${JOIN_WORDS[language].languages}">
          <ul>
            ${LANGUAGES.map((each) => languageLink(each, each === language))}
          </ul>
        </nav>
      </body>
    </html>`.text;
}

/** The address stays; only the language is another. */
function languageLink(language: Language, current: boolean): Markup {
  return html`<li>
    <a
      href="?lang=${language}"
      hreflang="${language}"
      lang="${language}"
      ${current && html`aria-current="true"`}
      >${JOIN_WORDS[language].language}</a
    >
  </li>`;
}
