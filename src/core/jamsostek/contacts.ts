/**
 * Where members reach people, as of 2026-11-22. Opening hours are left out: no source that is certain was found.
 */
export const contacts = {
  /** BPJS Ketenagakerjaan's call center. Source: idxchannel, and others since; it took the place of 1500910. */
  callCenter: '175',
  /** Source: the agency's own pages, and everybody who quotes them. */
  email: 'care@bpjsketenagakerjaan.go.id',
  /** The Care Center of BPJS Kesehatan, for those who meant the other BPJS. Source: its own announcements. */
  healthCareCenter: '165',
} as const;
