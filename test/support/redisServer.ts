import { type ChildServer, startServer } from './childServer';
import { freePort } from './servers';

/** A real Redis on the loopback interface that keeps nothing. */
export async function startRedis(port?: number): Promise<ChildServer & { url: string; port: number }> {
  const at = port ?? (await freePort());
  const args = ['--port', String(at), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = await startServer('redis-server', args, at);
  return { ...server, url: `redis://127.0.0.1:${at}`, port: at };
}
