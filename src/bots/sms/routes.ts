import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { World } from '../channel.ts';
import type { DeliveryState } from '../progress.ts';
import type { Gateway, GatewayRequest } from './gateway.ts';
import { inboundReader } from './inbound.ts';
import { messagesPath, reportsPath, smsChannel } from './names.ts';
import { isFrom } from './sources.ts';

/** Bytes of a body. A text of ten parts takes some 1,600 characters, and a form writes each as nine bytes at most. */
export const bodyCap = 8 * 1_024;

/** Seconds after which a gateway that was turned away may come again. */
const comeAgain = '5';

/** Who may bring texts, and what reads them. */
export interface RouteOptions {
  readonly gateway: Gateway;
  /** What the gateway shows as `key` in the address. */
  readonly secret: string;
  /** Addresses and networks that it calls from. */
  readonly from: readonly string[];
}

/**
 * Where the gateway brings texts, and reports what became of ours; by GET or POST. It is told 200 once a text is safe,
 * with nothing in it, since Kannel sends what it is answered to the phone. What cannot be read, now or ever, is taken off
 * its hands too. Nothing of a request is read that comes from elsewhere or without the secret.
 */
export function smsRoutes({ gateway, secret, from }: RouteOptions, world: World): FastifyPluginAsync {
  const { intake, progress, clock } = world;
  const expected = digestOf(secret);
  const isGateway = isFrom(from);
  const inboundOf = inboundReader(intake);
  const setAside = (why: string) => world.report({ kind: 'set aside', channel: smsChannel, why });

  async function takeMessage(request: GatewayRequest): Promise<void> {
    const text = gateway.message(request);
    if (text === null) return setAside('unreadable');
    const inbound = inboundOf(text, clock.now());
    if (inbound === null) return setAside('not a mobile number');
    if ((await intake.accept(inbound)) === 'full') setAside('full');
  }

  async function takeReport(request: GatewayRequest): Promise<void> {
    const report = gateway.report(request);
    if (report === null) return setAside('unreadable');
    const { reference, state } = report;
    const isNews = await progress.advance(`${smsChannel} ${reference}`, stepOf[state], clock.now());
    if (isNews) world.report({ kind: 'reported', channel: smsChannel, state });
  }

  const answering =
    (step: string, take: (request: GatewayRequest) => Promise<void>) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      try {
        await take(requestOf(request));
      } catch (error) {
        world.report({ kind: 'failed', channel: smsChannel, step, error });
        return reply.code(503).header('retry-after', comeAgain).send({ error: 'This cannot be taken now' });
      }
      return reply.code(200).send();
    };

  return async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      if (!isGateway(request.ip)) return reply.code(403).send({ error: 'This is for the SMS gateway alone' });
      // Digests have the same length whatever was sent, and how far they agree tells nothing.
      if (timingSafeEqual(digestOf(queryOf(request).get('key') ?? ''), expected)) return undefined;
      return reply.code(401).send({ error: 'This is for the SMS gateway alone' });
    });

    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

    app.setErrorHandler<{ readonly code?: string }>(async (error, _request, reply) => {
      if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') throw error;
      setAside('too long');
      return reply.code(200).send();
    });

    const common = { method: ['GET', 'POST'], bodyLimit: bodyCap, exposeHeadRoute: false };
    app.route({ ...common, url: messagesPath, handler: answering('accept', takeMessage) });
    app.route({ ...common, url: reportsPath, handler: answering('report', takeReport) });
  };
}

/** How far each state is; the last two are both the end. */
const stepOf: Readonly<Record<DeliveryState, number>> = {
  queued: 1,
  sent: 2,
  delivered: 3,
  failed: 3,
};

function requestOf(request: FastifyRequest): GatewayRequest {
  const contentType = request.headers['content-type'] ?? '';
  const body = Buffer.isBuffer(request.body) ? decoded(request.body, contentType) : '';
  return { query: Object.fromEntries(queryOf(request)), body, contentType };
}

function queryOf({ url }: FastifyRequest): URLSearchParams {
  return new URLSearchParams(url.split('?').slice(1).join('?'));
}

/** As the header says, else as UTF-8: Kannel hands texts over as they came from the operator where it is not told to recode them. */
function decoded(body: Buffer, contentType: string): string {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return body.toString('utf8');
  }
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
