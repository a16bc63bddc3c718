import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterFor, readFilter } from '../../../../lobby/auth/ldapFilter';

describe('LDAP_FILTER', () => {
  it.each([
    ['(uid=%u)', 'ana', '(uid=ana)'],
    ['(&(uid=%u)(memberOf=cn=calls))', 'ana', '(&(uid=ana)(memberOf=cn=calls))'],
    ['(|(mail=%u)(uid=%U))', 'ana@example.com', '(|(mail=ana@example.com)(uid=ana))'],
    ['(&(uid=%U)(dc=%d)(rate=5%%))', 'ana@example.com', '(&(uid=ana)(dc=example.com)(rate=5%))'],
    ['(uid=%u)', '*', '(uid=\\2a)'],
    ['(uid=%u)', '*)(uid=*', '(uid=\\2a\\29\\28uid=\\2a)'],
    ['(uid=%u)', 'a\\b\0', '(uid=a\\5cb\\00)'],
    ['(uid=%u)', '%u%d', '(uid=%u%d)'],
  ])('%s for %j is %s', (filter, user, expected) => {
    expect(filterFor(filter, user)).toBe(expected);
  });

  it.each([
    ['(uid=%u)', '(uid=%u)'],
    ['uid=%u', '(uid=%u)'],
    ['sAMAccountName=%U', '(sAMAccountName=%U)'],
    ['&(uid=%u)(memberOf=cn=calls)', '(&(uid=%u)(memberOf=cn=calls))'],
    ['(&(|(uid=%U)(mail=%u))(!(locked=TRUE)))', '(&(|(uid=%U)(mail=%u))(!(locked=TRUE)))'],
    ['(uid=%u))', undefined],
    ['uid=%u)', undefined],
    ['(uid=%u', undefined],
    ['(%u)', undefined],
    ['(%u=x)', undefined],
    ['%u', undefined],
    ['(uid=%u)(x=y)', undefined],
    ['((uid=%u))', undefined],
    ['(uid=ada)', undefined],
    ['(uid=%d)', undefined],
    ['(uid=%%u)', undefined],
    ['(uid=%u\\zz)', undefined],
  ])('%s is read as %s', (text, filter) => {
    expect(readFilter(text)).toBe(filter);
  });

  it('is never given another form by a name', () => {
    fc.assert(
      fc.property(fc.string(), (user) => {
        const inner = filterFor('(uid=%u)', user).slice('(uid='.length, -1);
        expect(inner).not.toMatch(/[()*\0]/);
        expect(inner.replace(/\\[0-9a-f]{2}/g, '')).not.toContain('\\');
      }),
    );
  });
});
