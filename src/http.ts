import type { Socket } from 'node:net';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  LogController,
} from 'fastify';
import { second } from './core/time.ts';

/** Bytes of a request's body; a longer one is answered with 413. A route may ask for less, never for more. */
export const bodyCap = 64 * 1_024;

/** Bytes of a request's line and headers together; more is answered with 431. */
const headerCap = 16 * 1_024;

/** Connections at a time, event streams included: far above use, below what a process may have open. */
const connectionCap = 4_000;

/** How long a slow client is waited for, in milliseconds; after that 408 and the connection is closed. */
interface HttpTimeouts {
  /** Until all headers are there. */
  readonly headers: number;
  /** Until all of the request is there. */
  readonly request: number;
  /** A connection on which nothing moves, in either direction. */
  readonly idle: number;
  /** How often the first two are looked at. */
  readonly check: number;
}

const defaultTimeouts: HttpTimeouts = {
  headers: 5 * second,
  request: 10 * second,
  idle: 60 * second,
  check: 1 * second,
};

/** A part that has not answered by then counts as not ready. */
const readyTimeout = 1 * second;

/** What is still open after this is cut, so that a stop takes less than two seconds. */
const stopGrace = 1 * second;

export interface HttpOptions {
  /** What has to work for the program to be of use, by name. False, throwing and not answering all mean "not ready". */
  readonly ready: Readonly<Record<string, () => Promise<boolean>>>;
  /** How the channels stand, by name, told beside it: a platform that is away is no reason to take this process away. */
  readonly channels?: () => Readonly<Record<string, string>>;
  /** Told of what fails, as `{ err }`; keeps to itself what an error's message may quote. */
  readonly log: FastifyBaseLogger;
  /**
   * Whose `X-Forwarded-*` headers are believed: nobody's (`false`), everybody's (`true`, only where nothing but the
   * load balancer reaches this port), or these addresses and networks.
   */
  readonly trustProxy: boolean | readonly string[];
  readonly timeouts?: Partial<HttpTimeouts>;
}

/**
 * The HTTP server that bots hang their routes in, with what holds for all of them: `/healthz` (the process lives),
 * `/readyz` (its parts work), caps, timeouts, security headers, and errors as `{"error":"…"}` that repeat nothing of
 * the request. `close()` takes less than two seconds whatever is open.
 */
export function httpServer({ ready, channels, log, trustProxy, timeouts }: HttpOptions): FastifyInstance {
  const limits = { ...defaultTimeouts, ...timeouts };
  const app: FastifyInstance = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: typeof trustProxy === 'boolean' ? trustProxy : [...trustProxy],
    bodyLimit: bodyCap,
    requestTimeout: limits.request,
    connectionTimeout: limits.idle,
    http: { headersTimeout: limits.headers, connectionsCheckingInterval: limits.check, maxHeaderSize: headerCap },
    forceCloseConnections: 'idle',
    frameworkErrors: (error, _request, reply) => {
      void answerError(error, reply);
    },
    clientErrorHandler: refuseBroken,
  });
  app.server.maxConnections = connectionCap;
  app.removeContentTypeParser('text/plain');

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders);
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000');
  });
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    if (statusOf(error) === 500) log.error({ err: error }, 'a request failed');
    return answerError(error, reply);
  });
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const allowed = app.supportedMethods.filter((method) => app.hasRoute({ method, url: path }));
    if (allowed.length === 0) return reply.code(404).send({ error: 'There is nothing here' });
    return reply.code(405).header('allow', allowed.join(', ')).send({ error: 'This method is not allowed here' });
  });
  app.addHook('preClose', async () => {
    setTimeout(() => app.server.closeAllConnections(), stopGrace).unref();
  });

  app.get('/healthz', async (_request, reply) => reply.header('cache-control', 'no-store').send({ alive: true }));
  app.get('/readyz', async (_request, reply) => {
    const parts = Object.fromEntries(
      await Promise.all(
        Object.entries(ready).map(async ([name, check]) => [name, await answersInTime(check)] as const),
      ),
    );
    const all = Object.values(parts).every(Boolean);
    return reply
      .code(all ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ready: all, parts, ...(channels && { channels: channels() }) });
  });
  return app;
}

/** The server cannot listen where it was told to. The message is one line for the operator. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
}

/** Where to listen; port 0 takes any free one. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/**
 * Starts listening. Resolves to the address, throws {@link CannotListen}. `settings` is how the names of the settings
 * begin that say where: nothing, or `METRICS_`.
 */
export async function listen(app: FastifyInstance, { host, port }: Place, settings = ''): Promise<string> {
  try {
    return await app.listen({ host, port, listenTextResolver: () => 'listening' });
  } catch (error) {
    const words = cannotListen[codeOf(error)];
    if (words === undefined) throw error;
    throw new CannotListen(words(host, port, settings), { cause: error });
  }
}

const cannotListen: Readonly<Record<string, (host: string, port: number, settings: string) => string>> = {
  EADDRINUSE: (_host, port, of) => `Port ${port} is taken: another program listens there. Set another ${of}PORT.`,
  EACCES: (_host, port, of) => `Port ${port} is not allowed for this user: set a ${of}PORT above 1023.`,
  EADDRNOTAVAIL: (host, _port, of) => `This machine does not have the address ${host}: set another ${of}HOST.`,
  ENOTFOUND: (host, _port, of) => `There is no address for the name ${host}: set another ${of}HOST.`,
};

/** Scripts, styles and calls only from here, nothing inline, no text ever parsed as markup, no framing. */
const securityHeaders = {
  'content-security-policy': [
    "default-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    // Pictures that the page has been sent: a `blob:` is made by our own script, and by nothing else.
    "img-src 'self' blob:",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** What a client did wrong, by status; everything else is our fault and says no more than that. */
const clientErrors: Readonly<Record<number, string>> = {
  400: 'The request could not be read',
  404: 'There is nothing here',
  408: 'The request took too long',
  413: 'The message is too large',
  414: 'The address is too long',
  415: 'Only application/json is understood here',
  431: 'The headers are too large',
};

function statusOf(error: FastifyError): number {
  const status = error.statusCode ?? 500;
  return status in clientErrors ? status : 500;
}

function answerError(error: FastifyError, reply: FastifyReply): FastifyReply {
  const status = statusOf(error);
  return reply
    .code(status)
    .headers(securityHeaders)
    .send({ error: clientErrors[status] ?? 'Something went wrong here' });
}

/** For what never became a request: broken HTTP, or a client that was too slow. */
function refuseBroken(error: Error, socket: Socket): void {
  const code = codeOf(error);
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason] = brokenRequests[code] ?? [400, 'Bad Request'];
  const body = JSON.stringify({ error: clientErrors[status] });
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}

const brokenRequests: Readonly<Record<string, readonly [number, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

async function answersInTime(check: () => Promise<boolean>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), readyTimeout);
  try {
    return await Promise.race([check(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
