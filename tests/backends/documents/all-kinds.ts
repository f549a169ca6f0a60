/** Makes one of each kind by the worker, and says of what type they are: for a process that may not write to a disk. */
import { workerDocuments } from '../../../src/backends/documents/documents.ts';
import { branded } from '../../../src/core/brand.ts';
import type { Nik } from '../../../src/core/jamsostek/nik.ts';
import { asOf, cardContent, months, years } from './content.ts';

const made = workerDocuments();
const { language, name, maskedNik, membership } = cardContent;
const files = await Promise.all([
  made.card(cardContent),
  made.balanceChart({ language, asOf, points: years(1e6) }),
  made.contributionChart({ language, points: months(1e5) }),
  made.lossStatement({ language, day: asOf, holder: null }),
  made.statement({
    language,
    name,
    maskedNik,
    password: branded<Nik>('3201014101900001'),
    year: 2026,
    asOf,
    day: asOf,
    memberships: [],
    contributions: [],
    address: null,
  }),
  made.letter({
    language,
    to: 'agency',
    day: asOf,
    name,
    kpj: membership.kpj,
    employer: membership.employer,
    findings: [],
    translated: [],
  }),
]);
process.stdout.write(files.map(({ type }) => type).join(' '));
