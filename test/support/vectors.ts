/**
 * Test vectors made by others. They stand beside the repository, not in it: in `../shared/vectors`, or in the folder that
 * `PARLEY_TEST_VECTORS` names.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JWK } from 'jose';
import { z } from 'zod';

const beside = fileURLToPath(new URL('../../../shared/vectors', import.meta.url));
const named = process.env['PARLEY_TEST_VECTORS'];
const folder = named === undefined || named === '' ? beside : resolve(named);

/** Whether they are there; tests that need them are skipped without, which is said once in a line. */
export const haveVectors = existsSync(join(folder, 'json_web_signature_test.json'));
if (!haveVectors)
  console.warn(`No test vectors in ${folder}: their tests are skipped (PARLEY_TEST_VECTORS).`);

const Key = z.looseObject({ kty: z.string() }).transform((key) => key as JWK & { kty: string });
const KeySet = z.object({ keys: z.array(Key) });
const Test = z.object({
  tcId: z.number(),
  comment: z.string(),
  flags: z.array(z.string()),
  result: z.enum(['valid', 'invalid']),
  jws: z.string(),
});

const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));

/** One key of Wycheproof, and texts that claim to be signed with it. */
const SignatureGroup = z.object({
  public: Key.optional(),
  private: Key,
  tests: z.array(Test.extend({ jws: z.unknown() })),
});
export type SignatureGroup = z.infer<typeof SignatureGroup>;

export const signatureGroups = (): readonly SignatureGroup[] =>
  z.object({ testGroups: z.array(SignatureGroup) }).parse(read('json_web_signature_test.json')).testGroups;

/** A key set of Wycheproof, good or weak. */
const KeyGroup = z.object({
  comment: z.string(),
  public: KeySet.optional(),
  private: KeySet,
  tests: z.array(Test),
});
export type KeyGroup = z.infer<typeof KeyGroup>;

export const keyGroups = (): readonly KeyGroup[] =>
  z.object({ testGroups: z.array(KeyGroup) }).parse(read('json_web_key_test.json')).testGroups;

/** An example of the JOSE cookbook (RFC 7520). */
const Example = z.object({
  input: z.object({ key: Key }),
  output: z.object({ compact: z.string() }),
});
export const cookbook = (name: string) => Example.parse(read(name));
