import type { Environment } from '../../../src/setting.ts';

/** An environment with these variables. What is wrong in it is added to `problems`. */
export function environmentOf(variables: Readonly<Record<string, string>>, problems: string[] = []): Environment {
  return {
    valueOf({ name, takes, schema }) {
      const text = variables[name];
      if (text === undefined || text === '') return undefined;
      const read = schema.safeParse(text);
      if (read.success) return read.data;
      problems.push(`${name} takes ${takes}`);
      return undefined;
    },
    problem: (line) => void problems.push(line),
  };
}
