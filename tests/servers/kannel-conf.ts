import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const page = join(import.meta.dirname, '..', '..', 'docs', 'sms.md');

/** The `kannel.conf` of docs/sms.md, so that what is documented is what is tested. */
export function documentedConf(): string {
  const section = readFileSync(page, 'utf8')
    .split('\n## ')
    .find((each) => each.startsWith('Kannel\n'));
  const [, conf, ...rest] = section?.split('\n```') ?? [];
  if (conf === undefined || rest.length !== 1) throw new Error('docs/sms.md has not one block under "## Kannel".');
  return conf.trim();
}

/** A setting's place: `core: admin-port` is the line `admin-port = …` under `group = core`. */
type Values = Readonly<Record<string, string>>;

/** The configuration with other values at these places. Throws when one of them is not there. */
export function withValues(conf: string, values: Values): string {
  const missing = new Set(Object.keys(values));
  let group = '';
  const lines = conf.split('\n').map((line) => {
    const [key = '', value = ''] = line.split(' = ');
    if (key === 'group') group = value;
    const place = `${group}: ${key}`;
    const other = values[place];
    if (other === undefined) return line;
    missing.delete(place);
    return `${key} = ${other}`;
  });
  if (missing.size > 0) throw new Error(`docs/sms.md does not set ${[...missing].join(', ')}.`);
  return lines.join('\n');
}

/** What stands at one of these places. Throws when nothing does. */
export function valueIn(conf: string, group: string, key: string): string {
  const lines = conf.split('\n\n').find((each) => each.startsWith(`group = ${group}\n`));
  const line = lines?.split('\n').find((each) => each.startsWith(`${key} = `));
  if (line === undefined) throw new Error(`docs/sms.md does not set ${group}: ${key}.`);
  return line.slice(`${key} = `.length);
}
