import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { KEY_SIZES, type KeySize, writeKeyPair } from './keyPair';
import { keyServerName } from './signingKey';
import { StartFailure } from '../startFailure';
import type { Output } from '../tools/commands';
import { DirectoryKeyId } from './keyIndex';
import { SIGNS_AFTER } from './loadKeys';
import { rotateKeys } from './rotateKeys';

interface Options {
  bits: string;
  rotate?: true;
  kid?: string;
  adopt?: { kid: string; file: string };
}

/** `keygen FILE`, and `keygen --rotate DIR`. */
export function addKeygenCommand(root: Command, { result, hint }: Output): void {
  root
    .command('keygen')
    .description(
      'make the RSA key that signs room tokens: FILE (mode 0600) and FILE.pub; or, with --rotate, the next one of a directory',
    )
    .argument('<FILE|DIR>', 'where to write the private key; nothing there is ever replaced')
    .addOption(
      new Option('--bits <number>', 'key size; 4096 costs a lobby 7 to 15 times the work for each token')
        .choices(KEY_SIZES.map(String))
        .default('2048'),
    )
    .option('--rotate', 'add a key to the directory DIR, which a lobby with JITSI_RSA_JWT_KEY_DIR follows')
    .option('--kid <id>', 'with --rotate: id of the new key; without it, one made up from the date', keyId)
    .option('--adopt <kid=file>', 'with --rotate: a key that signs so far becomes the first one', keyAndFile)
    .action(async (place: string, { bits, rotate, kid, adopt }: Options) => {
      const size = Number(bits) as KeySize;
      if (rotate !== true) {
        if (kid !== undefined || adopt !== undefined)
          throw new StartFailure('--kid and --adopt go with --rotate; the id of a single key is JWT_KEY_ID.');
        const { publicFile } = await writeKeyPair(place, size);
        result(`${place}\n${publicFile}`);
        hint(`Let the lobby use it: export JITSI_RSA_JWT_KEY_FILE="${resolve(place)}"`);
        return;
      }
      const made = await rotateKeys(place, { bits: size, kid, adopt }, new Date());
      result(made.kid);
      hint(
        made.first
          ? `The first key. Let the lobby use the directory: export JITSI_RSA_JWT_KEY_DIR="${resolve(place)}"`
          : `Lobbies on ${resolve(place)} publish it within seconds and sign with it in ${SIGNS_AFTER}. The key before ` +
              'stays published until its last token has ended.',
      );
      hint(`Prosody fetches it when the first token of it comes: ${keyServerName(made.kid)}.pem`);
      for (const old of made.retired) hint(`Taken away: ${old}. Nothing signed by it is good any more.`);
    });
}

function keyId(text: string): string {
  const parsed = DirectoryKeyId.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`A key id ${parsed.error.issues[0]?.message ?? ''}.`);
}

function keyAndFile(text: string): { kid: string; file: string } {
  const [, kid, file] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (kid === undefined || file === undefined)
    throw new InvalidArgumentError(
      'It takes the id and the file of a key, as in CWMKey=/etc/parley/key.pem.',
    );
  return { kid: keyId(kid), file };
}
