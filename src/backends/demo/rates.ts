/**
 * What a year's JHT growth is reckoned with, as a fraction of the balance. Known (press reports of the credited rate):
 * 2016 7.19 %, 2020 5.63 %, 2025 5.51 %. For every other year {@link assumedGrowth} stands in.
 */
const knownGrowth: Readonly<Record<number, number>> = { 2016: 0.0719, 2020: 0.0563, 2025: 0.0551 };

/** Invented for demo members: the rates of the other years were not found, and this one must never be shown as theirs. */
const assumedGrowth = 0.055;

export function growthRate(year: number): number {
  return knownGrowth[year] ?? assumedGrowth;
}

/**
 * How high wages were, as a fraction of 2025. Invented for demo members, in the shape that minimum wages have had:
 * steep after 2012, flat in 2021.
 */
const wageLevels: Readonly<Record<number, number>> = {
  2001: 0.08,
  2002: 0.11,
  2003: 0.117,
  2004: 0.124,
  2005: 0.132,
  2006: 0.152,
  2007: 0.167,
  2008: 0.18,
  2009: 0.198,
  2010: 0.207,
  2011: 0.239,
  2012: 0.283,
  2013: 0.408,
  2014: 0.452,
  2015: 0.5,
  2016: 0.574,
  2017: 0.622,
  2018: 0.676,
  2019: 0.73,
  2020: 0.792,
  2021: 0.8,
  2022: 0.86,
  2023: 0.908,
  2024: 0.939,
  2025: 1,
};
const yearlyRaise = 1.06;

function wageLevel(year: number): number {
  const level = wageLevels[year];
  if (level !== undefined) return level;
  return year < 2001 ? 0.07 : yearlyRaise ** (year - 2025);
}

/** Where somebody works: what a plausible minimum wage was there in 2025, in rupiah a month. Invented, rounded. */
const minimumWages = { high: 5_300_000, middle: 3_600_000, low: 2_250_000 };
export type WageRegion = keyof typeof minimumWages;
export const wageRegions: readonly WageRegion[] = ['high', 'middle', 'low'];

/** A month's wage in whole thousands of rupiah: so many times the region's minimum of that year. */
export function demoWage(region: WageRegion, times: number, year: number): number {
  return Math.round((minimumWages[region] * times * wageLevel(year)) / 1_000) * 1_000;
}

/** What the registry calls the region: as no agency calls one of its own. */
export function regionName(region: WageRegion): string {
  return `demo ${region}`;
}
