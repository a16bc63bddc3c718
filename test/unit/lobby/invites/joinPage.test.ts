import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html } from '../../../../lobby/invites/html';
import { invitationPage } from '../../../../lobby/invites/joinPage';
import { JOIN_STYLE, joinPolicy } from '../../../../lobby/invites/joinStyle';
import { room } from '../tokens';

const page = (name: string) =>
  invitationPage('en', {
    room,
    appLink: 'parley://join?lobby=https%3A%2F%2Flobby.example.com&invite=i.n.v&room=brisk-otter-maple-quill',
    host: 'meet.example.com',
    refused: { name, fault: 'nameTooLong' },
  });

describe('a template of HTML', () => {
  it('escapes what is filled in, once', () => {
    const name = `<b a="1" b='2'>&amp;`;
    expect(html`<i title="${name}">${name}</i>`.text).toBe(
      '<i title="&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;">&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;</i>',
    );
    expect(html`${html`<b>${'<'}</b>`}${[html`<i></i>`, html`<u></u>`]}${undefined}${false}`.text).toBe(
      '<b>&lt;</b><i></i><u></u>',
    );
  });
});

describe('the page of an invite', () => {
  it('has the same tags whatever name was sent', () => {
    const tags = (text: string) => text.match(/<[^>]*/g)?.map((tag) => tag.replace(/value="[^"]*"/, ''));
    const expected = tags(page('Ada'));
    const names = fc.string({ unit: fc.constantFrom(...'<>&"\'/=! aZ`\n'.split('')) });
    fc.assert(
      fc.property(names, (name) => {
        expect(tags(page(name))).toEqual(expected);
      }),
    );
  });

  it('is allowed the very style that stands in it, and forms to the lobby and the deployment alone', () => {
    const [, style = ''] = /<style>([^]*)<\/style>/.exec(page('Ada')) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(joinPolicy('https://meet.example.com/base')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self' https://meet.example.com; ` +
        "base-uri 'none'; frame-ancestors 'none'",
    );
    expect(joinPolicy(undefined)).toContain("form-action 'none'");
  });

  it("has the app's colours", async () => {
    const tokens = await readFile(new URL('../../../../renderer/tokens.css', import.meta.url), 'utf8');
    const colours = (css: string) =>
      css
        .split('@media (prefers-color-scheme: dark)')
        .map(
          (theme) =>
            new Map(
              [...theme.matchAll(/(--[\w-]+): (#\w{6})/g)].map(([, token = '', colour]) => [token, colour]),
            ),
        );
    const [light, dark] = colours(tokens);
    const ours = colours(JOIN_STYLE);
    expect(ours.map(({ size }) => size)).toEqual([9, 9]);
    for (const [token, colour] of ours[0] ?? []) expect([token, light?.get(token)]).toEqual([token, colour]);
    for (const [token, colour] of ours[1] ?? []) expect([token, dark?.get(token)]).toEqual([token, colour]);
  });
});
