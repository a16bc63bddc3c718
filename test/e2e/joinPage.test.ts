/** The page behind an invite link, in a real browser: read, judged by axe, and gone through without a script. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CallReply } from '../../shared/lobbyApi';
import { axeFindings } from '../support/axeFindings';
import { type PlainBrowser, startPlainBrowser } from '../support/browser/plainBrowser';
import { type Servers, startServers } from '../support/servers';

const pictures = fileURLToPath(new URL('../../out/pictures/', import.meta.url));

let servers: Servers;
let browser: PlainBrowser;
let call: CallReply;
let later: CallReply;

beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  [servers, browser] = await Promise.all([startServers(), startPlainBrowser()]);
  const authorization = `Bearer ${await servers.lobby.addToken('ana')}`;
  const newCall = async (invite: object) => {
    const response = await fetch(`${servers.lobby.url}/api/v1/calls`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ displayName: 'Ana', invite }),
    });
    return CallReply.parse(await response.json());
  };
  call = await newCall({});
  later = await newCall({ opensAt: new Date(Date.now() + 5 * 36e5).toISOString() });
});
afterEach(async () => {
  await browser.scripts(true);
  await browser.size(800, 700);
  await browser.page.emulateMedia({ colorScheme: null });
  await browser.page.setExtraHTTPHeaders({});
});
afterAll(async () => {
  await browser.close();
  await servers.stop();
});

const languages = {
  en: { heading: 'You are invited to a call', join: 'Join in the browser', name: 'Your name' },
  es: { heading: 'Tiene una invitación a una llamada', join: 'Entrar desde el navegador', name: 'Su nombre' },
  de: { heading: 'Sie sind zu einem Gespräch eingeladen', join: 'Im Browser teilnehmen', name: 'Ihr Name' },
  fr: { heading: 'Vous êtes invité à un appel', join: 'Participer dans le navigateur', name: 'Votre nom' },
};

/** Opens a page and lets axe judge it, on the narrowest screen that has to do. */
async function judged(url: string): Promise<string[]> {
  await browser.size(320, 640);
  await browser.page.goto(url);
  const width = await browser.page.evaluate(() => document.documentElement.scrollWidth);
  const findings = await axeFindings(browser.page);
  return width > 320 ? [...findings, `the page is ${width} px wide`] : findings;
}

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it.each(Object.entries(languages))(
    '%s: axe finds nothing, and nothing is cut at 320 px',
    async (language, words) => {
      await browser.page.emulateMedia({ colorScheme });
      await browser.page.setExtraHTTPHeaders({ 'accept-language': `${language}-XX, ja;q=0.9` });
      expect(await judged(call.invite.url)).toEqual([]);
      await browser.page.getByRole('heading', { name: words.heading, level: 1 }).waitFor();
      await browser.page.getByRole('textbox', { name: words.name }).waitFor();
      await browser.page.getByRole('button', { name: words.join }).waitFor();
      expect(await browser.page.evaluate(() => document.documentElement.lang)).toBe(language);
      if (language === 'en') {
        await browser.page.screenshot({ path: join(pictures, `invite-${colorScheme}-narrow.png`) });
        await browser.size(800, 640);
        await browser.page.screenshot({ path: join(pictures, `invite-${colorScheme}.png`) });
      }
    },
  );

  it('axe finds nothing on the pages of invites that lead nowhere', async () => {
    await browser.page.emulateMedia({ colorScheme });
    expect(await judged(`${servers.lobby.url}/join/mistyped`)).toEqual([]);
    await browser.page.getByRole('heading', { name: 'This invite is not valid' }).waitFor();
    expect(await judged(later.invite.url)).toEqual([]);
    await browser.page.getByRole('heading', { name: 'This invite is not open yet' }).waitFor();
    await browser.page.getByText(/It opens on .*UTC, in 5 hours\./).waitFor();
    await browser.page.screenshot({ path: join(pictures, `invite-early-${colorScheme}.png`) });
  });

  it('axe finds nothing when the name is not good enough, and the field says why', async () => {
    await browser.page.emulateMedia({ colorScheme });
    await browser.page.goto(call.invite.url);
    await browser.page.getByRole('textbox', { name: 'Your name' }).fill('   ');
    await browser.page.getByRole('button', { name: 'Join in the browser' }).click();
    const field = browser.page.locator('input[aria-invalid="true"]');
    await field.waitFor();
    expect(await field.evaluate((input) => document.activeElement === input)).toBe(true);
    const described = await field.evaluate(
      (input) => document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent,
    );
    expect(described).toBe('Enter a name, so that the others know who you are.');
    expect(await axeFindings(browser.page)).toEqual([]);
    await browser.page.screenshot({ path: join(pictures, `invite-name-${colorScheme}.png`) });
  });
});

it('changes its language by a link, and keeps it', async () => {
  await browser.page.goto(call.invite.url);
  await browser.page.getByRole('link', { name: 'Deutsch' }).click();
  await browser.page.getByRole('heading', { name: languages.de.heading }).waitFor();
  await browser.page.getByRole('textbox', { name: 'Ihr Name' }).fill(' ');
  await browser.page.getByRole('button', { name: languages.de.join }).click();
  await browser.page.getByText('Geben Sie einen Namen ein').waitFor();
});

it('can be gone through by keyboard', async () => {
  await browser.page.goto(call.invite.url);
  // The first key may come before the new page has the keyboard.
  await expect
    .poll(async () => {
      await browser.page.keyboard.press('Tab');
      return browser.page.evaluate(() => document.activeElement?.textContent.trim());
    })
    .toBe('Open in Parley');
  await browser.page.keyboard.press('Shift+Tab');
  const names: string[] = [];
  for (let stop = 0; stop < 3; stop += 1) {
    await browser.page.keyboard.press('Tab');
    names.push(
      await browser.page.evaluate(() => {
        const { activeElement } = document;
        return activeElement instanceof HTMLInputElement
          ? activeElement.name
          : (activeElement?.textContent ?? '');
      }),
    );
  }
  expect(names.map((name) => name.trim())).toEqual(['Open in Parley', 'displayName', 'Join in the browser']);
});

it('leads a guest into the room without a script, and its token into no web server', async () => {
  const { page } = browser;
  await browser.scripts(false);
  await page.goto(call.invite.url);
  await page.getByRole('textbox', { name: 'Your name' }).fill('Grace <Hopper>');
  await page.getByRole('button', { name: 'Join in the browser' }).click();
  await page.waitForURL((url) => url.origin === servers.deployment.url);
  const entered = new URL(page.url());
  expect(entered.pathname).toBe(`/${call.room}`);
  expect(entered.hash).toMatch(/^#jwt=%22[\w-]+\.[\w-]+\.[\w-]+%22$/);

  // The meeting page itself needs scripts.
  await browser.scripts(true);
  await page.reload();
  const prejoin = page.getByRole('button', { name: 'Join meeting' });
  await prejoin.click();
  const [guest] = await servers.deployment.waitFor(call.room, (people) => people.length === 1);
  expect(guest).toMatchObject({ displayName: 'Grace <Hopper>' });

  const token = /%22(.*)%22/.exec(entered.hash)?.[1] ?? '';
  const seen = JSON.stringify(servers.deployment.requests);
  expect(seen).not.toContain(token);
  expect(seen).not.toContain('/join/');
  expect(servers.lobby.stderr()).not.toContain(token);
});
