/**
 * Writes `src/core/areas/areas.json`, the provinces and regencies of Indonesia, from the published data set
 * idn-area-data (ODbL): `npm run areas`. To be run when that package is raised; a test says when it is due.
 */
import { writeFileSync } from 'node:fs';
import { getProvinces, getRegencies } from 'idn-area-data';

/** The file's text, as it should be. */
export async function areas(): Promise<string> {
  const named = (rows: readonly { code: string; name: string }[]) =>
    Object.fromEntries(rows.map(({ code, name }) => [code, name]));
  const [provinces, regencies] = await Promise.all([getProvinces(), getRegencies()]);
  return `${JSON.stringify({ provinces: named(provinces), regencies: named(regencies) }, null, 2)}\n`;
}

if (import.meta.main) {
  const file = new URL('../src/core/areas/areas.json', import.meta.url);
  writeFileSync(file, await areas());
  process.stdout.write('Wrote src/core/areas/areas.json\n');
}
