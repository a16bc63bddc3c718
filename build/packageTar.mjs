// @ts-check
/** `npm run package:tar`: the app as a tar.gz for Linux, to be unpacked anywhere. */
import path from 'node:path';
import { ROOT } from './appBuild.mjs';
import { runScript, tell } from './launch.mjs';
import { makeUnpackedApp } from './unpackedApp.mjs';

await runScript(async () => {
  const { folder, program, version, arch } = await makeUnpackedApp();
  const { create } = await import('tar');
  const name = `${program}-${version}-linux-${arch}`;
  const file = path.join(ROOT, 'dist', `${name}.tar.gz`);
  // Portable: whose files they were on this machine is nobody's business.
  await create({ file, gzip: true, portable: true, cwd: folder, prefix: name }, ['.']);
  tell(file);
  return 0;
});
