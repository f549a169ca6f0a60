/** Old-age savings, pension, work accident, death, job loss. */
export const programs = ['JHT', 'JP', 'JKK', 'JKM', 'JKP'] as const;
export type Program = (typeof programs)[number];
