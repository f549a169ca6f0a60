import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOffices } from '../../../src/core/offices/office.ts';
import { goodRow } from './list.ts';

const wrongWith = (fields: Partial<Record<keyof typeof goodRow, string>>) =>
  readOffices([{ ...goodRow, ...fields }]).problems.map(({ wrong }) => wrong);

describe('a list of offices', () => {
  it('is read into offices', () => {
    expect(readOffices([goodRow])).toEqual({
      offices: [
        {
          code: 'L00',
          name: 'Kantor Cabang Semarang Pemuda',
          kind: 'branch',
          address: 'Jl. Pemuda No. 130',
          area: {
            code: '33.74',
            name: 'Kota Semarang',
            label: 'Kota Semarang',
            area: 'Semarang',
            province: { code: '33', name: 'Jawa Tengah' },
          },
          province: { code: '33', name: 'Jawa Tengah' },
          phone: '(024) 3520279',
          latitude: -7.03333,
          longitude: 110.38333,
          precision: 'city',
          certain: true,
        },
      ],
      problems: [],
    });
  });

  it('tells a city from the regency of its name', () => {
    const [office] = readOffices([{ ...goodRow, city: 'Kab. Semarang' }]).offices;
    expect(office?.area).toMatchObject({ code: '33.22', label: 'Kab. Semarang', area: 'Semarang' });
  });

  it('takes an empty code, address and phone for not known', () => {
    const [office] = readOffices([{ ...goodRow, code: '', address: ' ', phone: '' }]).offices;
    expect(office).toMatchObject({ code: null, address: null, phone: null });
  });

  it.each([
    ['high', true],
    ['Medium', true],
    ['low', false],
  ])('takes an office of %s confidence for certain: %s', (confidence, certain) => {
    expect(readOffices([{ ...goodRow, confidence }]).offices[0]?.certain).toBe(certain);
  });

  it.each([
    ['KC', 'branch'],
    ['KCP', 'pioneer'],
    ['Kanwil', 'regional'],
    ['Pusat', 'head'],
    ['kcp', 'pioneer'],
  ])('takes %s for %s', (type, kind) => {
    expect(readOffices([{ ...goodRow, type }]).offices[0]?.kind).toBe(kind);
  });

  it.each([
    [{ city: 'Kota Gotham' }, 'city: "Kota Gotham" is no city or regency'],
    [{ city: '' }, 'city: "" is no city or regency'],
    [{ city: 'Semarang' }, 'city: "Semarang" can be Kab. Semarang or Kota Semarang'],
    [{ city: 'Kota Bandung' }, 'city: "Kota Bandung" does not lie in Jawa Tengah'],
    [{ province: 'Jawa' }, 'province: "Jawa" is no province'],
    [{ latitude: '51.5' }, 'latitude: 51.5 lies outside Indonesia, -11.1 to 6.2'],
    [{ latitude: '110.38333' }, 'latitude: 110.38333 lies outside Indonesia, -11.1 to 6.2'],
    [{ longitude: '-110' }, 'longitude: -110 lies outside Indonesia, 94.9 to 141.1'],
    [{ latitude: '-7,03' }, 'latitude: "-7,03" is no number of degrees'],
    [{ latitude: '' }, 'latitude: "" is no number of degrees'],
    [{ longitude: '1e2' }, 'longitude: "1e2" is no number of degrees'],
    [{ type: 'Toko' }, 'type: "Toko" is none of KC, KCP, Kanwil, Pusat'],
    [{ type: 'constructor' }, 'type: "constructor" is none of KC, KCP, Kanwil, Pusat'],
    [{ confidence: 'sure' }, 'confidence: "sure" is none of high, medium, low'],
    [{ coord_precision: '' }, 'coord_precision: "" is none of office, city, regency'],
    [{ name: '  ' }, 'name: is empty'],
    [{ phone: 'tidak ada' }, 'phone: "tidak ada" is no phone number'],
    [{ phone: '(024) 12' }, 'phone: "(024) 12" is no phone number'],
    [{ phone: '024 3520279 / 3520280' }, 'phone: "024 3520279 / 3520280" is no phone number'],
  ])('leaves a row out and says why: %j', (fields, wrong) => {
    expect(wrongWith(fields)).toEqual([wrong]);
    expect(readOffices([{ ...goodRow, ...fields }]).offices).toEqual([]);
  });

  it.each(['0536-3235849', '+62 24 3520279', '0812.3456.7890', '(0513) 2021061'])(
    'takes %s for a phone number',
    (phone) => {
      expect(wrongWith({ phone })).toEqual([]);
    },
  );

  it('says of everything that is wrong with a field, and with which', () => {
    expect(wrongWith({ latitude: 'x', phone: 'y' })).toEqual([
      'phone: "y" is no phone number',
      'latitude: "x" is no number of degrees',
    ]);
  });

  it('takes the first of two with one code or one name, however they are written', () => {
    const rows = [
      goodRow,
      { ...goodRow, name: 'Kantor Cabang Lain', code: 'l00' },
      { ...goodRow, name: 'KANTOR CABANG  SEMARANG PEMUDA', code: 'L99' },
      { ...goodRow, name: 'Kantor Cabang Tanpa Kode', code: '' },
      { ...goodRow, name: 'Kantor Cabang Tanpa Kode Juga', code: '' },
      { ...goodRow, name: 'Kantor Cabang Kode Bebas', code: 'L99' },
    ];
    const { offices, problems } = readOffices(rows);
    expect(problems).toEqual([
      { row: 2, wrong: 'the code is that of "Kantor Cabang Semarang Pemuda", which stands before it' },
      { row: 3, wrong: 'the name is that of "Kantor Cabang Semarang Pemuda", which stands before it' },
    ]);
    expect(offices).toHaveLength(4);
  });

  it('lets a code be used again whose row could not be', () => {
    const { offices, problems } = readOffices([{ ...goodRow, city: 'Gotham' }, goodRow]);
    expect(problems.map(({ row }) => row)).toEqual([1]);
    expect(offices).toHaveLength(1);
  });

  it('says once of a column that it is not there, and uses nothing', () => {
    const { phone, ...without } = goodRow;
    expect(readOffices([without, without])).toEqual({
      offices: [],
      problems: [{ row: 0, wrong: 'there is no column "phone"' }],
    });
    expect(phone).not.toBe('');
    expect(readOffices([]).problems).toEqual([{ row: 0, wrong: 'there are no rows' }]);
  });

  it('uses the good rows, names the bad ones, and never throws', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('KC', 'low', '-7.1', '110', 'Kota Semarang', 'Jawa Tengah'));
    const bad = fc.record({
      code: cell,
      name: cell,
      type: cell,
      address: cell,
      city: cell,
      province: cell,
      phone: cell,
      latitude: cell,
      longitude: cell,
      coord_precision: cell,
      confidence: cell,
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(bad, fc.constant(goodRow)), { minLength: 1 }), (rows) => {
        const { offices, problems } = readOffices(rows);
        const named = new Set(problems.map(({ row }) => row));
        expect(offices.length + named.size).toBe(rows.length);
        const first = rows.indexOf(goodRow);
        expect(first === -1 || !named.has(first + 1)).toBe(true);
      }),
    );
  });
});
