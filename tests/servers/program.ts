import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether the program at this path can be run. */
export function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of the first program on the PATH that has one of these names; null when there is none. */
export function onPath(...names: readonly string[]): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(runs) ?? null;
}
