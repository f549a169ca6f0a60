/**
 * A Telegram-like platform on loopback, as a process of its own: posts updates to a bot's webhook, and takes
 * `sendMessage` calls and SMS. Started and asked by `run.ts`.
 */
import { z } from 'zod';
import { memberOfPhone, nikOf, type Script, scriptSchema, webhookSecret } from './dialogue.ts';
import type { Played } from './figures.ts';
import { answerParent } from './processes.ts';
import { jsonServer, Line } from './wire.ts';

/** The longest that nothing may move, in milliseconds. */
const patience = 15_000;

const orderSchema = z.object({
  /** Ports of the webhooks; a chat's turns go to them in rotation. */
  bots: z.array(z.number()),
  script: scriptSchema,
  /** Numbers of the first member, and how many talk. */
  first: z.number(),
  chats: z.number(),
  /** How many talk at a time. */
  atOnce: z.number(),
});
type Order = z.infer<typeof orderSchema>;

const sendMessageSchema = z.object({ chat_id: z.coerce.number(), text: z.string() });

/** Ids of chats begin here, as those of today's Telegram accounts. */
const chatBase = 5_000_000_000;
const bornAt = Math.floor(Date.now() / 1_000);

let updates = 0;
let messages = 0;
let unasked = 0;
const awaited = new Map<number, (answer: { text: string; at: number }) => void>();
const codes = new Map<number, PromiseWithResolvers<string>>();

const server = jsonServer((path, body) => {
  if (path.startsWith('/sms?')) {
    const sms = new URLSearchParams(path.slice(5));
    // A notice holds a number, too, but a longer one.
    const code = /(?<!\d)\d{6}(?!\d)/.exec(sms.get('text') ?? '')?.[0];
    if (code !== undefined) codeOf(memberOfPhone(sms.get('to') ?? '')).resolve(code);
    return '{}';
  }
  // The product takes NIKs and codes off the screen.
  if (path.endsWith('/deleteMessage')) return '{"ok":true,"result":true}';
  if (!path.endsWith('/sendMessage')) throw new Error(`A bot called ${path}`);
  const at = performance.now();
  const { chat_id, text } = sendMessageSchema.parse(JSON.parse(body));
  const take = awaited.get(chat_id);
  awaited.delete(chat_id);
  if (take) take({ text, at });
  else unasked += 1;
  messages += 1;
  return JSON.stringify({
    ok: true,
    result: {
      message_id: messages,
      from: { id: 1_234_567_890, is_bot: true, first_name: 'Jamsostek', username: 'jamsostek_bot' },
      chat: { id: chat_id, first_name: 'Siti', last_name: 'Rahma', username: 'siti_rahma', type: 'private' },
      date: bornAt,
      text,
    },
  });
});

function codeOf(member: number): PromiseWithResolvers<string> {
  const known = codes.get(member);
  if (known) return known;
  const code = Promise.withResolvers<string>();
  codes.set(member, code);
  return code;
}

function updateOf(chat: number, text: string): string {
  updates += 1;
  return JSON.stringify({
    update_id: 700_000_000 + updates,
    message: {
      message_id: updates,
      from: {
        id: chat,
        is_bot: false,
        first_name: 'Siti',
        last_name: 'Rahma',
        username: 'siti_rahma',
        language_code: 'id',
      },
      chat: { id: chat, first_name: 'Siti', last_name: 'Rahma', username: 'siti_rahma', type: 'private' },
      date: bornAt,
      text,
    },
  });
}

async function play({ bots, script, first, chats, atOnce }: Order): Promise<Played> {
  const latencies: number[] = [];
  let next = first;
  unasked = 0;
  const cpu = process.cpuUsage();
  const began = performance.now();

  const seat = async (): Promise<void> => {
    const lines = await Promise.all(
      bots.map((port) => Line.open(port, { 'x-telegram-bot-api-secret-token': webhookSecret })),
    );
    for (let member = next++; member < first + chats; member = next++) {
      for (const [nth, turn] of script.entries()) {
        const line = lines[(member + nth) % lines.length];
        if (line) latencies.push(await playTurn(line, member, turn));
      }
      codes.delete(member);
    }
    for (const line of lines) line.close();
  };

  let seen = -1;
  const stalled = Promise.withResolvers<never>();
  const watch = setInterval(() => {
    if (seen === latencies.length) stalled.reject(new Error(`Nothing has moved after ${seen} turns.`));
    seen = latencies.length;
  }, patience);
  try {
    await Promise.race([Promise.all(Array.from({ length: atOnce }, seat)), stalled.promise]);
  } finally {
    clearInterval(watch);
  }

  const seconds = (performance.now() - began) / 1_000;
  const used = process.cpuUsage(cpu);
  const sorted = latencies.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  return {
    turns: sorted.length,
    seconds,
    p50: at(0.5),
    p99: at(0.99),
    unasked,
    cpu: (used.user + used.system) / 1e6,
  };
}

/** One turn; how long its answer took. The next begins when the webhook has answered, too: a bot may save only then. */
async function playTurn(line: Line, member: number, { says, expects }: Script[number]): Promise<number> {
  const chat = chatBase + member;
  const text = says === '{nik}' ? nikOf(member) : says === '{code}' ? await codeOf(member).promise : says;
  const answered = new Promise<{ text: string; at: number }>((resolve) => void awaited.set(chat, resolve));
  const update = updateOf(chat, text);
  const posted = performance.now();
  const [answer, status] = await Promise.all([answered, line.post(update)]);
  if (status !== '200') throw new Error(`The webhook answered ${status}.`);
  if (!answer.text.includes(expects)) throw new Error(`"${says}" was answered with: ${answer.text}`);
  return answer.at - posted;
}

server.listen(0, '127.0.0.1', () => {
  answerParent(server, (order) => play(orderSchema.parse(order)));
});
