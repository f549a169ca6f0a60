import { type HttpOptions, httpServer, listen, type Place } from '../http.ts';
import type { Log } from '../log.ts';
import type { Metrics, MetricsOptions } from '../metrics/metrics.ts';
import { serverLog } from './server-log.ts';

export interface MetricsServerOptions extends MetricsOptions {
  /** Null when metrics are off: then nothing is counted, and nothing listens. */
  readonly place: Place | null;
  readonly ready: HttpOptions['ready'];
  readonly log: Log;
}

export interface MetricsServer {
  readonly watch: Metrics['watch'];
  readonly report: Metrics['report'];
  close(): Promise<void>;
}

/**
 * Serves `/metrics`, and `/healthz` and `/readyz` beside it, on a listener of its own: what is told here is no concern of
 * members, and no load of theirs can keep it from being told. Throws `CannotListen`.
 */
export async function serveMetrics({ place, ready, log, ...options }: MetricsServerOptions): Promise<MetricsServer> {
  if (!place) return { watch: () => undefined, report: () => undefined, close: async () => undefined };
  // Loaded only where it is used: it makes a start longer.
  const { metrics } = await import('../metrics/metrics.ts');
  const figures = metrics(options);
  const app = httpServer({ ready, log: serverLog(log), trustProxy: false });
  app.get('/metrics', async (_request, reply) =>
    reply
      .header('cache-control', 'no-store')
      .type(figures.contentType)
      .send(await figures.text()),
  );
  const address = await listen(app, place, 'METRICS_');
  log.info({ code: 'metrics.listening', port: Number(new URL(address).port) });
  return { watch: figures.watch, report: figures.report, close: () => app.close() };
}
