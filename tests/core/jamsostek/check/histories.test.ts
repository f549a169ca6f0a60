import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthsLater } from '../../../../src/core/jamsostek/benefits/calendar.ts';
import { lastDayOfDueMonth, newestExpected } from '../../../../src/core/jamsostek/check/deadline.ts';
import { type Finding, isNote } from '../../../../src/core/jamsostek/check/finding.ts';
import type { OnRecord } from '../../../../src/core/jamsostek/check/record.ts';
import { type CleanHistory, cleanHistory, type Draw, daysLater, drawing } from './histories.ts';
import { found, type Job, onRecord, type Paid } from './records.ts';

/** Another one tries other histories. */
const seed = Number(process.env['CHECK_SEED'] ?? 20_261_122);
const numRuns = 1_000;

function recordOf({ jobs, ...history }: CleanHistory, wage?: number): OnRecord {
  return onRecord(jobs, { ...history, ...(wage !== undefined && { wage }) });
}

function faults(record: OnRecord): readonly Finding['is'][] {
  return found(record)
    .filter((each) => !isNote(each))
    .map(({ is }) => is);
}

describe(`the check, with seed ${seed}`, () => {
  it(`finds nothing in ${numRuns} histories in which nothing is wrong`, () => {
    fc.assert(
      fc.property(fc.integer(), (history) => {
        const record = recordOf(cleanHistory(drawing(history)));
        expect(found(record).filter(({ is }) => is !== 'no contributions')).toEqual([]);
      }),
      { seed, numRuns },
    );
  });
});

/** A clean history with one fault; null where there is no place for it. */
type Plant = (history: CleanHistory, draw: Draw) => OnRecord | null;

/** The history with one of its jobs changed. */
function withJob(history: CleanHistory, at: number, change: (job: Job) => Job): CleanHistory {
  return { ...history, jobs: history.jobs.map((job, index) => (index === at ? change(job) : job)) };
}

function withPaid(history: CleanHistory, at: number, change: (paid: readonly Paid[]) => readonly Paid[]): OnRecord {
  return recordOf(withJob(history, at, (job) => ({ ...job, paid: change(job.paid) })));
}

/** One of the jobs that enough was paid for. */
function longJob({ jobs }: CleanHistory, draw: Draw): { readonly at: number; readonly job: Job } | null {
  const at = draw(0, jobs.length - 1);
  const job = jobs[at];
  return job && job.paid.length >= 12 ? { at, job } : null;
}

/** The newest job, while it goes on. */
function presentJob({ jobs }: CleanHistory): { readonly at: number; readonly job: Job } | null {
  const job = jobs.at(-1);
  return job?.active === true && job.paid.length >= 12 ? { at: jobs.length - 1, job } : null;
}

/** Takes out some months in the middle. */
function withoutSome(history: CleanHistory, draw: Draw): OnRecord | null {
  const long = longJob(history, draw);
  if (!long) return null;
  const from = draw(1, long.job.paid.length - 6);
  const count = draw(1, 4);
  return withPaid(history, long.at, (paid) => paid.filter((_, index) => index < from || index >= from + count));
}

const plants: Readonly<Partial<Record<Finding['is'], Plant>>> = {
  missing: withoutSome,
  arrears: (history, draw) => {
    const present = presentJob(history);
    const newest = newestExpected(history.today, history.asOf);
    const last = monthsLater(newest, -draw(1, 6));
    return present && withPaid(history, present.at, (paid) => paid.filter(({ month }) => month <= last));
  },
  late: (history, draw) => {
    const long = longJob(history, draw);
    const index = draw(0, 200);
    const chosen = long?.job.paid[index];
    const until = history.asOf < history.today ? history.asOf : history.today;
    const postedOn = chosen && daysLater(lastDayOfDueMonth(chosen.month), draw(1, 60));
    if (!long || !postedOn || postedOn > until) return null;
    return withPaid(history, long.at, (paid) =>
      paid
        .map(({ month, wage, ...each }, at) => ({ month, wage, postedOn: at === index ? postedOn : each.postedOn }))
        .map(({ postedOn: on, ...each }) => (on ? Object.assign({ postedOn: on }, each) : each)),
    );
  },
  'wage dropped': (history, draw) => {
    const long = longJob(history, draw);
    if (!long) return null;
    const from = draw(2, long.job.paid.length - 3);
    const share = draw(30, 55) / 100;
    return withPaid({ ...history, floors: [] }, long.at, (paid) =>
      paid.map((each, at) =>
        Object.assign({}, each, { wage: each.wage !== null && at >= from ? Math.round(each.wage * share) : each.wage }),
      ),
    );
  },
  'under floor': (history, draw) => {
    const long = longJob(history, draw);
    const chosen = long?.job.paid[draw(0, 200)];
    if (!long || !chosen) return null;
    const year = chosen.month.slice(0, 4);
    const ofYear = long.job.paid.filter(({ month }) => month.startsWith(year));
    if (ofYear.length < 2) return null;
    const floor = Math.max(...ofYear.map(({ wage }) => wage ?? 0)) + draw(1, 1_000_000);
    return recordOf({ ...history, jobs: [long.job], floors: [[Number(year), floor]] });
  },
  'under said': (history, draw) => {
    const present = presentJob(history);
    const wage = present?.job.paid.at(-1)?.wage;
    return wage ? recordOf(history, Math.round(wage * (1.06 + draw(0, 100) / 100))) : null;
  },
  'two employers': (history, draw) => {
    const long = longJob(history, draw);
    if (!long) return null;
    const from = draw(0, long.job.paid.length - 2);
    const other = long.job.paid.slice(from, from + draw(2, 12));
    return recordOf({ ...history, jobs: [...history.jobs, { active: false, paid: other }] });
  },
  'still active': (history) => {
    const newest = newestExpected(history.today, history.asOf);
    const at = history.jobs.length - 2;
    const last = history.jobs[at]?.paid.at(-1)?.month;
    if (last === undefined || monthsLater(last, 3) > newest) return null;
    return recordOf(withJob(history, at, (job) => ({ ...job, active: true })));
  },
  'own months': (history, draw) => {
    const own = {
      ...history,
      jobs: history.jobs.map((job): Job => Object.assign({}, job, { segment: 'BPU' as const })),
    };
    return withoutSome(own, draw);
  },
};

describe.each(Object.entries(plants))(`one fault in a clean history, with seed ${seed}`, (is, plant) => {
  it(`is found, and nothing else: ${is}`, () => {
    let planted = 0;
    fc.assert(
      fc.property(fc.integer(), (start) => {
        const draw = drawing(start);
        const history = cleanHistory(draw, { least: 8, oddMonths: false, employed: true });
        const record = plant(history, draw);
        if (record === null) return;
        planted += 1;
        expect(
          is === 'two employers'
            ? found(record)
                .filter((each) => each.is !== 'no contributions')
                .map((each) => each.is)
            : faults(record),
        ).toEqual([is]);
      }),
      { seed, numRuns: 400 },
    );
    expect(planted).toBeGreaterThan(40);
  });
});
