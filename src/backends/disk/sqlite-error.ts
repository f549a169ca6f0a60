/** The code of an error of SQLite (https://www.sqlite.org/rescode.html), without what the upper bytes say more; else 0. */
export function sqliteCode(error: unknown): number {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
}
