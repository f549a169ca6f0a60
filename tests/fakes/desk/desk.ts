import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { shownMembers } from '../../../src/commands/demo.ts';
import { serverLog } from '../../../src/commands/server-log.ts';
import { httpServer, listen } from '../../../src/http.ts';
import { openLog } from '../../../src/log.ts';
import { standardPort } from '../../../src/setting.ts';
import { onPath } from '../../servers/program.ts';
import { Live } from './live.ts';
import { servePage } from './page-files.ts';
import type { DeskState } from './shown.ts';
import { SmsSide } from './sms-side.ts';
import { type StartCommand, startCommands } from './start-commands.ts';
import { botToken, TelegramSide } from './telegram-side.ts';
import { smsSecret } from './to-program.ts';
import { assistantsNumber, WhatsAppSide } from './whatsapp-side.ts';

/** Where a desk is, and what it serves. */
export interface DeskOptions {
  /** The port of its page; 0 takes any free one. */
  readonly port: number;
  /** The port that the program listens on, or will once it is started: texts are brought there. Its usual one unless told. */
  readonly program?: number;
}

/** What a desk is made of. */
interface Parts {
  readonly telegram: TelegramSide;
  readonly whatsapp: WhatsAppSide;
  readonly sms: SmsSide;
  readonly program: number;
  readonly live: Live;
  readonly folder: string;
}

/**
 * The fakes of Telegram and WhatsApp, and telephones with SMS, with one page to sit at as a member. All that is done there
 * reaches the program by the platforms' own ways, and what is texted by that of a gateway.
 *
 * ```ts
 * const desk = await Desk.start({ port: 0 });
 * // Open desk.url in a browser; start the program by one of desk.commands.
 * ```
 */
export class Desk {
  readonly telegram: TelegramSide;
  readonly whatsapp: WhatsAppSide;
  readonly sms: SmsSide;
  readonly #program: number;
  readonly #live: Live;
  readonly #app: FastifyInstance;
  readonly #folder: string;
  /** Where the page is, without a slash at the end. */
  url = '';

  private constructor({ telegram, whatsapp, sms, program, live, folder }: Parts) {
    this.telegram = telegram;
    this.whatsapp = whatsapp;
    this.sms = sms;
    this.#program = program;
    this.#live = live;
    this.#folder = folder;
    this.#app = httpServer({ ready: {}, log: serverLog(openLog('warn')), trustProxy: false });
    this.#app.addHook('preClose', async () => live.close());
    servePage(this.#app);
    this.#serve();
  }

  /** On loopback alone. Throws {@link CannotListen}. */
  static async start({ port, program = standardPort }: DeskOptions): Promise<Desk> {
    const live: Live = new Live(() => desk.state);
    const owners = shownMembers(Date.now());
    const sms = new SmsSide({ program: `http://127.0.0.1:${program}`, owners }, live.changed);
    const telegram = await TelegramSide.start(live.changed);
    // A certificate needs openssl; without it everything works but the files themselves.
    const whatsapp = await WhatsAppSide.start(onPath('openssl') !== null, live.changed);
    const folder = await mkdtemp(join(tmpdir(), 'jamsostek-chat-fakes-'));
    const desk = new Desk({ telegram, whatsapp, sms, program, live, folder });
    try {
      desk.url = await listen(desk.#app, { host: '127.0.0.1', port }, 'FAKES_');
    } catch (error) {
      await desk.close();
      throw error;
    }
    return desk;
  }

  /** The commands that start the program on these fakes. */
  get commands(): readonly StartCommand[] {
    const { fake } = this.whatsapp;
    return startCommands({
      desk: this.url,
      program: this.#program,
      botToken,
      telegram: this.telegram.apiRoot,
      whatsapp: { url: fake.url, root: fake.rootKey, certificate: this.whatsapp.certificate },
      assistantsNumber,
      smsSecret,
      folder: this.#folder,
    });
  }

  get state(): DeskState {
    return { telegram: this.telegram.state, whatsapp: this.whatsapp.state, sms: this.sms.state };
  }

  async close(): Promise<void> {
    await this.#app.close();
    await Promise.all([this.telegram.close(), this.whatsapp.close()]);
    await rm(this.#folder, { recursive: true, force: true });
  }

  #serve(): void {
    const app = this.#app;
    app.get('/events', { exposeHeadRoute: false }, async (_request, reply) =>
      reply.type('text/event-stream').header('cache-control', 'no-store').send(this.#live.open()),
    );
    app.get('/help', async () => ({ commands: this.commands, members: shownMembers(Date.now()) }));
    app.get('/sms', async ({ query }, reply) => answer(reply, () => this.sms.take(query)));
    app.get('/files/telegram/:chat/:message', async ({ params }, reply) => {
      const { chat, message } = telegramFile.parse(params);
      return sendFile(reply, this.telegram.file(chat, message));
    });
    app.get('/files/whatsapp/:phone/:id', async ({ params }, reply) => {
      const { phone, id } = whatsappFile.parse(params);
      const file = this.whatsapp.file(phone, id);
      return sendFile(reply, file && { name: file.fileName ?? file.kind, bytes: file.bytes });
    });

    const acts: Readonly<Record<string, (body: unknown) => object | Promise<object>>> = {
      '/telegram/people': (body) => this.telegram.addPerson(body),
      '/telegram/acts': (body) => this.telegram.act(body),
      '/telegram/trouble': (body) => this.telegram.trouble(body),
      '/whatsapp/people': (body) => this.whatsapp.addPerson(body),
      '/whatsapp/link': (body) => this.whatsapp.link(body),
      '/whatsapp/acts': (body) => this.whatsapp.act(body),
      '/whatsapp/trouble': (body) => this.whatsapp.trouble(body),
      '/sms/phones': (body) => this.sms.addPhone(body),
      '/sms/texts': (body) => this.sms.say(body),
    };
    for (const [path, act] of Object.entries(acts)) {
      app.post(path, async (request: FastifyRequest, reply) => answer(reply, () => act(request.body)));
    }
  }
}

const telegramFile = z.object({ chat: z.string(), message: z.string() });
const whatsappFile = z.object({ phone: z.string(), id: z.string() });

async function answer(reply: FastifyReply, act: () => object | Promise<object>): Promise<FastifyReply> {
  try {
    return await reply.send(await act());
  } catch (error) {
    if (error instanceof z.ZodError) return reply.code(400).send({ error: z.prettifyError(error) });
    return reply.code(409).send({ error: error instanceof Error ? error.message : String(error) });
  }
}

/** As something to keep, whatever it is: nothing that a program sends is shown as a page of this one. */
function sendFile(
  reply: FastifyReply,
  file: { readonly name: string; readonly bytes: Buffer | null } | null,
): FastifyReply {
  if (!file?.bytes) return reply.code(404).send({ error: 'There is no such file' });
  return reply
    .header('content-type', 'application/octet-stream')
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .send(file.bytes);
}
