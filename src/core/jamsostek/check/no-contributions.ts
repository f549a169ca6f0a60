import type { Finding } from './finding.ts';
import type { Held } from './record.ts';

/**
 * An active number without any JHT contribution: normal in construction, a choice for BPU and PMI, and for who is employed
 * either the first months or an employer that only pays for accidents and death.
 *
 * Source: Perpres 109/2013 art. 6; Permenaker 5/2021 art. 31–32; Permenaker 4/2023.
 */
export function noContributions({ membership: { kpj, segment, active }, paid }: Held): readonly Finding[] {
  return active && paid.length === 0 ? [{ is: 'no contributions', kpj, segment }] : [];
}
