import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import type { World } from '../channel.ts';
import { telegramChannel, webhookPath } from './names.ts';
import type { Taking } from './taking.ts';

/** Lower case, as headers are read. */
const secretHeader = 'x-telegram-bot-api-secret-token';

/**
 * Where Telegram delivers. It comes again until it is answered with 2xx: so that is said as soon as an update is safe,
 * and also to what will never be readable. Nothing of a request without the secret is read.
 */
export function webhookRoutes(secret: string, taking: Taking, report: World['report']): FastifyPluginAsync {
  const expected = digestOf(secret);
  const setAside = (why: string) => report({ kind: 'set aside', channel: telegramChannel, why });

  return async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      const shown = request.headers[secretHeader];
      // Digests have the same length whatever was sent, and how far they agree tells nothing.
      if (typeof shown === 'string' && timingSafeEqual(digestOf(shown), expected)) return undefined;
      return reply.code(401).send({ error: 'This is for Telegram alone' });
    });

    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

    app.setErrorHandler<{ readonly code?: string }>(async (error, _request, reply) => {
      if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') throw error;
      setAside('too long');
      return reply.code(200).send();
    });

    app.post(webhookPath, async (request, reply) => {
      try {
        await taking.take(parsed(request.body));
      } catch (error) {
        report({ kind: 'failed', channel: telegramChannel, step: 'accept', error });
        return reply.code(503).send({ error: 'This cannot be taken now' });
      }
      return reply.code(200).send();
    });
  };
}

/** Undefined, which is no update, where the body is not JSON. */
function parsed(body: unknown): unknown {
  try {
    return typeof body === 'string' ? JSON.parse(body) : undefined;
  } catch {
    return undefined;
  }
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
