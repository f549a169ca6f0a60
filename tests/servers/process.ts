import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * However this process ends, be it by `kill -9`, the server does not outlive it: a watcher sees its input end, and
 * sends the server this signal.
 */
export function endWithThisProcess(server: ChildProcess, signal: 'KILL' | 'QUIT'): void {
  const script = 'cat; kill -CONT "$0"; kill -"$1" "$0"';
  const watcher = spawn('/bin/sh', ['-c', script, String(server.pid), signal], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.unref();
  server.once('exit', () => watcher.kill('SIGKILL'));
}

export function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

/** Sends the signal and resolves when the process has ended; at once when it has ended before. */
export async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (!isRunning(server)) return;
  const ended = once(server, 'exit');
  server.kill(signal);
  await ended;
}

/** A port of the loopback address that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}
