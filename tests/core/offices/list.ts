import { type Office, readOffices } from '../../../src/core/offices/office.ts';

/** A row that nothing is wrong with. */
export const goodRow = {
  code: 'L00',
  name: 'Kantor Cabang Semarang Pemuda',
  type: 'KC',
  address: 'Jl. Pemuda No. 130',
  city: 'Kota Semarang',
  province: 'Jawa Tengah',
  phone: '(024) 3520279',
  latitude: '-7.03333',
  longitude: '110.38333',
  coord_precision: 'city',
  confidence: 'high',
};

/** The offices of rows that differ from the good one by these fields; each needs a name of its own. */
export function officesOf(...rows: readonly Partial<typeof goodRow>[]): readonly Office[] {
  const { offices, problems } = readOffices(
    rows.map((row, index) => Object.assign({}, goodRow, { code: '', name: `Kantor ${index}` }, row)),
  );
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return offices;
}
