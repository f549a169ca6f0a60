import type { Environment } from '../../../src/setting.ts';

/** Settings as a program reads them, and the problems that it would tell. */
export function environmentOf(values: Readonly<Record<string, string>>): Environment & { readonly problems: string[] } {
  const problems: string[] = [];
  return {
    problems,
    valueOf({ name, takes, schema }) {
      const text = values[name];
      if (text === undefined || text === '') return undefined;
      const read = schema.safeParse(text);
      if (!read.success) problems.push(`${name} takes ${takes}.`);
      return read.data;
    },
    problem: (line) => void problems.push(line),
  };
}
