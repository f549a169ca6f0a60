import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FakeOperator } from '../fakes/sms/operator.ts';
import { documentedConf, valueIn, withValues } from './kannel-conf.ts';
import { findKannel } from './kannel-program.ts';
import { end, endWithThisProcess, freePort, isRunning } from './process.ts';

export { findKannel } from './kannel-program.ts';

/** Kannel's programs: the one that talks to the operator, and the one that talks to us. */
export type Box = 'bearerbox' | 'smsbox';

/** What a rig needs. */
export interface KannelOptions {
  readonly operator: FakeOperator;
  /** Our web server's address, without a slash at its end, and the secret that texts are handed to us with. */
  readonly webhook: { readonly url: string; readonly secret: string };
}

/** A Kannel of this test's own, bound to a fake operator, on free ports, with its files in a temporary folder. */
export interface Kannel {
  /** Where it takes texts to be sent. */
  readonly sendUrl: string;
  readonly username: string;
  readonly password: string;
  /**
   * Ends a box by SIGKILL; gone when it resolves. An smsbox whose bearerbox is gone ends by itself, and would start again
   * ten seconds later: here it is ended in between.
   */
  kill(box: Box): Promise<void>;
  /**
   * Starts a box again, with the same ports and the same spool; it takes work when it resolves. With the bearerbox comes
   * the smsbox that ended with it. Whether the operator is bound by then is for the operator to say.
   */
  start(box: Box): Promise<void>;
  /** What both have said, warnings and worse. Unlike their log files, it may hold numbers and the secret. */
  log(): string;
  /** What stands in the files that the documented configuration has them log to. */
  logFiles(): string;
  /** Ends both, and removes their files. */
  stop(): Promise<void>;
}

const username = 'jamsostek';
const password = 's3nd';
const statusPassword = 'st4tus';

/**
 * Starts Kannel with the configuration of docs/sms.md; it is bound to the operator when this resolves, in some two
 * seconds. Throws where {@link findKannel} finds none.
 */
export async function startKannel(options: KannelOptions): Promise<Kannel> {
  const folder = mkdtempSync(join(tmpdir(), 'kannel-'));
  mkdirSync(join(folder, 'spool'));
  const [adminPort, boxPort, sendPort] = [await freePort(), await freePort(), await freePort()];
  writeFileSync(join(folder, 'kannel.conf'), confFor(options, { folder, adminPort, boxPort, sendPort }));

  const sendUrl = `http://127.0.0.1:${sendPort}/cgi-bin/sendsms`;
  const statusUrl = `http://127.0.0.1:${adminPort}/status.txt?password=${statusPassword}`;
  const boxes = new Map<Box, ChildProcess>();
  const said: string[] = [];
  let wentAlong = false;
  /** Whether it answers on its own port, and for an smsbox, whether the bearerbox knows it. */
  const works = async (box: Box): Promise<boolean> => {
    const status = await answerOf(statusUrl);
    if (status === null || box === 'bearerbox') return status !== null;
    return status.includes('smsbox:') && (await answerOf(sendUrl)) !== null;
  };
  const kannel: Kannel = {
    sendUrl,
    username,
    password,
    async kill(box) {
      const running = boxes.get(box);
      if (running === undefined || !isRunning(running)) return;
      await end(running, 'SIGKILL');
      const smsbox = boxes.get('smsbox');
      if (box === 'smsbox' || smsbox === undefined || !isRunning(smsbox)) return;
      await finished(smsbox);
      await end(smsbox, 'SIGKILL');
      wentAlong = true;
    },
    async start(box) {
      const running = run(box, folder, said);
      boxes.set(box, running);
      while (!(await works(box))) {
        if (!isRunning(running)) throw new Error(`${box} did not start: ${said.join('')}`);
        await pause(20);
      }
      if (!wentAlong) return;
      wentAlong = false;
      await kannel.start('smsbox');
    },
    log: () => said.join(''),
    logFiles: () => (['bearerbox', 'smsbox'] as const).map((box) => readFileSync(logOf(box, folder), 'utf8')).join(''),
    async stop() {
      await kannel.kill('smsbox');
      await kannel.kill('bearerbox');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await kannel.start('bearerbox');
    await kannel.start('smsbox');
    await options.operator.bound();
    return kannel;
  } catch (error) {
    await kannel.stop();
    throw error;
  }
}

interface Places {
  readonly folder: string;
  readonly adminPort: number;
  readonly boxPort: number;
  readonly sendPort: number;
}

/** The documented configuration, with the rig's own ports, folder, secrets and addresses. */
function confFor({ operator, webhook }: KannelOptions, { folder, adminPort, boxPort, sendPort }: Places): string {
  const documented = documentedConf();
  const changed = withValues(documented, {
    'core: admin-port': String(adminPort),
    'core: admin-password': 'adm1n',
    'core: status-password': statusPassword,
    'core: smsbox-port': String(boxPort),
    'core: log-file': logOf('bearerbox', folder),
    'core: store-location': join(folder, 'spool'),
    'smsc: host': '127.0.0.1',
    'smsc: port': String(operator.port),
    'smsc: smsc-username': operator.account.username,
    'smsc: smsc-password': operator.account.password,
    'smsbox: sendsms-port': String(sendPort),
    'smsbox: log-file': logOf('smsbox', folder),
    'sendsms-user: username': username,
    'sendsms-user: password': password,
    'sms-service: post-url': addressedTo(webhook, valueIn(documented, 'sms-service', 'post-url')),
  });
  return `${changed}\n`;
}

/** The documented address of ours, with the test's own server and secret in it. */
function addressedTo({ url, secret }: KannelOptions['webhook'], documented: string): string {
  const changed = documented.replace('"http://127.0.0.1:3000/', `"${url}/`).replace('key=CHANGE&', `key=${secret}&`);
  if (!changed.startsWith(`"${url}/sms/messages?key=${secret}&`)) {
    throw new Error(`docs/sms.md has another post-url: ${documented}`);
  }
  return changed;
}

function run(box: Box, folder: string, said: string[]): ChildProcess {
  const program = findKannel();
  if (program === null) throw new Error('There is no Kannel here.');
  const libraries = [...program.libraries, process.env['LD_LIBRARY_PATH'] ?? ''].filter((each) => each !== '');
  const started = spawn(program[box], ['-v', '2', join(folder, 'kannel.conf')], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...(libraries.length > 0 && { LD_LIBRARY_PATH: libraries.join(delimiter) }) },
  });
  endWithThisProcess(started, 'KILL');
  started.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  return started;
}

/**
 * An smsbox whose bearerbox is gone finishes what it does, until only its first thread is left. A request that hangs
 * keeps it longer: then a second is enough.
 */
async function finished(smsbox: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 50 && threads(smsbox) > 1; tries += 1) await pause(20);
}

function threads({ pid }: ChildProcess): number {
  const folder = `/proc/${pid}/task`;
  return existsSync(folder) ? readdirSync(folder).length : 0;
}

const logOf = (box: Box, folder: string) => join(folder, `${box}.log`);

/** What is answered at the address, whatever the status; null when nobody answers. */
async function answerOf(url: string): Promise<string | null> {
  try {
    const response = await fetch(url);
    return await response.text();
  } catch {
    return null;
  }
}
