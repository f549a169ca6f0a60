/**
 * Starts Telegram, WhatsApp and telephones with SMS on this machine, and a page to talk there as a member: `npm run fakes`.
 * Prints how to start the program on them. FAKES_PORT is the page's port, 3100 unless said otherwise; 0 takes any free one.
 * PORT is the one that the program listens on, as the program itself reads it.
 */
import { z } from 'zod';
import { standardPort } from '../src/setting.ts';
import { Desk } from '../tests/fakes/desk/desk.ts';

const port = portIn('FAKES_PORT', 3_100, 0);
const program = portIn('PORT', standardPort, 1);

const desk = await Desk.start({ port, program }).catch((error: unknown) => {
  if (error instanceof Error && error.name === 'CannotListen') stop(error.message);
  throw error;
});
const print = (line: string) => process.stdout.write(`${line}\n`);
print(`Talk as a member: ${desk.url}\n`);
print('Start the program on this platform from a second terminal, in the same folder, by one of these:\n');
for (const { what, command } of desk.commands) print(`# ${what}\n${command}\n`);
print('SMS is on in each of them, with nothing to install; docs/sms.md has a real gateway.');
print('Ctrl-C stops, and deletes what the program has kept.');

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void desk.close().finally(() => process.exit(0)));
}

function portIn(name: string, standard: number, least: number): number {
  const port = z.coerce
    .number()
    .int()
    .min(least)
    .max(65_535)
    .safeParse(process.env[name] ?? standard);
  return port.success ? port.data : stop(`${name} takes a whole number from ${least} to 65535 here.`);
}

function stop(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}
