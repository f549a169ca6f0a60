import { systemClock } from '../backends/system/clock.ts';
import { membersTable } from '../bots/terminal/members.ts';
import { words } from '../bots/terminal/words.ts';
import { shownMembers } from './demo.ts';

/** Prints the demo members: a table for people, one line of JSON each for scripts. */
export function members({ json }: { readonly json: boolean }): void {
  const shown = shownMembers(systemClock().now());
  const lines = json ? shown.map((member) => JSON.stringify(member)) : membersTable(shown, words.en);
  process.stdout.write(`${lines.join('\n')}\n`);
}
