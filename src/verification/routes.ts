import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Admission, Services } from '../core/services.ts';
import { second } from '../core/time.ts';
import { sourceOf } from '../source.ts';
import { windows } from './limits.ts';
import { pageOf, type Shown, style } from './page.ts';
import { readToken, type Verdict } from './token.ts';
import { verificationPath } from './verification.ts';

/** Seconds after which a visitor may try again when the limits cannot be asked. */
const retryWhenAway = 5;

const statusOf: Readonly<Record<Shown['is'], number>> = {
  valid: 200,
  expired: 410,
  'not ours': 404,
  crowded: 429,
  away: 503,
};

/** For nobody to keep, to list, or to be told of by a link. */
const headers = {
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow',
  'referrer-policy': 'no-referrer',
};

/** `GET /v/<token>`: the page that a paper's QR code opens, and its style. It sets no cookie and logs no token. */
export function verificationRoutes({
  keys,
  clock,
  random,
  admissions,
}: Pick<Services, 'keys' | 'clock' | 'random' | 'admissions'>): FastifyPluginAsync {
  /** Until when the visitor has to wait, in seconds; 0 for not at all. */
  async function waitFor(ip: string, verdict: Verdict, now: number): Promise<number> {
    const item = random.id();
    const asked: Admission[] = [
      { window: `papers of source ${keys.mac('source', sourceOf(ip))}`, item, rules: windows.perSource },
    ];
    if (verdict.is === 'not ours') asked.push({ window: 'papers that are not ours', item, rules: windows.notOurs });
    const answer = await admissions.admit(asked, now);
    return answer.admitted ? 0 : Math.max(1, Math.ceil((answer.retryAt - now) / second));
  }

  async function verify(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const now = clock.now();
    const verdict = readToken(tokenIn(request.url), now, keys);
    let wait: number;
    try {
      wait = await waitFor(request.ip, verdict, now);
    } catch (error) {
      request.log.warn({ err: error }, 'papers cannot be looked at now');
      return answer(reply.header('retry-after', retryWhenAway), { is: 'away' });
    }
    return wait > 0 ? answer(reply.header('retry-after', wait), { is: 'crowded' }) : answer(reply, verdict);
  }

  return async (app) => {
    const pattern = `${verificationPath}*`;
    app.get(pattern, async (request, reply) => verify(request, reply));
    app.route({
      method: app.supportedMethods.filter((method) => method !== 'GET' && method !== 'HEAD'),
      url: pattern,
      // Before a body is read.
      onRequest: async (_request, reply) =>
        reply.code(405).header('allow', 'GET, HEAD').send({ error: 'This method is not allowed here' }),
      handler: async () => undefined,
    });
    app.get(style.path, async (_request, reply) =>
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('content-type', 'text/css; charset=utf-8')
        .send(style.body),
    );
  };
}

function answer(reply: FastifyReply, shown: Shown): FastifyReply {
  return reply
    .code(statusOf[shown.is])
    .headers(headers)
    .header('content-type', 'text/html; charset=utf-8')
    .send(pageOf(shown));
}

/** As it was sent: a letter written as `%41` is not that letter here. What messengers hang on behind `?` does not count. */
function tokenIn(url: string): string {
  const [path = ''] = url.split('?', 1);
  return path.startsWith(verificationPath) ? path.slice(verificationPath.length) : '';
}
