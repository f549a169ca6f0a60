import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Address } from '../../core/inbound.ts';
import type { Reply } from '../../core/reply.ts';
import type { Clock, Random } from '../../core/services.ts';
import { second } from '../../core/time.ts';
import type { Bot, Intake, ShownSms } from '../bot.ts';
import { Chats } from './chats.ts';
import type { ShownReply } from './event.ts';
import { readMessage, shownAs } from './message.ts';
import { type Asset, languageOf, makePage } from './page.ts';
import { chatOf, fromOurPage, giveChat, sourceOf } from './visitor.ts';

/** How often an open page hears that the connection lives: well within the idle limit of proxies and of our own server. */
const heartbeat = 15 * second;

/** Seconds after which a page that was refused for now may try again. */
const retryAfter = { full: 5, unavailable: 2 } as const;

/** A member to try the assistant out with, as the page lists them. */
export interface DemoMemberRow {
  readonly nik: string;
  readonly name: string;
  readonly scenario: string;
}

export interface WebOptions {
  readonly intake: Intake;
  readonly clock: Clock;
  readonly random: Random;
  /** For trying out only: lists these members beside the chat, with a phone that shows their SMS. Null: none of it exists. */
  readonly demo: { readonly members: () => readonly DemoMemberRow[] } | null;
}

/** The web page's bot: what members write comes in through its routes, what is answered goes to the open pages. */
export interface WebBot extends Bot {
  /** The page, its files, `POST /web/messages`, `GET /web/events`, `POST /web/end`; with a demo, `GET /demo/members`. */
  readonly routes: FastifyPluginAsync;
  /** Shows an SMS on the phone beside the chat; only with a demo. */
  readonly showSms?: (sms: ShownSms) => void;
  /** Forgets what a chat shows, in all its tabs: for when its member has logged out. What is sent next is shown. */
  forget(address: Address): void;
  /** Lets all open pages go. They come back by themselves. */
  stop(): void;
}

export function webBot({ intake, clock, random, demo }: WebOptions): WebBot {
  const channel = 'web';
  const chats = new Chats(clock, random);
  const page = makePage(demo !== null);
  const addressOf = (chat: string): Address => ({ channel, chat, sender: chat });
  const open = (chat: string) => chats.open(chat, intake.conversationAt(addressOf(chat)));
  const stop = () => chats.release();

  /** The message that logged the member out may still be on its way into the chat: it goes with the rest. */
  async function forget(address: Address): Promise<void> {
    await chats.find(intake.conversationAt(address))?.settled();
    chats.close(address.chat, 'loggedOut');
  }

  async function takeMessage(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const id = chatOf(request);
    if (id === null) return reply.code(401).send({ error: 'This chat is not open: reload the page' });
    const message = readMessage(request.body);
    if (message === null) return reply.code(400).send({ error: 'This is not a message that the assistant can take' });
    const from = addressOf(id);
    const conversation = intake.conversationAt(from);
    const chat = chats.openToWrite(id, conversation);
    if (chat === null) return notNow(reply);
    const handover = intake.accept({
      id: message.id,
      conversation,
      from,
      content: message.content,
      private: true,
      source: sourceOf(request.ip),
      ...(message.language === undefined ? {} : { languageHint: message.language }),
    });
    // The reply may be here before we know that its message was taken: it waits, so that the page has them in order.
    const taken = handover.then((acceptance) => {
      if (acceptance !== 'full' && !chat.shows(message.id)) {
        chat.add({ kind: 'member', ...shownAs(message, chat) }, clock.now());
      }
      return acceptance;
    });
    try {
      if ((await chat.arriving(taken)) === 'full') {
        return await reply
          .code(429)
          .header('retry-after', retryAfter.full)
          .send({ error: 'Too many messages are waiting to be answered' });
      }
    } catch (error) {
      request.log.warn({ err: error }, 'a message could not be taken');
      return notNow(reply);
    }
    return reply.code(202).send({ run: chat.run });
  }

  function openEvents(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const chat = open(chatOf(request) ?? giveChat(request, reply, random.id()));
    if (chat === null) return notNow(reply);
    // A browser that connects again by itself sends the header; the page, which knows better when to, the parameter.
    const after = request.headers['last-event-id'] ?? new URL(request.url, 'http://page').searchParams.get('after');
    return reply
      .type('text/event-stream')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .send(chat.watch(typeof after === 'string' ? after : ''));
  }

  const routes: FastifyPluginAsync = async (app) => {
    const beat = setInterval(() => chats.beat(), heartbeat).unref();
    app.addHook('preClose', async () => {
      clearInterval(beat);
      stop();
    });

    app.get('/', async (request, reply) =>
      serve(
        request,
        reply.header('vary', 'accept-language').header('cache-control', 'no-cache'),
        page.html[languageOf(request.headers['accept-language'])],
      ),
    );
    for (const [path, file] of page.files) {
      app.get(path, async (request, reply) =>
        serve(request, reply.header('cache-control', 'public, max-age=31536000, immutable'), file),
      );
    }
    if (demo !== null) {
      app.get('/demo/members', async (_request, reply) =>
        reply.header('cache-control', 'no-store').send(demo.members().map(shownMember)),
      );
    }

    await app.register(async (chatting) => {
      chatting.addHook('onRequest', async (request, reply) =>
        fromOurPage(request) ? undefined : reply.code(403).send({ error: 'Only the page itself may ask this' }),
      );
      chatting.get('/web/events', { exposeHeadRoute: false }, async (request, reply) => openEvents(request, reply));
      chatting.post('/web/messages', async (request, reply) => takeMessage(request, reply));
      chatting.post('/web/end', async (request, reply) => {
        const id = chatOf(request);
        // The browser gets a new chat: whoever uses it next cannot go on in this one.
        giveChat(request, reply, random.id());
        if (id !== null) chats.close(id, 'ended');
        return reply.code(204).send();
      });
    });
  };

  return {
    channel,
    async send(to, reply, conversation) {
      await chats.open(to.chat, conversation)?.settled();
      const chat = chats.open(to.chat, conversation);
      if (chat === null) return { sent: false, problem: 'throttled', retryAfter: heartbeat };
      chat.add({ kind: 'assistant', ...shownReply(reply) }, clock.now());
      return { sent: true };
    },
    routes,
    ...(demo === null
      ? {}
      : {
          showSms: ({ conversation, phone, text }: ShownSms) =>
            chats.find(conversation)?.add({ kind: 'sms', phone, text }, clock.now()),
        }),
    forget: (address) => void forget(address),
    stop,
  };
}

function notNow(reply: FastifyReply): FastifyReply {
  return reply
    .code(503)
    .header('retry-after', retryAfter.unavailable)
    .send({ error: 'The assistant cannot take this now: try again in a moment' });
}

function serve(request: FastifyRequest, reply: FastifyReply, { type, body, etag }: Asset): FastifyReply {
  reply.header('etag', etag);
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  return reply.header('content-type', type).send(body);
}

/** What of a reply the page shows: nothing that is not named here ever leaves the server. */
function shownReply({ text, choices, place }: Reply): ShownReply {
  return { text, choices: choices.map(({ id, label }) => ({ id, label })), ...(place === undefined ? {} : { place }) };
}

function shownMember({ nik, name, scenario }: DemoMemberRow): DemoMemberRow {
  return { nik, name, scenario };
}
