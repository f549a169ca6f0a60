/**
 * Where members reach people. As of 2026-11-22; the numbers are the agencies' own and are checked before each release.
 * Sources: the agency's site (bpjsketenagakerjaan.go.id/kontak.html); BPJS Kesehatan's site for its Care Center.
 * Opening hours are left out: no source that is certain was found.
 */
export const contacts = {
  /** BPJS Ketenagakerjaan's call center; before 2020 it was 1500910. */
  callCenter: '175',
  email: 'care@bpjsketenagakerjaan.go.id',
  /** The health insurer's Care Center, for those who meant the other BPJS. */
  healthCareCenter: '165',
} as const;
