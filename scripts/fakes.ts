/**
 * Starts Telegram and WhatsApp on this machine, and a page to talk there as a member: `npm run fakes`. Prints how to start
 * the program on them. FAKES_PORT is the page's port, 3100 unless said otherwise; 0 takes any free one.
 */
import { z } from 'zod';
import { Desk } from '../tests/fakes/desk/desk.ts';

const port = z.coerce
  .number()
  .int()
  .min(0)
  .max(65_535)
  .safeParse(process.env['FAKES_PORT'] ?? '3100');
if (!port.success) stop('FAKES_PORT takes a whole number from 0 to 65535.');

const desk = await Desk.start({ port: port.data }).catch((error: unknown) => {
  if (error instanceof Error && error.name === 'CannotListen') stop(error.message);
  throw error;
});
const print = (line: string) => process.stdout.write(`${line}\n`);
print(`Talk as a member: ${desk.url}\n`);
print('Start the program on this platform from a second terminal, in the same folder, by one of these:\n');
for (const { what, command } of desk.commands) print(`# ${what}\n${command}\n`);
print('Ctrl-C stops, and deletes what the program has kept.');

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void desk.close().finally(() => process.exit(0)));
}

function stop(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}
