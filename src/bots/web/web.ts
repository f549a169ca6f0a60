import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Address, ConversationId } from '../../core/inbound.ts';
import type { Reply, ReplyFile } from '../../core/reply.ts';
import type { Clock, Random } from '../../core/services.ts';
import { second } from '../../core/time.ts';
import { sourceOf } from '../../source.ts';
import type { Bot, Intake, ShownSms } from '../bot.ts';
import { type ChatLog, runOf } from './chat-log.ts';
import { labelOf, messageKey, replyKeys, textOf } from './entry.ts';
import type { ShownReply } from './event.ts';
import { type Message, readMessage, shownAs } from './message.ts';
import { type Asset, languageOf, makePage } from './page.ts';
import { Tabs } from './tabs.ts';
import { chatOf, fromOurPage, giveChat } from './visitor.ts';

/** The web page's name among the channels. */
export const webChannel = 'web';

/** How often an open page hears that the connection lives: well within the idle limit of proxies and of our own server. */
const heartbeat = 15 * second;

/** How often open pages look for what they were not told of: so long is the delay when a word of the log is lost. */
const lookAgain = 5 * second;

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
  /** What the chats show: the same for all processes that serve them. */
  readonly log: ChatLog;
  /** For trying out only: lists these members beside the chat, with a phone that shows their SMS. Null: none of it exists. */
  readonly demo: { readonly members: () => readonly DemoMemberRow[] } | null;
}

/** The web page's bot: what members write comes in through its routes, what is answered goes to the open pages. */
export interface WebBot extends Bot {
  /** The page, its files, `POST /web/messages`, `GET /web/events`, `POST /web/end`; with a demo, `GET /demo/members`. */
  readonly routes: FastifyPluginAsync;
  /** Shows an SMS on the phone beside the chat; only with a demo. Rejects when nobody knows whether it will be seen. */
  readonly showSms?: (sms: ShownSms) => Promise<void>;
  /** Lets all open pages go. They come back by themselves. */
  stop(): void;
}

export function webBot({ intake, clock, random, log, demo }: WebOptions): WebBot {
  const channel = webChannel;
  const tabs = new Tabs(log);
  const page = makePage(demo !== null);
  const addressOf = (chat: string): Address => ({ channel, chat, sender: chat });
  const stop = () => tabs.release();

  /** A message as the log keeps it. A choice is shown by the words it was offered with. */
  async function messageText(message: Message, conversation: ConversationId): Promise<string> {
    const { content } = message;
    const shown = content.kind === 'choice' ? await log.read(conversation, null) : null;
    const label = shown && content.kind === 'choice' ? labelOf(content.id, shown.entries) : null;
    return textOf({ kind: 'member', ...shownAs(message, label) }, clock.now());
  }

  async function takeMessage(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const id = chatOf(request);
    if (id === null) return reply.code(401).send({ error: 'This chat is not open: reload the page' });
    const message = readMessage(request.body);
    if (message === null) return reply.code(400).send({ error: 'This is not a message that the assistant can take' });
    const from = addressOf(id);
    const conversation = intake.conversationAt(from);
    const key = messageKey(message.id);
    return unlessItFails(request, reply, async () => {
      const text = await messageText(message, conversation);
      // Another process may answer before we know that it was taken: with what is held, the page has them in order.
      await log.hold(conversation, key, text);
      const acceptance = await intake.accept({
        id: message.id,
        conversation,
        from,
        content: message.content,
        private: true,
        source: sourceOf(request.ip),
        ...(message.language === undefined ? {} : { languageHint: message.language }),
      });
      if (acceptance === 'full') {
        await log.drop(conversation, key);
        return reply
          .code(429)
          .header('retry-after', retryAfter.full)
          .send({ error: 'Too many messages are waiting to be answered' });
      }
      const position = await log.add(conversation, { key, text, byMember: true });
      return reply.code(202).send({ run: runOf(position) });
    });
  }

  async function openEvents(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const conversation = intake.conversationAt(addressOf(chatOf(request) ?? giveChat(request, reply, random.id())));
    // A browser that connects again by itself sends the header; the page, which knows better when to, the parameter.
    const after = request.headers['last-event-id'] ?? new URL(request.url, 'http://page').searchParams.get('after');
    return unlessItFails(request, reply, async () => {
      const events = await tabs.open(conversation, typeof after === 'string' ? after : '');
      return reply
        .type('text/event-stream')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(events);
    });
  }

  async function end(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const id = chatOf(request);
    return unlessItFails(request, reply, async () => {
      if (id !== null) {
        const conversation = intake.conversationAt(addressOf(id));
        await log.add(conversation, { key: `end/${random.id()}`, text: '', clears: 'ended' });
      }
      // The browser gets a new chat: whoever uses it next cannot go on in this one.
      giveChat(request, reply, random.id());
      return reply.code(204).send();
    });
  }

  const routes: FastifyPluginAsync = async (app) => {
    const timers = [
      setInterval(() => tabs.beat(), heartbeat).unref(),
      setInterval(() => void tabs.catchUp(), lookAgain).unref(),
    ];
    app.addHook('preClose', async () => {
      for (const timer of timers) clearInterval(timer);
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
      chatting.post('/web/end', async (request, reply) => end(request, reply));
    });
  };

  return {
    channel,
    async send(_to, reply, conversation, effect) {
      const text = textOf({ kind: 'assistant', ...shownReply(reply) }, clock.now());
      const forget = reply.forgets === true ? ({ clears: 'loggedOut' } as const) : {};
      try {
        await log.add(conversation, { ...replyKeys(effect, conversation), text, ...forget });
        return { sent: true };
      } catch {
        // Should it be there all the same, sending it again does not show it twice.
        return { sent: false, problem: 'unreachable' };
      }
    },
    routes,
    ...(demo === null
      ? {}
      : {
          async showSms({ conversation, phone, text }: ShownSms) {
            const shown = textOf({ kind: 'sms', phone, text }, clock.now());
            await log.add(conversation, { key: `sms/${random.id()}`, text: shown });
          },
        }),
    stop,
  };
}

/** When the log or the engine fails, the page is to try again. */
async function unlessItFails(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await answer();
  } catch (error) {
    request.log.warn({ err: error }, 'the chat does not work now');
    return reply
      .code(503)
      .header('retry-after', retryAfter.unavailable)
      .send({ error: 'The assistant cannot take this now: try again in a moment' });
  }
}

function serve(request: FastifyRequest, reply: FastifyReply, { type, body, etag }: Asset): FastifyReply {
  reply.header('etag', etag);
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  return reply.header('content-type', type).send(body);
}

/** What of a reply the page shows: nothing that is not named here ever leaves the server. */
function shownReply(reply: Reply): ShownReply {
  const { text, choices, place, file } = reply;
  return {
    text,
    choices: choices.map(({ id, label }) => ({ id, label })),
    ...(place === undefined ? {} : { place }),
    ...(file && { file: fileShown(file) }),
  };
}

function fileShown({ kind, name, type, content, words }: ReplyFile): NonNullable<ShownReply['file']> {
  return { kind, name, type, content, words };
}

function shownMember({ nik, name, scenario }: DemoMemberRow): DemoMemberRow {
  return { nik, name, scenario };
}
