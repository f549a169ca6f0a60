import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import type { Log } from '../log.ts';

const report = z.object({ err: z.instanceof(Error) });

/** What the HTTP server reports, as events: the error that it hands over counts, its words and the request do not. */
export function serverLog(log: Log): FastifyBaseLogger {
  const pass = () => undefined;
  const note = (level: 'warn' | 'error' | 'fatal') => (about: unknown) => {
    const found = report.safeParse(about);
    log[level]({ code: 'request.failed', error: found.success ? found.data.err : about });
  };
  const adapter: FastifyBaseLogger = {
    level: 'warn',
    silent: pass,
    trace: pass,
    debug: pass,
    info: pass,
    warn: note('warn'),
    error: note('error'),
    fatal: note('fatal'),
    child: () => adapter,
  };
  return adapter;
}
